"""The shape of the bank's YAML files. What a shape cannot say (files exist, ids are unique) is in `check`."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from examsys.domain.bank import JUDGE_OPTIONS, Kind, State, words_hash
from examsys.domain.desk import NO_DESCRIPTION

SCHEMA_VERSION = 2
"""Raised with every change of the compiled form, so that no older cache is read."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False, pattern=r"^\S(.*\S)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
QuestionId = Annotated[str, StringConstraints(pattern=r"^s[13]-[a-z]+-[0-9]{3,4}$")]
FilePath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(/[a-z0-9_-]+)+\.[a-z0-9]+$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Family = Literal["car", "bus", "truck", "moto"]
Subject = Literal["subject1", "subject3"]
Language = Literal["zh", "bo"]

AUDIO_TYPES = {".webm": "audio/webm", ".ogg": "audio/ogg", ".wav": "audio/wav", ".mp3": "audio/mpeg"}
"""What a recording may be, by the ending of its name."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourcePart(_Part):
    """Where an answer stands."""

    law: Words
    article: Words


class TextPart(_Part):
    """A text in both languages; the Tibetan may still be missing."""

    zh: Words
    bo: Words | None = None


class RecordingPart(_Part):
    """A spoken text: language, dialect (a slug of `dialects.yaml`), file below `media/`, whose voice on which day.

    `of` is the hash of the words that were spoken, `approved_by` a second speaker of the dialect, `heard` the hash of the file
    that this speaker listened to.
    """

    language: Language
    dialect: Slug
    file: FilePath
    of: Hash
    speaker: Slug
    day: date
    approved_by: Words | None = None
    heard: Hash | None = None


class DialectNames(_Part):
    """What a dialect is called."""

    zh: Words
    bo: Words
    en: Words


class DialectPart(_Part):
    """A way of speaking one of the two languages, in which texts are recorded."""

    slug: Slug
    language: Language
    names: DialectNames


class OptionPart(_Part):
    """An option: a text in both languages, or a picture."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-f]$")]
    zh: Words | None = None
    bo: Words | None = None
    picture: FilePath | None = None
    audio: tuple[RecordingPart, ...] = ()

    @model_validator(mode="after")
    def _text_or_picture(self) -> Self:
        if self.picture and (self.zh or self.bo):
            raise ValueError("option.picture_has_text")
        if not self.picture and not self.zh:
            raise ValueError("option.needs_text_or_picture")
        return self


class ReadBackPart(_Part):
    """A reading of the translation by somebody who had not seen the Chinese; `text` is the hash of what was read."""

    by: Literal["machine", "person"]
    day: date
    text: Hash
    agrees: bool


class TranslationPart(_Part):
    """How far a translation has come: `of` is the hash of the Chinese it was made from, `text` of what was approved."""

    state: State
    made_by: Literal["machine", "person"]
    by: Words | None = None
    of: Hash
    read_back: ReadBackPart | None = None
    reviewed_by: Words | None = None
    reviewed_on: date | None = None
    text: Hash | None = None

    @model_validator(mode="after")
    def _approval_is_signed(self) -> Self:
        if self.state is State.APPROVED and not (self.reviewed_by and self.reviewed_on and self.text):
            raise ValueError("translation.release_without_reviewer")
        return self


class ApprovalPart(_Part):
    """Who approved the Chinese of a question, when, and the hash of what was approved."""

    by: Words
    day: date
    text: Hash


class QuestionPart(_Part):
    """One question as its author writes it."""

    id: QuestionId
    kind: Kind
    state: State = State.DRAFT
    author: Words | None = None
    approval: ApprovalPart | None = None
    families: Annotated[tuple[Family, ...], Field(min_length=1)]
    difficulty: Annotated[int, Field(ge=1, le=3)]
    source: SourcePart | Annotated[tuple[SourcePart, ...], Field(min_length=1)]
    twins: Slug | None = None
    enemies: tuple[QuestionId, ...] = ()
    media: tuple[FilePath, ...] = ()
    audio: tuple[RecordingPart, ...] = ()
    translation: dict[Literal["bo"], TranslationPart] = Field(default_factory=dict)
    stem: TextPart
    options: Annotated[tuple[OptionPart, ...], Field(max_length=6)] = ()
    fixed_order: bool = False
    key: Literal["right", "wrong"] | tuple[str, ...]
    explanation: TextPart

    @model_validator(mode="after")
    def _lists_name_once(self) -> Self:
        for names in (self.families, self.enemies, self.media, [option.id for option in self.options]):
            if len(set(names)) != len(names):
                raise ValueError("question.named_twice")
        if self.id in self.enemies:
            raise ValueError("question.its_own_enemy")
        return self

    @model_validator(mode="after")
    def _approval_is_signed(self) -> Self:
        if self.state is State.APPROVED and self.approval is None:
            raise ValueError("question.approved_by_nobody")
        return self

    @model_validator(mode="after")
    def _key_fits_kind(self) -> Self:
        if self.kind is Kind.JUDGE:
            if self.options or self.key not in JUDGE_OPTIONS:
                raise ValueError("key.judge_is_right_or_wrong")
            return self
        if isinstance(self.key, str):
            raise ValueError("key.names_options")
        if len(self.options) < 3:
            raise ValueError("options.too_few")
        if len(set(self.key)) != len(self.key) or not set(self.key) <= {option.id for option in self.options}:
            raise ValueError("key.names_options")
        if self.kind is Kind.SINGLE and len(self.key) != 1:
            raise ValueError("key.single_has_one")
        if self.kind is Kind.MULTIPLE and len(self.key) < 2:
            raise ValueError("key.multiple_has_several")
        return self


class ChapterPart(_Part):
    """One chapter file."""

    subject: Subject
    chapter: Slug
    questions: tuple[QuestionPart, ...]


class ShowsPart(_Part):
    """What a picture means; for authors."""

    zh: Words
    en: Words


class StandardPart(_Part):
    """The standard that a sign or marking follows."""

    document: Words
    number: Words


class AltPart(_Part):
    """What a person sees, in both languages: `author` wrote the Chinese, `by` the Tibetan, made from the Chinese of hash `of`."""

    zh: Words
    bo: Words
    author: Words | None = None
    by: Words | None = None
    of: Hash | None = None

    @property
    def lacks(self) -> str:
        """Which language is still to be written: "zh", "bo" (also a Tibetan of an older Chinese), or "" for none."""
        if self.zh == NO_DESCRIPTION.zh:
            return "zh"
        return "bo" if self.bo == NO_DESCRIPTION.bo or (self.of and self.of != words_hash(self.zh)) else ""


PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""The kinds of picture that the bank may hold, with their media types."""


class NamedPart(_Part):
    """Somebody who saw the picture alone named what it means; `of` is the hash of the file they saw."""

    by: Literal["machine", "person"]
    day: date
    of: Hash


class MediumPart(_Part):
    """The description of a picture."""

    kind: Literal["sign", "marking", "signal", "gesture", "lamp", "scene", "part"]
    shows: ShowsPart
    standard: StandardPart | None = None
    alt: AltPart
    named: NamedPart | None = None


Count = Annotated[int, Field(ge=0, le=200)]


class BlueprintPart(_Part):
    """A paper: cells give the numbers of judge, single and multiple questions by chapter."""

    subject: Subject
    families: Annotated[tuple[Family, ...], Field(min_length=1)]
    points: Annotated[int, Field(ge=1)]
    minutes: Annotated[int, Field(ge=1)]
    pass_mark: Annotated[int, Field(ge=1, le=100)]
    demonstration: bool = False
    cells: dict[Slug, tuple[Count, Count, Count]]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.points * sum(map(sum, self.cells.values())) != 100:
            raise ValueError("blueprint.is_not_100_points")
        return self


class BlueprintsPart(_Part):
    """The papers that hold from one day on."""

    valid_from: date
    blueprints: dict[Slug, BlueprintPart]


class LexiconPart(_Part):
    """What is known about Tibetan words beside the dictionary; see `examsys.domain.tibetan.Lexicon`."""

    whitelist: tuple[str, ...] = ()
    false_alarms: tuple[tuple[str, str], ...] = ()
    units: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    misread: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class TermPart(_Part):
    """A term of the trade: the Tibetan that is to be used for it, and whether a dictionary has the word form."""

    zh: Words
    bo: Words
    en: Words
    status: Literal["prc_attested", "draft"]
    source: Words | None = None
