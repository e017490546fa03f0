"""The question page at the sizes it is made for: every question of a paper, in every language, without scrolling where it should not."""

import sys

import pytest
from playwright.sync_api import Page

from tests.browser import seat
from tests.browser.served import Site
from tests.browser.window import LAPTOP, PHONE, TERMINAL, Windows

# Every question in turn: by how many pixels its page is too high or too wide, and whether anything in the frame is cut.
WALK = """(language) => {
  document.querySelector(`.tongues [data-with='${language}']`).click();
  const count = document.querySelectorAll('.grid button').length;
  const found = [];
  for (let position = 1; position <= count; position += 1) {
    document.querySelector(`.grid [data-with='${position}']`).click();
    const ask = document.querySelector('.ask'), screen = document.querySelector('.screen');
    const parts = [...document.querySelectorAll('.head, .head > *, .bar, .bar > *, .option, .person, .legend')];
    const cut = parts.filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth + 1);
    found.push({
      position, high: Math.max(0, ask.scrollHeight - ask.clientHeight), wide: Math.max(0, ask.scrollWidth - ask.clientWidth, screen.scrollWidth - innerWidth),
      step: Number(ask.className.match(/fit-(\\d)/)[1]), cut: cut.map((part) => part.className),
    });
  }
  return found;
}"""


@pytest.mark.parametrize("paper", ["subject1", "subject3", "ten"])
def test_every_question_fits(site: Site, windows: Windows, paper: str) -> None:
    page = windows.open()
    if paper == "ten":
        seat.through_the_door_of_ten(page)
    else:
        seat.sign_in(page, site.candidate(paper))
        seat.start(page, "bo")
    page.evaluate("document.fonts.ready.then(() => true)")
    for size, may_scroll in ((TERMINAL, False), (LAPTOP, False), (PHONE, True)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for language in ("bo", "both", "zh"):
            _walk(page, windows, language, size["width"], may_scroll)


def _walk(page: Page, windows: Windows, language: str, width: int, may_scroll: bool) -> None:
    found, before = page.evaluate(WALK, language), len(windows.faults)
    where = f"{width} px, {language}"
    high = [(one["position"], one["high"]) for one in found if one["high"] > 1]
    smaller = sum(one["step"] > 0 for one in found)
    sys.stdout.write(f"\n{where}: {len(high)} of {len(found)} scroll {high}; {smaller} with smaller text\n")
    windows.faults += [f"{where}: {max(one['wide'] for one in found)} px too wide"] * any(one["wide"] for one in found)
    cut = {part: [one["position"] for one in found if part in one["cut"]] for one in found for part in one["cut"]}
    windows.faults += [f"{where}: {part} is cut at {positions[:5]}" for part, positions in cut.items()]
    if high and not may_scroll:
        windows.faults.append(f"{where}: questions that scroll, by pixels: {high}")
        page.locator(f".grid [data-with='{high[0][0]}']").click()
    if language == "bo" or len(windows.faults) > before:
        windows.look(page, f"{width}-{language}")
