"""The first page: a demonstration's doors, each one click; anywhere else a plain page with two links."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, render_template, request, url_for

from ..accounts import logins
from ..accounts.service import installation, is_site
from ..domain.errors import RuleBroken
from ..web.cookies import read_cookie, set_cookie
from ..web.errors import message
from ..web.guard import actor, public
from ..web.language import LANGUAGES, speak
from . import visit

doors = Blueprint("doors", __name__)
AUDITOR: Final = "supervisor_detachment"


@dataclass(frozen=True, slots=True)
class Door:
    """A door: the room's endpoint, whose desk it is (None: nobody signs in), a heading and one line."""

    endpoint: str
    role: str | None
    heading: str
    line: str


DOORS: Final[Mapping[str, Door]] = {
    "room": Door(
        "invigilation.board",
        "examiner",
        message("Run the room"),
        message("Be the examiner: see who sits where, release, pause, move a seat."),
    ),
    "audit": Door(
        "supervision.attempt",
        AUDITOR,
        message("Audit a finished exam"),
        message("Replay an exam that went on at another seat, and prove that nobody touched it."),
    ),
    "bank": Door(
        "bank.questions",
        "trainer",
        message("The question bank"),
        message("Every question in Chinese and Tibetan, with its picture and its law."),
    ),
    "check": Door(
        "certificates.check",
        None,
        message("Check a paper"),
        message("Is this score sheet genuine? The answer needs no network."),
    ),
}
SPOIL: Final = Door(
    "supervision.spoil",
    AUDITOR,
    message("Spoil one record"),
    message("Change one answer in a copy of the database, and see how the verifier names the row."),
)
CHAIRS: Final[Mapping[str, str]] = {
    "tibetan": message("Subject 1 in Tibetan"),
    "chinese": message("Subject 1 in Chinese"),
    "subject3": message("Subject 3 theory in both languages"),
    "ten": message("Ten questions to try out: no exam"),
}
HAPPENINGS: Final[Mapping[str, str]] = {
    ".passed": message("Passed at the first try."),
    ".failed": message("Did not pass."),
    "leaves": message("Did not pass, and left without a make-up."),
    "makeup.passed": message("Passed at the make-up."),
    "makeup.failed": message("Did not pass at the make-up either."),
    "moves": message("The terminal broke: went on at another seat."),
    "vanishes": message("Walked away: the clock closed the exam."),
    "switches": message("Changed the language twice and flagged a question."),
    "voided": message("A question was voided: the paper was graded anew."),
    "minutes": message("Was granted five more minutes by the supervision post."),
}
SUBJECTS: Final[Mapping[str, str]] = {"subject1": message("Subject 1"), "subject3": message("Subject 3 theory")}


def _names_this_machine(host: str) -> bool:
    """Whether a Host header names this machine itself: a page elsewhere may not reach the doors under a name of its own."""
    name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
    return name in ("127.0.0.1", "localhost", "[::1]")


def is_open() -> bool:
    """Doors exist only in a demonstration, served and visited on this very machine."""
    try:
        near = ip_address(request.remote_addr or "").is_loopback and _names_this_machine(request.host)
    except ValueError:
        near = False
    place = installation()
    return near and place.settings.loopback and is_site() and place.is_demonstration


def exists(endpoint: str) -> bool:
    """Whether a room has been built."""
    return endpoint in current_app.view_functions


@doors.get("/")
@public
def first_page() -> str:
    """The doors of a demonstration, or where to sign in."""
    speak(LANGUAGES, by_browser=True)
    if not is_open():
        return render_template("doors/start.html", staff_room=exists("accounts.sign_in_page"))
    return render_template(
        "doors/first_page.html",
        doors={name: door for name, door in DOORS.items() if exists(door.endpoint)},
        chairs={name: (visit.CHAIRS[name], line) for name, line in CHAIRS.items()},
        morning=visit.finished_morning(),
        happenings=HAPPENINGS,
        subjects=SUBJECTS,
        sheets=exists("certificates.sheet"),
        spoil=SPOIL if exists(SPOIL.endpoint) else None,
    )


@doors.post("/doors/<name>")
@public
def enter(name: str) -> Response:
    """Go through a door: signs in and leads on. 404 anywhere but in a demonstration on this machine."""
    door = {**DOORS, "spoil": SPOIL}.get(name)
    if not is_open() or not (name in CHAIRS or (door is not None and exists(door.endpoint))):
        abort(404)
    if door is not None:
        return _to_desk(name, door.role, _place_of(name, door))
    token, attempt_id = visit.to_terminal(name, request.remote_addr or "")
    return set_cookie(_lead(url_for("exam.terminal_page", attempt_id=attempt_id)), "seat", token)


@doors.post("/doors/sheets/<attempt_id>")
@public
def sheet(attempt_id: str) -> Response:
    """The score sheet of one of the morning's candidates, signed in as the detachment's supervisor."""
    if not is_open() or not exists("certificates.sheet"):
        abort(404)
    if attempt_id not in {told.attempt_id for told in visit.finished_morning()}:
        raise RuleBroken("attempt.unknown")
    return _to_desk("sheets", AUDITOR, url_for("certificates.sheet", attempt_id=attempt_id))


def _place_of(name: str, door: Door) -> str:
    """Where a door leads: the examiner's to a room that is open, the auditor's to the exam that went on at another seat."""
    if name == "room":
        return url_for(door.endpoint, session_id=visit.open_session())
    if door.role == AUDITOR:
        place = url_for("supervision.attempt", attempt_id=visit.resumed() or "")
        return f"{place}#spoil" if name == "spoil" else place
    return url_for(door.endpoint)


def _to_desk(name: str, role: str | None, url: str) -> Response:
    """Sign in for a role; whatever desk this browser held before ends."""
    if role is None:
        return _lead(url)
    before = read_cookie("desk")
    held = logins.find(before) if before else None
    token = visit.to_desk(name, role, request.remote_addr or "")
    if held is not None and actor().account is not None:
        logins.sign_out(held, actor())
    return set_cookie(_lead(url), "desk", token)


def _lead(url: str) -> Response:
    """On to a page: our script is told the address, a plain form is sent there."""
    if request.is_json:
        return jsonify({"url": url})
    response: Response = redirect(url, 303, Response=Response)  # type: ignore[assignment]
    return response
