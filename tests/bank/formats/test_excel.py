"""The template, and pictures that lie in workbooks."""

from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from examsys.bank.formats.headings import (
    CHAPTERS,
    FIELDS,
    GUIDE_SHEET,
    KINDS,
    NAMES,
    OWN,
    SUBJECTS,
    bare_heading,
    chapter_of,
)
from examsys.bank.formats.template import LISTS_SHEET, SHEET, write_template
from examsys.bank.views import CHAPTERS as CHAPTER_NAMES
from examsys.bank.views import KINDS as KIND_NAMES
from examsys.bank.views import SUBJECTS as SUBJECT_NAMES
from examsys.web.language import text
from tests.bank.formats.making import OPTIONS, STEM, fault, only, png, read, refusals, xlsx, zipped

HEAD = ("题型", "题干", "选项A", "选项B", "选项C", "答案", "图片")
XDR = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def parts_of(book: bytes) -> dict[str, bytes | str]:
    with ZipFile(BytesIO(book)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_template_is_in_chinese_and_offers_lists() -> None:
    book = load_workbook(BytesIO(write_template()))
    assert book.sheetnames == [SHEET, GUIDE_SHEET, LISTS_SHEET]
    assert [cell.value for cell in book[SHEET][1]] == list(OWN.values())
    assert book[LISTS_SHEET].sheet_state == "hidden"
    rules = book[SHEET].data_validations.dataValidation
    assert len(rules) == 5
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in rules}
    assert lists["B2"] == f"'{LISTS_SHEET}'!$A$1:$A$3"
    guide = [row[0].value for row in book[GUIDE_SHEET].iter_rows()]
    assert len(guide) == 10
    assert "判断题" in guide[2]


def test_the_empty_template_holds_no_question() -> None:
    assert fault(write_template()) == "file.no_questions"


def test_names_in_the_template_are_those_of_the_pages() -> None:
    for ours, theirs in ((CHAPTERS, CHAPTER_NAMES), (SUBJECTS, SUBJECT_NAMES)):
        assert dict(ours) == {slug: text("zh", name) for slug, name in theirs.items()}
    assert {kind.value: name for kind, name in KINDS.items()} == {
        kind: text("zh", name) for kind, name in KIND_NAMES.items()
    }
    assert {chapter_of(name) for name in CHAPTERS.values()} == set(CHAPTERS)
    assert len({bare_heading(heading) for heading in OWN.values()}) == len(OWN)


def test_everything_that_a_column_can_mean_has_a_name_in_words() -> None:
    assert NAMES.keys() == set(FIELDS)
    assert not [name for name in NAMES.values() if name.isascii()]


def anchored(column: int, row: int, relation: str) -> str:
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
        f'<xdr:pic><xdr:blipFill><a:blip r:embed="{relation}"/></xdr:blipFill></xdr:pic></xdr:oneCellAnchor>'
    )


def test_pictures_that_lie_on_cells_belong_to_stem_or_option() -> None:
    parts = parts_of(xlsx([HEAD, ("单选题", "下列哪个标志表示停车让行？", "", "", "", "C", "")]))
    anchors = anchored(6, 1, "rId1") + anchored(2, 1, "rId2") + anchored(3, 1, "rId3") + anchored(4, 1, "rId4")
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = RELS.format(
        '<Relationship Id="rId1" Type="d" Target="../drawings/drawing1.xml"/>'
    )
    parts["xl/drawings/drawing1.xml"] = f"<xdr:wsDr {XDR}>{anchors}</xdr:wsDr>"
    parts["xl/drawings/_rels/drawing1.xml.rels"] = RELS.format(
        "".join(f'<Relationship Id="rId{n}" Type="{IMAGE}" Target="../media/image{n}.png"/>' for n in range(1, 5))
    )
    parts.update({f"xl/media/image{n}.png": png(n) for n in range(1, 5)})
    row = only(zipped(parts))
    assert row.pictures == ("image1.png",)
    assert [option.picture for option in row.options] == ["image2.png", "image3.png", "image4.png"]
    assert row.media["image1.png"] == png(1)


def test_pictures_inside_cells_as_wps_puts_them() -> None:
    book = xlsx(
        [
            HEAD,
            ("单选题", STEM, *OPTIONS[:3], "A", 'DISPIMG("ID_1",1)'),
            ("单选题", STEM + "二", *OPTIONS[:3], "A", 'DISPIMG("ID_9",1)'),
        ]
    )
    parts = parts_of(book)
    parts["xl/cellimages.xml"] = (
        f'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" {XDR}><etc:cellImage><xdr:pic>'
        '<xdr:nvPicPr><xdr:cNvPr id="1" name="ID_1"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill>'
        "</xdr:pic></etc:cellImage></etc:cellImages>"
    )
    parts["xl/_rels/cellimages.xml.rels"] = RELS.format(
        f'<Relationship Id="rId1" Type="{IMAGE}" Target="media/image1.png"/>'
    )
    parts["xl/media/image1.png"] = png()
    content = zipped(parts)
    assert refusals(content) == ["picture.missing"]
    (row,) = read(content).rows
    assert row.media == {"image1.png": png()}
