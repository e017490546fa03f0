"""Nothing on a page asks for more than Chromium 109, the last for Windows 7 and so what the oldest terminals have.

The lists name what somebody might reach for, with the version it came in; what no list can know, the journeys find that
run on that browser itself (tests/browser/conftest.py).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.house.sources import ROOT

SCRIPT: Final = {
    r"\.to(Sorted|Reversed|Spliced)\(": 110, r"\.(is|to)WellFormed\(": 111, r"\bstartViewTransition\b": 111,
    r"\b(show|hide|toggle)Popover\b": 114, r"\.transferToFixedLength\(": 114, r"\bAbortSignal\.any\b": 116,
    r"\b(Object|Map)\.groupBy\b": 117, r"\bwithResolvers\b": 119, r"\bURL\.canParse\b": 120, r"\bArray\.fromAsync\b": 121,
    r"\.(symmetricDifference|intersection|isSubsetOf|isSupersetOf|isDisjointFrom)\(": 122, r"\bIterator\.": 122,
    r"\.(values|keys|entries)\(\)\.(map|filter|take|drop|flatMap|reduce|toArray|forEach|some|every|find)\(": 122,
    r"\bimport\b[^;]*\bwith\s*\{": 123, r"\bsetHTMLUnsafe\b": 124, r"\bURL\.parse\(": 126, r"\bPromise\.try\b": 128,
    r"\bIntl\.DurationFormat\b": 129, r"\bscheduler\.yield\b": 129, r"\bmoveBefore\(": 133, r"^\s*(await )?using \w": 134,
    r"\bRegExp\.escape\b": 136, r"\b(to|from)(Base64|Hex)\(": 140, r"\bTemporal\.": 144,
}  # fmt: skip
STYLE: Final = {
    r"\binitial-letter\s*:": 110, r"\b(color-mix|oklch|oklab|lch|lab)\(": 111, r"\b(sin|cos|tan|atan2)\(": 111, r"\d(rlh|rex)\b": 111,
    r":nth-(last-)?child\([^)]* of ": 111, r"\bstyle\(\s*--": 111, r"\banimation-composition\s*:": 112, r"[^-]\bimage-set\(": 113,
    r"\blinear\(\s*[\d.-]": 113, r"\btext-wrap\s*:|\bwhite-space-collapse\s*:": 114, r":popover-open\b": 114,
    r"\banimation-(timeline|range)\b|\b(scroll|view)-timeline\b": 115, r"\bsubgrid\b": 117, r"@starting-style\b": 117,
    r"\btransition-behavior\s*:|\ballow-discrete\b": 117, r"@scope\b": 118, r"\b(float|clear)\s*:\s*inline-": 118,
    r":user-(in)?valid\b": 119, r"\bauto-phrase\b": 119, r"\bxywh\(": 116, r":dir\(": 120, r"(?<![\w-])mask(-\w+)?\s*:": 120,
    r"\b(pow|sqrt|hypot|log|exp)\(": 120, r"\bscrollbar-(color|width)\s*:": 121, r"\blight-dark\(": 123, r"\bfield-sizing\s*:": 123,
    r"\btext-spacing-trim\s*:": 123, r"\b(anchor-name|position-anchor|position-try)\b|\banchor(-size)?\(": 125, r"\b(round|mod|rem)\(": 125,
    r"@view-transition\b": 126, r"\bfont-size-adjust\s*:": 127, r"\bcalc-size\(|\binterpolate-size\s*:": 129,
    r"(?<!-)\bbox-decoration-break\s*:": 130, r"::details-content\b": 131, r"\btext-box(-trim|-edge)?\s*:": 133,
    r"\bscroll-state\(": 133, r":\s*if\(": 137, r"\bcorner-shape\s*:": 139,
}  # fmt: skip
MARKUP: Final = {
    r"\bshadowrootmode=": 111, r"\spopover(target)?[\s=>]": 114, r"<search[\s>]": 118, r"<details[^>]* name=": 120,
    r"\sclosedby=": 134, r"<selectedcontent": 135, r"\scommandfor=": 135,
}  # fmt: skip
ROOM: Final = re.compile(r"@(media|container|supports|layer|page|font-face|keyframes|font-palette-values)\b")


def _files(folder: str, ending: str) -> Iterator[tuple[str, str]]:
    """Our own files with their text, without comments."""
    for path in sorted((ROOT / folder).rglob(f"*{ending}")):
        if "vendor" not in path.parts:
            yield str(path.relative_to(ROOT)), _plain(path)


def _plain(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)
    return re.sub(r"(?m)(^|\s)//.*$", "", text) if path.suffix == ".js" else text


def newer(text: str, names: dict[str, int]) -> list[str]:
    """What a text asks for that Chromium 109 has not."""
    return [
        f"{found[0].strip()} (Chromium {version})"
        for name, version in names.items()
        for found in re.finditer(name, text, re.M)
    ]


def nested(text: str) -> list[str]:
    """Rules that stand inside a rule, which Chromium takes from 112 on."""
    found, above = [], []
    for head, sign in re.findall(r"([^{};]*)([{};])", text):
        if sign == "{":
            if above and not ROOM.match(above[-1]):
                found.append(head.strip())
            above.append(head.strip())
        elif sign == "}" and above:
            above.pop()
    return found


@pytest.mark.parametrize(
    ("folder", "ending", "names"),
    [("static", ".js", SCRIPT), ("static", ".css", STYLE), ("static", ".svg", MARKUP), ("templates", ".html", MARKUP)],
)
def test_no_page_asks_for_more_than_the_oldest_browser_has(folder: str, ending: str, names: dict[str, int]) -> None:
    files = list(_files(folder, ending))
    assert files, "nothing was looked at"
    assert [(name, hits) for name, text in files if (hits := newer(text, names))] == []


def test_no_style_is_nested() -> None:
    assert [(name, rules) for name, text in _files("static", ".css") if (rules := nested(text))] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("const worst = rows.toSorted(byTime);", SCRIPT), ("const { promise } = Promise.withResolvers();", SCRIPT),
        ("for (const one of seats.values().map(name)) show(one);", SCRIPT), ("Object.groupBy(rows, kind)", SCRIPT),
        ("h1 { text-wrap: balance; }", STYLE), (".a { color: color-mix(in srgb, red, blue); }", STYLE),
        (".a { grid-template-rows: subgrid; }", STYLE), (".a { mask: url(a.svg); }", STYLE), ("<div popover id=menu>", MARKUP),
    ],
)  # fmt: skip
def test_what_is_too_new_is_seen(text: str, names: dict[str, int]) -> None:
    assert newer(text, names)


def test_a_nested_style_is_seen_and_a_query_is_none() -> None:
    assert nested(".a { color: red; &:hover { color: blue; } .b { margin: 0; } }") == ["&:hover", ".b"]
    assert nested("@media print { .a { color: red; } } @keyframes x { from { top: 0; } }") == []
