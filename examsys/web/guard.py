"""Deny by default: every view says who may enter, and is entered only through here."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request

from ..domain.access import HOUSE, Act, Actor, may
from ..domain.errors import RuleBroken

View = TypeVar("View", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may enter a view: `public`, a candidate's `terminal`, `staff` who may do `act`, or `either` of these two.

    `json`: refusals are problems. `largest`: bytes that its body may have, where that is more than elsewhere. `first`: open also to staff who have not yet changed the password that was handed out.
    """

    kind: str
    act: Act | None = None
    json: bool = False
    first: bool = False
    largest: int | None = None


class Loader(Protocol):
    """What the roof hands in: how to recognise people, and where refusals are written down."""

    def staff(self) -> tuple[Actor, str] | None:
        """The staff member who is signed in, and the token that their unsafe calls must carry."""

    def owes_password(self, actor: Actor) -> bool:
        """Whether they must change the password that somebody handed out, before anything else."""

    def terminal(self) -> Any:
        """The login of the candidate's terminal; it has `csrf`."""

    def may_see(self, login: Any, attempt_id: str) -> bool:
        """Whether a terminal may look at an attempt."""

    def shows_both(self, login: Any) -> bool:
        """Whether the attempt of a terminal is shown in both languages alike."""

    def refused(self, actor: Actor, reason: str) -> None:
        """Write down that somebody was turned away."""


def public(view: View) -> View:
    """A view for everybody."""
    return _mark(view, Guard("public"))


def at_terminal(view: View) -> View:
    """A view for the candidate whose attempt the address names; anybody else's is not found."""
    return _mark(view, Guard("terminal", json=True))


def staff(act: Act, *, first: bool = False, largest: int | None = None) -> Callable[[View], View]:
    """A view for staff whose role may do this act; which objects they reach is asked of the service."""
    return lambda view: _mark(view, Guard("staff", act, first=first, largest=largest))


def terminal_or_staff(act: Act) -> Callable[[View], View]:
    """A view for the candidate whose attempt the address names, and for staff whose role may do this act."""
    return lambda view: _mark(view, Guard("either", act))


def _mark(view: View, guard: Guard) -> View:
    view.guard = guard  # type: ignore[attr-defined]
    return view


def guard_of(app: Flask, endpoint: str) -> Guard | None:
    """The guard of an endpoint; static files are public."""
    if endpoint == "static":
        return Guard("public")
    return getattr(app.view_functions[endpoint], "guard", None)


def install(app: Flask, loader: Loader) -> None:
    """Put the guard before every view. RuntimeError names a view that has none: the app then refuses to start."""
    for rule in app.url_map.iter_rules():
        if guard_of(app, rule.endpoint) is None:
            raise RuntimeError(f"unguarded view: {rule.endpoint} {rule.rule}")
    app.extensions["examsys.guard"] = loader
    app.before_request(_enter)


def actor() -> Actor:
    """Who acts in this request."""
    found: Actor = g.get("actor", HOUSE)
    return found


def owes_password() -> bool:
    """Whether who acts in this request must change the password before anything else."""
    found: bool = g.get("owes_password", False)
    return found


def csrf_token() -> str:
    """The token that the forms of this page carry; empty where nobody is signed in."""
    token: str = g.get("csrf", "")
    return token


def _enter() -> None:
    if request.endpoint is None:
        return  # no such address: the 404 follows by itself
    guard = guard_of(current_app, request.endpoint)
    if guard is None:
        abort(404)
    if guard.largest is None:
        _check_sendable(current_app.config["MAX_CONTENT_LENGTH"])
    if guard.kind == "terminal":
        _enter_terminal()
    elif guard.kind == "staff":
        _enter_staff(guard)
    elif guard.kind == "either":
        _enter_either(guard)
    else:
        _recognise()
    if guard.largest is not None:  # only those who may send it are read from
        request.max_content_length = guard.largest
        _check_sendable(guard.largest)
    if request.method not in SAFE:
        _check_token(guard)


def _check_sendable(most: int) -> None:
    """No body beyond the limit, read or not; no NUL, which PostgreSQL can't keep and no honest page sends."""
    if (request.content_length or 0) > most:
        abort(413)
    texts = (request.path, *request.args.values(), *(() if request.is_json else request.form.values()))
    if any("\0" in text for text in texts):
        abort(404 if "\0" in request.path else 400)


def _enter_terminal() -> None:
    loader: Loader = current_app.extensions["examsys.guard"]
    login = loader.terminal()
    if login is None:
        raise RuleBroken("auth.sign_in_first")
    attempt_id = (request.view_args or {}).get("attempt_id")
    if attempt_id is not None and not loader.may_see(login, attempt_id):
        raise RuleBroken("attempt.unknown")
    g.login, g.csrf = login, login.csrf


def _enter_either(guard: Guard) -> None:
    """The candidate's own attempt opens at their terminal, also in a browser where staff is signed in besides; all else asks for a post."""
    loader: Loader = current_app.extensions["examsys.guard"]
    login = loader.terminal()
    if login is not None and loader.may_see(login, (request.view_args or {})["attempt_id"]):
        g.login, g.csrf = login, login.csrf
    elif loader.staff() is None:
        _enter_terminal()
    else:
        _enter_staff(guard)


def _recognise() -> None:
    """On a public page people who are signed in stay who they are; nobody else is asked to be."""
    loader: Loader = current_app.extensions["examsys.guard"]
    if request.endpoint != "static":
        signed_in = loader.staff()
        if signed_in is not None:
            g.actor, g.csrf = signed_in
            g.owes_password = loader.owes_password(g.actor)


def _enter_staff(guard: Guard) -> None:
    loader: Loader = current_app.extensions["examsys.guard"]
    signed_in = loader.staff()
    if signed_in is None:
        raise RuleBroken("auth.sign_in_first")
    g.actor, g.csrf = signed_in
    g.owes_password = loader.owes_password(g.actor)
    if g.owes_password and not guard.first:
        raise RuleBroken("auth.password_first")
    if guard.act is None or not may(g.actor.role, guard.act):
        loader.refused(g.actor, f"role: {request.method} {request.endpoint}")
        raise RuleBroken("access.role")


def _check_token(guard: Guard) -> None:
    """Unsafe calls carry the login's token; before a sign-in there is none, then the browser must come from our own pages."""
    expected = g.get("csrf", "")
    if guard.kind == "public" and not expected:
        if not _from_own_pages():
            raise RuleBroken("auth.token")
        return
    if guard.kind == "public" and request.is_json:
        return  # the terminal's sign-in: reads nothing of an older session
    given = request.headers.get("X-CSRF-Token") or (request.form.get("csrf_token", "") if not request.is_json else "")
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise RuleBroken("auth.token")


def _from_own_pages() -> bool:
    """Whether the browser says that the call comes from a page of this server; programs say nothing."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
