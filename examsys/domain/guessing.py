"""What somebody scores who reads no question: the longest option, the commonest key, the option with a certain word.

Each rule of thumb is tried on all questions of a subject, in Chinese and in Tibetan; a tie counts by chance.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Final

from examsys.domain.bank import RIGHT, Kind, Question

LIMITS: Final[Mapping[Kind, float]] = {Kind.SINGLE: 0.40, Kind.JUDGE: 0.58}
"""The share that no rule of thumb may reach; chance gives 0.25 with four options, and 0.5."""

LANGUAGES: Final = ("zh", "bo")
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {  # words that could tell right from wrong, by language
    "must": {"zh": "应当|必须|应", "bo": "དགོས"},
    "may": {"zh": "可以|可", "bo": "ཆོག"},
    "not": {"zh": "不得|禁止|不准|不能|不可", "bo": "མི་ཆོག|མི་རུང"},
    "always": {"zh": "只要|都|一律|任何|全部|一定|绝对|只能", "bo": "ཚང་མ|གང་ཡིན་ཡང|ཐམས་ཅད|ཁོ་ན"},
}
_ALL: Final = {"zh": "以上|上述|均|都", "bo": "གོང་གི|ཚང་མ"}
Single = Callable[[Question, str], float]


def guessers(questions: Sequence[Question]) -> dict[Kind, dict[str, float]]:
    """By kind and rule of thumb (`name language`) the share, from 0 to 1, of questions that it gets right."""
    single = [question for question in questions if question.kind is Kind.SINGLE]
    judge = [question for question in questions if question.kind is Kind.JUDGE]
    return {Kind.SINGLE: _single_scores(single), Kind.JUDGE: _judge_scores(judge)}


def _single_scores(single: Sequence[Question]) -> dict[str, float]:
    if not single:
        return {}
    letters = Counter(letter for question in single for letter in question.key)
    scores = {"commonest key": max(letters.values()) / len(single)}
    for language in LANGUAGES:
        worded = [question for question in single if all(option.text for option in question.options)]
        rules: dict[str, Single] = {
            "longest option": _longest,
            "shortest option": _shortest,
            "all of them": _all_of_them,
        }
        rules |= {f"option with {name!r}": _with_word(words[language]) for name, words in _WORDS.items()}
        for name, rule in rules.items():
            scores[f"{name} {language}"] = _mean(rule(question, language) for question in worded)
    return scores


def _judge_scores(judge: Sequence[Question]) -> dict[str, float]:
    if not judge:
        return {}
    right = _mean(RIGHT in question.key for question in judge)
    scores = {"commonest key": max(right, 1 - right)}
    for language in LANGUAGES:
        texts = [(question.stem.as_dict()[language], RIGHT in question.key) for question in judge]
        usual = median(len(text) for text, _ in texts)
        signs: dict[str, Callable[[str], bool]] = {"long": partial(_longer, usual)}
        signs |= {f"with {name!r}": partial(_has, words[language]) for name, words in _WORDS.items()}
        for name, sign in signs.items():
            hit = _mean(sign(text) == is_right for text, is_right in texts)
            scores[f"{name} is right {language}"], scores[f"{name} is wrong {language}"] = hit, 1 - hit
    return scores


def _longer(usual: float, text: str) -> bool:
    return len(text) > usual


def _has(words: str, text: str) -> bool:
    return re.search(words, text) is not None


def _longest(question: Question, language: str) -> float:
    lengths = {option.id: len(option.text.as_dict()[language]) for option in question.options if option.text}
    return _chance(question, [name for name, length in lengths.items() if length == max(lengths.values())])


def _shortest(question: Question, language: str) -> float:
    lengths = {option.id: len(option.text.as_dict()[language]) for option in question.options if option.text}
    return _chance(question, [name for name, length in lengths.items() if length == min(lengths.values())])


def _all_of_them(question: Question, language: str) -> float:
    return _with_word(_ALL[language])(question, language)


def _with_word(words: str) -> Single:
    """Takes the options that have the word; where all or none have it, all of them."""
    sought = re.compile(words)

    def rule(question: Question, language: str) -> float:
        texts = {option.id: option.text.as_dict()[language] for option in question.options if option.text}
        having = [name for name, text in texts.items() if sought.search(text)]
        return _chance(question, having or list(texts))

    return rule


def _chance(question: Question, names: Sequence[str]) -> float:
    """How often one of these, taken by lot, is the right one."""
    return sum(name in question.key for name in names) / len(names) if names else 0.0


def _mean(values: Iterator[float] | Iterator[bool]) -> float:
    found = [float(value) for value in values]
    return sum(found) / len(found) if found else 0.0
