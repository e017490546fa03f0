"""Recordings as they stand in the block of their question: found, replaced, and every change of one a deed."""

import re
from collections.abc import Callable
from typing import Any, Final

from ..bank.normal import edited
from ..bank.schema import RecordingPart
from ..bank.yaml_source import Written
from ..db import here
from ..domain.access import Actor
from ..domain.desk import Deed
from ..domain.errors import RuleBroken
from ..domain.spoken import STEM, Spoken, spoken_texts
from . import checks, history

Parts = tuple[RecordingPart, ...]
_TEXT: Final = re.compile(r"^(s[13]-[a-z]+-[0-9]{3,4})\.(stem|[a-f])$")


def text_of(text: str) -> tuple[Written, Spoken]:
    """Question and text of a name like s1-road-001.stem. RuleBroken('bank.question_unknown', 'audio.text_unknown')."""
    match = _TEXT.match(text)
    if match is None:
        raise RuleBroken("audio.text_unknown", text=text[:40])
    written = checks.workshop().question(match[1])
    for spoken in spoken_texts(written.question):
        if spoken.place == match[2]:
            return written, spoken
    raise RuleBroken("audio.text_unknown", text=text)


def parts_of(written: Written) -> list[Parts]:
    """The recordings as they are written, in the order of `spoken_texts`."""
    return [written.part.audio, *(option.audio for option in written.part.options if option.zh)]


def with_recording(written: Written, place: str, dialect: str, recording: RecordingPart | None) -> str:
    """The block with this as the one recording of a text in a dialect, or with none."""

    def replaced(at: str, parts: Parts) -> Parts:
        if at != place:
            return parts
        return tuple(part for part in parts if part.dialect != dialect) + ((recording,) if recording else ())

    return edited(written.block, changed_recordings(written, replaced))


def changed_recordings(written: Written, change: Callable[[str, Parts], Parts]) -> dict[str, Any]:
    """The fields of the block that differ once the recordings of each text are what `change` makes of them, by the text's place."""
    stem = change(STEM, written.part.audio)
    fields: dict[str, Any] = {} if stem == written.part.audio else {"audio": _rows(stem)}
    changed = {option.id: change(option.id, option.audio) for option in written.part.options}
    if any(changed[option.id] != option.audio for option in written.part.options):
        fields["options"] = [
            option.model_dump(exclude_none=True, exclude_defaults=True, exclude={"audio"})
            | ({"audio": _rows(changed[option.id])} if changed[option.id] else {})
            for option in written.part.options
        ]
    return fields


def _rows(parts: Parts) -> list[dict[str, Any]] | None:
    return [part.model_dump(exclude_none=True) for part in parts] or None


def change_recording(
    text: str,
    deed: Deed,
    language: str,
    change: Callable[[Written, Spoken], str],
    actor: Actor,
    reason: str,
    first: Callable[[Spoken], None] | None = None,
) -> None:
    """One deed: file, version and entry together; the version is undone with the transaction if the file cannot be written.

    `first` is done before the database's turn is taken, so that nobody's answers wait for a large file.
    """
    shop = checks.workshop()
    with shop.writing():
        if first is not None:
            first(text_of(text)[1])
        with here().transaction():
            written, spoken = text_of(text)
            block = change(written, spoken)
            raw = here().current()
            history.keep_first(written.question.id, written.block, raw)
            history.keep(written.question.id, deed, language, block, reason, actor, raw)
            shop.replace(written.question.id, block)
