"""Scenes for drivers of buses and lorries: their sides, their blind places, their loads, their lanes."""

import plan
from drive import Eye, cockpit, ground
from palette import (
    BLUE,
    BONE,
    GLASS,
    HAIR,
    INK,
    KERB,
    LAMP,
    MADDER,
    OURS,
    ROAD,
    ROAD_EDGE,
    SCHOOL,
    SILVER,
    SKIN,
    SKY,
    STEEL,
    TYRE,
    WHITE,
    YELLOW,
)
from plan import land, way
from road_users import car
from strokes import line, words
from svg import circle, ellipse, group, path, polygon, rect, stroke


def _number(text: str, x: float, y: float, radius: float = 21) -> str:
    """A number in a white disc, to be named in the options."""
    return circle(x, y, radius + 3, INK) + circle(x, y, radius, BONE) + words(text, x, y, radius * 1.15, INK, 15)


def _wheel(x: float, y: float, radius: float = 38) -> str:
    return circle(x, y, radius, TYRE) + circle(x, y, radius * 0.5, STEEL) + circle(x, y, radius * 0.2, INK)


def _backdrop(floor: float) -> str:
    hills = path(
        f"M0,{floor} L0,{floor - 150} Q160,{floor - 230} 330,{floor - 140} Q520,{floor - 260} 800,{floor - 150} L800,{floor} Z",
        fill="#b9cbb0",
    )
    return (
        rect(0, 0, 800, 500, SKY) + hills + rect(0, floor, 800, 500 - floor, ROAD) + rect(0, floor + 26, 800, 6, WHITE)
    )


def _coach() -> str:
    """A coach from its side, going right: 600 long, wheels on y = 0."""
    windows = "".join(rect(-262 + 96 * i, -232, 86, 86, GLASS, 6) for i in range(5))
    return "".join(
        [
            rect(-300, -262, 600, 216, "#4d8f88", 22),
            windows,
            path("M236,-232 H282 Q298,-196 298,-140 H236 Z", fill=GLASS),
            rect(222, -240, 8, 186, BONE),
            rect(-300, -132, 522, 10, BONE),
            rect(280, -86, 18, 22, "#fff3c4", 5),
            rect(-300, -90, 10, 30, MADDER, 3),
            _wheel(-170, -38),
            _wheel(160, -38),
        ]
    )


def four_places() -> str:
    """The outside of a coach with four numbered places: hatch, window, door, hold."""
    hatch = rect(-60, -276, 90, 16, MADDER, 4)
    window = (
        f'<rect x="-166" y="-232" width="86" height="86" rx="6" fill="none" stroke="{MADDER}" stroke-width="7"/>'
        + group(rect(-12, -7, 24, 14, MADDER, 5) + rect(-3, 0, 6, 28, MADDER, 2), -92, -210)
    )
    door = rect(26, -236, 76, 186, "#3b756f", 6) + rect(34, -228, 60, 84, GLASS, 5) + rect(84, -128, 10, 26, MADDER, 3)
    door += f'<rect x="26" y="-236" width="76" height="186" rx="6" fill="none" stroke="{MADDER}" stroke-width="6"/>'
    hold = (
        rect(-122, -112, 130, 60, "#3b756f", 4)
        + rect(-70, -106, 26, 8, BONE, 3)
        + line("M-122,-112 H8 V-52 H-122 Z", BONE, 3)
    )
    numbers = _number("1", 15, -312) + _number("2", 123, -189) + _number("3", -64, -186) + _number("4", 57, -76)
    lead = stroke(15, -290, 15, -276, INK, 4)
    left_side = group(_coach() + hatch + window + door + hold, flip=True)  # the emergency door is on the driver's side
    return _backdrop(400) + group(left_side + lead + numbers, 400, 424)


def around_bus() -> str:
    """A yellow school bus from above, its driver at the left window, with four pupils around it."""
    road = rect(0, 60, 800, 360, ROAD) + rect(0, 64, 800, 5, WHITE) + rect(0, 411, 800, 5, WHITE)
    middle = "".join(rect(x, 196, 60, 6, YELLOW) for x in range(10, 800, 110))
    bus = group(plan.bus(0, 0, 90, SCHOOL), 300, 304, 3.1)
    mirrors = rect(492, 218, 12, 18, INK, 4) + rect(486, 372, 12, 18, INK, 4)
    lamps = rect(508, 250, 8, 22, LAMP, 3) + rect(508, 336, 8, 22, LAMP, 3)
    cab = rect(430, 244, 58, 120, "#ffffff55", 6)
    wheel = circle(478, 268, 15, INK) + circle(478, 268, 10, BONE)
    driver = group(_from_above("#26364d"), 452, 268, 1.0, 90)
    kids = "".join(
        group(_from_above(tone, satchel), x, y, 1.1, turn)
        for x, y, turn, tone, satchel in (
            (716, 290, -90, "#c4574e", "#2f6f8f"),
            (546, 378, -90, "#7d5a86", "#d98a3d"),
            (560, 128, 180, "#3c5a78", "#c4574e"),
            (640, 460, 0, "#4d7f6d", "#8a4a5a"),
        )
    )
    numbers = _number("1", 716, 234) + _number("2", 606, 378) + _number("3", 622, 128) + _number("4", 702, 460)
    return land() + road + middle + bus + mirrors + lamps + cab + wheel + driver + kids + numbers


def _from_above(shirt: str, satchel: str = "") -> str:
    """Somebody seen from straight above, facing up: shoulders, arms, hair, nose; a satchel on the back for a pupil."""
    bag = rect(-14, 10, 28, 20, satchel, 6) + rect(-9, 24, 18, 4, "#ffffff66", 2) if satchel else ""
    arms = ellipse(-25, -5, 6, 11, shirt) + ellipse(25, -5, 6, 11, shirt)
    hands = circle(-24, -16, 5, SKIN) + circle(24, -16, 5, SKIN)
    return hands + arms + ellipse(0, 2, 28, 13, shirt) + bag + circle(0, -16, 4, SKIN) + circle(0, -1, 15, HAIR)


def three_lanes() -> str:
    """An expressway with three lanes one way, speeds written on the road; a coach in the right lane."""
    eye = Eye(horizon=150, height=5.2, focal=720)
    edge = [eye.strip(-9.8, 6.2, ROAD_EDGE), eye.strip(-9.6, 6.0, ROAD), eye.solid(-9.0, YELLOW), eye.solid(2.0, WHITE)]
    lines = [eye.dashes(-5.25, WHITE, near=6), eye.dashes(-1.6, WHITE, near=6)]
    rails = [eye.solid(-9.9, STEEL, width=0.3), eye.solid(6.2, STEEL, width=0.3)]
    frame = stroke(112, 42, 112, 300, STEEL, 9) + stroke(582, 42, 582, 300, STEEL, 9) + rect(106, 40, 482, 12, STEEL)
    boards = []
    for x, low, high in ((190, "110", "120"), (302, "90", "100"), (414, "60", "100")):
        boards.append(circle(x - 26, 86, 25, "#1657a8") + _figures(low, x - 26, 86, 21, WHITE))
        boards.append(
            circle(x + 26, 86, 25, "#c8161d") + circle(x + 26, 86, 20, WHITE) + _figures(high, x + 26, 86, 17, INK)
        )
    numbers = _number("1", 52, 410) + _number("2", 229, 410) + _number("3", 410, 410)
    traffic = eye.put(car(SILVER), -7.1, 40) + eye.put(car(BLUE), -3.4, 60)
    return "".join([ground(eye), *edge, *lines, *rails, traffic, frame, *boards, numbers])


def _figures(text: str, x: float, y: float, height: float, colour: str) -> str:
    """Digits, 9 among them (a turned 6)."""
    scale, step = height / 100, 76
    parts = []
    for index, letter in enumerate(text):
        at = x + (index * step - (len(text) * step - 16) / 2) * scale
        turned = letter == "9"
        parts.append(
            group(
                words("6" if turned else letter, 0, 0, height, colour, 16),
                at + 30 * scale,
                y,
                turn=180 if turned else 0,
            )
        )
    return "".join(parts)


def aisle() -> str:
    """The inside of a coach from above: bags in the gangway and before the rear door."""
    body = rect(50, 110, 700, 280, INK, 34) + rect(60, 120, 680, 260, BONE, 28)
    nose = path("M700,126 Q734,130 734,160 V340 Q734,370 700,374 Z", fill=GLASS)
    seats = "".join(
        rect(x, y, 44, 44, "#4c6a7c", 8) + rect(x, y, 12, 44, "#3f5868", 5)
        for x in range(84, 600, 66)
        for y in (134, 184, 272, 322)
        if not (x > 480 and y > 250) and not (x < 200 and y < 200)
    )
    people = "".join(
        circle(x + 26, y + 22, 13, tone)
        for x, y, tone in (
            (282, 134, "#7d5a86"),
            (348, 184, "#c4574e"),
            (414, 272, "#3c5a78"),
            (216, 322, "#4d7f6d"),
            (480, 134, "#9c6f43"),
            (282, 322, "#b5473f"),
        )
    )
    wheel = (
        f'<circle cx="684" cy="172" r="20" fill="none" stroke="{INK}" stroke-width="6"/>'
        + rect(620, 150, 40, 44, "#4c6a7c", 8)
        + circle(644, 172, 14, "#26364d")
    )
    front = rect(560, 380, 90, 12, "#8fd0c6") + rect(556, 376, 6, 20, INK) + rect(648, 376, 6, 20, INK)
    rear = rect(96, 108, 84, 12, MADDER) + rect(92, 104, 6, 20, MADDER) + rect(178, 104, 6, 20, MADDER)
    bags = "".join(
        rect(x, y, w, h, tone, 8) + rect(x + w / 2 - 8, y - 5, 16, 8, INK, 3)
        for x, y, w, h, tone in (
            (100, 128, 52, 44, "#b98a55"),
            (150, 140, 40, 50, "#7d5a3c"),
            (110, 178, 56, 34, "#9c6f43"),
            (176, 232, 56, 36, "#3e7f5c"),
            (246, 234, 46, 34, "#b98a55"),
            (330, 230, 60, 38, "#9c6f43"),
            (410, 234, 48, 34, "#b5473f"),
            (470, 231, 52, 38, "#7d5a3c"),
        )
    )
    return rect(0, 0, 800, 500, ROAD) + body + nose + seats + people + wheel + front + rear + bags


def turning_lorry() -> str:
    """A long lorry turning right from above, four people near it."""
    cx, half = 360.0, 75.0
    road = rect(cx - half, 0, 2 * half, 500, ROAD) + rect(0, 110, 800, 150, ROAD)
    corner = path(f"M{cx + half},290 Q{cx + half},260 {cx + half + 30},260 L{cx + half},260 Z", fill=ROAD)
    lines = (
        stroke(cx, 300, cx, 500, YELLOW, 4)
        + stroke(cx, 0, cx, 80, YELLOW, 4)
        + stroke(0, 185, cx - half - 24, 185, YELLOW, 4)
        + stroke(cx + half + 24, 185, 800, 185, YELLOW, 4)
    )
    trailer = group(
        rect(-24, -20, 48, 190, "#5d7f95", 4)
        + "".join(stroke(-24, y, 24, y, "#ffffff55", 3) for y in (10, 50, 90, 130))
        + rect(-26, 120, 6, 36, TYRE, 2)
        + rect(20, 120, 6, 36, TYRE, 2),
        414,
        248,
        turn=4,
    )
    tractor = group(
        rect(-23, -70, 46, 84, "#4c555a", 6) + rect(-21, -70, 42, 52, OURS, 6) + rect(-17, -64, 34, 12, GLASS, 3),
        426,
        230,
        turn=50,
    )
    turn = way("M470,196 Q520,206 590,222")

    def man(x: float, y: float, tone: str) -> str:
        return ellipse(x, y, 15, 9, tone) + circle(x, y, 8, HAIR)

    people = man(447, 300, "#c4574e") + man(282, 330, "#7d5a86") + man(250, 90, "#3c5a78") + man(600, 96, "#4d7f6d")
    numbers = _number("1", 246, 346) + _number("2", 216, 80) + _number("3", 634, 84) + _number("4", 490, 322)
    return land() + road + corner + lines + turn + trailer + tractor + people + numbers


def tank_ahead() -> str:
    """An expressway from the driver's seat; ahead a tank lorry with a yellow rhombus and a triangle on its back."""
    eye = Eye()
    road = eye.strip(-6.4, 5.4, ROAD) + eye.solid(-5.25, YELLOW) + eye.solid(1.75, WHITE) + eye.dashes(-1.75, WHITE)
    rails = eye.solid(-6.6, STEEL, width=0.2) + eye.solid(5.6, STEEL, width=0.2)
    return "".join([ground(eye), road, rails, eye.put(_tank(), 0, 14), eye.put(car(SILVER), -3.5, 34), cockpit()])


def _tank() -> str:
    return "".join(
        [
            ellipse(0, -0.02, 1.5, 0.1, "#4c555a"),
            rect(-1.18, -0.5, 0.4, 0.5, TYRE, 0.06),
            rect(0.78, -0.5, 0.4, 0.5, TYRE, 0.06),
            rect(-1.2, -0.9, 2.4, 0.4, INK),
            circle(0, -2.15, 1.3, "#aab4b9"),
            circle(0, -2.15, 1.2, "#d5dce0"),
            group(rect(-0.5, -0.5, 1.0, 1.0, INK) + rect(-0.45, -0.45, 0.9, 0.9, "#e8731a"), 0, -2.1, turn=45),
            path(
                "M-0.06,-1.78 Q-0.36,-1.98 -0.2,-2.26 Q-0.1,-2.16 -0.06,-2.3 Q-0.02,-2.52 0.12,-2.58 Q0.08,-2.36 0.22,-2.22 Q0.36,-1.98 0.1,-1.78 Z",
                fill=INK,
            ),
            polygon([(-0.34, -3.42), (0, -4.0), (0.34, -3.42)], MADDER),
            polygon([(-0.22, -3.48), (0, -3.86), (0.22, -3.48)], SCHOOL),
            rect(-1.2, -0.76, 2.4, 0.14, BONE),
            "".join(rect(-1.2 + 0.6 * i, -0.76, 0.3, 0.14, MADDER) for i in range(4)),
            rect(-0.28, -0.58, 0.56, 0.15, SCHOOL, 0.02),
            rect(-1.15, -0.6, 0.3, 0.14, MADDER),
            rect(0.85, -0.6, 0.3, 0.14, MADDER),
        ]
    )


def _lorry(load: str) -> str:
    """A lorry from its side, going left: 520 long, the load drawn first, wheels on y = 0."""
    return "".join(
        [
            load,
            rect(-120, -150, 380, 84, "#5d7f95", 4),
            "".join(stroke(x, -146, x, -70, "#ffffff66", 6) for x in (-46, 30, 106, 182)),
            path("M-134,-60 V-214 H-210 L-262,-140 V-60 Z", fill=BLUE),
            polygon([(-200, -198), (-152, -198), (-152, -142), (-240, -142)], GLASS),
            rect(-262, -70, 522, 20, INK),
            rect(-262, -100, 16, 20, "#fff3c4", 4),
            rect(250, -92, 12, 22, MADDER, 3),
            rect(226, -46, 34, 10, STEEL, 2),
            _wheel(-196, -38),
            _wheel(110, -38),
            _wheel(196, -38),
        ]
    )


def _houses() -> str:
    blocks = (
        (20, 150, 130, 240, "#d8cdbb"),
        (170, 190, 110, 200, "#c9bfae"),
        (610, 130, 150, 260, "#d3c7b4"),
        (500, 210, 96, 180, "#c4b8a6"),
    )
    walls = "".join(
        rect(x, y, w, h, tone, 3) + rect(x - 4, y - 10, w + 8, 12, "#8d4a3f") for x, y, w, h, tone in blocks
    )
    windows = "".join(
        rect(x + 16 + 34 * i, y + 22 + 44 * j, 18, 24, GLASS)
        for x, y, w, h, _ in blocks
        for i in range(int((w - 20) / 34))
        for j in range(int((h - 70) / 44))
    )
    return walls + windows


def sitting_high() -> str:
    """A lorry in a town with sacks over its boards and people sitting on the sacks."""
    sacks = "".join(
        ellipse(x, y, 44, 24, tone)
        for x, y, tone in (
            (-78, -164, "#c9b48a"),
            (4, -166, "#bfa878"),
            (88, -164, "#c9b48a"),
            (170, -166, "#bfa878"),
            (226, -162, "#c9b48a"),
            (-40, -196, "#bfa878"),
            (44, -200, "#c9b48a"),
            (130, -198, "#bfa878"),
            (200, -192, "#c9b48a"),
        )
    )

    def sitter(x: float, tone: str) -> str:
        return (
            path(f"M{x},-214 L{x - 34},-206 L{x - 38},-178", stroke="#26364d", width=17)
            + rect(x - 14, -270, 30, 60, tone, 11)
            + path(f"M{x - 4},-256 L{x - 28},-226", stroke=tone, width=12)
            + circle(x, -288, 17, SKIN)
            + path(f"M{x - 17},-290 A17,17 0 0 1 {x + 17},-290 Z", fill=HAIR)
        )

    people = sitter(0, "#7d5a86") + sitter(86, "#c4574e") + sitter(170, "#3e7f5c")
    ropes = line("M-100,-150 Q-96,-190 -60,-204 M240,-150 Q238,-186 214,-202", BONE, 5)
    return (
        rect(0, 0, 800, 500, SKY)
        + _houses()
        + rect(0, 390, 800, 110, ROAD)
        + rect(0, 384, 800, 8, KERB)
        + rect(0, 444, 800, 6, WHITE)
        + group(_lorry(sacks) + people + ropes, 400, 430)
    )


def long_timber() -> str:
    """A lorry whose tree trunks stick out far behind it."""
    logs = "".join(
        rect(-116, y, 560, 26, tone, 10) + circle(440, y + 13, 13, "#d9b483") + circle(440, y + 13, 6, "#b98a55")
        for y, tone in ((-206, "#8b5d2d"), (-180, "#a9743c"), (-232, "#9c6a35"))
    )
    belts = line("M-60,-232 V-150 M80,-232 V-150 M200,-232 V-150", INK, 6)
    trees = "".join(
        group(polygon([(-30, 0), (0, -130), (30, 0)], "#5f8566") + rect(-5, 0, 10, 22, "#6d5a48"), x, 376)
        for x in (60, 150, 640, 735)
    )
    return _backdrop(400) + trees + group(_lorry(logs) + belts, 300, 432)


SCENES = {
    "hv_four_places": four_places,
    "hv_around_bus": around_bus,
    "hv_three_lanes": three_lanes,
    "hv_aisle": aisle,
    "hv_turning_lorry": turning_lorry,
    "hv_tank_ahead": tank_ahead,
    "hv_sitting_high": sitting_high,
    "hv_long_timber": long_timber,
}
