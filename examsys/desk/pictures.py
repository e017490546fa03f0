"""Pictures of the working copy: served by their path, taken with a description, refused when they could do harm."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..accounts.service import record
from ..bank.schema import PICTURES, MediumPart
from ..bank.svg import svg_faults
from ..db import append
from ..domain.access import Actor
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from .checks import workshop

LARGEST: Final = 200_000  # bytes
_NAME = re.compile(r"^[a-z0-9_]+$")
FOLDERS: Final = {
    "sign": "signs",
    "marking": "markings",
    "signal": "signals",
    "gesture": "gestures",
    "lamp": "lamps",
    "scene": "scenes",
    "part": "parts",
}


def find(path: str) -> Path | None:
    """The file of a picture that the bank describes; None for any other path."""
    shop = workshop()
    shop.questions()  # takes what changed on disk
    if path not in shop.bank.media or path not in shop.bank.media_hashes:
        return None
    found = shop.folder / "media" / path
    return found if found.suffix in PICTURES else None


def keep(filename: str, content: bytes, told: Mapping[str, str], actor: Actor) -> str:
    """Take an SVG with its kind and descriptions; returns its path. RuleBroken('desk.picture_refused', 'desk.picture_undescribed',
    'desk.picture_taken').
    """
    if not content or len(content) > LARGEST or svg_faults(content):
        reasons = [f"{key} {passage}".strip() for key, passage in svg_faults(content)] if content else []
        raise RuleBroken("desk.picture_refused", reasons=", ".join(reasons) or f"> {LARGEST // 1000} KB")
    path = _path(filename, told.get("kind", ""))
    described = {
        "kind": told.get("kind", ""),
        "shows": {
            "zh": told.get("shows", "").strip(),
            "en": told.get("shows_en", "").strip() or told.get("shows", "").strip(),
        },
        "alt": {"zh": told.get("alt.zh", "").strip(), "bo": told.get("alt.bo", "").strip()},
    }
    try:
        MediumPart.model_validate(described)
    except ValueError as error:
        raise RuleBroken("desk.picture_undescribed") from error
    shop = workshop()
    with shop.writing():
        if path in shop.bank.media or (shop.folder / "media" / path).exists():
            raise RuleBroken("desk.picture_taken", path=path)
        shop.add_picture(path, content, described)
    append(lambda raw: record(EntryKind.BANK_IMPORTED, actor, data={"picture": path}, raw=raw))
    return path


def _path(filename: str, kind: str) -> str:
    name = Path(filename).stem.lower().replace("-", "_")
    if kind not in FOLDERS or not _NAME.match(name):
        raise RuleBroken("desk.picture_undescribed")
    return f"{FOLDERS[kind]}/{name}.svg"
