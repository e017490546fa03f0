"""Who may do what where: every route x every role x where the post stands. A route without a row here fails.

The rows are written by hand, apart from the house's own table: a slip in `domain/access.py` shows here. The room of Kangding
stands at an agency; a post is tried there, at an outpost below the agency, at the brigade above it, at the brigade of the next
county with its agency, at the vehicle office and at the detachment.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from examsys.accounts import logins
from examsys.accounts import service as accounts
from examsys.accounts.models import Account
from examsys.clock import new_id, now
from examsys.db import append, db, here
from examsys.domain.access import Role
from examsys.domain.dates import beijing_day
from examsys.invigilation import service as invigilation
from examsys.web import guard
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.page import InspectingClient
from tests.people import DROLMA, LHAMO, PASANG, TASHI, WANGDU, Staff, candidate, id_number

PUBLIC = {
    "static", "healthz", "doors.first_page", "doors.enter", "doors.sheet", "exam.sign_in_page", "exam.sign_in", "exam.media",
    "accounts.sign_in_page", "accounts.sign_in", "certificates.check", "certificates.check_paper",
}  # fmt: skip
TERMINAL = {
    "exam.sign_out", "exam.attempt", "exam.pulse", "exam.terminal_page", "exam.start", "exam.answer", "exam.view", "exam.submit",
    "exam.makeup", "exam.leave",
}  # fmt: skip
EVERYBODY = (
    "acceptance examiner examination_supervisor site_manager trainer translator reviewer publisher supervisor_agency"
)
EVERYBODY += " supervisor_brigade supervisor_vmo supervisor_detachment system_admin security_admin audit_admin"
CHIEFS = "supervisor_brigade supervisor_vmo supervisor_detachment"
AT_THE_DESK = "trainer translator reviewer publisher"
AT_THE_ROOM = "acceptance examiner examination_supervisor"

# Where a post must stand to reach the object that a route names.
ANYWHERE = "outpost agency brigade next_brigade next_agency vehicle_office detachment"
ABOVE = "agency brigade vehicle_office detachment"
ABOVE_LITANG = "next_brigade vehicle_office detachment"  # the account in question is Pasang's
ROWS: dict[str, tuple[str, str]] = {  # endpoint: roles, and where they must stand
    "accounts.desk": (EVERYBODY, ANYWHERE), "accounts.act_as": (EVERYBODY, ANYWHERE), "accounts.sign_out": (EVERYBODY, ANYWHERE),
    "accounts.password_page": (EVERYBODY, ANYWHERE), "accounts.change_password": (EVERYBODY, ANYWHERE),
    "accounts.register": ("security_admin", ANYWHERE), "accounts.disable": ("security_admin", ABOVE_LITANG),
    "accounts.end_sessions": ("security_admin", ABOVE_LITANG), "accounts.unlock": ("security_admin", ABOVE_LITANG),
    "accounts.reset_password": ("security_admin", ABOVE_LITANG),
    "bank.questions": ("trainer translator reviewer publisher", ANYWHERE), "bank.question": ("trainer translator reviewer publisher", ANYWHERE),
    **{f"desk.{page}": (AT_THE_DESK, ANYWHERE) for page in (
        "board", "questions", "bulk", "question", "step", "remark", "past", "terms", "lint", "screen", "medium", "release_list", "exchange_page", "export", "booklet",
        "recording", "coverage", "gallery", "picture",
    )},
    **{f"desk.{page}": ("trainer translator", ANYWHERE) for page in (
        "booth", "keep_clip", "enter_speaker", "correct_speaker", "consent", "take_zip", "hearing", "approve_recording", "send_back_recording",
    )},
    **{f"desk.{page}": ("trainer", ANYWHERE) for page in ("new", "make", "write", "lint_new", "empty_screen", "upload", "template", "bring")},
    # a file on its way in is its owner's: nobody here is that
    **{f"desk.{page}": ("trainer", "nowhere") for page in ("import_report", "import_progress", "import_picture", "map_columns", "read_again", "take")},
    **{f"desk.{page}": ("trainer translator", "nowhere") for page in ("zip_report", "zip_progress")},
    **{f"desk.{page}": (AT_THE_DESK, "nowhere") for page in ("bulk_report", "bulk_progress")},
    "desk.translate": ("translator", ANYWHERE), "desk.describe": ("trainer translator", ANYWHERE), "desk.publish": ("publisher", ANYWHERE), "desk.refuse": ("publisher", ANYWHERE),
    **{f"desk.{page}": ("reviewer", ANYWHERE) for page in ("propose", "propose_anew", "withdraw")},
    **{f"desk_figures.{page}": ("trainer translator reviewer publisher supervisor_vmo supervisor_detachment", ANYWHERE)
       for page in ("questions", "question", "fairness", "reliability")},
    "certificates.sheet": (f"{AT_THE_ROOM} {CHIEFS}", "room"), "certificates.slip": (f"{AT_THE_ROOM} {CHIEFS}", "room"),
    "invigilation.sessions": (f"{AT_THE_ROOM} {CHIEFS}", ANYWHERE), "invigilation.create_session": ("acceptance", "sight"),
    "invigilation.session": (f"{AT_THE_ROOM} {CHIEFS}", "sight"), "invigilation.board": (f"{AT_THE_ROOM} {CHIEFS}", "sight"),
    "invigilation.board_news": (f"{AT_THE_ROOM} {CHIEFS}", "sight"), "invigilation.roster_template": ("acceptance", ANYWHERE),
    "invigilation.import_roster": ("acceptance", "sight"), "invigilation.match": ("acceptance", "sight"),
    "invigilation.seats": (f"site_manager examiner examination_supervisor supervisor_agency {CHIEFS}", ANYWHERE),
    "invigilation.seats_news": (f"site_manager examiner examination_supervisor supervisor_agency {CHIEFS}", ANYWHERE),
    "invigilation.requests": ("examination_supervisor", ANYWHERE), "invigilation.grant": ("examination_supervisor", "sight"),
    "invigilation.refuse": ("examination_supervisor", "sight"),
    **{f"invigilation.{act}": ("examiner", "lot") for act in (
        "take_over", "check_in", "refuse_identity", "release_all", "pause_all", "resume_all", "end_session", "release", "pause",
        "resume", "free_seat", "move_seat", "unlock_seat", "end_attempt", "release_makeup", "ask", "new_code",
    )},
    "supervision.attempts": (CHIEFS, ANYWHERE), "supervision.attempt": (CHIEFS, ABOVE), "supervision.export": (CHIEFS, ABOVE),
    "supervision.replay": (CHIEFS, ABOVE), "supervision.screen": (CHIEFS, ABOVE), "supervision.verify": (CHIEFS, ABOVE),
    "supervision.log": ("audit_admin supervisor_detachment", ANYWHERE), "supervision.verify_log": ("audit_admin supervisor_detachment", ANYWHERE),
    "supervision.spoil": (CHIEFS, ANYWHERE),
}  # fmt: skip


class Place:
    """A furnished site with an attempt at Kangding, a request about it, and a post of any role in any place."""

    def __init__(self, house: House) -> None:
        self.house, self.made = house, dict[tuple[str, str], tuple[str, str]]()
        seated = house.seated(TASHI, candidate(1))[0]
        Kiosk.at(house, seated, start="bo")
        with house.inside():
            asked = invigilation.ask(
                seated.session_id, seated.attempt_id, "extra", "5", "终端故障", False, house.actor(DROLMA)
            )
            append(
                lambda raw: raw.run(
                    "INSERT INTO proposal (site_id, proposal_id, number, questions, hash, note, account, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    *(1, "p" * 32, "P-1", "{}", "0" * 64, "", None, "2026-11-27T00:00:00Z"),
                )
            )
            outpost = accounts.make_unit("agency", "outpost", "分点", "ཡན་ལག", None, house.units["kangding_agency"])
            account = logins.account_named(PASANG.username)
            assert account is not None
        self.stands = {
            "outpost": outpost, "agency": house.units["kangding_agency"], "brigade": house.units["kangding"],
            "next_brigade": house.units["litang"], "next_agency": house.units["litang_agency"],
            "vehicle_office": house.units["vehicle_office"], "detachment": house.units["detachment"],
        }  # fmt: skip
        self.known = {
            "session_id": seated.session_id, "attempt_id": seated.attempt_id, "candidate_id": seated.candidate_id,
            "request_id": asked, "question_id": "t-road-000", "proposal_id": "p" * 32, "job_id": "0" * 32, "int:number": "0", "account_id": account.account_id,
        }  # fmt: skip

    def token(self, role: str, where: str) -> tuple[str, str]:
        """Cookie and token of somebody who holds this post there."""
        if (role, where) not in self.made:
            with self.house.inside():
                self.made[(role, where)] = self._sign_in(2_000 + len(self.made), Role(role), self.stands[where])
        return self.made[(role, where)]

    def _sign_in(self, number: int, role: Role, unit: str) -> tuple[str, str]:
        """A new person, without the trouble of a password."""
        person = accounts.make_person(id_number(number), "某某")
        post = accounts.grant_post(person, unit, role, f"N{number}", beijing_day(now().wall).isoformat())
        account_id = new_id()
        with here().transaction():
            db.session.add(
                Account(
                    site_id=1,
                    account_id=account_id,
                    person_id=person,
                    username=f"u{number}",
                    password="-",
                    version=1,
                    disabled=False,
                )  # fmt: skip
            )
        token, login = append(lambda raw: logins.open_login(raw, "127.0.0.1", account_id=account_id, post_id=post))
        return token, login.csrf

    def posts(self, endpoint: str) -> Iterator[tuple[str, str]]:
        """Who is tried at a route: whoever its row names in every place, everybody else at the brigade."""
        for role in Role:
            for where in self.stands if role.value in ROWS[endpoint][0].split() else ("brigade",):
                yield role.value, where


SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def place(house: House) -> Place:
    """Tashi sits an exam at Kangding; everybody else stands somewhere."""
    return Place(house)


def rules(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Method, address pattern and endpoint of every route."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):  # type: ignore[operator]
            yield method, rule.rule, rule.endpoint


def address(pattern: str, known: dict[str, str]) -> str:
    """The pattern with the ids of this test."""
    for name, value in known.items():
        pattern = pattern.replace(f"<{name}>", value)
    return pattern


def may_enter(role: str, where: str, endpoint: str) -> bool | None:
    """What the rows say: True, False for the role, None where the object is out of reach."""
    roles, reach = ROWS[endpoint]
    if role not in roles.split():
        return False
    if reach == "lot":
        return None  # only the examiner whom the lot drew; that is Drolma
    if reach in ("sight", "room"):
        if role == "examiner" and reach == "sight":
            return None
        near = "agency brigade" if role in ("acceptance", "examiner") else ABOVE
        return True if where in near.split() else None
    return True if where in reach.split() else None


@SQLITE
def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == PUBLIC | TERMINAL | ROWS.keys()


@SQLITE
def test_every_view_is_guarded_as_its_row_says(app: Flask) -> None:
    for endpoint in {rule.endpoint for rule in app.url_map.iter_rules()}:
        found = guard.guard_of(app, endpoint)
        assert found is not None, endpoint
        kinds = {"public"} if endpoint in PUBLIC else {"terminal"} if endpoint in TERMINAL else {"staff", "either"}
        assert found.kind in kinds, endpoint


@SQLITE
def test_an_act_is_never_a_get_and_a_page_never_a_post(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        methods = rule.methods - {"HEAD", "OPTIONS"}  # type: ignore[operator]
        assert len(methods) == 1, f"{rule.rule}: one route an act"


def test_an_app_with_an_unguarded_view_does_not_start() -> None:
    app = Flask("x")
    app.add_url_rule("/open", "open", lambda: "x")
    with pytest.raises(RuntimeError, match="unguarded view: "):
        guard.install(app, None)  # type: ignore[arg-type]


def ask(
    client: FlaskClient, method: str, path: str, token: tuple[str, str] | None, form: dict[str, str] | None = None
) -> int:
    """The status that somebody gets."""
    client.delete_cookie("desk")
    headers = {"Accept": "application/json"}
    if token:
        client.set_cookie("desk", token[0])
        headers["X-CSRF-Token"] = token[1]
    return client.open(path, method=method, headers=headers, data=form or {} if method != "GET" else None).status_code


@SQLITE
def test_nobody_enters_without_signing_in(place: Place) -> None:
    client = place.house.app.test_client()
    for method, pattern, endpoint in rules(place.house.app):
        if endpoint in ROWS:
            assert ask(client, method, address(pattern, place.known), None) == 401, endpoint


@SQLITE
def test_every_route_for_every_role_in_every_place(place: Place) -> None:
    """Refused by role: 403. Out of reach: 404, as if it were not there. Else anything but these and no fault."""
    app, wrong = place.house.app, []
    form = {
        "room": place.house.rooms["kangding"],
        "day": beijing_day(now().wall).isoformat(),
        "reason": "试",
        "seat": "59",
    }
    client = app.test_client()
    assert isinstance(client, InspectingClient)
    client.faults_expected = True  # so that all of them are named
    last = (
        "accounts.sign_out",
        "accounts.disable",
        "accounts.end_sessions",
        "supervision.spoil",
        "supervision.verify_log",
        "accounts.act_as",
    )
    for method, pattern, endpoint in rules(app):
        if endpoint not in ROWS or endpoint in last:
            continue
        for role, where in place.posts(endpoint):
            meant = may_enter(role, where, endpoint)
            got = ask(client, method, address(pattern, place.known), place.token(role, where), form)
            right = (
                got == 403 if meant is False else got == 404 if meant is None else got not in (401, 403, 404, 405, 500)
            )
            if not right:
                wrong.append(f"{endpoint}: {role} at the {where} got {got}, should {'enter' if meant else 'not'}")
    assert not wrong, "\n".join(wrong)


@SQLITE
def test_roles_that_may_not_are_refused_where_acts_end_what_the_others_need(place: Place) -> None:
    client = place.house.app.test_client()
    for method, pattern, endpoint in rules(place.house.app):
        if endpoint in ("accounts.disable", "accounts.end_sessions", "supervision.spoil", "supervision.verify_log"):
            for role in Role:
                if may_enter(role, "brigade", endpoint) is False:
                    token = place.token(role, "brigade")
                    assert ask(client, method, address(pattern, place.known), token) == 403, (endpoint, role)


OPEN_AT_FIRST = {"accounts.password_page", "accounts.change_password", "accounts.sign_out"}


@SQLITE
def test_a_password_that_was_handed_out_opens_nothing_but_its_change(place: Place) -> None:
    app, opened = place.house.app, []
    tokens = {role: place.token(ROWS[role][0].split()[0], "brigade") for role in ROWS}
    place.house.write("UPDATE account SET must_change = ?", True)
    for method, pattern, endpoint in rules(app):
        if endpoint in ROWS and endpoint != "accounts.sign_out":
            got = ask(app.test_client(), method, address(pattern, place.known), tokens[endpoint])
            if (got == 403) == (endpoint in OPEN_AT_FIRST):
                opened.append(f"{endpoint}: {got}")
    assert not opened
    assert ask(app.test_client(), "POST", "/staff/sign-out", tokens["accounts.sign_out"]) == 303


@SQLITE
def test_unsafe_acts_need_the_token(place: Place) -> None:
    client = place.house.app.test_client()
    for method, pattern, endpoint in rules(place.house.app):
        if endpoint in ROWS and method != "GET":
            role = ROWS[endpoint][0].split()[0]
            cookie, _ = place.token(role, "brigade")
            assert ask(client, method, address(pattern, place.known), (cookie, "wrong")) == 403, endpoint


@SQLITE
def test_who_is_turned_away_is_written_down(place: Place) -> None:
    client = place.house.app.test_client()
    ask(client, "GET", "/staff/accounts", place.token("examiner", "brigade"))
    assert place.house.entries("auth.refused")[-1]["actor"]["role"] == "examiner"


# -- sentences -----------------------------------------------------------------------------------------------


def signed_in(house: House, person: Staff) -> tuple[str, str]:
    """Cookie and token of one of our people."""
    with house.inside():
        account = logins.account_named(person.username)
        assert account is not None
        token, login = logins.sign_in_account(account, "127.0.0.1")
    return token, login.csrf


@SQLITE
def test_drolma_runs_her_room_and_pasang_does_not_know_of_it(place: Place) -> None:
    client, path = place.house.app.test_client(), f"/invigilation/sessions/{place.known['session_id']}"
    assert ask(client, "GET", f"{path}/board", signed_in(place.house, DROLMA)) == 200
    assert ask(client, "GET", f"{path}/board", signed_in(place.house, PASANG)) == 404
    assert ask(client, "POST", f"{path}/pause", signed_in(place.house, PASANG)) == 404


@SQLITE
def test_wangdu_does_not_see_kangdings_attempts_and_lhamo_does(place: Place) -> None:
    client, path = place.house.app.test_client(), f"/supervision/attempts/{place.known['attempt_id']}"
    assert ask(client, "GET", path, signed_in(place.house, WANGDU)) == 404
    assert ask(client, "GET", path, signed_in(place.house, LHAMO)) == 200


@SQLITE
def test_tashi_has_no_desk(place: Place) -> None:
    kiosk = Kiosk(place.house.app)
    assert kiosk.call("GET", "/staff/").status_code == 401
    assert id_number(0) == TASHI.id_number
