"""The question bank as staff read it: the list with what papers need of it, and one question with both its languages."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from flask import Blueprint, render_template, request, url_for

from ..domain.access import Act
from ..domain.bank import Question, is_released, is_stale
from ..web.errors import message
from ..web.guard import staff
from . import listing, service
from .words import CHAPTERS, FAMILIES, KINDS, SUBJECTS, named

bank = Blueprint("bank", __name__, url_prefix="/bank")
ON_A_PAGE: Final = 40
LONGEST_FILTER: Final = 60
RESERVE: Final = 3  # what a cell should have of what a paper draws, as `bank check` has it

RELEASED: Final = "approved"  # by a named reviewer, these very words

STATES: Final[Mapping[str, str]] = {
    "draft": message("Tibetan draft translation (not released)"),
    "review": message("Tibetan in review, not released"),
    RELEASED: message("Tibetan released"),
    "stale": message("Tibetan out of date: the Chinese was changed"),
    "none": message("No Tibetan"),
}


WORDS: Final[Mapping[str, Any]] = {
    "subjects": SUBJECTS, "kinds": KINDS, "families": FAMILIES, "chapters": CHAPTERS, "states": STATES, "named": named,
}  # fmt: skip


@bank.get("/questions")
@staff(Act.SEE_BANK)
def questions() -> str:
    """The newest release: what papers need of each cell, and the questions that fit the filters."""
    release_id, number = service.newest_release()
    wanted = _wanted()
    found = listing.find(release_id, wanted)
    page = min(_page(), max(0, (len(found) - 1) // ON_A_PAGE))
    family = wanted.family or "car"
    papers = [
        blueprint for blueprint in service.blueprints() if blueprint.family == family and not blueprint.demonstration
    ]
    return render_template(
        "bank/questions.html",
        release=number,
        wanted=wanted,
        found=found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE],
        total=len(found),
        whole=len(service.questions_of(release_id)),
        tables=[(paper, _in_order(listing.counts(release_id, paper))) for paper in papers],
        family=family,
        reserve=RESERVE,
        state_of=state_of,
        earlier=_at(page - 1) if page else None,
        later=_at(page + 1) if (page + 1) * ON_A_PAGE < len(found) else None,
        withdrawn=service.withdrawn(),
        **WORDS,
    )


@bank.get("/questions/<question_id>")
@staff(Act.SEE_BANK)
def question(question_id: str) -> str:
    """One question: both languages side by side, picture, key, source, state and hash."""
    release_id, number = service.newest_release()
    found = service.question_of(release_id, question_id)
    return render_template(
        "bank/question.html",
        release=number,
        question=found,
        state=state_of(found),
        translation=found.translations.get("bo"),
        voided=found.content_hash in service.withdrawn(),
        **WORDS,
    )


def state_of(question: Question) -> str:
    """How far the Tibetan of a question has come: a name of STATES."""
    translation = question.translations.get("bo")
    if translation is None:
        return "draft" if question.stem.bo else "none"
    if is_stale(question, "bo"):
        return "stale"
    if translation.state == RELEASED:
        return RELEASED if is_released(question, "bo") else "review"
    return translation.state if translation.state in STATES else "draft"


def _in_order(table: listing.Counts) -> listing.Counts:
    """Chapters as the outline of the exam lists them; one that has no name here comes last."""
    names = list(CHAPTERS)
    return dict(sorted(table.items(), key=lambda row: names.index(row[0]) if row[0] in names else len(names)))


def _wanted() -> listing.Wanted:
    asked = {field.name: request.args.get(field.name, "").strip()[:LONGEST_FILTER] for field in fields(listing.Wanted)}
    return listing.Wanted(**asked)


def _page() -> int:
    asked = request.args.get("page", "0")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _at(page: int) -> str:
    """The address of another page of the same list."""
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if value and name not in ("page", "lang")
    }
    return url_for("bank.questions", **kept, page=page)
