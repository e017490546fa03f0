"""The exam room's HTTP contract, and the terminal's two pages."""

from flask import Blueprint, Response, abort, g, jsonify, render_template, request, send_file

from ..accounts.service import installation
from ..bank.schema import AUDIO_TYPES, PICTURES
from ..domain.errors import RuleBroken
from ..web.cookies import drop_cookie, set_cookie
from ..web.forms import json_object
from ..web.guard import at_terminal, public
from ..web.language import CANDIDATES, speak
from . import holding, saving, service, terminal
from .lane import REFUSED

exam = Blueprint("exam", __name__, url_prefix="/exam")
YEAR_SECONDS = 31_536_000
MEDIA = {ending[1:]: kind for ending, kind in (PICTURES | AUDIO_TYPES).items()}


@exam.get("/")
@public
def sign_in_page() -> str:
    """The terminal's first page: ID number and admission code."""
    speak(CANDIDATES)
    return render_template("exam/sign_in.html")


@exam.post("/sign-in")
@public
def sign_in() -> Response:
    """Open this terminal for a candidate."""
    body = json_object()
    signed = holding.sign_in(
        body.get("id_number"), body.get("admission"), request.remote_addr or "", terminal.login_here()
    )
    answer = {
        "attempt": signed.login.attempt_id,
        "csrf": signed.login.csrf,
        "state": signed.state,
        "candidate": signed.candidate,
        "languages": ["bo", "zh"],
    }
    return set_cookie(jsonify(answer), "seat", signed.token)


@exam.post("/sign-out")
@at_terminal
def sign_out() -> Response:
    """Free this terminal."""
    holding.sign_out(g.login)
    return drop_cookie(Response(status=204), "seat")


@exam.get("/attempts/<attempt_id>")
@at_terminal
def attempt(attempt_id: str) -> Response:
    """The attempt: how a page resumes."""
    terminal.touch(g.login)
    return Response(service.told_state(attempt_id), mimetype="application/json")


@exam.get("/attempts/<attempt_id>/pulse")
@at_terminal
def pulse(attempt_id: str) -> Response:
    """State and time left, for a running page."""
    terminal.touch(g.login)
    return jsonify(service.pulse(attempt_id))


@exam.get("/attempts/<attempt_id>/terminal")
@at_terminal
def terminal_page(attempt_id: str) -> str:
    """The one page of the terminal, from waiting to the result."""
    speak(CANDIDATES)
    return render_template("exam/terminal.html", page=terminal.page_of(attempt_id, g.login))


@exam.post("/attempts/<attempt_id>/start")
@at_terminal
def start(attempt_id: str) -> Response:
    """Start the clock, once."""
    return Response(service.start(attempt_id, json_object().get("language"), g.login), mimetype="application/json")


@exam.put("/attempts/<attempt_id>/answers/<int:position>")
@at_terminal
def answer(attempt_id: str, position: int) -> Response:
    """Keep an answer: the receipt comes only after it is on disk. Most answers take the fast lane and never come here."""
    if REFUSED in request.environ:
        raise request.environ[REFUSED]
    body = json_object()
    kept = saving.save_answer(attempt_id, position, body.get("options"), body.get("seq"), g.login)
    return Response(saving.told(kept, position), mimetype="application/json")


@exam.post("/attempts/<attempt_id>/view")
@at_terminal
def view(attempt_id: str) -> tuple[str, int]:
    """Keep what was on the screen."""
    service.view(attempt_id, json_object().get("steps"))
    return "", 204


@exam.post("/attempts/<attempt_id>/submit")
@at_terminal
def submit(attempt_id: str) -> Response:
    """Hand in, once."""
    return jsonify(service.submit(attempt_id, g.login))


@exam.post("/attempts/<attempt_id>/makeup")
@at_terminal
def makeup(attempt_id: str) -> tuple[str, int]:
    """Make-up now."""
    service.ask_makeup(attempt_id, g.login)
    return "", 204


@exam.post("/attempts/<attempt_id>/leave")
@at_terminal
def leave(attempt_id: str) -> tuple[str, int]:
    """Leave without a make-up."""
    service.leave(attempt_id, g.login)
    return "", 204


@exam.get("/media/<name>")
@public
def media(name: str) -> Response:
    """A picture or recording by the hash of its content; it never changes."""
    digest, dot, kind = name.partition(".")
    if kind not in MEDIA or len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        abort(404)
    path = installation().store.path(digest)
    if not path.is_file():
        raise RuleBroken("request.not_found")
    response = send_file(path, mimetype=MEDIA[kind], conditional=True, etag=digest)
    response.cache_control.max_age = YEAR_SECONDS
    response.cache_control.immutable = True
    return response
