"""What the editor asks as one types: checks, terms, the terminal's own picture."""

from typing import Any

from flask import Response, jsonify, render_template, request, url_for

from ..domain.access import Act, may
from ..web.guard import actor, staff
from . import checks, face, fault_words, sheet, terms
from .editor_views import chapter_of_form
from .views import desk


@desk.post("/questions/<question_id>/lint")
@staff(Act.SEE_BANK)
def lint(question_id: str) -> Response:
    """What the checks say of the sheet as it stands, the terminal's picture of it, and the terms of the glossary in it."""
    written = checks.workshop().question(question_id)
    if may(actor().role, Act.WRITE_QUESTIONS):
        changes = _with_tibetan(sheet.chinese(request.form, written.part), request.form)
    else:  # who may not change the Chinese, the key and the rest does not send them
        changes = sheet.tibetan(request.form, written)
    tried = checks.try_out(question_id, changes)
    return jsonify(_judged(tried))


@desk.post("/lint")
@staff(Act.WRITE_QUESTIONS)
def lint_new() -> Response:
    """The same for a question that is not there yet."""
    return jsonify(_judged(checks.try_new(*chapter_of_form(), sheet.chinese(request.form))))


def _with_tibetan(changes: dict[str, Any], form: sheet.Form) -> dict[str, Any]:
    """The sheet with the Tibetan as it is being typed."""
    for name in ("stem", "explanation"):
        changes[name] = sheet.text(form.get(f"{name}.zh", ""), form.get(f"{name}.bo", ""))
    for row in changes["options"] or ():
        row.pop("bo", None)
        words = sheet.line(form.get(f"option.{row['id']}.bo", ""))
        if words and "picture" not in row:
            row["bo"] = words
    return changes


def _judged(draft: checks.Draft) -> dict[str, Any]:
    written = draft.written
    return {
        "faults": fault_words.told(written, draft.faults),
        "face": face.face(written.question, url_for("desk.medium", path="")) if written else None,
        "terms": terms.in_texts(written) if written else [],
    }


@desk.get("/questions/<question_id>/screen")
@staff(Act.SEE_BANK)
def screen(question_id: str) -> str:
    """The terminal's own picture of the question, for the frame beside the sheet."""
    found = checks.workshop().question(question_id).question
    return render_template("desk/screen.html", face=face.face(found, url_for("desk.medium", path="")))


@desk.get("/screen")
@staff(Act.WRITE_QUESTIONS)
def empty_screen() -> str:
    """The same before there is a question."""
    return render_template("desk/screen.html", face=None)
