"""The exam room over HTTP: sessions and rosters, check-in, decisions of the supervision post. The board's pages: board_views.py."""

from collections.abc import Sequence

from flask import Response, render_template, request
from werkzeug.wrappers import Response as Reply

from ..accounts.service import person, policy_of
from ..bank.dialects import dialect_names
from ..clock import now
from ..domain.access import Act, may
from ..domain.dates import beijing_day
from ..domain.errors import RuleBroken
from ..exam import entering, facts, seating
from ..web.guard import actor, staff
from ..web.language import _, language
from . import audio_papers, roster, second_person, service
from . import board_views as board_views  # its views belong to the same blueprint
from .pages import admission_slip, reason, to
from .pages import invigilation as invigilation
from .sessions import OPEN, Sitting, examiner_number, session_for, sessions_for, sight
from .sessions import rooms as exam_rooms

LARGEST_ROSTER = 1024 * 1024
MOST_FAULTY_SHOWN = 200
MOST_DECIDED_SHOWN = 50


# -- sessions ------------------------------------------------------------------------------------------------


@invigilation.get("/sessions")
@staff(Act.SEE_SESSIONS)
def sessions() -> str:
    """The sessions within reach, newest first, of one day if asked."""
    day = request.args.get("day", "")
    found = sessions_for(actor(), day or None)
    places = exam_rooms(sight(actor())) if may(actor().role, Act.CREATE_SESSION) else []
    today = beijing_day(now().wall).isoformat()
    return render_template("invigilation/sessions.html", sessions=found, exam_rooms=places, day=day, today=today)


@invigilation.post("/sessions")
@staff(Act.CREATE_SESSION)
def create_session() -> Reply:
    """A session in a room on a day."""
    session_id = service.create_session(request.form.get("room", ""), request.form.get("day", ""), actor())
    return to("session", _("The session is made. Next: its roster."), session_id=session_id)


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
    can = _can(found)
    if here is not None and here.row is None and can["check_in"]:
        service.note_identity_shown(here.booking.candidate_id, actor())
    number = examiner_number(found)
    return render_template(
        "invigilation/session.html",
        session=found,
        people=people,
        open=here,
        examiner=number,
        can=can,
        silent=_silent(found, here),
        dialect_names=dialect_names(language()),
    )


def _silent(found: Sitting, line: roster.Booked | None) -> int:
    """How many texts of the open candidate's audio paper are silent: told before the check-in, which would be refused."""
    if line is None or not line.booking.dialect or line.row is not None:
        return 0
    booking, policy = line.booking, policy_of(found.day)
    return audio_papers.silent_for(
        booking.subject, booking.licence_class, line.booking.dialect, policy, found.release_id
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
        return to("session", done, session_id=session_id)
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
    return to(
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
    return to("session", _("The session is yours. Check the candidates in."), session_id=session_id)


@invigilation.post("/sessions/<session_id>/candidates/<candidate_id>/check-in")
@staff(Act.RUN_SESSION)
def check_in(session_id: str, candidate_id: str) -> str:
    """核验签到: the page shows the seat and, once and never again, the code; it prints as the admission slip."""
    return admission_slip(session_id, candidate_id, service.check_in(session_id, candidate_id, actor()))


@invigilation.post("/sessions/<session_id>/candidates/<candidate_id>/refuse")
@staff(Act.RUN_SESSION)
def refuse_identity(session_id: str, candidate_id: str) -> Reply:
    """Document and person do not match: no check-in, with the reason."""
    service.refuse_identity(session_id, candidate_id, reason(), actor())
    done = _("Not checked in. The reason is recorded.")
    return to("session", done, session_id=session_id, candidate=candidate_id)


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
    return {attempt_id: _who_sits(attempt_id) for attempt_id in {one.attempt_id for one in asked}}


def _who_sits(attempt_id: str) -> tuple[str, str]:
    candidate = entering.booking(facts.candidate_of(attempt_id))
    return seating.seat_of(attempt_id), person(candidate.person_id).name


@invigilation.post("/requests/<request_id>/grant")
@staff(Act.DECIDE)
def grant(request_id: str) -> Reply:
    """The second signature."""
    second_person.decide(request_id, True, reason(), actor())
    return to("requests", _("Granted and signed."))


@invigilation.post("/requests/<request_id>/refuse")
@staff(Act.DECIDE)
def refuse(request_id: str) -> Reply:
    """No, with the reason."""
    second_person.decide(request_id, False, reason(), actor())
    return to("requests", _("Refused. The examiner sees the reason."))
