"""What somebody who knows nothing could make use of: the longest option, the commonest key."""

from collections import Counter
from collections.abc import Iterator, Sequence

from examsys.bank.report import Fault
from examsys.bank.yaml_source import BankSource
from examsys.domain.bank import RIGHT, Kind, Question
from examsys.domain.tibetan import Level

FEWEST = 20
"""Below so many questions a share says nothing."""

TOO_OFTEN = 0.4
"""The share of single-choice questions above which a rule of thumb pays; with four options chance gives 0.25."""


def guessing_figures(questions: Sequence[Question]) -> dict[str, object]:
    """Shares from 0 to 1: judge questions that are right, and what each rule of thumb would score on single choice."""
    judge = [question for question in questions if question.kind is Kind.JUDGE]
    single = [question for question in questions if question.kind is Kind.SINGLE]
    keys = Counter(next(iter(question.key)) for question in single)
    return {
        "judge_right": _share(sum(RIGHT in question.key for question in judge), len(judge)),
        "single_key": {name: _share(count, len(single)) for name, count in sorted(keys.items())},
        "longest_is_right": _share(sum(map(_longest_is_right, single)), len(single)),
    }


def helped_guessers(bank: BankSource) -> Iterator[Fault]:
    """Warnings for each chapter file in which a rule of thumb pays."""
    files = sorted({written.document.file for written in bank.written})
    for file in files:
        questions = [written.question for written in bank.written if written.document.file == file]
        yield from _chapter_faults(file, questions)


def _chapter_faults(file: str, questions: Sequence[Question]) -> Iterator[Fault]:
    judge = [question for question in questions if question.kind is Kind.JUDGE]
    single = [question for question in questions if question.kind is Kind.SINGLE]
    right = _share(sum(RIGHT in question.key for question in judge), len(judge))
    if len(judge) >= FEWEST and not TOO_OFTEN <= right <= 1 - TOO_OFTEN:
        yield Fault(file, 1, "", "QB10", Level.WARNING, "guess.judge_right", str(right))
    if len(single) < FEWEST:
        return
    letter, count = Counter(next(iter(question.key)) for question in single).most_common(1)[0]
    if _share(count, len(single)) > TOO_OFTEN:
        yield Fault(file, 1, "", "QB10", Level.WARNING, "guess.commonest_key", f"{letter} {_share(count, len(single))}")
    longest = _share(sum(map(_longest_is_right, single)), len(single))
    if longest > TOO_OFTEN:
        yield Fault(file, 1, "", "QB10", Level.WARNING, "guess.longest_option", str(longest))


def _longest_is_right(question: Question) -> bool:
    """Whether one option is longer than all others in Chinese, and right."""
    lengths = {option.id: len(option.text.zh) for option in question.options if option.text}
    if not lengths:
        return False
    longest = [name for name, length in lengths.items() if length == max(lengths.values())]
    return len(longest) == 1 and longest[0] in question.key


def _share(part: int, whole: int) -> float:
    return round(part / whole, 2) if whole else 0.0
