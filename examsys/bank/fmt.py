"""Stamps new translations: which Chinese text they were made from, and that a machine made them.

Only whole lines are put in or taken out; every other byte of an author's file stays as it was.
"""

from collections.abc import Collection
from pathlib import Path

from examsys.bank.yaml_source import Written, read_bank
from examsys.domain.bank import source_hash


def stamp_translations(folder: Path, again: Collection[str] = frozenset()) -> dict[str, int]:
    """Stamps each question that has no stamp, and anew those whose id is in `again` (translated again after a change).

    Gives the number of stamps by file, for files that were changed. Questions that cannot be read are left alone.
    """
    bank = read_bank(folder)
    changed: dict[str, int] = {}
    for file in sorted({written.document.file for written in bank.written}):
        waiting = [written for written in bank.written if written.document.file == file]
        waiting = [written for written in waiting if not written.part.translation or written.question.id in again]
        if waiting:
            path = folder / file
            path.write_bytes(_stamped(path.read_bytes(), waiting))
            changed[file] = len(waiting)
    return changed


def _stamped(content: bytes, waiting: list[Written]) -> bytes:
    """The file with a stamp above the stem of each question; from the last question up, so that line numbers hold."""
    lines = content.decode("utf-8").splitlines(keepends=True)
    for written in sorted(waiting, key=lambda entry: entry.line("stem"), reverse=True):
        above = written.line("stem") - 1
        if written.part.translation:
            start = written.line("translation") - 1
            end = next(place for place in range(start + 1, len(lines) + 1) if _same_depth(lines, start, place))
            del lines[start:end]
            above -= end - start if start < above else 0
        stem = lines[above]
        margin = stem[: len(stem) - len(stem.lstrip())]
        of = source_hash(written.question)
        ending = "\r\n" if stem.endswith("\r\n") else "\n"
        lines.insert(above, f"{margin}translation: {{bo: {{state: draft, made_by: machine, of: {of}}}}}{ending}")
    return "".join(lines).encode("utf-8")


def _same_depth(lines: list[str], start: int, place: int) -> bool:
    """Whether the entry that begins at `start` is over at `place`: the next line is no deeper, or there is none."""
    if place == len(lines):
        return True
    depth, other = (len(line) - len(line.lstrip()) for line in (lines[start], lines[place]))
    return bool(lines[place].strip()) and other <= depth
