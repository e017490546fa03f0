"""The editor of one question: both languages side by side, the terminal's picture, checks as one types, the way over the desk, history."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Reply

from ..bank.report import Fault
from ..bank.words import FAMILIES, OUTLINE
from ..bank.yaml_source import Written
from ..domain.access import Act, may
from ..domain.bank import Kind, State, source_hash
from ..domain.desk import WAYS, may_step
from ..domain.errors import RuleBroken
from ..domain.spoken import spoken_texts
from ..domain.tibetan import Level
from ..web.errors import problem_of
from ..web.guard import actor, staff
from ..web.language import _
from . import checks, coverage, fault_words, finding, history, service, sheet, terms
from .booth_views import spoken_words
from .shelf import block_hash
from .views import BULK, act_of_form, desk, words


@desk.get("/questions/<question_id>")
@staff(Act.SEE_BANK)
def question(question_id: str) -> str:
    """The editor; what the actor's post may not change is there to read."""
    written = checks.workshop().question(question_id)
    return _page(written, sheet.values(written.part))


def _page(written: Written, values: dict[str, Any], **more: Any) -> str:
    """The sheet with these values. `marked`: what stands at the fields, here what is wrong with the question as it is kept."""
    faults = fault_words.told(written, checks.faults(written))
    errors = [fault for fault in faults if fault["level"] == Level.ERROR]
    return render_template(
        "desk/question.html",
        written=written,
        question=written.question,
        item=finding.Item(written, finding.published_contents()),
        values=values,
        account=actor().account,
        faults=faults,
        steps=_steps(written),
        remarks=history.remarks(written.question.id),
        versions=len(history.versions(written.question.id)),
        terms=terms.in_texts(written),
        media=sorted(checks.workshop().bank.media),
        recordings=coverage.of_question(written),
        heard=any(text.recordings for text in spoken_texts(written.question)),
        **{"base": block_hash(written.block), "made_from": source_hash(written.question), "marked": errors, **more},
        **spoken_words(),
    )


def _steps(written: Written) -> dict[str, tuple[str, bool]]:
    """What the actor may do next with this question: name of the act, its label, whether it wants a reason."""
    translation = written.part.translation.get("bo")
    states = {"zh": written.question.state, "bo": translation.state if translation else None}
    found = {}
    for name, (label, deed, language, act) in BULK.items():
        state = states[language]
        if state is not None and may(actor().role, act) and may_step(deed, State(state)):
            found[name] = label, WAYS[deed].reason
    return found


# -- changing ------------------------------------------------------------------------------------------------


@desk.post("/questions/<question_id>/write")
@staff(Act.WRITE_QUESTIONS)
def write(question_id: str) -> Reply | str | tuple[str, int]:
    """An author's change. What cannot be taken comes back with what was typed; two at once are shown both."""
    written = checks.workshop().question(question_id)
    changes = _mine(written, lambda one: sheet.chinese(request.form, one.part))
    typed = sheet.typed(request.form)
    return _save(written, changes, typed, lambda base: service.write(question_id, base, changes, actor()))


@desk.post("/questions/<question_id>/translate")
@staff(Act.TRANSLATE_QUESTIONS)
def translate(question_id: str) -> Reply | str | tuple[str, int]:
    """A translator's change; saving it as it is says that the Tibetan still fits a changed Chinese."""
    written = checks.workshop().question(question_id)
    texts = _mine(written, lambda one: sheet.tibetan(request.form, one))
    typed, seen = sheet.typed_tibetan(request.form, written.part), request.form.get("made_from", "")
    return _save(written, texts, typed, lambda base: service.translate(question_id, base, texts, actor(), seen))


def _mine(written: Written, made: Callable[[Written], dict[str, Any]]) -> dict[str, Any]:
    """Of the fields that the sheet makes of a question, those that were changed since it was opened: the others are left as somebody else made them.

    Where the question as it was opened is not known any more, those that differ from what stands there now.
    """
    first = request.form.get("opened") or request.form.get("base", "")
    block = history.block_of(written.question.id, first) if first != block_hash(written.block) else None
    opened = checks.workshop().read_again(written, block) if block else written
    opened = opened if isinstance(opened, Written) else written
    now = made(written)
    return {name: now[name] for name in sheet.changed(made(opened), opened) if name in now}


def _save(
    written: Written, changes: dict[str, Any], typed: dict[str, Any], save: Callable[[str], Written]
) -> Reply | str | tuple[str, int]:
    """`changes`: what was changed in the sheet; where it all stands there already it was saved before."""
    base = request.form.get("base", "")
    try:
        after = save(base)
    except service.ChangedMeanwhile as meanwhile:
        return _both(written, meanwhile), 409
    except RuleBroken as broken:
        status, _key, msgid = problem_of(broken)
        refused = fault_words.refusals(broken, written)
        seen = {"base": base, "made_from": request.form.get("made_from", ""), "unsaved": True}
        return _page(written, typed, problem=_(msgid, **broken.facts), refused=refused, marked=refused, **seen), status
    if changes or after.block != written.block:
        flash(_("Saved."), "fine")
    else:
        flash(_("Nothing was changed."))
    return redirect(url_for("desk.question", question_id=written.question.id))


def _both(written: Written, meanwhile: service.ChangedMeanwhile) -> str:
    """Somebody else was faster: what they changed, what mine would make of it, and whether I saw the Chinese that stands there."""
    seen = request.form.get("made_from") or source_hash(written.question)
    return render_template(
        "desk/both.html",
        question=written.question,
        theirs=history.difference(meanwhile.opened or "", meanwhile.theirs),
        changes=history.difference(meanwhile.theirs, meanwhile.mine),
        other_chinese=may(actor().role, Act.TRANSLATE_QUESTIONS) and seen != source_hash(written.question),
        base=block_hash(meanwhile.theirs),
        form=request.form,
        address=request.path,
        last=next(iter(history.versions(written.question.id)), None),
        **words(),
    )


@desk.post("/questions/<question_id>/step")
@staff(Act.SEE_BANK)
def step(question_id: str) -> Reply | tuple[str, int]:
    """Submit, approve, return, retire or restore; what keeps it from that is said on the page."""
    label, deed, language = act_of_form()
    try:
        service.do(deed, question_id, language, request.form.get("reason", "").strip(), actor())
    except RuleBroken as broken:
        written = checks.workshop().question(question_id)
        status, _key, msgid = problem_of(broken)
        refused = fault_words.refusals(broken, written)
        return _page(written, sheet.values(written.part), problem=_(msgid, **broken.facts), refused=refused), status
    flash(f"{_(label)}: {question_id}", "fine")
    return redirect(url_for("desk.question", question_id=question_id))


@desk.post("/questions/<question_id>/remark")
@staff(Act.SEE_BANK)
def remark(question_id: str) -> Reply:
    """Say something about a question."""
    checks.workshop().question(question_id)
    said = request.form.get("words", "").strip()
    if said:
        history.remark(question_id, said, actor())
    return redirect(url_for("desk.question", question_id=question_id) + "#remarks")


# -- new questions -------------------------------------------------------------------------------------------


@desk.get("/new")
@staff(Act.WRITE_QUESTIONS)
def new() -> str:
    """An empty sheet."""
    return _new_page(
        sheet.typed(
            MultiDict([("kind", Kind.SINGLE.value), ("difficulty", "2"), *(("families", name) for name in FAMILIES)])
        )
    )


@desk.post("/new")
@staff(Act.WRITE_QUESTIONS)
def make() -> Reply | tuple[str, int]:
    """A new question at the end of its chapter."""
    try:
        (made,) = service.create(*chapter_of_form(), [sheet.chinese(request.form)], actor())
    except RuleBroken as broken:
        status, _key, msgid = problem_of(broken)
        refused = fault_words.refusals(broken)
        said = _(msgid, **broken.facts)
        return _new_page(sheet.typed(request.form), problem=said, refused=refused, unsaved=True), status
    flash(
        _("Question %(number)s was written: a translator will find it under “to translate”.", number=made.question.id),
        "fine",
    )
    return redirect(url_for("desk.question", question_id=made.question.id))


def _new_page(values: dict[str, Any], refused: Sequence[dict[str, str]] = (), **more: Any) -> str:
    """The sheet of a question that is not there yet; what is wrong stands at its fields."""
    return render_template(
        "desk/new.html",
        values=values,
        refused=refused,
        marked=refused,
        outline=OUTLINE,
        chosen=(request.values.get("subject", ""), request.values.get("chapter", "")),
        media=sorted(checks.workshop().bank.media),
        account=actor().account,
        **more,
        **words(),
    )


def chapter_of_form() -> tuple[str, str]:
    """Subject and chapter of the sheet; RuleBroken('desk.unreadable') for those that the outline does not have together."""
    subject, chapter = request.values.get("subject", ""), request.values.get("chapter", "")
    if chapter not in OUTLINE.get(subject, {}):
        fault = Fault("", 0, "", "QB02", Level.ERROR, "chapter.unknown")
        raise RuleBroken("desk.unreadable", faults=[fault])
    return subject, chapter
