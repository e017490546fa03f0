"""Pictures of the working copy: found, taken in, described in both languages; refused when they could do harm."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from ..accounts.service import record
from ..bank.formats.pictures import picture_faults, type_of
from ..bank.normal import edited
from ..bank.schema import PICTURES, MediumPart
from ..bank.svg import svg_faults
from ..bank.yaml_source import Written
from ..db import here
from ..domain.access import Actor
from ..domain.bank import State, words_hash
from ..domain.desk import NO_DESCRIPTION, Deed, may_step
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from . import history, names
from .checks import workshop

_NAME = re.compile(r"^[a-z0-9_]{1,40}$")
FOLDERS: Final = {
    "sign": "signs",
    "marking": "markings",
    "signal": "signals",
    "gesture": "gestures",
    "lamp": "lamps",
    "scene": "scenes",
    "part": "parts",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its description and the ids of the questions that show it."""

    path: str
    part: MediumPart
    used: tuple[str, ...]

    @property
    def lacks(self) -> str:
        """Which description is still to be written: "zh", "bo" (also one of an older Chinese), or "" for none."""
        return self.part.alt.lacks


# -- finding -------------------------------------------------------------------------------------------------


def find(path: str) -> Path | None:
    """The file of a picture that the bank describes; None for any other path."""
    shop = workshop()
    shop.questions()  # takes what changed on disk
    if path not in shop.bank.media or path not in shop.bank.media_hashes:
        return None
    found = shop.folder / "media" / path
    return found if found.suffix in PICTURES else None


def gallery(text: str = "", kind: str = "", lacks: str = "") -> list[Picture]:
    """The pictures whose path or description holds `text`; `lacks`: "zh" or "bo" to be described, "use" for those in no question."""
    used = _uses()
    sought = text.casefold()
    return [
        picture
        for path, part in sorted(workshop().bank.media.items())
        if Path(path).suffix in PICTURES
        for picture in [Picture(path, part, used.get(path, ()))]
        if (not kind or part.kind == kind)
        and (not lacks or (not picture.used if lacks == "use" else picture.lacks == lacks))
        and (not sought or any(sought in one.casefold() for one in (path, part.shows.zh, part.alt.zh, part.alt.bo)))
    ]


def picture(path: str) -> Picture:
    """One picture; RuleBroken('desk.picture_unknown')."""
    if find(path) is None:
        raise RuleBroken("desk.picture_unknown", path=path)
    return Picture(path, workshop().bank.media[path], _uses().get(path, ()))


def _uses() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for written in workshop().questions():
        question = written.question
        shown = [*question.media, *(option.picture for option in question.options if option.picture)]
        for path in dict.fromkeys(medium.path for medium in shown):
            found.setdefault(path, []).append(question.id)
    return {path: tuple(ids) for path, ids in found.items()}


def writers(written: Written, language: str) -> frozenset[str]:
    """The persons who said what one sees on a question's pictures in a language: they may not approve it."""
    part, media = written.part, workshop().bank.media
    paths = [*part.media, *(option.picture for option in part.options if option.picture)]
    alts = [media[path].alt for path in paths if path in media]
    return frozenset().union(*(names.persons(alt.author if language == "zh" else alt.by) for alt in alts))


# -- taking in -----------------------------------------------------------------------------------------------


def keep(filename: str, content: bytes, told: Mapping[str, str], actor: Actor) -> str:
    """Take a picture with its kind, its meaning and what one sees in Chinese; returns its path. The Tibetan is the translator's.

    RuleBroken('desk.picture_refused', 'desk.picture_undescribed', 'desk.picture_taken').
    """
    faults = list(svg_faults(content) if type_of(content) == "svg" else picture_faults(content))
    if faults:
        raise RuleBroken("desk.picture_refused", faults=[(filename, *fault) for fault in faults])
    part = _described(told, None, actor)
    path = _path(filename, part.kind, content)
    shop = workshop()
    with shop.writing(), here().transaction():
        if path in shop.bank.media or (shop.folder / "media" / path).exists():
            raise RuleBroken("desk.picture_taken", path=path)
        shop.add_picture(path, content, part)
        shop.read_pictures()
        data = {"file": sha256(content).hexdigest(), **_said(part)}
        record(EntryKind.BANK_PICTURE, actor, about=path, data=data, raw=here().current())
    return path


def _path(filename: str, kind: str, content: bytes) -> str:
    """Below media/, by what it is and not by what its name says; a name that is no plain one gives way to the content's hash."""
    name = Path(filename).stem.lower().replace("-", "_")
    plain = name if _NAME.match(name) else f"p{sha256(content).hexdigest()[:16]}"
    return f"{FOLDERS[kind]}/{plain}.{type_of(content)}"


# -- describing ----------------------------------------------------------------------------------------------


def describe(path: str, base: str, told: Mapping[str, str], actor: Actor) -> None:
    """An author's new kind, meaning and Chinese. `base` is the `words_hash` of the Chinese that the page showed.

    The Tibetan is then one of an older Chinese, and the questions that show the picture are drafts again.
    RuleBroken('desk.picture_unknown', 'desk.picture_undescribed', 'desk.description_changed').
    """
    before = picture(path).part
    _keep_description(path, before, _described(told, before, actor), base == words_hash(before.alt.zh), "zh", actor)


def translate(path: str, base: str, words: str, actor: Actor) -> None:
    """A translator's Tibetan of what one sees, made from the Chinese as it stands; `base` as in `describe`. RuleBroken as there."""
    before = picture(path).part
    if not words.strip():
        raise RuleBroken("desk.picture_undescribed")
    changes = {"bo": " ".join(words.split()), "by": names.of_actor(actor), "of": words_hash(before.alt.zh)}
    after = before.model_copy(update={"alt": before.alt.model_copy(update=changes)})
    _keep_description(path, before, after, base == words_hash(before.alt.zh), "bo", actor)


def _described(told: Mapping[str, str], before: MediumPart | None, actor: Actor) -> MediumPart:
    """The description with the author's fields as told; RuleBroken('desk.picture_undescribed')."""
    shows, seen = (" ".join(told.get(name, "").split()) for name in ("shows", "alt.zh"))
    alt: dict[str, Any] = {"zh": seen, "bo": NO_DESCRIPTION.bo, "author": names.of_actor(actor)}
    if before and before.alt.zh == seen:
        alt = before.alt.model_dump(exclude_none=True)
    elif before:
        alt |= {"bo": before.alt.bo, "by": before.alt.by, "of": before.alt.of or words_hash(before.alt.zh)}
    english = before.shows.en if before and before.shows.zh == shows else shows
    values: dict[str, Any] = before.model_dump(exclude_none=True) if before else {}
    if before and before.shows.zh != shows:
        values.pop("named", None)  # whoever named it did not name this
    values |= {"kind": told.get("kind", ""), "shows": {"zh": shows, "en": english}, "alt": alt}
    try:
        return MediumPart.model_validate(values)
    except ValueError as error:
        raise RuleBroken("desk.picture_undescribed") from error


def _keep_description(
    path: str, before: MediumPart, after: MediumPart, current: bool, language: str, actor: Actor
) -> None:
    """The description, the questions that are drafts again for it, and the entry: together or not at all."""
    shop = workshop()
    with shop.writing(), here().transaction():
        if not current or shop.bank.media.get(path) != before:
            raise RuleBroken("desk.description_changed")
        raw, used = here().current(), _uses().get(path, ())
        shop.describe_picture(path, after)
        shop.read_pictures()
        if after.alt != before.alt:
            for question_id in used:
                _step_back(question_id, path, language, actor)
        record(EntryKind.BANK_PICTURE, actor, about=path, data=_said(after), raw=raw)


def _step_back(question_id: str, path: str, language: str, actor: Actor) -> None:
    """What was approved with another description is a draft again; a retired question stays retired."""
    shop = workshop()
    written = shop.question(question_id)
    changes: dict[str, Any] = {}
    if language == "zh" and written.question.state is not State.DRAFT and may_step(Deed.WRITE, written.question.state):
        changes |= {"state": State.DRAFT.value, "approval": None}
    translation = written.part.translation.get("bo")
    if translation and translation.state is not State.DRAFT and may_step(Deed.WRITE, translation.state):
        unsigned = translation.model_dump(exclude_none=True, exclude={"reviewed_by", "reviewed_on", "text"})
        changes["translation"] = {"bo": {**unsigned, "state": State.DRAFT.value}}
    if changes:
        raw, block = here().current(), edited(written.block, changes)
        history.keep_first(question_id, written.block, raw)
        history.keep(question_id, Deed.WRITE, language, block, path, actor, raw)
        shop.replace(question_id, block)


def _said(part: MediumPart) -> dict[str, str]:
    """What the log keeps of a description."""
    return {"kind": part.kind, "shows": part.shows.zh, "zh": part.alt.zh, "bo": part.alt.bo}
