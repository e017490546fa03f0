"""Questions between the bank and the files of others: the neutral row, and the report of an import.

Pure: a reader turns bytes into a `Report`, a writer turns rows into bytes; nothing is kept or written here.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from examsys.domain.bank import Kind, Medium, Question, Source, Text

Progress = Callable[[int, int], None]
"""Called with (done, total) on the way; total is 0 while it is not known yet."""

LETTERS = "abcdef"
"""The ids that options of the bank may have, in order."""

NO_TEXT = Text("", "")
NO_MEDIA: Mapping[str, bytes] = MappingProxyType({})


class FileKind(StrEnum):
    """The formats that can be read and written."""

    EXCEL = "excel"
    CSV = "csv"
    JSON = "json"
    MOODLE = "moodle"
    GIFT = "gift"
    AIKEN = "aiken"
    QTI21 = "qti21"
    QTI22 = "qti22"
    QTI30 = "qti30"


@dataclass(frozen=True)
class Limits:
    """What a file may be at most; sizes in bytes.

    `ratio` is unpacked to packed of a package, `depth` the nesting of XML and JSON, `text` the characters of one text,
    `pixels` the dots of one photograph.
    """

    file: int = 50_000_000
    unpacked: int = 200_000_000
    members: int = 20_000
    ratio: int = 200
    depth: int = 60
    rows: int = 20_000
    text: int = 5_000
    picture: int = 3_000_000
    pixels: int = 25_000_000


LIMITS = Limits()


@dataclass(frozen=True)
class Place:
    """Where something stands: file, row from 1, and cell (`题目!C5`), column or path (`answer[2]`).

    The row is that of the sheet, the line of a text, or the number of the question in an XML, JSON or QTI file; 0 is the
    file as a whole.
    """

    file: str
    row: int = 0
    cell: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.file, str(self.row or ""), self.cell) if part)


@dataclass(frozen=True)
class Reason:
    """Why a row or a file was refused, or what was changed or is missing: message id, place, and the facts it names."""

    key: str
    place: Place
    facts: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818  the name reads as the sentence it is
    """The file as a whole cannot be taken. `key` is the message id, `cell` names the part, `facts` what the message names."""

    def __init__(self, key: str, cell: str = "", row: int = 0, **facts: str) -> None:
        super().__init__(key, facts)
        self.key, self.cell, self.row, self.facts = key, cell, row, facts

    def reason(self, file: str) -> Reason:
        """The same as a reason of this file."""
        return Reason(self.key, Place(file, self.row, self.cell), self.facts)


@dataclass(frozen=True)
class Choice:
    """An option: a text, in Chinese and perhaps in Tibetan, or the name of a picture in the row's `media`."""

    id: str
    text: Text = NO_TEXT
    picture: str = ""


@dataclass(frozen=True)
class Row:
    """A question as files hold it; what a file did not say is empty, `difficulty` then 0.

    `key` holds option ids, for a judge question `right` or `wrong`. `pictures` are those of the stem; `media` the bytes of
    all pictures by name. Twins, enemies, recordings and states of translation are the bank's own and do not travel: an
    import that replaces a question leaves them to whoever takes it over.
    """

    kind: Kind
    stem: Text
    key: frozenset[str]
    options: tuple[Choice, ...] = ()
    explanation: Text = NO_TEXT
    subject: str = ""
    chapter: str = ""
    families: tuple[str, ...] = ()
    difficulty: int = 0
    sources: tuple[Source, ...] = ()
    fixed_order: bool = False
    pictures: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    id: str = ""
    origin: Place = field(default=Place(""), compare=False)

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of all pictures, of the stem first."""
        return (*self.pictures, *(option.picture for option in self.options if option.picture))


class Verdict(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    WARNED = "taken_with_warnings"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one question of the file. A row is there exactly if it is not refused; `read` is how far it was read."""

    place: Place
    row: Row | None
    warnings: tuple[Reason, ...] = ()
    refusals: tuple[Reason, ...] = ()
    read: Row | None = None

    @property
    def shown(self) -> Row | None:
        """What people are shown of it, taken or refused."""
        return self.row or self.read

    @property
    def bare(self) -> "Outcome":
        """The same without the bytes of its pictures."""
        row, read = (replace(one, media=NO_MEDIA) if one else None for one in (self.row, self.read))
        return replace(self, row=row, read=read)

    @property
    def verdict(self) -> Verdict:
        """Taken, taken with warnings, or refused."""
        if self.row is None:
            return Verdict.REFUSED
        return Verdict.WARNED if self.warnings else Verdict.TAKEN


@dataclass(frozen=True)
class Report:
    """What an import would do: an outcome for each question found, in the order of the file.

    `faults` say why the file as a whole was not read (there are no outcomes then); `passed_over` names what holds no
    question: lines above the headings, sheets without headings, categories. So everything met is accounted for.
    """

    file: str
    kind: FileKind | None
    outcomes: tuple[Outcome, ...] = ()
    faults: tuple[Reason, ...] = ()
    passed_over: tuple[Reason, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that can be taken."""
        return tuple(outcome.row for outcome in self.outcomes if outcome.row is not None)

    @property
    def counts(self) -> dict[str, int]:
        """Questions in the file, and how many were taken, taken with warnings, refused: `in` is the sum of the three."""
        verdicts = Counter(outcome.verdict for outcome in self.outcomes)
        return {"in": len(self.outcomes), **{verdict.value: verdicts[verdict] for verdict in Verdict}}

    @property
    def without_tibetan(self) -> int:
        """How many of the rows taken still need their Tibetan."""
        return sum(not row.stem.bo for row in self.rows)


@dataclass(frozen=True)
class Exported:
    """A file for others: its bytes, the ending of its name, its media type.

    `left_out` are rows that the format cannot hold at all, `lost` what of the others it cannot carry.
    """

    content: bytes
    suffix: str
    mimetype: str
    left_out: tuple[Reason, ...] = ()
    lost: tuple[Reason, ...] = ()


def row_of(question: Question, picture: Callable[[Medium], bytes]) -> Row:
    """A question of the bank as a row; `picture` gives the bytes of a medium."""
    media = [*question.media, *(option.picture for option in question.options if option.picture)]
    return Row(
        kind=question.kind,
        stem=question.stem,
        key=question.key,
        options=tuple(
            Choice(option.id, option.text or NO_TEXT, option.picture.path if option.picture else "")
            for option in question.options
        ),
        explanation=question.explanation,
        subject=question.subject,
        chapter=question.chapter,
        families=question.families,
        difficulty=question.difficulty,
        sources=question.sources,
        fixed_order=question.fixed_order,
        pictures=tuple(medium.path for medium in question.media),
        media={medium.path: picture(medium) for medium in media},
        id=question.id,
        origin=Place(question.id),
    )
