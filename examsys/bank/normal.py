"""The normal form of a question in YAML: how `bank fmt` and the desk write it, comments and all.

ruamel.yaml keeps comments, order and quotes of what is there; what is put in anew stands where the normal form has it.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

ORDER = (
    *("id", "kind", "state", "author", "approval", "families", "difficulty", "source", "twins", "enemies", "media"),
    *("audio", "translation", "stem", "options", "fixed_order", "key", "explanation"),
)
"""The fields of a question, in the order in which they are written."""

IN_BLOCKS = frozenset({"stem", "explanation"})  # one line a language; everything else stands in one line
LONGEST_LINE = 1_000_000  # a text is never broken: Tibetan would be broken within a word


def _yaml() -> YAML:
    """One for each use: it holds the state of its reading and writing, and many type at once."""
    yaml = YAML()
    yaml.width = LONGEST_LINE
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def normal(block: str) -> str:
    """A question's block in normal form; the same again changes nothing."""
    return edited(block, {})


def edited(block: str, changes: Mapping[str, Any]) -> str:
    """The block with the named fields set to plain values, or taken out where the value is None; all else stays as it is."""
    loaded = _yaml().load(block)
    question = loaded[0]
    for name, value in changes.items():
        if value is None:
            question.pop(name, None)
        elif name in question:
            question[name] = _merged(question[name], value, name)
        else:
            question.insert(_place(question, name), name, _node(value, name in IN_BLOCKS, name))
    return _dumped(loaded)


def new_block(values: Mapping[str, Any]) -> str:
    """The block of a question that is written for the first time."""
    given = [name for name in ORDER if values.get(name) is not None]
    question = CommentedMap((name, _node(values[name], name in IN_BLOCKS, name)) for name in given)
    return _dumped(CommentedSeq([question]))


def _dumped(blocks: Any) -> str:
    written = io.StringIO()
    _yaml().dump(blocks, written)
    return written.getvalue()


def _place(question: CommentedMap, name: str) -> int:
    """Before the first field that the normal form has after this one."""
    rank = ORDER.index(name)
    later = (place for place, field in enumerate(question) if field in ORDER and ORDER.index(field) > rank)
    return next(later, len(question))


def _merged(there: Any, value: Any, name: str) -> Any:
    """The new value in the style of the one that was there; a map keeps its comments."""
    if isinstance(there, CommentedMap) and isinstance(value, Mapping):
        for field in [field for field in there if field not in value]:
            del there[field]
        for field, one in value.items():
            there[field] = _merged(there[field], one, field) if field in there else _node(one, False, field)
        return there
    if there == value:
        return there
    if isinstance(there, CommentedSeq) and _as_many_maps(there, value):  # options: each keeps its line's comment
        for place, one in enumerate(value):
            there[place] = _merged(there[place], one, name)
        return there
    return _node(value, name in IN_BLOCKS, name)


def _as_many_maps(there: CommentedSeq, value: Any) -> bool:
    return (
        isinstance(value, Sequence)
        and len(there) == len(value)
        and all(isinstance(one, Mapping) for one in (*there, *value))
    )


def _node(value: Any, block: bool, name: str) -> Any:
    """A plain value as a node: maps and lists in one line, but the options of a question one below the other."""
    if isinstance(value, Mapping):
        found = CommentedMap((field, _node(one, False, field)) for field, one in value.items() if one is not None)
        if not block:
            found.fa.set_flow_style()
        return found
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = CommentedSeq([_node(one, False, name) for one in value])
        if name not in ("options", "audio"):
            items.fa.set_flow_style()
        return items
    return value
