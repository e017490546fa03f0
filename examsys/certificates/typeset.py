"""Sets a paper's facts as HTML: the texts in both languages, the rows of the sheet, the QR."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from flask import current_app

from ..domain.certificate import Kind, SheetFacts, Sitting
from ..domain.dates import BEIJING, date_text
from ..exam.terminal import REASONS, SUBJECTS
from ..web.errors import message
from ..web.language import text

Both = tuple[str, str]  # Tibetan, Chinese: the order on paper
TEMPLATES = {Kind.ARCHIVE: "certificates/sheet.html", Kind.SLIP: "certificates/slip.html"}
STYLE = "certificates/paper.css"
MASK = 2  # signed data look like chance, so any mask does; trying all eight takes longer than the rest of the code
TONGUES = {"bo": message("Tibetan"), "zh": message("Chinese"), "both": message("Tibetan and Chinese")}
LABELS = {
    "result": message("Result"),
    "date": message("Date"),
    "time": message("Start and end"),
    "seat": message("Seat"),
    "languages": message("Languages used"),
    "paper": message("Paper number"),
    "release": message("Release of the question bank"),
    "examiner": message("Post number of the examiner"),
}
NEXT = {
    "provisional": message("This result is provisional until the supervision post has signed too."),
    "demonstration": message("This was a demonstration: it counts for nothing."),
    "makeup": message("You may sit one make-up exam under this booking: tell the examiner now."),
    "book_again": message("This booking has ended. Please book again."),
    "book_after": message("This booking has ended. Please book again after %(days)s days."),
    "subject1": message("Your learning permit is issued within 1 working day."),
    "subject3": message("When all subjects are passed: safety education and oath, then the licence is issued on the same day."),
    "restoration": message("Go to the acceptance window: your right to drive is restored there."),
    "full_points": message("Go to the acceptance window with your licence: your points are cleared there."),
    "sign": message("Sign the score sheet before you leave."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the sittings' table: a text in both languages, or one that needs none."""

    plain: str = "—"
    texts: Both | None = None
    look: str = ""


def page_of(facts: SheetFacts, statement: str) -> str:
    """The HTML of a paper."""
    words = {
        "subject": both(SUBJECTS[facts.subject]),
        "reason": both(REASONS.get(facts.reason, facts.reason)),
        "day": day_of(facts.newest.outcome.day),
        "rows": _rows(facts),
        "next": [both(msgid, **found) for msgid, found in next_steps(facts)],
    }
    template = current_app.jinja_env.get_template(TEMPLATES[facts.kind])  # a paper needs nothing of a page's context
    return template.render(facts=facts, words=words, statement=statement, qr=qr_of(statement))


def qr_of(statement: str) -> str:
    """The QR as a PNG address: level M, the quiet zone of four that scanners ask for, four dots a module (250 dpi as printed)."""
    code = segno.make(statement, error="m", micro=False, boost_error=False, mask=MASK)
    address: str = code.png_data_uri(border=4, scale=4)
    return address


def both(msgid: str, **found: object) -> Both:
    """A text in both languages."""
    return text("bo", msgid, **found), text("zh", msgid, **found)


def day_of(day: str) -> Both:
    """A day in both languages."""
    return date_text(date.fromisoformat(day), "bo"), date_text(date.fromisoformat(day), "zh")


def clock_of(instant: str | None) -> str:
    """The time of day of an instant, in Beijing; a dash where there is none."""
    return f"{datetime.fromisoformat(instant).astimezone(BEIJING):%H:%M:%S}" if instant else "—"


def _rows(facts: SheetFacts) -> list[tuple[Both, list[Cell]]]:
    """The table of sittings: a row a fact, first exam and make-up beside each other."""
    first, second = (
        next((sitting for sitting in facts.sittings if sitting.number == number), None) for number in (1, 2)
    )
    shown: dict[str, Callable[[Sitting], Cell]] = {
        "result": lambda sitting: Cell(texts=_result(sitting), look="points"),
        "date": lambda sitting: Cell(texts=day_of(sitting.outcome.day), look="short"),
        "time": lambda sitting: Cell(f"{clock_of(sitting.started_at)} – {clock_of(sitting.ended_at)}"),
        "seat": lambda sitting: Cell(sitting.seat),
        "languages": lambda sitting: Cell(texts=_tongues(sitting)) if sitting.languages else Cell(),
        "paper": lambda sitting: Cell(sitting.paper, look="mono"),
        "release": lambda sitting: Cell(sitting.release),
        "examiner": lambda sitting: Cell(sitting.examiner, look="mono"),
    }
    return [
        (both(LABELS[name]), [cell(sitting) if sitting else Cell() for sitting in (first, second)])
        for name, cell in shown.items()
    ]


def _result(sitting: Sitting) -> Both:
    outcome = sitting.outcome
    word = "Passed" if outcome.passed else "Not passed"
    note = "%(points)s points, %(word)s, regraded" if sitting.regraded else "%(points)s points, %(word)s"
    bo, zh = both(word)
    return text("bo", note, points=outcome.score, word=bo), text("zh", note, points=outcome.score, word=zh)


def _tongues(sitting: Sitting) -> Both:
    named = [both(TONGUES[language]) for language in sitting.languages]
    return " → ".join(bo for bo, _ in named), " → ".join(zh for _, zh in named)


def next_steps(facts: SheetFacts) -> list[tuple[str, dict[str, Any]]]:
    """What the slip says comes next, as message ids with what they name (Order 162 Arts. 40, 47, 60, 79)."""
    if facts.practice_paper:
        return [(NEXT["demonstration"], {})]
    steps: list[tuple[str, dict[str, Any]]] = [(NEXT["provisional"], {})] if facts.provisional else []
    if facts.newest.outcome.passed:
        steps.append((NEXT[facts.reason if facts.reason in ("restoration", "full_points") else facts.subject], {}))
    elif facts.newest.number == 1:
        steps.append((NEXT["makeup"], {}))
    elif facts.rebook_days:
        steps.append((NEXT["book_after"], {"days": facts.rebook_days}))
    else:
        steps.append((NEXT["book_again"], {}))
    return [*steps, (NEXT["sign"], {})]
