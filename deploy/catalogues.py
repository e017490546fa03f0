"""Collects every word for people from the sources into the catalogues, and compiles them (`make catalogues`).

English is the source. The Chinese catalogue holds all of it, the Tibetan one all that candidates, learners, the public
and papers show: whole pages are in a language or not. Nothing here guesses: a new text comes in without a translation,
and tests/house/test_catalogues.py names it until it has one.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examsys" / "translations"
SOURCES = {"examsys": [("**.py", "python")], "templates": [("**.html", "jinja2")]}
OPTIONS = {"**.html": {"silent": "false", "encoding": "utf-8"}, "**.py": {"encoding": "utf-8"}}
Keywords = Mapping[str, tuple[int, ...] | None]
KEYWORDS: Keywords = {"_": None, "_zh": None, "_bo": None, "message": None, "both": None, "text": (2,)}
ALWAYS_TIBETAN: Keywords = {
    "_bo": None
}  # said in Tibetan even on a page of staff: what is printed there for a candidate
LANGUAGES = ("zh", "bo")
DRAFT = "draft"  # mark of an entry that no translator has released; a translator takes it away
HEADERS = {
    "zh": "Chinese as the vehicle management office writes it. Entries follow the order of the sources.",
    "bo": "Tibetan as used in the PRC, after question_bank/glossary.yaml. MACHINE DRAFT: no translator has released it.\n"
    "An entry marked 'draft' was read by nobody; whoever releases it takes the mark away.",
}
# Pages and programs that only staff see: in Chinese and English, never in Tibetan.
STAFF_ONLY = (
    "templates/layout/staff.html",
    "templates/accounts/*",
    "templates/audit/*",
    "templates/bank/*",
    "templates/desk/*",
    "templates/invigilation/*",
    "templates/supervision/*",
    "examsys/accounts/*",
    "examsys/audit/*",
    "examsys/bank/*",
    "examsys/desk/*",
    "examsys/invigilation/*",
    "examsys/supervision/*",
    "examsys/web/office_vocabulary.py",
)


class _Catalogue(Catalog):
    """A catalogue whose head names neither a moment nor a program, so that the same texts make the same bytes."""

    drafted = False  # whether a text of it was released by no translator

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Project-Id-Version", "examsys"),
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("X-Released", "no" if self.drafted else "yes"),
        ]

    @mime_headers.setter
    def mime_headers(self, _headers: object) -> None:
        """What a file says of itself is not taken over."""


def file_of(language: str, kind: str = "po") -> Path:
    """Where the catalogue of a language lies: `po` for people, `mo` for the program."""
    return FOLDER / language / "LC_MESSAGES" / f"messages.{kind}"


def extracted(keywords: Keywords) -> Iterator[tuple[str, int, str]]:
    """The texts of the sources: file from the root, line, English text. A template that cannot be read is an error."""
    for folder, methods in SOURCES.items():
        for name, line, text, _comments, _context in extract_from_dir(
            ROOT / folder, methods, OPTIONS, keywords, comment_tags=()
        ):
            for one in text if isinstance(text, tuple) else (text,):
                yield f"{folder}/{name}", line, one


def is_for_staff(file: str) -> bool:
    """Whether only staff ever see what this file says."""
    return any(fnmatch(file, pattern) for pattern in STAFF_ONLY)


def wanted(language: str) -> dict[str, list[tuple[str, int]]]:
    """The texts that a language must have, with the places that say them."""
    said = list(extracted(KEYWORDS))
    if language == "bo":
        shown = [place for place in said if not is_for_staff(place[0])]
        said = shown + [place for place in extracted(ALWAYS_TIBETAN) if is_for_staff(place[0])]
    found: dict[str, list[tuple[str, int]]] = {}
    for file, line, text in said:
        found.setdefault(text, []).append((file, line))
    return found


def placeholders(text: str) -> list[str]:
    """What is filled in later, as {n} or %(n)s, in the order of names."""
    return sorted(re.findall(r"\{\w+\}|%\(\w+\)[a-z]|%%", text))


def read(language: str) -> Catalog:
    """The catalogue as it lies in the repository; empty before the first run."""
    file = file_of(language)
    if not file.exists():
        return _empty(language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def _empty(language: str) -> _Catalogue:
    comment = "\n".join(f"# {line}" for line in HEADERS[language].splitlines())
    return _Catalogue(language, header_comment=comment, fuzzy=False)


def merged(language: str, added: dict[str, str] | None = None) -> _Catalogue:
    """The catalogue with exactly the texts that are wanted now; translations are kept, or taken from `added`."""
    old, new = read(language), _empty(language)
    for text, places in sorted(wanted(language).items(), key=lambda item: item[1][0]):
        known = old.get(text)
        translation = (added or {}).get(text) or (known.string if known else "")
        draft = language == "bo" and (known is None or known.string != translation or DRAFT in known.auto_comments)
        new.add(text, translation, sorted(set(places)), auto_comments=[DRAFT] if draft else [])
        new.drafted = new.drafted or draft
    return new


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue for people. Files without line numbers: a line moved in a template is no change here."""
    out = BytesIO()
    write_po(out, catalogue, width=120, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue for the program."""
    compiled = _empty(str(catalogue.locale))
    compiled.drafted = any(DRAFT in message.auto_comments for message in catalogue)
    for message in catalogue:
        if message.id:
            compiled.add(message.id, message.string)
    out = BytesIO()
    write_mo(out, compiled)
    return out.getvalue()


def write(language: str, added: dict[str, str] | None = None) -> list[str]:
    """Write both files of a language; the texts that still lack a translation."""
    catalogue = merged(language, added)
    file_of(language).parent.mkdir(parents=True, exist_ok=True)
    file_of(language).write_bytes(po_bytes(catalogue))
    file_of(language, "mo").write_bytes(mo_bytes(catalogue))
    return [str(message.id) for message in catalogue if message.id and not message.string]


def main() -> int:
    """Write all catalogues; 1 where translations are missing."""
    missing = {language: write(language) for language in LANGUAGES}
    for language, texts in missing.items():
        for text in texts:
            sys.stdout.write(f"{language}: {text}\n")
    return 1 if any(missing.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
