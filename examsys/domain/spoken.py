"""What of a question is spoken aloud, and which recordings of it sound: bound to the very words, approved by a second speaker."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from .bank import Question, Recording, Text, is_stale, words_hash

STEM: Final = "stem"


class Condition(StrEnum):
    """How far the recording of one text in one dialect has come."""

    MISSING = "missing"
    STALE = "stale"  # the words were changed since, or the Chinese that they translate
    WAITING = "waiting"  # for a second speaker of the dialect
    SOUNDS = "sounds"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text of a question that can be recorded: the stem, or an option by its id, with what was recorded of it.

    `outdated`: the languages whose translation is of an older Chinese, so that nobody should read it out.
    """

    place: str
    text: Text
    recordings: tuple[Recording, ...]
    outdated: frozenset[str] = frozenset()

    def words(self, language: str) -> str:
        """What is to be read out; empty where the translation is missing."""
        return self.text.as_dict()[language]

    def recording(self, dialect: str) -> Recording | None:
        """The recording in a dialect, whatever its condition."""
        return next((recording for recording in self.recordings if recording.dialect == dialect), None)

    def condition(self, dialect: str) -> Condition:
        """What has become of the recording in a dialect."""
        recording = self.recording(dialect)
        if recording is None:
            return Condition.MISSING
        if recording.language in self.outdated or recording.of != words_hash(self.words(recording.language)):
            return Condition.STALE
        return Condition.SOUNDS if sounds(recording, self.text) else Condition.WAITING


def spoken_texts(question: Question) -> tuple[Spoken, ...]:
    """The texts of a question that a candidate may listen to. Right and wrong are the house's own words, a picture has none."""
    outdated = _outdated(question)
    options = (Spoken(option.id, option.text, option.audio, outdated) for option in question.options if option.text)
    return (Spoken(STEM, question.stem, question.audio, outdated), *options)


def _outdated(question: Question) -> frozenset[str]:
    return frozenset(language for language in question.translations if is_stale(question, language))


def sounds(recording: Recording, text: Text) -> bool:
    """Whether a candidate may hear this recording of a text: the very words, a file that is there, and a second pair of ears."""
    words = text.as_dict().get(recording.language, "")
    heard = bool(recording.approved_by) and recording.approved_by != recording.speaker
    heard = heard and recording.heard in (None, recording.sha256)
    return bool(words) and recording.of == words_hash(words) and bool(recording.sha256) and heard


def sounding(question: Question, silenced: Collection[str] = ()) -> Question:
    """The question with only the recordings that sound: what a release holds, so that a content's hash names exactly what was heard.

    `silenced`: voices that may not be heard, as without consent; no translation of an older Chinese sounds either.
    """
    outdated = _outdated(question)

    def heard(recordings: tuple[Recording, ...], text: Text | None) -> tuple[Recording, ...]:
        may = (one for one in recordings if one.speaker not in silenced and one.language not in outdated)
        return tuple(one for one in may if text is not None and sounds(one, text))

    stem = heard(question.audio, question.stem)
    options = tuple(
        replace(option, audio=heard(option.audio, option.text)) if option.audio else option
        for option in question.options
    )
    if stem == question.audio and options == question.options:
        return question
    return replace(question, audio=stem, options=options)


def silent_texts(questions: Iterable[Question], dialect: str) -> int:
    """How many texts of these questions do not sound in a dialect: 0 means that a paper drawn from them can be given as an audio paper."""
    return sum(
        text.condition(dialect) is not Condition.SOUNDS for question in questions for text in spoken_texts(question)
    )
