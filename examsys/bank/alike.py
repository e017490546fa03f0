"""Near-duplicates of the bank: they may never stand on one paper, and count as one question."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from examsys.bank.report import Fault
from examsys.bank.yaml_source import Written
from examsys.domain.bank import Question
from examsys.domain.likeness import CUTOFF, near_duplicates, wording
from examsys.domain.tibetan import Level


class Alike(NamedTuple):
    """Two questions of one subject that are worded alike; `likeness` from 0 to 1."""

    first: Written
    second: Written
    likeness: float


def alike(written: Sequence[Written]) -> list[Alike]:
    """All pairs that are at least as alike as CUTOFF, within a subject and for classes that share a paper."""
    texts = [wording_of(one.question) for one in written]
    found = (Alike(written[pair.first], written[pair.second], pair.likeness) for pair in near_duplicates(texts, CUTOFF))
    return [pair for pair in found if _meet(pair.first.question, pair.second.question)]


def wording_of(question: Question) -> str:
    """The words and pictures by which a question is compared."""
    pictures = [medium.sha256 for medium in question.media]
    pictures += [option.picture.sha256 for option in question.options if option.picture]
    return wording(question.stem.zh, [option.text.zh for option in question.options if option.text], pictures)


def alike_faults(pairs: Sequence[Alike]) -> Iterator[Fault]:
    """An error for each pair that one paper could hold: neither twins nor enemies."""
    for first, second, likeness in pairs:
        one, other = first.question, second.question
        apart = (
            other.id in one.enemies or one.id in other.enemies or (one.twins is not None and one.twins == other.twins)
        )
        if not apart:
            passage = f"{one.id} {likeness:.2f}"
            yield Fault(
                second.document.file,
                second.line("stem"),
                other.id,
                "QB13",
                Level.ERROR,
                "question.near_duplicate",
                passage,
            )


def counted_once(pairs: Sequence[Alike]) -> frozenset[str]:
    """The ids that do not count beside the question that they are like."""
    return frozenset(pair.second.question.id for pair in pairs)


def _meet(one: Question, other: Question) -> bool:
    return one.subject == other.subject and bool(set(one.families) & set(other.families))
