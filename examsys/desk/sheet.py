"""The editor's sheet: a question as fields of a form, and back to what is to be changed in its block."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from ..bank.schema import OptionPart, QuestionPart
from ..bank.yaml_source import Written
from ..domain.bank import Kind

LETTERS: Final = "abcdef"
SOURCES: Final = 3  # rows for law and article
TIBETAN: Final = ("stem", "options", "explanation")  # the fields that hold both languages

Form = MultiDict[str, str]


def values(part: QuestionPart) -> dict[str, Any]:
    """The fields of the sheet as a question fills them."""
    sources = part.source if isinstance(part.source, tuple) else (part.source,)
    found: dict[str, Any] = {
        "kind": part.kind.value,
        "families": list(part.families),
        "difficulty": part.difficulty,
        "sources": [(source.law, source.article) for source in sources],
        "twins": part.twins or "",
        "enemies": " ".join(part.enemies),
        "media": " ".join(part.media),
        "fixed_order": part.fixed_order,
        "stem": {"zh": part.stem.zh, "bo": part.stem.bo or ""},
        "explanation": {"zh": part.explanation.zh, "bo": part.explanation.bo or ""},
        "key": [part.key] if isinstance(part.key, str) else list(part.key),
        "options": {
            option.id: {"zh": option.zh or "", "bo": option.bo or "", "picture": option.picture or ""}
            for option in part.options
        },
    }
    return found


def typed(form: Form) -> dict[str, Any]:
    """The same fields as an author sent them, whole or not, so that nobody types them twice."""
    options = {
        letter: {name: form.get(f"option.{letter}.{name}", "") for name in ("zh", "bo", "picture")}
        for letter in LETTERS
    }
    return {
        **{name: form.get(name, "") for name in ("kind", "difficulty", "twins", "enemies", "media")},
        **{name: form.getlist(name) for name in ("families", "key")},
        **{name: {"zh": form.get(f"{name}.zh", ""), "bo": form.get(f"{name}.bo", "")} for name in ("stem", "explanation")},
        "sources": [(form.get(f"law.{row}", ""), form.get(f"article.{row}", "")) for row in range(SOURCES)],
        "fixed_order": bool(form.get("fixed_order")),
        "options": {letter: row for letter, row in options.items() if any(row.values())},
    }  # fmt: skip


def typed_tibetan(form: Form, part: QuestionPart) -> dict[str, Any]:
    """A question's fields with the Tibetan as a translator sent it."""
    found = values(part)
    for name in ("stem", "explanation"):
        found[name]["bo"] = form.get(f"{name}.bo", "")
    for letter, row in found["options"].items():
        row["bo"] = form.get(f"option.{letter}.bo", "")
    return found


def chinese(form: Form, part: QuestionPart | None = None) -> dict[str, Any]:
    """What an author's sheet makes of a question; the Tibetan that is there stays beside its Chinese. None takes a field out."""
    kind = form.get("kind", "judge")
    judge = kind == Kind.JUDGE.value
    key = form.getlist("key")
    sources = _sources(form)
    return {
        "kind": kind,
        "families": form.getlist("families"),
        "difficulty": _whole(form.get("difficulty", "1")),
        "source": sources[0] if len(sources) == 1 else sources,
        "twins": form.get("twins", "").strip() or None,
        "enemies": form.get("enemies", "").split() or None,
        "media": form.get("media", "").split() or None,
        "stem": text(form.get("stem.zh", ""), part.stem.bo if part else None),
        "options": None if judge else _options(form, part),
        "fixed_order": True if form.get("fixed_order") and not judge else None,
        "key": (key[0] if key else "") if judge else key,
        "explanation": text(form.get("explanation.zh", ""), part.explanation.bo if part else None),
    }


def tibetan(form: Form, written: Written) -> dict[str, Any]:
    """What a translator's sheet makes of the three fields that hold both languages; the Chinese is the question's own."""
    part = written.part
    options = [
        _with_tibetan(option, "" if option.picture else line(form.get(f"option.{option.id}.bo", "")))
        for option in part.options
    ]
    return {
        "stem": text(part.stem.zh, form.get("stem.bo", "")),
        "explanation": text(part.explanation.zh, form.get("explanation.bo", "")),
        **({"options": options} if options else {}),
    }


def changed(changes: Mapping[str, Any], written: Written) -> dict[str, Any]:
    """Of these changes, those that differ from what the question has: a sheet sent back as it came changes nothing."""
    there = written.document.values[0]
    plain = {name: _plain(value) for name, value in there.items()}
    return {name: value for name, value in changes.items() if _plain(value) != plain.get(name)}


def _plain(value: Any) -> Any:
    """Lists and maps as they compare, whatever class they came in."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items() if one is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def _options(form: Form, part: QuestionPart | None) -> list[dict[str, Any]]:
    before = {option.id: option for option in part.options} if part else {}
    rows = []
    for name in LETTERS:
        zh, picture = line(form.get(f"option.{name}.zh", "")), form.get(f"option.{name}.picture", "").strip()
        if not zh and not picture:
            continue
        row: dict[str, Any] = {"id": name}
        row |= {"picture": picture} if picture else {"zh": zh}
        there = before.get(name)
        if there and there.bo and not picture:
            row["bo"] = there.bo
        if there and there.audio:
            row["audio"] = [recording.model_dump(exclude_none=True) for recording in there.audio]
        rows.append(row)
    return rows


def _with_tibetan(option: OptionPart, words: str) -> dict[str, Any]:
    row = option.model_dump(exclude={"bo"}, exclude_none=True, exclude_defaults=True)
    return row | ({"bo": words} if words else {})


def _sources(form: Form) -> list[dict[str, str]]:
    pairs = ((line(form.get(f"law.{row}", "")), line(form.get(f"article.{row}", ""))) for row in range(SOURCES))
    return [{"law": law, "article": article} for law, article in pairs if law or article]


def text(zh: str, bo: str | None) -> dict[str, str]:
    """Both languages of a text as the block has them; Tibetan that is not there is left out."""
    words = line(bo or "")
    return {"zh": line(zh)} | ({"bo": words} if words else {})


def line(words: str) -> str:
    """Typed text as one line: a text of the bank has no line breaks, and no spaces at its ends."""
    return " ".join(words.split("\n")).replace("\r", "").strip()


def _whole(number: str) -> int | str:
    return int(number) if number.isascii() and number.isdigit() else number
