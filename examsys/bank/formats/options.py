"""Options that do not lie in columns of their own: several in one cell, or at the end of the stem."""

import re
from collections.abc import Sequence

from .drafts import DraftOption
from .exchange import LETTERS
from .pictures import is_picture_name

_MARKER = re.compile(r"(?:(?<=^)|(?<=[\s。？！?!；;，,、）)》”_]))[（(]?([A-Fa-fＡ-Ｆ])\s*[.．、:：)）]\s*")
_OWN = re.compile(r"^\s*[（(]?([A-Fa-fＡ-Ｆ])\s*[.．、:：)）]\s*")
_PICTURE = re.compile(r"^(?:图片|图)\s*[:：]\s*(\S.*)$")
_LEAST = 2


def option_of_cells(zh: str, bo: str, picture: str, letter: str) -> DraftOption:
    """An option of cells; a cell that says 图片:name or only names a picture is one."""
    named = _PICTURE.match(zh)
    if named or (not picture and is_picture_name(zh) and not re.search(r"\s", zh)):
        return DraftOption("", bo, named.group(1).strip() if named else zh, letter)
    return DraftOption(zh, bo, picture, letter)


def split_options(text: str) -> list[str]:
    """The options of one cell: by letters (A. … B. …), by lines, by semicolons or by bars; empty text has none."""
    if not text.strip():
        return []
    before, marked = _marked(text)
    if marked and not before:
        return marked
    for between in (r"\n+", r"[;；]", r"\|+", r"\t+"):
        parts = [part.strip() for part in re.split(between, text) if part.strip()]
        if len(parts) >= _LEAST:
            return [_OWN.sub("", part) if _all_marked(parts) else part for part in parts]
    return [text.strip()]


def inline_options(stem: str) -> tuple[str, list[str]]:
    """The stem before its options, and the options; no options where no letters A, B … follow one another in it."""
    before, marked = _marked(stem)
    return (before, marked) if before and marked else (stem, [])


def without_marker(options: Sequence[DraftOption]) -> None:
    """Take `A.` off options that each repeat the letter of their column."""
    if len(options) >= _LEAST and all(_names_itself(option) for option in options):
        for option in options:
            option.zh = _OWN.sub("", option.zh)


def _marked(text: str) -> tuple[str, list[str]]:
    """What stands before A, and what follows each letter in turn."""
    places, expected = [], 0
    for marker in _MARKER.finditer(text):
        if expected < len(LETTERS) and _letter(marker.group(1)) == LETTERS[expected]:
            places.append((marker.start(), marker.end()))
            expected += 1
    if len(places) < _LEAST:
        return text, []
    ends = [start for start, _ in places[1:]] + [len(text)]
    options = [text[begin:end].strip(" \t\n\r;；　") for (_, begin), end in zip(places, ends, strict=True)]
    return (text[: places[0][0]].strip(), options) if all(options) else (text, [])


def _all_marked(parts: Sequence[str]) -> bool:
    return all(_OWN.match(part) for part in parts)


def _names_itself(option: DraftOption) -> bool:
    own = _OWN.match(option.zh)
    return own is not None and _letter(own.group(1)) == option.letter and len(option.zh) > own.end()


def _letter(sign: str) -> str:
    return (chr(ord(sign) - 0xFEE0) if ord(sign) > 0xFF00 else sign).lower()
