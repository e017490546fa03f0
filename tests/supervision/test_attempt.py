"""One exam's record: the whole course in the record's order with both clocks, results, verification, export; within reach only."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from examsys.bank import service as bank
from examsys.exam import conduct, results
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.people import DROLMA, LHAMO, LIQIANG, TASHI, WANGDU
from tests.supervision.desk import Desk, finished, seal

VERIFIER = Path(__file__).resolve().parents[2] / "deploy/verify_exam.py"
PAGE = "/supervision/attempts"


@pytest.mark.parametrize("path", ["", "/replay", "/screen", "/export.json"])
def test_a_strangers_exam_does_not_exist(house: House, path: str) -> None:
    seated = finished(house)[0]
    assert Desk.of(house, WANGDU).get(f"{PAGE}/{seated.attempt_id}{path}").status_code == 404
    assert Desk.of(house, LIQIANG).get(f"{PAGE}/{seated.attempt_id}{path}").status_code == 200
    assert Desk.of(house, LIQIANG).get(f"{PAGE}/{'0' * 32}{path}").status_code == 404


@pytest.mark.parametrize("path", ["/attempts/{}/verify", "/spoil"])
def test_a_strangers_exam_can_not_be_acted_on(house: House, path: str) -> None:
    seated = finished(house)[0]
    asked = f"/supervision{path.format(seated.attempt_id)}"
    assert Desk.of(house, WANGDU).post(asked, attempt=seated.attempt_id).status_code == 404
    own = Desk.of(house, LIQIANG).post(asked, attempt=seated.attempt_id).status_code
    assert own == (200 if house.settings.is_sqlite or "verify" in path else 409)  # only an embedded database is copied


def test_every_viewing_is_an_entry(house: House) -> None:
    seated = finished(house)[0]
    desk = Desk.of(house, LHAMO)
    desk.page(f"{PAGE}/{seated.attempt_id}")
    desk.page(f"{PAGE}/{seated.attempt_id}/screen")
    desk.get(f"{PAGE}/{seated.attempt_id}/export.json")
    desk.post(f"{PAGE}/{seated.attempt_id}/verify")
    viewed = [entry["data"]["what"] for entry in house.entries("audit.viewed", seated.attempt_id)]
    assert viewed == ["timeline", "replay"]
    assert len(house.entries("export.made", seated.attempt_id)) == 1
    assert house.entries("audit.verified", seated.attempt_id)[0]["data"] == {"whole": True}


def test_the_course_names_steps_and_entries_with_both_clocks(clock: Clock, house: House) -> None:
    seated = house.seated(TASHI)[0]
    kiosk = Kiosk.at(house, seated, start="bo")
    clock.advance(61.5)
    position, options = next(iter(house.right_answers(seated.attempt_id).items()))
    kiosk.answer(position, options, 1)
    with house.inside():
        conduct.pause(seated.attempt_id, "停电", house.actor(DROLMA))
        clock.advance(30)
        conduct.resume(seated.attempt_id, house.actor(DROLMA))
    seal(house)
    text = Desk.of(house, LHAMO).page(f"{PAGE}/{seated.attempt_id}").text
    assert "01:01.500" in text
    assert "停电" in text
    assert text.index("01:01.500") < text.index("01:31.500")


def test_a_clock_set_back_changes_nothing_in_the_order(clock: Clock, house: House) -> None:
    seated = house.seated(TASHI)[0]
    kiosk = Kiosk.at(house, seated, start="bo")
    answers = list(house.right_answers(seated.attempt_id).items())
    for seq, (position, options) in enumerate(answers[:2], 1):
        clock.advance(10)
        clock.step(hours=-1)
        kiosk.answer(position, options, seq)
    seal(house)
    text = Desk.of(house, LHAMO).page(f"{PAGE}/{seated.attempt_id}?only=answers").text
    assert text.index("00:10.000") < text.index("00:20.000")


def test_choices_of_lines(house: House) -> None:
    seated = finished(house)[0]
    desk = Desk.of(house, LHAMO)
    everything, answers, acts = (
        desk.get(f"{PAGE}/{seated.attempt_id}?only={only}").get_data(as_text=True) for only in ("", "answers", "acts")
    )
    assert len(everything) > len(answers) > len(acts) * 0.5


def test_the_export_holds_for_somebody_without_this_site(house: House, tmp_path: Path) -> None:
    seated = finished(house)[0]
    answer = Desk.of(house, LHAMO).get(f"{PAGE}/{seated.attempt_id}/export.json")
    file = tmp_path / "export.json"
    file.write_bytes(answer.data)
    key = answer.json["keys"][0]  # type: ignore[index]
    run = [sys.executable, str(VERIFIER), str(file), "--key", key]
    checked = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stdout
    assert not any(name in answer.get_data(as_text=True) for name in (seated.id_number, "考生001"))


def test_a_changed_export_does_not_hold(house: House, tmp_path: Path) -> None:
    seated = finished(house)[0]
    document = Desk.of(house, LHAMO).get(f"{PAGE}/{seated.attempt_id}/export.json").json
    assert document is not None
    document["results"][0]["score"] -= 10
    file = tmp_path / "export.json"
    file.write_text(json.dumps(document), "utf-8")
    run = [sys.executable, str(VERIFIER), str(file), "--key", document["keys"][0]]
    assert subprocess.run(run, capture_output=True, timeout=60, check=False).returncode == 1


def test_an_export_whose_regrading_was_taken_out_does_not_hold(house: House, tmp_path: Path) -> None:
    seated = finished(house)[0]
    with house.inside():
        question = house.rows("SELECT question FROM mark LIMIT 1")[0][0]
        results.regrade(bank.withdraw(question, "题目有误"), "题目有误")
    seal(house)
    document = Desk.of(house, LHAMO).get(f"{PAGE}/{seated.attempt_id}/export.json").json
    assert document is not None
    file = tmp_path / "export.json"
    first, second = document["results"]
    run = [sys.executable, str(VERIFIER), str(file), "--key", document["keys"][0]]
    told = [([first, second], 0), ([first], 1), ([second], 1), ([second, first], 1), ([first, second, second], 1)]
    for listed, code in told:
        file.write_text(json.dumps(document | {"results": listed}), "utf-8")
        checked = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
        assert checked.returncode == code, checked.stdout


def test_a_broken_record_is_said_on_the_page(house: House) -> None:
    seated = finished(house)[0]
    trigger = "DROP TRIGGER step_no_update" if house.settings.is_sqlite else "DROP TRIGGER step_no_change ON step"
    house.write(trigger)
    house.write("UPDATE step SET body = ? WHERE attempt_id = ? AND number = 3", b"{}", seated.attempt_id)
    page = Desk.of(house, LHAMO).get(f"{PAGE}/{seated.attempt_id}").get_data(as_text=True)
    assert f"step {seated.attempt_id}/3" in page
    assert "notice alarm" in page


def test_spoiling_one_record_names_the_row_and_leaves_the_record_whole(house: House) -> None:
    seated = finished(house)[0]
    desk = Desk.of(house, LHAMO)
    answer = desk.post("/supervision/spoil", attempt=seated.attempt_id)
    if not house.settings.is_sqlite:
        assert answer.status_code == 409
        return
    number = house.rows("SELECT MAX(number) FROM step WHERE attempt_id = ? AND kind = 'answer'", seated.attempt_id)[0][
        0
    ]
    assert f"step {seated.attempt_id}/{number}" in answer.get_data(as_text=True)
    assert not list(house.settings.home.glob("spoiled-*"))
    assert "notice fine" in desk.get(f"{PAGE}/{seated.attempt_id}").get_data(as_text=True)


def test_no_other_site_than_a_demonstration_spoils_anything(house: House) -> None:
    seated = finished(house)[0]
    house.make_formal()
    with house.restarted() as again:
        house.app = again
        assert Desk.of(house, LHAMO).post("/supervision/spoil", attempt=seated.attempt_id).status_code == 404


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_time_of_a_running_exam_is_told_up_to_now(clock: Clock, house: House) -> None:
    seated = house.seated(TASHI)[0]
    Kiosk.at(house, seated, start="bo")
    clock.advance(18 * 60)
    page = Desk.of(house, LHAMO).page(f"{PAGE}/{seated.attempt_id}")
    assert "已用时间：18分钟" in page.text
    assert "此场考试尚未结束" in page.text


def test_the_papers_of_an_ended_exam_are_at_hand(house: House) -> None:
    seated = finished(house)[0]
    links = Desk.of(house, LHAMO).page(f"{PAGE}/{seated.attempt_id}").links
    assert {f"/certificates/attempts/{seated.attempt_id}/{paper}.pdf" for paper in ("sheet", "slip")} <= set(links)
