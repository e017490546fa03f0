"""Somebody with the database's password gives themselves a post, a password, a seat or a candidate's code: the log knows better.

And a log of before, which did not state all of this, gives no false alarm.
"""

from typing import Any

import pytest
from flask import Flask

from examsys.accounts import service as accounts
from examsys.accounts.said import PeopleSaid
from examsys.audit.said import TableSaid
from examsys.domain.access import Role
from examsys.domain.verification import Verdict
from examsys.exam import conduct, entering, holding
from examsys.exam.admitted import Admitted
from examsys.exam.holding import admission_index
from examsys.invigilation import service as invigilation
from examsys.invigilation.said import RoomsSaid
from examsys.supervision.report import Report
from tests.accounts.desk import Desk
from tests.exam.kiosk import Kiosk
from tests.factories import House, Seated
from tests.people import DAWA, DROLMA, TASHI, candidate
from tests.supervision.desk import seal, verified

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def account_of(house: House, username: str) -> str:
    return str(house.rows("SELECT account_id FROM account WHERE username = ?", username)[0][0])


def named(house: House) -> list[str]:
    """What the deep check names: what, where, and the column."""
    return [f"{each.what} {each.table} {each.facts.get('column', '')}".strip() for each in verified(house).broken]


def unseen(report: Report) -> dict[str, list[str]]:
    """The columns that were not compared, by table."""
    found = [each for each in report.findings.of(Verdict.OUTSIDE) if each.what == "columns.unstated"]
    assert len(found) == len({each.table for each in found}), "said once a table"
    return {each.table: each.facts["columns"] for each in found}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE post SET role = 'publisher' WHERE number = 'N-drolma'", "column.differs post role"),
        ("UPDATE post SET person_id = (SELECT person_id FROM account WHERE username = 'wangdu') WHERE number = 'N-lhamo'",
         "column.differs post person_id"),
        ("UPDATE unit SET supervised_by = NULL WHERE code = 'kangding'", "column.differs unit supervised_by"),
        ("UPDATE account SET password = (SELECT a.password FROM account a WHERE a.username = 'wangdu') WHERE username = 'lhamo'",
         "column.differs account password"),
        ("UPDATE account SET username = 'somebody' WHERE username = 'lhamo'", "column.differs account username"),
        ("UPDATE room SET seats = 61 WHERE name_zh = 'kangding考场'", "column.differs room seats"),
        ("DELETE FROM room WHERE name_zh = 'litang考场'", "row.missing room"),
        ("DELETE FROM account WHERE username = 'zhaowei'", "row.missing account"),
    ],
)  # fmt: skip
def test_a_change_past_the_services_is_named(house: House, change: str, said: str) -> None:
    seal(house)
    assert named(house) == []
    house.write(change)
    assert named(house) == [said]


def test_rows_slipped_in_are_named_also_under_the_number_of_another_site(house: House) -> None:
    for site in (1, 9):
        house.write(
            f"INSERT INTO post SELECT {site}, 'x', person_id, unit_id, 'publisher', number, valid_from, NULL, NULL FROM post WHERE number = 'N-drolma' AND post_id <> 'x'"
        )
        house.write(
            f"INSERT INTO room SELECT {site}, 'x', unit_id, name_zh, name_bo, 900 FROM room WHERE name_zh = 'kangding考场' AND room_id <> 'x'"
        )
    seal(house)
    assert named(house) == ["row.unnamed post"] * 2 + ["row.unnamed room"] * 2


def test_what_the_services_do_to_an_account_agrees_with_the_log(app: Flask, house: House) -> None:
    dawa = Desk(app, DAWA)
    for username, act in (
        ("drolma", "end-sessions"),
        ("wangdu", "reset-password"),
        ("drolma", "reset-password"),
        ("lhamo", "end-sessions"),
    ):
        assert dawa.post(f"/staff/accounts/{account_of(house, username)}/{act}").status_code in (200, 303)
    dawa.do(f"/staff/accounts/{account_of(house, 'lhamo')}/disable", reason="调离")
    with house.inside():
        person = house.actor(DROLMA).person or ""
        accounts.grant_post(person, house.units["litang"], Role.EXAMINER, "N-2", "2026-01-01", house.actor(DAWA))
    assert house.broken() == []
    house.write("UPDATE account SET disabled = ? WHERE username = 'lhamo'", False)
    assert named(house) == ["column.differs account disabled"]


# -- who was let in to an exam -------------------------------------------------------------------------------


def let_in(house: House, seated: Seated, code: str) -> None:
    """With the site's key: another code in the place of the one that was issued."""
    with house.inside():
        person_id = entering.booking(seated.candidate_id).person_id
        index = admission_index(person_id, code)
    house.write("UPDATE live SET admission = ? WHERE attempt_id = ?", index, seated.attempt_id)


def test_a_code_that_nobody_issued_is_named_and_its_use_also_after_it_was_put_back(house: House) -> None:
    (tashi,) = house.seated(TASHI)
    ((issued,),) = house.rows("SELECT admission FROM live WHERE attempt_id = ?", tashi.attempt_id)
    let_in(house, tashi, "12345678")
    seal(house)
    assert named(house) == ["column.differs live admission"]
    assert Kiosk(house.app).sign_in(tashi.id_number, "12345678").status_code == 200
    house.write("UPDATE live SET admission = ? WHERE attempt_id = ?", issued, tashi.attempt_id)
    assert house.broken() == [f"admission.foreign live {tashi.attempt_id}"]


@SQLITE
def test_a_code_that_is_replaced_while_it_is_typed_opens_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    (tashi,) = house.seated(TASHI)
    drolma, found = house.actor(DROLMA), holding._attempt_for

    def meanwhile(id_number: str, code: str) -> Any:
        known = found(id_number, code)
        with house.inside():
            invigilation.new_code(tashi.session_id, tashi.attempt_id, drolma)
        return known

    monkeypatch.setattr(holding, "_attempt_for", meanwhile)
    assert Kiosk(house.app).sign_in(tashi.id_number, tashi.code).status_code == 401
    assert house.broken() == []


def test_a_terminal_that_never_signed_in_holds_nothing(house: House) -> None:
    tashi, other = house.seated(TASHI, candidate(1))
    Kiosk.at(house, tashi)
    house.write(
        "UPDATE live SET hold = (SELECT l.hold FROM live l WHERE l.attempt_id = ?) WHERE attempt_id = ?",
        tashi.attempt_id,
        other.attempt_id,
    )
    seal(house)
    assert named(house) == ["column.differs live hold"]


def test_every_honest_way_in_and_out_agrees_with_the_log(house: House) -> None:
    """Signing in, out and in again, freed, moved, a lost code, a make-up at the same terminal, and out of both."""
    one, two, three = house.seated(TASHI, candidate(1), candidate(2))
    first = Kiosk.at(house, one, start="bo")
    assert house.broken() == []
    first.sign_out()
    assert house.broken() == []
    again = Kiosk.at(house, one)
    with house.inside():
        conduct.free(one.attempt_id, house.actor(DROLMA))
    assert house.broken() == []
    again = Kiosk.at(house, one)
    with house.inside():
        seat = invigilation.free_seats(invigilation.sitting(one.session_id))[0]
        invigilation.move_seat(one.session_id, one.attempt_id, seat, "终端故障", house.actor(DROLMA))
        code = invigilation.new_code(two.session_id, two.attempt_id, house.actor(DROLMA)).code
    assert Kiosk(house.app).sign_in(two.id_number, two.code).status_code == 401
    assert Kiosk(house.app).sign_in(two.id_number, code).status_code == 200
    assert house.broken() == []
    again = Kiosk.at(house, three, start="bo")
    assert again.play(house, wrong=5)["makeup"] == "offered"
    assert again.call("POST", f"{again.path}/makeup", {}).status_code == 204
    with house.inside():
        second = invigilation.release_makeup(three.session_id, three.attempt_id, house.actor(DROLMA))
    assert house.broken() == []
    again.attempt = second
    assert again.sign_out().status_code in (200, 204)
    assert house.broken() == []
    assert Kiosk(house.app).sign_in(three.id_number, three.code).status_code == 200
    assert house.broken() == []


# -- logs of before ------------------------------------------------------------------------------------------

STATED_SINCE = {  # what entries of before did not say
    "site.init": ("named",), "unit.create": ("name_zh", "name_bo", "parent", "supervised_by"),
    "account.role_change": ("number", "valid_from", "valid_to"), "account.create": ("username", "password", "version", "must_change"),
    "account.disable": ("version",), "auth.session_killed": ("version",), "candidate.admission_issued": ("admission",),
    "candidate.sign_in": ("login", "admission"), "terminal.switch": ("login", "admission"), "candidate.sign_out": ("login",),
}  # fmt: skip


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log says only what it said before."""

    def aged(hear: Any) -> Any:
        def heard(self: Any, index: int, entry: dict[str, Any]) -> None:
            kind, data = str(entry.get("kind")), entry.get("data") or {}
            if kind != "room.create":
                kept = {name: value for name, value in data.items() if name not in STATED_SINCE.get(kind, ())}
                hear(self, index, {**entry, "data": kept})

        return heard

    for each in (PeopleSaid, RoomsSaid, Admitted):
        monkeypatch.setattr(each, "hear", aged(each.hear))


@pytest.mark.usefixtures("before")
def test_a_log_of_before_is_whole_and_what_it_does_not_state_is_said_once(app: Flask, house: House) -> None:
    one, two, three = house.seated(TASHI, candidate(1), candidate(2))
    Kiosk.at(house, one).sign_out()
    Kiosk.at(house, two, start="bo")
    Kiosk.at(house, three, start="bo")
    with house.inside():
        conduct.free(three.attempt_id, house.actor(DROLMA))
    Desk(app, DAWA).do(f"/staff/accounts/{account_of(house, 'drolma')}/end-sessions")
    seal(house)
    report = verified(house)
    assert report.is_whole, report.to_text()
    assert unseen(report) == {
        "unit": ["name_zh", "name_bo", "parent", "supervised_by"],
        "post": ["number", "valid_from", "valid_to"],
        "account": ["username", "password", "version", "must_change"],
        "room": ["unit_id", "name_zh", "name_bo", "seats"],
        "live": ["admission", "hold"],
    }
    assert "这些行未比对的数据列：admission, hold" in report.to_text("zh")


@SQLITE
@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE post SET role = 'publisher' WHERE number = 'N-drolma'", "column.differs post role"),
        ("UPDATE post SET granted_by = 'x' WHERE number = 'N-drolma'", "column.differs post granted_by"),
        ("UPDATE account SET person_id = 'x' WHERE username = 'lhamo'", "column.differs account person_id"),
        ("UPDATE account SET disabled = 1 WHERE username = 'lhamo'", "column.differs account disabled"),
        ("UPDATE unit SET kind = 'agency' WHERE code = 'kangding'", "column.differs unit kind"),
        ("DELETE FROM unit WHERE code = 'litang_agency'", "row.missing unit"),
    ],
)  # fmt: skip
def test_what_a_log_of_before_does_state_is_compared(house: House, change: str, said: str) -> None:
    house.write(change)
    seal(house)
    assert named(house) == [said]


@SQLITE
def test_a_newer_log_leaves_nothing_of_this_unsaid(house: House) -> None:
    Kiosk.at(house, house.seated(TASHI)[0], start="bo")
    seal(house)
    assert unseen(verified(house)) == {}


@SQLITE
def test_without_this_comparison_none_of_it_is_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other checks do not happen to find it: what is named above is named by this one."""
    for change in (
        "UPDATE post SET role = 'publisher'",
        "UPDATE account SET password = 'x'",
        "UPDATE unit SET parent = NULL",
        "UPDATE room SET seats = 1",
    ):
        house.write(change)
    seal(house)
    assert named(house) != []
    monkeypatch.setattr(TableSaid, "check", lambda *_, **__: 0)
    assert named(house) == []
