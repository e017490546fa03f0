"""Figures of a release over 10,000 attempts of 100 questions: CPU of this process, without the making of the attempts."""

import random
import time

from examsys.domain.fairness import compare
from examsys.domain.reliability import reliability
from examsys.domain.statistics import Sitting, item_figures, tabulate

ATTEMPTS, LENGTH, QUESTIONS, LIMIT = 10_000, 100, 600, 5.0


def sittings() -> list[Sitting]:
    """Attempts that cost little to make: who knows more is right more often, and three groups take part."""
    chance = random.Random(1)
    names = [f"q-{number:04d}" for number in range(QUESTIONS)]
    kinds = ("zh",) * 5 + ("bo",) * 3 + ("audio", "both")
    made = []
    for _ in range(ATTEMPTS):
        group, knows = chance.choice(kinds), chance.uniform(0.7, 1.0)
        right = tuple(chance.random() < knows for _ in range(LENGTH))
        chosen = tuple("a" if one else chance.choice("bcd") for one in right)
        made.append(
            Sitting(
                "subject1/car", LENGTH, True, tuple(chance.sample(names, LENGTH)), chosen, right,
                tuple(chance.randrange(3_000, 60_000) for _ in range(LENGTH)), ("bo" if group == "audio" else group,) * LENGTH,
                tuple(int(chance.random() < 0.02) for _ in range(LENGTH)), (int(group == "audio"),) * LENGTH,
            )
        )  # fmt: skip
    return made


def measure() -> list[tuple[str, float, float]]:
    """CPU seconds of everything that the pages show, part by part and together, and the limit."""
    given = sittings()
    cells = {name: (str(number % 12),) for number in range(QUESTIONS) for name in (f"q-{number:04d}",)}
    begun = time.process_time()
    table = tabulate(given)
    turned = time.process_time()
    item_figures(table)
    figured = time.process_time()
    compare(table)
    compared = time.process_time()
    reliability("subject1/car", given, cells, 0.9)
    done = time.process_time()
    whole = f"{ATTEMPTS * LENGTH:,} answers"
    return [
        (f"figures of questions, {whole}", figured - begun, LIMIT),
        (f"fairness, {whole}", compared - figured + turned - begun, LIMIT),
        (f"reliability, {whole}", done - compared, LIMIT),
        (f"all statistics, {whole}", done - begun, LIMIT),
    ]
