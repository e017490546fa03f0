import time

import pytest

from examsys.domain.particles import agrees, last_letter
from examsys.domain.tibetan import Finding, Level, Lexicon, lint_options, lint_pair, lint_text, read_chinese_number

PLAIN = Lexicon(known=lambda syllable: True)
GOOD = (
    (
        "机动车遇交通信号红灯亮时，应当在停止线以外停车等候。",
        "འཕྲུལ་འཁོར་གྱིས་འགྲིམ་འགྲུལ་བརྡ་སྒྲོན་དམར་པོ་འབར་བ་མཐོང་སྐབས། མཚམས་འཇོག་ཐིག་གི་ཕྱི་རོལ་དུ་བཀག་ནས་སྒུག་དགོས།",
    ),
    ("没有中心线的城市道路，最高时速为30公里。", "དཀྱིལ་ཐིག་མེད་པའི་གྲོང་ཁྱེར་ལམ་གཞུང་དུ་ཆུ་ཚོད་རེར་མྱུར་ཚད་མཐོ་ཤོས་སྤྱི་ལེ་30ཡིན།"),
    (
        "机动车行经人行横道，遇行人正在通过时，应当怎样做？",
        "འཕྲུལ་འཁོར་འཕྲེད་བཅད་རྐང་ལམ་བརྒྱུད་སྐབས། རྐང་འགྲོ་བ་བརྒྱུད་བཞིན་པ་མཐོང་ཚེ་ཇི་ལྟར་བྱེད་དགོས་སམ།",
    ),
    ("下列哪些地点不得停车？", "གཤམ་གསལ་གྱི་ས་ཆ་གང་དག་ཏུ་རླངས་འཁོར་འཇོག་མི་ཆོག་གམ།"),
    ("驾驶人饮酒后，只要没有喝醉就可以驾驶机动车。", "ཁ་ལོ་བས་ཆང་བཏུང་རྗེས་ར་མ་བཟི་ན་འཕྲུལ་འཁོར་གཏོང་ཆོག"),
)


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


@pytest.mark.parametrize(("zh", "bo"), GOOD)
def test_good_sentences_have_no_finding(zh: str, bo: str) -> None:
    assert lint_text(bo, PLAIN, stem=True) == []
    assert lint_pair(zh, bo, PLAIN) == []


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("BO01", "\u0f40\u0f74\u0f72", "\u0f40\u0f72\u0f74"),
        ("BO02", "ལམ\u0f0cགཞུང", "ལམ་གཞུང"),
        ("BO02", "ལམ\u200bགཞུང", "ལམ་གཞུང"),
        ("BO02", "ལམ\u00a0གཞུང", "ལམ་གཞུང"),
        ("BO03", "ལམ་路", "ལམ"),
        ("BO03", "སྨི་༣༠", "སྨི་30"),
        ("BO03", "འགྲོའམ？", "འགྲོའམ"),
        ("BO03", "ལམ༎", "ལམ།"),
        ("BO04", "ལམ་་གཞུང", "ལམ་གཞུང"),
        ("BO05", "ཡིན་།", "ཡིན།"),
        ("BO06", "གཏོང།", "གཏོང་།"),
        ("BO07", "ཆོག།", "ཆོག"),
        ("BO07", "གི།", "གྱི།"),
        ("BO07", "ཀོ།", "སྐོ།"),
        ("BO08", "སྐབས།འགྲོ", "སྐབས། འགྲོ"),
        ("BO09", "སྐབས།  འགྲོ", "སྐབས། འགྲོ"),
        ("BO10", "སྐབས འགྲོ", "ཆོག འགྲོ"),
        ("BO10", "སྐབས་ འགྲོ", "སྤྱི་ལེ་30 ཡིན"),
        ("BO11", "སྨི 50", "སྨི་50"),
        ("BO11", "སྨི50", "སྨི་50"),
        ("BO12", "འགྲོ་དགོས", "འགྲོ་དགོས།"),
        ("BO12", "འགྲོ་དགོས་", "འགྲོ་ཆོག"),
        ("BO18", "འགྲིམའགྲུལ", "འགྲིམ་འགྲུལ"),
        ("BO21", "ལམ་གི་", "ལམ་གྱི་"),
        ("BO21", "ས་འི་", "སའི་"),
    ],
)
def test_each_rule_of_one_text_finds_its_fault(rule: str, bad: str, good: str) -> None:
    stem = rule == "BO12"
    assert rule in rules(lint_text(bad, PLAIN, stem=stem))
    assert rule not in rules(lint_text(good, PLAIN, stem=stem))


@pytest.mark.parametrize(
    ("rule", "zh", "bad", "good"),
    [
        ("BO13", "30公里", "སྤྱི་ལེ་50", "སྤྱི་ལེ་30"),
        ("BO13", "时速30公里", "མྱུར་ཚད", "མྱུར་ཚད་30"),
        ("BO13", "应当停车", "སྨི་5", "བཀག"),
        ("BO13", "第四十五条", "དོན་ཚན་54", "དོན་ཚན་45"),
        ("BO13", "距离0.5米", "སྨི་5", "སྨི་0.5"),
        ("BO14", "应当在停止线以外停车等候", "བཀག", "མཚམས་འཇོག་ཐིག་གི་ཕྱི་རོལ་དུ་བཀག"),
        ("BO15", "不得停车", "འཇོག་ཆོག", "འཇོག་མི་ཆོག"),
        ("BO15", "可以停车", "འཇོག་མི་ཆོག", "འཇོག་ཆོག"),
        ("BO15", "有人不得停车", "མི་གཉིས་འཇོག་ཆོག", "མི་གཉིས་འཇོག་མི་ཆོག"),  # a person is no negation
        ("BO15", "坐着的人可以停车", "བསྡད་པའི་མི་ཞིག་འཇོག་མི་ཆོག", "བསྡད་པའི་མི་ཞིག་འཇོག་ཆོག"),
        ("BO15", "下面的实线", "འོག་མ་མེད", "འོག་མ་ནི་ཆད་མེད་ཐིག"),
        ("BO17", "怎样做？", "ཇི་ལྟར་བྱེད་དགོས།", "ཇི་ལྟར་བྱེད་དགོས་སམ།"),
        ("BO17", "怎样做？", "ཇི་ལྟར་བྱེད་དགོས་དམ།", "ཇི་ལྟར་བྱེད་དམ།"),
        ("BO17", "可以吗？", "འགྲོ།", "འགྲོའམ།"),
    ],
)
def test_each_rule_of_a_pair_finds_its_fault(rule: str, zh: str, bad: str, good: str) -> None:
    assert rule in rules(lint_pair(zh, bad, PLAIN))
    assert rule not in rules(lint_pair(zh, good, PLAIN))


def test_units_and_terms_are_compared_as_far_as_the_lexicon_has_them() -> None:
    lexicon = Lexicon(units={"米": ["སྨི"]}, glossary={"人行横道": ["འཕྲེད་བཅད་རྐང་ལམ"]})
    assert rules(lint_pair("50米", "སྤྱི་ལེ་50", lexicon)) == ["BO13"]
    assert rules(lint_pair("人行横道", "ལམ", lexicon)) == ["BO16"]
    assert lint_pair("人行横道50米", "འཕྲེད་བཅད་རྐང་ལམ་སྨི་50", lexicon) == []


def test_a_term_inside_a_longer_term_is_not_asked_for() -> None:
    lexicon = Lexicon(glossary={"机动车": ["འཕྲུལ་འཁོར"], "非机动车": ["སྒུལ་ཤུགས་མིན་པའི་འཁོར་ལོ"]})
    assert lint_pair("非机动车", "སྒུལ་ཤུགས་མིན་པའི་འཁོར་ལོ", lexicon) == []
    assert [finding.passage for finding in lint_pair("非机动车和机动车", "སྒུལ་ཤུགས་མིན་པའི་འཁོར་ལོ", lexicon)] == ["机动车"]


def test_numbers_in_another_order_are_only_noted() -> None:
    found = lint_pair("30米和50米", "སྨི་50དང་སྨི་30", PLAIN)
    assert [(finding.rule, finding.level) for finding in found] == [("BO13", Level.NOTE)]


def test_spelling_is_checked_by_the_dictionary_once_a_syllable() -> None:
    asked: list[str] = []

    def known(syllable: str) -> bool:
        asked.append(syllable)
        return syllable == "ལམ"

    lexicon = Lexicon(known, whitelist={"ཝུའུ"})
    findings = lint_text("ལམ་ཀཀཀ་ལམ་ཀཀཀ་ཝུའུ", lexicon)
    assert [(finding.rule, finding.at, finding.passage) for finding in findings] == [
        ("BO18", 3, "ཀཀཀ"),
        ("BO18", 10, "ཀཀཀ"),
    ]
    assert asked == ["ལམ", "ཀཀཀ"]


def test_without_a_dictionary_the_text_says_so() -> None:
    assert [(finding.rule, finding.level) for finding in lint_text("ལམ", Lexicon())] == [("BO18", Level.NOTE)]


def test_known_false_alarms_are_left_out() -> None:
    assert lint_text("ལམ་གི་", Lexicon(known=PLAIN.known, false_alarms={("BO21", "ལམ་གི")})) == []


def test_what_readers_misread_is_named_but_not_in_a_word_that_is_plain() -> None:
    lexicon = Lexicon(PLAIN.known, misread={"མི་འདྲེན": ["མི་འདྲེན་རླངས་འཁོར"]})
    assert lint_text("མི་འདྲེན་རླངས་འཁོར", lexicon) == []
    found = lint_text("མི་འདྲེན་རླངས་འཁོར་གྱིས་མི་འདྲེན་མི་ཆོག", lexicon)
    assert [(finding.rule, finding.level, finding.at) for finding in found] == [("BO22", Level.WARNING, 24)]


def test_options_are_as_many_and_differ() -> None:
    assert lint_options(["50米", "30米"], ["སྨི་50", "སྨི་30"]) == []
    assert rules(lint_options(["50米", "30米"], ["སྨི་50"])) == ["BO19"]
    assert rules(lint_options(["50米", "30米"], ["སྨི་50", "སྨི་50།"])) == ["BO19"]
    assert rules(lint_options(["停", "停。"], ["བཀག", "འགྲོ"])) == ["BO19"]


@pytest.mark.parametrize(
    ("syllable", "letter"),
    [("ལམ", "མ"), ("མདའ", ""), ("སྒོ", ""), ("པ", ""), ("བཀྲ", ""), ("སྐབས", "ས"), ("དག", "ག"), ("རྒྱུན", "ན"), ("པའི", "")],
)
def test_the_last_letter_of_a_syllable(syllable: str, letter: str) -> None:
    assert last_letter(syllable) == letter


@pytest.mark.parametrize(
    "pair",
    [
        "ལམ་གྱི",
        "ཐིག་གི",
        "སྐབས་ཀྱི",
        "དག་ཏུ",
        "ལམ་དུ",
        "སྐབས་སུ",
        "འགྲོ་རུ",
        "བྱས་ཏེ",
        "གཡོལ་ཏེ",
        "ཡིན་ཏེ",
        "ཤིན་ཏུ",
        "དེ་ཡི",
        "ལམ་ལམ",
        "ཡིན་ཞིང",
    ],
)
def test_particles_in_their_right_form(pair: str) -> None:
    assert agrees(*pair.split("་"))


@pytest.mark.parametrize("pair", ["ལམ་གི", "ཐིག་གྱི", "སྐབས་གྱིས", "དག་དུ", "ལམ་ཏུ", "སྐབས་དུ", "འགྲོ་སུ", "ཡོད་སྟེ", "དེ་གི"])
def test_particles_in_a_wrong_form(pair: str) -> None:
    assert not agrees(*pair.split("་"))


@pytest.mark.parametrize(
    ("word", "value"), [("四十五", 45), ("十", 10), ("一百二十", 120), ("二〇二二", 2022), ("两千", 2000), ("九", 9)]
)
def test_chinese_number_words(word: str, value: int) -> None:
    assert read_chinese_number(word) == value


def test_five_thousand_texts_are_checked_in_a_moment() -> None:
    start = time.process_time()
    for _ in range(1000):
        for zh, bo in GOOD:
            lint_text(bo, PLAIN, stem=True)
            lint_pair(zh, bo, PLAIN)
    assert time.process_time() - start < 3
