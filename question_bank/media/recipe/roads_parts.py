"""Markings of the centre line and before a junction, and four signs, as small pictures; SMALL of signs_roads takes them in."""

from palette import GRASS, OURS, ROAD, SILVER, WHITE, YELLOW
from plan import car
from strokes import GLYPHS, line, words
from svg import circle, ellipse, group, path, polygon, rect

BLACK, RED, BLUE, PURE, SIGN_YELLOW = "#141414", "#c8161d", "#1657a8", "#ffffff", "#f9c80e"


def _clip(content: str) -> str:
    frame = '<clipPath id="edge"><rect width="200" height="200" rx="12"/></clipPath>'
    return f'{frame}<g clip-path="url(#edge)">{content}</g>'


def _dashes(x: float, width: float, colour: str) -> str:
    return "".join(rect(x, y, width, 34, colour) for y in range(-8, 200, 58))


def _two_way(middle: str) -> str:
    """A road of two ways seen from above, our own orange car on the right, going up; `middle` is the line between."""
    road = (
        rect(0, 0, 200, 200, GRASS)
        + rect(28, 0, 144, 200, ROAD)
        + rect(33, 0, 4, 200, WHITE)
        + rect(163, 0, 4, 200, WHITE)
    )
    far = group(car(0, 0, 180, SILVER), 68, 42, 1)
    own = group(car(0, 0, 0, OURS), 133, 150, 1)
    return _clip(road + middle + far + own)


def _approach(marks: str) -> str:
    """One way in to a junction, seen from above: the crossing road at the top, our own orange car below."""
    road = rect(0, 0, 200, 200, GRASS) + rect(0, 0, 200, 62, ROAD) + rect(40, 0, 120, 200, ROAD)
    lines = (
        rect(0, 30, 200, 4, YELLOW)
        + rect(98, 97, 4, 103, YELLOW)
        + rect(44, 97, 4, 103, WHITE)
        + rect(152, 97, 4, 103, WHITE)
    )
    return _clip(road + lines + marks + group(car(0, 0, 0, OURS), 127, 174, 0.8))


def _rings(symbol: str) -> str:
    bar = line("M46,46 L154,154", RED, 15)
    return circle(100, 100, 95, RED) + circle(100, 100, 77, PURE) + bar + symbol


def _zebra() -> str:
    return "".join(rect(x, 68, 6, 26, WHITE) for x in range(50, 150, 12))


def _two_broken() -> str:
    bars = "".join(rect(x, y, 9, 5, WHITE) for y in (70, 80) for x in (103, 119, 135))
    return bars + path("M115,96 H139 L127,136 Z", stroke=WHITE, width=3.6)


def _two_solid() -> str:
    word = group(f'<g transform="scale(1.6 1)">{line(GLYPHS["停"], WHITE, 9)}</g>', 111, 97, 0.34)
    return rect(102, 70, 50, 5, WHITE) + rect(102, 80, 50, 5, WHITE) + word


def _rhombus() -> str:
    """The notice of a pedestrian crossing ahead: one hollow white rhombus, longer along the lane."""
    return path("M127,72 L142,104 L127,136 L112,104 Z", stroke=WHITE, width=5)


def _children() -> str:
    """Two children running to the left, the bigger one ahead, holding hands."""
    big = circle(80, 88, 8.5, BLACK) + line("M83,100 L88,124", BLACK, 12, "round")
    big += line("M87,125 L74,140 L76,156 L68,157 M89,125 L102,140 L112,150", BLACK, 6.5, "round")
    big += line("M83,102 L68,112 L60,106 M85,103 L98,114 L108,116", BLACK, 5, "round")
    small = circle(119, 99, 7.5, BLACK) + line("M121,110 L124,128", BLACK, 10.5, "round")
    small += line("M124,129 L114,142 L115,156 L108,157 M125,129 L136,142 L144,150", BLACK, 6, "round")
    small += line("M121,112 L108,116 M122,113 L133,122 L141,118", BLACK, 4.6, "round")
    edge = "M100,22 L186,171 L14,171 Z"
    sign = path(edge, fill=SIGN_YELLOW, stroke=SIGN_YELLOW, width=22) + path(
        edge, fill=SIGN_YELLOW, stroke=BLACK, width=11
    )
    return sign + group(big + group(small, 7), 3, 8, 0.94)


def _forty() -> str:
    return circle(100, 100, 95, RED) + circle(100, 100, 77, PURE) + words("40", 100, 100, 92, BLACK, 15, 18)


def _hook() -> str:
    return _rings(
        line("M126,150 V92 A26,26 0 0 0 74,92 V112", BLACK, 17) + polygon([(46, 106), (102, 106), (74, 148)], BLACK)
    )


def _trumpet() -> str:
    bell = path("M48,66 Q58,88 90,90 H134 V110 H90 Q58,112 48,134 Z", fill=PURE)
    return circle(100, 100, 95, BLUE) + bell + ellipse(146, 100, 17, 15, PURE)


WAYS = {
    "markings/ways_1": lambda: _two_way(rect(94, 0, 5, 200, YELLOW) + rect(103, 0, 5, 200, YELLOW)),
    "markings/ways_2": lambda: _two_way(_dashes(98, 5, YELLOW)),
    "markings/ways_3": lambda: _two_way(_dashes(93, 5, YELLOW) + rect(103, 0, 5, 200, YELLOW)),
    "markings/ways_4": lambda: _two_way(rect(98, 0, 5, 200, YELLOW)),
    "markings/way_in_1": lambda: _approach(_two_solid()),
    "markings/way_in_2": lambda: _approach(_zebra()),
    "markings/way_in_3": lambda: _approach(_two_broken()),
    "markings/way_in_4": lambda: _approach(_rhombus()),
    "signs/two_figures": _children,
    "signs/ring_40": _forty,
    "signs/ring_hook": _hook,
    "signs/blue_trumpet": _trumpet,
}
