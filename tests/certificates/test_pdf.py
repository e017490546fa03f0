"""The file itself: PDF/A-2u as far as its structure shows (veraPDF has seen more), no sign missing, one sheet on one page."""

import base64
import io
import unicodedata
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from examsys.accounts.service import installation
from examsys.certificates import typeset
from examsys.certificates.pades import identity
from examsys.certificates.pdf import BASE, OwnFilesOnly, printable
from examsys.certificates.worker import PRESS
from examsys.clock import now
from examsys.domain.certificate import Kind, Outcome, SheetFacts, Sitting
from tests.certificates.papers import glyphs_shown, joined, text_of, without_outline

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
FACE = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 56"><path d="M0 0h44v56H0z" fill="#cfe3ea"/></svg>'
).decode()
FIRST = Sitting(
    "a" * 32, "b" * 32, 1, "07", "1A2B-3C4D-5E6F", "2026.11", ("bo", "both", "zh"), "K-0107", "2026-11-22T01:00:00.000Z",
    "2026-11-22T01:31:09.500Z", Outcome("2026-11-22", 84, 100, 90, False),
)  # fmt: skip
SECOND = replace(FIRST, number=2, outcome=Outcome("2026-11-22", 96, 100, 90, True), regraded=True)
FACTS = SheetFacts(
    kind=Kind.ARCHIVE, number="2026-990001-7K3QZ9TD", issued_on="2026-11-22", site_id=1,
    office=("示范州车辆管理所", "དཔེ་སྟོན་ཁུལ་འཁོར་ལོ་དོ་དམ་ཁང་།"), unit=("示范县大队", "དཔེ་སྟོན་རྫོང་རུ་ཁག"), unit_code="990001",
    room=("一号考场", "རྒྱུགས་ར་དང་པོ།"), session="20261122-0001", name=("扎西·多吉", "བཀྲ་ཤིས་རྡོ་རྗེ།"), id_number="990001199001010010",
    serial="1226112200001", subject="subject1", licence_class="C1", reason="first", school="示范驾驶员培训学校",
    sittings=(FIRST, SECOND), photos=(f"data:image/svg+xml;base64,{FACE}",) * 3, log_origin="examsys/site01/audit/1",
    log_size=4711, log_root="0123456789abcdef" * 4, demonstration=True, drafts=True,
)  # fmt: skip


def printed(app: Flask, facts: SheetFacts, statement: str = "EXAMSYS1:ABC234") -> bytes:
    with app.app_context():
        html = typeset.page_of(facts, statement)
        keys, _ = identity(installation().keys.folder, "test", now().wall)
    return PRESS.order({"do": "print", "keys": str(keys.folder), "style": typeset.STYLE}, html.encode()).result(60)[1]


@pytest.mark.parametrize("kind", list(Kind))
def test_it_is_made_as_pdf_a_2u(app: Flask, kind: Kind) -> None:
    with pikepdf.open(io.BytesIO(printed(app, replace(FACTS, kind=kind)))) as read:
        described = read.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in described or 'pdfaid:part="2"' in described
        assert "<pdfaid:conformance>U</pdfaid:conformance>" in described or 'pdfaid:conformance="U"' in described
        assert read.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(read.Root.Lang).startswith("zh")
        fonts = [
            thing
            for thing in read.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        images = [
            thing for thing in read.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
        assert not [image for image in images if image.get("/Interpolate")]
        assert not read.attachments
        assert "/JavaScript" not in str(read.Root)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_signature_leaves_it_a_pdf_1_7_and_can_be_printed(app: Flask, kind: Kind) -> None:
    """PDF/A-2 knows no later version; PAdES stands in it as the extension that ETSI registered."""
    pdf = printed(app, replace(FACTS, kind=kind))
    assert pdf.startswith(b"%PDF-1.7\n%")
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert "/Version" not in read.Root
        extensions = read.Root.Extensions
        assert set(extensions.keys()) == {"/ESIC"}
        assert (str(extensions.ESIC.BaseVersion), int(extensions.ESIC.ExtensionLevel)) == ("/1.7", 1)
        [field] = read.pages[0].Annots
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        printing, hidden = 4, 1 | 2 | 32 | 256
        assert int(field.F) & (printing | hidden) == printing


def test_rare_names_have_their_signs_and_what_no_face_has_is_written_out(app: Flask, tmp_path: Path) -> None:
    facts = replace(FACTS, name=("阿卜杜热合曼·麦麦提·䶮堃㛃禤𬭚𠮷", "བསྒྲུབས་རྫོགས་ཧཱུྃ།"))
    pdf = printed(app, facts)
    said = joined(text_of(pdf, tmp_path))
    assert "阿卜杜热合曼·麦麦提·䶮堃㛃禤𬭚〓(U+20BB7)" in said
    with pikepdf.open(io.BytesIO(pdf)) as read:
        shown = list(glyphs_shown(read))
        assert len(shown) > 300
        assert not [font for font, glyph in shown if glyph == 0], "a glyph .notdef"
        assert all("Exam" in font for font, _ in shown), "a face that is not the house's own"
        assert {"Exam-SC", "Exam-Bo", "Exam-SC-Rare"} == {font.partition("+")[2] for font, _ in shown}
        assert without_outline(read, shown) == [], "a sign whose outline is not where the file says"


def test_control_signs_and_markup_in_names_do_no_harm(app: Flask, tmp_path: Path) -> None:
    said = joined(text_of(printed(app, replace(FACTS, name=("<b>李\u202e雷\x07&amp;", ""))), tmp_path))
    assert "<b>李雷&amp;" in said


def test_a_sheet_and_a_slip_are_one_page_each(app: Flask) -> None:
    for kind in Kind:
        with pikepdf.open(io.BytesIO(printed(app, replace(FACTS, kind=kind)))) as read:
            assert len(read.pages) == 1
            width, height = (float(side) / 72 * 25.4 for side in read.pages[0].MediaBox[2:])
            assert (round(width), round(height)) == ((210, 297) if kind is Kind.ARCHIVE else (148, 210))


def test_a_formal_paper_has_no_band(app: Flask, tmp_path: Path) -> None:
    said = text_of(printed(app, replace(FACTS, demonstration=False, drafts=False)), tmp_path)
    assert "演示" not in said
    assert "无效" not in said
    assert "译稿" not in said


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:1/x.png", BASE + "../README.md", BASE + "%2e%2e/README.md", "ftp://x/y"],
)
def test_a_page_can_ask_for_nothing_but_static_files(settings: object, address: str) -> None:
    with pytest.raises(ValueError, match=r"not an own file|disallowed"):
        OwnFilesOnly(allowed_protocols={"file", "data"}).fetch(address)


def test_printable_leaves_what_can_be_drawn(settings: object) -> None:
    text = "考试 བོད་ཡིག A1 <p>&#20013;</p>\n"
    assert printable(text) == unicodedata.normalize("NFC", text)
    assert printable("a\u200bb") == "ab"
