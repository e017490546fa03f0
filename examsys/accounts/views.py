"""Staff sign in and out, choose the post they act in, find their rooms; the security administrator's register of accounts."""

from functools import cached_property
from typing import Any

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..domain.access import Act, Role, may
from ..domain.errors import RuleBroken
from ..domain.passwords import SHORTEST
from ..web.cookies import drop_cookie, read_cookie, set_cookie
from ..web.errors import message, problem_of
from ..web.guard import actor, owes_password, public
from ..web.guard import staff as staff_who_may
from ..web.language import _
from . import logins, own_password, service, staff
from .rooms import ROOMS

accounts = Blueprint("accounts", __name__, url_prefix="/staff")


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
    """The rooms that the actor's role opens, in the order of the work; none before a first password is changed."""
    if owes_password():
        return []
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
    if owes_password():
        return redirect(url_for("accounts.password_page"))
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
        token, login = logins.sign_in(username, password, request.remote_addr or "")
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
    wanted = _own_page(request.form.get("next"))
    if logins.owes_password(login.account_id):
        wanted = url_for("accounts.password_page", next=wanted)
    return set_cookie(_see_other(wanted), "desk", token)


def _see_other(url: str) -> Response:
    response: Response = redirect(url, 303, Response=Response)  # type: ignore[assignment]
    return response


@accounts.post("/sign-out")
@staff_who_may(Act.SEE_DESK, first=True)
def sign_out() -> Response:
    """End this login."""
    logins.sign_out(g.login, actor())
    return drop_cookie(_see_other(url_for("accounts.sign_in_page")), "desk")


@accounts.get("/password")
@staff_who_may(Act.SEE_DESK, first=True)
def password_page() -> str:
    """Change the own password: what a first sign-in leads to, and nothing else until it is done."""
    return _password_page(None)


@accounts.post("/password")
@staff_who_may(Act.SEE_DESK, first=True)
def change_password() -> Reply | tuple[str, int]:
    """Change it; this browser stays signed in under a new login, every other one is signed out."""
    before, wanted, again = (request.form.get(name, "") for name in ("before", "wanted", "again"))
    try:
        token, _login = own_password.change(g.login, before, wanted, again, actor())
    except RuleBroken as broken:
        status, _key, msgid = problem_of(broken)
        if status not in (422, 429):
            raise
        return _password_page(_(msgid, **broken.facts)), status
    flash(_("Your password is changed. Every other sign-in of your account has ended."), "fine")
    return set_cookie(_see_other(_own_page(request.form.get("next"))), "desk", token)


def _password_page(wrong: str | None) -> str:
    return render_template(
        "accounts/password.html", wrong=wrong, handed_out=owes_password(), shortest=SHORTEST,
        username=logins.username_of(actor()), next=request.values.get("next", ""),
    )  # fmt: skip


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


@accounts.post("/accounts/<account_id>/reset-password")
@staff_who_may(Act.MANAGE_ACCOUNTS)
def reset_password(account_id: str) -> str:
    """Another first password; the page shows it once and never again."""
    password = staff.reset_password(account_id, actor())
    member = next(one for one in staff.register(actor()) if one.account_id == account_id)
    return render_template("accounts/first_password.html", member=member, password=password)


def _back(account_id: str, done: str) -> Reply:
    flash(done, "fine")
    return _see_other(url_for("accounts.register", account=account_id))
