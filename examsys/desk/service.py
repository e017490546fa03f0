"""Work on questions at the desk: writing, translating, submitting, approving, retiring; four eyes and nobody's change lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..accounts.service import installation
from ..bank.check import DICTIONARY, faults_of
from ..bank.languages import lexicon_of
from ..bank.normal import edited, new_block
from ..bank.report import Fault
from ..bank.yaml_source import Written, read_lexicon
from ..clock import now
from ..db import here
from ..domain.access import Actor, Hand, check_four_eyes
from ..domain.bank import Question, State, chinese_hash, source_hash, translation_hash
from ..domain.dates import beijing_day
from ..domain.desk import Deed, step
from ..domain.errors import RuleBroken
from ..domain.tibetan import Level, Lexicon
from . import history, names
from .workshop import Workshop, block_hash, workshop_at

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


@dataclass(frozen=True, slots=True)
class Draft:
    """A question under work: as it would be, and what the checks say of it; `question` is None where it cannot even be read."""

    block: str
    question: Question | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether it may go to a reviewer."""
        return self.question is not None and not any(fault.level is Level.ERROR for fault in self.faults)


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the question since this editor was opened: both versions are shown, nothing is written."""

    def __init__(self, mine: str, theirs: str) -> None:
        super().__init__("desk.changed_meanwhile")
        self.mine, self.theirs = mine, theirs


def workshop() -> Workshop:
    """The workshop of this site."""
    return workshop_at(installation().settings.home / "bank")


# -- writing -------------------------------------------------------------------------------------------------


def try_out(question_id: str, changes: Mapping[str, Any]) -> Draft:
    """What a change would make of a question, for the checks while somebody types; nothing is written."""
    written = workshop().question(question_id)
    return _draft(written, edited(written.block, changes))


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
        after = workshop().read_again(written, block)
        if isinstance(after, Written) and chinese_hash(after.question) != chinese_hash(written.question):
            raise RuleBroken("desk.chinese_changed")
        stamp = {"state": State.DRAFT.value, "made_by": "person", "by": by, "of": source_hash(written.question)}
        return edited(block, {"translation": {"bo": stamp}})

    return _do(question_id, Deed.WRITE, "bo", change, actor, base=base)


def create(
    subject: str, chapter: str, drafts: Sequence[Mapping[str, Any]], actor: Actor, reason: str = ""
) -> list[Written]:
    """New questions at the end of a chapter, each a draft of this author; ids are the next free ones. RuleBroken('desk.unreadable')."""
    author, shop = names.of_actor(actor), workshop()
    prefix = f"s{subject[-1]}-{short_name(shop, subject, chapter)}-"

    def blocks(next_id: Callable[[str], str]) -> list[str]:
        return [
            new_block({**draft, "id": next_id(prefix), "state": State.DRAFT.value, "author": author})
            for draft in drafts
        ]

    with shop.writing(), here().transaction():
        added = shop.add(subject, chapter, blocks)
        for written in added:
            history.keep(written.question.id, Deed.WRITE, "zh", written.block, reason, actor, here().current())
    return added


def short_name(shop: Workshop, subject: str, chapter: str) -> str:
    """The middle of a chapter's ids: what most of its questions have, or the chapter's first word."""
    found = [
        written.question.id.split("-")[1]
        for written in shop.questions()
        if (written.question.subject, written.question.chapter) == (subject, chapter)
    ]
    return max(sorted(set(found)), key=found.count) if found else chapter.split("_")[0]


# -- the way over the desk -----------------------------------------------------------------------------------


def submit(question_id: str, language: str, actor: Actor) -> Written:
    """Hand a question ("zh") or its translation ("bo") to a reviewer. RuleBroken('desk.has_faults', 'desk.wrong_state')."""

    def change(written: Written) -> str:
        check_sound(written, language)
        return _stepped(written, Deed.SUBMIT, language, "")

    return _do(question_id, Deed.SUBMIT, language, change, actor)


def approve(question_id: str, language: str, actor: Actor) -> Written:
    """A reviewer's yes, bound to the very words. RuleBroken('access.own_work', 'desk.has_faults', 'desk.wrong_state', 'desk.stale')."""
    by, day = names.of_actor(actor), beijing_day(now().wall)

    def change(written: Written) -> str:
        question = written.question
        check_sound(written, language)
        if language == "zh":
            check_four_eyes(Hand.REVIEWER, by, {Hand.AUTHOR: names.persons(question.author)})
            state = step(Deed.APPROVE, question.state)
            approval = {"by": by, "day": day, "text": chinese_hash(question)}
            return edited(written.block, {"state": state.value, "approval": approval})
        translation = _translation(written)
        if translation["of"] != source_hash(question):
            raise RuleBroken("desk.stale")
        check_four_eyes(Hand.REVIEWER, by, {Hand.TRANSLATOR: names.persons(translation.get("by"))})
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
    shop = workshop()
    with shop.writing(), here().transaction():
        written = shop.question(question_id)
        block = change(written)
        if base is not None and base != block_hash(written.block):
            raise ChangedMeanwhile(block, written.block)
        history.keep(question_id, deed, language, block, reason, actor, here().current())
        return shop.replace(question_id, block)


# -- checks --------------------------------------------------------------------------------------------------


def lexicon() -> Lexicon:
    """What is known about Tibetan words, from the site's copy of the bank."""
    folder = workshop().folder
    files = (folder / "lexicon.yaml", folder / "glossary.yaml")
    return _lexicon(folder, tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files))


@lru_cache(maxsize=2)
def _lexicon(folder: Path, _changed: tuple[int, ...]) -> Lexicon:
    return lexicon_of(*read_lexicon(folder), DICTIONARY)


def check_sound(written: Written, language: str) -> None:
    """RuleBroken('desk.has_faults') where a question, or its translation, still breaks a rule."""
    faults = [fault for fault in faults_of(written, workshop().bank, lexicon()) if fault.level is Level.ERROR]
    mine = [fault for fault in faults if (fault.rule.startswith("BO")) == (language == "bo")]
    if mine:
        raise RuleBroken(
            "desk.has_faults", faults=[f"{fault.rule} {fault.message_key} {fault.passage}" for fault in mine]
        )


def _draft(written: Written, block: str) -> Draft:
    tried = workshop().read_again(written, block)
    if isinstance(tried, list):
        return Draft(block, None, tuple(tried))
    return Draft(block, tried.question, tuple(faults_of(tried, workshop().bank, lexicon())))
