"""Simulated candidates: they know more or less, questions are easy or hard, papers are drawn at random."""

import math
import random
from collections.abc import Mapping, Sequence

from examsys.domain.statistics import Sitting


def simulate(
    number: int,
    questions: int,
    length: int,
    *,
    seed: int = 1,
    groups: Mapping[str, float] | None = None,
    knowledge: Mapping[str, float] | None = None,
    bias: Mapping[tuple[str, str], float] | None = None,
    spread: float = 0.9,
    ease: float = 2.2,
    slopes: Sequence[float] = (1.0,),
    hard: Sequence[int] = (),
    drawn: Sequence[int] = (),
    bank: int | None = None,
) -> list[Sitting]:
    """Sittings under a logistic model. `groups`: share of each; `knowledge`: its mean in logits; `bias`: what a question costs a group.

    The questions numbered in `hard` are harder by two logits; only those in `drawn` are asked, if any are named. Two calls with one `bank` ask the same questions.
    """
    chance, making = random.Random(seed), random.Random(seed if bank is None else bank)
    names = [f"q-{one:04d}" for one in range(questions)]
    level = {name: making.gauss(ease, 1.0) for name in names}
    level |= {names[one]: level[names[one]] - 2.0 for one in hard}
    slope = {name: making.choice(slopes) for name in names}
    pool = [names[one] for one in drawn] if drawn else names
    shares, means, unfair = groups or {"zh": 0.5, "bo": 0.5}, knowledge or {}, bias or {}
    kinds, weights = list(shares), list(shares.values())
    made = []
    for _ in range(number):
        group = chance.choices(kinds, weights)[0]
        knows = chance.gauss(means.get(group, 0.0), spread)
        paper = chance.sample(pool, length)
        right, chosen = [], []
        for name in paper:
            logit = slope[name] * knows + level[name] - unfair.get((name, group), 0.0)
            hit = chance.random() < 1 / (1 + math.exp(-logit))
            right.append(hit)
            chosen.append("a" if hit else chance.choice("bcd"))
        made.append(
            Sitting(
                "subject1/car", length, True, tuple(paper), tuple(chosen), tuple(right),
                tuple(chance.randrange(4_000, 30_000) for _ in paper), ("bo" if group == "audio" else group,) * length,
                tuple(int(chance.random() < 0.03) for _ in paper), (int(group == "audio"),) * length,
            )
        )  # fmt: skip
    return made
