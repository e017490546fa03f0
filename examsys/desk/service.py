"""Work on questions at the desk: writing, translating, submitting, approving, retiring; four eyes and nobody's change lost."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..bank.normal import edited
from ..bank.yaml_source import Written
from ..clock import now
from ..db import here
from ..domain.access import Actor, Hand, check_four_eyes
from ..domain.bank import State, chinese_hash, source_hash, translation_hash
from ..domain.dates import beijing_day
from ..domain.desk import Deed, step
from ..domain.errors import RuleBroken
from . import checks, finding, history, names, pictures
from .shelf import block_hash

CHINESE = frozenset(
    {
        "kind",
        "families",
        "difficulty",
        "source",
        "twins",
        "enemies",
        "media",
        "stem",
        "options",
        "fixed_order",
        "key",
        "explanation",
    }
)
"""The fields that an author changes; a translator changes only the Tibetan within stem, options and explanation."""


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the question since this editor was opened: both versions are shown, nothing is written."""

    def __init__(self, mine: str, theirs: str) -> None:
        super().__init__("desk.changed_meanwhile")
        self.mine, self.theirs = mine, theirs


# -- writing -------------------------------------------------------------------------------------------------


def write(question_id: str, base: str, changes: Mapping[str, Any], actor: Actor) -> Written:
    """An author's change. `base` is the `block_hash` of what the editor showed. The question is a draft again, its approval gone.

    RuleBroken('bank.question_unknown', 'desk.unreadable', 'desk.wrong_state'), ChangedMeanwhile.
    """
    if not set(changes) <= CHINESE:
        raise RuleBroken("desk.unreadable", faults=sorted(set(changes) - CHINESE))
    author = names.of_actor(actor)

    def change(written: Written) -> str:
        state = step(Deed.WRITE, written.question.state)
        return edited(written.block, {**changes, "state": state.value, "author": author, "approval": None})

    return _do(question_id, Deed.WRITE, "zh", change, actor, base=base)


def translate(question_id: str, base: str, texts: Mapping[str, Any], actor: Actor) -> Written:
    """A translator's change: `texts` holds stem, options and explanation with both languages, of which only the Tibetan may differ.

    RuleBroken('desk.chinese_changed'), and as in `write`.
    """
    by = names.of_actor(actor)

    def change(written: Written) -> str:
        before = written.question.translations.get("bo")
        step(Deed.WRITE, State(before.state) if before else State.DRAFT)
        block = edited(written.block, texts)
        after = checks.workshop().read_again(written, block)
        if isinstance(after, Written) and chinese_hash(after.question) != chinese_hash(written.question):
            raise RuleBroken("desk.chinese_changed")
        stamp = {"state": State.DRAFT.value, "made_by": "person", "by": by, "of": source_hash(written.question)}
        return edited(block, {"translation": {"bo": stamp}})

    return _do(question_id, Deed.WRITE, "bo", change, actor, base=base)


def create(
    subject: str, chapter: str, drafts: Sequence[Mapping[str, Any]], actor: Actor, reason: str = ""
) -> list[Written]:
    """New questions at the end of a chapter, each a draft of this author; ids are the next free ones. RuleBroken('desk.unreadable')."""
    author, shop = names.of_actor(actor), checks.workshop()
    values = [{**draft, "state": State.DRAFT.value, "author": author} for draft in drafts]
    known = history.numbers() | finding.published_contents().keys()
    with shop.writing(), here().transaction():
        added = shop.take_all({(subject, chapter): values}, known=known)
        for written in added:
            history.keep(written.question.id, Deed.WRITE, "zh", written.block, reason, actor, here().current())
    return added


# -- the way over the desk -----------------------------------------------------------------------------------


def submit(question_id: str, language: str, actor: Actor) -> Written:
    """Hand a question ("zh") or its translation ("bo") to a reviewer. RuleBroken('desk.has_faults', 'desk.wrong_state')."""

    def change(written: Written) -> str:
        checks.check_sound(written, language)
        return _stepped(written, Deed.SUBMIT, language, "")

    return _do(question_id, Deed.SUBMIT, language, change, actor)


def approve(question_id: str, language: str, actor: Actor) -> Written:
    """A reviewer's yes, bound to the very words. RuleBroken('access.own_work', 'desk.has_faults', 'desk.wrong_state', 'desk.stale')."""
    by, day = names.of_actor(actor), beijing_day(now().wall)

    def change(written: Written) -> str:
        question = written.question
        checks.check_sound(written, language)
        if language == "zh":
            check_four_eyes(
                Hand.REVIEWER, by, {Hand.AUTHOR: names.persons(question.author) | pictures.writers(written, "zh")}
            )
            state = step(Deed.APPROVE, question.state)
            approval = {"by": by, "day": day, "text": chinese_hash(question)}
            return edited(written.block, {"state": state.value, "approval": approval})
        translation = _translation(written)
        if translation["of"] != source_hash(question):
            raise RuleBroken("desk.stale")
        check_four_eyes(
            Hand.REVIEWER, by, {Hand.TRANSLATOR: names.persons(translation.get("by")) | pictures.writers(written, "bo")}
        )
        state = step(Deed.APPROVE, State(translation["state"]))
        signed = {"state": state.value, "reviewed_by": by, "reviewed_on": day, "text": translation_hash(question, "bo")}
        return edited(written.block, {"translation": {"bo": {**translation, **signed}}})

    return _do(question_id, Deed.APPROVE, language, change, actor)


def give_back(question_id: str, language: str, reason: str, actor: Actor) -> Written:
    """Not approved, or no longer: back to who wrote it. RuleBroken('desk.reason_missing', 'desk.wrong_state')."""
    return _move(question_id, Deed.RETURN, language, reason, actor)


def retire(question_id: str, reason: str, actor: Actor) -> Written:
    """Out of the next release, kept for ever. RuleBroken('desk.reason_missing', 'desk.wrong_state')."""
    return _move(question_id, Deed.RETIRE, "zh", reason, actor)


def restore(question_id: str, reason: str, actor: Actor) -> Written:
    """A retired question is a draft again. RuleBroken('desk.reason_missing', 'desk.wrong_state')."""
    return _move(question_id, Deed.RESTORE, "zh", reason, actor)


def do(deed: Deed, question_id: str, language: str, reason: str, actor: Actor) -> Written:
    """One step of a question or translation by the name of the deed; RuleBroken as the deed's own function."""
    if deed is Deed.SUBMIT:
        return submit(question_id, language, actor)
    if deed is Deed.APPROVE:
        return approve(question_id, language, actor)
    return _move(question_id, deed, language, reason, actor)


def _move(question_id: str, deed: Deed, language: str, reason: str, actor: Actor) -> Written:
    def change(written: Written) -> str:
        return _stepped(written, deed, language, reason)

    return _do(question_id, deed, language, change, actor, reason=reason)


def _stepped(written: Written, deed: Deed, language: str, reason: str) -> str:
    """The block one step on; what was approved is no longer."""
    if language == "zh":
        state = step(deed, written.question.state, reason)
        return edited(written.block, {"state": state.value, "approval": None})
    translation = _translation(written)
    state = step(deed, State(translation["state"]), reason)
    unsigned = {
        name: value for name, value in translation.items() if name not in ("reviewed_by", "reviewed_on", "text")
    }
    return edited(written.block, {"translation": {"bo": {**unsigned, "state": state.value}}})


def _translation(written: Written) -> dict[str, Any]:
    """The translation's stamp as it is written; RuleBroken('desk.no_translation')."""
    part = written.part.translation.get("bo")
    if part is None:
        raise RuleBroken("desk.no_translation")
    return {**part.model_dump(exclude_none=True), "state": part.state.value}


def _do(
    question_id: str,
    deed: Deed,
    language: str,
    change: Callable[[Written], str],
    actor: Actor,
    *,
    base: str | None = None,
    reason: str = "",
) -> Written:
    """One deed: file, version and entry together; the version is undone with the transaction if the file cannot be written."""
    shop = checks.workshop()
    with shop.writing(), here().transaction():
        written = shop.question(question_id)
        block = change(written)
        if base is not None and base != block_hash(written.block):
            raise ChangedMeanwhile(block, written.block)
        raw = here().current()
        history.keep_first(question_id, written.block, raw)
        history.keep(question_id, deed, language, block, reason, actor, raw)
        return shop.replace(question_id, block)
