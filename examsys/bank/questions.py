"""A question as its author writes it becomes the question that papers are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from examsys.bank.schema import ChapterPart, MediumPart, OptionPart, QuestionPart, RecordingPart
from examsys.domain.bank import (
    Approval,
    Medium,
    Option,
    Question,
    ReadBack,
    Recording,
    Source,
    Text,
    Translation,
)


@dataclass(frozen=True)
class _Media:
    """What is known about the files below `media/`, by path."""

    described: Mapping[str, MediumPart]
    hashes: Mapping[str, str]


def question_of(
    chapter: ChapterPart, part: QuestionPart, media: Mapping[str, MediumPart], hashes: Mapping[str, str]
) -> Question:
    """The question of a part as it is written; `media` describes the pictures, `hashes` has the SHA-256 of every file, by path."""
    folder = _Media(media, hashes)
    sources = part.source if isinstance(part.source, tuple) else (part.source,)
    return Question(
        id=part.id,
        subject=chapter.subject,
        chapter=chapter.chapter,
        kind=part.kind,
        families=part.families,
        difficulty=part.difficulty,
        sources=tuple(Source(source.law, source.article) for source in sources),
        stem=Text(part.stem.zh, part.stem.bo or ""),
        key=frozenset([part.key] if isinstance(part.key, str) else part.key),
        explanation=Text(part.explanation.zh, part.explanation.bo or ""),
        options=tuple(_option(folder, option) for option in part.options),
        fixed_order=part.fixed_order,
        media=tuple(_medium(folder, path) for path in part.media),
        audio=_recordings(folder, part.audio),
        twins=part.twins,
        enemies=part.enemies,
        translations={
            language: _translation(entry.model_dump(mode="json")) for language, entry in part.translation.items()
        },
        state=part.state,
        author=part.author,
        approval=Approval(part.approval.by, part.approval.day.isoformat(), part.approval.text)
        if part.approval
        else None,
    )


def _option(folder: _Media, part: OptionPart) -> Option:
    text = Text(part.zh, part.bo or "") if part.zh else None
    return Option(
        part.id, text, _medium(folder, part.picture) if part.picture else None, _recordings(folder, part.audio)
    )


def _medium(folder: _Media, path: str) -> Medium:
    """The picture; without a file or a description it is empty, which `check` and `load_bank` report by name."""
    described = folder.described.get(path)
    alt = Text(described.alt.zh, described.alt.bo) if described else Text("", "")
    return Medium(path, folder.hashes.get(path, ""), alt)


def _recordings(folder: _Media, parts: Sequence[RecordingPart]) -> tuple[Recording, ...]:
    return tuple(
        Recording(
            *(part.language, part.dialect, part.file, folder.hashes.get(part.file, "")),
            *(part.of, part.speaker, part.approved_by, part.heard),
        )
        for part in parts
    )


def _translation(entry: dict[str, Any]) -> Translation:
    read = entry["read_back"]
    return Translation(
        *(entry["state"], entry["made_by"], entry["of"], entry["reviewed_by"], entry["reviewed_on"], entry["text"]),
        by=entry["by"],
        read_back=ReadBack(read["by"], read["day"], read["text"], read["agrees"]) if read else None,
    )
