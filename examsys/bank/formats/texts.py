"""Texts as they come out of files: tidied so that the bank can hold them, and stripped of markup."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from html import escape, unescape
from html.parser import HTMLParser

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BREAK = re.compile("[\n\t\x0b\x0c\u2028\u2029]+")
_INVISIBLE = re.compile("[\u200b\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x9f]")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_FORMULA = re.compile(r"'*[=+\-@]")
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"]
)
_DATA = re.compile(r"data:image/[^\"'<>]+")
_MOST_HTML = 50_000  # characters; a parser of broken HTML needs time that grows with the square of them
_PLAIN_TAGS = frozenset(["p", "div", "br", "span", "img"])


def tidy(text: str) -> str:
    """A text on one line: NFC, no invisible characters, a line break between two Han characters gone, else a space."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    parts = [part.strip() for part in _BREAK.split(text.replace("\u00a0", " "))]
    return reduce(_joined, filter(None, parts), "")


def narrow(text: str) -> str:
    """Full-width letters and digits as ASCII; the punctuation of Chinese stays."""
    return text.translate(_WIDE)


def plain(text: str) -> str:
    """A text without HTML tags and entities; what only looks like one (`v<60`) stays."""
    return unescape_once(_TAG.sub(lambda tag: "\n" if _name(tag.group()) in _BLOCKS else "", text))


def unescape_once(text: str) -> str:
    """Entities as the characters they stand for; an unfinished one stays."""
    return _ENTITY.sub(lambda entity: unescape(entity.group()), text)


def guarded(text: str) -> str:
    """A plain text as it must be written so that `plain` gives it back."""
    return text if plain(text) == text else escape(text, quote=False)


def no_formula(text: str) -> str:
    """A text that a spreadsheet program does not take for a formula; `from_formula_guard` gives it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_formula_guard(text: str) -> str:
    """The text behind the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


@dataclass
class Said:
    """What a piece of HTML says: its text by language, the sources of its pictures, and whether markup was lost."""

    zh: str = ""
    bo: str = ""
    pictures: list[str] = field(default_factory=list)
    stripped: bool = False


def from_html(html: str) -> Said:
    """Texts and pictures of HTML. `<span lang="bo">` is Tibetan, everything else Chinese; script and style are dropped.

    What is too long for any question is not taken apart but given back as it is, so that its length is what is refused.
    """
    inline: list[str] = []

    def put_aside(data: re.Match[str]) -> str:
        inline.append(data.group())
        return f"data:{len(inline) - 1}"

    bare = _mlang(_DATA.sub(put_aside, html))
    if len(bare) > _MOST_HTML:
        return Said(zh=bare)
    reader = _Reader()
    reader.feed(bare)
    reader.close()
    reader.said.pictures = [_put_back(name, inline) for name in reader.said.pictures]
    reader.said.zh, reader.said.bo = tidy("".join(reader.parts["zh"])), tidy("".join(reader.parts["bo"]))
    return reader.said


def to_html(zh: str, bo: str, attributes: str = 'lang="{}" class="multilang"', pictures: str = "") -> str:
    """Both languages as HTML that `from_html` gives back; Chinese alone needs no span."""
    if not bo:
        return pictures + escape(zh, quote=False)
    spans = (
        f"<span {attributes.format(language)}>{escape(text, quote=False)}</span>"
        for language, text in (("zh", zh), ("bo", bo))
    )
    return pictures + "".join(spans)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said = Said()
        self.parts: dict[str, list[str]] = {"zh": [], "bo": []}
        self.open: list[tuple[str, str]] = []
        self.dropped = 0

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else "zh"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        self.said.stripped |= tag not in _PLAIN_TAGS
        if tag in ("script", "style"):
            self.dropped += 1
        if tag == "img":
            self.said.pictures.append(given.get("src", ""))
        if tag in ("object", "embed"):
            self.said.pictures.append(given.get("data", "") or given.get("src", ""))
        if tag in _BLOCKS:
            self.parts[self.language].append("\n")
        if tag not in ("br", "img", "embed", "hr", "input", "source"):
            spoken = given.get("lang", "")
            self.open.append((tag, ("bo" if spoken.startswith("bo") else "zh") if spoken else self.language))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.dropped = max(0, self.dropped - 1)
        if tag in _BLOCKS:
            self.parts[self.language].append("\n")
        places = [place for place, (name, _) in enumerate(self.open) if name == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.parts[self.language].append(data)


def _put_back(name: str, inline: Sequence[str]) -> str:
    number = name.removeprefix("data:")
    return (
        inline[int(number)] if name.startswith("data:") and number.isdecimal() and int(number) < len(inline) else name
    )


def _mlang(html: str) -> str:
    """The short codes of Moodle's second language filter as spans."""
    return re.sub(r"\{mlang\}", "</span>", re.sub(r"\{mlang\s+([a-z_]+)\}", r'<span lang="\1">', html))


def _name(tag: str) -> str:
    found = re.match(r"</?([A-Za-z0-9]+)", tag)
    return found.group(1).lower() if found else ""


def _joined(before: str, after: str) -> str:
    together = not before or (_HAN.match(before[-1]) and _HAN.match(after))
    return before + after if together else f"{before} {after}"
