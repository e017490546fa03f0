"""What a row of a file makes of a question: of a new one all of it, of one that the bank has what the editor may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..bank.formats.exchange import Outcome, Reason, Report, Row
from ..bank.report import Fault
from ..bank.schema import OptionPart, QuestionPart
from ..bank.words import SUBJECT_OF
from ..bank.yaml_source import BankSource, Written
from ..domain.bank import Kind, Text
from ..domain.desk import Deed, may_step
from ..domain.errors import RuleBroken
from ..domain.tibetan import Level
from . import sheet


@dataclass(frozen=True)
class Defaults:
    """What holds for every new row whose file does not say it; `chapters` by the subject that a row says, "" where it says none."""

    chapters: Mapping[str, str] = field(default_factory=dict)
    families: tuple[str, ...] = ()
    difficulty: int = 0
    law: str = ""
    article: str = ""


class Pictures:
    """Where the pictures of rows lie in the bank; `fresh` are the bytes of those that it has not yet, by path."""

    def __init__(self, bank: BankSource) -> None:
        self._digests = {path: digest for path, digest in bank.media_hashes.items() if path in bank.media}
        self._paths = {digest: path for path, digest in self._digests.items()}
        self.fresh: dict[str, bytes] = {}

    def of(self, row: Row) -> dict[str, str]:
        """The path for each name by which this row shows a picture: two rows may mean two pictures by one name."""
        return {name: self._path(name, row.media[name]) if name in row.media else name for name in row.shown}

    def _path(self, name: str, content: bytes) -> str:
        digest = sha256(content).hexdigest()
        if self._digests.get(name) == digest:
            return name
        if digest not in self._paths:
            path = f"imported/p{digest[:16]}{Path(name).suffix.lower() or '.svg'}"
            self._paths[digest], self.fresh[path] = path, content
        return self._paths[digest]


# -- rows of questions that the bank has ---------------------------------------------------------------------


def beside(report: Report, there: Mapping[str, Written], bank: BankSource) -> Report:
    """The report with each row that stands for a question of the bank held against that question.

    Refused are a retired question ('bank.retired') and one in which nothing would change ('duplicate.unchanged'). What the
    file leaves out stays as it is there; so does the Tibetan, which a translator changes ('bank.tibetan_stays').
    """
    outcomes = [
        _beside(outcome, outcome.row, there[outcome.row.id], bank)
        if outcome.row is not None and outcome.row.id in there
        else outcome
        for outcome in report.outcomes
    ]
    return replace(report, outcomes=tuple(outcomes))


def _beside(outcome: Outcome, row: Row, there: Written, bank: BankSource) -> Outcome:
    other = {"other": row.id}
    if not may_step(Deed.WRITE, there.question.state):
        return replace(outcome, row=None, refusals=(Reason("bank.retired", row.origin, other),))
    whole = _completed(row, there)
    if not changes(whole, there, Pictures(bank)):
        return replace(outcome, row=None, warnings=(), refusals=(Reason("duplicate.unchanged", row.origin, other),))
    warnings = [one for one in outcome.warnings if one.key != "row.incomplete"]
    if any(bo and bo != kept for bo, kept in zip(_tibetan(row), _tibetan(whole), strict=True)):
        warnings.append(Reason("bank.tibetan_stays", row.origin, other))
    return replace(outcome, row=whole, warnings=tuple(warnings))


def _completed(row: Row, there: Written) -> Row:
    """The row with what its file leaves out, and with the Tibetan, as the bank has it."""
    question, part = there.question, there.part
    befores = ((option, _before(option.id, option.text.zh, part)) for option in row.options)
    return replace(
        row,
        stem=_kept(row.stem, part.stem.bo),
        options=tuple(
            replace(option, text=_kept(option.text, before.bo if before else None)) for option, before in befores
        ),
        explanation=_kept(Text(row.explanation.zh or question.explanation.zh, row.explanation.bo), part.explanation.bo),
        subject=question.subject,
        chapter=question.chapter,
        families=row.families or question.families,
        difficulty=row.difficulty or question.difficulty,
        sources=row.sources or question.sources,
    )


def _kept(text: Text, bo: str | None) -> Text:
    return Text(text.zh, bo or text.bo) if text.zh else text


def _before(letter: str, zh: str, part: QuestionPart) -> OptionPart | None:
    """The option of the question that a row's option stands for: the one with its words, wherever it stood, else its letter."""
    said = next((option for option in part.options if zh and option.zh == zh), None)
    return said or next((option for option in part.options if option.id == letter), None)


def _tibetan(row: Row) -> tuple[str, ...]:
    return (row.stem.bo, *(option.text.bo for option in row.options), row.explanation.bo)


def changes(row: Row, there: Written, pictures: Pictures, defaults: Defaults = Defaults()) -> dict[str, Any]:
    """The fields that a row changes in a question of the bank; the recordings of its options stay with their words."""
    values = values_of(row, defaults, pictures)
    for option in values["options"] or ():
        before = _before(option["id"], option.get("zh", ""), there.part)
        if before and before.audio:
            option["audio"] = [recording.model_dump(exclude_none=True) for recording in before.audio]
    return sheet.changed(values, there)


# -- a row as a block ----------------------------------------------------------------------------------------


def chapter_of(row: Row, defaults: Defaults) -> tuple[str, str]:
    """Subject and chapter of a new question: the subject follows from the chapter.

    RuleBroken('desk.unreadable') where there is no chapter, or one that the outline does not have in the row's subject.
    """
    chapter = row.chapter or defaults.chapters.get(row.subject, "")
    subject = SUBJECT_OF.get(chapter, "")
    if not subject or row.subject not in ("", subject):
        key, passage = ("chapter.unknown", "") if chapter else ("schema", "chapter")
        raise RuleBroken("desk.unreadable", faults=[Fault("", 0, "", "QB02", Level.ERROR, key, passage)])
    return subject, chapter


def values_of(row: Row, defaults: Defaults, pictures: Pictures) -> dict[str, Any]:
    """A row as the fields of a block; what neither the file nor the defaults say is left out, and refused by name."""
    paths = pictures.of(row)
    law, article = defaults.law, defaults.article
    sources = [{"law": source.law, "article": source.article or article} for source in row.sources]
    sources = sources or ([{"law": law, "article": article}] if law and article else [])
    explanation = row.explanation.zh or (f"《{sources[0]['law']}》{sources[0]['article']}。" if sources else "")
    judge = row.kind is Kind.JUDGE
    options = [
        {"id": option.id, "picture": paths[option.picture]}
        if option.picture
        else {"id": option.id, **sheet.text(option.text.zh, option.text.bo)}
        for option in row.options
    ]
    return {
        "kind": row.kind.value,
        "families": list(row.families or defaults.families),
        "difficulty": row.difficulty or defaults.difficulty,
        "source": (sources[0] if len(sources) == 1 else sources) if sources else None,
        "media": [paths[name] for name in row.pictures] or None,
        "stem": sheet.text(row.stem.zh, row.stem.bo),
        "options": None if judge else options,
        "fixed_order": True if row.fixed_order else None,
        "key": next(iter(row.key)) if judge else sorted(row.key),
        "explanation": sheet.text(explanation, row.explanation.bo),
    }
