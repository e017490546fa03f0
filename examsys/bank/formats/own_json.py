"""JSON in our own form, which carries everything, pictures too; that of others is read by `others_json`.

Our own: `{"format": "examsys-questions", "version": 1, "questions": [...], "media": {name: base64}}`.
"""

import base64
import json
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from examsys.domain.bank import RIGHT, WRONG, Kind, Source, Text

from .drafts import Draft, DraftOption, Found
from .exchange import LIMITS, NO_TEXT, Limits, Place, Refused, Row
from .pictures import decoded

FORMAT, VERSION = "examsys-questions", 1


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Part):
    zh: str = ""
    bo: str = ""


class _Option(_Part):
    id: str
    zh: str = ""
    bo: str = ""
    picture: str = ""


class _Source(_Part):
    law: str
    article: str = ""


class _Question(_Part):
    id: str = ""
    kind: Literal["judge", "single", "multiple"]
    stem: _Words
    options: tuple[_Option, ...] = ()
    key: str | tuple[str, ...]
    explanation: _Words = _Words()
    subject: str = ""
    chapter: str = ""
    families: tuple[str, ...] = ()
    difficulty: int | None = None
    sources: tuple[_Source, ...] = ()
    fixed_order: bool = False
    pictures: tuple[str, ...] = ()


def parse_json(text: str, limits: Limits = LIMITS) -> Any:
    """The values of a JSON text, or of one whose every line is JSON. Refused('json.unreadable', 'json.too_deep')."""
    try:
        values = _loaded(text)
    except RecursionError as error:
        raise Refused("json.too_deep", most=str(limits.depth)) from error
    except ValueError as error:
        raise Refused("json.unreadable", problem=str(error)[:80]) from error
    level, depth = [values], 0
    while level:
        depth += 1
        if depth > limits.depth:
            raise Refused("json.too_deep", most=str(limits.depth))
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [value for values_of_one in inner for value in values_of_one]
    try:
        json.dumps(values, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:  # half a character: no page could show it and no file keep it
        raise Refused("json.unreadable", problem=str(error)[:80]) from error
    return values


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines):
            raise
        return [json.loads(line) for line in lines]


def is_own(values: Any) -> bool:
    """Whether the file says that it is ours."""
    return isinstance(values, dict) and values.get("format") == FORMAT


def read_own(file: str, values: dict[str, Any], limits: Limits = LIMITS) -> Found:
    """The questions of our own form. Refused('json.version', 'json.unreadable', 'file.too_many_rows', 'picture.not_base64')."""
    if values.get("version") != VERSION:
        raise Refused("json.version", version=str(values.get("version"))[:20])
    entries, media = values.get("questions"), values.get("media", {})
    if not isinstance(entries, list) or not isinstance(media, dict):
        raise Refused("json.unreadable", problem="questions, media")
    if len(entries) > limits.rows:
        raise Refused("file.too_many_rows", most=str(limits.rows))
    found = Found(media={str(name): decoded(str(content)) for name, content in media.items()})
    for number, entry in enumerate(entries, start=1):
        found.drafts.append(_draft(Place(file, number, f"questions[{number - 1}]"), entry))
    return found


def _draft(place: Place, entry: Any) -> Draft:
    draft = Draft(place, literal=True)
    try:
        question = _Question.model_validate(entry)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False)[:3]:
            draft.give_up("json.shape", path=".".join(map(str, detail["loc"]))[:60], problem=detail["msg"][:80])
        return draft
    draft.id, draft.kind = question.id, question.kind
    draft.zh, draft.bo = question.stem.zh, question.stem.bo
    draft.options = [DraftOption(part.zh, part.bo, part.picture, part.id) for part in question.options]
    draft.right = frozenset([question.key] if isinstance(question.key, str) else question.key)
    draft.explanation_zh, draft.explanation_bo = question.explanation.zh, question.explanation.bo
    draft.subject, draft.chapter, draft.families = question.subject, question.chapter, ",".join(question.families)
    draft.difficulty = str(question.difficulty or "")
    draft.sources = tuple(Source(part.law, part.article) for part in question.sources)
    draft.fixed_order, draft.pictures = question.fixed_order, list(question.pictures)
    draft.cells = {name: f"{place.cell}.{name}" for name in _Question.model_fields}
    draft.cells.update(
        {"zh": f"{place.cell}.stem.zh", "bo": f"{place.cell}.stem.bo", "options_zh": draft.cells["options"]}
    )
    return draft


def write_json(rows: Sequence[Row]) -> bytes:
    """Rows in our own form, with the pictures in it."""
    media: dict[str, str] = {}
    for row in rows:
        for name in row.shown:
            media[name] = base64.b64encode(row.media[name]).decode()
    whole = {"format": FORMAT, "version": VERSION, "questions": [_entry(row) for row in rows], "media": media}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _entry(row: Row) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": row.id,
        "kind": row.kind.value,
        "stem": _words(row.stem),
        "options": [
            {"id": option.id, **({"picture": option.picture} if option.picture else _words(option.text))}
            for option in row.options
        ],
        "key": (RIGHT if RIGHT in row.key else WRONG) if row.kind is Kind.JUDGE else sorted(row.key),
        "explanation": _words(row.explanation),
        "subject": row.subject,
        "chapter": row.chapter,
        "families": list(row.families),
        "difficulty": row.difficulty or None,
        "sources": [{"law": source.law, "article": source.article} for source in row.sources],
        "fixed_order": row.fixed_order,
        "pictures": list(row.pictures),
    }
    return {name: value for name, value in entry.items() if value or name in ("kind", "stem", "key")}


def _words(text: Text) -> dict[str, str]:
    return {} if text == NO_TEXT else {language: words for language, words in text.as_dict().items() if words}
