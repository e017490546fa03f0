"""A consent that is taken back: at once nothing of that voice is taken, approved or released, and what is there leaves the bank."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat, takewhile
from typing import Final

from ..bank.dialects import dialect_named
from ..bank.schema import RecordingPart
from ..bank.yaml_source import Written
from ..db import here
from ..domain.access import Actor
from ..domain.desk import Deed
from . import checks, history, speakers
from .recordings import changed_recordings, parts_of
from .shelf import AUDIO, files_named_in

A_TURN: Final = 25  # questions that are changed at once: about a second in which nobody else writes
_OF_THE_BOOTH = re.compile(r"-(?:stem|[a-f])-[0-9a-f]{16}\.[a-z0-9]+$")


@dataclass(frozen=True, slots=True)
class Held:
    """How many recordings of a voice are in the bank, and how many of them are approved."""

    count: int
    approved: int


def held() -> Mapping[str, Held]:
    """By voice what the bank holds of it; after a consent was taken back, what is still to be taken out."""
    found: dict[str, Held] = {}
    for part in (part for written in checks.workshop().questions() for parts in parts_of(written) for part in parts):
        before = found.get(part.speaker, Held(0, 0))
        found[part.speaker] = Held(before.count + 1, before.approved + bool(part.approved_by))
    return found


def take_back(voice: str, reason: str, actor: Actor, most: int | None = None) -> int:
    """Take a consent back and with it every recording of the voice out of the bank, files too; returns how many.

    First the consent ends, and with it whatever needs one. If the rest is broken off, or there were more than `most` questions, doing
    it again goes on. What a release holds stays in that release (they never change); the next one is without it.
    RuleBroken('audio.speaker_unknown').
    """
    shop, count = checks.workshop(), 0
    with shop.writing():  # a clip that is being written down is there before, or is refused
        speaker = speakers.voice(voice)
        if speaker.consent:
            speakers.consent_to(voice, "", actor)
    turns = repeat(None) if most is None else repeat(None, -(-most // A_TURN))
    for some in takewhile(bool, (_take_out(speaker, reason, actor) for _ in turns)):
        count += some
    with shop.writing():
        shop.drop_recordings(_left_over(speaker.dialect))
    return count


def _take_out(speaker: speakers.Voice, reason: str, actor: Actor) -> int:
    """The next recordings of a voice; 0 where there are no more, or the consent was given again meanwhile."""
    shop = checks.workshop()
    with shop.writing():
        some = [written for written in shop.questions() if _spoken_by(speaker.slug, written)][:A_TURN]
        if not some or speakers.voice(speaker.slug).consent:
            return 0
        gone = [part.file for written in some for part in _spoken_by(speaker.slug, written)]
        shop.drop_recordings(gone)
        without = {
            written.question.id: changed_recordings(
                written, lambda _place, parts: tuple(part for part in parts if part.speaker != speaker.slug)
            )
            for written in some
        }
        changed = shop.take_all({}, without)
        language = dialect_named(speaker.dialect).language
        with here().transaction():
            raw = here().current()
            for before, after in zip(some, changed, strict=True):
                history.keep_first(before.question.id, before.block, raw)
                told = f"{speaker.slug}: {reason}"
                history.keep(after.question.id, Deed.SILENCE, language, after.block, told, actor, raw)
    return len(gone)


def _spoken_by(voice: str, written: Written) -> list[RecordingPart]:
    return [part for parts in parts_of(written) for part in parts if part.speaker == voice]


def _left_over(dialect: str) -> list[str]:
    """Recordings that the booth wrote and no question names any more: sent back, taken anew, or of a voice that is gone."""
    shop = checks.workshop()
    named = files_named_in(shop.folder)
    files = (path for path in shop.bank.media_hashes if path.startswith(f"{AUDIO}/{dialect}/"))
    return [path for path in files if path not in named and _OF_THE_BOOTH.search(path)]
