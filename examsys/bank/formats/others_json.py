"""Questions in JSON as others have it: a list of objects, read as a table whose headings are the names in the objects.

Options may be lists of texts or of objects (`{"key": "A", "text": "…", "isCorrect": true}`) or one object by letters; what
else is nested and stands in a column that is wanted is refused, for nobody knows what it means.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from examsys.domain.bank import RIGHT

from .exchange import LETTERS, Refused
from .headings import bare_heading, field_of
from .keys import judge_word
from .tables import Remark, Table

_TEXTS = ("text", "content", "optiontext", "optioncontent", "title", "desc", "description", "body", "answer", "option",
          "value", "label", "name", "zh", "文字", "内容")  # fmt: skip
_PICTURES = ("image", "img", "pic", "picture", "imageurl", "imgurl", "图片")
_FLAGS = ("iscorrect", "isright", "isanswer", "istrue", "correct", "right", "是否正确")
Entry = Mapping[str, Any]


def read_table(values: Any) -> Table:
    """The longest list of objects as a table. Refused('json.no_questions')."""
    entries = max(_lists(values), key=len, default=[])
    if not entries:
        raise Refused("json.no_questions")
    rows = [_row(entry) for entry in entries]
    headings = list(dict.fromkeys(name for cells, _ in rows for name in cells))
    table = Table("", [headings, *([cells.get(name, "") for name in headings] for cells, _ in rows)])
    for number, (_, remarks) in enumerate(rows, start=1):
        table.remarks.update({(number, headings.index(name)): remark for name, remark in remarks.items()})
    return table


def _lists(values: Any) -> Iterator[list[Any]]:
    """Every list of objects, however deep it lies in objects; an object that is a question is a list of one."""
    if isinstance(values, list) and all(isinstance(entry, dict) for entry in values):
        yield values
    if isinstance(values, dict):
        if any(field_of(str(name)) == "zh" for name in values):
            yield [values]
            return
        for inner in values.values():
            yield from _lists(inner)


def _row(entry: Entry) -> tuple[dict[str, str], dict[str, Remark]]:
    """The cells of an object by heading, and what is to be said of them."""
    cells: dict[str, str] = {}
    remarks: dict[str, Remark] = {}
    right: str | None = None
    for name, value in entry.items():
        options = _options(name, value)
        if options is not None:
            cells |= options.cells(name)
            right = options.right if right is None else right
        else:
            cells[name] = _cell(value)
            if _nested(value):
                remarks[name] = Remark("json.nested", {"text": name[:40]}, refuses=True)
    if right is not None:
        said = next((name for name in cells if field_of(name) == "key" and cells[name]), "key")
        if _letters(cells.get(said, "")) not in ("", right):
            remarks[said] = Remark(
                "json.two_answers", {"text": cells[said][:40], "marked": right.upper()}, refuses=True
            )
        cells[said] = right.upper()
    return cells, remarks


class _Options:
    """Options by letter: texts, names of pictures, and the letters of those that are marked as right."""

    def __init__(self, texts: Mapping[str, str], pictures: Mapping[str, str], right: str | None) -> None:
        self.texts, self.pictures, self.right = texts, pictures, right

    def cells(self, name: str) -> dict[str, str]:
        """Cells of columns of their own; too many stay in one cell, where they are counted and refused."""
        if len(self.texts) > len(LETTERS):
            return {name: "\n".join(self.texts.values())}
        pictures = {f"{letter}_picture": picture for letter, picture in self.pictures.items() if picture}
        return {f"{letter}_zh": text for letter, text in self.texts.items()} | pictures


def _options(name: str, value: Any) -> _Options | None:
    """The options that a value holds in objects; None where it holds none."""
    named = field_of(name) in ("options_zh", None)
    if isinstance(value, dict) and named and len(value) > 1 and all(map(_letter, value)):
        if any(map(_nested, value.values())):
            return None
        return _Options({key.lower(): _cell(inner) for key, inner in value.items()}, {}, None)
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(entry, dict) for entry in value):
        return None
    keys = list(dict.fromkeys(str(key) for entry in value for key in entry))
    letters = [[str(entry.get(key, "")).strip() for entry in value] for key in keys]
    lettered = next((key for key, said in zip(keys, letters, strict=True) if all(map(_letter, said)) and len(set(said)) == len(said)), None)  # fmt: skip
    flag = next((key for key in keys if bare_heading(key) in _FLAGS), None)
    if not (flag or (named and (lettered or field_of(name)))):
        return None
    return _of_objects(value, [key for key in keys if key not in (lettered, flag)], lettered, flag)


def _of_objects(value: Sequence[Entry], keys: Sequence[str], lettered: str | None, flag: str | None) -> _Options | None:
    picture = next((key for key in keys if bare_heading(key) in _PICTURES), None)
    text = _text_key(value, [key for key in keys if key != picture])
    marks = [_mark(entry.get(flag)) for entry in value] if flag else []
    if (text is None and picture is None) or None in marks:
        return None
    by_order = [LETTERS[number] if number < len(LETTERS) else f"z{number}" for number in range(len(value))]
    letters = [str(entry[lettered]).strip().lower() for entry in value] if lettered else by_order
    return _Options(
        {letter: _cell(entry.get(text)) if text else "" for letter, entry in zip(letters, value, strict=True)},
        {letter: _cell(entry.get(picture)) for letter, entry in zip(letters, value, strict=True)} if picture else {},
        "".join(sorted(letter for letter, mark in zip(letters, marks, strict=True) if mark)) if flag else None,
    )


def _text_key(value: Sequence[Entry], keys: Sequence[str]) -> str | None:
    """The name under which the options have their text: one that says so, else the only one with texts."""
    filled = [key for key in keys if any(entry.get(key) for entry in value) and not any(_nested(entry.get(key)) for entry in value)]  # fmt: skip
    known = sorted((_TEXTS.index(bare_heading(key)), key) for key in filled if bare_heading(key) in _TEXTS)
    texts = [key for key in filled if all(isinstance(entry.get(key), str) for entry in value)]
    return known[0][1] if known else texts[0] if len(texts) == 1 else None


def _mark(value: Any) -> bool | None:
    """Whether an option is marked as right; None for what says neither."""
    said = _cell(value).strip()
    if said in ("", "0", "1"):
        return said == "1"
    word = judge_word(said)
    return None if word is None else word == RIGHT


def _letter(text: str) -> bool:
    return len(text) == 1 and text.lower() in LETTERS


def _letters(key: str) -> str:
    """The letters of an answer that is written in letters alone, in order; "" for any other."""
    letters = [sign for sign in key.lower() if sign not in " ,，、;；\n"]
    return "".join(sorted(letters)) if all(map(_letter, letters)) else ""


def _nested(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value)
    )


def _cell(value: Any) -> str:
    """A value as a cell: lists one entry a line, null as empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return "\n".join(map(_cell, value))
    if isinstance(value, dict):
        return "\n".join(f"{name}. {_cell(inner)}" for name, inner in value.items())
    return str(value)
