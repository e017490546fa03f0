"""The second speaker: what waits to be listened to, the yes, and the no with its reason."""

from dataclasses import dataclass

from ..bank.dialects import dialect_named
from ..bank.schema import RecordingPart
from ..bank.yaml_source import Written
from ..domain.access import Actor, Hand, check_four_eyes
from ..domain.desk import Deed
from ..domain.errors import RuleBroken
from ..domain.spoken import Condition, Spoken, spoken_texts
from . import checks, history, names, speakers
from .recordings import change_recording, parts_of, with_recording


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording that waits for a second speaker of its dialect. `there`: its file is where the question says."""

    id: str
    chapter: str
    language: str
    words: str
    file: str
    voice: str
    day: str
    there: bool


def waiting(dialect: str, actor: Actor) -> list[Heard]:
    """The recordings of a dialect that wait for a second speaker, without those in the own voice, of the own hand, or of a voice
    without consent.
    """
    found = []
    me = names.of_actor(actor)
    not_mine = {
        one.slug for one in speakers.voices() if me in speakers.usernames(one.slug)
    } | speakers.without_consent()
    taken = {file for file, by in history.takers().items() if me in names.persons(names.name_of(by))}
    for written in checks.workshop().questions():
        for spoken, part in zip(spoken_texts(written.question), parts_of(written), strict=True):
            recording = next((one for one in part if one.dialect == dialect), None)
            if recording is None or recording.speaker in not_mine or recording.file in taken:
                continue
            if spoken.condition(dialect) is not Condition.WAITING:
                continue
            words = spoken.words(recording.language)
            there = recording.file in checks.workshop().bank.media_hashes
            facts = (recording.language, words, recording.file, recording.speaker, recording.day.isoformat(), there)
            found.append(Heard(f"{written.question.id}.{spoken.place}", written.question.chapter, *facts))
    return found


def approve(text: str, dialect: str, file: str, actor: Actor) -> None:
    """A second speaker's yes to exactly the recording that was heard.

    RuleBroken('audio.not_a_speaker', 'access.own_work', 'audio.changed', 'audio.words_changed', 'audio.no_consent', 'audio.missing').
    """
    by = names.of_actor(actor)

    def change(written: Written, spoken: Spoken) -> str:
        part = _checked(written, spoken, dialect, file, actor)
        if part.speaker in speakers.without_consent():
            raise RuleBroken("audio.no_consent", speaker=part.speaker)
        heard = checks.workshop().bank.media_hashes.get(part.file)
        if heard is None:
            raise RuleBroken("audio.missing")
        approved = part.model_copy(update={"approved_by": by, "heard": heard})
        return with_recording(written, spoken.place, dialect, approved)

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
    if spoken.condition(dialect) is Condition.STALE:
        raise RuleBroken("audio.words_changed")
    taken_by = history.takers().get(file)  # nobody for one that came with a pull
    hands = speakers.usernames(part.speaker) | (names.persons(names.name_of(taken_by)) if taken_by else frozenset())
    check_four_eyes(Hand.LISTENER, names.of_actor(actor), {Hand.SPEAKER: hands})
    return part
