"""Aiken: a stem, options with letters, ANSWER: and one letter. Also what people type so in Chinese (答案：AC).

The format holds single choice in one language and nothing else. Written are therefore single-choice questions without
pictures, and the Chinese only; `aiken_losses` names every row that is left out and what the others lose. A judge question
is left out too: Aiken has no kind for it. Read are several letters as well, and 正确 or 错误 after 答案.
"""

import re
from collections.abc import Iterator, Sequence

from examsys.domain.bank import Kind

from .drafts import Draft, DraftOption, Found
from .exchange import LIMITS, Limits, Place, Reason, Refused, Row
from .texts import guarded

_OPTION = re.compile(r"^\s*([A-Fa-fＡ-Ｆ])\s*[.)．、）:：]\s*(.*)$")
_ANSWER = re.compile(r"^\s*(?:ANSWER|答案|正确答案|参考答案)\s*[:：]\s*(.*)$", re.IGNORECASE)
_EXPLANATION = re.compile(r"^\s*(?:解析|答案解析)\s*[:：]\s*(.*)$")
_NUMBER = re.compile(r"^\s*\d{1,5}\s*[.．、]\s*")


def looks_like_aiken(text: str, options: bool) -> bool:
    """Whether lines say ANSWER: or 答案： by themselves; with `options`, whether a line before it begins with a letter too."""
    lines = text.splitlines()
    answers = [number for number, line in enumerate(lines) if _ANSWER.match(line)]
    return bool(answers) and (not options or any(number and _OPTION.match(lines[number - 1]) for number in answers))


def read_aiken(file: str, text: str, limits: Limits = LIMITS) -> Found:
    """The questions of an Aiken text; a question without an answer line is refused, not joined to the next. Refused('file.too_many_rows')."""
    found = Found()
    for line, lines in _blocks(text.splitlines()):
        found.drafts.append(_draft(Place(file, line), lines))
        if len(found.drafts) > limits.rows:
            raise Refused("file.too_many_rows", most=str(limits.rows))
    return found


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The lines of each question with the number of its first: it ends with its answer and an explanation below that."""
    block: list[str] = []
    begun, answered = 0, False
    for number, line in enumerate(lines, start=1):
        if block and _begins_anew(block, answered, lines, number):
            yield begun, block
            block, answered = [], False
        if not line.strip():
            continue
        if not block:
            begun = number
        block.append(line.strip())
        answered = answered or _ANSWER.match(line) is not None
    if block:
        yield begun, block


def _begins_anew(block: Sequence[str], answered: bool, lines: Sequence[str], number: int) -> bool:
    """Whether line `number` opens another question: after an answer, or as text after an empty line behind options."""
    line = lines[number - 1]
    if not line.strip() or _EXPLANATION.match(line):
        return False
    if answered:
        return not _ANSWER.match(line)
    behind_options = _OPTION.match(block[-1]) is not None and not lines[number - 2].strip()
    return behind_options and not _OPTION.match(line) and not _ANSWER.match(line)


def _draft(place: Place, lines: Sequence[str]) -> Draft:
    draft = Draft(place)
    stem: list[str] = []
    for offset, line in enumerate(lines):
        answer, explanation, option = _ANSWER.match(line), _EXPLANATION.match(line), _OPTION.match(line)
        if answer:
            draft.key = answer.group(1).strip()
            draft.cells["key"] = f"+{offset}"
        elif explanation:
            draft.explanation_zh = explanation.group(1)
        elif option and stem:
            letter = option.group(1)
            letter = (chr(ord(letter) - 0xFEE0) if ord(letter) > 0xFF00 else letter).lower()
            draft.options.append(DraftOption(zh=option.group(2), letter=letter))
        elif draft.options:
            draft.options[-1].zh += f"\n{line}"
        else:
            stem.append(line)
    draft.zh = _NUMBER.sub("", "\n".join(stem), count=1)
    return draft


def aiken_losses(row: Row) -> tuple[Reason | None, Reason | None]:
    """Why a row cannot be written at all, and what it loses if it can."""
    if row.kind is not Kind.SINGLE:
        return Reason("aiken.kind", row.origin, {"kind": row.kind.value}), None
    if row.shown:
        return Reason("aiken.picture", row.origin), None
    return None, Reason("aiken.only_chinese", row.origin)


def write_aiken(rows: Sequence[Row]) -> str:
    """Single-choice rows as Aiken."""
    blocks = []
    for row in rows:
        options = [f"{option.id.upper()}. {guarded(option.text.zh)}" for option in row.options]
        blocks.append("\n".join([_stem(row.stem.zh), *options, f"ANSWER: {''.join(row.key).upper()}", ""]))
    return "\n".join(blocks)


def _stem(stem: str) -> str:
    """The stem; one that looks like something else gets a number before it, which reading takes off again."""
    line = guarded(stem)
    return f"1. {line}" if any(form.match(line) for form in (_NUMBER, _OPTION, _ANSWER, _EXPLANATION)) else line
