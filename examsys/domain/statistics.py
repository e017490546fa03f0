"""How questions behave: what is known of each from the answers it was given. Facility, discrimination, distractors, time, changes of language.

A figure never says why. A release's figures are made of the answers of that release alone; a question that was not looked
at (unanswered and never on the screen) counts as not asked.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, median
from typing import Final

LEAST_SHOWN: Final = 30  # answers below which a question has no figures; also takers below which a group has no median
MOSTLY: Final = 0.8  # share of the answers of a sitting that must be in one language for it to be of that language
AUDIO, MIXED = "audio", "mixed"
THIRDS: Final = ("lower", "middle", "upper")
NO_ANSWER: Final = ""
Z95: Final = NormalDist().inv_cdf(0.975)
Z99: Final = NormalDist().inv_cdf(0.995)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One graded attempt: what was asked and answered, column by column in the order of the paper.

    `chosen` are the bank's option ids with commas between ("" is no answer), `ms` the time on the screen. `switches`
    (changes of language) and `heard` (recordings played) are empty where they were not counted.
    """

    paper: str  # which kind of paper: subject and family of classes
    length: int  # questions on the paper, also those that were not looked at, but not those voided since
    first: bool  # not a make-up
    questions: Sequence[str]
    chosen: Sequence[str]
    right: Sequence[bool]
    ms: Sequence[int]
    languages: Sequence[str]
    switches: Sequence[int] = ()
    heard: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its limits, 95 % unless said otherwise."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Distractor:
    """How often an option (or no answer) was chosen: in all, and among the lower, middle and upper third of the takers."""

    option: str
    count: int
    thirds: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What one question's answers say. None: too few answers, or none to compute it from."""

    question: str
    shown: int
    right: int
    facility: Interval | None  # share of right answers
    discrimination: Interval | None  # correlation of being right here with the share right of the rest of the paper
    distractors: tuple[Distractor, ...]
    thirds: tuple[int, int, int]  # takers in each third
    key: str  # what was marked right, "" if nobody chose it
    seconds: Mapping[str, float]  # median by the language of the answer, only of groups large enough
    takers: Mapping[str, int]  # by group
    switched: Mapping[str, tuple[int, int]]  # group: takers who changed the language on this question, takers counted


@dataclass(frozen=True, slots=True)
class Table:
    """All sittings of a release, turned over: by question, then by what was chosen, the numbers of the sittings."""

    sittings: Sequence[Sitting]
    by_question: Mapping[str, Mapping[str, Sequence[int]]]
    keys: Mapping[str, str]
    groups: Sequence[str]  # of each sitting, as `taker` says
    scores: Sequence[int]  # right answers of each sitting
    sizes: Sequence[int]  # questions looked at


def wilson(count: int, of: int, z: float = Z95) -> Interval:
    """A share with score limits, which stay within 0 and 1 (Wilson 1927, JASA 22:209). ValueError for a share of nothing."""
    if of <= 0:
        raise ValueError(of)
    share = count / of
    middle, scale = (share + z * z / (2 * of)), 1 + z * z / of
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)
    return Interval(share, min(share, low), max(share, high))  # equal at 0 and 1 but for rounding


def taker(sitting: Sitting) -> str:
    """Whose sitting it is: `audio` if at least half of it was listened to, else the language of MOSTLY of its answers, else `mixed`.

    A candidate who looks a single question up in the other language stays in the own group: who needs that is part of what
    the comparison is about.
    """
    if not sitting.languages:
        return MIXED
    if sum(map(bool, sitting.heard)) * 2 >= len(sitting.languages):
        return AUDIO
    first = sitting.languages[0]
    if sitting.languages.count(first) == len(sitting.languages):
        return first
    language, times = Counter(sitting.languages).most_common(1)[0]
    return language if times >= MOSTLY * len(sitting.languages) else MIXED


def tabulate(sittings: Iterable[Sitting]) -> Table:
    """Turn the sittings over; those with fewer than two questions have no rest to compare with and are left out."""
    kept = [sitting for sitting in sittings if len(sitting.questions) > 1]
    by_question: dict[str, dict[str, list[int]]] = {}
    keys: dict[str, str] = {}
    for number, sitting in enumerate(kept):
        for question, chosen, is_right in zip(sitting.questions, sitting.chosen, sitting.right, strict=True):
            try:
                by_question[question][chosen].append(number)
            except KeyError:
                by_question.setdefault(question, {})[chosen] = [number]
                if is_right:
                    keys[question] = chosen
    return Table(
        kept,
        by_question,
        keys,
        [taker(sitting) for sitting in kept],
        [sum(sitting.right) for sitting in kept],
        [len(sitting.questions) for sitting in kept],
    )


def item_figures(table: Table) -> dict[str, ItemFigures]:
    """The figures of every question that was asked."""
    third = _thirds(table)
    rests = _Rests(table)
    times = _times(table.sittings)
    switched = _switched(table)
    counted = [bool(sitting.switches) for sitting in table.sittings]
    found = {}
    for question, answers in table.by_question.items():
        key = table.keys.get(question, NO_ANSWER)
        right = answers[key] if question in table.keys else []
        wrong = [number for chosen, numbers in answers.items() if chosen != key for number in numbers]
        shown = len(right) + len(wrong)
        takers = Counter(map(table.groups.__getitem__, right)) + Counter(map(table.groups.__getitem__, wrong))
        enough = shown >= LEAST_SHOWN
        found[question] = ItemFigures(
            question, shown, len(right),
            wilson(len(right), shown) if enough else None,
            rests.discrimination(right, wrong) if enough else None,
            _distractors(answers, third),
            _by_third([*right, *wrong], third),
            key,
            {language: median(ms) / 1000 for language, ms in times.get(question, {}).items() if len(ms) >= LEAST_SHOWN},
            takers,
            _shares(switched.get(question, {}), [*right, *wrong], table.groups, counted),
        )  # fmt: skip
    return found


class _Rests:
    """The share right of the rest of each paper, for a question that was answered right and for one that was not."""

    def __init__(self, table: Table) -> None:
        self.if_right = [(score - 1) / (size - 1) for score, size in zip(table.scores, table.sizes, strict=True)]
        self.if_wrong = [score / (size - 1) for score, size in zip(table.scores, table.sizes, strict=True)]

    def discrimination(self, right: Sequence[int], wrong: Sequence[int]) -> Interval | None:
        """Point-biserial correlation with the rest score (Henrysson 1963, Psychometrika 28:211), limits by Fisher's z.

        None where everybody or nobody was right, or all rests are alike.
        """
        of_right, of_wrong = [self.if_right[number] for number in right], [self.if_wrong[number] for number in wrong]
        n, n1 = len(right) + len(wrong), len(right)
        if not n1 or n1 == n:
            return None
        mean = (sum(of_right) + sum(of_wrong)) / n
        squares = sum([(rest - mean) ** 2 for rest in of_right]) + sum([(rest - mean) ** 2 for rest in of_wrong])
        if squares < 1e-12:
            return None
        apart = sum(of_right) / n1 - sum(of_wrong) / (n - n1)
        r = apart * math.sqrt(n1 * (n - n1) / n / squares)
        r = max(-1.0, min(1.0, r))
        if abs(r) > 1 - 1e-9:
            return Interval(r, r, r)
        z, half = math.atanh(r), Z95 / math.sqrt(n - 3)
        return Interval(r, math.tanh(z - half), math.tanh(z + half))


def _thirds(table: Table) -> list[int]:
    """Lower, middle or upper third (0, 1, 2) of each sitting among those of the same kind of paper, ties by their middle rank."""
    by_paper: dict[str, list[int]] = {}
    for number, sitting in enumerate(table.sittings):
        by_paper.setdefault(sitting.paper, []).append(number)
    third = [0] * len(table.sittings)
    for numbers in by_paper.values():
        share = [table.scores[number] / table.sizes[number] for number in numbers]
        below, place = 0, {}
        for value, times in sorted(Counter(share).items()):
            place[value] = min(2, int(3 * (below + times / 2) / len(numbers)))
            below += times
        for number, value in zip(numbers, share, strict=True):
            third[number] = place[value]
    return third


def _by_third(numbers: Sequence[int], third: Sequence[int]) -> tuple[int, int, int]:
    counts = Counter(map(third.__getitem__, numbers))
    return counts[0], counts[1], counts[2]


def _distractors(answers: Mapping[str, Sequence[int]], third: Sequence[int]) -> tuple[Distractor, ...]:
    """Every option that anybody chose, by id; of several right ones each counts for itself. No answer comes last."""
    options: dict[str, list[int]] = {}
    for chosen, numbers in answers.items():
        for option in chosen.split(",") if chosen else (NO_ANSWER,):
            options.setdefault(option, []).extend(numbers)
    ordered = sorted(options, key=lambda option: (option == NO_ANSWER, option))
    return tuple(Distractor(option, len(options[option]), _by_third(options[option], third)) for option in ordered)


def _times(sittings: Sequence[Sitting]) -> dict[str, dict[str, list[int]]]:
    """Milliseconds on the screen by question and language of the answer, where any were told."""
    times: dict[str, dict[str, list[int]]] = {}
    for sitting in sittings:
        for question, language, ms in zip(sitting.questions, sitting.languages, sitting.ms, strict=True):
            if ms:
                try:
                    times[question][language].append(ms)
                except KeyError:
                    times.setdefault(question, {})[language] = [ms]
    return times


def _switched(table: Table) -> dict[str, Counter[str]]:
    """By question and group of takers: in how many sittings the language was changed while it was on the screen."""
    found: dict[str, Counter[str]] = {}
    for sitting, group in zip(table.sittings, table.groups, strict=True):
        if any(sitting.switches):
            for question, times in zip(sitting.questions, sitting.switches, strict=True):
                if times:
                    found.setdefault(question, Counter())[group] += 1
    return found


def _shares(
    changed: Mapping[str, int], numbers: Sequence[int], groups: Sequence[str], counted: Sequence[bool]
) -> dict[str, tuple[int, int]]:
    of = Counter(groups[number] for number in numbers if counted[number])
    return {group: (changed.get(group, 0), count) for group, count in sorted(of.items())}
