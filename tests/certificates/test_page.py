"""The page as paper: what people sign, press and stamp on has its place, measured on the picture of the page."""

import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from PIL import ImageStat

from examsys.domain.certificate import SheetFacts
from tests.certificates.papers import picture_of
from tests.certificates.test_pdf import FACTS, printed

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
DPI, POINT, INCH = 150, 72, 25.4
SEAL = 42  # mm, the round seal of a county's office
FINGER = 29.5  # mm, what the dashed frame of 30 mm leaves free
LONG = replace(
    FACTS, name=("阿卜杜热合曼·麦麦提依明江·斯迪克江", "བསྒྲུབས་རྫོགས་རྒྱལ་མཚན་དཔལ་འབྱོར་ཕུན་ཚོགས།"), replaces="2026-990001-7K3QZ9TA",
    school="示范藏族自治州机动车驾驶员培训有限责任公司第二分公司", reason="full_points",
    sittings=tuple(replace(sitting, provisional=True) for sitting in FACTS.sittings),
)  # fmt: skip


def words_on(pdf: bytes, folder: Path) -> dict[str, tuple[float, float, float, float]]:
    """Where each word stands: left, top, right, bottom in mm."""
    (folder / "where.pdf").write_bytes(pdf)
    read = subprocess.run(["pdftotext", "-bbox", str(folder / "where.pdf"), "-"], capture_output=True, check=True)
    words = [word for word in ElementTree.fromstring(read.stdout).iter() if word.tag.endswith("word")]
    return {
        word.text or "": tuple(float(word.attrib[side]) / POINT * INCH for side in ("xMin", "yMin", "xMax", "yMax"))
        for word in words
    }  # type: ignore[return-value]


def is_free(pdf: bytes, folder: Path, left: float, top: float, size: float) -> bool:
    """Whether nothing is printed on a square of the page, in mm."""
    page = picture_of(pdf, folder, DPI)
    edges = (left, top, left + size, top + size)
    assert min(edges) > 0
    square = page.crop(tuple(round(edge / INCH * DPI) for edge in edges))  # type: ignore[arg-type]
    return ImageStat.Stat(square).extrema[0] == (255, 255)


@pytest.mark.parametrize("facts", [FACTS, replace(FACTS, photos=()), LONG], ids=["usual", "no photo", "long"])
def test_a_seal_finds_free_paper_above_its_caption(app: Flask, facts: SheetFacts, tmp_path: Path) -> None:
    pdf = printed(app, facts)
    left, _, right, bottom = words_on(pdf, tmp_path)["单位盖章处"]
    caption = 9  # mm, with its Tibetan
    assert is_free(pdf, tmp_path, (left + right - SEAL) / 2, bottom - caption - SEAL, SEAL)


def test_a_finger_finds_a_frame_of_thirty_millimetres(app: Flask, tmp_path: Path) -> None:
    pdf = printed(app, FACTS)
    left, top, *_ = words_on(pdf, tmp_path)["考生签名或按指印"]
    caption = 9.4  # mm, two lines of Tibetan above the Chinese one
    lowest = top - caption
    assert any(is_free(pdf, tmp_path, left + 0.4, lowest - FINGER - step / 10, FINGER) for step in range(-10, 20))
    assert not is_free(pdf, tmp_path, left - 0.8, lowest - FINGER - 2, FINGER + 2), "the frame is there"
