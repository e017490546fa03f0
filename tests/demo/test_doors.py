"""The first page: doors that sign in with one click, in a demonstration on this machine and nowhere else."""

import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from examsys.accounts import service as accounts
from examsys.app import create_app, driver_url
from examsys.config import Settings
from examsys.db import here
from examsys.demo import staging, visit
from examsys.exam import entering, facts
from examsys.invigilation import service as invigilation
from examsys.invigilation import sessions
from examsys.migrations import upgrade
from tests.demo.conftest import Demonstration
from tests.page import InspectingClient, Page

CANDIDATES = ("tibetan", "chinese", "subject3", "ten")
STAFF = {"room": "examiner", "audit": "supervisor_detachment", "bank": "trainer"}


def go(browser: InspectingClient, door: str) -> str:
    """Through a door, as the page's script does it; where it leads."""
    answer = browser.post(f"/doors/{door}", json={})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return str((answer.json or {})["url"])


def attempt_at(url: str) -> str:
    """The attempt that the address of a terminal names."""
    found = re.fullmatch(r"/exam/attempts/([0-9a-f]+)/terminal", url)
    assert found, url
    return found[1]


def call(browser: InspectingClient, attempt: str, act: str, **body: Any) -> Any:
    """One of the terminal's own calls."""
    page = browser.get(f"/exam/attempts/{attempt}/terminal").get_data(as_text=True)
    token = re.search(r'"csrf": ?"([^"]+)"', page)
    assert token
    answer = browser.post(f"/exam/attempts/{attempt}/{act}", json=body, headers={"X-CSRF-Token": token[1]})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


@pytest.mark.parametrize("language", ["zh", "bo", "en"])
def test_the_first_page_has_a_door_for_every_room_and_the_sheets_of_the_morning(
    demonstration: Demonstration, language: str
) -> None:
    page = demonstration.visitor().page(f"/?lang={language}")
    assert page.lang == {"zh": "zh-CN", "bo": "bo", "en": "en"}[language]
    ways = [form["action"] for form in page.forms]
    assert ways[:4] == [f"/doors/{name}" for name in CANDIDATES]
    assert {f"/doors/{name}" for name in (*STAFF, "spoil")} <= set(ways)
    assert "/certificates/check" in page.links
    assert sum(way.startswith("/doors/sheets/") for way in ways) == 16


@pytest.mark.parametrize("door", STAFF)
def test_a_door_of_the_staff_signs_in_leads_to_a_page_and_is_an_entry(demonstration: Demonstration, door: str) -> None:
    browser = demonstration.visitor()
    assert browser.get(go(browser, door)).status_code == 200
    entry = demonstration.entries("demo.door")[-1]
    assert entry["data"] == {"door": door}
    assert entry["actor"]["role"] == STAFF[door]


def test_the_audit_door_lands_on_the_exam_that_went_on_at_another_seat(demonstration: Demonstration) -> None:
    url = go(demonstration.visitor(), "audit")
    assert url == f"/supervision/attempts/{demonstration.told['morning']['resumed']}"


def test_the_room_shows_a_visitor_who_sits(demonstration: Demonstration) -> None:
    go(demonstration.visitor(), "tibetan")
    examiner = demonstration.visitor()
    assert visit.CHAIRS["tibetan"].name_zh in examiner.page(go(examiner, "room")).text


@pytest.mark.parametrize("door", CANDIDATES)
def test_a_candidate_can_start_at_once_and_comes_back_to_the_same_exam(demonstration: Demonstration, door: str) -> None:
    browser = demonstration.visitor()
    attempt = attempt_at(go(browser, door))
    assert call(browser, attempt, "start", language="bo")["state"] == "running"
    other = demonstration.visitor()
    assert attempt_at(go(other, door)) == attempt
    assert other.get(f"/exam/attempts/{attempt}").status_code == 200
    assert browser.get(f"/exam/attempts/{attempt}").status_code == 401  # one seat, one terminal


def test_ten_questions_are_no_exam(demonstration: Demonstration) -> None:
    browser = demonstration.visitor()
    attempt = attempt_at(go(browser, "ten"))
    assert len(call(browser, attempt, "start", language="zh")["questions"]) == 10
    with demonstration.app.app_context():
        assert facts.is_demonstration_paper(attempt)


def test_after_the_end_the_same_candidate_gets_a_new_exam(demonstration: Demonstration) -> None:
    browser = demonstration.visitor()
    first = attempt_at(go(browser, "chinese"))
    call(browser, first, "start", language="zh")
    call(browser, first, "submit")
    second = attempt_at(go(browser, "chinese"))
    assert second != first
    assert browser.get(f"/exam/attempts/{second}").json["state"] == "ready"  # type: ignore[index]


def test_a_room_that_was_ended_is_opened_again(demonstration: Demonstration) -> None:
    with demonstration.app.app_context():
        examiner = staging.actor_as("examiner")
        ended = visit.open_session()
        invigilation.end_session(ended, "考试结束", examiner)
    browser = demonstration.visitor()
    attempt = attempt_at(go(browser, "subject3"))
    with demonstration.app.app_context():
        found = sessions.sitting(entering.place_of(attempt).session_id)
    assert found.session_id != ended
    assert found.state == sessions.OPEN


def test_the_candidates_of_the_account_file_keep_their_seats(demonstration: Demonstration) -> None:
    for door in CANDIDATES:
        go(demonstration.visitor(), door)
    for candidate in demonstration.told["candidates"]:
        body = {"id_number": candidate["id_number"], "admission": candidate["admission"]}
        assert demonstration.visitor().post("/exam/sign-in", json=body).json["state"] == "ready"  # type: ignore[index]


def test_a_sheet_of_the_morning_opens_and_no_other(demonstration: Demonstration) -> None:
    browser = demonstration.visitor()
    resumed = demonstration.told["morning"]["resumed"]
    assert go(browser, f"sheets/{resumed}") == f"/certificates/attempts/{resumed}/sheet.pdf"
    live = attempt_at(go(browser, "tibetan"))
    assert browser.post(f"/doors/sheets/{live}", json={}).status_code == 404


def test_the_morning_is_told_as_it_was(demonstration: Demonstration) -> None:
    with demonstration.app.app_context():
        told = {one.happening: one for one in visit.finished_morning()}
    assert told["makeup.passed"].passed
    assert not told["makeup.failed"].passed
    assert told["moves"].attempt_id == demonstration.told["morning"]["resumed"]
    assert told["voided"].attempt_id == demonstration.told["morning"]["voided"]
    assert told["vanishes"].score < 90


def test_a_plain_form_is_sent_on(demonstration: Demonstration) -> None:
    answer = demonstration.visitor().post("/doors/bank", data={"csrf_token": ""})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/bank/questions"


def test_another_desk_ends_the_one_before(demonstration: Demonstration) -> None:
    browser = demonstration.visitor()
    go(browser, "audit")
    before = browser.get_cookie("desk")
    assert before
    go(browser, "bank")
    stale = demonstration.visitor()
    stale.set_cookie("desk", before.value)
    assert stale.get("/supervision/attempts").status_code == 401


def test_a_page_from_elsewhere_opens_no_door(demonstration: Demonstration) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = demonstration.visitor().post("/doors/audit", data={}, headers=headers)
    assert answer.status_code == 403
    assert not demonstration.entries("demo.door")


def closed(browser: InspectingClient, **where: Any) -> None:
    """A plain page with where to sign in, and no door at all."""
    page = Page(browser.get("/", **where).get_data(as_text=True))
    assert {"/exam/", "/staff/sign-in"} <= set(page.links)
    assert not page.forms
    for door in (*CANDIDATES, *STAFF, "spoil"):
        assert browser.post(f"/doors/{door}", json={}, **where).status_code == 404
    assert browser.post("/doors/sheets/0", json={}, **where).status_code == 404


@pytest.mark.parametrize("address", ["10.0.0.5", "2001:db8::1", ""])
def test_from_another_machine_there_is_no_door(demonstration: Demonstration, address: str) -> None:
    closed(demonstration.visitor(), environ_overrides={"REMOTE_ADDR": address})


def test_behind_a_proxy_there_is_no_door(demonstration: Demonstration) -> None:
    with demonstration.app.app_context():
        place = accounts.installation()
    proxied = replace(place, settings=replace(place.settings, loopback=False))
    demonstration.app.extensions["examsys.installation"] = proxied
    closed(demonstration.visitor())


@pytest.fixture
def formal(tmp_path: Path) -> Any:
    settings = Settings(tmp_path / "formal", "", None)
    settings.home.mkdir()
    upgrade(driver_url(settings.url))
    app: Flask = create_app(settings)
    app.test_client_class = InspectingClient
    with app.app_context():
        accounts.make_site(2, "考试中心", "རྒྱུགས་གནས།", "formal")
    yield app
    with app.app_context():
        here().close()


def test_a_formal_site_has_no_door(formal: Flask) -> None:
    browser = formal.test_client()
    assert isinstance(browser, InspectingClient)
    closed(browser)


def test_any_door_opens_within_300_ms(demonstration: Demonstration) -> None:
    def seconds(door: str) -> float:
        browser = demonstration.visitor()
        began = time.perf_counter()
        go(browser, door)
        return time.perf_counter() - began

    for door in (*CANDIDATES, *STAFF):
        assert min(seconds(door) for _ in range(3)) < 0.3, door
