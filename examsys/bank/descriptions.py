"""The entries of media.yaml as text: one is changed, all others stay byte for byte."""

import re
from collections.abc import Callable

import yaml

from .schema import MediumPart

_ENTRY = re.compile(r"^(\S+):\n(?:[ ].*\n|\n)+", re.MULTILINE)


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
