"""The editor of one question: both languages side by side, the terminal's picture, checks as one types, the way over the desk, history."""

from typing import Any, Final

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..bank.words import CHAPTERS, SUBJECTS
from ..bank.yaml_source import Written
from ..domain.access import Act, may
from ..domain.bank import State
from ..domain.desk import WAYS, may_step
from ..domain.errors import RuleBroken
from ..domain.spoken import spoken_texts
from ..web.errors import problem_of
from ..web.guard import actor, staff
from ..web.language import _
from . import checks, coverage, fault_words, finding, history, service, sheet, terms
from .booth_views import spoken_words
from .shelf import block_hash
from .views import BULK, desk, words

FIELDS: Final = (("stem", "zh"), ("stem", "bo"), ("explanation", "zh"), ("explanation", "bo"))


@desk.get("/questions/<question_id>")
@staff(Act.SEE_BANK)
def question(question_id: str) -> str:
    """The editor; what the actor's post may not change is there to read."""
    written = checks.workshop().question(question_id)
    return _page(written, sheet.values(written.part))


def _page(written: Written, values: dict[str, Any], **more: Any) -> str:
    faults = checks.faults(written)
    return render_template(
        "desk/question.html",
        written=written,
        question=written.question,
        item=finding.item_of(written, finding.published_contents()),
        base=block_hash(written.block),
        values=values,
        faults=[fault_words.told(written, fault) for fault in faults],
        steps=_steps(written),
        remarks=history.remarks(written.question.id),
        versions=len(history.versions(written.question.id)),
        terms=terms.in_texts(written),
        media=sorted(checks.workshop().bank.media),
        recordings=coverage.of_question(written),
        heard=any(text.recordings for text in spoken_texts(written.question)),
        **more,
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
    changes = sheet.changed(sheet.chinese(request.form, written.part), written)
    if not changes:
        flash(_("Nothing was changed."))
        return redirect(url_for("desk.question", question_id=question_id))
    return _save(written, lambda base: service.write(question_id, base, changes, actor()))


@desk.post("/questions/<question_id>/translate")
@staff(Act.TRANSLATE_QUESTIONS)
def translate(question_id: str) -> Reply | str | tuple[str, int]:
    """A translator's change; saving it as it is says that the Tibetan still fits a changed Chinese."""
    written = checks.workshop().question(question_id)
    texts = sheet.tibetan(request.form, written)
    return _save(written, lambda base: service.translate(question_id, base, texts, actor()))


def _save(written: Written, save: Any) -> Reply | str | tuple[str, int]:
    try:
        save(request.form.get("base", ""))
    except service.ChangedMeanwhile as meanwhile:
        return _both(written, meanwhile), 409
    except RuleBroken as broken:
        status, _key, msgid = problem_of(broken)
        typed = _typed(written)
        return _page(written, typed, problem=_(msgid, **broken.facts), problem_faults=reasons(broken)), status
    flash(_("Saved."), "fine")
    return redirect(url_for("desk.question", question_id=written.question.id))


def _typed(written: Written) -> dict[str, Any]:
    """What stands in the sheet that was sent, so that nobody types it twice."""
    values = sheet.values(written.part)
    for name, language in FIELDS:
        values[name][language] = request.form.get(f"{name}.{language}", values[name][language])
    for letter in sheet.LETTERS:
        row = values["options"].setdefault(letter, {"zh": "", "bo": "", "picture": ""})
        for one in row:
            row[one] = request.form.get(f"option.{letter}.{one}", row[one])
    for name in ("kind", "difficulty", "twins", "enemies", "media"):
        values[name] = request.form.get(name, values[name])
    return values


def _both(written: Written, meanwhile: service.ChangedMeanwhile) -> str:
    """Somebody else was faster: their version, what mine would make of it, and what differs."""
    return render_template(
        "desk/both.html",
        question=written.question,
        changes=history.difference(meanwhile.theirs, meanwhile.mine),
        base=block_hash(meanwhile.theirs),
        form=request.form,
        address=request.path,
        last=next(iter(history.versions(written.question.id)), None),
        **words(),
    )


@desk.post("/questions/<question_id>/step")
@staff(Act.SEE_BANK)
def step(question_id: str) -> Reply:
    """Submit, approve, return, retire or restore."""
    name = request.form.get("act", "")
    if name not in BULK:
        raise RuleBroken("desk.no_such_act")
    if not may(actor().role, BULK[name][3]):
        raise RuleBroken("access.role")
    label, deed, language, _act = BULK[name]
    try:
        service.do(deed, question_id, language, request.form.get("reason", "").strip(), actor())
        flash(f"{_(label)}: {question_id}", "fine")
    except RuleBroken as broken:
        flash(_(problem_of(broken)[2], **broken.facts), "alarm")
        for fault in reasons(broken)[:10]:
            flash(str(fault), "attention")
    return redirect(url_for("desk.question", question_id=question_id))


def reasons(broken: RuleBroken) -> list[str]:
    """What a refusal names one by one."""
    found = broken.facts.get("faults", ())
    return [str(one) for one in found] if isinstance(found, list | tuple) else []


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
    return _new_page()


@desk.post("/new")
@staff(Act.WRITE_QUESTIONS)
def make() -> Reply | tuple[str, int]:
    """A new question at the end of its chapter."""
    try:
        (made,) = service.create(*chapter_of_form(), [sheet.chinese(request.form)], actor())
    except RuleBroken as broken:
        status, _key, msgid = problem_of(broken)
        return _new_page(problem=_(msgid, **broken.facts), problem_faults=reasons(broken)), status
    flash(
        _("Question %(number)s was written: a translator will find it under “to translate”.", number=made.question.id),
        "fine",
    )
    return redirect(url_for("desk.question", question_id=made.question.id))


def _new_page(**more: Any) -> str:
    return render_template(
        "desk/new.html", form=request.values, media=sorted(checks.workshop().bank.media), **more, **words()
    )


def chapter_of_form() -> tuple[str, str]:
    """Subject and chapter of the sheet; RuleBroken('desk.unreadable') for those that the outline does not have."""
    subject, chapter = request.values.get("subject", ""), request.values.get("chapter", "")
    if subject not in SUBJECTS or chapter not in CHAPTERS:
        raise RuleBroken("desk.unreadable", faults=["subject, chapter"])
    return subject, chapter
