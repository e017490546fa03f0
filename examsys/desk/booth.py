"""The recording booth: what is still to be read out, what was recorded, and the second speaker who listens.

A recording is written into the block of its question with the hash of the words that were spoken. Its file is named by the hash of
what was sent, so that the same clip sent twice (a lost answer, a browser that was away) is kept once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final

from ..bank.dialects import dialect_named
from ..bank.normal import edited
from ..bank.schema import RecordingPart
from ..bank.yaml_source import Written
from ..clock import now
from ..db import here
from ..domain.access import Actor, Hand, check_four_eyes
from ..domain.bank import State, words_hash
from ..domain.dates import beijing_day
from ..domain.desk import Deed
from ..domain.errors import RuleBroken
from ..domain.spoken import STEM, Condition, Spoken, spoken_texts
from . import checks, clips, history, levelling, names, speakers
from .workshop import AUDIO

LONGEST_AWAY: Final = 30 * 86_400  # seconds that a clip may have waited in a browser
_TEXT = re.compile(r"^(s[13]-[a-z]+-[0-9]{3,4})\.(stem|[a-f])$")


@dataclass(frozen=True, slots=True)
class Queued:
    """A text that waits for a voice. `id`: question and place, as s1-road-001.stem; `of`: the hash of the words; `other`: the same in
    the other language, for who reads it better; `told`: why an earlier recording was sent back.
    """

    id: str
    chapter: str
    language: str
    words: str
    other: str
    of: str
    stale: bool
    told: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a clip: where it lies below `media/`, and whether ffmpeg levelled it."""

    file: str
    levelled: bool


# -- what waits ----------------------------------------------------------------------------------------------


def queue(dialect: str, subject: str = "", chapter: str = "") -> list[Queued]:
    """The texts that nobody has read out in a dialect, or that have changed since, in the order of the bank. RuleBroken('audio.dialect_unknown')."""
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
            condition, words = spoken.condition(dialect), spoken.words(language)
            if words and condition in (Condition.MISSING, Condition.STALE):
                name, other = f"{question.id}.{spoken.place}", spoken.words("zh" if language == "bo" else "bo")
                stale = condition is Condition.STALE
                found.append(
                    Queued(name, question.chapter, language, words, other, words_hash(words), stale, told.get(name, ""))
                )
    return found


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


# -- recording -----------------------------------------------------------------------------------------------


def keep(text: str, voice: str, content: bytes, of: str, actor: Actor, seconds_ago: int = 0) -> Kept:
    """Take a clip of a text by a voice; once this returns it is on disk and in the question. `of` is the hash of the words that were on
    the screen; a clip that waited in a browser says for how long.

    RuleBroken('audio.speaker_unknown', 'audio.no_consent', 'audio.text_unknown', 'audio.words_changed', as in `clips` and `levelling`).
    """
    speaker = speakers.to_record(voice)
    kind = clips.kind_of(content)
    language = dialect_named(speaker.dialect).language
    written, spoken = text_of(text)
    _check_words(spoken, language, of)
    stem = f"{AUDIO}/{speaker.dialect}/{text.replace('.', '-')}-{sha256(content).hexdigest()[:16]}"
    there = spoken.recording(speaker.dialect)
    if there is not None and there.of == of and there.path.rpartition(".")[0] == stem:
        return Kept(there.path, there.path.endswith(".ogg") and kind != "ogg")
    made = levelling.level(content, kind)  # outside the writing: a child process that takes its time
    file = f"{stem}.{made.kind}"
    ago = timedelta(seconds=min(max(seconds_ago, 0), LONGEST_AWAY))
    recording = RecordingPart(
        language=language, dialect=speaker.dialect, file=file, of=of, speaker=voice, day=beijing_day(now().wall - ago)
    )

    def change(written: Written, spoken: Spoken) -> str:
        return _with(written, spoken.place, speaker.dialect, recording)

    def first(spoken: Spoken) -> None:
        _check_words(spoken, language, of)
        checks.workshop().keep_recording(file, made.content)

    _do(text, Deed.RECORD, language, change, actor, file, first)
    return Kept(file, made.done)


def _check_words(spoken: Spoken, language: str, of: str) -> None:
    if not spoken.words(language):
        raise RuleBroken("audio.no_words")
    if words_hash(spoken.words(language)) != of:
        raise RuleBroken("audio.words_changed")


# -- listening -----------------------------------------------------------------------------------------------


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
        for spoken, part in zip(spoken_texts(written.question), _parts(written), strict=True):
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
        return _with(written, spoken.place, dialect, part.model_copy(update={"approved_by": by}))

    _do(text, Deed.HEAR, dialect_named(dialect).language, change, actor, _told(text, dialect))


def send_back(text: str, dialect: str, file: str, reason: str, actor: Actor) -> None:
    """A second speaker's no, with the reason that the booth shows: the text waits for a voice again.

    RuleBroken('desk.reason_missing', 'audio.not_a_speaker', 'audio.changed').
    """
    if not reason.strip():
        raise RuleBroken("desk.reason_missing")

    def change(written: Written, spoken: Spoken) -> str:
        _checked(written, spoken, dialect, file, actor)
        return _with(written, spoken.place, dialect, None)

    why = f"{_told(text, dialect)}: {reason.strip()}"
    _do(text, Deed.SILENCE, dialect_named(dialect).language, change, actor, why)


def silence(voice: str, reason: str, actor: Actor) -> int:
    """Take every recording of a voice out of the bank, as after a consent that was taken back; returns how many.

    Text by text: if it is broken off, doing it again goes on. What a release holds stays in that release (they never change); the
    next one is without them.
    """
    count = 0
    for written in checks.workshop().questions():
        for spoken, parts in zip(spoken_texts(written.question), _parts(written), strict=True):
            for part in (part for part in parts if part.speaker == voice):
                _do(
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
    return _with(written, spoken.place, dialect, None)


def _told(text: str, dialect: str) -> str:
    return f"{text.rpartition('.')[2]} {dialect}"


def _checked(written: Written, spoken: Spoken, dialect: str, file: str, actor: Actor) -> RecordingPart:
    """The recording, where this actor may judge it: a speaker of the dialect, who is neither its voice nor took it."""
    if dialect not in speakers.own_dialects(actor):
        raise RuleBroken("audio.not_a_speaker")
    place = [one.place for one in spoken_texts(written.question)].index(spoken.place)
    part = next((one for one in _parts(written)[place] if one.dialect == dialect), None)
    if part is None or part.file != file:
        raise RuleBroken("audio.changed")
    if part.of != words_hash(spoken.words(part.language)):
        raise RuleBroken("audio.words_changed")
    taken_by = history.takers().get(file)  # nobody for one that came with a pull
    hands = speakers.usernames(part.speaker) | (names.persons(names.name_of(taken_by)) if taken_by else frozenset())
    check_four_eyes(Hand.LISTENER, names.of_actor(actor), {Hand.SPEAKER: hands})
    return part


# -- the block -----------------------------------------------------------------------------------------------


def _parts(written: Written) -> list[tuple[RecordingPart, ...]]:
    """The recordings as they are written, in the order of `spoken_texts`."""
    return [written.part.audio, *(option.audio for option in written.part.options if option.zh)]


def _with(written: Written, place: str, dialect: str, recording: RecordingPart | None) -> str:
    """The block with this as the one recording of a text in a dialect, or with none."""

    def replaced(parts: tuple[RecordingPart, ...]) -> list[dict[str, Any]] | None:
        kept = [part for part in parts if part.dialect != dialect] + ([recording] if recording else [])
        return [part.model_dump(exclude_none=True) for part in kept] or None

    if place == STEM:
        return edited(written.block, {"audio": replaced(written.part.audio)})
    options = []
    for option in written.part.options:
        row = option.model_dump(exclude_none=True, exclude_defaults=True, exclude={"audio"})
        audio = (
            replaced(option.audio)
            if option.id == place
            else [one.model_dump(exclude_none=True) for one in option.audio]
        )
        options.append(row | ({"audio": audio} if audio else {}))
    return edited(written.block, {"options": options})


def _do(
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
