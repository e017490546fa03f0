"""What a release would change if it came into force today: its questions, Tibetan that nobody has released, papers that can be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..bank import service as bank
from ..domain.bank import Question, is_released
from ..domain.errors import RuleBroken
from ..domain.paper import Blueprint, MissingCell, check_drawable


@dataclass(frozen=True, slots=True)
class Compared:
    """Ids of questions that a release has and the one before had not, the other way round, and with other content."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


@dataclass(frozen=True, slots=True)
class PaperOutlook:
    """A paper: the cells that the release could not fill, and whether the release in force fills them all."""

    paper: Blueprint
    missing: tuple[MissingCell, ...]
    drawn_now: bool

    @property
    def lost(self) -> bool:
        """Whether this paper can be drawn now and no longer after."""
        return self.drawn_now and bool(self.missing)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A release before it is one. `against`: the number of the release in force, empty before the first."""

    against: str
    compared: Compared
    unreleased: tuple[str, ...]
    papers: tuple[PaperOutlook, ...]

    @property
    def lost(self) -> tuple[str, ...]:
        """The names of the papers that could no longer be drawn."""
        return tuple(one.paper.name for one in self.papers if one.lost)


def outlook(questions: Sequence[Question]) -> Outlook:
    """What would change if these questions were the release in force."""
    try:
        release_id, number = bank.newest_release()
        before: Sequence[Question] = bank.questions_of(release_id)
    except RuleBroken:
        number, before = "", ()
    papers = (
        PaperOutlook(paper, tuple(check_drawable(paper, questions)), not check_drawable(paper, before))
        for paper in bank.blueprints()
    )
    return Outlook(
        number,
        compared(_contents(questions), _contents(before)),
        tuple(sorted(question.id for question in questions if not is_released(question, "bo"))),
        tuple(papers),
    )


def compared(contents: Mapping[str, str], before: Mapping[str, str]) -> Compared:
    """How one list of contents differs from an earlier one."""
    return Compared(
        tuple(sorted(contents.keys() - before.keys())),
        tuple(sorted(before.keys() - contents.keys())),
        tuple(sorted(name for name in contents.keys() & before.keys() if contents[name] != before[name])),
        sum(before.get(name) == digest for name, digest in contents.items()),
    )


def contents_of(release_id: str) -> dict[str, str]:
    """By question id the hash of the content that a release holds."""
    return _contents(bank.questions_of(release_id))


def _contents(questions: Sequence[Question]) -> dict[str, str]:
    return {question.id: question.content_hash for question in questions}
