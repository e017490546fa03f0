"""Languages of pages: which one a page is shown in, and the texts of the catalogues (English is the source)."""

import gettext
from pathlib import Path

from flask import g, has_request_context, request

FOLDER = Path(__file__).resolve().parent.parent / "translations"
LANGUAGES = ("zh", "bo", "en")  # of pages for everybody; the first is the page's own
CANDIDATES, STAFF = ("bo", "zh"), ("zh", "en")
TAGS = {"zh": "zh-CN", "bo": "bo", "en": "en"}
# Read when the program starts: a missing catalogue is an error then, not a page that is half in English.
_CATALOGUES: dict[str, gettext.NullTranslations] = {
    "zh": gettext.translation("messages", FOLDER, ["zh"]),
    "bo": gettext.translation("messages", FOLDER, ["bo"]),
    "en": gettext.NullTranslations(),
}


def message(msgid: str) -> str:
    """Marks a message for the catalogues where it can't be translated yet."""
    return msgid


def catalogue(language: str) -> gettext.NullTranslations:
    """The texts of one language; English needs none."""
    return _CATALOGUES[language]


def is_draft(language: str) -> bool:
    """Whether texts of a language were released by no translator, which wherever they show must be said."""
    return catalogue(language).info().get("x-released") == "no"


def text(in_language: str, msgid: str, /, **facts: object) -> str:
    """A text in a language of one's choice, with its facts set in."""
    found = catalogue(in_language).gettext(msgid)
    return found % facts if facts else found


def language() -> str:
    """The language of the page being made: asked for, remembered, else Chinese.

    Pages that are there in Tibetan choose for themselves (`speak`); what only staff see is not, and a Tibetan reader gets
    it in Chinese, whole.
    """
    if not has_request_context():
        return "zh"
    if "language" not in g:
        g.language = choose(request.args.get("lang"), STAFF, request.cookies.get("language"))
    found: str = g.language
    return found


def _(msgid: str, /, **facts: object) -> str:
    """A text in the language of the page being made."""
    return text(language(), msgid, **facts)


def speak(offered: tuple[str, ...], by_browser: bool = False) -> None:
    """Make this page in the first of these languages that was asked for, is remembered, or (`by_browser`) the browser names."""
    named = request.accept_languages.best_match(offered) if by_browser else None
    g.language = choose(request.args.get("lang"), offered, request.cookies.get("language"), named)


def choose(wanted: str | None, offered: tuple[str, ...], *preferred: str | None) -> str:
    """The first of these that a page offers: asked for, preferred, else the page's first. Whole pages, never single sentences."""
    for candidate in (wanted, *preferred):
        if candidate in offered:
            return candidate
    return offered[0]
