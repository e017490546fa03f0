"""Staff sign in and out, choose the post they act in, find their rooms; the security administrator's register of accounts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..domain.access import Act, Role, may
from ..domain.errors import RuleBroken
from ..web.cookies import drop_cookie, read_cookie, set_cookie
from ..web.errors import message, problem_of
from ..web.guard import actor, public
from ..web.guard import staff as staff_who_may
from ..web.language import _
from . import logins, service, staff

accounts = Blueprint("accounts", __name__, url_prefix="/staff")


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the house: the endpoint of its first page, its name, what it is for, and the act that opens it."""

    endpoint: str
    label: str
    purpose: str
    act: Act


# In the order of the work. Rooms that are not built have no door: an endpoint that the app does not know is left out.
ROOMS = (
    Room("accounts.desk", message("Desk"), "", Act.SEE_DESK),
    Room(
        "invigilation.sessions",
        message("Sessions"),
        message("Sessions of the exam rooms: rosters, examiners by lot, check-in, the board."),
        Act.SEE_SESSIONS,
    ),
    Room(
        "invigilation.requests",
        message("Requests"),
        message("What examiners ask of the supervision post: minutes, second moves, reopening."),
        Act.DECIDE,
    ),
    Room(
        "invigilation.seats",
        message("Seats"),
        message("Which seats are free, taken or standing still; no names, no scores."),
        Act.SEE_SEATS,
    ),
    Room("bank.questions", message("Question bank"), message("Questions, translations, releases."), Act.SEE_BANK),
    Room(
        "supervision.attempts",
        message("Exam records"),
        message("Find a finished exam, read its whole course, replay and verify it."),
        Act.SEE_ATTEMPTS,
    ),
    Room("supervision.log", message("The log"), message("Entries, checkpoints, verification."), Act.SEE_LOG),
    Room(
        "accounts.register",
        message("Accounts"),
        message("Accounts of staff: disable, unlock, end sessions."),
        Act.MANAGE_ACCOUNTS,
    ),
)
ROLES = {
    Role.ACCEPTANCE: message("Acceptance post"),
    Role.EXAMINER: message("Examination post"),
    Role.EXAMINATION_SUPERVISOR: message("Supervision post"),
    Role.SITE_MANAGER: message("Exam room staff"),
    Role.TRAINER: message("Question writer"),
    Role.TRANSLATOR: message("Translator"),
    Role.REVIEWER: message("Reviewer of questions"),
    Role.PUBLISHER: message("Publisher of the bank"),
    Role.SUPERVISOR_AGENCY: message("Supervision, agency"),
    Role.SUPERVISOR_BRIGADE: message("Supervision, brigade"),
    Role.SUPERVISOR_VMO: message("Supervision, vehicle management office"),
    Role.SUPERVISOR_DETACHMENT: message("Supervision, detachment"),
    Role.SYSTEM_ADMIN: message("System administrator"),
    Role.SECURITY_ADMIN: message("Security administrator"),
    Role.AUDIT_ADMIN: message("Audit administrator"),
}


class Here:
    """Who is signed in, for the head of staff pages. Looked up only where a page shows it: error pages do not."""

    @cached_property
    def name(self) -> str:
        """The person's name."""
        return service.person(actor().person or "").name

    @cached_property
    def unit(self) -> str:
        """The unit of the post that is acted in."""
        return service.unit(actor().unit or "").name_zh


def staff_context() -> dict[str, Any]:
    """What layout/staff.html needs on every staff page: `actor`, `rooms`, `sign_out_url`."""
    if actor().role is None:
        return {"actor": None, "rooms": [], "sign_out_url": ""}
    return {"actor": Here(), "rooms": doors(), "sign_out_url": url_for("accounts.sign_out")}


def doors() -> list[dict[str, Any]]:
    """The rooms that the actor's role opens, in the order of the work."""
    return [
        {
            "label": _(room.label),
            "purpose": _(room.purpose) if room.purpose else "",
            "url": url_for(room.endpoint),
            "here": _is_here(url_for(room.endpoint)),
        }
        for room in ROOMS
        if room.endpoint in current_app.view_functions and may(actor().role, room.act)
    ]


def _is_here(url: str) -> bool:
    """Whether the page being made is this room's first page or one behind it."""
    return request.path == url or (not url.endswith("/") and request.path.startswith(f"{url}/"))


def role_name(role: str | Role) -> str:
    """A role as people call it, in the language of the page."""
    return _(ROLES[Role(role)])


def _own_page(wanted: str | None) -> str:
    """Where to go on after a sign-in: a page of this house, else the desk."""
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable():
        return wanted
    return url_for("accounts.desk")


@accounts.get("/sign-in")
@public
def sign_in_page() -> str | Reply:
    """User name and password."""
    if actor().role is not None:
        return redirect(_own_page(request.args.get("next")))
    return render_template("accounts/sign_in.html", wrong=None, username="", next=request.args.get("next", ""))


@accounts.post("/sign-in")
@public
def sign_in() -> Reply | tuple[str, int]:
    """Open a new login; whatever this browser held before ends, so that nobody can plant a session."""
    username, password = request.form.get("username", "")[:80], request.form.get("password", "")[:400]
    before = read_cookie("desk")
    try:
        token, _login = logins.sign_in(username, password, request.remote_addr or "")
    except RuleBroken as broken:
        status, _key, msgid = problem_of(broken)
        shown = _(msgid, **broken.facts)
        page = render_template(
            "accounts/sign_in.html", wrong=shown, username=username, next=request.form.get("next", "")
        )
        return page, status
    held = logins.find(before) if before else None
    if held is not None and actor().account is not None:
        logins.sign_out(held, actor())
    return set_cookie(_see_other(_own_page(request.form.get("next"))), "desk", token)


def _see_other(url: str) -> Response:
    response: Response = redirect(url, 303, Response=Response)  # type: ignore[assignment]
    return response


@accounts.post("/sign-out")
@staff_who_may(Act.SEE_DESK)
def sign_out() -> Response:
    """End this login."""
    logins.sign_out(g.login, actor())
    return drop_cookie(_see_other(url_for("accounts.sign_in_page")), "desk")


@accounts.get("/")
@staff_who_may(Act.SEE_DESK)
def desk() -> str:
    """The start page: the rooms that this post may enter, in the order of its work."""
    rooms = [room for room in doors() if not room["here"]]
    posts = staff.held_by(actor().person or "")
    return render_template("accounts/desk.html", own_rooms=rooms, posts=posts, acting=actor().post, role_name=role_name)


@accounts.post("/post")
@staff_who_may(Act.SEE_DESK)
def act_as() -> Reply:
    """Act in another of one's own posts."""
    staff.switch_post(g.login, request.form.get("post", ""), actor())
    return _see_other(url_for("accounts.desk"))


# -- the security administrator ------------------------------------------------------------------------------


@accounts.get("/accounts")
@staff_who_may(Act.MANAGE_ACCOUNTS)
def register() -> str:
    """The accounts in this administrator's care; a row opens to the right."""
    members = staff.register(actor())
    chosen = request.args.get("account")
    here = next((member for member in members if member.account_id == chosen), None)
    if chosen and here is None:
        raise RuleBroken("account.unknown")
    return render_template(
        "accounts/register.html", members=members, open=here, own=actor().account, role_name=role_name
    )


@accounts.post("/accounts/<account_id>/disable")
@staff_who_may(Act.MANAGE_ACCOUNTS)
def disable(account_id: str) -> Reply:
    """Close an account, with the reason."""
    staff.disable(account_id, request.form.get("reason", "")[:500], actor())
    return _back(account_id, _("The account is disabled and its sessions have ended."))


@accounts.post("/accounts/<account_id>/unlock")
@staff_who_may(Act.MANAGE_ACCOUNTS)
def unlock(account_id: str) -> Reply:
    """Lift a lock."""
    staff.unlock(account_id, actor())
    return _back(account_id, _("The lock is lifted."))


@accounts.post("/accounts/<account_id>/end-sessions")
@staff_who_may(Act.MANAGE_ACCOUNTS)
def end_sessions(account_id: str) -> Reply:
    """End all logins of an account."""
    staff.end_logins(account_id, actor())
    return _back(account_id, _("All sessions of the account have ended."))


def _back(account_id: str, done: str) -> Reply:
    flash(done, "fine")
    return _see_other(url_for("accounts.register", account=account_id))
