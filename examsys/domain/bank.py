"""What a question is, and the hashes by which its content is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from examsys.domain.log import canonical


class Kind(StrEnum):
    """The three kinds of question, in the order in which a paper asks them."""

    JUDGE = "judge"
    SINGLE = "single"
    MULTIPLE = "multiple"


class State(StrEnum):
    """How far a question, and separately each translation of it, has come. Published is what the newest release holds of the approved."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    RETIRED = "retired"


RIGHT, WRONG = "right", "wrong"
JUDGE_OPTIONS = (RIGHT, WRONG)


@dataclass(frozen=True)
class Text:
    """One text in Chinese (which is authoritative) and Tibetan."""

    zh: str
    bo: str

    def as_dict(self) -> dict[str, str]:
        """Both languages by their code."""
        return {"zh": self.zh, "bo": self.bo}


@dataclass(frozen=True)
class Medium:
    """A picture: its path below `media/`, the SHA-256 of its bytes, and what a person sees on it (never what it means)."""

    path: str
    sha256: str
    alt: Text

    def as_dict(self) -> dict[str, object]:
        """The picture as part of a question's content."""
        return {"path": self.path, "sha256": self.sha256, "alt": self.alt.as_dict()}


@dataclass(frozen=True)
class Recording:
    """A text spoken by a person: language, dialect, path below `media/` and the SHA-256 of its bytes.

    `of` is the `words_hash` of what was spoken, `speaker` the name under which the booth knows the voice; `approved_by` is
    a second speaker of the dialect who has listened, `heard` the SHA-256 of what was listened to (None: approved before that was kept).
    """

    language: str
    dialect: str
    path: str
    sha256: str
    of: str = ""
    speaker: str = ""
    approved_by: str | None = None
    heard: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The recording as part of a question's content."""
        return asdict(self)


@dataclass(frozen=True)
class Option:
    """An option: a text, or a picture that then has no text of its own."""

    id: str
    text: Text | None = None
    picture: Medium | None = None
    audio: tuple[Recording, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where the answer stands."""

    law: str
    article: str


@dataclass(frozen=True)
class ReadBack:
    """A reader who had not seen the Chinese said what the translation means: `by` machine or person, on which day, which
    text (`translation_hash`), and whether meaning and chosen answer were those of the source.
    """

    by: str
    day: str
    text_hash: str
    agrees: bool


@dataclass(frozen=True)
class Translation:
    """How far a translation has come; `of` is the `source_hash` of the Chinese it was made from.

    `made_by`: machine or person; `by`: who of the desk wrote it.
    """

    state: str
    made_by: str
    of: str
    reviewed_by: str | None = None
    reviewed_on: str | None = None
    text_hash: str | None = None
    by: str | None = None
    read_back: ReadBack | None = None


@dataclass(frozen=True)
class Approval:
    """A reviewer's yes to the Chinese of a question: `text_hash` is the `chinese_hash` of what was read."""

    by: str
    day: str
    text_hash: str


@dataclass(frozen=True)
class Question:
    """One question of the bank. `key` holds option ids; for a judge question `right` or `wrong`.

    `twins` names the group of questions on the same fact, of which a paper takes one; `enemies` are questions that give
    this one's answer away.
    """

    id: str
    subject: str
    chapter: str
    kind: Kind
    families: tuple[str, ...]
    difficulty: int
    sources: tuple[Source, ...]
    stem: Text
    key: frozenset[str]
    explanation: Text
    options: tuple[Option, ...] = ()
    fixed_order: bool = False
    media: tuple[Medium, ...] = ()
    audio: tuple[Recording, ...] = ()
    twins: str | None = None
    enemies: tuple[str, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)
    state: State = State.DRAFT
    author: str | None = None
    approval: Approval | None = None

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The ids that an answer may name; a judge question has the house's own two."""
        return JUDGE_OPTIONS if self.kind is Kind.JUDGE else tuple(option.id for option in self.options)

    @cached_property
    def content_hash(self) -> str:
        """Hex SHA-256 of the canonical `content_of`; papers, marks and replays name a question by it."""
        return content_hash(content_of(self))


def content_of(question: Question) -> dict[str, object]:
    """Everything a candidate sees, with the key, the sources and the explanation: what is kept for ever by its hash.

    Not in it: what may change without changing the question (families, difficulty, groups, state of translations).
    """
    return {
        "id": question.id,
        "subject": question.subject,
        "chapter": question.chapter,
        "kind": question.kind.value,
        "stem": question.stem.as_dict(),
        "media": [medium.as_dict() for medium in question.media],
        "audio": [recording.as_dict() for recording in question.audio],
        "options": [_option_content(option) for option in question.options],
        "fixed_order": question.fixed_order,
        "key": sorted(question.key),
        "sources": [{"law": source.law, "article": source.article} for source in question.sources],
        "explanation": question.explanation.as_dict(),
    }


def content_hash(content: Mapping[str, object]) -> str:
    """Hex SHA-256 of a `content_of`, also of one read back from where it was kept."""
    return sha256(canonical(content)).hexdigest()


def source_hash(question: Question) -> str:
    """Hex SHA-256 of the Chinese that a translation is made from: stem, options with their ids, explanation."""
    options = [[option.id, option.text.zh] for option in question.options if option.text]
    return sha256(canonical([question.stem.zh, options, question.explanation.zh])).hexdigest()


def translation_hash(question: Question, language: str) -> str:
    """Hex SHA-256 of the translated text; a release names it, so that a later change of the text ends the release."""
    options = [[option.id, option.text.as_dict()[language]] for option in question.options if option.text]
    texts = [question.stem.as_dict()[language], options, question.explanation.as_dict()[language]]
    return sha256(canonical(texts)).hexdigest()


def chinese_hash(question: Question) -> str:
    """Hex SHA-256 of all that a reviewer approves: content without translations and recordings, which have reviewers of their own."""
    options = [
        [option.id, option.text.zh if option.text else None, option.picture.sha256 if option.picture else None]
        for option in question.options
    ]
    pictures = [[medium.sha256, medium.alt.zh] for medium in question.media]
    texts = [question.stem.zh, options, question.explanation.zh, pictures, sorted(question.key), question.fixed_order]
    sources = [[source.law, source.article] for source in question.sources]
    return sha256(canonical([question.id, question.kind.value, question.chapter, texts, sources])).hexdigest()


def words_hash(words: str) -> str:
    """Hex SHA-256 of one text: a recording names what was spoken by it, so that a changed word silences it."""
    return sha256(words.encode("utf-8")).hexdigest()


def is_approved(question: Question) -> bool:
    """Whether a reviewer has approved exactly this Chinese, key and picture."""
    approval = question.approval
    return question.state is State.APPROVED and approval is not None and approval.text_hash == chinese_hash(question)


def is_read_back(question: Question, language: str) -> bool:
    """Whether exactly this translation was read back by somebody who had not seen the Chinese, and meant the same."""
    translation = question.translations.get(language)
    read_back = translation.read_back if translation else None
    return read_back is not None and read_back.agrees and read_back.text_hash == translation_hash(question, language)


def is_complete(question: Question, language: str) -> bool:
    """Whether every text of the question is there in a language."""
    texts = [question.stem, question.explanation, *(option.text for option in question.options if option.text)]
    return all(text.as_dict()[language] for text in texts)


def may_be_drawn(question: Question) -> bool:
    """Whether a release may hold it at all: not retired, whole in both languages, no translation of an older Chinese."""
    return (
        question.state is not State.RETIRED
        and is_complete(question, "zh")
        and is_complete(question, "bo")
        and not any(is_stale(question, language) for language in question.translations)
    )


def is_stale(question: Question, language: str) -> bool:
    """Whether the Chinese has changed since the translation was made; such a question may be drawn in no language."""
    translation = question.translations.get(language)
    return translation is not None and translation.of != source_hash(question)


def is_released(question: Question, language: str) -> bool:
    """Whether a named translator has released exactly this text, made from exactly this Chinese."""
    translation = question.translations.get(language)
    return (
        translation is not None
        and translation.state == State.APPROVED
        and bool(translation.reviewed_by)
        and translation.of == source_hash(question)
        and translation.text_hash == translation_hash(question, language)
    )


def _option_content(option: Option) -> dict[str, object]:
    return {
        "id": option.id,
        "text": option.text.as_dict() if option.text else None,
        "picture": option.picture.as_dict() if option.picture else None,
        "audio": [recording.as_dict() for recording in option.audio],
    }
