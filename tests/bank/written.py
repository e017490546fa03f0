"""Small banks on disk for the tests: text of YAML files, as an author writes them."""

from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#c00"/></svg>'

JUDGE = """\
  - id: s1-road-001
    kind: judge
    families: [car]
    difficulty: 1
    source: {law: 道路交通安全法实施条例, article: 第四十五条}
    stem:
      zh: 没有中心线的城市道路，最高时速为30公里。
      bo: དཀྱིལ་ཐིག་མེད་པའི་གྲོང་ཁྱེར་ལམ་གཞུང་དུ་ཆུ་ཚོད་རེར་མྱུར་ཚད་མཐོ་ཤོས་སྤྱི་ལེ་30ཡིན།
    key: right
    explanation:
      zh: 第四十五条：城市道路为每小时30公里。
      bo: དོན་ཚན་45པ། གྲོང་ཁྱེར་ལམ་གཞུང་དུ་ཆུ་ཚོད་རེར་སྤྱི་ལེ་30ཡིན།
"""
SINGLE = """\
  - id: s1-road-002
    kind: single
    families: [car, moto]
    difficulty: 2
    source:
      - {law: 道路交通安全法, article: 第四十七条}
      - {law: 道路交通安全法, article: 第四十四条}
    media: [signs/stop.svg]
    stem:
      zh: 遇到图中的标志应当怎样做？
      bo: པར་རིས་ནང་གི་མཚོན་རྟགས་ལ་ཐུག་ན་ཇི་ལྟར་བྱེད་དགོས་སམ།
    options:
      - {id: a, zh: 停车让行, bo: བཀག་ནས་ལམ་སྤྲོད།}
      - {id: b, zh: 鸣喇叭, bo: བརྡ་དུང་གཏོང་།}
      - {id: c, zh: 加速通过, bo: མྱུར་དུ་བརྒྱུད།}
      - {id: d, zh: 掉头, bo: ཕྱིར་འཁོར།}
    key: [a]
    explanation:
      zh: 第四十四条：见到停车让行标志应当停车。
      bo: དོན་ཚན་44པ། མཚོན་རྟགས་མཐོང་ན་འཁོར་ལོ་བཀག་དགོས།
"""
MEDIA = """\
signs/stop.svg:
  kind: sign
  shows: {zh: 停车让行标志, en: stop and give way}
  standard: {document: GB 5768.2-2022, number: 禁1}
  alt: {zh: 红色八边形标志, bo: ཟུར་བརྒྱད་ཀྱི་མཚོན་རྟགས་དམར་པོ།}
"""
BLUEPRINTS = """\
- valid_from: 2022-04-01
  blueprints:
    two:
      subject: subject1
      families: [car]
      points: 50
      minutes: 2
      pass_mark: 100
      demonstration: true
      cells: {road_rules: [1, 1, 0]}
"""


def write_bank(folder: Path, *questions: str, media: str = MEDIA, blueprints: str = BLUEPRINTS, svg: str = SVG) -> Path:
    """Writes a bank with one chapter of `questions` (default: a judge and a single one, without fault)."""
    (folder / "subject1").mkdir(parents=True)
    (folder / "media/signs").mkdir(parents=True)
    head = "subject: subject1\nchapter: road_rules\nquestions:\n"
    (folder / "subject1/road_rules.yaml").write_text(head + "".join(questions or (JUDGE, SINGLE)), "utf-8")
    (folder / "media/media.yaml").write_text(media, "utf-8")
    (folder / "media/signs/stop.svg").write_text(svg, "utf-8")
    (folder / "blueprints.yaml").write_text(blueprints, "utf-8")
    return folder
