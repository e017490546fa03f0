"""What the pages of the exam room share: their blueprint, the words that templates use, the way on to the next page."""

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..accounts.service import person
from ..domain.access import Act, may
from ..domain.dates import BEIJING
from ..domain.identity import mask_id_number
from ..domain.seats import seat_mark
from ..exam import entering
from ..web.guard import actor
from . import roster, service, words
from .sessions import room_names, sitting

invigilation = Blueprint("invigilation", __name__, url_prefix="/invigilation")


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


def to(endpoint: str, done: str | None = None, **values: Any) -> Reply:
    """On to another page, with a line that says what was done."""
    if done:
        flash(done, "fine")
    return redirect(url_for(f"invigilation.{endpoint}", **values), 303)


def reason() -> str:
    """The reason that was sent with an act."""
    return request.form.get("reason", "")


def admission_slip(session_id: str, candidate_id: str, admission: service.Admission) -> str:
    """The page that shows a code, once and never again; it prints as the admission slip."""
    found, booking = sitting(session_id), entering.booking(candidate_id)
    return render_template(
        "invigilation/admission.html",
        session=found,
        admission=admission,
        mark=seat_mark(admission.seat),
        booking=booking,
        candidate=person(booking.person_id),
        room_names=room_names(found.room_id),
        left=sum(1 for line in roster.booked(session_id) if line.attempt_id is None),
    )
