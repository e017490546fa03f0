"""What the tests of papers share: a candidate who has finished, and a PDF read back, and looked at, by other people's programs."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from PIL import Image

from tests.exam.kiosk import Kiosk
from tests.factories import House, Seated
from tests.people import Person


def finished(house: House, *people: Person, wrong: int = 0, language: str = "bo") -> tuple[Kiosk, Seated]:
    """The first of these people at a seat, with everything answered and handed in."""
    seated = house.seated(*people)[0]
    kiosk = Kiosk.at(house, seated, start=language)
    kiosk.play(house, wrong=wrong)
    return kiosk, seated


def text_of(pdf: bytes, folder: Path, *how: str) -> str:
    """What a reader copies out of a PDF; `how` are options of pdftotext, of which -raw is the default."""
    (folder / "read.pdf").write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", *(how or ("-raw",)), str(folder / "read.pdf"), "-"], capture_output=True, check=True, timeout=60
    )
    return read.stdout.decode()


def picture_of(pdf: bytes, folder: Path, dpi: int) -> Image.Image:
    """The first page as a scanner of this resolution sees it."""
    (folder / "seen.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", str(folder / "seen.pdf"), str(folder / "seen")]
    subprocess.run(command, check=True, timeout=60)
    with Image.open(folder / "seen.png") as page:
        return page.convert("L")


def joined(text: str) -> str:
    """A text in one form of Unicode and without spaces and line breaks, for Chinese and Tibetan that run on."""
    return "".join(unicodedata.normalize("NFC", text).split())


def glyphs_shown(pdf: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """Every glyph that the pages and their forms show, as font and glyph id."""
    for page in pdf.pages:
        yield from _shown(pikepdf.parse_content_stream(page), page.Resources, pdf)


def _shown(operations: Any, resources: Any, pdf: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    font = ""
    for operands, operator in operations:
        name = str(operator)
        if name == "Tf":
            font = str(resources.Font[operands[0]].BaseFont)
        elif name in ("Tj", "TJ"):
            parts = operands[0] if name == "TJ" else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    yield from ((font, int.from_bytes(raw[at : at + 2], "big")) for at in range(0, len(raw), 2))
        elif name == "Do":
            form = resources.XObject[operands[0]]
            if form.Subtype == "/Form":
                yield from _shown(pikepdf.parse_content_stream(form), form.get("/Resources", resources), pdf)


def without_outline(pdf: pikepdf.Pdf, shown: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The glyphs shown whose codes lead to no outline by the rules of PDF: a code is a CID, and for TrueType alone here the glyph's number."""
    outlines: dict[str, Any] = {}
    spaces: dict[str, set[int]] = {}
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/CIDFontType2":
            assert thing.CIDToGIDMap == "/Identity"
            face = TTFont(io.BytesIO(thing.FontDescriptor.FontFile2.read_bytes()))
            outlines[str(thing.BaseFont)] = face["glyf"]
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0":
            spaces[str(thing.BaseFont)] = _spaces(thing.ToUnicode.read_bytes().decode())
    missing = []
    for font, glyph in sorted(set(shown)):
        if glyph in spaces[font]:
            continue
        drawn = outlines.get(font)
        known = drawn is not None and glyph < len(drawn.glyphOrder)
        if not known or drawn[drawn.glyphOrder[glyph]].numberOfContours == 0:
            missing.append((font, glyph))
    return missing


def _spaces(to_unicode: str) -> set[int]:
    return {int(code, 16) for code in re.findall(r"<(\w{4})> <(?:0020|00a0|3000)>", to_unicode)}
