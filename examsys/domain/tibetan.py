"""Checks of Tibetan text: spelling, typing, particles, and that both languages carry the same numbers.

The rules are BO01 to BO19 of the house, BO21 for the agreement of particles, and BO22 for words that misled a reader. They find slips of the hand; they
cannot find a wrong meaning. A text without findings still needs a translator who reads it.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from examsys.domain.particles import ALSO_WORDS, agrees, is_question_particle

TSHEG, SHAD = "\u0f0b", "\u0f0d"
LONGEST_SYLLABLE = 8  # code points; a longer one lacks a tsheg


class Level(StrEnum):
    """How bad a finding is; only errors keep a text out of the bank."""

    ERROR = "error"
    WARNING = "warning"
    STYLE = "style"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """A broken rule: its number, the id of the message about it, where it begins (code points from 0) and the passage."""

    rule: str
    level: Level
    message_key: str
    at: int = 0
    passage: str = ""


@dataclass(frozen=True)
class Lexicon:
    """What the checks know about words, as data.

    `known` says whether a syllable is in the dictionary (None: there is no dictionary, spelling is then not checked).
    `whitelist` holds good syllables that it does not have, `false_alarms` pairs of rule and passage that were looked at
    and are right, `units` the Tibetan forms of a Chinese unit that follows a number, `glossary` the Tibetan forms of a
    Chinese term, `misread` passages that blind readers took for something else, each with the longer ones in which it is plain.
    """

    known: Callable[[str], bool] | None = None
    whitelist: Collection[str] = frozenset()
    false_alarms: Collection[tuple[str, str]] = frozenset()
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    glossary: Mapping[str, Sequence[str]] = field(default_factory=dict)
    misread: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _verdicts: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The Chinese terms of three signs and more, longest first; shorter ones are too often part of other words."""
        return tuple(sorted((term for term in self.glossary if len(term) >= 3), key=len, reverse=True))

    def knows(self, syllable: str) -> bool:
        """Whether the syllable is good; each different one is looked up once."""
        if self.known is None or syllable in self.whitelist:
            return True
        if syllable not in self._verdicts:
            self._verdicts[syllable] = self.known(syllable)
        return self._verdicts[syllable]


_GA = "[\u0f40\u0f42][\u0f71-\u0f84]*"  # ka or ga, with or without a vowel: its leg stands for the shad
_NOT_GA = "[\u0f41\u0f43-\u0f6c\u0f90-\u0fbc][\u0f71-\u0f84]*"

_SIGNS = (
    ("BO02", Level.ERROR, "bo.forbidden_sign", "[\u0f00\u0f0c\u0f73\u0f75-\u0f79\u0f81\u00a0\u200b-\u200d\ufeff]"),
    (
        "BO03",
        Level.ERROR,
        "bo.foreign_sign",
        "[^\u0f00-\u0fff0-9A-Za-z %/.,:()<>+=~\u00d7\u221a\u00b0\u2103\u2013《》“”-]",
    ),
    ("BO03", Level.ERROR, "bo.tibetan_digit", "[\u0f20-\u0f33]"),
    (
        "BO03",
        Level.ERROR,
        "bo.foreign_sign",
        "[\u0f01-\u0f0a\u0f0e-\u0f1f\u0f34-\u0f3b\u0f3e\u0f3f\u0f85-\u0f8f\u0fbd-\u0fff]",
    ),
    ("BO04", Level.ERROR, "bo.double_tsheg", f"{TSHEG}{TSHEG}+"),
    ("BO05", Level.ERROR, "bo.tsheg_before_shad", f"[^\u0f44]{TSHEG}{SHAD}"),
    ("BO06", Level.ERROR, "bo.nga_needs_tsheg", f"\u0f44{SHAD}"),
    ("BO07", Level.ERROR, "bo.shad_after_ga", f"{_GA}{SHAD}"),
    ("BO08", Level.ERROR, "bo.space_after_shad", f"{SHAD}(?=[^ {SHAD})》”])"),
    ("BO09", Level.ERROR, "bo.double_space", "  +"),
    ("BO10", Level.WARNING, "bo.stray_space", f"(?:{_NOT_GA}|{TSHEG}) (?![0-9A-Za-z(<《“ ])"),
    ("BO11", Level.STYLE, "bo.tsheg_before_digit", "[\u0f40-\u0fbc] ?[0-9]"),
    ("BO18", Level.ERROR, "bo.missing_tsheg", f"[\u0f40-\u0fbc]{{{LONGEST_SYLLABLE + 1},}}"),
)
_RULES = tuple((rule, level, key, re.compile(pattern)) for rule, level, key, pattern in _SIGNS)
_SYLLABLE = re.compile("[\u0f40-\u0fbc]+")
_ENDS_WELL = re.compile(f"(?:{SHAD}|{_GA})[)》” ]*$")
_HAN = re.compile("[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_ZH_NUMBER = re.compile("[零〇一二两三四五六七八九十百千]+")
_NOT_ZH = re.compile("不|没|未|无|勿|禁止")
_MAYBE_NOT_ZH = re.compile("非|免|否则|防|前|刚|异|报废|只|除|死|毁|灭|失")  # Tibetan often says these by a negation
_NOT_BO = frozenset(["མི", "མ", "མེད", "མིན", "མེན"])
_FORBID_BO = frozenset(["འགོག", "བཀག", "དགག"])  # stop, forbid: may stand for a negation and need not
_NO_NEGATION = re.compile(
    "(?:མི་(?:སྣ|སྒེར|ཚེ|དམངས|གྲངས|རྣམས|ཤི|ཚོགས|འབོར|གཟུགས|གཞན|ཞིག|གཅིག|གཉིས|གསུམ|བཞི|ལྔ|འགའ|དེ)|(?<=འི་)མི"
    "|མ་(?:ལག|ཐག|རྩ)|(?:སློབ|ཚང|བྱིས|རྨས|ཕ|གཡས|གཡོན|སྟེང|འོག|ཉི|གྲིབ|གཙང|ཁུག)་མ"
    "|(?:བེད|ཆད)་མེད|བར་མི|འདུག་མི|རྨས་མི)(?:ས|འི|ར)?(?![\u0f40-\u0fbc])"
)  # a person (counted, or after an attribute), system, pupil, all, the lower one: here these syllables negate nothing
_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


def lint_text(bo: str, lexicon: Lexicon, *, stem: bool = False) -> list[Finding]:
    """Findings about one Tibetan text by itself; a `stem` must also end as a sentence does."""
    findings = list(_sign_findings(bo))
    findings += _spelling_findings(bo, lexicon)
    findings += _particle_findings(bo)
    findings += _misread_findings(bo, lexicon)
    if stem and not _ENDS_WELL.search(bo):
        findings.append(Finding("BO12", Level.ERROR, "bo.stem_without_end", max(len(bo) - 1, 0), bo[-12:]))
    return _without_false_alarms(findings, lexicon)


def lint_pair(zh: str, bo: str, lexicon: Lexicon) -> list[Finding]:
    """Findings about a Tibetan text beside the Chinese it translates: numbers, length, negation, terms, question."""
    findings = [*_number_findings(zh, bo), *_unit_findings(zh, bo, lexicon), *_term_findings(zh, bo, lexicon)]
    han, syllables = len(_HAN.findall(zh)), _SYLLABLE.findall(bo)
    if han >= 6 and not 0.6 <= len(syllables) / han <= 2.2:
        findings.append(Finding("BO14", Level.WARNING, "bo.length_differs", 0, f"{len(syllables)}/{han}"))
    if _negation_differs(zh, bo):
        findings.append(Finding("BO15", Level.WARNING, "bo.negation_differs", 0, zh))
    if zh.rstrip().endswith(("？", "?")) and not is_question_particle(syllables[-2:]):
        findings.append(Finding("BO17", Level.ERROR, "bo.no_question_particle", max(len(bo) - 1, 0), bo[-12:]))
    return _without_false_alarms(findings, lexicon)


def lint_options(zh: Sequence[str], bo: Sequence[str]) -> list[Finding]:
    """Findings about the options of a question as a whole: as many on both sides, and no two alike."""
    findings = []
    if len(zh) != len(bo):
        findings.append(Finding("BO19", Level.ERROR, "bo.options_differ_in_number", 0, f"{len(zh)}/{len(bo)}"))
    for texts in (zh, bo):
        plain = [unicodedata.normalize("NFC", text).strip(f" {SHAD}{TSHEG}。") for text in texts]
        double = next((text for place, text in enumerate(plain) if text in plain[:place]), None)
        if double is not None:
            findings.append(Finding("BO19", Level.ERROR, "bo.options_alike", 0, double))
    return findings


def _without_false_alarms(findings: list[Finding], lexicon: Lexicon) -> list[Finding]:
    return [finding for finding in findings if (finding.rule, finding.passage) not in lexicon.false_alarms]


def _sign_findings(bo: str) -> Iterator[Finding]:
    if not unicodedata.is_normalized("NFC", bo):
        yield Finding("BO01", Level.ERROR, "bo.not_nfc")
    for rule, level, key, pattern in _RULES:
        for match in pattern.finditer(bo):
            start = match.start()
            yield Finding(
                rule, level, key, start, match.group() if match.group().strip() else bo[max(start - 6, 0) : start + 6]
            )


def _spelling_findings(bo: str, lexicon: Lexicon) -> Iterator[Finding]:
    if lexicon.known is None:
        yield Finding("BO18", Level.NOTE, "bo.spelling_not_checked")
        return
    for match in _SYLLABLE.finditer(bo):
        if len(match.group()) <= LONGEST_SYLLABLE and not lexicon.knows(match.group()):
            yield Finding("BO18", Level.ERROR, "bo.unknown_syllable", match.start(), match.group())


def _particle_findings(bo: str) -> Iterator[Finding]:
    for before, particle, start, end in _neighbours(bo):
        if not agrees(before, particle) and not bo.startswith("་གེ", end):  # ཡི་གེ is a letter
            level = Level.WARNING if particle in ALSO_WORDS else Level.ERROR
            yield Finding("BO21", level, "bo.particle_disagrees", start, before + TSHEG + particle)


def _misread_findings(bo: str, lexicon: Lexicon) -> Iterator[Finding]:
    for passage, plain in lexicon.misread.items():
        left = bo
        for longer in plain:
            left = left.replace(longer, "\0" * len(longer))  # as long as it was, so that places stay
        at = left.find(passage)
        if at >= 0:
            yield Finding("BO22", Level.WARNING, "bo.misread", at, passage)


def _neighbours(bo: str) -> Iterator[tuple[str, str, int, int]]:
    """Syllables with a single tsheg between them, where the first begins and the second ends."""
    for one, other in pairwise(_SYLLABLE.finditer(bo)):
        if bo[one.end() : other.start()] == TSHEG:
            yield one.group(), other.group(), one.start(), other.end()


def _negation_differs(zh: str, bo: str) -> bool:
    syllables = set(_SYLLABLE.findall(_NO_NEGATION.sub("", bo)))
    if _NOT_ZH.search(zh):
        return not syllables & (_NOT_BO | _FORBID_BO)
    return bool(syllables & _NOT_BO) and not _MAYBE_NOT_ZH.search(zh)


def _number_findings(zh: str, bo: str) -> Iterator[Finding]:
    """Digits of the Chinese must stand in the Tibetan; further Tibetan digits must render a Chinese number word."""
    wanted = _NUMBER.findall(zh.translate(_WIDTH))
    found = _NUMBER.findall(bo)
    spare = list(found)
    for number in wanted:
        if number in spare:
            spare.remove(number)
        else:
            yield Finding("BO13", Level.ERROR, "bo.number_missing", 0, number)
    words = [str(read_chinese_number(word)) for word in _ZH_NUMBER.findall(zh)]
    for number in spare:
        if number in words:
            words.remove(number)
        else:
            yield Finding("BO13", Level.ERROR, "bo.number_added", bo.find(number), number)
    if sorted(wanted) == sorted(found) and wanted != found:
        yield Finding("BO13", Level.NOTE, "bo.numbers_in_other_order", 0, " ".join(found))


def _unit_findings(zh: str, bo: str, lexicon: Lexicon) -> Iterator[Finding]:
    for unit, forms in lexicon.units.items():
        if re.search(rf"\d\s*{re.escape(unit)}", zh, re.ASCII) and not any(form in bo for form in forms):
            yield Finding("BO13", Level.WARNING, "bo.unit_missing", 0, unit)


def _term_findings(zh: str, bo: str, lexicon: Lexicon) -> Iterator[Finding]:
    """The longest terms first: a short one inside a long one is not a term of its own."""
    rest = zh
    for term in lexicon.terms:
        if term in rest:
            rest = rest.replace(term, " ")
            if not any(form in bo for form in lexicon.glossary[term]):
                yield Finding("BO16", Level.WARNING, "bo.term_not_used", 0, term)


def read_chinese_number(word: str) -> int:
    """The value of a number word up to thousands (四十五 is 45, 一百二十 is 120, 二〇二二 is 2022)."""
    digits = {"零": 0, "〇": 0, **{digit: value for value, digit in enumerate("一二三四五六七八九", 1)}, "两": 2}
    steps = {"十": 10, "百": 100, "千": 1000}
    if not any(sign in steps for sign in word):
        return int("".join(str(digits[sign]) for sign in word))
    total = pending = 0
    for sign in word:
        if sign in steps:
            total += (pending or 1) * steps[sign]
            pending = 0
        else:
            pending = digits[sign]
    return total + pending
