"""An attempt's paper as the terminal is given it: texts and pictures in paper order, never a key."""

import json
from functools import lru_cache
from typing import Any, NamedTuple

from ..bank import service as bank
from ..db import here
from ..domain.errors import RuleBroken
from ..domain.paper import Paper, thaw
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


@lru_cache(maxsize=2_048)
def form_of(site_id: int, attempt_id: str) -> Form:
    """The form of an attempt; RuleBroken('attempt.unknown'). Papers are frozen, so this is kept."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT paper, candidate_id, number, profile, policy FROM attempt WHERE site_id = ? AND attempt_id = ?",
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
    )


def questions(form: Form) -> list[dict[str, Any]]:
    """The questions of a form in the shape of the contract."""
    shown = []
    for position in form.paper.positions:
        face = _face(position.content_hash)
        options = [
            {"id": option.id, **(face["options"].get(option.bank_id) or _judge(option.bank_id))}
            for option in position.options
        ]
        if any(option["media"] for option in options):
            options = [{**option, "text": _neutral(letter)} for letter, option in zip(LETTERS, options, strict=False)]
        shown.append(
            {
                "position": position.number,
                "kind": position.kind.value,
                "stem": face["stem"],
                "options": options,
                "media": face["media"],
                "audio": NO_AUDIO,
            }
        )
    return shown


NO_AUDIO: dict[str, None] = dict.fromkeys(LANGUAGES[:2])


@lru_cache(maxsize=20_000)
def _face(digest: str) -> dict[str, Any]:
    """A question without its key, explanation and meaning: what may be sent before the end."""
    content = bank.content(digest)
    return {
        "stem": content["stem"],
        "media": [_medium(medium) for medium in content["media"]],
        "options": {
            option["id"]: {
                "text": option["text"],
                "media": [_medium(option["picture"])] if option["picture"] else [],
                "audio": NO_AUDIO,
            }
            for option in content["options"]
        },
    }


def _medium(medium: dict[str, Any]) -> dict[str, Any]:
    return {"url": f"/exam/media/{medium['sha256']}.svg", "kind": "picture", "alt": medium["alt"]}


def _judge(bank_id: str) -> dict[str, Any]:
    word = "Right" if bank_id == "right" else "Wrong"
    return {"text": {language: text(language, word) for language in ("zh", "bo")}, "media": [], "audio": NO_AUDIO}


def _neutral(letter: str) -> dict[str, str]:
    return {language: text(language, "Picture %(letter)s", letter=letter) for language in ("zh", "bo")}
