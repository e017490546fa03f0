"""Signal heads (200 by 200), lane signals and road markings seen from above (800 by 500)."""

from collections.abc import Callable

from palette import BLUE, GO, GRASS, INK, KERB, OFF, ROAD, SILVER, SKY, STEEL, STOP, WAIT, WHITE, YELLOW
from plan import arms, car, land, truck
from strokes import arrow, line, words
from svg import circle, picture, polygon, rect, stroke

__all__ = ["HEADS", "ROADS", "picture"]


def _head(lit: int) -> str:
    """An upright head of three round lamps, `lit` counted from the top."""
    colours = (STOP, WAIT, GO)
    lamps = "".join(circle(100, 42 + 58 * i, 25, colours[i] if i == lit else OFF) for i in range(3))
    return rect(62, 6, 76, 188, INK, 16) + lamps


def _right_red() -> str:
    lit = circle(100, 42, 25, "#11181c") + arrow([(82, 42), (120, 42)], STOP, 9, 20)
    dark = "".join(circle(100, y, 25, "#11181c") + arrow([(82, y), (120, y)], OFF, 9, 20) for y in (100, 158))
    return rect(62, 6, 76, 188, INK, 16) + lit + dark


def _two_reds() -> str:
    rays = "".join(
        line(f"M{x},{y} L{x + dx},{y + dy}", STOP, 5)
        for x, y, dx, dy in (
            (54, 40, 0, -20),
            (30, 40, -10, -18),
            (78, 40, 10, -18),
            (146, 40, 0, -20),
            (122, 40, -10, -18),
            (170, 40, 10, -18),
        )
    )
    return (
        rect(92, 100, 16, 96, STEEL)
        + rect(8, 46, 184, 86, INK, 18)
        + circle(54, 89, 32, "#11181c")
        + circle(146, 89, 32, "#11181c")
        + circle(54, 89, 27, STOP)
        + circle(146, 89, 27, STOP)
        + rays
    )


def _lane_signals() -> str:
    road = polygon([(40, 500), (760, 500), (560, 210), (240, 210)], ROAD)
    lines = "".join(
        polygon([(x, 500), (x + 8, 500), (top + 3, 210), (top, 210)], WHITE) for x, top in ((276, 345), (516, 452))
    )
    frame = rect(120, 78, 560, 22, STEEL) + rect(120, 78, 18, 260, STEEL) + rect(662, 78, 18, 260, STEEL)
    boxes = "".join(rect(x - 52, 62, 104, 104, INK, 10) for x in (250, 400, 550))
    crosses = "".join(line(f"M{x - 32},82 L{x + 32},146 M{x + 32},82 L{x - 32},146", STOP, 14) for x in (250, 400))
    numbers = "".join(words(n, x, 420, 64, WHITE, 14) for n, x in (("1", 188), ("2", 400), ("3", 612)))
    return (
        rect(0, 0, 800, 230, SKY)
        + rect(0, 210, 800, 290, GRASS)
        + road
        + lines
        + frame
        + boxes
        + crosses
        + arrow([(550, 78), (550, 152)], GO, 16, 40)
        + numbers
    )


def _centre_broken_solid() -> str:
    road = rect(0, 120, 800, 260, ROAD) + rect(0, 124, 800, 6, WHITE) + rect(0, 370, 800, 6, WHITE)
    middle = rect(0, 238, 800, 9, YELLOW) + "".join(rect(x, 256, 70, 9, YELLOW) for x in range(10, 800, 125))
    return (
        land(GRASS)
        + road
        + middle
        + _big(car(0, 0, 90, SILVER), 250, 318)
        + _big(truck(0, 0, 90), 520, 318)
        + _big(car(0, 0, -90, BLUE), 110, 184)
    )


def _big(vehicle: str, x: float, y: float, scale: float = 1.35) -> str:
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{vehicle}</g>'


def _yellow_box() -> str:
    hatch = "".join(
        line(f"M{max(310, 310 + d)},{max(160, 160 - d)} L{min(490, 490 + d)},{min(340, 340 - d)}", YELLOW, 4)
        + line(f"M{max(310, 310 + d)},{min(340, 340 + d)} L{min(490, 490 + d)},{max(160, 160 + d)}", YELLOW, 4)
        for d in range(-150, 151, 30)
    )
    box = line("M310,160 H490 V340 H310 Z", YELLOW, 8)
    queue = "".join(car(x, 298, 90, colour) for x, colour in ((590, BLUE), (690, "#5d7f95")))
    return land() + arms(400, 250, 90, crossings=False) + hatch + box + queue + car(230, 298, 90, SILVER)


def _white_diamonds() -> str:
    road = rect(220, 0, 360, 500, ROAD) + rect(228, 0, 6, 500, WHITE) + rect(566, 0, 6, 500, WHITE)
    marks = "".join(line(f"M487,{y - 66} L517,{y} L487,{y + 66} L457,{y} Z", WHITE, 12) for y in (86, 268))
    return land(GRASS) + road + rect(396, 0, 8, 500, YELLOW) + marks + _big(car(0, 0, 0, SILVER), 487, 436)


def _painted(x: float, y: float, turns: str) -> str:
    """Lane arrows on the ground: any of l, s, r on one stem."""
    parts = [line(f"M{x},{y + 60} V{y - 4}", WHITE, 11)]
    if "s" in turns:
        parts.append(arrow([(x, y + 10), (x, y - 70)], WHITE, 11, 34))
    for letter, side in (("l", -1), ("r", 1)):
        if letter in turns:
            parts.append(arrow([(x, y), (x + 40 * side, y)], WHITE, 11, 26))
    return "".join(parts)


def _approach_lanes() -> str:
    road = rect(0, 28, 800, 68, ROAD) + rect(190, 0, 420, 500, ROAD)
    far = rect(0, 60, 160, 5, YELLOW) + rect(640, 60, 160, 5, YELLOW) + rect(296, 0, 7, 18, YELLOW)
    edges = rect(196, 96, 5, 404, WHITE) + rect(600, 96, 5, 404, WHITE)
    lanes = rect(290, 110, 7, 390, YELLOW) + rect(302, 110, 7, 390, YELLOW)
    lanes += rect(402, 118, 6, 382, WHITE) + rect(502, 118, 6, 382, WHITE) + rect(309, 110, 292, 9, WHITE)
    arrows = _painted(355, 220, "l") + _painted(455, 220, "s") + _painted(552, 220, "r")
    return land(GRASS) + road + far + edges + lanes + arrows + car(455, 400, 0, SILVER)


def _kerb_yellow_broken() -> str:
    road = rect(0, 110, 800, 230, ROAD) + "".join(rect(x, 208, 60, 6, WHITE) for x in range(20, 800, 120))
    kerb = rect(0, 340, 800, 34, KERB) + "".join(rect(x, 340, 78, 34, YELLOW) for x in range(16, 800, 156))
    joints = "".join(stroke(x, 340, x, 374, "#8f8c82", 2) for x in range(0, 801, 78))
    paving = rect(0, 374, 800, 126, "#d9cfbd") + "".join(
        stroke(x, 374, x, 500, "#c3b8a3", 2) for x in range(0, 800, 63)
    )
    paving += stroke(0, 437, 800, 437, "#c3b8a3", 2)
    return rect(0, 0, 800, 110, GRASS) + road + kerb + joints + paving + _big(car(0, 0, 90, SILVER), 300, 284)


HEADS: dict[str, Callable[[], str]] = {
    "amber": lambda: _head(1),
    "red": lambda: _head(0),
    "right_red": _right_red,
    "two_reds": _two_reds,
}
ROADS: dict[str, Callable[[], str]] = {
    "signals/lane_signals": _lane_signals,
    "markings/centre_broken_solid": _centre_broken_solid,
    "markings/yellow_box": _yellow_box,
    "markings/white_diamonds": _white_diamonds,
    "markings/approach_lanes": _approach_lanes,
    "markings/kerb_yellow_broken": _kerb_yellow_broken,
}
