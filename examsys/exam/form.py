"""An attempt's paper as the terminal is given it: texts and pictures in paper order, never a key."""

import json
from functools import lru_cache
from typing import Any, NamedTuple

from ..bank import service as bank
from ..db import here
from ..domain.bank import JUDGE_OPTIONS
from ..domain.errors import RuleBroken
from ..domain.paper import Paper, Position, thaw
from ..policy import policy_for
from ..web.language import LANGUAGES, text

LETTERS = "ABCDEF"


class Form(NamedTuple):
    """What never changes of an attempt: its paper, and by position the kind, the options that an answer may name, and the right ones."""

    paper: Paper
    kinds: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    keys: tuple[frozenset[str], ...]
    candidate_id: str
    number: int
    stops: bool  # whether the exam ends as soon as failing is certain (policy switch stop_when_unpassable)
    dialect: str | None  # of an audio paper: recordings in it are sent


@lru_cache(maxsize=2_048)
def form_of(site_id: int, attempt_id: str) -> Form:
    """The form of an attempt; RuleBroken('attempt.unknown'). Papers are frozen, so this is kept."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT a.paper, a.candidate_id, a.number, a.profile, a.policy, c.dialect FROM attempt a"
            " LEFT JOIN candidate c ON c.site_id = a.site_id AND c.candidate_id = a.candidate_id"
            " WHERE a.site_id = ? AND a.attempt_id = ?",
            site_id,
            attempt_id,
        )
    if row is None:
        raise RuleBroken("attempt.unknown")
    paper = thaw(json.loads(bytes(row[0])))
    return Form(
        paper,
        tuple(position.kind.value for position in paper.positions),
        tuple(tuple(option.id for option in position.options) for position in paper.positions),
        tuple(
            frozenset(option.id for option in position.options if option.bank_id in bank.key_of(position.content_hash))
            for position in paper.positions
        ),
        row[1],
        row[2],
        policy_for(row[3], row[4]).switch("stop_when_unpassable"),
        row[5],
    )


def questions(form: Form) -> list[dict[str, Any]]:
    """The questions of a form in the shape of the contract."""
    found: list[dict[str, Any]] = json.loads(questions_json(form))
    return found


def questions_json(form: Form) -> str:
    """The same as JSON, put together from pieces that are kept: a hundred questions are sent to everybody within two seconds."""
    return f"[{', '.join(_question(position, form.dialect) for position in form.paper.positions)}]"


def _question(position: Position, dialect: str | None) -> str:
    face = _face(position.content_hash, dialect)
    options = ", ".join(
        f'{{"id": "{option.id}", "text": {_neutral(letter) if face.pictured else face.texts[option.bank_id]}, {face.rest[option.bank_id]}}}'
        for letter, option in zip(LETTERS, position.options, strict=False)
    )
    return f'{{"position": {position.number}, "kind": "{position.kind.value}", {face.own}, "options": [{options}], "audio": {face.audio}}}'


class Face(NamedTuple):
    """A question as pieces of JSON, without its key, explanation and meaning: what may be sent before the end."""

    own: str  # stem and pictures
    texts: dict[str, str]  # of the options, by the bank's id
    rest: dict[str, str]  # their pictures and recordings
    audio: str  # recordings of the stem
    pictured: bool  # whether options are pictures: their text is then a neutral name


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _audio(recordings: list[dict[str, Any]], dialect: str | None) -> str:
    """By language the address of the recording in the attempt's dialect, or null."""
    found: dict[str, str | None] = dict.fromkeys(LANGUAGES[:2])
    for one in recordings:
        if one["dialect"] == dialect:
            found[one["language"]] = f"/exam/media/{one['sha256']}.{one['path'].rpartition('.')[2]}"
    return _json(found)


@lru_cache(maxsize=20_000)
def _face(digest: str, dialect: str | None) -> Face:
    content = bank.content(digest)
    pictures = [_medium(medium) for medium in content["media"]]
    options = content["options"] or [
        {"id": word, "text": _judge(word), "picture": None, "audio": []} for word in JUDGE_OPTIONS
    ]
    return Face(
        f'"stem": {_json(content["stem"])}, "media": {_json(pictures)}',
        {option["id"]: _json(option["text"]) for option in options},
        {
            option[
                "id"
            ]: f'"media": {_json([_medium(option["picture"])] if option["picture"] else [])}, "audio": {_audio(option["audio"], dialect)}'
            for option in options
        },
        _audio(content["audio"], dialect),
        any(option["picture"] for option in options),
    )


def warm(release_id: str) -> None:
    """Read every question of a release before a hall asks for them all at once."""
    for question in bank.questions_of(release_id):
        _face(question.content_hash, None)


def _medium(medium: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": f"/exam/media/{medium['sha256']}.{medium['path'].rpartition('.')[2]}",
        "kind": "picture",
        "alt": medium["alt"],
    }


def _judge(bank_id: str) -> dict[str, str]:
    word = "Right" if bank_id == "right" else "Wrong"
    return {language: text(language, word) for language in ("zh", "bo")}


@lru_cache(maxsize=len(LETTERS))
def _neutral(letter: str) -> str:
    return _json({language: text(language, "Picture %(letter)s", letter=letter) for language in ("zh", "bo")})
