"""Work on questions at the desk: writing, translating, submitting, approving, retiring; four eyes and nobody's change lost."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ..bank.normal import edited, normal
from ..bank.yaml_source import Written
from ..clock import now
from ..db import here
from ..domain.access import Actor, Hand, check_four_eyes
from ..domain.bank import State, chinese_hash, is_complete, source_hash, translation_hash
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
    """Somebody else changed the question since this editor was opened: both versions are shown, nothing is written.

    `opened`: the block that the editor showed, where it is still known.
    """

    def __init__(self, mine: str, theirs: str, opened: str | None) -> None:
        super().__init__("desk.changed_meanwhile")
        self.mine, self.theirs, self.opened = mine, theirs, opened


# -- writing -------------------------------------------------------------------------------------------------


def write(question_id: str, base: str, changes: Mapping[str, Any], actor: Actor) -> Written:
    """An author's change. `base` is the `block_hash` of what the editor showed. The question is a draft again, its approval gone;
    where nothing was changed it stays as it is.

    RuleBroken('bank.question_unknown', 'desk.unreadable', 'desk.wrong_state'), ChangedMeanwhile.
    """
    if not set(changes) <= CHINESE:
        raise RuleBroken("desk.unreadable", faults=sorted(set(changes) - CHINESE))
    author = names.of_actor(actor)

    def change(written: Written) -> str:
        if edited(written.block, changes) == normal(written.block):
            return written.block
        state = step(Deed.WRITE, written.question.state)
        return edited(written.block, {**changes, "state": state.value, "author": author, "approval": None})

    return _do(question_id, Deed.WRITE, "zh", change, actor, base=base)


def translate(question_id: str, base: str, texts: Mapping[str, Any], actor: Actor, of: str = "") -> Written:
    """A translator's change: `texts` holds stem, options and explanation with both languages, of which only the Tibetan may differ.

    `of` is the `source_hash` of the Chinese that the translator saw (default: as it stands); if that is an older one, the
    translation is out of date from the start. RuleBroken('desk.chinese_changed'), and as in `write`.
    """
    by = names.of_actor(actor)

    def change(written: Written) -> str:
        block = edited(written.block, texts)
        after = checks.workshop().read_again(written, block)
        if isinstance(after, Written) and chinese_hash(after.question) != chinese_hash(written.question):
            raise RuleBroken("desk.chinese_changed")
        seen = of or source_hash(written.question)
        same = isinstance(after, Written) and _tibetan(after) == _tibetan(written)
        return _fitting(written, seen, by) if same else _translated(written, block, seen, by)

    return _do(question_id, Deed.WRITE, "bo", change, actor, base=base)


def _tibetan(written: Written) -> str:
    return translation_hash(written.question, "bo")


def _translated(written: Written, block: str, of: str, by: str) -> str:
    """The block with the new Tibetan as this person's draft; whatever was read of the old words says nothing of these."""
    before = written.question.translations.get("bo")
    state = step(Deed.WRITE, State(before.state) if before else State.DRAFT)
    return edited(block, {"translation": {"bo": {"state": state.value, "made_by": "person", "by": by, "of": of}}})


def _fitting(written: Written, of: str, by: str) -> str:
    """The same Tibetan, said to fit this Chinese: who made it and how it was read back stays, an approval of the pair does not."""
    before = written.question.translations.get("bo")
    if before is None:
        return _translated(written, written.block, of, by) if is_complete(written.question, "bo") else written.block
    if before.of == of or of != source_hash(written.question):
        return written.block
    state = step(Deed.WRITE, State(before.state))
    return edited(written.block, {"translation": {"bo": {**_unsigned(written), "state": state.value, "of": of}}})


def create(
    subject: str, chapter: str, drafts: Sequence[Mapping[str, Any]], actor: Actor, reason: str = ""
) -> list[Written]:
    """New questions at the end of a chapter, each a draft of this author; ids are the next free ones. RuleBroken('desk.unreadable')."""
    author, shop = names.of_actor(actor), checks.workshop()
    values = [{**draft, "state": State.DRAFT.value, "author": author} for draft in drafts]
    known = history.numbers() | finding.published_contents().keys()
    with shop.writing():
        added = shop.take_all({(subject, chapter): values}, known=known)
        with here().transaction():
            for written in added:
                history.keep(written.question.id, Deed.WRITE, "zh", written.block, reason, actor, here().current())
    return added


# -- the way over the desk -----------------------------------------------------------------------------------


def submit(question_id: str, language: str, actor: Actor) -> Written:
    """Hand a question ("zh") or its translation ("bo") to a reviewer. RuleBroken('desk.has_faults', 'desk.wrong_state')."""
    return do(Deed.SUBMIT, question_id, language, "", actor)


def approve(question_id: str, language: str, actor: Actor) -> Written:
    """A reviewer's yes, bound to the very words. RuleBroken('access.own_work', 'desk.has_faults', 'desk.wrong_state', 'desk.stale')."""
    return do(Deed.APPROVE, question_id, language, "", actor)


def do(deed: Deed, question_id: str, language: str, reason: str, actor: Actor) -> Written:
    """One step of a question or translation; RuleBroken as in `change_of`."""
    return _do(question_id, deed, language, change_of(deed, language, reason, actor), actor, reason=reason)


def change_of(deed: Deed, language: str, reason: str, actor: Actor) -> Callable[[Written], str]:
    """What a step makes of a question's block. The change raises RuleBroken('desk.has_faults', 'desk.wrong_state',
    'desk.reason_missing', 'desk.no_translation', 'desk.stale', 'access.own_work').
    """
    if deed is Deed.APPROVE:
        by, day = names.of_actor(actor), beijing_day(now().wall)
        return lambda written: _approved(written, language, by, day)

    def change(written: Written) -> str:
        if deed is Deed.SUBMIT:
            checks.check_sound(written, language)
        return _stepped(written, deed, language, reason)

    return change


def _approved(written: Written, language: str, by: str, day: date) -> str:
    question = written.question
    checks.check_sound(written, language)
    if language == "zh":
        check_four_eyes(Hand.REVIEWER, by, {Hand.AUTHOR: _writers(written, question.author, "zh")})
        state = step(Deed.APPROVE, question.state)
        approval = {"by": by, "day": day, "text": chinese_hash(question)}
        return edited(written.block, {"state": state.value, "approval": approval})
    translation = _translation(written)
    if translation["of"] != source_hash(question):
        raise RuleBroken("desk.stale")
    check_four_eyes(Hand.REVIEWER, by, {Hand.TRANSLATOR: _writers(written, translation.get("by"), "bo")})
    state = step(Deed.APPROVE, State(translation["state"]))
    signed = {"state": state.value, "reviewed_by": by, "reviewed_on": day, "text": translation_hash(question, "bo")}
    return edited(written.block, {"translation": {"bo": {**translation, **signed}}})


def _writers(written: Written, last: str | None, language: str) -> frozenset[str]:
    """The persons who had a hand in what is to be approved: who stands in the file, who wrote since the last approval, whose the pictures' words are."""
    hands = (names.name_of(account) for account in history.hands(written.question.id, language))
    return pictures.writers(written, language).union(*map(names.persons, (last, *hands)))


def _stepped(written: Written, deed: Deed, language: str, reason: str) -> str:
    """The block one step on; what was approved is no longer."""
    if language == "zh":
        state = step(deed, written.question.state, reason)
        return edited(written.block, {"state": state.value, "approval": None})
    translation = _unsigned(written)
    state = step(deed, State(translation["state"]), reason)
    return edited(written.block, {"translation": {"bo": {**translation, "state": state.value}}})


def _translation(written: Written) -> dict[str, Any]:
    """The translation's stamp as it is written; RuleBroken('desk.no_translation')."""
    part = written.part.translation.get("bo")
    if part is None:
        raise RuleBroken("desk.no_translation")
    return {**part.model_dump(exclude_none=True), "state": part.state.value}


def _unsigned(written: Written) -> dict[str, Any]:
    """The same without its approval."""
    signed = ("reviewed_by", "reviewed_on", "text")
    return {name: value for name, value in _translation(written).items() if name not in signed}


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
    """One deed: file, version and entry together; the file is put back if the version cannot be kept. A change of nothing is no deed.

    All is read, checked and written before the database's turn is taken: nobody's answers wait for it.
    """
    shop = checks.workshop()
    with shop.writing():
        written = shop.question(question_id)
        block = change(written)
        if block == written.block:
            return written
        if base is not None and base != block_hash(written.block):
            opened = history.block_of(question_id, base)
            if opened is not None and _changes_nothing(written, opened, change):
                return written
            raise ChangedMeanwhile(block, written.block, opened)
        after = shop.replace(question_id, block)
        with here().transaction():
            raw = here().current()
            history.keep_first(question_id, written.block, raw)
            history.keep(question_id, deed, language, block, reason, actor, raw)
    return after


def _changes_nothing(written: Written, opened: str, change: Callable[[Written], str]) -> bool:
    """Whether a sheet came back as it was opened."""
    before = checks.workshop().read_again(written, opened)
    try:
        return isinstance(before, Written) and change(before) == opened
    except RuleBroken:
        return False
