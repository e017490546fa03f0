"""The traffic officer's eight hand signals, seen from the front, as small pictures; GA's order of them is not kept."""

from math import atan2, cos, degrees, hypot, radians, sin

from palette import BONE, INK, MADDER, NAVY, SKIN, VEST
from roads_parts import WAYS
from strokes import head, line
from svg import Point, circle, group, path, polygon, rect

GROUND = "#dbe6ea"
LEFT, RIGHT = (126.0, 98.0), (74.0, 98.0)  # the officer's own shoulders: his left one is on our right


def _palm(thumb: int) -> str:
    """An open hand upright, palm to us, drawn round the wrist; the thumb on our right (1) or left (-1)."""
    fingers = "".join(
        line(f"M{x},-9 L{x * 1.25},{top}", BONE, 4, "round") for x, top in ((-6, -20), (-2, -23), (2, -22.5), (6, -19))
    )
    return (
        path("M-7.5,1 L-8.5,-12 H8.5 L7.5,1 Z", fill=BONE, stroke=INK, width=1.4)
        + "".join(
            line(f"M{x},-9 L{x * 1.25},{top}", INK, 6, "round")
            for x, top in ((-6, -20), (-2, -23), (2, -22.5), (6, -19))
        )
        + line(f"M{5 * thumb},-5 L{13 * thumb},-13", INK, 7, "round")
        + line(f"M{5 * thumb},-5 L{13 * thumb},-13", BONE, 5, "round")
        + fingers
        + rect(-7, -12, 14, 12, BONE, 3)
    )


def _blade() -> str:
    """A flat hand seen from its edge, pointing up."""
    return (
        path("M-4,2 L-4.6,-12 Q-3.5,-22 0,-23 Q3.5,-22 4.4,-12 L4,2 Z", fill=BONE, stroke=INK, width=1.4)
        + line("M-3,-4 L-8,-12", INK, 4.6, "round")
        + line("M-3,-4 L-8,-12", BONE, 2.8, "round")
    )


def _arm(shoulder: Point, wrist: Point, hand: str, turn: float | None = None, size: float = 1) -> str:
    """A sleeve from `shoulder` to `wrist`, wider at the hand when it comes towards us (`size` over 1)."""
    (x0, y0), (x1, y1) = shoulder, wrist
    long = hypot(x1 - x0, y1 - y0)
    across = (-(y1 - y0) / long, (x1 - x0) / long)
    near, far = 8.5, 7.5 * size
    sleeve = polygon(
        [
            (x0 + across[0] * near, y0 + across[1] * near),
            (x1 + across[0] * far, y1 + across[1] * far),
            (x1 - across[0] * far, y1 - across[1] * far),
            (x0 - across[0] * near, y0 - across[1] * near),
        ],
        NAVY,
    )
    angle = degrees(atan2(y1 - y0, x1 - x0)) + 90 if turn is None else turn
    return sleeve + circle(x0, y0, near, NAVY) + circle(x1, y1, far * 0.96, NAVY) + group(hand, x1, y1, size, angle)


def _sweep(points: str, tip: Point, way: float) -> str:
    """A red arrow along `points` to `tip`, its head pointing `way` degrees (0 to our right, 90 down)."""
    return line(points, MADDER, 5.5, "round") + head(tip, (cos(radians(way)), sin(radians(way))), 15, MADDER)


def _ghost(content: str) -> str:
    return group(content, opacity=0.38)


def _body(look: float = 0) -> str:
    """Legs, vest, cap and face; `look` shifts the face to our right (plus) or left (minus)."""
    eyes = "".join(circle(100 + look + dx, 64, 1.9, INK) for dx in (-6, 6))
    return "".join(
        [
            rect(78, 140, 21, 60, NAVY),
            rect(101, 140, 21, 60, NAVY),
            rect(71, 88, 58, 66, VEST, 9),
            rect(71, 122, 58, 9, BONE),
            rect(80, 88, 7, 66, BONE),
            rect(113, 88, 7, 66, BONE),
            rect(93, 78, 14, 14, SKIN),
            circle(100, 64, 17, SKIN),
            eyes,
            path(f"M{100 + look},66 l{1.5 if look >= 0 else -1.5},6", stroke="#a9744f", width=1.8),
            path(f"M{96 + look},75.5 H{104 + look}", stroke="#a9744f", width=1.8),
            path("M76,54 Q80,34 100,34 Q120,34 124,54 Z", fill=BONE, stroke=INK, width=1.2),
            rect(80, 52, 40, 6, NAVY),
            path(f"M{86 + look},58 Q{100 + look},63 {114 + look},58 Z", fill=INK),
            circle(100 + look * 0.6, 44, 3.2, "#c9a227"),
        ]
    )


def _down(side: int) -> str:
    """An arm that hangs: his left one (1) or his right one (-1)."""
    x = 100 + 28 * side
    return _arm((x, 98), (x + 7 * side, 148), _blade())


def _scene(*parts: str) -> str:
    clip = '<clipPath id="edge"><rect width="200" height="200" rx="12"/></clipPath>'
    return f'{clip}<g clip-path="url(#edge)">{rect(0, 0, 200, 200, GROUND)}{"".join(parts)}</g>'


def _forward(shoulder: Point, wrist: Point, hand: str, size: float = 1.45) -> str:
    """An arm stretched out towards us: short, and its hand large."""
    return _arm(shoulder, wrist, hand, 0, size)


def _stop() -> str:
    return _scene(_down(-1), _body(), _arm(LEFT, (136, 46), _palm(-1), 4))


def _straight() -> str:
    return _scene(
        _body(),
        _arm(LEFT, (171, 98), _palm(-1)),
        _arm(RIGHT, (29, 98), _palm(1)),
        _ghost(_arm((44, 98), (84, 112), _blade())),
        _sweep("M18,126 Q40,150 78,138", (90, 132), -24),
    )


def _left() -> str:
    return _scene(
        _body(4),
        _arm(LEFT, (170, 120), _blade()),
        _ghost(_arm(LEFT, (112, 136), _blade(), -65, 1.2)),
        _forward(RIGHT, (66, 112), _palm(1)),
        _sweep("M184,150 Q160,178 118,168", (104, 162), 203),
    )


def _right() -> str:
    return _scene(
        _body(-4),
        _arm(RIGHT, (30, 120), _blade()),
        _ghost(_arm(RIGHT, (88, 136), _blade(), 65, 1.2)),
        _forward(LEFT, (134, 112), _palm(-1)),
        _sweep("M16,150 Q40,178 82,168", (96, 162), -23),
    )


def _left_low() -> str:
    return _scene(
        _down(-1),
        _body(6),
        _arm(LEFT, (170, 118), _blade()),
        _ghost(_arm(LEFT, (154, 148), _blade())),
        _sweep("M191,140 Q192,160 180,170", (171, 179), 135),
    )


def _right_front() -> str:
    return _scene(
        _down(1),
        _body(),
        _ghost(_forward(RIGHT, (104, 128), _blade())),
        _forward(RIGHT, (58, 122), _blade()),
        _sweep("M48,150 Q80,166 108,154", (121, 147), -28),
    )


def _right_down() -> str:
    return _scene(
        _down(1),
        _body(-5),
        _ghost(_arm(RIGHT, (42, 146), _blade(), None, 1.15)),
        _arm(RIGHT, (30, 100), _blade(), None, 1.2),
        _sweep("M12,124 Q8,148 18,164", (26, 175), 56),
    )


def _up_and_front() -> str:
    return _scene(
        _body(),
        _arm(LEFT, (136, 46), _palm(-1), 4),
        _ghost(_forward(RIGHT, (100, 142), _blade(), 1.3)),
        _forward(RIGHT, (58, 136), _blade(), 1.3),
        _sweep("M46,162 Q76,178 102,167", (115, 160), -28),
    )


SMALL = {
    "gestures/officer_1": _right_down,
    "gestures/officer_2": _left,
    "gestures/officer_3": _up_and_front,
    "gestures/officer_4": _straight,
    "gestures/officer_5": _left_low,
    "gestures/officer_6": _stop,
    "gestures/officer_7": _right_front,
    "gestures/officer_8": _right,
} | WAYS
