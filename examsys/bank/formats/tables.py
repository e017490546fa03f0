"""Tables (sheets, CSV, lists of JSON objects) as drafts: which column means what, where the questions begin, how options lie.

A table of our own template and one of somebody else go the same way; a `ColumnMapping` says what headings do not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from examsys.domain.bank import Source

from .drafts import Draft, DraftOption, Found, Shown
from .exchange import LETTERS, LIMITS, Limits, Place, Progress, Reason, Refused
from .headings import GUIDE_SHEET, bare_heading, field_of, kind_of, sources_of
from .keys import KeyStyle, judge_word
from .options import inline_options, option_of_cells, split_options, without_marker
from .texts import from_formula_guard, plain

HEADINGS_WITHIN = 30
"""Rows at the top of a table among which the headings are looked for; what stands above them is a banner."""

_SECTION = re.compile(r"^[（(]?[一二三四五六七八九十]+[)）]?[、.．\s]*(\S{0,6}?)题?\s*(?:[（(：:].*)?$")


@dataclass(frozen=True)
class SheetColumns:
    """What one sheet means: our field (`headings.FIELDS`) by column from 0, and the row of the headings from 1, 0 for none."""

    columns: Mapping[int, str]
    heading_row: int = 0


@dataclass(frozen=True)
class ColumnMapping:
    """What somebody else's tables mean.

    `by_sheet` says what the columns of each sheet mean, `columns` with `heading_row` those of all others; what neither says
    is guessed by the headings of the sheet. `sheets` names those to be read, all visible ones if empty. `keys` says what
    numbers in the column of answers mean, `defaults` what holds for every row that does not say (kind, subject, chapter,
    families, difficulty).
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    heading_row: int = 0
    by_sheet: Mapping[str, SheetColumns] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    keys: KeyStyle = KeyStyle.WORDS
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """What is to be said of a cell: a reason to look again, or to refuse the question."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
    refuses: bool = False


@dataclass
class Table:
    """Cells as text. By (row, column) from 0: `pictures` that lie on cells, and `remarks`. `hidden` are rows from 0."""

    name: str
    rows: list[list[str]]
    pictures: dict[tuple[int, int], list[Shown]] = field(default_factory=dict)
    remarks: dict[tuple[int, int], Remark] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    visible: bool = True

    def cell(self, row: int, column: int) -> str:
        """A cell as people call it: `题目!C5`, without the sheet where there is none."""
        return f"{self.name}!{column_name(column)}{row + 1}" if self.name else f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """The letters of a column from 0: A … Z, AA …"""
    name, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def guess_mapping(table: Table) -> ColumnMapping | None:
    """The mapping that the headings of a table suggest; None if no row looks like headings with a stem."""
    best: tuple[int, int, dict[int, str]] | None = None
    for number, row in enumerate(table.rows[:HEADINGS_WITHIN]):
        columns: dict[int, str] = {}
        for column, heading in enumerate(row):
            name = field_of(heading) if heading.strip() else None
            if name and name not in columns.values():
                columns[column] = name
        if "zh" in columns.values() and len(columns) >= 2 and (best is None or len(columns) > best[0]):
            best = len(columns), number, columns
    return ColumnMapping(best[2], best[1] + 1) if best else None


def drafts_of(
    file: str,
    tables: Sequence[Table],
    mapping: ColumnMapping,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Found:
    """The questions of all tables. Refused: 'table.no_headings', 'file.too_many_rows'."""
    found, recognised = Found(), False
    for table in tables:
        if mapping.sheets and table.name not in mapping.sheets:
            found.passed_over.append(Reason("table.not_chosen", Place(file, 0, table.name)))
            continue
        if not any(map(any, table.rows)):
            continue
        if not table.visible and not mapping.sheets:
            found.passed_over.append(Reason("table.hidden_sheet", Place(file, 0, table.name)))
            continue
        own = _of_sheet(mapping, table)
        if own is None:
            key = "table.guide" if table.name == GUIDE_SHEET else "table.no_headings"
            found.passed_over.append(Reason(key, Place(file, 1, table.name)))
            continue
        recognised = True
        for draft in _Reader(file, table, own, found.passed_over).drafts():
            found.drafts.append(draft)
            if len(found.drafts) > limits.rows:
                raise Refused("file.too_many_rows", most=str(limits.rows))
            if progress and len(found.drafts) % 100 == 0:
                progress(len(found.drafts), 0)
    if not recognised:
        raise Refused("table.no_headings")
    return found


def _of_sheet(mapping: ColumnMapping, table: Table) -> ColumnMapping | None:
    """The mapping with what the columns of this table mean; None where nobody says and the headings do not show it."""
    said = mapping.by_sheet.get(table.name)
    if said is None and mapping.columns:
        return mapping
    guess = said or guess_mapping(table)
    return replace(mapping, columns=guess.columns, heading_row=guess.heading_row) if guess else None


class _Reader:
    """Goes through one table from the headings down."""

    def __init__(self, file: str, table: Table, mapping: ColumnMapping, passed_over: list[Reason]) -> None:
        self.file, self.table, self.mapping, self.passed_over = file, table, mapping, passed_over
        self.names = set(mapping.columns.values())
        self.by_option = bool(self.names & {"option_zh", "option_right"})
        self.section = ""

    def drafts(self) -> Iterator[Draft]:
        headings = self.mapping.heading_row
        titles = [bare_heading(text) for text in self.table.rows[headings - 1]] if headings else None
        draft: Draft | None = None
        for number, cells in enumerate(self.table.rows):
            if not any(cells) and not any((number, column) in self.table.pictures for column in self.mapping.columns):
                continue
            if number < headings:
                if number < headings - 1:
                    self._pass("table.above_headings", number)
                continue
            if titles and [bare_heading(text) for text in cells] == titles:
                self._pass("table.headings_again", number)
                continue
            if self._is_section(cells, number):
                continue
            values, where = self._values(cells, number)
            if draft is not None and self._continues(draft, values):
                self._add_option(draft, values)
                self._note(draft, number)
                continue
            if draft is not None:
                yield self._finished(draft)
            draft = self._begun(values, where, number)
        if draft is not None:
            yield self._finished(draft)

    def _values(self, cells: Sequence[str], number: int) -> tuple[dict[str, str], dict[str, str]]:
        values = dict.fromkeys(self.names, "")
        where = {name: self.table.cell(number, column) for column, name in self.mapping.columns.items()}
        for column, name in self.mapping.columns.items():
            if column < len(cells):
                values[name] = from_formula_guard(cells[column].strip())
        for name, value in self.mapping.defaults.items():
            values[name] = values.get(name) or value
        if self.section and not values.get("kind"):
            values["kind"] = self.section
        return values, where

    def _is_section(self, cells: Sequence[str], number: int) -> bool:
        """A line such as 二、判断题 between the questions; it says of what kind those below are."""
        said = [text.strip() for text in cells if text.strip()]
        named = _SECTION.match(said[0]) if len(said) == 1 else None
        if named is None or kind_of(named.group(1)) is None:
            return False
        self.section = named.group(1)
        self._pass("table.section", number)
        return True

    def _continues(self, draft: Draft, values: Mapping[str, str]) -> bool:
        """Whether the row is a further option of the question above."""
        if not self.by_option:
            return False
        same_id = not values.get("id") or values["id"] == draft.id
        return same_id and values.get("zh", "") in ("", draft.zh)

    def _begun(self, values: Mapping[str, str], where: dict[str, str], number: int) -> Draft:
        draft = Draft(Place(self.file, number + 1, self.table.name), cells=where)
        for name in ("id", "kind", "zh", "bo", "key", "subject", "chapter", "families", "difficulty"):
            setattr(draft, name, values.get(name, ""))
        draft.explanation_zh, draft.explanation_bo = values.get("explanation_zh", ""), values.get("explanation_bo", "")
        draft.sources = sources_of(values.get("sources", ""))
        if values.get("law"):
            draft.sources = (*draft.sources, Source(values["law"], values.get("article", "")))
        draft.fixed_order = judge_word(values.get("fixed_order", "")) == "right"
        draft.pictures = [
            name.strip() for name in re.split(r"[;；,，\n|]+", values.get("pictures", "")) if name.strip()
        ]
        self._read_options(draft, values)
        self._place_pictures(draft, number)
        self._note(draft, number)
        return draft

    def _note(self, draft: Draft, number: int) -> None:
        """What is to be said of the cells of a row; each reason names its own cell."""
        if number in self.table.hidden:
            draft.warnings.append(Reason("row.hidden", Place(self.file, number + 1, self.table.name)))
        for column in self.mapping.columns:
            remark = self.table.remarks.get((number, column))
            if remark:
                place = Place(self.file, number + 1, self.table.cell(number, column))
                notes = draft.refusals if remark.refuses else draft.warnings
                notes.append(Reason(remark.key, place, remark.facts))

    def _read_options(self, draft: Draft, values: Mapping[str, str]) -> None:
        if self.by_option:
            self._add_option(draft, values)
            return
        for letter in LETTERS:
            zh, bo, picture = (values.get(f"{letter}_{part}", "") for part in ("zh", "bo", "picture"))
            if zh or bo or picture:
                draft.options.append(option_of_cells(zh, bo, picture, letter))
        without_marker(draft.options)
        if values.get("options_zh") and not draft.options:
            draft.options = [option_of_cells(text, "", "", "") for text in split_options(plain(values["options_zh"]))]
            tibetan = split_options(plain(values.get("options_bo", "")))
            if tibetan and len(tibetan) != len(draft.options):
                draft.refuse("options.bo_differ", "options_bo")
            for option, text in zip(draft.options, tibetan, strict=False):
                option.bo = text

    def _add_option(self, draft: Draft, values: Mapping[str, str]) -> None:
        zh, bo = values.get("option_zh", ""), values.get("option_bo", "")
        if not (zh or bo):
            return
        option = option_of_cells(zh, bo, "", "")
        draft.options.append(option)
        if "option_right" in self.names:
            letter = LETTERS[len(draft.options) - 1] if len(draft.options) <= len(LETTERS) else "z"
            said = values["option_right"]
            if judge_word(said) == "right" or said in ("1", "1.0"):
                draft.right = (draft.right or frozenset()) | {letter}
            elif said and judge_word(said) is None and said not in ("0", "0.0"):
                draft.refuse("key.unreadable", "option_right", text=said[:40])
        elif values.get("key") and values["key"] != draft.key:
            draft.key = draft.key or values["key"]

    def _place_pictures(self, draft: Draft, number: int) -> None:
        """Pictures that lie on cells: on an option's cell they are that option, anywhere else they belong to the stem."""
        for (row, column), names in self.table.pictures.items():
            if row != number:
                continue
            letter, _, part = self.mapping.columns.get(column, "").partition("_")
            if letter in LETTERS and part in ("zh", "picture"):
                draft.options = [option for option in draft.options if option.letter != letter]
                draft.options.append(DraftOption(picture=names[0], letter=letter))
                draft.options.sort(key=lambda option: option.letter)
            else:
                draft.pictures += names

    def _finished(self, draft: Draft) -> Draft:
        """Options that stand in the stem are taken out of it, unless the question needs none."""
        if not draft.options and judge_word(draft.key) is None:
            stem, options = inline_options(plain(draft.zh))
            if options:
                draft.zh, draft.options = stem, [DraftOption(zh=text) for text in options]
                draft.warn("options.from_stem", "zh")
        return draft

    def _pass(self, key: str, number: int) -> None:
        self.passed_over.append(Reason(key, Place(self.file, number + 1, self.table.name)))
