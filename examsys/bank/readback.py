"""Reading back: somebody who has not seen the Chinese says what the Tibetan means and which answer it asks for.

`sheet` gives the reader the Tibetan alone; `compared` puts what was read beside the Chinese; `stamp` writes into each
question that its Tibetan, as it stands, was read back and meant the same. A changed text is as good as never read.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from examsys.bank.blocks import split
from examsys.bank.normal import edited
from examsys.bank.yaml_source import Written, read_bank
from examsys.domain.bank import JUDGE_OPTIONS, Kind, Question, is_complete, is_read_back, translation_hash
from examsys.files import write_durably


@dataclass(frozen=True)
class Reading:
    """What a reader took a question to mean (in Chinese), the answer they chose, and what they stumbled over."""

    id: str
    meaning: str
    answer: frozenset[str]
    doubts: str = ""
    explanation: str = ""  # what the explanation was taken to mean, read after answering


def sheet(questions: Iterable[Question], again: bool = False) -> list[dict[str, Any]]:
    """The Tibetan of the questions without anything Chinese, key or explanation; those already read only if `again`."""
    wanted = [question for question in questions if is_complete(question, "bo")]
    return [_row(question) for question in wanted if again or not is_read_back(question, "bo")]


def explanations(questions: Iterable[Question], again: bool = False) -> list[dict[str, str]]:
    """The explanations, to be read after the questions were answered: they give the answers away."""
    wanted = [question for question in questions if is_complete(question, "bo")]
    return [
        {"id": question.id, "explanation": question.explanation.bo}
        for question in wanted
        if again or not is_read_back(question, "bo")
    ]


def compared(
    questions: Mapping[str, Question], readings: Iterable[Reading], given: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Each reading beside its source: the Chinese, the meaning that was read, and whether the same answer was chosen.

    `given`: the rows of the sheet that the reader had. A question whose Tibetan was changed since is left out: nobody has read it.
    """
    was_read = {row["id"]: row["text"] for row in given}
    return [
        {
            "id": reading.id,
            "zh": _chinese(questions[reading.id]),
            "read": reading.meaning,
            "read_explanation": reading.explanation,
            "bo": _row(questions[reading.id]),
            "same_answer": reading.answer == questions[reading.id].key,
            "chosen": sorted(reading.answer),
            "key": sorted(questions[reading.id].key),
            "doubts": reading.doubts,
        }
        for reading in readings
        if reading.id in questions and was_read.get(reading.id) == translation_hash(questions[reading.id], "bo")
    ]


def stamp(folder: Path, agreed: Mapping[str, str], by: Literal["machine", "person"], day: date) -> int:
    """Write into the questions that they were read back with the same meaning; returns how many.

    `agreed`: by question id the `translation_hash` of the text that was read; a question whose text is another by now is left.
    """
    bank, count = read_bank(folder), 0
    for file in sorted({written.document.file for written in bank.written}):
        waiting = {written.block: written for written in bank.written if written.document.file == file}
        pieces = split((folder / file).read_bytes().decode("utf-8"))
        blocks = [_stamped(waiting.get(block), block, agreed, by, day) for block in pieces.blocks]
        changed = sum(before != after for before, after in zip(pieces.blocks, blocks, strict=True))
        if changed:
            write_durably(folder / file, (pieces.head + "".join(blocks)).encode("utf-8"), mode=0o644)
            count += changed
    return count


def readings_of(rows: Iterable[Mapping[str, Any]]) -> list[Reading]:
    """Readings from a reader's JSON: id, meaning, answer (list of option ids), doubts. KeyError, TypeError for anything else."""
    return [
        Reading(
            row["id"],
            row["meaning"],
            frozenset(_answer(row["answer"])),
            row.get("doubts") or "",
            row.get("explanation") or "",
        )
        for row in rows
    ]


def _answer(said: str | Collection[str]) -> Collection[str]:
    return [said] if isinstance(said, str) else said


def _row(question: Question) -> dict[str, Any]:
    options: list[dict[str, str]] = [
        {
            "id": option.id,
            "bo": option.text.bo if option.text else f"[{option.picture.alt.bo}]" if option.picture else "",
        }
        for option in question.options
    ]
    if question.kind is Kind.JUDGE:
        options = [{"id": name, "bo": ""} for name in JUDGE_OPTIONS]
    return {
        "id": question.id,
        "kind": question.kind.value,
        "text": translation_hash(question, "bo"),
        "pictures": [medium.alt.bo for medium in question.media],
        "stem": question.stem.bo,
        "options": options,
    }


def _chinese(question: Question) -> str:
    options = [f"{option.id}. {option.text.zh}" for option in question.options if option.text]
    return "\n".join([question.stem.zh, *options, f"({question.explanation.zh})"])


def _stamped(written: Written | None, block: str, agreed: Mapping[str, str], by: str, day: date) -> str:
    if written is None or written.question.id not in agreed or "bo" not in written.part.translation:
        return block
    question, part = written.question, written.part.translation["bo"]
    text = translation_hash(question, "bo")
    if agreed[question.id] != text:
        return block
    read_back = {"by": by, "day": day, "text": text, "agrees": True}
    entry = {**part.model_dump(exclude_none=True), "state": part.state.value, "read_back": read_back}
    return edited(block, {"translation": {"bo": entry}})
