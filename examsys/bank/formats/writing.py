"""Rows as a file of any of the formats; what a format cannot carry is named, never dropped in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .aiken import aiken_losses, write_aiken
from .delimited import write_csv
from .exchange import Exported, FileKind, Row
from .gift import write_gift
from .moodle import write_moodle
from .own_json import write_json
from .packages import make_package
from .qti_write import qti_files
from .template import cells_of, write_workbook

_EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_QTI = (FileKind.QTI21, FileKind.QTI22, FileKind.QTI30)


def write_file(rows: Sequence[Row], kind: FileKind) -> Exported:
    """The rows in this format; Excel, CSV and GIFT with pictures become a package of the file and its pictures.

    Each row must bring the bytes of all its pictures. Only Aiken cannot hold everything (see there).
    """
    rows = _own_names(rows)
    if kind is FileKind.EXCEL:
        return _with_pictures(rows, write_workbook(rows), "questions.xlsx", _EXCEL_TYPE)
    if kind is FileKind.CSV:
        return _with_pictures(rows, write_csv([cells_of(row) for row in rows]), "questions.csv", "text/csv")
    if kind is FileKind.GIFT:
        return _with_pictures(rows, write_gift(rows).encode(), "questions.txt", "text/plain")
    if kind is FileKind.JSON:
        return Exported(write_json(rows), ".json", "application/json")
    if kind is FileKind.MOODLE:
        return Exported(write_moodle(rows), ".xml", "application/xml")
    if kind in _QTI:
        return Exported(make_package(qti_files(rows, kind)), ".zip", "application/zip")
    losses = [aiken_losses(row) for row in rows]
    kept = [row for row, (why, _) in zip(rows, losses, strict=True) if why is None]
    left_out = tuple(why for why, _ in losses if why is not None)
    lost = tuple(what for _, what in losses if what is not None)
    return Exported(write_aiken(kept).encode(), ".txt", "text/plain", left_out, lost)


def _with_pictures(rows: Sequence[Row], content: bytes, name: str, mimetype: str) -> Exported:
    """The file alone, or with its pictures in one package."""
    media = {f"media/{picture}": row.media[picture] for row in rows for picture in row.shown}
    if not media:
        return Exported(content, name[name.index(".") :], mimetype)
    return Exported(make_package({name: content, **media}), ".zip", "application/zip")


def _own_names(rows: Sequence[Row]) -> list[Row]:
    """The rows with one name for one picture: a name that two rows use for different pictures gets a number."""
    known: dict[str, bytes] = {}
    named = []
    for row in rows:
        names: dict[str, str] = {}
        for picture in row.shown:
            names[picture] = _free(picture, row.media[picture], known)
            known[names[picture]] = row.media[picture]
        named.append(row if all(old == new for old, new in names.items()) else _renamed(row, names))
    return named


def _free(name: str, content: bytes, known: Mapping[str, bytes]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while known.get(free, content) != content:
        number += 1
        free = f"{stem}_{number}{dot}{ending}" if dot else f"{name}_{number}"
    return free


def _renamed(row: Row, names: Mapping[str, str]) -> Row:
    options = tuple(replace(option, picture=names.get(option.picture, "")) for option in row.options)
    media = {names[name]: content for name, content in row.media.items() if name in names}
    return replace(row, options=options, pictures=tuple(names[name] for name in row.pictures), media=media)
