"""A file is looked at before it is taken over, taken over as a whole or not at all, and what goes out comes back the same."""

import io
import re
import threading
import time
import zipfile
from base64 import b64encode
from typing import Any

import pytest
from PIL import Image

from examsys.bank.formats.exchange import FileKind
from examsys.bank.formats.writing import write_file
from examsys.clock import now
from examsys.db import db
from examsys.desk import checks, finding, history, importing, service, taking
from examsys.desk.finding import Wanted
from examsys.desk.rows import Defaults, Pictures, values_of
from examsys.desk.shelf import block_hash
from examsys.domain.bank import State
from examsys.domain.dates import beijing_day
from examsys.domain.errors import RuleBroken
from tests.bank.formats.making import png
from tests.factories import House
from tests.page import Page
from tests.people import JAMTSO, RINCHEN
from tests.supervision.desk import Desk

CSV = """题型,题干,A,B,C,D,答案
单选题,前方是学校，应当怎样做？,减速慢行,加速通过,鸣喇叭,停车,A
判断题,夜间会车可以用远光灯。,,,,,错
单选题,没有答案的题,甲,乙,丙,丁,
""".replace("学校，应", "学校应")
DEFAULTS = Defaults({"": "road_rules", "subject1": "road_rules"}, ("car",), 2, "道路交通安全法", "第三十八条")


def read(house: House, name: str, content: bytes) -> importing.Job:
    """The dry run of a file, to its end."""
    job = importing.begin(name, content, house.actor(JAMTSO))
    for _ in range(200):
        if job.report is not None:
            return job
        time.sleep(0.05)
    raise AssertionError("the file was not read")


def press(browser: Desk, address: str, **fields: Any) -> None:
    """Take a file over on its page, to the end."""
    assert browser.post(f"{address}/take", **fields).status_code == 302
    for _ in range(400):
        if browser.get(f"{address}/progress").get_json()["ready"]:
            return
        time.sleep(0.02)
    raise AssertionError("the file was not taken over")


def ids() -> list[str]:
    return [written.question.id for written in checks.workshop().questions()]


def test_a_dry_run_changes_nothing_and_accounts_for_every_row(desk: House) -> None:
    with desk.inside():
        before = ids()
        job = read(desk, "题.csv", CSV.encode("gb18030"))
        assert job.report is not None
        assert job.report.counts == {"in": 3, "taken": 0, "taken_with_warnings": 2, "refused": 1}
        assert ids() == before


def test_all_rows_are_taken_over_as_drafts_of_whoever_brought_them(desk: House) -> None:
    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
        taken = taking.take(job, DEFAULTS, desk.actor(JAMTSO))
        assert taken == ("s1-road-003", "s1-road-004")
        made = checks.workshop().question("s1-road-003").question
        assert (made.state, made.author, made.key, made.sources[0].article) == (
            State.DRAFT,
            "jamtso",
            {"a"},
            "第三十八条",
        )
        assert history.versions("s1-road-003")[0].reason == "import 题.csv"
        with pytest.raises(RuleBroken, match="desk.import_taken"):
            taking.take(job, DEFAULTS, desk.actor(JAMTSO))


def test_one_row_that_does_not_fit_keeps_all_out(desk: House) -> None:
    with desk.inside():
        before = ids()
        job = read(desk, "题.csv", CSV.encode())
        nothing = Defaults({"": "road_rules", "subject1": "road_rules"}, ("car",), 2, "", "")
        with pytest.raises(RuleBroken, match="desk.unreadable"):
            taking.take(job, nothing, desk.actor(JAMTSO))
        assert ids() == before
        assert history.versions("s1-road-003") == []


def test_a_disk_that_fails_half_way_leaves_every_file_as_it_was(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from examsys.desk import workshop

    folder = desk.settings.home / "bank"
    before = {path: path.read_bytes() for path in folder.glob("subject*/*.yaml")}
    real, calls = workshop.write_durably, []

    def failing(path: Any, content: bytes, mode: int = 0o600) -> None:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(path, content, mode)

    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
        assert job.report is not None
        one, two = job.report.rows
        values = [values_of(row, DEFAULTS, Pictures(checks.workshop().bank)) for row in (one, two)]
        monkeypatch.setattr(workshop, "write_durably", failing)
        shop = checks.workshop()
        with pytest.raises(OSError, match="No space"), shop.writing():
            shop.take_all({("subject1", "road_rules"): [values[0]], ("subject1", "violations"): [values[1]]})
    assert {path: path.read_bytes() for path in folder.glob("subject*/*.yaml")} == before


@pytest.mark.parametrize("kind", [kind for kind in FileKind if kind is not FileKind.AIKEN])
def test_what_goes_out_comes_back_as_nothing_new(desk: House, kind: FileKind) -> None:
    with desk.inside():
        rows = importing.export_rows([item.question for item in finding.find(Wanted())])
        made = write_file(rows, kind)
        job = read(desk, f"x{made.suffix}", made.content)
        assert job.report is not None
        assert job.report.kind is kind
        assert job.report.counts["refused"] == job.report.counts["in"] == 2
        keys = {reason.key for outcome in job.report.outcomes for reason in outcome.refusals}
        assert keys <= {"duplicate.same", "duplicate.unchanged"}


def test_a_job_is_its_owner_s(desk: House) -> None:
    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
        with pytest.raises(RuleBroken, match="desk.import_unknown"):
            importing.job_of(job.job_id, desk.actor(RINCHEN))


def test_the_pages_of_an_import(desk: House) -> None:
    browser = Desk.of(desk, JAMTSO)
    sent = browser.client.post(
        "/desk/import", data={"csrf_token": browser.csrf, "file": (io.BytesIO(CSV.encode()), "题.csv")}
    )
    assert sent.status_code == 302
    address = sent.headers["Location"]
    for _ in range(100):
        if browser.get(f"{address}/progress").get_json()["ready"]:
            break
        time.sleep(0.05)
    page = browser.page(address)
    assert "2 / 3" in page.text or "3道题中的2道" in page.text
    assert "没有答案" in page.text or "缺少答案" in page.text
    fields = {
        "chapter": "road_rules",
        "families": "car",
        "difficulty": "2",
        "law": "道路交通安全法",
        "article": "第三十八条",
    }
    press(browser, address, **fields)
    assert "已导入2道草稿题：s1-road-003 … s1-road-004。" in browser.page(address).text


def test_a_file_may_be_larger_than_any_other_body_but_not_endless(desk: House) -> None:
    browser = Desk.of(desk, JAMTSO)

    def send(size: int) -> int:
        head = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.csrf}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        body = head.encode() + b"x" * size + b"\r\n--x--\r\n"
        return browser.client.post(
            "/desk/import", data=body, content_type="multipart/form-data; boundary=x"
        ).status_code

    assert send(5_000_000) == 302
    browser.client.faults_expected = True
    assert send(51_000_000) == 413


@pytest.mark.parametrize("kind", list(FileKind))
def test_every_format_can_be_fetched(desk: House, kind: FileKind) -> None:
    answer = Desk.of(desk, RINCHEN).get(f"/desk/export?format={kind.value}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_booklet_marks_drafts_and_hides_answers_until_asked(desk: House) -> None:
    browser = Desk.of(desk, RINCHEN)
    without, with_keys = (browser.get(f"/desk/booklet?keys={keys}").get_data(as_text=True) for keys in ("", "1"))
    assert "▲" in without
    assert "没有中心线的城市道路" in Page(without).text
    assert "城市道路为每小时30公里" not in without
    assert "城市道路为每小时30公里" in with_keys


def test_the_booklet_says_whose_it_is_of_which_bank_of_what_day_and_whether_answers_stand_in_it(desk: House) -> None:
    browser = Desk.of(desk, RINCHEN)
    for keys, answers in (("", "不带答案"), ("1", " 带答案")):
        page = Page(browser.get(f"/desk/booklet?chapter=road_rules&keys={keys}").get_data(as_text=True)).text
        day = beijing_day(now().wall).isoformat()
        assert all(word in page for word in ("单位", "题库：考试中心", "最新版本T-1", answers, day))


def test_every_chapter_of_the_booklet_has_a_head_that_repeats_with_the_mark_of_drafts(desk: House) -> None:
    page = Desk.of(desk, RINCHEN).get("/desk/booklet").get_data(as_text=True)
    heads = re.findall(r"<thead>.*?</thead>", page, re.S)
    assert len(heads) == page.count("<h2>") > 0
    assert all("演示样张" in head and "藏文译稿" in head for head in heads)


def test_a_booklet_of_nothing_says_so(desk: House) -> None:
    page = Desk.of(desk, RINCHEN).get("/desk/booklet?text=nowhere").get_data(as_text=True)
    assert "没有符合条件的试题" in page


def test_a_commit_that_fails_leaves_file_and_history_as_they_were(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.settings.home / "bank/subject1/road_rules.yaml"
    before = path.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with desk.inside():
        base = block_hash(checks.workshop().question("s1-road-001").block)
        with monkeypatch.context() as patch:
            patch.setattr(db.session, "commit", full)
            with pytest.raises(OSError, match="No space"):
                service.write("s1-road-001", base, {"difficulty": 3}, desk.actor(JAMTSO))
        assert path.read_bytes() == before
        assert history.versions("s1-road-001") == []
        assert checks.workshop().question("s1-road-001").question.difficulty == 1
        assert service.write("s1-road-001", base, {"difficulty": 3}, desk.actor(JAMTSO)).question.difficulty == 3


def test_of_two_who_take_a_file_at_once_one_is_told(desk: House) -> None:
    with desk.inside():
        job, actor = read(desk, "题.csv", CSV.encode()), desk.actor(JAMTSO)
    told: list[str] = []

    def take() -> None:
        with desk.inside():
            try:
                taking.take(job, DEFAULTS, actor)
                told.append("taken")
            except RuleBroken as broken:
                told.append(broken.key)

    both = [threading.Thread(target=take) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["desk.import_taken", "taken"]
    with desk.inside():
        assert ids() == ["s1-road-001", "s1-road-002", "s1-road-003", "s1-road-004"]


def test_a_fault_while_reading_is_told_and_nobody_waits_for_ever(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "shelf", lambda: 1 / 0)
    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
    assert (job.failed, job.report is not None) == (True, True)
    assert "请重新上传" in Desk.of(desk, JAMTSO).page(f"/desk/import/{job.job_id}").text


def test_what_a_format_cannot_carry_is_said_beside_the_file(desk: House) -> None:
    answer = Desk.of(desk, RINCHEN).get("/desk/export?format=aiken")
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as package:
        assert sorted(package.namelist()) == ["left-out.txt", "questions.txt"]
        assert "s1-road-001" in package.read("left-out.txt").decode("utf-8-sig")


def test_a_photograph_that_came_with_an_import_is_served_as_what_it_is(desk: House) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(photo, "PNG")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "题.csv", "题型,题干,A,B,C,D,答案,题图\n单选题,图中是什么颜色？,红色,蓝色,绿色,黄色,A,photo.png\n"
        )
        package.writestr("photo.png", photo.getvalue())
    with desk.inside():
        job = read(desk, "题.zip", file.getvalue())
        (made,) = taking.take(job, DEFAULTS, desk.actor(JAMTSO))
        (medium,) = checks.workshop().question(made).question.media
        assert medium.path.endswith(".png")
    answer = Desk.of(desk, JAMTSO).get(f"/desk/media/{medium.path}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")


def test_pictures_with_one_name_are_taken_over_each_with_its_own_question(desk: House) -> None:
    """Moodle calls every pasted picture image.png; one in the text itself has no name at all."""
    coded = [b64encode(png(colour)).decode() for colour in range(4)]
    file = '<img src="@@PLUGINFILE@@/image.png">]]></text><file name="image.png" path="/" encoding="base64">{}</file>'
    inline = '<img src="data:image/png;base64,{}">]]></text>'
    quiz = "".join(
        f'<question type="truefalse"><questiontext format="html"><text><![CDATA[{stem}{how.format(picture)}</questiontext>'
        '<answer fraction="100"><text>true</text></answer></question>'
        for stem, how, picture in zip(
            ("甲图是停车标志。", "乙牌要求让行。", "丙处禁止鸣笛。", "丁路可以掉头。"),
            (file, file, inline, inline),
            coded,
            strict=True,
        )
    )
    with desk.inside():
        made = taking.take(read(desk, "题.xml", f"<quiz>{quiz}</quiz>".encode()), DEFAULTS, desk.actor(JAMTSO))
        shop = checks.workshop()
        paths = [medium.path for one in made for medium in shop.question(one).question.media]
        assert [(shop.folder / "media" / path).read_bytes() for path in paths] == [png(colour) for colour in range(4)]
