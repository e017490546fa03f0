"""A bank's folder as the pieces that travel between it and the desk: questions, descriptions of pictures, and the files beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from ..bank import descriptions
from ..bank.blocks import Blocks, split
from ..bank.schema import MediumPart, QuestionPart
from ..domain.errors import RuleBroken
from .shelf import block_hash

DESCRIPTIONS = "media/media.yaml"
BESIDE = ("blueprints.yaml", "dialects.yaml", "glossary.yaml", "lexicon.yaml", "README.md")
_ID = re.compile(r"^ *(?:- +)?id: *[\"']?(s[13]-[a-z]+-[0-9]+)\b", re.MULTILINE)
_RECORDING = re.compile(r"\baudio/[a-z0-9_/-]+\.[a-z0-9]+")


@dataclass(frozen=True)
class Side:
    """A folder as it was read.

    `files`: the head of each file of blocks, and its blocks with their names; one without a name of its own has "". `places`: the
    file of each name. `blocks`: its text. `whole`: the hash of every other file, by path.
    """

    folder: Path
    files: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]
    places: Mapping[str, str]
    blocks: Mapping[str, str]
    whole: Mapping[str, str]

    @property
    def hashes(self) -> dict[str, str]:
        """By which each piece is known again: a block's by its name, a file's by its path."""
        return {name: block_hash(block) for name, block in self.blocks.items()} | dict(self.whole)

    def text(self, file: str) -> str | None:
        """A file of blocks as it was read; None for one that is not there."""
        head, named = self.files.get(file, (None, ()))
        return None if head is None else head + "".join(block for _name, block in named)


def read_side(folder: Path) -> Side:
    """Every piece of a folder; RuleBroken('desk.unreadable') names a file of blocks that cannot be cut into them."""
    places: dict[str, str] = {}
    blocks: dict[str, str] = {}
    files: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
    for file in (*chapter_files(folder), *([DESCRIPTIONS] if (folder / DESCRIPTIONS).exists() else [])):
        pieces = _cut(file, (folder / file).read_bytes())
        named = []
        for block in pieces.blocks:
            name = _name(file, block)
            named.append((name if name not in places else "", block))
            if name and name not in places:
                places[name], blocks[name] = file, block
        files[file] = (pieces.head, tuple(named))
    whole = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in belonging(folder)
        if path.relative_to(folder).as_posix() not in files
    }
    return Side(folder, files, places, blocks, whole)


def arranged(folder: Side, desk: Side, target: Side, content: Mapping[str, str]) -> dict[str, str]:
    """The text of each file that the target then has, with `content` as the block of each name.

    The folder says where a block stands, in which order and under which head; what only the desk has stands after it, in the
    desk's file. Blocks without a name of their own stay where the target has them.
    """

    def ours(side: Side, name: str, block: str) -> Iterator[str]:
        if name in content and (side is folder or name not in folder.places):
            yield content[name]
        elif not name and side is target:
            yield block

    found: dict[str, list[str]] = {}
    for side in (folder, desk):
        for file, (_head, named) in side.files.items():
            blocks = [text for name, block in named for text in ours(side, name, block)]
            if blocks or side is folder or side is target:
                found.setdefault(file, []).extend(blocks)
    files = {**desk.files, **folder.files}
    return {file: _joined(file, files[file][0], blocks) for file, blocks in found.items()}


def _joined(file: str, head: str, blocks: list[str]) -> str:
    """A file that, cut again, gives these blocks; RuleBroken('desk.unreadable') where they do not go together."""
    text = head + "".join(blocks)
    if _cut(file, text.encode("utf-8")).blocks != tuple(blocks):
        raise RuleBroken("desk.unreadable", faults=[file])
    return text


def is_readable(name: str, block: str) -> bool:
    """Whether a block is a whole question or description."""
    try:
        values = yaml.safe_load(block)
        if name.startswith(f"{DESCRIPTIONS}: "):
            MediumPart.model_validate(next(iter(values.values())))
        else:
            QuestionPart.model_validate(values[0])
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError, StopIteration):
        return False
    return True


def recordings(content: Mapping[str, str]) -> frozenset[str]:
    """The paths of the recordings that blocks name."""
    return frozenset(f"media/{path}" for block in content.values() for path in _RECORDING.findall(block))


def belonging(folder: Path) -> list[Path]:
    """The files of a bank: chapters, pictures, recordings, and the few beside them; not recipes, not hidden files."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and _belongs(path.relative_to(folder))
    ]


def chapter_files(folder: Path) -> list[str]:
    """The chapters below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("subject*/*.yaml"))


def _belongs(inner: Path) -> bool:
    if any(part.startswith((".", "__")) for part in inner.parts):
        return False
    chapter = len(inner.parts) == 2 and inner.parts[0].startswith("subject") and inner.suffix == ".yaml"
    return chapter or inner.as_posix() in BESIDE or (inner.parts[0] == "media" and "recipe" not in inner.parts)


def _cut(file: str, content: bytes) -> Blocks:
    """The blocks of a file, the last one with its end of line. RuleBroken('desk.unreadable')."""
    try:
        text = content.decode("utf-8")
        whole = text if not text or text.endswith("\n") else text + "\n"
        pieces = descriptions.cut(whole) if file == DESCRIPTIONS else split(whole)
        complete = pieces.blocks or file == DESCRIPTIONS or not (yaml.safe_load(whole) or {}).get("questions")
    except (UnicodeDecodeError, yaml.YAMLError, AttributeError) as error:
        raise RuleBroken("desk.unreadable", faults=[file]) from error
    if not complete:  # its questions stand in another style
        raise RuleBroken("desk.unreadable", faults=[file])
    return pieces


def _name(file: str, block: str) -> str:
    """What a block is called in a report: the question's id, or the picture that it describes; "" for a question without id."""
    if file == DESCRIPTIONS:
        return f"{DESCRIPTIONS}: {descriptions.path_of(block)}"
    found = _ID.search(block)
    return found[1] if found else ""
