"""The history of one question: every version with what it changed."""

from flask import render_template

from ..domain.access import Act
from ..web.guard import staff
from . import checks, history, names
from .history_words import reason_of, title_of, told
from .views import desk, words


@desk.context_processor
def history_words() -> dict[str, object]:
    """For every page of the desk that shows a difference."""
    return {"told": told, "title_of": title_of, "reason_of": reason_of}


@desk.get("/questions/<question_id>/history")
@staff(Act.SEE_BANK)
def past(question_id: str) -> str:
    """Every version with what it changed, the newest first."""
    found = checks.workshop().question(question_id)
    versions = history.versions(question_id)
    before = [*(version.block for version in versions[1:]), ""][: len(versions)]
    now_differs = bool(versions) and versions[0].block != found.block
    return render_template(
        "desk/history.html",
        question=found.question,
        steps=[
            (version, history.difference(older, version.block)) for version, older in zip(versions, before, strict=True)
        ],
        outside=history.difference(versions[0].block, found.block) if now_differs else [],
        name=names.name_of,
        **words(),
    )
