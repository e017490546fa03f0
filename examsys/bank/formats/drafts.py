"""A question as a reader found it, before anybody has judged it: everything is still text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from examsys.domain.bank import Source

from .exchange import Place, Reason


@dataclass(frozen=True)
class Picture:
    """A picture that the file itself puts in its place; its name is only for people, two pictures may bear the same."""

    name: str
    content: bytes


Shown = str | Picture
"""A picture of a question: itself, or a name that may lead nowhere."""


@dataclass
class DraftOption:
    """An option as written; `letter` where the file names it."""

    zh: str = ""
    bo: str = ""
    picture: Shown = ""
    letter: str = ""


@dataclass
class Draft:
    """One question of a file. `cells` says in which cell or path each field stands, for the reasons.

    The answer stands in `key` as somebody typed it, or in `right` where the format itself names the options (their
    letters, or `right` and `wrong`). `literal`: texts are plain and hold no markup.
    """

    place: Place
    id: str = ""
    kind: str = ""
    zh: str = ""
    bo: str = ""
    options: list[DraftOption] = field(default_factory=list)
    key: str = ""
    right: frozenset[str] | None = None
    explanation_zh: str = ""
    explanation_bo: str = ""
    subject: str = ""
    chapter: str = ""
    families: str = ""
    difficulty: str = ""
    sources: Sequence[Source] = ()
    fixed_order: bool = False
    pictures: list[Shown] = field(default_factory=list)
    literal: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    warnings: list[Reason] = field(default_factory=list)
    refusals: list[Reason] = field(default_factory=list)
    given_up: bool = False

    def warn(self, key: str, of: str = "", **facts: str) -> None:
        """Note something about a field that keeps nobody from taking the question."""
        self._note(self.warnings, key, of, facts)

    def refuse(self, key: str, of: str = "", **facts: str) -> None:
        """Note why the question cannot be taken."""
        self._note(self.refusals, key, of, facts)

    def give_up(self, key: str, of: str = "", **facts: str) -> None:
        """Note why the question could not even be read; what it may lack beside that is not looked for."""
        self.given_up = True
        self.refuse(key, of, **facts)

    def _note(self, notes: list[Reason], key: str, of: str, facts: dict[str, str]) -> None:
        place = Place(self.place.file, self.place.row, self.cells.get(of, "") or self.place.cell)
        reason = Reason(key, place, facts)
        if reason not in notes:
            notes.append(reason)


@dataclass
class Found:
    """What a reader found in a file: drafts in its order, the pictures that came with it by name, and what is no question."""

    drafts: list[Draft] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    passed_over: list[Reason] = field(default_factory=list)
