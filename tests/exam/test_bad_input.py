"""What no honest page sends: a clear problem with the right status, nothing lost, no fault of the house."""

import json
import sqlite3
from typing import Any

import psycopg
import pytest

from examsys.clock import now
from examsys.db import Raw
from examsys.domain.dates import beijing_day
from examsys.exam import conduct, entering
from examsys.invigilation import service as invigilation
from tests.exam.kiosk import Kiosk, problem
from tests.factories import House, roster_of
from tests.people import DROLMA, YANGJEN, Person, candidate, id_number


@pytest.fixture
def kiosk(house: House) -> Kiosk:
    """Tashi, who has started."""
    return Kiosk.at(house, house.seated()[0], start="bo")


BODIES = {
    "empty": b"",
    "broken": b'{"options": [',
    "no object": b"[]",
    "text": b'"x"',
    "number": b"17",
    "null": b"null",
    "invalid UTF-8": b'{"options": ["\xff\xfe"], "seq": 1}',
    "NUL": b"\x00" * 100,
    "NaN": b'{"options": [], "seq": NaN}',
    "huge number": b'{"options": [], "seq": 1' + b"0" * 5_000 + b"}",
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
}


def test_a_body_that_is_no_json_object_is_refused(kiosk: Kiosk) -> None:
    for name, body in BODIES.items():
        for method, path in (
            ("PUT", f"{kiosk.path}/answers/1"),
            ("POST", f"{kiosk.path}/start"),
            ("POST", f"{kiosk.path}/view"),
        ):
            status, _ = problem(kiosk.call(method, path, data=body, content_type="application/json"))
            assert status == (422 if name == "NaN" and "start" in path else status if status == 422 else 400), (
                f"{name} {path}"
            )
        answer = Kiosk(kiosk.client.application, f"10.1.0.{len(name)}").call(
            "POST", "/exam/sign-in", data=body, content_type="application/json"
        )
        assert problem(answer)[0] in (400, 401)
    assert kiosk.get()["answers"] == {}


@pytest.mark.parametrize("accept", ["application/json", "", "*/*", "text/html"])
def test_another_content_type_is_refused_with_a_problem(kiosk: Kiosk, accept: str) -> None:
    option = kiosk.get()["questions"][0]["options"][0]["id"]
    body = json.dumps({"options": [option], "seq": 1}).encode()
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/xml",
    ):
        headers = {"Accept": accept}
        answer = kiosk.call("PUT", f"{kiosk.path}/answers/1", data=body, content_type=kind, headers=headers)
        assert problem(answer)[0] in (400, 415), kind
    assert kiosk.get()["answers"] == {}


def test_a_body_of_ten_megabytes_is_too_large(kiosk: Kiosk) -> None:
    body = b'{"options": [], "seq": 1, "x": "' + b"x" * 10_000_000 + b'"}'
    for method, path in (
        ("PUT", f"{kiosk.path}/answers/1"),
        ("POST", f"{kiosk.path}/submit"),
        ("POST", "/exam/sign-in"),
    ):
        assert problem(kiosk.call(method, path, data=body, content_type="application/json"))[0] == 413
    assert kiosk.get()["state"] == "running"


def test_an_attempt_that_is_not_there_is_not_found(kiosk: Kiosk) -> None:
    for attempt in (
        "x",
        "%00",
        "%ff%fe",
        "0" * 32,
        "../../etc/passwd",
        "<b>",
        "' OR 1=1 --",
        "\U0001f600",
        "9" * 3_000,
    ):
        assert kiosk.call("GET", f"/exam/attempts/{attempt}").status_code == 404, attempt


def test_a_picture_that_is_not_there_is_not_found(kiosk: Kiosk) -> None:
    names = (
        "x.svg",
        "0" * 64 + ".svg",
        "0" * 64 + ".png",
        "..%2f..%2fkeys%2flog.ed25519",
        "%00.svg",
        "A" * 64 + ".svg",
    )
    for name in names:
        assert kiosk.call("GET", f"/exam/media/{name}").status_code == 404, name


STEPS: list[Any] = [
    None, "x", 3, {}, [], {"kind": "shown"}, {"kind": "answer", "position": 1, "value": "a", "ms": 1}, {"kind": "pause", "ms": 1},
    {"kind": "shown", "position": 0, "value": "question", "ms": 1}, {"kind": "shown", "position": 11, "value": "question", "ms": 1},
    {"kind": "shown", "position": "1", "value": "question", "ms": 1}, {"kind": "shown", "position": True, "value": "q", "ms": 1},
    {"kind": "shown", "position": 1, "value": "question", "ms": -1}, {"kind": "shown", "position": 1, "value": "question", "ms": 1.5},
    {"kind": "shown", "position": 1, "value": "question", "ms": 2**60}, {"kind": "shown", "position": 1, "value": "question", "ms": None},
    {"kind": "flag", "position": 1, "value": "yes", "ms": 1}, {"kind": "language", "position": 1, "value": "en", "ms": 1},
    {"kind": "language", "position": 1, "value": ["bo"], "ms": 1}, {"kind": ["shown"], "position": 1, "ms": 1},
    {"kind": "audio", "position": 1, "value": "x" * 101, "ms": 1}, {"kind": "audio", "position": 1, "value": "\ud800", "ms": 1},
    {"kind": "audio", "position": 1, "value": "\x00", "ms": 1},
]  # fmt: skip


def test_a_view_step_that_no_page_sends_is_refused_whole(house: House, kiosk: Kiosk) -> None:
    before = house.steps(kiosk.attempt)
    good = {"kind": "shown", "position": 1, "value": "question", "ms": 1}
    for step in STEPS:
        assert problem(kiosk.view(good, step)) == (422, "attempt.bad_view"), step
    assert house.steps(kiosk.attempt) == before


def test_view_steps_are_never_refused_for_their_timing(house: House, kiosk: Kiosk) -> None:
    good = {"kind": "shown", "position": 3, "value": "question", "ms": 500}
    with house.inside():
        conduct.pause(kiosk.attempt, "停电", house.actor(DROLMA))
    assert kiosk.view(good).status_code == 204
    kiosk.submit()
    assert kiosk.view(good, {**good, "ms": 1}).status_code == 204
    assert kiosk.view().status_code == 204
    assert [step["kind"] for step in house.steps(kiosk.attempt)].count("shown") == 3


def test_too_many_view_steps_at_once_are_refused(kiosk: Kiosk) -> None:
    good = {"kind": "shown", "position": 3, "value": "question", "ms": 500}
    assert kiosk.view(*[good] * 200).status_code == 204
    assert problem(kiosk.view(*[good] * 201)) == (422, "attempt.bad_view")


def test_view_steps_are_never_graded(house: House, kiosk: Kiosk) -> None:
    for position in range(1, 11):
        kiosk.view({"kind": "shown", "position": position, "value": "question", "ms": position * 100})
        kiosk.view({"kind": "flag", "position": position, "value": True, "ms": position * 100 + 1})
    told = kiosk.get()
    assert (told["answers"], told["flags"], told["position"]) == ({}, list(range(1, 11)), 10)
    assert kiosk.submit().json["score"] == 0  # type: ignore[index]
    assert house.rows("SELECT COUNT(*), SUM(shown_ms) FROM mark") == [(10, 900)]


def test_unknown_fields_change_nothing(house: House, kiosk: Kiosk) -> None:
    right = house.right_answers(kiosk.attempt)
    body = {"options": right[1], "seq": 1, "score": 100, "state": "closed", "attempt": "x", "__proto__": {"a": 1}}
    assert kiosk.call("PUT", f"{kiosk.path}/answers/1", body).status_code == 200
    assert kiosk.call("POST", f"{kiosk.path}/submit", {"score": 100, "passed": True}).json["score"] == 10  # type: ignore[index]


def test_a_method_that_is_not_there_is_refused(kiosk: Kiosk) -> None:
    for method, below in (
        ("DELETE", ""),
        ("PUT", "/start"),
        ("GET", "/submit"),
        ("PATCH", "/answers/1"),
        ("POST", "/answers/1"),
    ):
        assert kiosk.call(method, kiosk.path + below, {}).status_code == 405


def test_markup_and_control_signs_in_a_name_are_refused_by_the_roster(house: House) -> None:
    names = (
        "<script>alert(1)</script>",
        "扎西\x00",
        "扎\u202e西",
        "a`b",
        "{{7*7}}",
        "x" * 200,
        "\U0001f600\x1b[2J",
        "扎\n西",
    )
    with house.inside():
        day = beijing_day(now().wall).isoformat()
        session_id = invigilation.create_session(house.rooms["kangding"], day, house.actor(YANGJEN))
        for name in names:
            roster = roster_of([candidate(1), Person(name, "", id_number(7))])
            assert invigilation.import_roster(session_id, roster, house.actor(YANGJEN)).refused, name
        assert entering.bookings(session_id) == []


def test_a_database_that_went_away_is_said_and_nothing_is_receipted(
    house: House, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Raw.run

    def gone(self: Raw, sql: str, *values: Any) -> Any:
        if sql.startswith(("INSERT INTO step", "UPDATE live", "WITH")):
            raise (sqlite3 if raw_is_sqlite(self) else psycopg).OperationalError("disk I/O error")
        return real(self, sql, *values)

    def raw_is_sqlite(raw: Raw) -> bool:
        return isinstance(raw.connection, sqlite3.Connection)

    option = kiosk.get()["questions"][0]["options"][0]["id"]
    kiosk.client.faults_expected = True
    with monkeypatch.context() as patch:
        patch.setattr(Raw, "run", gone)
        answer = kiosk.answer(1, [option], 1)
        assert problem(answer) == (503, "storage.unavailable")
        assert int(answer.headers["Retry-After"]) > 0
    assert kiosk.get()["answers"] == {}
    assert kiosk.answer(1, [option], 1).status_code == 200
    assert house.broken() == []
