"""Answer keys in the ways in which people write them."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from examsys.domain.bank import RIGHT, WRONG

from .exchange import LETTERS


class KeyStyle(StrEnum):
    """What a number in the column of answers means; letters and words are understood in every style.

    Bit masks add up 1 for A, 2 for B, 4 for C, 8 for D, as collections of 驾考 questions do. For a judge question
    `ONE_IS_RIGHT` reads 1 as right and 0 as wrong; the others read the first option as right and the second as wrong.
    """

    WORDS = "words"
    FROM_ZERO = "from_zero"
    FROM_ONE = "from_one"
    BITS = "bits"
    ONE_IS_RIGHT = "one_is_right"


class KeyFault(Exception):  # noqa: N818
    """The key says nothing that could be used; `args[0]` is the message id."""


_RIGHT = frozenset(
    ["对", "正确", "是", "√", "v", "✓", "✔", "✅", "☑", "y", "yes", "t", "true", "right", "对的", "正确的"]
)
_WRONG = frozenset(
    [
        "错",
        "错误",
        "否",
        "不正确",
        "不对",
        "非",
        "×",
        "✗",
        "✖",
        "❌",
        "❎",
        "✘",
        "✕",
        "╳",
        "x",
        "n",
        "no",
        "f",
        "false",
        "wrong",
        "错的",
        "错误的",
    ]
)
_BETWEEN = re.compile(r"[\s,，、;；/|+&和及]+")
_AROUND = " \t\r\n.。:：()（）[]【】\"'“”"
_LEAD = re.compile(r"^(正确)?(答案|选项|answer)\s*(是|为|[:：])?\s*", re.IGNORECASE)


def judge_word(text: str) -> str | None:
    """`right` or `wrong` for a word that says so alone (对, ×, Yes, T …), else None."""
    word = unicodedata.normalize("NFKC", text).replace("\ufe0f", "").strip(_AROUND).casefold()
    if word in _RIGHT:
        return RIGHT
    return WRONG if word in _WRONG else None


def read_judge(key: str, style: KeyStyle) -> frozenset[str]:
    """The key of a judge question; A is right and B wrong. KeyFault as `read_choice`."""
    word = _bare(key)
    said = judge_word(word)
    if said is None and word in ("A", "B"):
        said = RIGHT if word == "A" else WRONG
    if said is None and word.isdecimal():
        if style is KeyStyle.WORDS:
            raise KeyFault("key.numbers_undeclared")
        numbers = {KeyStyle.FROM_ZERO: "01", KeyStyle.ONE_IS_RIGHT: "10"}.get(style, "12")
        said = {numbers[0]: RIGHT, numbers[1]: WRONG}.get(word)
    if said is None:
        raise KeyFault("key.unreadable" if word else "key.missing")
    return frozenset([said])


def read_choice(key: str, style: KeyStyle, options: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The option ids that a key names; `options` are ids with Chinese texts, in the order of the file.

    KeyFault: 'key.missing', 'key.unreadable', 'key.beyond_options', 'key.numbers_undeclared'.
    """
    whole = key.strip()
    by_text = [name for name, text in options if text and text == whole]
    if len(by_text) == 1 and not _bare(key).isdecimal():
        return frozenset(by_text)
    word = _bare(key)
    parts = [part for part in _BETWEEN.split(word) if part]
    if not parts:
        raise KeyFault("key.missing")
    if all(part.isascii() and part.isalpha() for part in parts):
        letters = [letter.lower() for part in parts for letter in part]
    elif all(part.isascii() and part.isdecimal() for part in parts):
        letters = _numbered(parts, style)
    else:
        raise KeyFault("key.unreadable")
    if not set(letters) <= {name for name, _ in options}:
        raise KeyFault("key.beyond_options")
    return frozenset(letters)


def _numbered(parts: Sequence[str], style: KeyStyle) -> list[str]:
    """Letters of indexes (`13`, `1,3`) or of a mask; a letter that no option can have is `z`."""
    if style in (KeyStyle.WORDS, KeyStyle.ONE_IS_RIGHT):
        raise KeyFault("key.numbers_undeclared")
    if style is KeyStyle.BITS:
        if len(parts) > 1 or len(parts[0]) > 3:
            raise KeyFault("key.unreadable")
        mask = int(parts[0])
        if not mask:
            raise KeyFault("key.missing")
        return [LETTERS[bit] if bit < len(LETTERS) else "z" for bit in range(mask.bit_length()) if mask >> bit & 1]
    first = 0 if style is KeyStyle.FROM_ZERO else 1
    places = [int(digit) - first for part in parts for digit in part]
    return [LETTERS[place] if 0 <= place < len(LETTERS) else "z" for place in places]


def _bare(key: str) -> str:
    """A key as capital ASCII letters, digits and words, without what people put around it."""
    return _LEAD.sub("", unicodedata.normalize("NFKC", key).strip(_AROUND)).strip(_AROUND).upper()
