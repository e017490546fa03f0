"""Numbers for new questions: none that a question of the prefix has or ever had."""

import re
from collections.abc import Collection, Iterator
from itertools import count

_ID = re.compile(r"^ *(?:- )?id: *['\"]?(s[13]-[a-z]+-[0-9]+)\b", re.MULTILINE)
_PARTS = re.compile(r"^(s[13]-[a-z]+-)([0-9]+)$")


def numbers_in(text: str) -> set[str]:
    """The ids that stand in a chapter file, also those of questions that cannot be read."""
    return set(_ID.findall(text))


def next_ids(subject: str, name: str, known: Collection[str]) -> Iterator[str]:
    """Ids upwards of all that are known; `name` is the middle of a chapter's ids."""
    prefix = f"s{subject[-1]}-{name}-"
    taken = [int(match[2]) for match in map(_PARTS.match, known) if match and match[1] == prefix]
    return (f"{prefix}{number:03d}" for number in count(max(taken, default=0) + 1))


def short_name(chapter: str, ids: Collection[str]) -> str:
    """The middle of a chapter's ids: what most of its questions have, or the chapter's first word."""
    found = [one.split("-")[1] for one in ids]
    return max(sorted(set(found)), key=found.count) if found else chapter.split("_")[0]
