"""Prints a page's HTML as PDF/A-2u with the house's own faces. Loaded only where papers are made: it is slow to load."""

import functools
import re
import unicodedata
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from ..config import ROOT

STATIC = ROOT / "static"
BASE = STATIC.as_uri() + "/"
FACES = ("exam-sc.ttf", "exam-bo.ttf", "exam-sc-rare.ttf")
NOT_PLAIN = re.compile(r"[^\x20-\x7e\n\t]")
MISSING = "\u3013"  # 〓, what Chinese printers set where a type is missing


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Reads files under static/ and data: addresses; whatever else a page asks for stays out."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The content of an own file; ValueError for any other address."""
        if not url.startswith((BASE, "data:")) or "/.." in url or "%2e" in url.lower():
            raise ValueError(f"not an own file: {url[:100]}")
        return super().fetch(url, headers)


class Printer:
    """One a process: the faces are set up once, as WeasyPrint would do it again for every document."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        self._fetcher = OwnFilesOnly(allowed_protocols={"file", "data"}, allow_redirects=False)
        self._styles: dict[str, Any] = {}

    def _style(self, path: str) -> Any:
        if path not in self._styles:
            self._styles[path] = CSS(filename=str(STATIC / path), font_config=self._fonts, url_fetcher=self._fetcher)
        return self._styles[path]

    def print(self, html: str, style: str) -> bytes:
        """The PDF of a page; `style` is a stylesheet under static/."""
        sheets = [self._style("fonts/fonts-print.css"), self._style(style)]
        page = HTML(string=printable(html), base_url=BASE, url_fetcher=self._fetcher)
        made: bytes = page.write_pdf(
            stylesheets=sheets, font_config=self._fonts, pdf_variant="pdf/a-2u", custom_metadata=True
        )
        return made


@functools.cache
def drawable() -> frozenset[int]:
    """The code points that the house's faces can draw."""
    signs: set[int] = set()
    for name in FACES:
        with TTFont(STATIC / "fonts" / name, lazy=True) as face:
            signs.update(face["cmap"].getBestCmap())
    return frozenset(signs)


def printable(text: str) -> str:
    """The text without invisible control signs, and with every sign that no face can draw written out as 〓(U+…): no name is silently wrong on paper."""
    return NOT_PLAIN.sub(_drawn, unicodedata.normalize("NFC", text))


def _drawn(found: re.Match[str]) -> str:
    sign = found.group()
    if unicodedata.category(sign) in ("Cc", "Cf"):
        return ""
    return sign if ord(sign) in drawable() else f"{MISSING}(U+{ord(sign):04X})"
