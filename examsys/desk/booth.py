"""The recording booth: what is still to be read out, what is kept of what was read.

A recording is written into the block of its question with the hash of the words that were spoken. Its file is named by the hash of
what was sent, so that the same clip sent twice (a lost answer, a browser that was away) is kept once.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from ..bank.dialects import dialect_named
from ..bank.schema import RecordingPart
from ..bank.yaml_source import Written
from ..clock import now
from ..domain.access import Actor
from ..domain.bank import Recording, State, words_hash
from ..domain.dates import beijing_day
from ..domain.desk import Deed
from ..domain.errors import RuleBroken
from ..domain.spoken import Condition, Spoken, spoken_texts
from . import checks, clips, history, levelling, speakers
from .recordings import change_recording, text_of, with_recording
from .shelf import AUDIO

LONGEST_AWAY: Final = 30 * 86_400  # seconds that a clip may have waited in a browser


@dataclass(frozen=True, slots=True)
class Queued:
    """A text that waits for a voice. `id`: question and place, as s1-road-001.stem; `of`: the hash of the words; `other`: the same in
    the other language, for who reads it better; `told`: why the last recording was sent back. One that the voice has read out
    already has the `file`, and whether a second speaker approved it.
    """

    id: str
    chapter: str
    language: str
    words: str
    other: str
    of: str
    stale: bool
    told: str
    file: str = ""
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a clip: where it lies below `media/`, whether ffmpeg levelled it, whether an approved recording of the same voice
    went for it, so that a second speaker must listen again, and the voice under which the very clip had been sent by mistake.
    """

    file: str
    levelled: bool
    instead: bool = False
    was: str = ""


# -- what waits ----------------------------------------------------------------------------------------------


def queue(dialect: str, subject: str = "", chapter: str = "", voice: str = "") -> list[Queued]:
    """The texts that nobody has read out in a dialect, or that have changed since, in the order of the bank; without those whose
    translation is of an older Chinese and will be written anew. With a voice also what this voice has read out, which it may take
    anew. RuleBroken('audio.dialect_unknown').
    """
    language = dialect_named(dialect).language
    told = history.sent_back(dialect)
    found = []
    for written in checks.workshop().questions():
        question = written.question
        if question.state is State.RETIRED or (subject and question.subject != subject):
            continue
        if chapter and question.chapter != chapter:
            continue
        for spoken in spoken_texts(question):
            if not spoken.words(language) or language in spoken.outdated:
                continue
            there, name = spoken.recording(dialect), f"{question.id}.{spoken.place}"
            condition = spoken.condition(dialect)
            if condition in (Condition.MISSING, Condition.STALE):
                stale = condition is Condition.STALE
                why = "" if stale else told.get(name, "")  # what was recorded since speaks of newer words
                found.append(_queued(name, question.chapter, language, spoken, stale=stale, told=why))
            elif there is not None and there.speaker == voice:
                approved = condition is Condition.SOUNDS
                found.append(_queued(name, question.chapter, language, spoken, file=there.path, approved=approved))
    return found


def _queued(
    name: str, chapter: str, language: str, spoken: Spoken, stale: bool = False, told: str = "", **kept: Any
) -> Queued:
    words, other = spoken.words(language), spoken.words("zh" if language == "bo" else "bo")
    return Queued(name, chapter, language, words, other, words_hash(words), stale, told, **kept)


# -- recording -----------------------------------------------------------------------------------------------


def keep(text: str, voice: str, content: bytes, of: str, actor: Actor, seconds_ago: int = 0) -> Kept:
    """Take a clip of a text by a voice; once this returns it is on disk and in the question. `of` is the hash of the words that were on
    the screen; a clip that waited in a browser says for how long. A voice may take its own recording anew, never another's; but who sent this very
    clip under another voice by mistake puts that right by sending it again.

    RuleBroken('audio.speaker_unknown', 'audio.no_consent', 'audio.text_unknown', 'audio.words_changed', 'audio.recorded',
    'audio.recorded_approved', and as in `clips` and `levelling`).
    """
    speaker = speakers.to_record(voice)
    kind = clips.kind_of(content)
    language = dialect_named(speaker.dialect).language
    written, spoken = text_of(text)
    _check_words(spoken, language, of)
    stem = f"{AUDIO}/{speaker.dialect}/{text.replace('.', '-')}-{sha256(content).hexdigest()[:16]}"
    there = _replaced(spoken, speaker, stem, actor)
    if there is not None and there.speaker == voice and there.path.rpartition(".")[0] == stem:
        return Kept(there.path, there.path.endswith(".ogg") and kind != "ogg")
    made = levelling.level(content, kind)  # outside the writing: a child process that takes its time
    file = f"{stem}.{made.kind}"
    ago = timedelta(seconds=min(max(seconds_ago, 0), LONGEST_AWAY))
    recording = RecordingPart(
        language=language, dialect=speaker.dialect, file=file, of=of, speaker=voice, day=beijing_day(now().wall - ago)
    )

    def change(written: Written, spoken: Spoken) -> str:
        return with_recording(written, spoken.place, speaker.dialect, recording)

    def first(spoken: Spoken) -> None:
        nonlocal there
        speakers.to_record(voice)  # the consent may have been taken back meanwhile
        _check_words(spoken, language, of)
        there = _replaced(spoken, speaker, stem, actor)  # and another voice may have been faster
        checks.workshop().keep_recording(file, made.content)

    change_recording(text, Deed.RECORD, language, change, actor, file, first)
    was = there.speaker if there and there.speaker != voice else ""
    return Kept(file, made.done, bool(there and there.approved_by), was)


def _replaced(spoken: Spoken, speaker: speakers.Voice, stem: str, actor: Actor) -> Recording | None:
    """The recording of these very words that a new one takes the place of: of the same voice, or the same clip, sent under another voice
    by who acts and not approved yet. None where there is none of these words.

    RuleBroken('audio.recorded', 'audio.recorded_approved') where another voice has read them out.
    """
    there = spoken.recording(speaker.dialect)
    if there is None or there.of != words_hash(spoken.words(there.language)):
        return None
    by_mistake = there.path.rpartition(".")[0] == stem and history.takers().get(there.path) == actor.account
    if there.speaker != speaker.slug and (there.approved_by or not by_mistake):
        raise RuleBroken("audio.recorded_approved" if there.approved_by else "audio.recorded", speaker=there.speaker)
    return there


def _check_words(spoken: Spoken, language: str, of: str) -> None:
    if not spoken.words(language):
        raise RuleBroken("audio.no_words")
    if words_hash(spoken.words(language)) != of:
        raise RuleBroken("audio.words_changed")
