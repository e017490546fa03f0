"""Finds questions of the site's copy: by chapter, state, language, picture, audio and words; counts what each paper still lacks."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..bank import service as bank
from ..bank.yaml_source import Written
from ..domain.bank import (
    Question,
    State,
    is_approved,
    is_complete,
    is_read_back,
    is_released,
    is_stale,
    may_be_drawn,
)
from ..domain.errors import RuleBroken
from ..domain.paper import Blueprint, gather
from ..domain.spoken import spoken_texts
from ..domain.tibetan import read_chinese_number
from . import figures
from .checks import workshop
from .figures import Outcome

PUBLISHED = "published"  # approved, and the newest release holds exactly this
STALE, NONE = "stale", "none"  # what a translation can be beside its own states
_NUMBERED = re.compile("第([零〇一二两三四五六七八九十百千]+)(?=[条款项章节])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty field leaves all. picture, audio: "1" with, "0" without. read: "1" read back blind, "0" not.

    statistics: an `Outcome` of the newest release that was sat; a question that nobody was asked has too few answers.
    """

    subject: str = ""
    chapter: str = ""
    kind: str = ""
    family: str = ""
    state: str = ""
    bo: str = ""
    read: str = ""
    picture: str = ""
    audio: str = ""
    statistics: str = ""
    text: str = ""


@dataclass(frozen=True)
class Item:
    """A question with its state and that of its Tibetan, as people name them; `held`: the contents of the newest release by id."""

    written: Written
    held: Mapping[str, str]

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.written.question

    @cached_property
    def state(self) -> str:
        """See `state_of`; asked for only where it is shown or sought: it wants hashes."""
        return state_of(self.question, self._published)

    @cached_property
    def bo(self) -> str:
        """See `state_of_tibetan`."""
        return state_of_tibetan(self.question, self._published)

    @cached_property
    def _published(self) -> bool:
        held = self.held.get(self.question.id)
        return held is not None and held == self.written.released.content_hash


@dataclass(frozen=True, slots=True)
class CellState:
    """A cell of a paper: how many it draws, how many could be drawn from the next release, and how many are on the way there."""

    need: int
    ready: int
    coming: int


def find(wanted: Wanted) -> list[Item]:
    """The questions that fit, by file and place."""
    held = published_contents()
    asked = asked_words(wanted.text)
    holding = (written for written in workshop().questions() if not asked or words_of(written).hold(asked))
    items = (Item(written, held) for written in holding)
    found = [item for item in items if _fits(item, wanted)]
    if not wanted.statistics:
        return found
    said = figures.outcomes()
    return [item for item in found if said.get(item.question.id, Outcome.FEW) == wanted.statistics]


def state_of(question: Question, published: bool) -> str:
    """draft, review, approved, published or retired; an approval of other words counts as a draft."""
    if question.state is not State.APPROVED:
        return question.state.value
    if not is_approved(question):
        return State.DRAFT.value
    return PUBLISHED if published else State.APPROVED.value


def state_of_tibetan(question: Question, published: bool) -> str:
    """none, stale, draft, review, approved, published or retired."""
    translation = question.translations.get("bo")
    if translation is None or not is_complete(question, "bo"):
        return NONE
    if is_stale(question, "bo"):
        return STALE
    if translation.state != State.APPROVED:
        return str(translation.state)
    if not is_released(question, "bo"):
        return State.DRAFT.value
    return PUBLISHED if published else State.APPROVED.value


def published_contents() -> Mapping[str, str]:
    """By question id the hash of the content that the newest release holds; empty before the first."""
    try:
        return _contents(bank.newest_release()[0])
    except RuleBroken:
        return {}


@lru_cache(maxsize=4)
def _contents(release_id: str) -> Mapping[str, str]:
    return {question.id: question.content_hash for question in bank.questions_of(release_id)}


def _fits(item: Item, wanted: Wanted) -> bool:
    question = item.question
    exact = (
        (wanted.subject, question.subject),
        (wanted.chapter, question.chapter),
        (wanted.kind, question.kind.value),
    )
    if any(asked and asked != value for asked, value in exact):
        return False
    if (wanted.state and wanted.state != item.state) or (wanted.bo and wanted.bo != item.bo):
        return False
    flags = (
        (wanted.picture, bool(question.media) or any(option.picture for option in question.options)),
        (wanted.audio, any(text.recordings for text in spoken_texts(question))),
        (wanted.read, is_read_back(question, "bo")),
    )
    if any(asked and (asked == "1") != value for asked, value in flags):
        return False
    return not wanted.family or wanted.family in question.families


class Words:
    """What can be looked for in a question. Articles are found however their number is written: 第三十八条 and 第38条 are one."""

    def __init__(self, *texts: str) -> None:
        plain = "\n".join(texts).casefold()
        self._texts = plain, _with_digits(plain)

    def hold(self, asked: Sequence[tuple[str, str]]) -> bool:
        """Whether every word that is asked for (`asked_words`) stands somewhere."""
        plain, digits = self._texts
        return all(word in plain or number in digits for word, number in asked)


def asked_words(text: str) -> list[tuple[str, str]]:
    """The words of a search, each as it is and with the numbers of articles in digits."""
    return [(word, _with_digits(word)) for word in text.casefold().split()]


_kept: dict[str, tuple[str, Words]] = {}  # by id the block that was read and its words


def words_of(written: Written) -> Words:
    """Id, both languages, law and article; what has not changed since it was last looked through is not read again."""
    question, block = written.question, written.block
    kept = _kept.get(question.id)
    if kept is None or kept[0] != block:
        kept = _kept[question.id] = block, _words(question)
    return kept[1]


def _words(question: Question) -> Words:
    texts = [question.stem, question.explanation, *(option.text for option in question.options if option.text)]
    sources = [f"{source.law} {source.article}" for source in question.sources]
    return Words(question.id, *(text.zh for text in texts), *(text.bo for text in texts), *sources)


def _with_digits(text: str) -> str:
    return _NUMBERED.sub(lambda match: f"第{read_chinese_number(match[1])}", text)


# -- what is missing -----------------------------------------------------------------------------------------


def cells(blueprint: Blueprint, items: Iterable[Item]) -> dict[str, dict[str, CellState]]:
    """By chapter and kind of a paper: what it draws, what is ready, what is on the way."""
    whole = [item.question for item in items]
    good = [question for question in whole if is_approved(question) and may_be_drawn(question)]
    living = [question for question in whole if question.state is not State.RETIRED]
    ready, all_of_them = gather(blueprint, good).cells, gather(blueprint, living).cells
    table: dict[str, dict[str, CellState]] = {}
    for (chapter, kind), need in blueprint.needs.items():
        count = len(ready[chapter, kind])
        table.setdefault(chapter, {})[kind] = CellState(need, count, len(all_of_them[chapter, kind]) - count)
    return table


def totals(items: Iterable[Item]) -> tuple[Counter[str], Counter[str]]:
    """How many questions are in each state, and how many translations."""
    found = list(items)
    return Counter(item.state for item in found), Counter(item.bo for item in found)
