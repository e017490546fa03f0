"""Motorcycles and their riders in small pictures: helmets, seats, loads, hands, lanes, places to park, leaning."""

from collections.abc import Callable

import plan
from palette import (
    AMBER,
    BLUE,
    BONE,
    GRASS,
    GREEN,
    HAIR,
    HILL,
    INK,
    KERB,
    LAMP,
    MADDER,
    NAVY,
    RED,
    ROAD,
    SILVER,
    SKIN,
    SKY,
    STEEL,
    TYRE,
    WHITE,
    YELLOW,
)
from strokes import arrow, line, words
from svg import circle, group, path, rect

WOOD, CLOTH = "#a9834f", "#c9b48a"


def _ground() -> str:
    return rect(4, 4, 192, 192, SKY, 12) + rect(4, 172, 192, 24, ROAD, 10) + rect(4, 172, 192, 12, ROAD)


def _wheel(x: float) -> str:
    return circle(x, 150, 25, TYRE) + circle(x, 150, 16, STEEL) + circle(x, 150, 4, INK)


def bike(colour: str = BLUE) -> str:
    """A motorcycle going right: wheels at 54 and 148, handlebar at (118, 84)."""
    return "".join(
        [
            line("M54,150 L88,136 M148,150 L130,92", STEEL, 7),
            _wheel(54),
            _wheel(148),
            line("M100,146 L34,158", STEEL, 8),
            rect(84, 120, 34, 30, INK, 5),
            path("M34,116 Q60,104 92,110 L96,124 H46 Z", fill=INK),
            path("M88,112 Q98,96 124,102 L126,120 H92 Z", fill=colour),
            line("M28,124 Q44,108 66,122", colour, 6),
            line("M126,128 Q146,116 168,130", colour, 6),
            line("M130,94 L116,84", INK, 6, "round"),
            circle(139, 102, 9, LAMP),
            rect(24, 118, 8, 10, MADDER, 2),
        ]
    )


def _head(x: float, y: float, helmet: bool, size: float = 1) -> str:
    if helmet:
        dome = circle(0, 0, 17, RED) + path("M2,-6 H17 V6 H4 Z", fill=INK) + rect(-8, 10, 20, 6, RED, 3)
    else:
        dome = (
            circle(0, 0, 13, SKIN)
            + path("M-14,2 Q-16,-15 2,-15 Q14,-14 13,-5 Q0,-8 -4,2 Z", fill=HAIR)
            + circle(7, 0, 1.8, INK)
        )
    return group(dome, x, y, size)


def person(x: float, shirt: str, helmet: bool, hand: tuple[float, float], size: float = 1, floor: float = 112) -> str:
    """Someone seated astride at (x, floor), facing right, one hand at `hand`."""
    hip, neck = (x, floor - 6), (x + 8 * size, floor - 50 * size)
    knee, foot = (x + 28 * size, floor + 2), (x + 18 * size, floor + 36 * size)
    leg = line(f"M{hip[0]},{hip[1]} L{knee[0]:g},{knee[1]:g} L{foot[0]:g},{foot[1]:g}", NAVY, 14 * size, "round")
    shoe = rect(foot[0] - 6 * size, foot[1], 20 * size, 8 * size, INK, 3)
    torso = line(f"M{hip[0]},{hip[1]} L{neck[0]:g},{neck[1]:g}", shirt, 25 * size, "round")
    elbow = ((neck[0] + hand[0]) / 2 - 1, (neck[1] + hand[1]) / 2 + 9 * size)
    arm = line(
        f"M{neck[0]:g},{neck[1] + 4:g} L{elbow[0]:g},{elbow[1]:g} L{hand[0]},{hand[1]}", shirt, 10 * size, "round"
    )
    edge = line(
        f"M{neck[0]:g},{neck[1] + 4:g} L{elbow[0]:g},{elbow[1]:g} L{hand[0]},{hand[1]}", "#00000033", 13 * size, "round"
    )
    return (
        leg
        + shoe
        + torso
        + edge
        + arm
        + circle(*hand, 5.5 * size, SKIN)
        + _head(x + 12 * size, floor - 72 * size, helmet, size)
    )


BARS = (118.0, 86.0)


def _pair(front: bool, back: bool) -> str:
    """A rider and someone behind; who of them wears a helmet."""
    return _ground() + bike() + person(52, GREEN, back, (72, 84)) + person(88, AMBER, front, BARS)


def _crowd(kind: int) -> str:
    """1: two people. 2: three grown people. 3: two and a child between. 4: a child before the rider, one behind."""
    if kind == 1:
        row = person(52, GREEN, True, (72, 84)) + person(88, AMBER, True, BARS)
    elif kind == 2:
        row = person(34, BLUE, True, (52, 88)) + person(62, GREEN, True, (80, 86)) + person(90, AMBER, True, BARS)
    elif kind == 3:
        row = (
            person(36, GREEN, True, (54, 88)) + person(66, MADDER, True, (82, 92), 0.68) + person(90, AMBER, True, BARS)
        )
    else:
        row = (
            person(46, GREEN, True, (66, 86))
            + person(76, AMBER, True, BARS)
            + person(102, MADDER, True, (122, 88), 0.6, 106)
        )
    return _ground() + bike(SILVER) + row


def _box(x: float, y: float, wide: float, high: float) -> str:
    return rect(x, y, wide, high, WOOD, 3) + line(
        f"M{x + wide / 3},{y} v{high} M{x + 2 * wide / 3},{y} v{high}", CLOTH, 4
    )


def _hands(kind: int) -> str:
    """1: both on the bar, a box behind. 2: one holds a telephone. 3: bags on the bar. 4: both in the air."""
    if kind == 1:
        return _ground() + bike(GREEN) + _box(32, 84, 34, 28) + person(88, AMBER, True, BARS)
    if kind == 2:
        phone = rect(131, 36, 14, 25, INK, 3) + rect(133.5, 39, 9, 17, "#bfe3f2", 1)
        other = line("M96,66 L104,82 L118,86", AMBER, 10, "round") + circle(*BARS, 5.5, SKIN)
        return _ground() + bike(GREEN) + other + phone + person(88, AMBER, True, (134, 62))
    if kind == 3:
        bags = (
            line("M124,88 V104 M114,88 V110", INK, 3)
            + path("M112,102 H136 L140,136 H108 Z", fill=RED)
            + path("M100,108 H122 L124,140 H98 Z", fill=BONE)
        )
        return _ground() + bike(GREEN) + person(88, AMBER, True, BARS) + bags
    other = line("M96,66 L78,52 L66,34", AMBER, 10, "round") + circle(66, 34, 5.5, SKIN)
    return _ground() + bike(GREEN) + other + person(88, AMBER, True, (122, 34))


def _from_behind() -> str:
    """A motorcycle and rider from behind: handlebar from 58 to 142."""
    return "".join(
        [
            rect(90, 120, 20, 56, TYRE, 8),
            rect(58, 84, 84, 7, INK, 3),
            rect(52, 80, 12, 14, INK, 4),
            rect(136, 80, 12, 14, INK, 4),
            line("M86,66 L64,86 M114,66 L136,86", AMBER, 11, "round"),
            rect(82, 54, 36, 60, AMBER, 12),
            line("M86,112 L76,152 M114,112 L124,152", NAVY, 14, "round"),
            circle(100, 38, 18, RED),
            rect(84, 108, 32, 22, BLUE, 6),
            rect(92, 112, 16, 7, MADDER, 3),
        ]
    )


def _beside(over: float, text: str) -> str:
    """A load that stands out by `over` on both sides of the handlebar (148 wide to the right end)."""
    load = _box(52 - over, 98, 96 + 2 * over, 30) + line("M80,98 v30 M120,98 v30", INK, 3)
    guides = "".join(line(f"M{x},70 V140", INK, 1.5) for x in (52 - over, 52, 148, 148 + over))
    sides = words(text, 32, 58, 18, INK, 15, 12) + words(text, 168, 58, 18, INK, 15, 12)
    reach = line(f"M{52 - over},74 H52 M148,74 H{148 + over}", MADDER, 5)
    return _ground() + _from_behind() + load + guides + reach + sides


def _long_load() -> str:
    """Boards on the seat behind the rider, 1.2 m above the ground and 0.5 m beyond the motorcycle."""
    part = group(bike(), 34, 22, 0.86) + group(person(88, AMBER, True, BARS), 34, 22, 0.86)
    load = "".join(rect(18, 90 + 9 * i, 84, 7, WOOD, 2) for i in range(3)) + line("M66,88 v32 M88,88 v32", INK, 4)
    high = line("M8,90 H22 M8,172 H22 M14,90 V172", INK, 3) + words("1.2m", 35, 140, 12, INK, 16, 12)
    long = line("M18,52 V88 M58,52 V112 M18,58 H58", INK, 3) + words("0.5m", 38, 40, 18, INK, 15, 12)
    return _ground() + part + load + high + long


def _tall_load() -> str:
    """Boxes piled behind the rider, 1.8 m above the ground."""
    pile = "".join(_box(46, 36 + 28 * i, 40, 27) for i in range(3)) + line("M58,36 v83 M74,36 v83", INK, 3)
    pile += line("M44,121 H90 M52,121 L60,132 M82,121 L78,132", INK, 4)  # the carrier that it stands on
    high = line("M10,36 H46 M10,172 H30 M18,36 V172", INK, 3) + words("1.8m", 34, 22, 17, INK, 15, 12)
    return _ground() + group(bike(), 34, 22, 0.86) + pile + group(person(88, AMBER, True, BARS), 34, 22, 0.86) + high


def _moto(x: float, y: float, turn: float = 0, scale: float = 1.0) -> str:
    return group(plan.motorcycle(0, 0, turn), x, y, scale)


def _lanes(x: float) -> str:
    """Three lanes one way: a motorcycle at x."""
    road = (
        rect(4, 4, 192, 192, GRASS, 12)
        + rect(26, 4, 148, 192, ROAD)
        + rect(30, 4, 5, 192, YELLOW)
        + rect(165, 4, 4, 192, WHITE)
    )
    dashes = "".join(rect(edge, y, 4, 24, WHITE) for edge in (77, 121) for y in (10, 56, 102, 148))
    tips = "".join(arrow([(mid, 60), (mid, 24)], WHITE, 5, 16) for mid in (56, 101, 145) if abs(mid - x) > 12)
    return road + dashes + tips + _moto(x, 122, 0, 1.5)


def _parked(x: float, y: float, turn: float = 0, scale: float = 1.0) -> str:
    """A motorcycle without a rider from above: tank, long dark seat, handlebar."""
    body = rect(-3, -24, 6, 48, TYRE, 3) + rect(-12, -13, 24, 4, INK, 2)
    return group(body + rect(-6, -11, 12, 13, BLUE, 5) + rect(-5, 2, 10, 17, INK, 4), x, y, scale, turn)


def _places(kind: int) -> str:
    """1: in a row of marked bays. 2: on the paved footway. 3: on a striped crossing. 4: in the traffic lane at a corner."""
    paving = rect(4, 4, 192, 192, "#d9cfbd", 12) + "".join(
        line(f"M4,{y} H196", "#c3b8a3", 2) for y in range(20, 80, 20)
    )
    road = rect(4, 84, 192, 112, ROAD, 10) + rect(4, 84, 192, 40, ROAD) + rect(4, 78, 192, 8, KERB)
    middle = "".join(rect(x, 142, 26, 5, WHITE) for x in range(12, 180, 40))
    if kind == 1:
        bays = rect(28, 86, 144, 50, ROAD) + line(
            "M30,86 V134 H170 V86 M65,86 V134 M100,86 V134 M135,86 V134", WHITE, 4
        )
        return (
            paving
            + road
            + rect(4, 160, 192, 5, WHITE)
            + bays
            + _parked(48, 108, 0, 0.9)
            + _parked(83, 108, 0, 0.9)
            + _parked(118, 108, 0, 0.9)
        )
    if kind == 2:
        people = "".join(
            circle(x, y, 9, tone) + circle(x, y, 5, HAIR) for x, y, tone in ((30, 30, MADDER), (164, 52, GREEN))
        )
        return paving + road + middle + people + _parked(100, 44, 90, 1.1)
    if kind == 3:
        bars = "".join(rect(76, y, 52, 9, WHITE) for y in range(90, 194, 17))
        return paving + road + bars + _parked(102, 112, 90, 1.1)
    side = (
        rect(70, 4, 60, 90, ROAD)
        + path("M48,86 Q70,84 70,62 V90 H48 Z", fill=ROAD)
        + path("M152,86 Q130,84 130,62 V90 H152 Z", fill=ROAD)
    )
    return paving + road + side + rect(98, 4, 4, 66, YELLOW) + middle + _parked(100, 104, 90, 1.1)


def _leaning(machine: float, body: float) -> str:
    """A rider from behind in a bend to the right; degrees by which machine and upper body lean to the right."""
    bend = rect(4, 4, 192, 192, HILL, 12) + rect(4, 4, 192, 60, SKY, 12) + rect(4, 40, 192, 30, HILL)
    road = path("M20,196 Q40,96 150,66 L186,66 Q150,110 182,196 Z", fill=ROAD) + path(
        "M98,196 Q100,110 168,68", stroke=WHITE, width=4, dash="14 12"
    )
    lower = (
        rect(-10, -44, 20, 44, TYRE, 8)
        + line("M-12,-46 L-20,-14 M12,-46 L20,-14", NAVY, 13, "round")
        + rect(-16, -62, 32, 22, BLUE, 6)
        + rect(-8, -58, 16, 7, MADDER, 3)
    )
    bar = rect(-42, -84, 84, 7, INK, 3)
    upper = rect(-17, -46, 34, 48, AMBER, 12) + circle(0, -62, 17, RED)
    arms = line("M-14,-34 L-36,-16 M14,-34 L36,-16", AMBER, 10, "round")
    whole = bar + lower + group(arms + upper, 0, -62, turn=body - machine)
    return bend + road + group(whole, 96, 184, turn=machine)


def _bars() -> str:
    """The front of a motorcycle as its rider sees it; an arrow at the lever of the right hand."""
    bar = line("M18,104 Q60,84 100,96 Q140,84 182,104", STEEL, 9, "round")
    grips = line("M18,104 L54,90", INK, 20, "round") + line("M182,104 L146,90", INK, 20, "round")
    levers = line("M20,72 Q44,66 66,80", "#4f5a61", 8, "round") + line("M180,72 Q156,66 134,80", "#4f5a61", 8, "round")
    dial = circle(100, 70, 26, INK) + circle(100, 70, 20, BONE) + line("M100,70 L112,58", MADDER, 4)
    tank = path("M66,196 Q64,124 100,118 Q136,124 134,196 Z", fill=BLUE) + circle(100, 150, 11, STEEL)
    return (
        rect(4, 4, 192, 192, "#cfd8dc", 12)
        + tank
        + bar
        + grips
        + levers
        + dial
        + arrow([(160, 20), (160, 60)], MADDER, 10, 24)
    )


PARTS: dict[str, Callable[[], str]] = {
    "ln_pair_1": lambda: _pair(True, True),
    "ln_pair_2": lambda: _pair(True, False),
    "ln_pair_3": lambda: _pair(False, True),
    "ln_pair_4": lambda: _pair(False, False),
    **{f"ln_row_{kind}": lambda kind=kind: _crowd(kind) for kind in (1, 2, 3, 4)},
    **{f"ln_bar_{kind}": lambda kind=kind: _hands(kind) for kind in (1, 2, 3, 4)},
    "ln_wide_0_1": lambda: _beside(12, "0.1m"),
    "ln_wide_0_2": lambda: _beside(20, "0.2m"),
    "ln_wide_0_3": lambda: _beside(30, "0.3m"),
    "ln_wide_0_4": lambda: _beside(40, "0.4m"),
    "ln_long_0_5": _long_load,
    "ln_tall_1_8": _tall_load,
    "ln_strip_1": lambda: _lanes(56),
    "ln_strip_2": lambda: _lanes(101),
    "ln_strip_3": lambda: _lanes(145),
    "ln_strip_4": lambda: _lanes(79),
    **{f"ln_place_{kind}": lambda kind=kind: _places(kind) for kind in (1, 2, 3, 4)},
    "ln_bend_1": lambda: _leaning(18, 18),
    "ln_bend_2": lambda: _leaning(0, 0),
    "ln_bend_3": lambda: _leaning(-16, -16),
    "ln_bend_4": lambda: _leaning(0, -24),
    "ln_lever": _bars,
}
SMALL: dict[str, Callable[[], str]] = {f"parts/{name}": draw for name, draw in PARTS.items()}
