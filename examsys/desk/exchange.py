"""The site's copy of the bank and the bank's folder (in git): pulled and pushed question by question, with a report of each."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..accounts.service import record
from ..bank.blocks import Blocks, split
from ..db import append, here
from ..domain.access import HOUSE, Actor
from ..domain.desk import Deed
from ..domain.entries import EntryKind
from ..files import write_durably
from . import history
from .checks import workshop
from .shelf import AUDIO, block_hash, files_named_in

BESIDE = ("blueprints.yaml", "dialects.yaml", "glossary.yaml", "lexicon.yaml", "README.md")


@dataclass
class Exchanged:
    """What came of a pull or push: ids of questions that were new, changed, the same, and those both sides had changed."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    conflicts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def pull(source: Path, actor: Actor = HOUSE, *, prefer: bool = False) -> Exchanged:
    """Bring the bank's folder into the site's copy. A question that both sides changed stays as the desk has it and is named as a
    conflict, unless the folder is to be preferred. The first pull copies every file byte for byte.
    """
    shop, report = workshop(), Exchanged()
    if shop.there:
        with shop.writing(), here().transaction():
            for name, block in _bring(source, shop.folder, report, prefer).items():
                history.keep(name, Deed.WRITE, "zh", block, history.CAME, actor, here().current())
            _tell(EntryKind.BANK_PULLED, report, actor)
    else:
        _copy_first(source, shop.folder, report)
        _tell(EntryKind.BANK_PULLED, report, actor)
    return report


def push(target: Path, actor: Actor = HOUSE, *, prefer: bool = False) -> Exchanged:
    """Write what the desk changed into the bank's folder. What both sides changed stays as the folder has it, unless the desk is to
    be preferred; a file in which nothing differs is not touched.
    """
    shop, report = workshop(), Exchanged()
    with shop.writing():
        _bring(shop.folder, target, report, prefer)
    _tell(EntryKind.BANK_PUSHED, report, actor)
    return report


def _tell(kind: EntryKind, report: Exchanged, actor: Actor) -> None:
    counts = {
        "new": len(report.new),
        "changed": len(report.changed),
        "same": report.same,
        "conflicts": report.conflicts,
    }
    append(lambda raw: record(kind, actor, data=counts, raw=raw))


def _bring(source: Path, target: Path, report: Exchanged, prefer: bool) -> dict[str, str]:
    """Bring everything from one folder into the other; returns the blocks that were new or changed there, by id."""
    agreed = _agreed(source, target)
    taken: dict[str, str] = {}
    _copy_beside(source, target, report)
    for file in _chapter_files(source):
        ours, there = _blocks(source / file), _blocks(target / file)
        some = _taken(ours, there, agreed, report, prefer)
        text = _joined(ours, there, some)
        if text != there.text:
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            write_durably(target / file, text.encode("utf-8"), mode=0o644)
            report.files.append(file)
        taken |= some
    _agree(source, target)
    return taken


def _taken(ours: Blocks, there: Blocks, agreed: Mapping[str, str], report: Exchanged, prefer: bool) -> dict[str, str]:
    """What of a chapter goes over: new questions, and those that only our side has changed since both were the same."""
    before: dict[str, str] = dict(_named(there))
    taken: dict[str, str] = {}
    for name, block in _named(ours):
        if name not in before:
            report.new.append(name)
        elif before[name] == block or agreed.get(name) == block_hash(block):
            report.same += 1
            continue
        elif agreed.get(name) == block_hash(before[name]) or prefer:
            report.changed.append(name)
        else:
            report.conflicts.append(name)
            continue
        taken[name] = block
    return taken


def _joined(ours: Blocks, there: Blocks, taken: Mapping[str, str]) -> str:
    """The chapter with what was taken: our file byte for byte where it then holds the same, else new questions come last."""
    result = {**dict(_named(there)), **taken}
    if result == dict(_named(ours)) and len(result) == len(ours.blocks):
        return ours.text
    return (there.head or ours.head) + "".join(result.values())


def _agreed(source: Path, target: Path) -> dict[str, str]:
    """The hashes of the blocks in which both sides were last the same."""
    try:
        kept: dict[str, str] = json.loads(_memory(source, target).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return kept


def _agree(source: Path, target: Path) -> None:
    """Remember in what both sides are the same now; where they differ, what they last had in common."""
    agreed = _agreed(source, target)
    for file in _chapter_files(source):
        there = dict(_named(_blocks(target / file)))
        agreed |= {
            name: block_hash(block) for name, block in _named(_blocks(source / file)) if there.get(name) == block
        }
    write_durably(_memory(source, target), json.dumps(agreed).encode(), mode=0o644)


def _memory(source: Path, target: Path) -> Path:
    """Lies beside the site's copy, whichever of the two that is."""
    own = workshop().folder
    return (source if source == own else target).with_name("bank.agreed.json")


def _copy_first(source: Path, folder: Path, report: Exchanged) -> None:
    """Everything that belongs to a bank, beside the place and then renamed: a copy is there as a whole or not at all."""
    part = folder.with_name("bank.part")
    shutil.rmtree(part, ignore_errors=True)
    for path in sorted(source.rglob("*")):
        inner = path.relative_to(source)
        if path.is_file() and not path.is_symlink() and _belongs(inner):
            (part / inner).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, part / inner)
            report.files.append(inner.as_posix())
    for file in _chapter_files(part):
        report.new += [name for name, _block in _named(_blocks(part / file))]
    part.rename(folder)
    _agree(source, folder)


def _copy_beside(source: Path, target: Path, report: Exchanged) -> None:
    """Pictures, recordings that a question names, glossary and blueprints: what differs is written, nothing is taken away."""
    named = files_named_in(source)
    for path in sorted(source.rglob("*")):
        inner = path.relative_to(source)
        if not path.is_file() or path.is_symlink() or not _belongs(inner) or _is_chapter(inner):
            continue
        if inner.parts[:2] == ("media", AUDIO) and inner.relative_to("media").as_posix() not in named:
            continue
        content = path.read_bytes()
        if not (target / inner).exists() or (target / inner).read_bytes() != content:
            (target / inner).parent.mkdir(parents=True, exist_ok=True)
            write_durably(target / inner, content, mode=0o644)
            report.files.append(inner.as_posix())


def _belongs(inner: Path) -> bool:
    """Whether a file is part of a bank: chapters, pictures, and the few files beside them; not recipes, not hidden files."""
    if any(part.startswith((".", "__")) for part in inner.parts):
        return False
    return (
        _is_chapter(inner) or inner.as_posix() in BESIDE or (inner.parts[0] == "media" and "recipe" not in inner.parts)
    )


def _is_chapter(inner: Path) -> bool:
    return len(inner.parts) == 2 and inner.parts[0].startswith("subject") and inner.suffix == ".yaml"


def _chapter_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("subject*/*.yaml"))


def _blocks(path: Path) -> Blocks:
    return split(path.read_bytes().decode("utf-8")) if path.exists() else Blocks("", (), ())


def _named(pieces: Blocks) -> list[tuple[str, str]]:
    """Each block with the id that stands in its first line."""
    return [(block.split("id:", 1)[1].split("\n", 1)[0].strip(), block) for block in pieces.blocks if "id:" in block]
