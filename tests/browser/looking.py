"""What is asked of every page that a journey stops at: axe finds nothing, nothing is wider than the window, no Tibetan is cut."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
RUN_AXE = """async () => {
  const terminal = document.body.classList.contains('candidate');
  const { violations } = await axe.run(document, {
    resultTypes: ['violations'], rules: { 'color-contrast-enhanced': { enabled: terminal } },  // 7:1 at the terminal
  });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ` + nodes.slice(0, 3).map(({ html, any }) =>
    html.slice(0, 160) + (any[0] && any[0].message ? ` (${any[0].message})` : '')).join(' | '));
}"""
# A stack that is cut: what may be pressed or names a field is higher inside than its own box, or its Tibetan stands outside the box.
CUT = """() => [...document.querySelectorAll('button, label, .button, .tool, .option, summary')].flatMap((box) => {
  if (!box.offsetParent || box.closest('.unseen, .skip') || (box.lang !== 'bo' && !box.closest('[lang=bo]') && !box.querySelector('[lang=bo]'))) return [];
  const outer = box.getBoundingClientRect();
  if (getComputedStyle(box).display === 'inline') return [];
  const out = [...box.querySelectorAll('[lang=bo]')].filter((text) => text.getClientRects().length && text.getBoundingClientRect().right > outer.right + 1);
  const high = box.scrollHeight > box.clientHeight + 1;
  return high || out.length ? [`${box.className} ${box.innerText.slice(0, 40)}: ${box.scrollHeight} in ${box.clientHeight}`] : [];
})"""
# A calm page of the terminal that scrolls where there is room for a whole screen.
SCROLLS = """() => innerWidth < 1000 ? 0 : Math.max(0, ...[...document.querySelectorAll('.calm')].map((page) => page.scrollHeight - page.clientHeight))"""


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def faults_of(page: Page) -> list[str]:
    """Everything that is wrong with a page as it stands."""
    for frame in page.frames:
        if not frame.evaluate("typeof axe !== 'undefined'"):
            frame.evaluate(_axe())
    found: list[str] = page.evaluate(RUN_AXE)
    wide = sideways(page)
    cut: list[str] = page.evaluate(CUT)
    scrolls = page.evaluate(SCROLLS)
    found += [f"{scrolls} px higher than the terminal"] if scrolls else []
    return [*found, *([f"{wide} px wider than the window"] if wide else []), *(f"cut: {text}" for text in cut)]


def sideways(page: Page) -> int:
    """CSS pixels by which a page is wider than its window."""
    found: Any = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return int(found)
