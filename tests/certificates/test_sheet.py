"""Score sheets and slips: who gets them, what they state, when they are made anew."""

import io
from pathlib import Path

import pikepdf
import pytest

from examsys.accounts import logins
from examsys.bank import service as bank
from examsys.certificates import service, worker
from examsys.certificates.checking import Standing, verify_file
from examsys.domain.certificate import Verdict
from examsys.domain.errors import RuleBroken
from examsys.exam import conduct, results
from examsys.exam.form import form_of
from examsys.invigilation import service as invigilation
from tests.certificates.papers import finished, joined, text_of
from tests.exam.kiosk import Kiosk, problem
from tests.factories import House
from tests.page import InspectingClient
from tests.people import DROLMA, KELSANG, LHAMO, PASANG, TASHI, WANGDU, candidate

ONE_DATABASE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def sheet_of(house: House, attempt_id: str) -> tuple[bytes, str]:
    with house.inside():
        return service.sheet_for(attempt_id)


def test_the_candidate_reads_the_sheet_at_the_own_terminal_until_sign_out(house: House, tmp_path: Path) -> None:
    kiosk, seated = finished(house)
    path = kiosk.get()["result"]["score_sheet"]
    answer = kiosk.call("GET", path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    said = text_of(answer.data, tmp_path)
    assert TASHI.name in said
    assert seated.id_number in said
    assert "བཀྲ་ཤིས།" in said
    kiosk.sign_out()
    assert problem(kiosk.call("GET", path))[0] == 401


def test_the_same_file_comes_again_and_is_issued_once(house: House) -> None:
    _, seated = finished(house)
    first, second = sheet_of(house, seated.attempt_id), sheet_of(house, seated.attempt_id)
    assert first == second
    [entry] = house.entries("sheet.issued")
    assert entry["data"]["number"] == first[1]
    assert len(house.rows("SELECT 1 FROM sheet")) == 1


def test_the_checkpoint_on_the_sheet_covers_the_hand_in(house: House) -> None:
    _, seated = finished(house)
    sheet_of(house, seated.attempt_id)
    [(size,)] = house.rows("SELECT checkpoint FROM sheet")
    sql = "SELECT l.idx FROM leaf l JOIN entry e ON e.entry_id = l.entry_id WHERE e.kind IN ('exam.submit', 'exam.scored') AND e.object = ?"
    places = [row[0] for row in house.rows(sql, seated.attempt_id)]
    assert len(places) == 2
    assert max(places) < size


def test_nothing_personal_lies_in_clear_in_the_record_or_in_the_store(house: House) -> None:
    _, seated = finished(house)
    pdf, _ = sheet_of(house, seated.attempt_id)
    rows = repr(house.rows("SELECT * FROM sheet")) + repr(house.entries("sheet.issued"))
    assert seated.id_number not in rows
    assert TASHI.name not in rows
    [(file,)] = house.rows("SELECT file FROM sheet")
    stored = (house.settings.home / "files" / file[:2] / file).read_bytes()
    assert b"%PDF" not in stored
    assert len(stored) > len(pdf)


def test_there_is_no_sheet_before_the_end(house: House) -> None:
    seated = house.seated()[0]
    kiosk = Kiosk.at(house, seated, start="zh")
    path = f"/certificates/attempts/{seated.attempt_id}/sheet.pdf"
    assert problem(kiosk.call("GET", path)) == (409, "attempt.not_closed")


def test_a_makeup_supersedes_the_sheet_and_both_results_stand_on_one(house: House, tmp_path: Path) -> None:
    kiosk, seated = finished(house, wrong=5)
    first, number = sheet_of(house, seated.attempt_id)
    assert kiosk.call("POST", f"{kiosk.path}/makeup", {}).status_code == 204
    with house.inside():
        kiosk.attempt = invigilation.release_makeup(seated.session_id, seated.attempt_id, house.actor(DROLMA))
    assert sheet_of(house, seated.attempt_id)[1] == number, "nothing is made anew before the make-up has ended"
    assert kiosk.start("zh").status_code == 200
    kiosk.play(house)
    second, newer = sheet_of(house, kiosk.attempt)
    assert newer != number
    assert sheet_of(house, seated.attempt_id)[1] == newer
    said = joined(text_of(second, tmp_path))
    assert f"替换成绩单{number}" in said
    assert said.count("不合格") == 1
    assert "汉文" in said
    assert "藏文" in said
    [superseded] = house.entries("sheet.superseded")
    assert superseded["data"] == {"number": number, "by": newer}
    with house.inside():
        assert verify_file(first).standing is Standing.SUPERSEDED
        checked = verify_file(second)
    assert checked.standing is Standing.CURRENT
    assert checked.reading.statement is not None
    assert [outcome.passed for outcome in checked.reading.statement.outcomes] == [False, True]


def test_a_regrade_supersedes_the_sheet(house: House, tmp_path: Path) -> None:
    _, seated = finished(house, wrong=2)
    _, number = sheet_of(house, seated.attempt_id)
    with house.inside():
        voided = form_of(1, seated.attempt_id).paper.positions[0].question_id
        results.regrade(bank.withdraw(voided, "faulty"), "faulty")
    pdf, newer = sheet_of(house, seated.attempt_id)
    assert newer != number
    assert "重新评分" in joined(text_of(pdf, tmp_path))


@ONE_DATABASE
def test_a_provisional_result_says_so_until_it_is_signed(house: House, tmp_path: Path) -> None:
    _, seated = finished(house)
    with house.inside():
        conduct.append(lambda raw: conduct.owe_signature(seated.attempt_id, True, raw))
    pdf, number = sheet_of(house, seated.attempt_id)
    assert "暂定成绩" in joined(text_of(pdf, tmp_path))
    with house.inside():
        conduct.append(lambda raw: conduct.owe_signature(seated.attempt_id, False, raw))
    later, newer = sheet_of(house, seated.attempt_id)
    assert newer != number
    assert "暂定成绩" not in joined(text_of(later, tmp_path))


@ONE_DATABASE
def test_the_slip_is_masked_and_says_what_comes_next(house: House, tmp_path: Path) -> None:
    _, seated = finished(house, wrong=5)
    with house.inside():
        pdf, number = service.slip_for(seated.attempt_id)
    said = text_of(pdf, tmp_path)
    assert seated.id_number not in said
    assert "9900**********" in said
    assert "扎*" in said
    assert TASHI.name not in said
    assert "补考一次" in said
    assert number in said
    assert [entry["data"]["number"] for entry in house.entries("slip.issued")] == [number]


@ONE_DATABASE
def test_every_page_of_a_demonstration_says_so_in_both_languages(house: House, tmp_path: Path) -> None:
    _, seated = finished(house)
    with house.inside():
        papers = [service.sheet_for(seated.attempt_id)[0], service.slip_for(seated.attempt_id)[0]]
        verdicts = {verify_file(paper).reading.verdict for paper in papers}
    for paper in papers:
        for page in text_of(paper, tmp_path).rstrip("\f").split("\f"):
            assert "演示样张 · 无效" in page
            assert "དཔེ་སྟོན" in page
    assert verdicts == {Verdict.DEMONSTRATION}


@ONE_DATABASE
def test_drolma_reads_it_and_is_written_down_pasang_of_the_other_county_finds_nothing(house: House) -> None:
    _, seated = finished(house)
    with house.inside():
        service.check_reach(seated.attempt_id, house.actor(DROLMA))
        with pytest.raises(RuleBroken, match=r"attempt\.unknown"):
            service.check_reach(seated.attempt_id, house.actor(PASANG))
        _, number = service.sheet_for(seated.attempt_id)
        service.note_view(seated.attempt_id, number, house.actor(DROLMA))
    [entry] = house.entries("sheet.viewed", seated.attempt_id)
    assert entry["data"] == {"number": number}


@ONE_DATABASE
def test_over_http_staff_within_reach_reads_it_and_others_find_nothing(house: House, client: InspectingClient) -> None:
    _, seated = finished(house)
    path = f"/certificates/attempts/{seated.attempt_id}/sheet.pdf"
    seen = {}
    for person in (DROLMA, LHAMO, PASANG, WANGDU, KELSANG):
        with house.inside():
            account = logins.account_named(person.username)
            assert account is not None
            token, _ = logins.sign_in_account(account, "127.0.0.1")
        client.set_cookie("desk", token)
        seen[person.username] = client.get(path).status_code
    assert seen == {"drolma": 200, "lhamo": 200, "pasang": 404, "wangdu": 404, "kelsang": 403}
    client.delete_cookie("desk")
    assert client.get(path).status_code == 401
    assert len(house.entries("sheet.viewed", seated.attempt_id)) == 2


@ONE_DATABASE
def test_another_candidates_terminal_finds_nothing(house: House) -> None:
    first, second = house.seated(TASHI, candidate(1))
    Kiosk.at(house, first, start="zh").play(house)
    stranger = Kiosk.at(house, second)
    answer = stranger.call("GET", f"/certificates/attempts/{first.attempt_id}/sheet.pdf")
    assert problem(answer) == (404, "attempt.unknown")


@ONE_DATABASE
def test_a_stored_paper_that_was_changed_is_not_given_out(house: House) -> None:
    _, seated = finished(house)
    sheet_of(house, seated.attempt_id)
    [(file,)] = house.rows("SELECT file FROM sheet")
    path = house.settings.home / "files" / file[:2] / file
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with house.inside(), pytest.raises(RuleBroken, match=r"sheet\.damaged"):
        service.sheet_for(seated.attempt_id)


@ONE_DATABASE
def test_without_the_libraries_the_exam_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(worker.Worker):
        def _speak(self, sent: bytes, seconds: int) -> worker.Answer:
            return {"ok": False, "unavailable": True, "error": "ImportError: no pango"}, b""

    monkeypatch.setattr(service, "PRESS", Closed())
    kiosk, seated = finished(house)
    assert kiosk.get()["result"]["passed"] is True
    answer = kiosk.call("GET", f"/certificates/attempts/{seated.attempt_id}/sheet.pdf")
    assert problem(answer) == (503, "sheet.unavailable")
    assert answer.headers["Retry-After"]
    assert len(house.entries("sheet.failed", seated.attempt_id)) == 1


@ONE_DATABASE
def test_a_sheet_that_takes_long_is_asked_for_again_and_not_made_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, seated = finished(house)
    monkeypatch.setattr(service, "WAIT_SECONDS", 0.0)
    with house.inside(), pytest.raises(RuleBroken, match=r"sheet\.being_made"):
        service.sheet_for(seated.attempt_id)
    [draft] = service._drafts.values()
    draft.printed.result(60)
    _, number = sheet_of(house, seated.attempt_id)
    assert number == draft.facts.number
    assert not service._drafts


@ONE_DATABASE
def test_the_metadata_carry_the_statement(house: House) -> None:
    _, seated = finished(house)
    pdf, number = sheet_of(house, seated.attempt_id)
    with pikepdf.open(io.BytesIO(pdf)) as read, house.inside():
        checked = service.verify_text(str(read.docinfo["/statement"]))
    assert checked.reading.statement is not None
    assert checked.reading.statement.number == number
