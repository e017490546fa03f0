"""Charts are well-formed, say nothing by colour alone, and let no text become markup."""

import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from examsys.desk import charts

EVIL = "<script>alert(\"1\")</script> & 'x'"
DOTS = [charts.Dot(EVIL, 0.8, 0.3, "plain"), charts.Dot("b", 0.1, -0.5, "flagged"), charts.Dot("c", 1.0, 0.9, "grave")]
BARS = [charts.Bar(EVIL, True, (0.2, 0.5, 1.0), (2, 5, 10)), charts.Bar("B", False, (0.0, 0.0, 0.0), (0, 0, 0))]
WHISKERS = [
    charts.Whisker(EVIL, -1.2, -2.0, -0.4, "flagged", EVIL),
    charts.Whisker("far", 3.0, -9.0, 40.0, "grave", "C"),
    charts.Whisker("near", 0.1, -0.2, 0.4, "plain", "A"),
]
DRAWN = {
    "scatter": charts.scatter(EVIL, EVIL, EVIL, DOTS),
    "bars": charts.bars(EVIL, EVIL, ("low", EVIL, "high"), BARS),
    "forest": charts.forest(EVIL, EVIL, (EVIL, "easier"), WHISKERS),
    "empty": charts.forest("none", "delta", ("-", "+"), []),
}


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_a_chart_is_well_formed_named_and_free_of_foreign_markup(drawn: Markup) -> None:
    root = ElementTree.fromstring(drawn)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"]
    assert "<script" not in drawn
    assert {element.tag for element in root.iter()} <= {"svg", "line", "text", "rect", "path", "circle", "title"}
    assert not re.search(r"style=|fill=|stroke=|on\w+=", re.sub(r">[^<]*<", "><", drawn))


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_nothing_is_drawn_outside_the_picture(drawn: Markup) -> None:
    root = ElementTree.fromstring(drawn)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in ("x", "x1", "x2", "cx"):
                assert 0 <= float(value) <= width, element.attrib
            if name in ("y", "y1", "y2", "cy"):
                assert 0 <= float(value) <= height, element.attrib


def test_what_is_to_be_looked_at_differs_by_shape() -> None:
    shapes = {
        element.attrib["class"]: element.tag
        for element in ElementTree.fromstring(DRAWN["scatter"]).iter()
        if element.attrib.get("class", "").startswith("dot")
    }
    assert shapes == {"dot plain": "circle", "dot flagged": "path", "dot grave": "rect"}


def test_a_limit_beyond_the_axis_ends_in_an_arrow_and_others_in_a_stroke() -> None:
    assert DRAWN["forest"].count('class="arrow"') == 2
    assert DRAWN["forest"].count('class="whisker"') == 4


def test_bars_say_their_share_and_their_count() -> None:
    words = [element.text for element in ElementTree.fromstring(DRAWN["bars"]).iter("text")]
    assert {"20 % (2)", "50 % (5)", "100 % (10)", "0 % (0)"} <= set(words)
