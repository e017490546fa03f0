"""A question of the working copy as the terminal shows it, and the addresses of its pictures."""

from typing import Any

from ..domain.bank import JUDGE_OPTIONS, Kind, Medium, Question
from ..exam.form import LETTERS
from ..web.language import text


def face(question: Question, media_url: str) -> dict[str, Any]:
    """The question in the shape in which a terminal is given it (contract: questions), pictures below `media_url`."""
    return {
        "position": 1,
        "kind": question.kind.value,
        "stem": question.stem.as_dict(),
        "media": [_picture(medium, media_url) for medium in question.media],
        "options": _options(question, media_url),
        "audio": {"zh": None, "bo": None},
    }


def _options(question: Question, media_url: str) -> list[dict[str, Any]]:
    if question.kind is Kind.JUDGE:
        words = {"right": "Right", "wrong": "Wrong"}
        return [_option(name, _both(words[name]), []) for name in JUDGE_OPTIONS]
    return [
        _option(
            option.id,
            option.text.as_dict() if option.text else _both("Picture %(letter)s", letter=letter),
            [_picture(option.picture, media_url)] if option.picture else [],
        )
        for letter, option in zip(LETTERS, question.options, strict=False)
    ]


def _option(name: str, words: dict[str, str], media: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "text": words, "media": media, "audio": {"zh": None, "bo": None}}


def _picture(medium: Medium, media_url: str) -> dict[str, Any]:
    return {"url": f"{media_url}{medium.path}?v={medium.sha256[:10]}", "kind": "picture", "alt": medium.alt.as_dict()}


def _both(msgid: str, **facts: object) -> dict[str, str]:
    return {language: text(language, msgid, **facts) for language in ("zh", "bo")}
