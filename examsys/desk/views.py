"""The desk's first pages: what is missing for which paper, the list of questions with bulk acts."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, current_app, render_template, request, url_for

from ..bank import service as bank
from ..bank.words import CHAPTERS, FAMILIES, KINDS, SUBJECTS, named
from ..domain.access import Act, may
from ..domain.dates import BEIJING
from ..domain.desk import Deed
from ..domain.errors import RuleBroken
from ..web.errors import message
from ..web.guard import actor, staff
from ..web.language import _
from . import checks, figures, figures_words, finding, names, queues
from .finding import Wanted

desk = Blueprint("desk", __name__, url_prefix="/desk")
ON_A_PAGE: Final = 40
LONGEST_FILTER: Final = 80
RESERVE: Final = 3  # how many times what a paper draws a cell should hold

STATES: Final[Mapping[str, str]] = {
    "draft": message("Draft"),
    "review": message("In review"),
    "approved": message("Approved"),
    "published": message("In the current release"),
    "retired": message("Retired"),
}
TIBETAN: Final[Mapping[str, str]] = {
    "none": message("No Tibetan"),
    "stale": message("Out of date: the Chinese was changed"),
    "draft": message("Draft translation"),
    "review": message("Translation in review"),
    "approved": message("Translation approved"),
    "published": message("In the current release"),
    "retired": message("Retired"),
}
LOOKS: Final[Mapping[str, str]] = {  # how a state looks: a class of .state
    "draft": "attention", "review": "quiet", "approved": "fine", "published": "fine", "retired": "quiet", "none": "alarm",
    "stale": "alarm",
}  # fmt: skip
DEEDS: Final[Mapping[str, str]] = {
    "write": message("Written"),
    "submit": message("Submitted"),
    "approve": message("Approved"),
    "return": message("Returned"),
    "retire": message("Retired"),
    "restore": message("Restored"),
    "record": message("Recorded"),
    "hear": message("Recording approved"),
    "silence": message("Recording sent back"),
}
FIELDS: Final[Mapping[str, str]] = {
    "kind": message("Kind"),
    "state": message("State"),
    "author": message("Author"),
    "approval": message("Approval"),
    "families": message("Licence classes"),
    "difficulty": message("Difficulty"),
    "source": message("Source"),
    "law": message("Law"),
    "article": message("Article"),
    "twins": message("Twins"),
    "enemies": message("Never on one paper with"),
    "media": message("Picture"),
    "picture": message("Picture"),
    "audio": message("Recording"),
    "translation": message("Translation"),
    "stem": message("Question"),
    "options": message("Option"),
    "fixed_order": message("fixed order of the options"),
    "key": message("The answer"),
    "explanation": message("Explanation"),
    "zh": message("Chinese"),
    "bo": message("Tibetan"),
    "made_by": message("made by"),
    "by": message("by"),
    "day": message("day"),
    "of": message("made from"),
    "language": message("Language"),
    "dialect": message("Dialect"),
    "file": message("File"),
    "speaker": message("Speaker"),
    "approved_by": message("approved by"),
    "reviewed_by": message("approved by"),
    "reviewed_on": message("approved on"),
    "read_back": message("Read back"),
    "agrees": message("same meaning"),
}
PICTURE_KINDS: Final[Mapping[str, str]] = {
    "sign": message("Road sign"),
    "marking": message("Road marking"),
    "signal": message("Traffic light"),
    "gesture": message("Police gesture"),
    "lamp": message("Dashboard lamp"),
    "scene": message("Road scene"),
    "part": message("Part of the vehicle"),
}
BULK: Final[Mapping[str, tuple[str, Deed, str, Act]]] = {  # name: label, deed, language, who may
    "submit-zh": (message("Submit to the reviewer"), Deed.SUBMIT, "zh", Act.WRITE_QUESTIONS),
    "submit-bo": (message("Submit the Tibetan"), Deed.SUBMIT, "bo", Act.TRANSLATE_QUESTIONS),
    "approve-zh": (message("Approve"), Deed.APPROVE, "zh", Act.REVIEW_QUESTIONS),
    "approve-bo": (message("Approve the Tibetan"), Deed.APPROVE, "bo", Act.REVIEW_TRANSLATIONS),
    "return-zh": (message("Return with a reason"), Deed.RETURN, "zh", Act.REVIEW_QUESTIONS),
    "return-bo": (message("Return the Tibetan with a reason"), Deed.RETURN, "bo", Act.REVIEW_TRANSLATIONS),
    "retire-zh": (message("Retire with a reason"), Deed.RETIRE, "zh", Act.REVIEW_QUESTIONS),
    "restore-zh": (message("Restore with a reason"), Deed.RESTORE, "zh", Act.REVIEW_QUESTIONS),
}


def words() -> dict[str, Any]:
    """How the desk's pages name things, and what the actor may do."""
    return {
        "subjects": SUBJECTS, "kinds": KINDS, "families": FAMILIES, "chapters": CHAPTERS, "named": named,
        "states": STATES, "tibetan": TIBETAN, "tibetan_states": TIBETAN, "looks": LOOKS, "deeds": DEEDS,
        "picture_kinds": PICTURE_KINDS, "name_of": names.name_of, "when": when, "field_word": field_word,
        "said": figures_words, "behaviours": figures.behaviours, "may_do": lambda act: may(actor().role, Act(act)),
        "has_page": lambda endpoint: endpoint in current_app.view_functions,
    }  # fmt: skip


def when(at: str) -> str:
    """A moment of the log as the office reads it: Beijing time."""
    return datetime.fromisoformat(at).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def field_word(field: str) -> str:
    """What a field of a difference is called: its parts one by one, those without a word as they are."""
    parts = field.split(".")
    return " · ".join(_(FIELDS[part]) if part in FIELDS else part.upper() if len(part) == 1 else part for part in parts)


# -- the board -----------------------------------------------------------------------------------------------


@desk.get("/")
@staff(Act.SEE_BANK)
def board() -> str:
    """What is missing for which paper, and what waits for whom."""
    items = finding.find(Wanted())
    family = request.args.get("family", "car")
    family = family if family in FAMILIES else "car"
    papers = [paper for paper in bank.blueprints() if paper.family == family and not paper.demonstration]
    states, tibetan_states = finding.totals(items)
    return render_template(
        "desk/board.html",
        whole=len(items),
        family=family,
        tables=[(paper, _in_order(finding.cells(paper, items))) for paper in papers],
        counts=states,
        tibetan_counts=tibetan_states,
        reserve=RESERVE,
        open=queues.waiting(items, actor().role),
        **words(),
    )


# -- the list ------------------------------------------------------------------------------------------------


@desk.get("/questions")
@staff(Act.SEE_BANK)
def questions() -> str:
    """The questions that fit the filters, with acts for the ticked ones."""
    wanted, page = wanted_of_address(), page_of_address()
    found = finding.find(wanted)
    page = min(page, max(0, (len(found) - 1) // ON_A_PAGE))
    role = actor().role
    return render_template(
        "desk/questions.html",
        wanted=wanted,
        filtered=any(getattr(wanted, one.name) for one in fields(Wanted)),
        found=found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE],
        total=len(found),
        whole=len(checks.workshop().questions()),
        bulk={name: label for name, (label, _deed, _language, act) in BULK.items() if may(role, act)},
        kept={name: value for name, value in request.args.items() if value and name != "lang"},
        earlier=_at(page - 1) if page else None,
        later=_at(page + 1) if (page + 1) * ON_A_PAGE < len(found) else None,
        **words(),
    )


def act_of_form() -> tuple[str, Deed, str]:
    """The act that was pressed: its label, the deed and the language. RuleBroken('desk.no_such_act', 'access.role')."""
    name = request.form.get("act", "")
    if name not in BULK:
        raise RuleBroken("desk.no_such_act")
    label, deed, language, act = BULK[name]
    if not may(actor().role, act):
        raise RuleBroken("access.role")
    return label, deed, language


# -- reading the address -------------------------------------------------------------------------------------


def wanted_of_address() -> Wanted:
    """The filters of the list, as the address has them."""
    asked = {one.name: request.args.get(one.name, "").strip()[:LONGEST_FILTER] for one in fields(Wanted)}
    return Wanted(**asked)


def page_of_address() -> int:
    """Which page of a list is asked for, from 0."""
    asked = request.args.get("page", "0")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _at(page: int) -> str:
    """The address of another page of the same list."""
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if value and name not in ("page", "lang")
    }
    return url_for("desk.questions", **kept, page=page)


def _in_order(table: dict[str, Any]) -> dict[str, Any]:
    """Chapters as the outline of the exam lists them; one that has no name here comes last."""
    names = list(CHAPTERS)
    return dict(sorted(table.items(), key=lambda row: names.index(row[0]) if row[0] in names else len(names)))
