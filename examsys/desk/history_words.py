"""The history of a question in the office's words: what the file writes as names and hashes is said as people call it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..bank.dialects import dialect_names
from ..bank.words import FAMILIES, KINDS
from ..domain.desk import Deed
from ..web.errors import message
from ..web.language import _, language
from . import checks
from .history import CAME, Change, Piece, Version
from .views import DEEDS, STATES, field_word

YES_NO: Final = {"True": message("yes"), "False": message("no")}
MAKERS: Final = {"machine": message("a machine"), "person": message("a person")}
VALUES: Final[Mapping[str, Mapping[str, str]]] = {  # by the last part of a field
    "state": STATES,
    "kind": KINDS,
    "families": FAMILIES,
    "key": {"right": message("Right"), "wrong": message("Wrong")},
    "made_by": MAKERS,
    "agrees": YES_NO,
    "fixed_order": YES_NO,
    "language": {"zh": message("Chinese"), "bo": message("Tibetan")},
}
INSTEAD: Final[Mapping[str, str]] = {  # what is said instead of a hash, where that it changed is worth a word
    "of": message("the Chinese as it stood then"),
    "file": message("another recording"),
}
LISTS: Final = ("families", "key", "media", "enemies")
TEXTS: Final = (
    "zh",
    "bo",
    "law",
    "article",
)  # of these it is shown where they differ; of others, what they were and are
_OF_A_RECORDING = re.compile(r"^(stem|[a-f]) (\S+?)(?:: (.*))?$", re.DOTALL)
_IMPORT = "import "


# -- differences ---------------------------------------------------------------------------------------------


def told(changes: Iterable[Change]) -> list[Change]:
    """These changes as people read them; what only the file needs is left out."""
    return [said for change in changes for said in _told(change)]


def _told(change: Change) -> Iterator[Change]:
    path = change.field.split(".")
    last, recording = path[-1], "audio" in path
    if last in ("id", "text") or (last == "of" and recording):
        return
    before, after = _side(change, "gone"), _side(change, "new")
    if last in INSTEAD:
        if after:
            yield Change(change.field, (Piece("new", _(INSTEAD[last])),))
    elif last in LISTS:
        old, new = _listed(last, before), _listed(last, after)
        yield Change(change.field, tuple(_of_lists(old, new)))
    elif last in TEXTS:
        yield change
    else:
        yield Change(change.field, tuple(_of_values(_value(path, before), _value(path, after))))


def _side(change: Change, sort: str) -> str:
    """The text before ("gone") or after ("new")."""
    return "".join(piece.words for piece in change.pieces if piece.sort in ("same", sort))


def _of_values(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece("gone", before)
    if before and after:
        yield Piece("same", " → ")
    if after:
        yield Piece("new", after)


def _of_lists(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Member by member, those that stayed first; one alone as a value."""
    if len(before) == len(after) == 1:
        yield from _of_values(*before, *after)
        return
    members = [("same", one) for one in after if one in before]
    members += [("gone", one) for one in before if one not in after]
    members += [("new", one) for one in after if one not in before]
    for place, (sort, words) in enumerate(members):
        if place:
            yield Piece("same", " · ")
        yield Piece(sort, words)


def _listed(name: str, value: str) -> list[str]:
    return [_value([name], one) for one in value.split(", ") if one]


def _value(path: list[str], value: str) -> str:
    """One value as people call it; one that has no word stands as it is."""
    if path[-1] in ("media", "picture") and value in checks.workshop().bank.media:
        shows = checks.workshop().bank.media[value].shows
        return shows.en if language() == "en" else shows.zh
    if path[-1] == "dialect":
        return dialect_names(language()).get(value, value)
    words = MAKERS if path[-2:] == ["read_back", "by"] else VALUES.get(path[-1], {})
    if value in words:
        return _(words[value])
    return value.upper() if path[-1] == "key" else value


# -- versions ------------------------------------------------------------------------------------------------


def title_of(version: Version) -> str:
    """What was done."""
    if version.account is None and version.reason == CAME:
        return _("Taken from the bank’s folder")
    if version.deed == Deed.WRITE and version.reason.startswith(_IMPORT):
        return _("Imported from a file")
    return _(DEEDS[version.deed])


def reason_of(version: Version) -> str:
    """Why, as somebody said it: of a recording with its text and dialect; nothing for what only the machine noted."""
    if version.deed == Deed.RECORD or version.reason == CAME:
        return ""
    if version.deed == Deed.WRITE:
        return version.reason.removeprefix(_IMPORT)
    match = _OF_A_RECORDING.match(version.reason) if version.deed in (Deed.HEAR, Deed.SILENCE) else None
    if match is None:
        return version.reason
    place = match[1] if match[1] == "stem" else f"options.{match[1]}"
    where = f"{field_word(place)} · {dialect_names(language()).get(match[2], match[2])}"
    return f"{where}: {match[3]}" if match[3] else where
