"""How much of the bank sounds: by text of one question, by chapter and dialect, and by paper for the newest release."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..bank import service as bank
from ..bank.dialects import dialects, silent_in_pool
from ..bank.yaml_source import Written
from ..domain.bank import State
from ..domain.errors import RuleBroken
from ..domain.paper import Blueprint
from ..domain.spoken import STEM, Condition, spoken_texts

Counts = Counter[Condition]


@dataclass(frozen=True, slots=True)
class Row:
    """A text of a question with what became of it in each dialect: condition, and the file below `media/` if there is one."""

    place: str
    is_stem: bool
    cells: Mapping[str, tuple[Condition, str]]


def of_question(written: Written) -> list[Row]:
    """The texts of one question by dialect."""
    rows = []
    for spoken in spoken_texts(written.question):
        cells = {}
        for dialect in dialects():
            recording = spoken.recording(dialect.slug)
            cells[dialect.slug] = spoken.condition(dialect.slug), recording.path if recording else ""
        rows.append(Row(spoken.place, spoken.place == STEM, cells))
    return rows


def by_chapter(questions: Iterable[Written]) -> dict[tuple[str, str], dict[str, Counts]]:
    """By subject and chapter, and by dialect, how many texts are in which condition; retired questions are left out."""
    table: dict[tuple[str, str], dict[str, Counts]] = {}
    for written in questions:
        question = written.question
        if question.state is State.RETIRED:
            continue
        row = table.setdefault((question.subject, question.chapter), {})
        for spoken in spoken_texts(question):
            for dialect in dialects():
                row.setdefault(dialect.slug, Counter())[spoken.condition(dialect.slug)] += 1
    return table


def by_paper() -> list[tuple[Blueprint, dict[str, int]]]:
    """Every paper with, by dialect, how many texts of its pool in the newest release are still silent; empty before the first release."""
    try:
        release_id, _ = bank.newest_release()
    except RuleBroken:
        return []
    return [
        (paper, {dialect.slug: silent_in_pool(release_id, paper.name, dialect.slug) for dialect in dialects()})
        for paper in bank.blueprints()
    ]


def share(counts: Counts) -> int:
    """What part of the texts sounds, in whole percent, rounded down: 100 means every one."""
    whole = sum(counts.values())
    return counts[Condition.SOUNDS] * 100 // whole if whole else 0
