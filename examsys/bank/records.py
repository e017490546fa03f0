"""A question as plain values and back: its content, which is kept by hash, and what the draw must know beside it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from examsys.domain.bank import (
    Approval,
    Kind,
    Medium,
    Option,
    Question,
    ReadBack,
    Recording,
    Source,
    State,
    Text,
    Translation,
)


def listed(question: Question) -> dict[str, Any]:
    """What the draw must know of a question beside its content, as a release lists it."""
    return {
        "id": question.id,
        "content": question.content_hash,
        "families": list(question.families),
        "difficulty": question.difficulty,
        "twins": question.twins,
        "enemies": list(question.enemies),
        "translations": {language: asdict(entry) for language, entry in sorted(question.translations.items())},
        "state": question.state.value,
        "author": question.author,
        "approval": asdict(question.approval) if question.approval else None,
    }


def question_from(entry: Mapping[str, Any], content: Mapping[str, Any]) -> Question:
    """The question of a list entry and its content."""
    return Question(
        id=content["id"],
        subject=content["subject"],
        chapter=content["chapter"],
        kind=Kind(content["kind"]),
        families=tuple(entry["families"]),
        difficulty=entry["difficulty"],
        sources=tuple(Source(**source) for source in content["sources"]),
        stem=Text(**content["stem"]),
        key=frozenset(content["key"]),
        explanation=Text(**content["explanation"]),
        options=tuple(_option(option) for option in content["options"]),
        fixed_order=content["fixed_order"],
        media=tuple(_medium(medium) for medium in content["media"]),
        audio=_recordings(content),
        twins=entry["twins"],
        enemies=tuple(entry["enemies"]),
        translations={language: _translation(fields) for language, fields in entry["translations"].items()},
        state=State(entry.get("state", State.DRAFT)),  # releases made before the desk do not say
        author=entry.get("author"),
        approval=Approval(**entry["approval"]) if entry.get("approval") else None,
    )


def _translation(fields: Mapping[str, Any]) -> Translation:
    read_back = fields.get("read_back")
    return Translation(**{**fields, "read_back": ReadBack(**read_back) if read_back else None})


def _option(content: Mapping[str, Any]) -> Option:
    text, picture = content["text"], content["picture"]
    words = Text(**text) if text else None
    return Option(content["id"], words, _medium(picture) if picture else None, _recordings(content))


def _medium(content: Mapping[str, Any]) -> Medium:
    return Medium(content["path"], content["sha256"], Text(**content["alt"]))


def _recordings(content: Mapping[str, Any]) -> tuple[Recording, ...]:
    return tuple(Recording(**recording) for recording in content["audio"])
