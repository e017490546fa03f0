"""What the tests of papers share: a candidate who has finished, and a PDF read back by other people's programs."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from tests.exam.kiosk import Kiosk
from tests.factories import House, Seated
from tests.people import Person


def finished(house: House, *people: Person, wrong: int = 0, language: str = "bo") -> tuple[Kiosk, Seated]:
    """The first of these people at a seat, with everything answered and handed in."""
    seated = house.seated(*people)[0]
    kiosk = Kiosk.at(house, seated, start=language)
    kiosk.play(house, wrong=wrong)
    return kiosk, seated


def text_of(pdf: bytes, folder: Path) -> str:
    """What a reader copies out of a PDF."""
    (folder / "read.pdf").write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", "-raw", str(folder / "read.pdf"), "-"], capture_output=True, check=True, timeout=60
    )
    return read.stdout.decode()


def joined(text: str) -> str:
    """A text without its line breaks, for Chinese that runs on."""
    return "".join(text.split())


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
