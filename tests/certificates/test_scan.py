"""The QR as a reader that is not ours sees it on the page: at which sizes and in which light, and that what it says is what was signed."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import segno
import zxingcpp
from click.testing import CliRunner
from flask import Flask
from PIL import Image

from examsys.certificates import service
from examsys.cli import main
from examsys.domain.certificate import Kind, sign_statement
from tests.certificates.papers import finished, picture_of
from tests.certificates.test_pdf import FACTS, printed
from tests.factories import House

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
DPI = 300
LEAST_MODULE = 0.33  # mm; smaller ones cheap phones and old scanners miss


def read_by_another(page: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(page)]


def tilted(page: Image.Image) -> Image.Image:
    return page.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def faxed(page: Image.Image) -> Image.Image:
    kept = io.BytesIO()
    page.save(kept, "JPEG", quality=30)
    return Image.open(kept)


def grey(page: Image.Image) -> Image.Image:
    return page.point(lambda light: 60 + light // 2)


@pytest.fixture
def paper(house: House, request: pytest.FixtureRequest) -> bytes:
    """A sheet or slip as issued."""
    _, seated = finished(house)
    with house.inside():
        issue = service.sheet_for if request.param is Kind.ARCHIVE else service.slip_for
        return issue(seated.attempt_id)[0]


@pytest.mark.parametrize("paper", list(Kind), indirect=True)
def test_the_code_reads_on_a_clean_a_tilted_grey_a_faxed_and_a_small_print(paper: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(paper)) as read:
        signed = str(read.docinfo["/statement"])
    seen: list[tuple[str, int, Callable[[Image.Image], Image.Image]]] = [
        ("clean", 150, lambda page: page),
        ("clean and fine", 300, lambda page: page),
        ("tilted and grey", 150, lambda page: grey(tilted(page))),
        ("tilted, grey and faxed", 150, lambda page: faxed(grey(tilted(page)))),
        ("printed at 70 %, scanned at 300 dpi, tilted, faxed", 210, lambda page: faxed(tilted(page))),
    ]
    unread = [
        name for name, dpi, spoilt in seen if read_by_another(spoilt(picture_of(paper, tmp_path, dpi))) != [signed]
    ]
    assert unread == []


@pytest.mark.parametrize("paper", [Kind.ARCHIVE], indirect=True)
def test_the_scanned_text_is_verified_by_the_command(house: House, paper: bytes, tmp_path: Path) -> None:
    [text] = read_by_another(picture_of(paper, tmp_path, 150))
    [(number,)] = house.rows("SELECT number FROM sheet")
    answer = CliRunner().invoke(main, ["certificate", "verify", text])
    assert answer.exit_code == 0, answer.output
    assert "verdict: demonstration" in answer.output
    assert "standing: current" in answer.output
    assert f"number: {number}" in answer.output
    at = len(text) // 2
    changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    assert CliRunner().invoke(main, ["certificate", "verify", changed]).exit_code == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_the_modules_of_the_longest_statement_are_large_enough_to_print(app: Flask, kind: Kind, tmp_path: Path) -> None:
    longest = replace(
        FACTS, kind=kind, name=("阿卜杜热合曼·麦麦提依明江·斯迪克江", ""), subject="subject3", log_size=10**9, site_id=99,
        sittings=tuple(replace(sitting, provisional=True) for sitting in FACTS.sittings),
    )  # fmt: skip
    with app.app_context():
        statement = sign_statement(longest, service.installation().keys.sheet.sign)
    [found] = zxingcpp.read_barcodes(picture_of(printed(app, longest, statement), tmp_path, DPI))
    assert found.text == statement
    modules = segno.make(statement, error="m", micro=False, boost_error=False).symbol_size(border=0)[0]
    wide = (found.position.top_right.x - found.position.top_left.x) / DPI * 25.4
    assert wide / modules >= LEAST_MODULE
