"""Signs, loads and tools for drivers of buses and lorries: small pictures of 200 by 200."""

from collections.abc import Callable
from math import cos, radians, sin

from palette import AMBER, BLUE, BONE, GLASS, INK, KERB, MADDER, MEADOW, ROAD, SCHOOL, SKIN, STEEL, TYRE
from palette import WHITE as PAINT
from palette import YELLOW as MARK
from plan import bus as bus_plan
from plan import truck as truck_plan
from road_users import glow
from signs import BLACK, RED, WHITE, YELLOW, _ring, _warning
from signs import BLUE as SIGN_BLUE
from strokes import arrow, line, words
from svg import circle, ellipse, group, path, polygon, rect, stroke

# what stands on signs


def coach_front(colour: str, glass: str) -> str:
    """A bus seen from the front, 80 wide and 100 high, about (0, 0)."""
    return "".join(
        [
            rect(-38, -48, 76, 84, colour, 9),
            rect(-30, -28, 60, 34, glass, 4),
            rect(-24, -42, 48, 8, glass, 2),
            circle(-27, 21, 6, glass),
            circle(27, 21, 6, glass),
            rect(-13, 17, 26, 8, glass, 1),
            rect(-34, 34, 16, 14, colour, 2),
            rect(18, 34, 16, 14, colour, 2),
            rect(-47, -26, 7, 22, colour, 2),
            rect(40, -26, 7, 22, colour, 2),
        ]
    )


def lorry_side(colour: str, glass: str, box: bool = True) -> str:
    """A lorry seen from its side, going left, about 120 wide."""
    body = rect(-20, -32, 78, 48, colour, 2) if box else ""
    cab = path("M-26,16 V-18 H-44 L-58,0 V16 Z", fill=colour) + polygon(
        [(-42, -12), (-33, -12), (-33, 0), (-51, 0)], glass
    )
    chassis = rect(-58, 14, 116, 8, colour)
    wheels = "".join(circle(x, 24, 12, glass) + circle(x, 24, 9.5, colour) for x in (-40, 18, 42))
    return body + cab + chassis + wheels


def _ring_trailer() -> str:
    box = rect(-58, -28, 116, 42, BLACK, 2) + rect(-58, 12, 116, 6, BLACK)
    wheels = "".join(circle(x, 24, 11, WHITE) + circle(x, 24, 9, BLACK) for x in (26, 48))
    bar = line("M-56,15 H-72 V22", BLACK, 5) + line("M-40,14 V33 M-46,33 H-34", BLACK, 5)
    return _ring(group(box + bar + wheels, 106, 98, 0.88), slash=True)


def _ring_tractor() -> str:
    body = "".join(
        [
            circle(128, 118, 33, BLACK),
            circle(128, 118, 13, WHITE),
            circle(66, 130, 20, BLACK),
            circle(66, 130, 7, WHITE),
            path("M46,92 H104 V70 H146 V60 H98 V92", stroke=BLACK, width=6),
            rect(48, 88, 66, 26, BLACK, 3),
            line("M76,90 V64", BLACK, 6),
        ]
    )
    return _ring(body, slash=True)


def _ring_burst() -> str:
    points = []
    for step in range(20):
        radius = 27 if step % 2 == 0 else 13
        points.append((19 + radius * 1.25 * cos(radians(18 * step)), -12 + radius * sin(radians(18 * step))))
    cargo = polygon(points, "#e8731a")
    bed = rect(-20, 8, 78, 8, BLACK) + line("M57,14 V-32", BLACK, 4) + line("M-20,14 V-32", BLACK, 4)
    return _ring(group(lorry_side(BLACK, WHITE, box=False) + bed + cargo, 101, 98, 1.02), slash=False)


def _limit(text: str, height: float = 60) -> str:
    return _ring(words(text, 100, 100, height, BLACK, 15, 14))


def _limit_high(text: str) -> str:
    wedges = polygon([(78, 32), (122, 32), (100, 62)], BLACK) + polygon([(78, 168), (122, 168), (100, 138)], BLACK)
    return _ring(wedges + words(text, 100, 100, 43 if len(text) > 2 else 52, BLACK, 15, 12))


def _limit_wide() -> str:
    wedges = polygon([(28, 78), (28, 122), (54, 100)], BLACK) + polygon([(172, 78), (172, 122), (146, 100)], BLACK)
    return _ring(wedges + words("3m", 100, 100, 50, BLACK, 15, 14))


def _limit_axle() -> str:
    axle = rect(62, 112, 14, 42, BLACK, 4) + rect(124, 112, 14, 42, BLACK, 4) + rect(70, 128, 60, 9, BLACK)
    return _ring(words("7", 76, 76, 46, BLACK, 15) + _letter_t(112, 76, 46) + axle)


def _letter_t(x: float, y: float, height: float) -> str:
    """A small t, which the shared letters do not have."""
    return group(
        line("M22,20 V78 Q22,95 40,94 L50,92", BLACK, 15) + line("M4,42 H48", BLACK, 14),
        x - 12,
        y - height / 2,
        height / 100,
    )


def _limit_mass() -> str:
    return _ring(words("10", 84, 100, 60, BLACK, 15, 14) + _letter_t(136, 100, 60))


def _steep(down: bool) -> str:
    hill = polygon([(52, 158), (148, 158), (148, 104)], BLACK)
    car = "".join(
        [
            path("M-27,4 V-6 H-20 L-12,-17 H9 L17,-6 H27 V4 Z", fill=BLACK),
            circle(-15, 6, 7, BLACK),
            circle(15, 6, 7, BLACK),
            circle(-15, 6, 2.6, YELLOW),
            circle(15, 6, 2.6, YELLOW),
            polygon([(-14, -7), (-9, -13), (-2, -13), (-2, -7)], YELLOW),
        ]
    )
    way = arrow([(112, 66), (80, 84)], BLACK, 7, 18) if down else arrow([(80, 84), (112, 66)], BLACK, 7, 18)
    return _warning(hill + group(car, 96, 118, 0.85, turn=-29.4) + way)


def _two_humps() -> str:
    return _warning(
        path(
            "M48,156 V146 Q74,146 76,130 Q86,112 98,140 Q104,146 110,132 Q124,110 134,142 Q138,146 152,146 V156 Z",
            fill=BLACK,
        )
    )


def _lane_sign(what: str) -> str:
    """A square blue sign: a vehicle between the lines of a lane, an arrow under it."""
    lines = "".join(rect(x, 12, 7, 176, WHITE) for x in (24, 169))
    if what == "coach":
        shape = group(coach_front(WHITE, SIGN_BLUE), 100, 72, 0.98)
    elif what == "car":
        shape = group(
            path("M-38,26 V0 L-26,-26 Q-24,-30 -18,-30 H18 Q24,-30 26,-26 L38,0 V26 Z", fill=WHITE)
            + polygon([(-28, -4), (-20, -22), (20, -22), (28, -4)], SIGN_BLUE)
            + circle(-24, 10, 6, SIGN_BLUE)
            + circle(24, 10, 6, SIGN_BLUE)
            + rect(-35, 24, 16, 14, WHITE, 2)
            + rect(19, 24, 16, 14, WHITE, 2),
            100,
            78,
        )
    else:
        shape = "".join(
            [
                f'<g fill="none" stroke="{WHITE}" stroke-width="7"><circle cx="66" cy="86" r="23"/><circle cx="134" cy="86" r="23"/></g>',
                line("M66,86 L82,52 H118 L134,86", WHITE, 7),
                line("M66,86 H98 L118,52 M98,86 L80,48 M70,45 H90 M112,52 L108,42 H122", WHITE, 6),
            ]
        )
    return rect(5, 5, 190, 190, SIGN_BLUE, 12) + lines + shape + arrow([(100, 184), (100, 132)], WHITE, 13, 28)


# tools and tyres


def _hammer() -> str:
    head = path("M58,52 L80,38 L132,38 L154,52 L132,66 L80,66 Z", fill=MADDER)
    tips = polygon([(58, 45), (34, 52), (58, 59)], STEEL) + polygon([(154, 45), (178, 52), (154, 59)], STEEL)
    return (
        tips
        + head
        + rect(96, 60, 20, 118, MADDER, 9)
        + rect(96, 120, 20, 58, INK, 9)
        + rect(96, 138, 20, 3, STEEL)
        + rect(96, 152, 20, 3, STEEL)
    )


def _bottle() -> str:
    return "".join(
        [
            rect(66, 62, 64, 128, MADDER, 18),
            rect(84, 42, 28, 24, INK, 4),
            path("M98,42 L142,28 M98,36 L138,20", stroke=INK, width=9),
            path("M84,54 Q38,56 42,112 L36,140", stroke=INK, width=9),
            polygon([(30, 136), (46, 140), (44, 166), (22, 162)], INK),
            rect(66, 104, 64, 40, BONE),
            polygon([(98, 108), (112, 138), (84, 138)], AMBER),
        ]
    )


def _cross_box() -> str:
    return "".join(
        [
            path("M76,62 V44 H124 V62", stroke=INK, width=10),
            rect(24, 60, 152, 112, BONE, 10),
            f'<rect x="24" y="60" width="152" height="112" rx="10" fill="none" stroke="{INK}" stroke-width="5"/>',
            rect(88, 84, 24, 66, MADDER),
            rect(67, 105, 66, 24, MADDER),
        ]
    )


def _spanner() -> str:
    bars = stroke(36, 36, 164, 164, STEEL, 15) + stroke(164, 36, 36, 164, STEEL, 15)
    ends = "".join(circle(x, y, 19, "#7d868c") + circle(x, y, 9, INK) for x in (36, 164) for y in (36, 164))
    return bars + ends


def _tread() -> str:
    tyre = rect(22, 40, 118, 150, TYRE, 16) + rect(34, 40, 94, 150, "#3f464b")
    grooves = "".join(rect(x, 40, 8, 150, "#1b2024") for x in (50, 77, 104))
    gauge = (
        rect(96, 12, 24, 64, STEEL, 4)
        + rect(104, 76, 8, 22, BONE)
        + line("M112,98 H150", MADDER, 3)
        + line("M112,84 H150", MADDER, 3)
    )
    return (
        tyre
        + grooves
        + gauge
        + words("2mm", 175, 91, 20, INK, 14, 12)
        + line("M100,20 H110 M100,30 H116 M100,40 H110 M100,50 H116", INK, 3)
    )


def _clock(x: float, hour: float) -> str:
    face = circle(x, 100, 46, INK) + circle(x, 100, 41, BONE)
    ticks = "".join(
        stroke(
            x + 33 * sin(radians(30 * i)),
            100 - 33 * cos(radians(30 * i)),
            x + 39 * sin(radians(30 * i)),
            100 - 39 * cos(radians(30 * i)),
            INK,
            5 if i % 3 == 0 else 2.5,
        )
        for i in range(12)
    )
    short = stroke(x, 100, x + 21 * sin(radians(30 * hour)), 100 - 21 * cos(radians(30 * hour)), INK, 7)
    return face + ticks + short + stroke(x, 100, x, 68, INK, 4) + circle(x, 100, 5, MADDER)


def _two_clocks() -> str:
    return _clock(50, 8) + _clock(150, 12) + arrow([(90, 28), (112, 28)], INK, 5, 12)


# people with belts


def _sitter(belt: str) -> str:
    seat = (
        rect(52, 34, 96, 130, "#4c6a7c", 16)
        + rect(44, 140, 112, 40, "#3f5868", 12)
        + rect(70, 10, 60, 36, "#4c6a7c", 12)
    )
    person = "".join(
        [
            circle(100, 42, 22, SKIN),
            path("M78,38 A22,22 0 0 1 122,38 Q100,26 78,38 Z", fill="#2e2622"),
            path("M66,78 Q100,60 134,78 L138,150 H62 Z", fill="#c9843c"),
            path("M64,82 L52,128 L70,146", stroke="#b87530", width=16),
            path("M136,82 L148,128 L130,146", stroke="#b87530", width=16),
            rect(62, 144, 34, 44, "#26364d", 8),
            rect(104, 144, 34, 44, "#26364d", 8),
        ]
    )
    web = {
        "right": line("M126,70 L72,140", INK, 9) + line("M62,143 H138", INK, 9) + rect(66, 136, 14, 14, MADDER, 2),
        "arm": line("M134,106 L72,140", INK, 9) + line("M62,143 H138", INK, 9) + rect(66, 136, 14, 14, MADDER, 2),
        "lap": "",
        "neck": line("M120,60 L82,66 L72,140", INK, 9) + line("M64,104 H136", INK, 9) + rect(66, 97, 14, 14, MADDER, 2),
    }[belt]
    loose = line("M146,44 V170", INK, 8) + rect(139, 120, 14, 14, STEEL, 2) if belt == "lap" else ""
    return seat + loose + person + web


# coaches and lorries from the side


def _coach_side(colour: str = "#4d8f88") -> str:
    """A coach going right, 170 long and 62 high, wheels on y = 0."""
    windows = "".join(rect(-76 + 27 * i, -52, 22, 20, GLASS, 2) for i in range(5))
    return "".join(
        [
            rect(-85, -60, 170, 50, colour, 8),
            windows,
            path("M62,-52 H78 Q84,-44 84,-30 H62 Z", fill=GLASS),
            rect(-85, -24, 170, 4, BONE),
            rect(76, -18, 9, 6, "#fff3c4", 2),
            "".join(circle(x, -11, 12, TYRE) + circle(x, -11, 5, STEEL) for x in (-50, 52)),
        ]
    )


def _roof_load(text: str, high: float) -> str:
    boxes = (
        rect(-62, -66 - high, 40, high, "#b98a55", 2)
        + rect(-20, -66 - high, 36, high, "#9c6f43", 2)
        + rect(18, -66 - high * 0.8, 30, high * 0.8, "#c9a06d", 2)
    )
    rack = line("M-68,-66 H54", INK, 4) + line("M-60,-66 V-60 M46,-66 V-60 M-8,-66 V-60", INK, 4)
    coach = group(_coach_side() + boxes + rack, 88, 184)
    top, bottom = 184 - 66 - high, 184 - 60.0
    ruler = line(f"M148,{top} H196 M148,{bottom} H196", MADDER, 2.5)
    gap = arrow([(184, (top + bottom) / 2), (184, top)], MADDER, 3, 8) + arrow(
        [(184, (top + bottom) / 2), (184, bottom)], MADDER, 3, 8
    )
    return rect(0, 184, 200, 16, ROAD) + coach + ruler + gap + words(text, 166, 24, 24, INK, 14, 12)


def _tipper(load: str, cab: str = BLUE) -> str:
    """A lorry going left, its load drawn first; 176 long, wheels on y = 0."""
    return "".join(
        [
            load,
            rect(-34, -62, 122, 34, "#5d7f95", 2),
            "".join(stroke(x, -60, x, -30, "#ffffff66", 3) for x in (-6, 22, 50, 72)),
            path("M-40,-20 V-74 H-66 L-86,-46 V-20 Z", fill=cab),
            polygon([(-62, -66), (-48, -66), (-48, -46), (-76, -46)], GLASS),
            rect(-86, -28, 174, 9, INK),
            "".join(circle(x, -12, 12, TYRE) + circle(x, -12, 5, STEEL) for x in (-60, 24, 60)),
        ]
    )


def _load(how: str) -> str:
    heap = path("M-34,-60 Q-20,-96 20,-98 Q66,-98 88,-60 Z", fill="#a9743c")
    stones = "".join(
        circle(x, y, 5, "#8b5d2d") for x, y in ((-10, -74), (8, -88), (30, -82), (50, -90), (66, -72), (20, -70))
    )
    spill = "".join(circle(x, y, 5, "#a9743c") for x, y in ((98, -64), (104, -44), (110, -24), (106, -8), (96, -4)))
    if how == "cover":
        load = path("M-38,-54 Q-26,-92 18,-94 Q70,-94 92,-54 Z", fill="#3e7f5c")
        ropes = "".join(
            line(f"M{x},-92 Q{x + bow},-70 {x + bow},-28", BONE, 3.5) for x, bow in ((0, -8), (26, 0), (52, 8))
        )
        hem = line("M-38,-54 H92", "#2d5f44", 5)
        return rect(0, 184, 200, 16, ROAD) + group(_tipper(load) + hem + ropes, 98, 184)
    if how == "heap":
        return rect(0, 184, 200, 16, ROAD) + group(_tipper(heap + stones) + spill, 88, 184)
    if how == "flap":
        cloth = path("M-34,-60 Q-22,-86 0,-90 L52,-112 L104,-120 L92,-96 L110,-84 L60,-84 Z", fill="#3e7f5c")
        return rect(0, 184, 200, 16, ROAD) + group(_tipper(heap + stones + cloth), 92, 184)
    boxes = rect(-34, -96, 44, 36, "#c9a06d", 2) + rect(12, -90, 40, 30, "#b98a55", 2)
    lean = group(rect(-20, -34, 40, 34, "#9c6f43", 2), 72, -62, turn=24)
    return rect(0, 184, 200, 16, ROAD) + group(
        _tipper(boxes + lean) + line("M-10,-96 Q30,-104 96,-40", BONE, 3), 92, 184
    )


def _high_load(text: str, high: float) -> str:
    """A lorry from behind with boxes up to `high` pixels over the ground."""
    load = "".join(
        rect(14, 184 - high + i * (high - 62) / 3, 88, (high - 62) / 3 - 2, tone, 2)
        for i, tone in enumerate(("#c9a06d", "#b98a55", "#9c6f43"))
    )
    ropes = line(f"M30,{184 - high} V122 M86,{184 - high} V122", BONE, 3)
    back = (
        rect(10, 120, 96, 40, "#5d7f95", 2)
        + rect(10, 158, 96, 8, INK)
        + rect(14, 164, 16, 20, TYRE, 3)
        + rect(86, 164, 16, 20, TYRE, 3)
    )
    lamps = rect(14, 150, 14, 7, MADDER, 2) + rect(88, 150, 14, 7, MADDER, 2) + rect(46, 146, 24, 9, SCHOOL, 1)
    top = 184 - high
    ruler = (
        line(f"M106,{top} H142 M106,183 H142", MADDER, 2.5)
        + arrow([(128, 100), (128, top)], MADDER, 3, 9)
        + arrow([(128, 100), (128, 183)], MADDER, 3, 9)
    )
    return rect(0, 184, 200, 16, ROAD) + load + ropes + back + lamps + ruler + words(text, 168, 100, 19, INK, 15, 12)


def _tail(marks: bool = True, plate: bool = True, guard: bool = True) -> str:
    """The back of a lorry: coloured strips, number, bar near the ground."""
    box = rect(28, 12, 144, 118, "#7c95a3", 4) + stroke(100, 14, 100, 128, INK, 2.5)
    strip = ""
    if marks:
        edge = [(rect(30 + 17.5 * i, y, 17.5, 8, MADDER if i % 2 else PAINT)) for i in range(8) for y in (16, 120)]
        side = [(rect(x, 24 + 16 * i, 8, 16, MADDER if i % 2 else PAINT)) for i in range(6) for x in (30, 162)]
        strip = "".join(edge + side)
    big = words("513", 70, 66, 26, BONE, 14, 14) + words("82", 132, 66, 26, BONE, 14, 14)
    frame = rect(28, 130, 144, 12, INK)
    lamps = rect(32, 132, 22, 9, MADDER, 2) + rect(146, 132, 22, 9, MADDER, 2)
    small = rect(78, 144, 44, 14, SCHOOL, 2) + words("51382", 100, 151, 8, INK, 16, 16)
    mud = (
        ellipse(98, 151, 30, 11, "#6f5136")
        + ellipse(112, 147, 18, 9, "#7d5c3e")
        + ellipse(70, 66, 34, 20, "#6f5136")
        + ellipse(124, 68, 36, 19, "#7d5c3e")
    )
    bar = rect(34, 164, 132, 9, STEEL, 2) + rect(58, 142, 6, 22, STEEL) + rect(136, 142, 6, 22, STEEL) if guard else ""
    wheels = rect(34, 142, 22, 44, TYRE, 5) + rect(144, 142, 22, 44, TYRE, 5)
    return (
        rect(0, 186, 200, 14, ROAD) + wheels + box + strip + big + frame + lamps + small + ("" if plate else mud) + bar
    )


# plans


def _road_plan() -> str:
    """Two lanes going up, a yellow line on the left, land on the right."""
    lanes = rect(0, 0, 200, 200, MEADOW) + rect(0, 0, 152, 200, ROAD) + rect(8, 0, 4, 200, MARK)
    middle = "".join(rect(80, y, 4, 22, PAINT) for y in range(4, 200, 44))
    return lanes + middle + rect(152, 0, 8, 200, KERB)


def _dot_people(x: float, y: float, small: bool = False) -> str:
    tones = ("#7d5a86", "#c4574e", "#3c5a78")
    return "".join(
        ellipse(x, y + i * 17, 7 if small else 8, 5, tone) + circle(x, y + i * 17, 4, "#2e2622")
        for i, tone in enumerate(tones)
    )


def _shelter() -> str:
    return rect(162, 62, 16, 84, "#c3ccd1", 3) + rect(164, 64, 4, 80, PAINT)


def _stop_plan(where: str) -> str:
    x, y, turn = {"kerb": (126, 104, 0), "lane": (48, 104, 0), "slant": (108, 110, 24), "far": (126, 104, 0)}[where]
    bay = _shelter() if where != "far" else ""
    zebra = "".join(rect(16 + 17 * i, 76, 10, 46, PAINT) for i in range(8)) if where == "far" else ""
    bus = group(bus_plan(0, 0, turn), x, y, 0.9) if where != "far" else group(bus_plan(0, 0), 126, 100, 0.9)
    road = _road_plan()
    if where == "far":
        return road + zebra + bus + _dot_people(172, 82)
    return road + bay + bus + _dot_people(172, 86)


def _school_plan(where: str, lamps: bool, arm: bool) -> str:
    x = {"right": 124.0, "middle": 48.0}[where]
    bus = group(bus_plan(0, 0, colour=SCHOOL, hazard=lamps), x, 104, 0.92)
    board = (
        stroke(x - 20, 120, x - 31, 120, INK, 4) + circle(x - 36, 120, 9, PAINT) + circle(x - 36, 120, 7.5, MADDER)
        if arm
        else ""
    )
    return _road_plan() + bus + board + _dot_people(172, 82, small=True)


def _triangle_plan(text: str, gap: float, front: bool = False) -> str:
    """A lorry standing on the right, a triangle at a distance of `text` from it; cars come from below."""
    lorry = group(truck_plan(0, 0), 112, 150 if front else 44, 0.55)
    at = 44 if front else gap
    triangle = path(f"M112,{at - 11} L124,{at + 9} L100,{at + 9} Z", fill=PAINT, stroke=RED, width=6)
    lo, hi = (at + 12, 114) if front else (80, at - 14)
    ruler = line(f"M172,{lo - 2} H190 M172,{hi + 2} H190", INK, 2.5) + stroke(181, lo, 181, hi, INK, 2.5)
    sides = rect(150, 0, 4, 200, PAINT) + rect(158, 0, 6, 200, STEEL)
    lane = (
        rect(0, 0, 200, 200, MEADOW)
        + rect(0, 0, 158, 200, ROAD)
        + rect(8, 0, 4, 200, MARK)
        + "".join(rect(80, y, 4, 22, PAINT) for y in range(4, 200, 44))
    )
    lamps = "".join(glow(112 + dx, (150 if front else 44) + dy, 3, AMBER) for dx in (-10, 10) for dy in (-32, 33))
    way = arrow([(44, 188), (44, 150)], PAINT, 7, 18)
    return lane + sides + lorry + lamps + triangle + ruler + way + _board(text)


def _board(text: str) -> str:
    return rect(6, 4, 70, 32, BONE, 4) + words(text, 41, 20, 18, INK, 15, 14)


SMALL: dict[str, Callable[[], str]] = {
    "signs/hv_ring_front": lambda: _ring(group(coach_front(BLACK, WHITE), 100, 102, 1.05), slash=True),
    "signs/hv_ring_box": lambda: _ring(group(lorry_side(BLACK, WHITE), 100, 98, 0.98), slash=True),
    "signs/hv_ring_legs": _ring_trailer,
    "signs/hv_ring_big_wheel": _ring_tractor,
    "signs/hv_ring_star": _ring_burst,
    "signs/hv_ring_10t": _limit_mass,
    "signs/hv_ring_7t_bar": _limit_axle,
    "signs/hv_ring_3m": _limit_wide,
    "signs/hv_ring_4m": lambda: _limit_high("4m"),
    "signs/hv_ring_4_5m": lambda: _limit_high("4.5m"),
    "signs/hv_ring_5m": lambda: _limit_high("5m"),
    "signs/hv_lane_front": lambda: _lane_sign("coach"),
    "signs/hv_lane_car": lambda: _lane_sign("car"),
    "signs/hv_lane_two_wheels": lambda: _lane_sign("cycle"),
    "signs/hv_wedge_left": lambda: _steep(True),
    "signs/hv_wedge_right": lambda: _steep(False),
    "signs/hv_two_humps": _two_humps,
    "parts/hv_red_handle": _hammer,
    "parts/hv_red_bottle": _bottle,
    "parts/hv_cross_box": _cross_box,
    "parts/hv_steel_cross": _spanner,
    "parts/hv_gauge": _tread,
    "parts/hv_two_clocks": _two_clocks,
    "parts/hv_seat_1": lambda: _sitter("right"),
    "parts/hv_seat_2": lambda: _sitter("arm"),
    "parts/hv_seat_3": lambda: _sitter("lap"),
    "parts/hv_seat_4": lambda: _sitter("neck"),
    "parts/hv_roof_0_4": lambda: _roof_load("0.4m", 12),
    "parts/hv_roof_0_7": lambda: _roof_load("0.7m", 24),
    "parts/hv_roof_1_0": lambda: _roof_load("1.0m", 38),
    "parts/hv_roof_1_3": lambda: _roof_load("1.3m", 50),
    "parts/hv_load_1": lambda: _load("cover"),
    "parts/hv_load_2": lambda: _load("heap"),
    "parts/hv_load_3": lambda: _load("flap"),
    "parts/hv_load_4": lambda: _load("lean"),
    "parts/hv_high_3_8": lambda: _high_load("3.8m", 122),
    "parts/hv_high_4_2": lambda: _high_load("4.2m", 136),
    "parts/hv_high_4_5": lambda: _high_load("4.5m", 148),
    "parts/hv_high_4_8": lambda: _high_load("4.8m", 160),
    "parts/hv_tail_1": lambda: _tail(),
    "parts/hv_tail_2": lambda: _tail(marks=False),
    "parts/hv_tail_3": lambda: _tail(plate=False),
    "parts/hv_tail_4": lambda: _tail(guard=False),
    "parts/hv_stop_1": lambda: _stop_plan("kerb"),
    "parts/hv_stop_2": lambda: _stop_plan("lane"),
    "parts/hv_stop_3": lambda: _stop_plan("slant"),
    "parts/hv_stop_4": lambda: _stop_plan("far"),
    "parts/hv_yellow_1": lambda: _school_plan("right", True, True),
    "parts/hv_yellow_2": lambda: _school_plan("right", False, True),
    "parts/hv_yellow_3": lambda: _school_plan("right", True, False),
    "parts/hv_yellow_4": lambda: _school_plan("middle", True, True),
    "parts/hv_distance_50": lambda: _triangle_plan("50m", 112),
    "parts/hv_distance_100": lambda: _triangle_plan("100m", 146),
    "parts/hv_distance_160": lambda: _triangle_plan("160m", 184),
    "parts/hv_distance_ahead": lambda: _triangle_plan("160m", 0, front=True),
}
