"""An audio paper: booked for a dialect where every text sounds, sent to the terminal by address, served as it was recorded."""

import io
import json
from pathlib import Path

import pytest

from examsys.clock import now
from examsys.domain.dates import beijing_day
from examsys.domain.errors import RuleBroken
from examsys.exam import entering
from examsys.invigilation import service as invigilation
from tests.accounts.desk import Desk
from tests.desk.sounds import tone
from tests.exam.kiosk import Kiosk
from tests.exam.sounding import publish, roster
from tests.factories import House, roster_of
from tests.people import DROLMA, TASHI, YANGJEN, candidate


def session_of(house: House, content: bytes) -> tuple[str, list[tuple[int, list[str], dict[str, int]]]]:
    """A session of today with this roster; what its report says of faulty lines."""
    with house.inside():
        actor, day = house.actor(YANGJEN), beijing_day(now().wall).isoformat()
        session_id = invigilation.create_session(house.rooms["kangding"], day, actor)
        report = invigilation.import_roster(session_id, content, actor)
    return session_id, [(line.number, line.faults, line.facts) for line in report.rows if line.faults]


def opened(house: House, session_id: str) -> None:
    with house.inside():
        invigilation.match_examiner(session_id, house.actor(YANGJEN))
        invigilation.take_over(session_id, house.actor(DROLMA))


def at_the_terminal(house: House, content: bytes) -> Kiosk:
    session_id, faults = session_of(house, content)
    assert faults == []
    opened(house, session_id)
    seated = house.check_in_all(session_id, DROLMA)[0]
    with house.inside():
        invigilation.release_all(session_id, house.actor(DROLMA))
    return Kiosk.at(house, seated, start="bo")


def test_an_audio_paper_has_an_address_for_every_text_of_its_dialect_and_null_for_the_rest(
    house: House, tmp_path: Path
) -> None:
    publish(house, tmp_path / "media")
    kiosk = at_the_terminal(house, roster([TASHI], "康方言"))
    questions = kiosk.get()["questions"]
    assert len(questions) == 10
    for question in questions:
        assert question["audio"]["bo"].startswith("/exam/media/")
        assert question["audio"]["zh"] is None
        for option in question["options"]:
            spoken = question["kind"] != "judge" and not option["media"]  # right, wrong and pictures are not read out
            assert bool(option["audio"]["bo"]) == spoken
            assert option["audio"]["zh"] is None
    answer = kiosk.client.get(questions[0]["audio"]["bo"])
    assert (answer.status_code, answer.mimetype, answer.get_data()) == (200, "audio/wav", tone())
    part = kiosk.client.get(questions[0]["audio"]["bo"], headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.get_data()) == (206, b"RIFF")
    assert house.broken() == []


def test_who_was_not_booked_for_audio_gets_none_though_the_bank_sounds(house: House, tmp_path: Path) -> None:
    publish(house, tmp_path / "media")
    kiosk = at_the_terminal(house, roster_of([TASHI]))
    told = json.dumps(kiosk.get()["questions"])
    assert ".wav" not in told
    assert '"audio": {"zh": null, "bo": null}' in told


def test_what_was_listened_to_is_a_step_that_the_replay_knows(house: House, tmp_path: Path) -> None:
    publish(house, tmp_path / "media")
    kiosk = at_the_terminal(house, roster([TASHI], "kham"))
    steps = [
        {"kind": "audio", "position": 1, "value": value, "ms": ms} for ms, value in ((5, "stem:bo"), (900, "stop"))
    ]
    assert kiosk.call("POST", f"/exam/attempts/{kiosk.attempt}/view", {"steps": steps}).status_code == 204
    heard = [(step["value"], step["ms"]) for step in house.steps(kiosk.attempt) if step["kind"] == "audio"]
    assert heard == [("stem:bo", 5), ("stop", 900)]


def test_a_roster_with_an_audio_paper_that_is_not_whole_is_refused_with_the_count(house: House, tmp_path: Path) -> None:
    publish(house, tmp_path / "media", silent=3)
    _, faults = session_of(house, roster([TASHI, candidate(1)], "康方言"))
    assert faults == [(line, ["roster.audio_missing"], {"missing": 3}) for line in (2, 3)]
    assert house.rows("SELECT COUNT(*) FROM candidate") == [(0,)]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("dialect", "language", "fault"),
    [
        ("拉萨话", "bo", "roster.dialect"),
        ("kham", "zh", "roster.dialect_language"),
        ("普通话", "bo", "roster.dialect_language"),
    ],
)
def test_a_dialect_must_be_known_and_of_the_candidate_s_language(
    house: House, tmp_path: Path, dialect: str, language: str, fault: str
) -> None:
    publish(house, tmp_path / "media")
    _, faults = session_of(house, roster([TASHI], dialect, language))
    assert fault in faults[0][1]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_roster_without_the_column_or_with_an_empty_cell_books_ordinary_papers(house: House, tmp_path: Path) -> None:
    publish(house, tmp_path / "media", silent=1)
    session_id, faults = session_of(house, roster([TASHI], ""))
    assert faults == []
    with house.inside():
        assert [booking.dialect for booking in entering.bookings(session_id)] == [None]
    assert house.broken() == []


def test_the_check_in_refuses_an_audio_paper_that_has_become_silent_and_says_how_much(
    house: House, tmp_path: Path
) -> None:
    publish(house, tmp_path / "media")
    session_id, _ = session_of(house, roster([TASHI], "kham"))
    publish(house, tmp_path / "newer", silent=2)
    opened(house, session_id)
    with house.inside():
        (booking,) = entering.bookings(session_id)
        with pytest.raises(RuleBroken, match="audio.not_whole") as refused:
            invigilation.check_in(session_id, booking.candidate_id, house.actor(DROLMA))
        assert refused.value.facts == {"missing": 2}
        assert entering.attempts_of(booking.candidate_id) == []
    page = Desk(house.app, DROLMA).page(f"/invigilation/sessions/{session_id}?candidate={booking.candidate_id}")
    assert "康方言" in page.text
    assert "2 条文字没有可用录音" in page.text


def test_the_dialect_of_a_booking_cannot_be_changed_behind_the_log(house: House, tmp_path: Path) -> None:
    publish(house, tmp_path / "media")
    session_of(house, roster([TASHI], "kham"))
    assert house.broken() == []
    trigger = (
        "DROP TRIGGER candidate_no_update"
        if house.settings.is_sqlite
        else "DROP TRIGGER candidate_no_change ON candidate"
    )
    house.write(trigger)
    house.write("UPDATE candidate SET dialect = NULL")
    assert any("candidate" in found for found in house.broken())


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_page_of_the_report_names_the_count(house: House, tmp_path: Path) -> None:
    publish(house, tmp_path / "media", silent=4)
    desk = Desk(house.app, YANGJEN)
    day = beijing_day(now().wall).isoformat()
    session = desk.post("/invigilation/sessions", room=house.rooms["kangding"], day=day).headers["Location"]
    answer = desk.post(f"{session}/roster", roster=(io.BytesIO(roster([TASHI], "康方言")), "roster.csv"))
    assert answer.status_code == 422
    assert "还有 4 条文字没有录音或未审听通过" in answer.get_data(as_text=True)
