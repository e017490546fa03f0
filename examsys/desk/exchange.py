"""The site's copy of the bank and the bank's folder (in git): pulled and pushed piece by piece, with a report of each."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..accounts.service import record
from ..db import append, here
from ..domain.access import HOUSE, Actor
from ..domain.desk import Deed
from ..domain.entries import EntryKind
from ..files import write_durably
from . import history
from .checks import workshop
from .pieces import DESCRIPTIONS, Side, arranged, belonging, is_readable, read_side, recordings
from .shelf import AUDIO


@dataclass
class Exchanged:
    """What came of a pull or push: the pieces that were new, changed, moved to another chapter, the same, those that both sides had
    changed, those that one side took away since both had them, and those that could not be read. A piece is a question (its id),
    a description (media/media.yaml: its picture) or another file (its path).
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    same: int = 0
    conflicts: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def pull(source: Path, actor: Actor = HOUSE, *, prefer: bool = False) -> Exchanged:
    """Bring the bank's folder into the site's copy. What both sides changed stays as the desk has it and is named as a conflict,
    unless the folder is to be preferred. All or nothing; the first pull copies every file byte for byte.

    RuleBroken('desk.unreadable') names a file that cannot be cut into its questions.
    """
    shop = workshop()
    if not shop.there:
        return _pull_first(source, shop.folder, actor)
    with shop.writing():
        folder, desk = read_side(source), read_side(shop.folder)
        taken, report = _bring(folder, desk, desk, prefer)
        with here().transaction():
            for name in taken:
                if name in folder.places and folder.places[name] != DESCRIPTIONS:
                    if name in desk.blocks:
                        history.keep_first(name, desk.blocks[name], here().current())
                    history.keep(name, Deed.WRITE, "zh", folder.blocks[name], history.CAME, actor, here().current())
            _tell(EntryKind.BANK_PULLED, report, actor)
    return report


def push(target: Path, actor: Actor = HOUSE, *, prefer: bool = False) -> Exchanged:
    """Write what the desk changed into the bank's folder. What both sides changed stays as the folder has it, unless the desk is to
    be preferred; a file in which nothing differs is not touched. RuleBroken as in `pull`.
    """
    shop = workshop()
    with shop.writing():
        folder, desk = read_side(target), read_side(shop.folder)
        _taken, report = _bring(folder, desk, folder, prefer)
        _tell(EntryKind.BANK_PUSHED, report, actor)
    return report


def _tell(kind: EntryKind, report: Exchanged, actor: Actor) -> None:
    counts = {
        "new": len(report.new),
        "changed": len(report.changed),
        "moved": len(report.moved),
        "same": report.same,
        "conflicts": report.conflicts,
        "gone": report.gone,
        "unreadable": report.unreadable,
    }
    append(lambda raw: record(kind, actor, data=counts, raw=raw))


def _bring(folder: Side, desk: Side, target: Side, prefer: bool) -> tuple[list[str], Exchanged]:
    """Bring into the target what the other side has; returns the names of what was new or changed there, and the report.

    The writing puts every file back if it fails.
    """
    source, report, agreed = folder if target is desk else desk, Exchanged(), _agreed()
    ours, there = source.hashes, target.hashes
    taken = _taken({name: ours[name] for name in source.blocks}, there, agreed, report, prefer)
    taken = _readable(source, taken, report)
    report.gone += [name for name in there if name in agreed and name not in ours]
    content = {**target.blocks, **{name: source.blocks[name] for name in taken}}
    for file, text in arranged(folder, desk, target, content).items():
        if text != target.text(file):
            _write(target.folder, file, text.encode("utf-8"), report)
    heard = recordings(content)
    whole = {path: one for path, one in source.whole.items() if path in heard or not path.startswith(f"media/{AUDIO}/")}
    for path in (files := _taken(whole, there, agreed, report, prefer)):
        _write(target.folder, path, (source.folder / path).read_bytes(), report)
    taken += files
    if target is desk:
        report.moved += [name for name, file in desk.places.items() if folder.places.get(name, file) != file]
    _agree(agreed, ours, there | {name: ours[name] for name in taken})
    return taken, report


def _readable(source: Side, taken: list[str], report: Exchanged) -> list[str]:
    """Without the blocks that nobody could open any more: the other side keeps what it has."""
    report.unreadable += [name for name in taken if not is_readable(name, source.blocks[name])]
    for names in (report.new, report.changed):
        names[:] = [name for name in names if name not in report.unreadable]
    return [name for name in taken if name not in report.unreadable]


def _write(folder: Path, file: str, content: bytes, report: Exchanged) -> None:
    path = folder / file
    workshop().keep(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, content, mode=0o644)
    report.files.append(file)


def _taken(
    ours: Mapping[str, str], there: Mapping[str, str], agreed: Mapping[str, str], report: Exchanged, prefer: bool
) -> list[str]:
    """What goes over, by the hashes: new pieces, and those that only our side has changed since both were the same. What the other
    side took away since is not brought back.
    """
    taken = []
    for name, piece in ours.items():
        if name not in there:
            if name in agreed and not prefer:
                report.gone.append(name)
                continue
            report.new.append(name)
        elif piece in (there[name], agreed.get(name)):
            report.same += 1
            continue
        elif agreed.get(name) == there[name] or prefer:
            report.changed.append(name)
        else:
            report.conflicts.append(name)
            continue
        taken.append(name)
    return taken


# -- what is agreed ------------------------------------------------------------------------------------------


def _memory() -> Path:
    """Lies beside the site's copy."""
    return workshop().folder.with_name("bank.agreed.json")


def _agreed() -> dict[str, str]:
    """The hashes of the pieces in which both sides were last the same."""
    try:
        kept: dict[str, str] = json.loads(_memory().read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return kept


def _agree(agreed: Mapping[str, str], ours: Mapping[str, str], there: Mapping[str, str]) -> None:
    """Remember in what both sides are the same now; where they differ, what they last had in common."""
    now = {name: piece for name, piece in ours.items() if there.get(name) == piece}
    workshop().keep(_memory())
    write_durably(_memory(), json.dumps({**agreed, **now}).encode(), mode=0o644)


# -- the first pull ------------------------------------------------------------------------------------------


def _pull_first(source: Path, folder: Path, actor: Actor) -> Exchanged:
    """Everything that belongs to a bank, beside the place and then renamed: a copy is there as a whole, and told, or not at all."""
    part, report = folder.with_name("bank.part"), Exchanged()
    shutil.rmtree(part, ignore_errors=True)
    paths = [path.relative_to(source) for path in belonging(source)]
    _copy(source, part, paths)
    side = read_side(part)
    report.files += [inner.as_posix() for inner in paths]
    report.new += side.hashes
    _agree({}, side.hashes, side.hashes)
    try:
        with here().transaction():
            _tell(EntryKind.BANK_PULLED, report, actor)
            part.rename(folder)
    except BaseException:
        if not part.exists():  # it was the commit that failed, not the renaming
            folder.rename(part)
        raise
    return report


def _copy(source: Path, part: Path, paths: Iterable[Path]) -> None:
    for inner in paths:
        (part / inner).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / inner, part / inner)
