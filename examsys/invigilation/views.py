"""The exam room over HTTP: sessions and rosters, check-in, the board and its acts, requests and decisions, the seats."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..accounts.service import installation, person
from ..clock import now
from ..domain.access import Act, may
from ..domain.dates import BEIJING, beijing_day
from ..domain.errors import RuleBroken
from ..domain.identity import mask_id_number
from ..domain.seats import seat_mark
from ..exam import conduct
from ..web.errors import message
from ..web.guard import actor, staff
from ..web.language import _
from . import board as boards
from . import roster, second_person, service, words
from .sessions import OPEN, Sitting, examiner_number, room_names, session_for, sessions_for, sight, sitting, sittings
from .sessions import rooms as exam_rooms

invigilation = Blueprint("invigilation", __name__, url_prefix="/invigilation")
LARGEST_ROSTER = 1024 * 1024
MOST_FAULTY_SHOWN = 200
MOST_DECIDED_SHOWN = 50


@invigilation.context_processor
def vocabulary() -> dict[str, Any]:
    """What the templates of the exam room call things."""
    return {"words": words, "mask": mask_id_number, "mark_of": seat_mark, "sheet_url": sheet_url, "moment": moment}


def sheet_url(attempt_id: str) -> str | None:
    """The address of an attempt's score sheet, where this post may read it and papers are made here."""
    if "certificates.sheet" not in current_app.view_functions or not may(actor().role, Act.READ_SHEET):
        return None
    return url_for("certificates.sheet", attempt_id=attempt_id)


def moment(text: str) -> str:
    """An instant of the record in Beijing time, as 2026-11-22 14:02."""
    return f"{datetime.fromisoformat(text).astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _to(endpoint: str, done: str | None = None, **values: Any) -> Reply:
    """On to another page, with a line that says what was done."""
    if done:
        flash(done, "fine")
    return redirect(url_for(f"invigilation.{endpoint}", **values), 303)


# -- sessions ------------------------------------------------------------------------------------------------


@invigilation.get("/sessions")
@staff(Act.SEE_SESSIONS)
def sessions() -> str:
    """The sessions within reach, newest first, of one day if asked."""
    day = request.args.get("day", "")
    found = sessions_for(actor(), day or None)
    rooms = exam_rooms(sight(actor())) if may(actor().role, Act.CREATE_SESSION) else []
    today = beijing_day(now().wall).isoformat()
    return render_template("invigilation/sessions.html", sessions=found, exam_rooms=rooms, day=day, today=today)


@invigilation.post("/sessions")
@staff(Act.CREATE_SESSION)
def create_session() -> Reply:
    """A session in a room on a day."""
    session_id = service.create_session(request.form.get("room", ""), request.form.get("day", ""), actor())
    return _to("session", _("The session is made. Next: its roster."), session_id=session_id)


@invigilation.get("/sessions/<session_id>")
@staff(Act.SEE_SESSIONS)
def session(session_id: str) -> str:
    """One session: its roster, and what this post does next. A candidate's row opens to the right."""
    found = session_for(session_id, actor())
    people = roster.booked(session_id)
    chosen = request.args.get("candidate")
    here = next((line for line in people if line.booking.candidate_id == chosen), None)
    if chosen and here is None:
        raise RuleBroken("candidate.unknown")
    number = examiner_number(found)
    return render_template(
        "invigilation/session.html",
        session=found,
        people=people,
        open=here,
        examiner=number,
        can=_can(found),
    )


def _can(found: Sitting) -> dict[str, bool]:
    """What this post may do with a session: the pages offer nothing else."""
    role = actor().role
    runs = may(role, Act.RUN_SESSION)
    return {
        "import": may(role, Act.IMPORT_ROSTER),
        "match": may(role, Act.CREATE_SESSION),
        "run": runs,
        "check_in": runs and found.state == OPEN,
    }


@invigilation.get("/roster-template.csv")
@staff(Act.IMPORT_ROSTER)
def roster_template() -> Response:
    """An empty roster with the headings that are read, and one line that shows how cells are filled."""
    return Response(
        roster.template(),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=roster-template.csv"},
    )


@invigilation.post("/sessions/<session_id>/roster")
@staff(Act.IMPORT_ROSTER)
def import_roster(session_id: str) -> Reply | tuple[str, int]:
    """Take a roster whole, or show what is wrong with which line and take nothing."""
    found = session_for(session_id, actor())
    sent = request.files.get("roster")
    content = sent.stream.read(LARGEST_ROSTER + 1) if sent else b""
    if len(content) > LARGEST_ROSTER:
        raise RuleBroken("request.too_large")
    report = service.import_roster(session_id, content, actor())
    if not report.refused:
        done = _("%(count)s candidates are on the roster now.", count=len(report.rows))
        return _to("session", done, session_id=session_id)
    faulty = [line for line in report.rows if line.faults]
    shown = faulty[:MOST_FAULTY_SHOWN]
    return render_template(
        "invigilation/roster_report.html", session=found, report=report, faulty=len(faulty), shown=shown
    ), 422


@invigilation.post("/sessions/<session_id>/match")
@staff(Act.CREATE_SESSION)
def match(session_id: str) -> Reply:
    """Draw the examiner by a recorded lot."""
    service.match_examiner(session_id, actor())
    return _to(
        "session",
        _("The lot has drawn the examiner. It is recorded and can be redone by anybody."),
        session_id=session_id,
    )


# -- check-in ------------------------------------------------------------------------------------------------


@invigilation.post("/sessions/<session_id>/take-over")
@staff(Act.RUN_SESSION)
def take_over(session_id: str) -> Reply:
    """The examiner whom the lot drew takes the session over."""
    service.take_over(session_id, actor())
    return _to("session", _("The session is yours. Check the candidates in."), session_id=session_id)


@invigilation.post("/sessions/<session_id>/candidates/<candidate_id>/check-in")
@staff(Act.RUN_SESSION)
def check_in(session_id: str, candidate_id: str) -> str:
    """核验签到: the page shows the seat and, once and never again, the code; it prints as the admission slip."""
    admission = service.check_in(session_id, candidate_id, actor())
    found, booking = sitting(session_id), conduct.booking(candidate_id)
    left = sum(1 for line in roster.booked(session_id) if line.attempt_id is None)
    return render_template(
        "invigilation/admission.html",
        session=found,
        admission=admission,
        mark=seat_mark(admission.seat),
        booking=booking,
        candidate=person(booking.person_id),
        room_names=room_names(found.room_id),
        site=installation().site,
        left=left,
    )


@invigilation.post("/sessions/<session_id>/candidates/<candidate_id>/refuse")
@staff(Act.RUN_SESSION)
def refuse_identity(session_id: str, candidate_id: str) -> Reply:
    """Document and person do not match: no check-in, with the reason."""
    service.refuse_identity(session_id, candidate_id, request.form.get("reason", ""), actor())
    done = _("Not checked in. The reason is recorded.")
    return _to("session", done, session_id=session_id, candidate=candidate_id)


# -- the board -----------------------------------------------------------------------------------------------


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
    return _to("board", done, session_id=session_id, **({"seat": attempt_id} if attempt_id else {}))


def _reason() -> str:
    return request.form.get("reason", "")


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
    count = service.pause_all(session_id, _reason(), actor())
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
    service.end_session(session_id, _reason(), actor())
    return _to("session", _("The session has ended. The score sheets are in the list."), session_id=session_id)


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
    service.pause(session_id, attempt_id, _reason(), actor())
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
    service.move_seat(session_id, attempt_id, seat, _reason(), actor())
    return _act(
        session_id, attempt_id, _("Moved to seat %(seat)s. The candidate signs in there with the same code.", seat=seat)
    )


@invigilation.post(f"{ATTEMPT}/unlock")
@staff(Act.RUN_SESSION)
def unlock_seat(session_id: str, attempt_id: str) -> Reply:
    """Lift the lock that failed tries put on a candidate's sign-in."""
    service.unlock_seat(session_id, attempt_id, actor())
    return _act(session_id, attempt_id, _("The lock is lifted."))


@invigilation.post(f"{ATTEMPT}/end")
@staff(Act.RUN_SESSION)
def end_attempt(session_id: str, attempt_id: str) -> Reply:
    """End the exam for one candidate."""
    service.end_attempt(session_id, attempt_id, _reason(), actor())
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
    second_person.ask(session_id, attempt_id, kind, value, _reason(), at_once, actor())
    done = message("Done. A second signature is owed; the result is provisional until then.")
    asked = message("Asked of the supervision post.")
    return _act(session_id, attempt_id, _(done if at_once else asked))


# -- the supervision post ------------------------------------------------------------------------------------


@invigilation.get("/requests")
@staff(Act.DECIDE)
def requests() -> str:
    """What was asked within reach: open ones oldest first, then what was decided."""
    seen = {found.session_id: found for found in sessions_for(actor())}
    every = second_person.requests(list(seen))
    chosen = request.args.get("request")
    here = next((one for one in every if one.request_id == chosen), None)
    if chosen and here is None:
        raise RuleBroken("request.unknown")
    waiting = [one for one in every if one.granted is None]
    decided = [one for one in reversed(every) if one.granted is not None][:MOST_DECIDED_SHOWN]
    return render_template(
        "invigilation/requests.html",
        waiting=waiting,
        decided=decided,
        sessions=seen,
        open=here,
        own=here is not None and here.asked_by == actor().person,
        whose=_whose([*waiting, *decided]),
    )


def _whose(asked: Sequence[second_person.Asked]) -> dict[str, tuple[str, str]]:
    """Seat and name of the candidate of each of these requests, by attempt."""
    rows = [row for session_id in {one.session_id for one in asked} for row in conduct.board(session_id)]
    return {row.attempt_id: (row.seat, person(row.person_id).name) for row in rows}


@invigilation.post("/requests/<request_id>/grant")
@staff(Act.DECIDE)
def grant(request_id: str) -> Reply:
    """The second signature."""
    second_person.decide(request_id, True, _reason(), actor())
    return _to("requests", _("Granted and signed."))


@invigilation.post("/requests/<request_id>/refuse")
@staff(Act.DECIDE)
def refuse(request_id: str) -> Reply:
    """No, with the reason."""
    second_person.decide(request_id, False, _reason(), actor())
    return _to("requests", _("Refused. The examiner sees the reason."))


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
