"""What the terminal's page is handed: who sits here, the rules of the paper, where the page goes on."""

from typing import Any

from ..accounts import logins
from ..accounts.logins import Login
from ..accounts.service import installation, person
from ..domain.seats import seat_mark
from ..web.cookies import read_cookie
from ..web.errors import message
from ..web.language import is_draft, text
from . import entering, holding, seating
from .form import Form, form_of

SUBJECTS = {"subject1": "Subject 1", "subject3": "Subject 3 theory"}
NO_EXAM = message("Try-out paper · no exam")
REASONS = {
    "first": "First licence",
    "adding": "Adding a class",
    "restoration": "Restoration",
    "full_points": "12-point exam",
}


def login_here() -> Login | None:
    """The login of this browser's terminal."""
    token = read_cookie("seat")
    return logins.find(token) if token else None


def touch(login: Login) -> None:
    """Note that the terminal is there."""
    holding.note_contact(login)


def both(msgid: str) -> dict[str, str]:
    """A text in both languages of the terminal."""
    return {language: text(language, msgid) for language in ("zh", "bo")}


def page_of(attempt_id: str, login: Login) -> dict[str, Any]:
    """The page's data: see static/exam/terminal.js."""
    form = form_of(installation().site_id, attempt_id)
    candidate = entering.booking(form.candidate_id)
    return {
        "attempt": attempt_id,
        "csrf": login.csrf,
        "pulse": f"/exam/attempts/{attempt_id}/pulse",
        "language": candidate.language,
        "demonstration": installation().is_demonstration,
        "drafts": is_draft("bo"),
        "candidate": shown(candidate, seating.seat_of(attempt_id), form),
        "rules": rules(form),
    }


def shown(candidate: entering.Booking, seat: str, form: Form) -> dict[str, Any]:
    """The candidate panel (words.md)."""
    mark, known = seat_mark(seat), person(candidate.person_id)
    subject = NO_EXAM if form.paper.blueprint.demonstration else SUBJECTS[candidate.subject]
    return {
        "name": known.name,
        "name_bo": known.name_bo,
        "seat": seat,
        "colour": mark.colour,
        "animal": both(mark.animal),
        "reason": both(REASONS.get(candidate.reason, candidate.reason)),
        "subject": both(subject),
        "licence_class": candidate.licence_class,
    }


def rules(form: Form) -> dict[str, int]:
    """What the ready page says of the paper."""
    blueprint = form.paper.blueprint
    return {
        "questions": blueprint.questions,
        "minutes": blueprint.minutes,
        "pass_mark": blueprint.pass_mark,
        "full_mark": blueprint.points * blueprint.questions,
    }
