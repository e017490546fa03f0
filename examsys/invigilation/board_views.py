"""The board over HTTP: who is where and how far, the examiner's acts, and the seats that agency staff see."""

from typing import Any

from flask import jsonify, render_template, request
from werkzeug.wrappers import Response as Reply

from ..clock import now
from ..domain.access import Act, may
from ..domain.dates import beijing_day
from ..domain.errors import RuleBroken
from ..exam import entering
from ..web.errors import message
from ..web.guard import actor, staff
from ..web.language import _
from . import board as boards
from . import second_person, service
from .pages import admission_slip, invigilation, reason, to
from .sessions import OPEN, Sitting, session_for, sight, sittings


def _board_context(session_id: str) -> dict[str, Any]:
    found = session_for(session_id, actor())
    tiles = boards.tiles(session_id)
    chosen = request.args.get("seat")
    here = next((tile for tile in tiles if tile.row.attempt_id == chosen), None)
    if chosen and here is None:
        raise RuleBroken("attempt.unknown")
    asked = second_person.requests([session_id])
    return {
        "session": found,
        "tiles": tiles,
        "need": sum(1 for tile in tiles if tile.need),
        "running": sum(1 for tile in tiles if tile.row.state == "running"),
        "open": here,
        "asked": asked,
        "pending": [one for one in asked if here is not None and one.attempt_id == here.row.attempt_id],
        "free": service.free_seats(found),
        "acts": may(actor().role, Act.RUN_SESSION) and found.state == OPEN,
    }


@invigilation.get("/sessions/<session_id>/board")
@staff(Act.SEE_SESSIONS)
def board(session_id: str) -> str:
    """Who is where and how far; the worst first."""
    return render_template("invigilation/board.html", **_board_context(session_id))


@invigilation.get("/sessions/<session_id>/board.json")
@staff(Act.SEE_SESSIONS)
def board_news(session_id: str) -> Reply:
    """What of the board has changed: asked every three seconds, answered 304 when nothing has."""
    context = _board_context(session_id)
    parts = ("heading", "tiles", "panel") if context["open"] is not None else ("heading", "tiles")
    pieces = {name: render_template(f"invigilation/board_{name}.html", **context) for name in parts}
    return _fresh({"need": context["need"], "running": context["running"], "parts": pieces})


def _fresh(news: dict[str, Any]) -> Reply:
    """JSON with an ETag of its content; 304 for a caller that has it."""
    response = jsonify(news)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache, private, max-age=0"
    return response.make_conditional(request)


def _act(session_id: str, attempt_id: str | None, done: str) -> Reply:
    return to("board", done, session_id=session_id, **({"seat": attempt_id} if attempt_id else {}))


@invigilation.post("/sessions/<session_id>/release")
@staff(Act.RUN_SESSION)
def release_all(session_id: str) -> Reply:
    """准予开考 for everybody who waits."""
    count = service.release_all(session_id, actor())
    return _act(session_id, None, _("Released to start: %(count)s", count=count))


@invigilation.post("/sessions/<session_id>/pause")
@staff(Act.RUN_SESSION)
def pause_all(session_id: str) -> Reply:
    """Stop every clock, as in a power cut."""
    count = service.pause_all(session_id, reason(), actor())
    return _act(session_id, None, _("Paused: %(count)s", count=count))


@invigilation.post("/sessions/<session_id>/resume")
@staff(Act.RUN_SESSION)
def resume_all(session_id: str) -> Reply:
    """Let every clock run again."""
    count = service.resume_all(session_id, actor())
    return _act(session_id, None, _("Going on: %(count)s", count=count))


@invigilation.post("/sessions/<session_id>/end")
@staff(Act.RUN_SESSION)
def end_session(session_id: str) -> Reply:
    """End the session; the page then has every score sheet."""
    service.end_session(session_id, reason(), actor())
    return to("session", _("The session has ended. The score sheets are in the list."), session_id=session_id)


ATTEMPT = "/sessions/<session_id>/attempts/<attempt_id>"


@invigilation.post(f"{ATTEMPT}/release")
@staff(Act.RUN_SESSION)
def release(session_id: str, attempt_id: str) -> Reply:
    """准予开考 for one candidate."""
    service.release(session_id, attempt_id, actor())
    return _act(session_id, attempt_id, _("Released to start."))


@invigilation.post(f"{ATTEMPT}/pause")
@staff(Act.RUN_SESSION)
def pause(session_id: str, attempt_id: str) -> Reply:
    """Stop one clock."""
    service.pause(session_id, attempt_id, reason(), actor())
    return _act(session_id, attempt_id, _("The clock stands still."))


@invigilation.post(f"{ATTEMPT}/resume")
@staff(Act.RUN_SESSION)
def resume(session_id: str, attempt_id: str) -> Reply:
    """Let one clock run again."""
    service.resume(session_id, attempt_id, actor())
    return _act(session_id, attempt_id, _("The clock runs again."))


@invigilation.post(f"{ATTEMPT}/free")
@staff(Act.RUN_SESSION)
def free_seat(session_id: str, attempt_id: str) -> Reply:
    """End the hold of a terminal."""
    service.free_seat(session_id, attempt_id, actor())
    return _act(session_id, attempt_id, _("The terminal is free. The candidate may sign in again."))


@invigilation.post(f"{ATTEMPT}/move")
@staff(Act.RUN_SESSION)
def move_seat(session_id: str, attempt_id: str) -> Reply:
    """Another seat, once."""
    seat = request.form.get("seat", "")
    service.move_seat(session_id, attempt_id, seat, reason(), actor())
    return _act(
        session_id, attempt_id, _("Moved to seat %(seat)s. The candidate signs in there with the same code.", seat=seat)
    )


@invigilation.post(f"{ATTEMPT}/unlock")
@staff(Act.RUN_SESSION)
def unlock_seat(session_id: str, attempt_id: str) -> Reply:
    """Lift the lock that failed tries put on a candidate's sign-in."""
    service.unlock_seat(session_id, attempt_id, actor())
    return _act(session_id, attempt_id, _("The lock is lifted."))


@invigilation.post(f"{ATTEMPT}/code")
@staff(Act.RUN_SESSION)
def new_code(session_id: str, attempt_id: str) -> str:
    """A new admission slip in the place of one that was lost."""
    admission = service.new_code(session_id, attempt_id, actor())
    return admission_slip(session_id, entering.candidate_of(attempt_id), admission)


@invigilation.post(f"{ATTEMPT}/end")
@staff(Act.RUN_SESSION)
def end_attempt(session_id: str, attempt_id: str) -> Reply:
    """End the exam for one candidate."""
    service.end_attempt(session_id, attempt_id, reason(), actor())
    return _act(session_id, attempt_id, _("The exam has been ended for this candidate."))


@invigilation.post(f"{ATTEMPT}/makeup")
@staff(Act.RUN_SESSION)
def release_makeup(session_id: str, attempt_id: str) -> Reply:
    """Release the make-up that was asked for."""
    second = service.release_makeup(session_id, attempt_id, actor())
    return _act(session_id, second, _("The make-up is released, with a new paper at the same seat."))


@invigilation.post(f"{ATTEMPT}/requests")
@staff(Act.ASK)
def ask(session_id: str, attempt_id: str) -> Reply:
    """Ask the supervision post, or do it at once and owe the second signature."""
    kind, at_once = request.form.get("kind", ""), request.form.get("when") == "at_once"
    value = request.form.get({"extra": "minutes", "move": "seat"}.get(kind, ""), "").strip()
    second_person.ask(session_id, attempt_id, kind, value, reason(), at_once, actor())
    done = message("Done. A second signature is owed; the result is provisional until then.")
    asked = message("Asked of the supervision post.")
    return _act(session_id, attempt_id, _(done if at_once else asked))


# -- the seats -----------------------------------------------------------------------------------------------


def _rooms_today() -> list[tuple[Sitting, list[boards.SeatState]]]:
    day = beijing_day(now().wall).isoformat()
    units = sight(actor())
    return [(found, boards.seat_states(found)) for found in sittings(units, day)]


@invigilation.get("/seats")
@staff(Act.SEE_SEATS)
def seats() -> str:
    """Seat states of today's sessions and nothing else: no names, no scores."""
    return render_template("invigilation/seats.html", rooms_today=_rooms_today())


@invigilation.get("/seats.json")
@staff(Act.SEE_SEATS)
def seats_news() -> Reply:
    """What of the seats has changed."""
    return _fresh({"parts": {"rooms": render_template("invigilation/seats_rooms.html", rooms_today=_rooms_today())}})
