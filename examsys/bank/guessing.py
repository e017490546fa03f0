"""Whether somebody who reads no question could score with a rule of thumb: figures and faults of the bank."""

from collections.abc import Iterator, Sequence
from typing import Final

from examsys.bank.report import Fault
from examsys.bank.yaml_source import BankSource
from examsys.domain.bank import Question
from examsys.domain.guessing import LIMITS, guessers
from examsys.domain.tibetan import Level

FEWEST: Final = 20
"""Below so many questions a share says nothing."""


def guessing_figures(questions: Sequence[Question]) -> dict[str, object]:
    """By subject and kind: the rule of thumb that pays most, and what it pays."""
    found = {}
    for subject in sorted({question.subject for question in questions}):
        scores = guessers([question for question in questions if question.subject == subject])
        for kind, rules in scores.items():
            if rules:
                best = max(rules, key=lambda name: rules[name])
                found[f"{subject} {kind}"] = f"{best}: {rules[best]:.2f} of at most {LIMITS[kind]}"
    return {"best_guesser": found}


def helped_guessers(bank: BankSource) -> Iterator[Fault]:
    """A fault for each subject and rule of thumb that pays too much."""
    for subject in sorted({written.question.subject for written in bank.written}):
        questions = [written.question for written in bank.written if written.question.subject == subject]
        for kind, rules in guessers(questions).items():
            if sum(question.kind is kind for question in questions) < FEWEST:
                continue
            for name, score in rules.items():
                if score >= LIMITS[kind]:
                    passage = f"{kind} {name} {score:.2f}"
                    yield Fault(subject, 1, "", "QB10", Level.ERROR, "guess.rule_of_thumb", passage)
