"""The entries of media.yaml as text: one is changed, all others stay byte for byte."""

import re
from collections.abc import Callable

import yaml

from .blocks import Blocks
from .schema import MediumPart

_ENTRY = re.compile(r"^(\S+):\n(?:[ ].*\n|\n)+", re.MULTILINE)
_START = re.compile(r"^[^\s#-].*", re.MULTILINE)


def entry(path: str, part: MediumPart) -> str:
    """A description as it is written into the file."""
    values = part.model_dump(exclude_none=True)
    named = values.pop("named", None)
    text: str = yaml.safe_dump({path: values}, allow_unicode=True, sort_keys=False, width=100_000)
    if named:
        text += f"  named: {{by: {named['by']}, day: {named['day'].isoformat()}, of: {named['of']}}}\n"
    return text


def changed(text: str, change: Callable[[str, str], str]) -> str:
    """The file with each entry as `change` makes it of its path and its text."""
    return _ENTRY.sub(lambda match: change(match[1], match[0]), text)


def cut(text: str) -> Blocks:
    """The file as its head and one block an entry; comments above an entry stand at the end of the block before it (or of the head)."""
    starts = [match.start() for match in _START.finditer(text)]
    blocks = tuple(text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
    lines = tuple(text.count("\n", 0, start) + 1 for start in starts)
    return Blocks(text[: starts[0]] if starts else text, blocks, lines)


def path_of(block: str) -> str:
    """The picture that an entry describes."""
    return block.split(":", 1)[0].strip("\"' ")
