"""The pictures of the working copy: looked through, taken in, described; and chosen from the editor."""

from typing import Any, Final

from flask import Response, abort, flash, jsonify, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Reply

from ..bank.formats.reasons import REASONS
from ..bank.languages import description_findings
from ..bank.schema import PICTURES
from ..domain.access import Act, may
from ..domain.bank import words_hash
from ..domain.desk import NO_DESCRIPTION
from ..domain.errors import RuleBroken
from ..web.errors import message, problem_of
from ..web.guard import actor, staff
from ..web.language import _
from . import checks, fault_words, pictures
from .fault_words import FAULTS
from .views import desk, page_of_address, words

ON_A_PAGE: Final = 60
LACKS: Final = {
    "zh": message("to be described"),
    "bo": message("Tibetan to be written"),
    "use": message("in no question"),
}


@desk.get("/media/", defaults={"path": ""})
@desk.get("/media/<path:path>")
@staff(Act.SEE_BANK)
def medium(path: str) -> Response:
    """A picture of the working copy."""
    found = pictures.find(path)
    if found is None:
        abort(404)
    return send_file(found, mimetype=PICTURES[found.suffix], conditional=True)


@desk.get("/pictures")
@staff(Act.SEE_BANK)
def gallery() -> str:
    """All pictures, or those that fit; with `choose` only the ones to press, for the editor."""
    asked = {name: request.args.get(name, "").strip()[:80] for name in ("text", "kind", "lacks")}
    found, page = pictures.gallery(**asked), page_of_address()
    page = min(page, max(0, (len(found) - 1) // ON_A_PAGE))
    return render_template(
        "desk/choose.html" if "choose" in request.args else "desk/pictures.html",
        asked=asked,
        found=found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE],
        total=len(found),
        page=page,
        pages=(len(found) + ON_A_PAGE - 1) // ON_A_PAGE,
        lacking=LACKS,
        told={},
        **words(),
    )


@desk.post("/pictures")
@staff(Act.WRITE_QUESTIONS)
def upload() -> Reply | Response | tuple[Response, int]:
    """Take a picture; the editor, which must not be left, asks for JSON and gets the path."""
    file = request.files.get("picture")
    to_editor = request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    try:
        path = pictures.keep(file.filename or "" if file else "", file.read() if file else b"", request.form, actor())
    except RuleBroken as broken:
        status, said = problem_of(broken)[0], _why(broken)
        if to_editor:
            return jsonify(problem=said), status
        flash(said, "alarm")
        return redirect(url_for("desk.gallery"))
    if to_editor:
        return jsonify(path=path)
    flash(_("Picture %(path)s was taken: a translator says in Tibetan what one sees.", path=path), "fine")
    return redirect(url_for("desk.picture", path=path))


@desk.get("/pictures/<path:path>")
@staff(Act.SEE_BANK)
def picture(path: str) -> str:
    """One picture with what it means, what one sees, and the questions that show it."""
    return _page(path)


@desk.post("/pictures/<path:path>")
@staff(Act.SEE_BANK)
def describe(path: str) -> Reply | tuple[str, int]:
    """What an author or a translator says of it; each only the own language."""
    role, base = actor().role, request.form.get("base", "")
    try:
        if may(role, Act.WRITE_QUESTIONS):
            pictures.describe(path, base, request.form, actor())
        elif may(role, Act.TRANSLATE_QUESTIONS):
            pictures.translate(path, base, request.form.get("alt.bo", ""), actor())
        else:
            raise RuleBroken("access.role")
    except RuleBroken as broken:
        status, key, _msgid = problem_of(broken)
        if key in ("desk.picture_unknown", "access.role"):
            raise
        return _page(path, _why(broken), request.form), status
    flash(_("Saved."), "fine")
    return redirect(url_for("desk.picture", path=path))


def _page(path: str, problem: str = "", form: Any = None) -> str:
    found = pictures.picture(path)
    alt, lexicon = found.part.alt, checks.lexicon()
    told = {"kind": found.part.kind, "shows": found.part.shows.zh, "alt.zh": alt.zh, "alt.bo": alt.bo}
    told |= {
        f"alt.{language}": ""
        for language, words in NO_DESCRIPTION.as_dict().items()
        if told[f"alt.{language}"] == words
    }
    return render_template(
        "desk/picture.html",
        picture=found,
        base=words_hash(alt.zh),
        told={name: (form or {}).get(name, value) for name, value in told.items()},
        faults=[]
        if found.lacks
        else [fault_words.of_picture(one) for one in description_findings(found.part, lexicon)],
        lacking=LACKS,
        problem=problem,
        **words(),
    )


def _why(broken: RuleBroken) -> str:
    """The refusal in words; what is wrong with the file itself has words of the import."""
    why = [
        f"{_(FAULTS[key])} {passage}".strip() if key in FAULTS else _(REASONS[key], name=name, text=passage)
        for name, key, passage in broken.facts.get("faults", ())  # type: ignore[attr-defined]
    ]
    return " ".join([_(problem_of(broken)[2], **broken.facts), *why])
