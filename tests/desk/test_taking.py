"""Taking a file over runs in the background: nobody waits for it, and whatever stops it leaves all or nothing."""

import io
import os
import pickle
import subprocess
import sys
import threading
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from examsys.bank.formats.exchange import Row
from examsys.clock import now
from examsys.db import here
from examsys.desk import checks, history, importing, taking
from examsys.desk.rows import Defaults
from examsys.domain.errors import RuleBroken
from tests.bank.formats.making import png
from tests.desk.test_importing import CSV, DEFAULTS, ids, press, read
from tests.factories import House
from tests.page import Page
from tests.people import JAMTSO
from tests.supervision.desk import Desk

FORM = {"chapter": "violations", "families": "moto", "difficulty": "3", "law": "道路交通安全法", "article": "第九十条"}
FIRST = ["s1-road-001", "s1-road-002"]


def brought(desk: House, content: str | bytes = CSV) -> tuple[importing.Job, Desk, str]:
    """A file that was read, the browser of whoever brought it, and the address of its report."""
    with desk.inside():
        job = read(desk, "题.csv", content.encode() if isinstance(content, str) else content)
    return job, Desk.of(desk, JAMTSO), f"/desk/import/{job.job_id}"


def packed(rows: str) -> bytes:
    """A table with the picture it names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("题.csv", rows)
        package.writestr("a.png", png())
    return file.getvalue()


def files(desk: House) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (desk.settings.home / "bank").rglob("*") if path.is_file()}


KILLED = """
import os, pickle, sys, time
from examsys.app import create_app
from examsys.desk import history, importing, taking, undo
settings, actor, job_id, defaults = pickle.loads(bytes.fromhex(sys.argv[1]))
with create_app(settings).app_context():
    job = importing.job_of(job_id, actor)
    while job.waits:
        time.sleep(0.02)
    setattr({where}, lambda *_: os._exit(9))
    taking.begin(job, defaults, actor)
    time.sleep(20)
"""


def killed(desk: House, job: importing.Job, where: str) -> None:
    """Another process takes the file over and is killed at this place; then a server is started."""
    given = pickle.dumps((desk.settings, desk.actor(JAMTSO), job.job_id, DEFAULTS)).hex()
    program = KILLED.format(where=where)
    done = subprocess.run([sys.executable, "-c", program, given], capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    importing._jobs.clear()


def test_whoever_presses_waits_for_nothing_and_is_told_how_far_it_is_also_when_pressing_twice(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, browser, address = brought(desk)
    go_on, real = threading.Event(), taking._write

    def slowly(*given: Any) -> Any:
        assert go_on.wait(20)
        return real(*given)

    monkeypatch.setattr(taking, "_write", slowly)
    assert browser.post(f"{address}/take", **FORM).status_code == 302
    page = browser.page(address).text
    assert "正在导入题.csv" in page
    assert browser.get(f"{address}/progress").get_json() == {"done": 0, "total": 2, "ready": False}
    assert browser.post(f"{address}/take", **FORM).status_code == 302
    assert "此文件正在导入" in browser.page(address).text
    browser.client.faults_expected = True
    assert browser.post(f"{address}/again").status_code == 409
    go_on.set()
    while job.taking:
        pass
    assert (job.done, job.total) == (2, 2)
    assert "已导入2道草稿题" in browser.page(address).text


def test_a_page_that_is_made_while_the_taking_ends_waits_from_head_to_foot(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, browser, address = brought(desk)
    job.taking = True

    def ends(_job: importing.Job) -> list[str]:
        job.taking = False
        return []

    monkeypatch.setattr(taking, "changed_meanwhile", ends)
    html = browser.get(address).get_data(as_text=True)
    assert ("desk/waiting" in html, 'id="far"' in html) == (True, True)


def test_nothing_but_rows_that_are_made_already_waits_for_the_turn(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, depths = history.made, []

    def made(*given: Any) -> Any:
        depths.append(here().thread.depth)
        return real(*given)

    monkeypatch.setattr(history, "made", made)
    with desk.inside():
        taking.take(read(desk, "题.csv", CSV.encode()), DEFAULTS, desk.actor(JAMTSO))
    assert depths == [0, 0]


def test_a_refusal_stands_on_the_page_in_words_beside_what_was_typed(desk: House) -> None:
    _job, browser, address = brought(desk)
    before = files(desk)
    press(browser, address, **{**FORM, "families": []})
    page = Page(browser.get(address).get_data(as_text=True))
    assert "未勾选准驾车型。" in page.text
    assert "schema" not in page.text
    html = browser.get(address).get_data(as_text=True)
    assert 'name="law" value="道路交通安全法"' in html
    assert 'name="article" value="第九十条"' in html
    assert '<option value="violations" selected>' in html
    assert "<option selected>3</option>" in html
    assert 'value="car" checked' not in html
    assert files(desk) == before


def test_a_fault_of_the_house_is_told_and_it_may_be_pressed_again(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _job, browser, address = brought(desk)
    before = files(desk)
    with monkeypatch.context() as patch:
        patch.setattr(history, "keep_all", lambda *_given: 1 / 0)
        press(browser, address, **FORM)
    page = browser.page(address).text
    assert "没有导入任何题目。请重新点击“导入”" in page
    assert files(desk) == before
    press(browser, address, **FORM)
    assert "已导入2道草稿题" in browser.page(address).text


def test_a_process_killed_before_the_rows_stand_leaves_the_bank_as_it_was_and_the_page_says_so(
    desk: House,
) -> None:
    job, browser, address = brought(desk)
    before = files(desk)
    killed(desk, job, "history, 'keep_all'")
    assert files(desk) != before
    with desk.inside():
        taking.clean_up()
        assert ids() == FIRST
    assert files(desk) == before
    while not browser.get(f"{address}/progress").get_json()["ready"]:
        pass
    html = browser.get(address).get_data(as_text=True)
    assert "服务器重新启动，没有导入任何题目" in html
    assert 'value="第三十八条"' in html
    press(browser, address, **FORM)
    assert "已导入2道草稿题" in browser.page(address).text


def test_a_process_killed_after_the_rows_stand_has_taken_the_file_over_once(desk: House) -> None:
    job, _browser, _address = brought(desk)
    killed(desk, job, "undo.Undo, 'forget'")
    with desk.inside():
        taking.clean_up()
        assert len(ids()) == 4
        again = importing.job_of(job.job_id, desk.actor(JAMTSO))
        assert (again.taken, again.ended) == (("s1-road-003", "s1-road-004"), "")
        with pytest.raises(RuleBroken, match="desk.import_taken"):
            taking.begin(again, DEFAULTS, desk.actor(JAMTSO))
    assert list((desk.settings.home / "imports").glob("*.undo")) == []


def test_a_file_that_is_being_read_again_is_not_taken_over(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    job, browser, address = brought(desk)
    go_on, real = threading.Event(), importing._read_whole

    def slowly(*given: Any) -> Any:
        assert go_on.wait(20)
        return real(*given)

    monkeypatch.setattr(importing, "_read_whole", slowly)
    assert browser.post(f"{address}/again").status_code == 302
    assert browser.post(f"{address}/take", **FORM).status_code == 302
    go_on.set()
    while job.waits:
        pass
    with desk.inside():
        assert ids() == FIRST
    assert "文件尚未读完" in browser.page(address).text


# -- subject and chapter -------------------------------------------------------------------------------------


def test_the_subject_follows_from_the_chapter_that_the_form_says(desk: House) -> None:
    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
        chosen = Defaults({"": "civilised_driving"}, ("car",), 2, "道路交通安全法", "第三十八条")
        taken = taking.take(job, chosen, desk.actor(JAMTSO))
        assert {checks.workshop().question(one).question.subject for one in taken} == {"subject3"}


def test_a_row_with_a_chapter_of_another_subject_is_refused_and_one_without_subject_gets_its_own(desk: House) -> None:
    rows = "题型,题干,答案,科目,章节\n判断题,路口应当减速慢行。,对,科目一,文明行车常识\n判断题,会车时应当礼让。,对,,文明行车常识\n"
    job, browser, address = brought(desk, rows)
    assert job.report is not None
    assert [[one.key for one in outcome.refusals] for outcome in job.report.outcomes] == [
        ["row.chapter_of_other_subject"],
        [],
    ]
    assert job.report.rows[0].subject == "subject3"
    page = browser.page(address).text
    assert "不属于同一行所写的科目" in page
    assert "章节(文件未注明的)" not in page


def test_where_only_the_subject_is_given_its_own_chapters_are_offered(desk: House) -> None:
    _job, browser, address = brought(desk, "题型,题干,答案,科目\n判断题,路口应当减速慢行。,对,科目三\n")
    html = browser.get(address).get_data(as_text=True)
    assert 'name="chapter.subject3"' in html
    assert 'value="civilised_driving"' in html
    assert 'value="road_rules"' not in html
    press(browser, address, **{**FORM, "chapter.subject3": "civilised_driving"})
    assert "已导入1道草稿题：s3-" in browser.page(address).text


# -- the report ----------------------------------------------------------------------------------------------


def test_the_report_shows_what_would_be_taken_and_what_was_refused(desk: House) -> None:
    file = "题型,题干,题干（藏文）,A,B,C,D,答案,题图\n单选题,图中是什么标志？,རྟགས་འདི་ཅི་ཡིན།,停车,让行,禁行,慢行,B,{}\n单选题,没有答案的题,,甲,乙,丙,丁,,\n"
    _job, browser, address = brought(desk, packed(file.format("a.png")))
    html = browser.get(address).get_data(as_text=True)
    page = Page(html).text
    assert all(word in page for word in ("图中是什么标志？", "停车", "让行", "没有答案的题", "丁"))
    assert html.count("is-key") == 1
    assert "<details><summary>藏文</summary>" in html
    picture = browser.get(f"{address}/picture/0/a.png")
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    assert f"{address}/picture/0/a.png" in html
    browser.client.faults_expected = True
    for wrong in ("0/x.svg", "1/a.png", "9/a.png"):
        assert browser.get(f"{address}/picture/{wrong}").status_code == 404
    refused = html[html.rindex("没有答案的题") :]
    assert "还需补充" not in refused


# -- what is held and kept -----------------------------------------------------------------------------------


def test_of_one_account_two_reports_are_held_and_a_third_is_read_again(desk: House) -> None:
    with desk.inside():
        jobs = [read(desk, "题.csv", CSV.encode()) for _ in range(4)]
        assert [job.job_id in importing._jobs for job in jobs] == [False, False, True, True]
        again = importing.job_of(jobs[0].job_id, desk.actor(JAMTSO))
        while again.report is None:
            pass
        assert again.report.counts["in"] == 3


def test_a_file_that_was_taken_over_holds_no_pictures(desk: House) -> None:
    rows = "题型,题干,答案,题图\n判断题,图中的标志要求停车。,对,a.png\n"
    with desk.inside():
        job = read(desk, "题.zip", packed(rows))

        def held() -> list[Row | None]:
            assert job.report is not None
            both = [row for one in job.report.outcomes for row in (one.row, one.read)]
            return [row for row in both if row and row.media]

        assert len(held()) == 2
        taking.take(job, DEFAULTS, desk.actor(JAMTSO))
        assert held() == []
    assert Desk.of(desk, JAMTSO).get(f"/desk/import/{job.job_id}").status_code == 200


def test_the_files_of_imports_go_after_thirty_days(desk: House) -> None:
    with desk.inside():
        old, new = (read(desk, "题.csv", CSV.encode()) for _ in range(2))
        then = (now().wall - timedelta(days=31)).timestamp()
        for sort in ("file", "json"):
            os.utime(importing.file_of(old, sort), (then, then))
        taking.clean_up()
        assert sorted(path.stem for path in importing.folder().iterdir()) == [new.job_id, new.job_id]
