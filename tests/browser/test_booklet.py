"""The booklet on paper, as the browser prints it: what every page says, where questions end, how full the pages are."""

import io
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from pypdf import PageObject, PdfReader

from tests.browser.served import Site
from tests.browser.window import LAPTOP, Windows, sign_in_staff

CHAPTERS = ("subject=subject3&chapter=signals_in_scenes", "subject=subject1&chapter=accidents")


@dataclass(frozen=True)
class Sheet:
    """A printed page: all it says, what stands in its upper right corner, how far down it is written on (1: to the end)."""

    said: str
    corner: str
    filled: float


def sheet_of(page: PageObject) -> Sheet:
    """What a reader sees of a page."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    found: list[tuple[float, float, str]] = []

    def meet(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            up = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            found.append((across / width, up / height, text.strip()))

    said = page.extract_text(visitor_text=meet)
    corner = "".join(text for across, up, text in found if across > 0.9 and up > 0.93)
    return Sheet(said, corner, 1 - min(up for _, up, _ in found))


def printed(page: Page, address: str) -> list[Sheet]:
    """The booklet as its button prints it."""
    page.goto(f"/desk/booklet?{address}")
    page.evaluate("document.fonts.ready.then(() => true)")
    pdf = page.pdf(prefer_css_page_size=True)
    return [sheet_of(one) for one in PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
def page(site: Site, windows: Windows) -> Page:
    """A trainer's window."""
    opened = windows.open(LAPTOP)
    sign_in_staff(opened, "trainer", site.passwords["trainer"])
    return opened


@pytest.mark.parametrize("keys", ["", "1"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_page_is_numbered_and_marked_holds_whole_questions_and_is_not_half_white(
    page: Page, chapter: str, keys: str
) -> None:
    sheets = printed(page, f"{chapter}&keys={keys}")
    assert [sheet.corner for sheet in sheets] == [str(number) for number in range(1, len(sheets) + 1)]
    for words in ("甘孜州车辆管理所", "演示样张", "藏文译稿", "带答案" if keys else "不带答案"):
        assert [number for number, sheet in enumerate(sheets, 1) if words not in sheet.said] == []
    questions = page.locator(".booklet ol > li").count()
    assert sum(len(re.findall(r"\bs\d-\w+-\d+", sheet.said)) for sheet in sheets) == questions > 30
    for sheet in sheets[1:]:  # below the head a question begins, not what was left of the one before
        assert re.match(r"\s*\d+\s+s\d-\w+-\d+", re.split(r"答案 · [\d-]{10}", sheet.said, maxsplit=1)[1])
    assert min(sheet.filled for sheet in sheets[:-1]) > 0.6


def test_the_button_prints(page: Page) -> None:
    page.add_init_script("window.print = () => { document.title = 'printed'; };")
    page.goto(f"/desk/booklet?{CHAPTERS[1]}")
    page.get_by_role("button", name="打印").click()
    expect(page).to_have_title("printed")


def test_the_character_that_only_the_face_of_rare_han_has_is_drawn_by_it(page: Page) -> None:
    page.goto(f"/desk/booklet?{CHAPTERS[0]}&keys=1")
    loaded = "document.fonts.ready.then(all => [...all].filter(one => one.status === 'loaded').map(one => one.family.replaceAll('\"', '')))"
    assert "瞭" in page.locator(".booklet").inner_text()
    assert "Exam SC Rare" in page.evaluate(loaded)
