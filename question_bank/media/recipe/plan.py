"""Roads and vehicles from straight above. Measures in pixels; a lane is 60 wide, vehicles point up at turn 0."""

from palette import (
    AMBER,
    BLUE,
    GLASS,
    GO,
    HILL,
    INK,
    LAMP,
    MADDER,
    MEADOW,
    OFF,
    OURS,
    ROAD,
    SILVER,
    STOP,
    TYRE,
    WAIT,
    WHITE,
    YELLOW,
)
from road_users import glow
from svg import circle, group, path, polygon, rect, stroke

LANE = 60


def _blinkers(left: bool, right: bool, wide: float, tall: float) -> str:
    spots = [(-wide, side * tall) for side in (-1, 1) if left] + [(wide, side * tall) for side in (-1, 1) if right]
    return "".join(glow(x, y, 4, AMBER) for x, y in spots)


def car(x: float, y: float, turn: float = 0, colour: str = BLUE, left: bool = False, right: bool = False) -> str:
    """A car from above; `left` and `right` are its indicators (both: hazard lights)."""
    body = "".join(
        [
            rect(-19, -38, 38, 78, "#4c555a", 12),
            rect(-18, -38, 36, 74, colour, 11),
            rect(-22, -16, 5, 7, colour, 2),
            rect(17, -16, 5, 7, colour, 2),
            path("M-14,-14 Q0,-22 14,-14 L12,-2 L-12,-2 Z", fill=GLASS),
            path("M-12,20 L12,20 L14,30 Q0,33 -14,30 Z", fill=GLASS),
            rect(-15, 1, 2, 16, GLASS),
            rect(13, 1, 2, 16, GLASS),
            rect(-15, -38, 9, 5, LAMP, 2),
            rect(6, -38, 9, 5, LAMP, 2),
            rect(-15, 33, 9, 3, MADDER, 1),
            rect(6, 33, 9, 3, MADDER, 1),
            _blinkers(left, right, 17, 34),
        ]
    )
    return group(body, x, y, turn=turn)


def truck(x: float, y: float, turn: float = 0, colour: str = "#5d7f95") -> str:
    """A lorry from above."""
    body = "".join(
        [
            rect(-21, -62, 42, 126, "#4c555a", 6),
            rect(-19, -62, 38, 32, SILVER, 6),
            rect(-16, -56, 32, 10, GLASS, 3),
            rect(-21, -26, 42, 88, colour, 3),
            "".join(stroke(-21, y0, 21, y0, "#ffffff55", 2) for y0 in (-8, 10, 28, 46)),
        ]
    )
    return group(body, x, y, turn=turn)


def bus(x: float, y: float, turn: float = 0, colour: str = "#4d8f88", hazard: bool = False) -> str:
    """A bus from above."""
    body = "".join(
        [
            rect(-23, -70, 46, 142, "#4c555a", 8),
            rect(-22, -70, 44, 140, colour, 8),
            rect(-18, -66, 36, 12, GLASS, 4),
            rect(-14, -40, 28, 24, "#ffffff66", 4),
            rect(-14, 14, 28, 24, "#ffffff66", 4),
            rect(-16, 62, 32, 6, GLASS, 2),
            _blinkers(hazard, hazard, 20, 66),
        ]
    )
    return group(body, x, y, turn=turn)


def motorcycle(x: float, y: float, turn: float = 0) -> str:
    """A motorcycle and its rider from above."""
    body = (
        rect(-3, -24, 6, 48, TYRE, 3)
        + rect(-11, -12, 22, 4, INK, 2)
        + rect(-10, -6, 20, 20, BLUE, 8)
        + circle(0, 0, 8, SILVER)
    )
    return group(body, x, y, turn=turn)


def way(data: str, colour: str = OURS) -> str:
    """The way a vehicle means to go: a broken line with a head where the path ends (last two points)."""
    numbers = [
        float(word) for word in data.replace("M", " ").replace("L", " ").replace("Q", " ").replace(",", " ").split()
    ]
    x0, y0, x1, y1 = numbers[-4:]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    head = polygon([(x1 + ux * 20, y1 + uy * 20), (x1 - uy * 12, y1 + ux * 12), (x1 + uy * 12, y1 - ux * 12)], colour)
    return path(data, stroke="#ffffffcc", width=11) + path(data, stroke=colour, width=6, dash="12 11") + head


def signal(x: float, y: float, lit: str, turn: float = 0) -> str:
    """A signal head lying beside the road, red lamp farthest from the driver it faces."""
    parts = [rect(-17, -49, 34, 98, INK, 8)]
    for index, (name, colour) in enumerate((("red", STOP), ("yellow", WAIT), ("green", GO))):
        place = -31 + 31 * index
        parts.append(glow(0, place, 11, colour) if name == lit else circle(0, place, 11, OFF))
    return group("".join(parts), x, y, turn=turn)


def zebra(x: float, y: float, length: float, across: bool) -> str:
    """A crossing 34 wide; `across` means people walk from left to right over a road that runs up and down."""
    steps = range(0, int(length) - 6, 18)
    return "".join(rect(x + i, y, 10, 34, WHITE) if across else rect(x, y + i, 34, 10, WHITE) for i in steps)


def arms(cx: float, cy: float, half: float = 60, crossings: bool = True, stops: bool = True) -> str:
    """A crossroads of two roads, each `half` wide either side of its middle line."""
    road = rect(cx - half, 0, 2 * half, 500, ROAD) + rect(0, cy - half, 800, 2 * half, ROAD)
    r = 26
    corners = "".join(
        path(
            f"M{cx + sx * (half + r)},{cy + sy * half} Q{cx + sx * half},{cy + sy * half} {cx + sx * half},{cy + sy * (half + r)} L{cx + sx * half},{cy + sy * half} Z",
            fill=ROAD,
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    )
    gap = half + (72 if crossings else 34)
    lines = "".join(
        [
            stroke(cx, 0, cx, cy - gap, YELLOW, 4),
            stroke(cx, cy + gap, cx, 500, YELLOW, 4),
            stroke(0, cy, cx - gap, cy, YELLOW, 4),
            stroke(cx + gap, cy, 800, cy, YELLOW, 4),
        ]
    )
    marks = ""
    if crossings:
        marks += zebra(cx - half + 5, cy - half - 64, 2 * half, True) + zebra(
            cx - half + 5, cy + half + 30, 2 * half, True
        )
        marks += zebra(cx - half - 64, cy - half + 5, 2 * half, False) + zebra(
            cx + half + 30, cy - half + 5, 2 * half, False
        )
    if stops:
        marks += "".join(
            [
                rect(cx - half, cy - gap - 6, half, 6, WHITE),
                rect(cx, cy + gap, half, 6, WHITE),
                rect(cx - gap - 6, cy, 6, half, WHITE),
                rect(cx + gap, cy - half, 6, half, WHITE),
            ]
        )
    return road + corners + lines + marks


def land(tone: str = MEADOW) -> str:
    """The ground under a plan, with a few bushes at the corners."""
    bushes = "".join(
        circle(x, y, r, HILL)
        for x, y, r in ((60, 60, 34), (104, 84, 22), (730, 430, 36), (690, 462, 24), (742, 70, 28), (56, 440, 26))
    )
    return rect(0, 0, 800, 500, tone) + bushes
