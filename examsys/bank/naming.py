"""A picture alone: somebody who saw nothing else said what it means, and its description says who that was and of which file.

A picture drawn anew is as good as never named. The numbered sheets for such a reader: `media/recipe/contact_sheet.py --blind`.
"""

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Literal

from examsys.bank.descriptions import changed
from examsys.bank.yaml_source import BankSource, read_media
from examsys.files import write_durably

_NAMED = re.compile(r"^  named:.*\n", re.MULTILINE)


def is_named(bank: BankSource, path: str) -> bool:
    """Whether the picture, as it is drawn now, was named by a fresh reader."""
    part = bank.media.get(path)
    return part is not None and part.named is not None and part.named.of == bank.media_hashes.get(path)


def stamp(folder: Path, agreed: Collection[str], by: Literal["machine", "person"], day: date) -> int:
    """Write into the descriptions of these pictures that a reader named them as they were meant; returns how many."""
    file, hashes, count = folder / "media/media.yaml", read_media(folder).media_hashes, 0

    def stamped(path: str, entry: str) -> str:
        nonlocal count
        if path not in agreed or path not in hashes:
            return entry
        count += 1
        return f"{_NAMED.sub('', entry).rstrip()}\n  named: {{by: {by}, day: {day.isoformat()}, of: {hashes[path]}}}\n"

    text = file.read_text("utf-8")
    after = changed(text, stamped)
    if after != text:
        write_durably(file, after.encode("utf-8"), mode=0o644)
    return count
