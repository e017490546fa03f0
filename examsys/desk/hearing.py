"""The second speaker: what waits to be listened to, the yes, the no with its reason, and a voice that is taken out."""

from dataclasses import dataclass
from functools import partial

from ..bank.dialects import dialect_named
from ..bank.schema import RecordingPart
from ..bank.yaml_source import Written
from ..domain.access import Actor, Hand, check_four_eyes
from ..domain.bank import words_hash
from ..domain.desk import Deed
from ..domain.errors import RuleBroken
from ..domain.spoken import Condition, Spoken, spoken_texts
from . import checks, history, names, speakers
from .recordings import change_recording, parts_of, with_recording


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording that waits for a second speaker of its dialect."""

    id: str
    chapter: str
    language: str
    words: str
    file: str
    voice: str
    day: str


def waiting(dialect: str, actor: Actor) -> list[Heard]:
    """The recordings of a dialect that wait for a second speaker; those that are in the own voice or were taken by the own hand are left out."""
    found = []
    me = names.of_actor(actor)
    own = {one.slug for one in speakers.voices() if me in speakers.usernames(one.slug)}
    taken = {file for file, by in history.takers().items() if me in names.persons(names.name_of(by))}
    for written in checks.workshop().questions():
        for spoken, part in zip(spoken_texts(written.question), parts_of(written), strict=True):
            recording = next((one for one in part if one.dialect == dialect), None)
            if recording is None or recording.speaker in own or recording.file in taken:
                continue
            if spoken.condition(dialect) is not Condition.WAITING:
                continue
            words = spoken.words(recording.language)
            facts = (recording.language, words, recording.file, recording.speaker, recording.day.isoformat())
            found.append(Heard(f"{written.question.id}.{spoken.place}", written.question.chapter, *facts))
    return found


def approve(text: str, dialect: str, file: str, actor: Actor) -> None:
    """A second speaker's yes to exactly the recording that was heard.

    RuleBroken('audio.not_a_speaker', 'access.own_work', 'audio.changed', 'audio.words_changed').
    """
    by = names.of_actor(actor)

    def change(written: Written, spoken: Spoken) -> str:
        part = _checked(written, spoken, dialect, file, actor)
        return with_recording(written, spoken.place, dialect, part.model_copy(update={"approved_by": by}))

    change_recording(text, Deed.HEAR, dialect_named(dialect).language, change, actor, _told(text, dialect))


def send_back(text: str, dialect: str, file: str, reason: str, actor: Actor) -> None:
    """A second speaker's no, with the reason that the booth shows: the text waits for a voice again.

    RuleBroken('desk.reason_missing', 'audio.not_a_speaker', 'audio.changed').
    """
    if not reason.strip():
        raise RuleBroken("desk.reason_missing")

    def change(written: Written, spoken: Spoken) -> str:
        _checked(written, spoken, dialect, file, actor)
        return with_recording(written, spoken.place, dialect, None)

    why = f"{_told(text, dialect)}: {reason.strip()}"
    change_recording(text, Deed.SILENCE, dialect_named(dialect).language, change, actor, why)


def silence(voice: str, reason: str, actor: Actor) -> int:
    """Take every recording of a voice out of the bank, as after a consent that was taken back; returns how many.

    Text by text: if it is broken off, doing it again goes on. What a release holds stays in that release (they never change); the
    next one is without them.
    """
    count = 0
    for written in checks.workshop().questions():
        for spoken, parts in zip(spoken_texts(written.question), parts_of(written), strict=True):
            for part in (part for part in parts if part.speaker == voice):
                change_recording(
                    f"{written.question.id}.{spoken.place}",
                    Deed.SILENCE,
                    part.language,
                    partial(_without, dialect=part.dialect),
                    actor,
                    f"{spoken.place} {part.dialect}: {reason}",
                )
                count += 1
    return count


def _without(written: Written, spoken: Spoken, dialect: str) -> str:
    return with_recording(written, spoken.place, dialect, None)


def _told(text: str, dialect: str) -> str:
    return f"{text.rpartition('.')[2]} {dialect}"


def _checked(written: Written, spoken: Spoken, dialect: str, file: str, actor: Actor) -> RecordingPart:
    """The recording, where this actor may judge it: a speaker of the dialect, who is neither its voice nor took it."""
    if dialect not in speakers.own_dialects(actor):
        raise RuleBroken("audio.not_a_speaker")
    place = [one.place for one in spoken_texts(written.question)].index(spoken.place)
    part = next((one for one in parts_of(written)[place] if one.dialect == dialect), None)
    if part is None or part.file != file:
        raise RuleBroken("audio.changed")
    if part.of != words_hash(spoken.words(part.language)):
        raise RuleBroken("audio.words_changed")
    taken_by = history.takers().get(file)  # nobody for one that came with a pull
    hands = speakers.usernames(part.speaker) | (names.persons(names.name_of(taken_by)) if taken_by else frozenset())
    check_four_eyes(Hand.LISTENER, names.of_actor(actor), {Hand.SPEAKER: hands})
    return part
