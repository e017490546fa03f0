"""Scenes of signals, of courtesy on the road, of help after an accident, and of accidents that are told."""

import plan
from drive import Eye, arrow_lamps, cockpit, ground, lamps, mast, two_lanes
from palette import (
    AMBER,
    BLUE,
    BONE,
    GLASS,
    GO,
    GRASS,
    GREEN,
    HAIR,
    HILL,
    INK,
    KERB,
    LAMP,
    MADDER,
    NAVY,
    OFF,
    OURS,
    PEAK,
    RED,
    ROAD,
    ROAD_EDGE,
    ROCK,
    SCHOOL,
    SILVER,
    SKIN,
    SKY,
    SNOW,
    STEEL,
    STOP,
    TYRE,
    VEST,
    WATER,
    WHITE,
    YELLOW,
)
from people import child, herder, walker
from plan import arms, land, signal, way, zebra
from road_users import bus, car, car_side, glow, truck, truck_side, yak
from scenes_drive import _junction, _trees
from signs import SIGNS, _ring
from strokes import arrow, words
from svg import circle, ellipse, group, path, polygon, rect, stroke

EYE = Eye()
BLACK = "#141414"
MOVE = "#d6301f"
NIGHT, NIGHT_LAND, NIGHT_ROAD = "#16202c", "#1d2a26", "#2c343a"


# people and things


def _swing(x0: float, y0: float, x1: float, y1: float) -> str:
    """A red arrow in metres along one of the axes."""
    length = abs(x1 - x0) + abs(y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    back = (x1 - ux * 0.2, y1 - uy * 0.2)
    tip = [(x1, y1), (back[0] - uy * 0.14, back[1] + ux * 0.14), (back[0] + uy * 0.14, back[1] - ux * 0.14)]
    return stroke(x0, y0, *back, MOVE, 0.08) + polygon(tip, MOVE)


def officer(pose: str) -> str:
    """A traffic police officer facing us; a red arrow shows the way a hand swings. Our right is the officer's left."""
    sleeves = {
        "up": path("M0.27,-1.34 L0.3,-2.05", stroke=NAVY, width=0.14) + rect(0.22, -2.3, 0.17, 0.22, BONE, 0.05),
        "out_l": path("M0.27,-1.34 L1.0,-1.38", stroke=NAVY, width=0.14) + rect(0.98, -1.5, 0.2, 0.2, BONE, 0.05),
        "out_r": path("M-0.27,-1.34 L-1.0,-1.38", stroke=NAVY, width=0.14) + rect(-1.18, -1.5, 0.2, 0.2, BONE, 0.05),
        "down_l": path("M0.27,-1.32 L0.36,-0.8", stroke=NAVY, width=0.14) + circle(0.37, -0.75, 0.07, BONE),
        "down_r": path("M-0.27,-1.32 L-0.36,-0.8", stroke=NAVY, width=0.14) + circle(-0.37, -0.75, 0.07, BONE),
        "side_r": path("M-0.27,-1.34 L-0.82,-1.3", stroke=NAVY, width=0.15) + ellipse(-0.92, -1.28, 0.15, 0.08, BONE),
        "fore_r": path("M-0.26,-1.32 L-0.42,-1.26", stroke=NAVY, width=0.22)
        + rect(-0.56, -1.4, 0.14, 0.28, BONE, 0.05),
        "low_r": path("M-0.27,-1.3 L-0.46,-0.98", stroke=NAVY, width=0.2) + rect(-0.58, -1.02, 0.14, 0.26, BONE, 0.05),
    }
    swing = {
        "slow": _swing(-0.95, -1.14, -0.95, -0.58),
        "lane": _swing(-0.52, -0.98, 0.36, -0.98),
        "aside": _swing(-0.52, -0.62, 0.36, -0.62),
    }
    back, front = {
        "stop": (("down_r", "up"), ()),
        "straight": (("out_l", "out_r"), ()),
        "slow": (("down_l", "side_r"), ()),
        "lane": (("down_l",), ("fore_r",)),
        "aside": (("up",), ("low_r",)),
    }[pose]
    parts = [
        rect(-0.2, -0.86, 0.18, 0.86, NAVY),
        rect(0.02, -0.86, 0.18, 0.86, NAVY),
        rect(-0.22, -0.07, 0.21, 0.07, INK),
        rect(0.01, -0.07, 0.21, 0.07, INK),
        *(sleeves[name] for name in back),
        rect(-0.28, -1.45, 0.56, 0.68, VEST, 0.1),
        rect(-0.28, -1.08, 0.56, 0.1, BONE),
        rect(-0.2, -1.45, 0.07, 0.68, BONE),
        rect(0.13, -1.45, 0.07, 0.68, BONE),
        circle(0, -1.6, 0.16, SKIN),
        circle(-0.06, -1.6, 0.02, INK),
        circle(0.06, -1.6, 0.02, INK),
        path("M-0.22,-1.72 Q0,-1.98 0.22,-1.72 Z", fill=BONE),
        rect(-0.18, -1.73, 0.36, 0.07, NAVY),
        *(sleeves[name] for name in front),
        swing.get(pose, ""),
    ]
    return "".join(parts)


def elder() -> str:
    """An old person in a robe, bent over a stick, walking to the right."""
    return "".join(
        [
            stroke(0.5, -0.95, 0.56, 0, "#7d5a3c", 0.06),
            rect(-0.26, -0.14, 0.22, 0.14, INK, 0.05),
            rect(0.04, -0.14, 0.22, 0.14, INK, 0.05),
            path("M-0.2,-1.18 Q0.02,-1.32 0.24,-1.26 L0.34,-0.1 L-0.38,-0.1 Z", fill="#5b3140"),
            rect(-0.32, -0.78, 0.62, 0.12, "#c98b3b", 0.04),
            path("M0.14,-1.12 L0.5,-0.92", stroke="#5b3140", width=0.14),
            circle(0.5, -0.94, 0.06, SKIN),
            circle(0.26, -1.38, 0.15, SKIN),
            path("M0.1,-1.36 A0.16,0.16 0 0 1 0.36,-1.5 L0.22,-1.44 Z", fill="#e9e6df"),
        ]
    )


def sitting(robe: str) -> str:
    """An old person sitting on the ground with a hand prayer wheel."""
    return "".join(
        [
            path("M-0.46,0 Q-0.4,-0.34 0,-0.34 Q0.42,-0.34 0.5,0 Z", fill=robe),
            path("M-0.26,-0.28 L-0.2,-0.86 Q0,-0.94 0.2,-0.86 L0.26,-0.28 Z", fill=robe),
            path("M0.16,-0.72 L0.42,-0.56", stroke=robe, width=0.13),
            stroke(0.44, -0.5, 0.44, -0.86, "#7d5a3c", 0.05),
            rect(0.34, -1.08, 0.2, 0.24, AMBER, 0.04),
            circle(0, -1.04, 0.15, SKIN),
            path("M-0.16,-1.06 A0.16,0.16 0 0 1 0.16,-1.06 Z", fill="#d9d4ca"),
        ]
    )


def lying(robe: str, helmet: bool = False) -> str:
    """A person stretched out on the ground, head to the right; arms forward, or a rider with a helmet on the back."""
    head = circle(0.98, -0.2, 0.15, SKIN) + path("M0.9,-0.34 A0.16,0.16 0 0 1 1.12,-0.12 Z", fill=HAIR)
    arms_ = path("M0.7,-0.18 L1.5,-0.06", stroke=robe, width=0.14) + circle(1.56, -0.06, 0.07, SKIN)
    if helmet:
        head = circle(0.98, -0.22, 0.2, RED) + path("M1.0,-0.4 Q1.2,-0.36 1.17,-0.18 L1.02,-0.22 Z", fill=GLASS)
        arms_ = path("M0.6,-0.14 L0.2,-0.04", stroke=robe, width=0.13) + circle(0.14, -0.04, 0.06, SKIN)
    legs = path("M-0.2,-0.16 L-0.86,-0.1", stroke=NAVY, width=0.18) + rect(-1.02, -0.24, 0.18, 0.22, INK, 0.05)
    return legs + rect(-0.3, -0.36, 1.16, 0.32, robe, 0.12) + head + arms_


def praying(robe: str) -> str:
    """A pilgrim standing with both hands joined over the head, an apron in front."""
    return "".join(
        [
            rect(-0.2, -0.12, 0.18, 0.12, INK, 0.04),
            rect(0.02, -0.12, 0.18, 0.12, INK, 0.04),
            path("M-0.22,-1.42 Q0,-1.5 0.22,-1.42 L0.32,-0.1 L-0.32,-0.1 Z", fill=robe),
            rect(-0.2, -1.3, 0.4, 1.0, "#a9895c", 0.05),
            path("M-0.22,-1.36 L-0.26,-1.78 L0,-2.02 L0.26,-1.78 L0.22,-1.36", stroke=robe, width=0.12),
            circle(0, -2.06, 0.09, SKIN),
            circle(0, -1.6, 0.16, SKIN),
            path("M-0.17,-1.62 A0.17,0.17 0 0 1 0.17,-1.62 Z", fill=HAIR),
        ]
    )


def waving(shirt: str) -> str:
    """A person facing us with both arms up."""
    return "".join(
        [
            path("M-0.1,-0.8 L-0.13,-0.05 M0.1,-0.8 L0.13,-0.05", stroke=NAVY, width=0.17),
            rect(-0.21, -1.42, 0.42, 0.66, shirt, 0.1),
            path("M-0.18,-1.34 L-0.5,-1.9 M0.18,-1.34 L0.5,-1.9", stroke=shirt, width=0.12),
            circle(-0.52, -1.95, 0.07, SKIN),
            circle(0.52, -1.95, 0.07, SKIN),
            circle(0, -1.58, 0.16, SKIN),
            path("M-0.17,-1.58 A0.17,0.17 0 0 1 0.17,-1.58 Z", fill=HAIR),
        ]
    )


def kneeling(shirt: str) -> str:
    """A person on the knees facing left, both hands held out low."""
    return "".join(
        [
            path("M0.1,-0.5 L-0.1,-0.1 L0.46,-0.08", stroke=NAVY, width=0.19),
            path("M0.12,-0.5 L-0.04,-1.02", stroke=shirt, width=0.34),
            path("M-0.06,-0.98 L-0.5,-0.42 M0,-0.9 L-0.44,-0.3", stroke=shirt, width=0.11),
            circle(-0.53, -0.38, 0.06, SKIN),
            circle(-0.46, -0.26, 0.06, SKIN),
            circle(-0.14, -1.28, 0.16, SKIN),
            path("M-0.28,-1.34 A0.16,0.16 0 0 1 0.03,-1.26 L-0.1,-1.32 Z", fill=HAIR),
        ]
    )


def house(wide: float = 7, high: float = 4) -> str:
    """A Tibetan village house: whitewashed walls leaning in, a dark red band, framed windows."""
    half = wide / 2
    count = int(wide / 2)
    step = wide / count
    windows = "".join(
        polygon(
            [(x - 0.55, -high * 0.3), (x - 0.45, -high * 0.66), (x + 0.45, -high * 0.66), (x + 0.55, -high * 0.3)], INK
        )
        + rect(x - 0.32, -high * 0.6, 0.64, high * 0.26, "#7a95a3")
        for x in (-half + step * (i + 0.5) for i in range(count))
    )
    return (
        polygon([(-half, 0), (-half + 0.3, -high), (half - 0.3, -high), (half, 0)], "#efe9dc")
        + rect(-half + 0.24, -high, wide - 0.48, 0.5, MADDER)
        + rect(-half + 0.1, -high - 0.14, wide - 0.2, 0.2, BONE)
        + windows
    )


def moto_side(riders: int, helmet: bool, bag: bool = False) -> str:
    """A motorcycle going right with one to three riders."""
    seats = [(0.0, "#4a5f8a"), (-0.42, "#8a4a5a"), (-0.84, "#4f7d5d")][:riders]
    parts = [
        ellipse(0, 0, 1.25, 0.08, "#4c555a"),
        *(circle(x, -0.34, 0.34, TYRE) + circle(x, -0.34, 0.18, STEEL) for x in (-0.78, 0.78)),
        path("M0.78,-0.34 L0.5,-1.08 M0.5,-1.08 L0.3,-1.14", stroke=INK, width=0.08),
        path("M-0.78,-0.34 L0.1,-0.36 L0.42,-0.8", stroke=STEEL, width=0.1),
        path("M-1.25,-0.86 L-0.1,-0.8 Q0.2,-1.0 0.5,-0.9 L0.3,-0.6 L-0.3,-0.56 Z", fill=MADDER),
        rect(-1.2, -0.92, 1.25, 0.13, INK, 0.05),
        circle(0.62, -0.96, 0.1, LAMP),
    ]
    for x, coat in reversed(seats):
        parts += [
            path(f"M{x - 0.1},-0.92 L{x + 0.22},-0.72 L{x + 0.16},-0.34", stroke=NAVY, width=0.17),
            rect(x - 0.26, -1.56, 0.36, 0.7, coat, 0.12),
            path(f"M{x - 0.04},-1.46 L{x + 0.42},-1.14", stroke=coat, width=0.12),
            circle(x - 0.04, -1.76, 0.16, SKIN),
            (
                circle(x - 0.05, -1.8, 0.2, SILVER)
                + path(f"M{x},-1.94 Q{x + 0.17},-1.86 {x + 0.13},-1.72 L{x},-1.76 Z", fill=GLASS)
                if helmet
                else path(f"M{x - 0.2},-1.74 A0.17,0.17 0 0 1 {x + 0.1},-1.86 L{x - 0.06},-1.8 Z", fill=HAIR)
            ),
        ]
    if bag:
        parts.append(stroke(0.36, -1.12, 0.4, -0.92, INK, 0.04) + rect(0.22, -0.94, 0.4, 0.5, "#e6dccb", 0.1))
        parts.append(stroke(0.3, -0.72, 0.56, -0.72, "#b9a98c", 0.04))
    return "".join(parts)


def triangle(size: float = 1) -> str:
    """A red warning triangle standing on the road, origin at its foot."""
    body = polygon([(0, -0.62), (0.4, 0), (-0.4, 0)], MADDER) + polygon([(0, -0.36), (0.18, -0.1), (-0.18, -0.1)], BONE)
    return group(body, scale=size)


def board(eye: Eye, drawn: str, x: float, z: float, high: float = 2.3, size: float = 1.1) -> str:
    """A sign (a 200 by 200 drawing) on its post beside the road."""
    px, py = eye.at(x, z)
    scale = eye.focal / z
    side = size * scale
    top = py - high * scale - side / 2
    return stroke(px, py, px, top, STEEL, scale * 0.1) + group(
        drawn, px - side / 2, top - side / 2, scale=round(side / 200, 2)
    )


def ambulance(x: float, y: float, turn: float = 0) -> str:
    """An ambulance from above: white, a red cross on the roof, blue and red lights lit."""
    body = (
        rect(-21, -46, 42, 94, "#4c555a", 9)
        + rect(-20, -46, 40, 90, "#ffffff", 9)
        + rect(-16, -36, 32, 14, GLASS, 4)
        + rect(-4, 0, 8, 26, "#d21f26")
        + rect(-13, 9, 26, 8, "#d21f26")
        + glow(-9, -15, 5, "#d21f26")
        + glow(9, -15, 5, "#2a5fd0")
    )
    return group(body, x, y, turn=turn)


def bicycle(x: float, y: float, turn: float = 0) -> str:
    """A bicycle and its rider from above."""
    body = (
        rect(-2, -26, 4, 52, TYRE, 2)
        + rect(-12, -14, 24, 3, INK, 1)
        + rect(-10, -8, 20, 18, GREEN, 8)
        + circle(0, -1, 8, HAIR)
    )
    return group(body, x, y, turn=turn)


def stand(part: str, x: float, y: float, scale: float = 36, flip: bool = False) -> str:
    """A person drawn upright into a plan."""
    return group(part, x, y, scale=scale, flip=flip)


# signals in scenes


def officer_crossing_left() -> str:
    return "".join(
        [
            land(),
            arms(400, 210),
            way("M215,240 L570,240"),
            plan.car(165, 240, 90, OURS),
            plan.car(430, 392, colour=SILVER),
            plan.car(600, 180, -90, SILVER),
            signal(255, 325, "red", 90),
            signal(510, 400, "green"),
            stand(officer("straight"), 400, 252, 46),
        ]
    )


def officer_crossing_below() -> str:
    return "".join(
        [
            land(),
            arms(400, 210),
            plan.car(430, 400, colour=OURS),
            plan.car(190, 240, 90),
            plan.car(370, 56, 180, SILVER),
            signal(510, 400, "green"),
            signal(290, 58, "green", 180),
            signal(255, 325, "red", 90),
            stand(officer("straight"), 400, 252, 46),
        ]
    )


def small_road_truck() -> str:
    road = rect(0, 140, 800, 130, ROAD) + stroke(0, 205, 800, 205, YELLOW, 4)
    road += rect(345, 266, 110, 240, ROAD) + stroke(400, 320, 400, 500, YELLOW, 4)
    edges = (
        stroke(0, 144, 800, 144, WHITE, 4) + stroke(0, 266, 345, 266, WHITE, 4) + stroke(455, 266, 800, 266, WHITE, 4)
    )
    marks = "".join(rect(x, y, 10, 5, WHITE) for y in (276, 288) for x in (404, 420, 436))
    return "".join(
        [
            land(),
            road,
            edges,
            marks,
            way("M428,330 L428,262 Q428,240 470,238 L560,238"),
            way("M270,238 L350,238", "#5d7f95"),
            plan.truck(190, 238, 90),
            plan.car(650, 172, -90, SILVER),
            plan.car(428, 396, colour=OURS, right=True),
            stroke(520, 400, 520, 340, STEEL, 6),
            group(SIGNS["triangle_give_way"](), 474, 282, scale=0.46),
        ]
    )


def blue_disc_green() -> str:
    eye = EYE
    return "".join(
        [
            ground(eye),
            _junction(eye),
            _trees(),
            mast(eye, lamps("green", 1.1), 0.6, 30, 6.2, 5.4),
            eye.put(car(SILVER, front=True), -3.5, 40),
            board(eye, SIGNS["blue_straight_right"](), 3.0, 11.5, 1.9, 1.3),
            cockpit(),
        ]
    )


def green_slow_walker() -> str:
    eye = EYE
    return "".join(
        [
            ground(eye),
            _junction(eye),
            eye.zebra(-5.2, 1.8, 12.3, 2.4),
            _trees(),
            mast(eye, lamps("green", 1.1), 2.2, 30, 6.2, 5.4),
            eye.put(elder(), -0.7, 12.9),
            cockpit(),
        ]
    )


def octagon_corner() -> str:
    eye = EYE
    lines = eye.strip(-1.75, 1.75, WHITE, 11.0, 11.3) + eye.strip(-1.75, 1.75, WHITE, 11.55, 11.85)
    road = (
        eye.strip(-5.6, 2.1, ROAD, 14, 260)
        + eye.side_road(15, 8)
        + eye.strip(-5.6, 2.1, ROAD, 5, 16)
        + eye.solid(-5.25, WHITE, 5, 13)
        + eye.solid(1.75, WHITE, 5, 13)
        + eye.solid(-1.75, YELLOW, 5, 10.8)
        + eye.dashes(-1.75, YELLOW, 30, 120)
    )
    return "".join(
        [
            ground(eye),
            road,
            lines,
            eye.put(house(9, 4.4), -13, 25),
            eye.put(house(8, 4), 13, 25),
            eye.put(herder(), -6.6, 14),
            board(eye, SIGNS["octagon_stop"](), 3.0, 11.5, 1.9, 1.3),
            cockpit(),
        ]
    )


def bridge_truck() -> str:
    eye = EYE
    river = eye.strip(-120, 120, WATER, 17, 30)
    ripples = "".join(
        path(f"M{x},{y} q14,-5 28,0 q14,5 28,0", stroke="#dbe8ec", width=3)
        for x, y in ((60, 256), (160, 280), (620, 262), (700, 286))
    )
    deck = eye.strip(-3.9, 0.5, "#8a8f92", 16, 31) + eye.strip(-3.6, 0.2, ROAD, 15.5, 31.5)
    joins = polygon([eye.at(-5.6, 13), eye.at(-3.6, 16.2), eye.at(-3.6, 16.6), eye.at(-7, 16.6)], HILL) + polygon(
        [eye.at(2.1, 13), eye.at(0.2, 16.2), eye.at(0.2, 16.6), eye.at(4, 16.6)], HILL
    )
    rails = ""
    for x in (-3.9, 0.5):
        posts = "".join(eye.put(stroke(0, 0, 0, -1.0, STEEL, 0.14), x, z) for z in (30, 26, 22.5, 19.5, 17))
        a, b, c, d = eye.at(x, 31, 1.0), eye.at(x, 16, 1.0), eye.at(x, 31, 0.55), eye.at(x, 16, 0.55)
        rails += posts + stroke(*a, *b, STEEL, 6) + stroke(*c, *d, STEEL, 5)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            river,
            ripples,
            joins,
            deck,
            eye.put(truck("#4f7d93", front=True), -1.75, 36),
            rails,
            board(eye, SIGNS["meet_red_up"](), 3.0, 12.5, 1.9, 1.4),
            cockpit(),
        ]
    )


def _approach(arrows: str = "lsr", side: bool = True) -> str:
    """Three lanes of one approach from below, the other way on the left, a cross road at the top."""
    road = rect(0, 40, 800, 150, ROAD) + rect(190, 0, 420, 500, ROAD)
    far = stroke(0, 115, 150, 115, YELLOW, 5) + stroke(650, 115, 800, 115, YELLOW, 5)
    edges = rect(196, 262, 5, 240, WHITE) + rect(600, 262, 5, 240, WHITE)
    lanes = rect(290, 262, 6, 240, YELLOW) + rect(301, 262, 6, 240, YELLOW)
    lanes += rect(402, 262, 6, 240, WHITE) + rect(502, 262, 6, 240, WHITE) + rect(307, 254, 294, 9, WHITE)
    stripes = zebra(195, 208, 410, True)
    painted = "".join(_painted(355 + 98 * i, 330, letter) for i, letter in enumerate(arrows) if letter != "-")
    return land(GRASS) + road + far + edges + lanes + stripes + painted


def _painted(x: float, y: float, turn: str) -> str:
    """A lane arrow on the ground: l, s or r."""
    if turn == "s":
        return arrow([(x, y + 42), (x, y - 42)], WHITE, 9, 26)
    side = -1 if turn == "l" else 1
    return stroke(x - side * 8, y + 42, x - side * 8, y - 4, WHITE, 9) + arrow(
        [(x - side * 12, y), (x + side * 26, y)], WHITE, 9, 24
    )


def solid_lanes() -> str:
    return "".join(
        [
            _approach(),
            way("M453,276 L453,170 Q440,86 340,86 L170,86"),
            plan.car(453, 424, colour=OURS, left=True),
            plan.car(355, 440, colour=SILVER),
            plan.car(551, 440),
            plan.car(245, 420, 180, GREEN),
        ]
    )


def _lying_head(x: float, y: float, colours: tuple[str, str, str], scale: float = 44) -> str:
    return group(arrow_lamps(colours), x, y, scale=scale)


def _crossing_lanes() -> str:
    """A wider crossing: our three lanes end far below the cross road."""
    road = rect(0, 20, 800, 200, ROAD) + rect(190, 0, 420, 500, ROAD)
    far = stroke(0, 120, 170, 120, YELLOW, 5) + stroke(630, 120, 800, 120, YELLOW, 5)
    edges = rect(196, 330, 5, 170, WHITE) + rect(600, 330, 5, 170, WHITE)
    lanes = rect(290, 330, 6, 170, YELLOW) + rect(301, 330, 6, 170, YELLOW)
    lanes += rect(402, 330, 6, 170, WHITE) + rect(502, 330, 6, 170, WHITE) + rect(307, 322, 294, 9, WHITE)
    return land(GRASS) + road + far + edges + lanes


def _officer_ahead(pose: str) -> str:
    """Two lanes our way, we are in the right one; an officer stands before us, cones and a broken-down lorry behind."""
    eye = EYE
    road = (
        eye.strip(-9.4, 2.4, ROAD_EDGE) + eye.strip(-9.1, 2.1, ROAD) + eye.solid(1.75, WHITE) + eye.solid(-5.4, YELLOW)
    )
    road += eye.dashes(-1.75, WHITE) + eye.solid(-8.75, WHITE)
    cone = polygon([(-0.22, 0), (-0.06, -0.7), (0.06, -0.7), (0.22, 0)], "#e2622b") + rect(
        -0.15, -0.4, 0.3, 0.14, WHITE
    )
    cones = "".join(eye.put(cone, x, z) for x, z in ((1.5, 19), (1.5, 22), (-1.3, 25)))
    return "".join(
        [
            ground(eye),
            road,
            _trees(places=((-14, 60), (11, 52), (12, 30))),
            eye.put(truck("#5d7f95"), 0.7, 34),
            cones,
            eye.put(car(SILVER), -3.6, 27),
            eye.put(officer(pose), -0.4, 9.6),
            cockpit(),
        ]
    )


def dashed_box() -> str:
    box = "".join(stroke(x, y, x, y - 20, WHITE, 6) for x in (313, 399) for y in range(318, 170, -34)) + rect(
        310, 152, 92, 8, WHITE
    )
    arrows = _painted(355, 470, "l")
    return "".join(
        [
            _crossing_lanes(),
            box,
            plan.car(355, 400, colour=OURS, left=True),
            plan.car(453, 250),
            plan.car(551, 230, colour=SILVER),
            plan.car(245, 110, 180, GREEN),
            arrows,
            rect(640, 250, 12, 250, STEEL),
            _lying_head(705, 320, (STOP, GO, GO), 36),
        ]
    )


def lamps_right_red() -> str:
    eye = EYE
    road = eye.strip(-9.1, 2.1, ROAD) + eye.side_road(16, 12)
    lines = eye.solid(-1.75, WHITE, 5, 12.5) + eye.solid(1.75, WHITE, 5, 12.5) + eye.solid(-5.25, YELLOW, 5, 12.5)
    lines += eye.solid(-5.5, YELLOW, 5, 12.5) + eye.strip(-5.25, 1.75, WHITE, 12, 12.5)
    shaft = eye.strip(-0.12, 0.12, WHITE, 6.6, 10.6) + eye.strip(-0.12, 0.7, WHITE, 10.6, 11.2)
    tip = polygon([eye.at(1.3, 10.9), eye.at(0.6, 10), eye.at(0.6, 11.8)], WHITE)
    return "".join(
        [
            ground(eye),
            road,
            lines,
            shaft,
            tip,
            _trees(places=((-15, 40), (12, 44))),
            eye.put(car(BLUE), -3.5, 17),
            mast(eye, arrow_lamps((STOP, GO, STOP)), 0.2, 24, 6.2, 5.2),
            cockpit(),
        ]
    )


def way_straight() -> str:
    return "".join(
        [
            _approach("---"),
            way("M453,372 L453,40"),
            plan.car(453, 424, colour=OURS),
            plan.car(551, 430, colour=SILVER, right=True),
            plan.car(355, 430, left=True),
            plan.car(245, 60, 180, GREEN),
            rect(640, 250, 12, 250, STEEL),
            _lying_head(705, 320, (OFF, OFF, OFF), 36),
        ]
    )


def way_left() -> str:
    unknown = path("M314,278 H396 V372 H314 Z", stroke=WHITE, width=4, dash="8 8") + path(
        "M341,308 Q341,292 355,292 Q370,292 370,307 Q370,318 355,326 V338", stroke=WHITE, width=7
    )
    return "".join(
        [
            _approach("-sr"),
            unknown,
            circle(355, 353, 4.5, WHITE),
            way("M355,270 L355,170 Q350,86 290,86 L170,86"),
            plan.car(355, 424, colour=OURS, left=True),
            plan.car(453, 436, colour=SILVER),
            plan.car(551, 430, colour=GREEN, right=True),
        ]
    )


def rock_edge() -> str:
    """A road from above: the left edge runs straight, a rock from the right takes the right edge in."""
    left, wide, narrow = 270, 530, 420
    road = polygon([(left, 500), (left, 0), (narrow, 0), (narrow, 150), (wide, 270), (wide, 500)], ROAD)
    edges = rect(left + 6, 0, 6, 500, WHITE) + path(f"M{wide - 9},500 V270 L{narrow - 9},150 V0", stroke=WHITE, width=6)
    middle = stroke(400, 500, 400, 300, YELLOW, 5, "40 26")
    rock = path("M800,0 H432 L428,148 L470,196 L548,276 L600,330 L700,352 L800,330 Z", fill=ROCK)
    cracks = path(
        "M470,130 L486,92 L476,50 M560,220 L584,170 L572,120 L590,84 M680,290 L700,230 L690,180",
        stroke="#7d756d",
        width=6,
    )
    return "".join(
        [
            land(GRASS),
            road,
            edges,
            middle,
            rock,
            cracks,
            plan.car(465, 420, colour=OURS),
            plan.car(338, 66, 180),
        ]
    )


def village_edge() -> str:
    eye = EYE
    verge = eye.strip(1.75, 4.4, "#a9a08e", 6, 40)
    return "".join(
        [
            ground(eye),
            two_lanes(eye, "solid"),
            verge,
            eye.put(house(8, 4), 13, 32),
            _trees(places=((-13, 60), (-15, 36))),
            board(eye, SIGNS["warn_cattle"](), 5.6, 14.5, 2.4, 1.4),
            eye.put(yak(), -7.6, 19),
            eye.put(group(yak(), scale=0.7), -9.6, 16.5, flip=True),
            eye.put(child(), 1.3, 19.6, flip=True),
            eye.put(truck("#5d7f95"), 3.1, 17.5),
            cockpit(),
        ]
    )


def left_turn_crowd() -> str:
    return "".join(
        [
            land(),
            arms(400, 210),
            way("M430,322 L430,262 Q428,182 350,180 L225,180"),
            way("M370,96 L370,330", BLUE),
            plan.motorcycle(370, 66, 180),
            plan.car(430, 372, colour=OURS, left=True),
            plan.car(430, 466, colour=SILVER),
            plan.car(590, 180, -90, BLUE),
            signal(510, 400, "green"),
            signal(290, 56, "green", 180),
            signal(560, 100, "red", -90),
            stand(elder(), 292, 228, 40),
        ]
    )


def boards_gate() -> str:
    eye = EYE
    building = rect(-7, -5, 14, 5, "#e6e0d3") + rect(-7.2, -5.5, 14.4, 0.6, "#8a9aa3")
    building += "".join(rect(x, -3.8, 1.4, 1.4, "#7a95a3") for x in (-6, -3.6, 2.2, 4.6)) + rect(
        -1.1, -2.4, 2.2, 2.4, OFF
    )
    building += (
        rect(-0.9, -4.6, 1.8, 1.8, WHITE, 0.1)
        + rect(-0.2, -4.4, 0.4, 1.4, "#d21f26")
        + rect(-0.7, -3.9, 1.4, 0.4, "#d21f26")
    )
    limit = _ring(words("40", 100, 100, 92, BLACK, 16, 14))
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            eye.strip(1.75, 4.6, "#cfc8b8", 5, 200),
            _trees(places=((-12, 50), (-13, 30))),
            eye.put(building, 16, 34),
            eye.put(elder(), 9.4, 24),
            eye.put(walker("#5b7f9a"), 7.2, 22, flip=True),
            eye.put(car(SILVER), 0, 32),
            board(eye, limit, 3.0, 12.5, 3.5, 1.15),
            board(eye, SIGNS["no_horn"](), 3.0, 12.5, 2.3, 1.15),
            board(eye, SIGNS["no_stopping"](), 3.0, 12.5, 1.1, 1.15),
            cockpit(),
        ]
    )


# courtesy


def from_behind(robe: str, pack: str = "") -> str:
    """A person seen from behind, walking away from us."""
    parts = [
        rect(-0.2, -0.5, 0.16, 0.5, NAVY),
        rect(0.04, -0.44, 0.16, 0.44, NAVY),
        path("M-0.22,-1.42 Q0,-1.5 0.22,-1.42 L0.32,-0.36 L-0.32,-0.36 Z", fill=robe),
        path("M-0.22,-1.34 L-0.36,-0.86 M0.22,-1.34 L0.36,-0.86", stroke=robe, width=0.13),
        rect(-0.28, -0.94, 0.56, 0.1, AMBER, 0.03),
        circle(0, -1.6, 0.16, HAIR),
    ]
    if pack:
        parts.append(rect(-0.24, -1.46, 0.48, 0.52, pack, 0.1))
    return "".join(parts)


def puddle_walkers() -> str:
    eye = EYE
    pool = "".join(
        polygon(
            [
                eye.at(x + dx, z + dz)
                for dx, dz in ((-0.9, 0), (-0.5, -1.0), (0.5, -1.2), (1.0, 0), (0.6, 1.3), (-0.6, 1.2))
            ],
            "#8a7a5f",
        )
        + polygon(
            [
                eye.at(x + dx * 0.8, z + dz * 0.8)
                for dx, dz in ((-0.9, 0), (-0.5, -1.0), (0.5, -1.2), (1.0, 0), (0.6, 1.3), (-0.6, 1.2))
            ],
            "#a7bcc0",
        )
        for x, z in ((0.8, 10.4), (0.2, 14.2))
    )
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            _trees(places=((-12, 50), (13, 40))),
            pool,
            eye.put(from_behind("#4a3a5a", "#7a6a4a"), 2.3, 14.4),
            eye.put(from_behind("#6e3b34", "#5d7f95"), 2.6, 12.2),
            eye.put(group(from_behind("#8a4a5a"), scale=0.68), 2.2, 10.6),
            cockpit(),
        ]
    )


def stretched_out() -> str:
    cart = (
        rect(-0.9, -0.95, 1.8, 0.6, "#8c6b4a", 0.05)
        + rect(-0.8, -1.4, 1.6, 0.5, "#5d7f95", 0.15)
        + circle(-0.5, -0.3, 0.3, TYRE)
    )
    cart += circle(0.5, -0.3, 0.3, TYRE) + stroke(0.9, -0.7, 1.5, -0.9, "#8c6b4a", 0.08)
    return "".join(
        [
            _beside(),
            group(car_side(OURS), 110, 426, scale=48),
            group(lying("#4a3a5a"), 400, 446, scale=62),
            group(praying("#6e3b34"), 560, 448, scale=62),
            group(cart, 690, 446, scale=56),
        ]
    )


def bus_other_lane() -> str:
    eye = EYE
    road = (
        eye.strip(-5.9, 5.9, ROAD_EDGE) + eye.strip(-5.6, 5.6, ROAD) + eye.solid(-5.25, WHITE) + eye.solid(5.25, WHITE)
    )
    road += eye.solid(-1.9, YELLOW, width=0.14) + eye.solid(-1.6, YELLOW, width=0.14) + eye.dashes(1.75, WHITE)
    return "".join(
        [
            ground(eye),
            road,
            _trees(places=((-12, 46), (14, 40))),
            eye.put(bus(SCHOOL, hazard=True, arm=True), 3.6, 15.5),
            eye.put(child(), 5.9, 15.0, flip=True),
            eye.put(child(), 6.8, 15.4, flip=True),
            eye.put(car(BLUE, front=True), -3.5, 40),
            cockpit(),
        ]
    )


def _wide_road() -> str:
    return (
        land()
        + rect(0, 180, 800, 160, ROAD)
        + stroke(0, 184, 800, 184, WHITE, 4)
        + stroke(0, 336, 800, 336, WHITE, 4)
        + stroke(0, 260, 800, 260, YELLOW, 4, "34 30")
    )


def rail_beside() -> str:
    paving = rect(0, 340, 800, 110, "#d9cfbd") + "".join(
        stroke(x, 340, x, 450, "#c3b8a3", 2) for x in range(0, 800, 50)
    )
    kerb = rect(0, 336, 800, 10, KERB)
    rail = (
        "".join(rect(x, 348, 6, 30, "#f4f6f7") for x in range(6, 800, 20))
        + rect(0, 352, 800, 5, "#f4f6f7")
        + rect(0, 368, 800, 5, "#f4f6f7")
    )
    rail += "".join(rect(x, 344, 8, 38, "#7f8b92") for x in range(4, 800, 80))
    return "".join(
        [
            _wide_road(),
            paving,
            kerb,
            stand(walker("#5b7f9a"), 300, 438, 40),
            stand(waving("#b5473f"), 470, 438, 40),
            rail,
            plan.car(470, 304, 90, OURS, right=True),
            plan.car(180, 300, 90, SILVER),
            plan.car(640, 222, -90, BLUE),
        ]
    )


def ball_parked() -> str:
    eye = EYE
    ball = circle(0, -0.22, 0.22, "#e0523f") + path("M-0.2,-0.26 Q0,-0.12 0.2,-0.26", stroke=WHITE, width=0.06)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            eye.strip(1.75, 4.4, "#a9a08e", 6, 60),
            _trees(places=((-12, 46), (-13, 30))),
            eye.put(house(8, 4), 11, 30),
            eye.put(car(GREEN), 3.0, 24),
            eye.put(child(), 1.7, 16.2, flip=True),
            eye.put(car(SILVER), 3.0, 14.5),
            eye.put(ball, 0.3, 15),
            cockpit(),
        ]
    )


def _night_ground(eye: Eye) -> str:
    h = eye.horizon
    stars = "".join(circle((i * 131) % 800, (i * 47) % 120, 1.5, "#c8d4e0") for i in range(24))
    hills = path(
        f"M0,{h} L0,{h - 40} L120,{h - 90} L260,{h - 30} L420,{h - 84} L600,{h - 24} L720,{h - 60} L800,{h - 30} L800,{h} Z",
        fill="#1f2c38",
    )
    road = (
        eye.strip(-5.6, 2.1, NIGHT_ROAD)
        + eye.solid(-5.25, "#7b8388")
        + eye.solid(1.75, "#9aa1a4")
        + eye.dashes(-1.75, "#a3883a")
    )
    return rect(0, 0, 800, h + 2, NIGHT) + stars + hills + rect(0, h, 800, 500 - h, NIGHT_LAND) + road


def night_glare() -> str:
    eye = EYE
    pool = group(polygon([eye.at(-2.6, 6), eye.at(2.2, 6), eye.at(2.2, 26), eye.at(-2.6, 26)], "#f4ecc8"), opacity=0.28)
    x, y = eye.at(-3.5, 22, 0.75)
    flare = "".join(
        group(circle(0, 0, r, "#fff6cf"), x + dx, y, opacity=o)
        for dx in (-24, 24)
        for r, o in ((120, 0.16), (74, 0.24), (40, 0.45))
    )
    rays = "".join(
        group(polygon([(-3, 0), (3, 0), (1, -190), (-1, -190)], "#fff6cf"), x + dx, y, turn=30 * i + 10, opacity=0.3)
        for dx in (-24, 24)
        for i in range(12)
    )
    return "".join(
        [
            _night_ground(eye),
            pool,
            eye.put(from_behind("#6b7a86"), 2.9, 15),
            eye.put(car("#55626b", front=True), -3.5, 22),
            rays,
            flare,
            circle(x - 24, y, 15, "#ffffff"),
            circle(x + 24, y, 15, "#ffffff"),
            cockpit(),
        ]
    )


def village_street() -> str:
    eye = EYE
    road = eye.strip(-4.6, 2.2, "#b3a88f") + eye.strip(-4.2, 1.8, "#a0978a")
    dog = (
        ellipse(0, -0.2, 0.5, 0.2, "#4a3a2e")
        + circle(0.5, -0.3, 0.16, "#4a3a2e")
        + polygon([(0.44, -0.44), (0.5, -0.56), (0.56, -0.42)], "#4a3a2e")
    )
    child_bike = (
        circle(-0.4, -0.28, 0.28, INK)
        + circle(-0.4, -0.28, 0.2, "#a0978a")
        + circle(0.45, -0.28, 0.28, INK)
        + circle(0.45, -0.28, 0.2, "#a0978a")
    )
    child_bike += path("M-0.4,-0.28 L0,-0.6 L0.45,-0.28 M0.3,-0.75 L0.45,-0.28", stroke=BLUE, width=0.06) + group(
        walker("#d08a2e"), -0.05, -0.35, 0.62
    )
    return "".join(
        [
            ground(eye),
            road,
            eye.put(house(8, 4.2), 9.5, 40),
            eye.put(house(8, 4.4), -12, 36),
            eye.put(house(7, 4.6), 8.2, 22),
            eye.put(house(7, 4.4), -11.6, 21),
            eye.put(child_bike, -2.6, 20),
            eye.put(dog, -0.5, 13.5),
            eye.put(sitting("#6e3b34"), 2.7, 12.6),
            eye.put(sitting("#4a3a5a"), 3.9, 12.9),
            eye.put(elder(), -4.9, 13.2),
            cockpit(),
        ]
    )


def truck_load() -> str:
    eye = EYE
    sacks = "".join(
        rect(x, y, 0.78, 0.44, "#d8c9a6", 0.16)
        for x, y in ((-1.2, -2.35), (-0.4, -2.4), (0.42, -2.35), (-0.85, -2.72), (0.0, -2.74))
    )
    person = group(sitting("#5b7f9a"), -0.55, -2.72, scale=0.95)
    second = group(sitting("#b5473f"), 0.5, -2.68, scale=0.95)
    body = (
        ellipse(0, -0.02, 1.4, 0.1, "#4c555a")
        + rect(-1.18, -0.34, 0.3, 0.34, TYRE, 0.06)
        + rect(0.88, -0.34, 0.3, 0.34, TYRE, 0.06)
    )
    box = rect(-1.25, -2.0, 2.5, 1.4, "#4f7d93", 0.05) + "".join(
        stroke(x, -1.95, x, -0.65, "#ffffff55", 0.06) for x in (-0.8, -0.3, 0.3, 0.8)
    )
    box += (
        rect(-1.2, -0.66, 2.4, 0.16, BONE)
        + rect(-1.2, -0.64, 0.4, 0.12, MADDER)
        + rect(0.8, -0.64, 0.4, 0.12, MADDER)
        + rect(-0.28, -0.5, 0.56, 0.16, SCHOOL, 0.02)
    )
    sack = rect(-0.4, -0.34, 0.8, 0.34, "#d8c9a6", 0.14)
    burst = sack + "".join(circle(0.5 + 0.13 * i, -0.06 - 0.03 * (i % 2), 0.06, "#b89a5c") for i in range(4))
    falling = eye.put(group(rect(-0.4, -0.22, 0.8, 0.44, "#d8c9a6", 0.16), turn=28), 1.45, 13.6, y=1.0)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            _trees(),
            eye.put(sacks + person + second + body + box, 0, 14),
            falling,
            eye.put(burst, 1.0, 10.6),
            eye.put(sack, -0.7, 9.4),
            cockpit(),
        ]
    )


# after an accident


def _beside(night: bool = False) -> str:
    """A road seen from its side; its surface from y 340 to 450."""
    sky, far, hill, grass, road = (
        (NIGHT, "#1f2c38", "#1c2a2c", NIGHT_LAND, NIGHT_ROAD) if night else (SKY, PEAK, HILL, GRASS, ROAD)
    )
    parts = [
        rect(0, 0, 800, 500, sky),
        path("M0,260 L0,170 L130,80 L250,180 L420,60 L560,170 L690,100 L800,180 L800,260 Z", fill=far),
        ""
        if night
        else path("M420,60 L470,100 L432,94 L400,108 L372,100 Z M130,80 L166,110 L132,104 L98,106 Z", fill=SNOW),
        path("M0,300 L0,240 Q200,190 400,236 Q620,200 800,240 L800,300 Z", fill=hill),
        rect(0, 270, 800, 230, grass),
        rect(0, 340, 800, 112, road),
        stroke(0, 346, 800, 346, "#8d9599" if night else WHITE, 4),
        stroke(0, 446, 800, 446, "#8d9599" if night else WHITE, 4),
        stroke(0, 396, 800, 396, "#a3883a" if night else YELLOW, 4, "40 34"),
    ]
    if night:
        parts += [circle(680, 70, 26, "#e8e4cf"), circle(692, 62, 24, NIGHT)]
        parts += [circle((i * 131) % 640, (i * 47) % 110, 1.5, "#c8d4e0") for i in range(20)]
    return "".join(parts)


def night_hazard() -> str:
    lit = group(car_side(OURS), 560, 432, scale=46)
    blink = glow(650, 402, 8, AMBER) + glow(468, 402, 8, AMBER)
    return "".join(
        [
            _beside(night=True),
            lit,
            blink,
            stand(triangle(), 150, 438, 64),
            stand(walker("#5b7f9a"), 60, 496, 56),  # on the own side of the road, off it
            stand(walker("#8a4a5a"), 24, 498, 56),
        ]
    )


def helmet_hands() -> str:
    """A helper kneels at the head of a fallen rider and pulls at the helmet; a red arrow shows which way."""
    fallen = group(moto_side(0, False), 120, 404, scale=52, turn=-62)
    rider = group(lying("#3c4a52"), 380, 446, scale=160)  # the helmet hides the hair, the sleeve the arm
    chest = rect(332, 388, 186, 52, "#3c4a52", 18)
    arm = path("M480,424 L420,440", stroke="#2c383f", width=20) + circle(410, 441, 10, SKIN)
    helmet = circle(540, 412, 38, RED) + path("M536,374 Q576,382 578,418 L546,414 Z", fill=GLASS)
    strap = path("M518,430 Q526,448 548,448", stroke=INK, width=5)
    return "".join(
        [
            _beside(),
            fallen,
            rider,
            chest,
            arm,
            group(kneeling("#5b7f9a"), 655, 448, scale=170),
            helmet,
            strap,
            circle(560, 384, 11, SKIN),
            circle(576, 420, 11, SKIN),
            group(_swing(0, 0, 1, 0), 590, 474, scale=100),
        ]
    )


def pool_flame() -> str:
    pool = (
        ellipse(300, 446, 190, 20, "#10161a")
        + ellipse(300, 444, 150, 12, "#3b3f2b")
        + ellipse(330, 442, 70, 6, "#6b6a3c")
    )
    wreck = group(car_side("#8a979e"), 300, 436, scale=66, turn=-4)
    bent = polygon([(438, 372), (420, 396), (446, 410), (426, 432), (448, 438), (452, 380)], INK)
    flame = group(circle(0, 0, 46, "#ffd36b"), 512, 392, opacity=0.3) + path(
        "M512,408 Q500,392 512,372 Q524,392 512,408 Z", fill="#ffb52e"
    )
    return "".join(
        [
            _beside(night=True),
            pool,
            wreck,
            bent,
            stroke(512, 410, 526, 414, STEEL, 7),
            group(kneeling("#5b7f9a"), 572, 446, scale=92),
            flame,
        ]
    )


BEND = "M110,520 L110,300 Q110,150 260,150 L820,150"


def bend(mark: tuple[float, float] | None = None, far: str = "") -> str:
    """A road that comes up from below and bends to the right round a rock; our car stands beyond the bend.

    `mark` is where a warning triangle stands, `far` how many metres it is from the car.
    """
    road = (
        path(BEND, stroke=WHITE, width=148)
        + path(BEND, stroke=ROAD, width=138)
        + path(BEND, stroke=YELLOW, width=4, dash="26 22")
    )
    rock = path("M208,500 L208,330 Q214,254 300,246 L800,246 L800,500 Z", fill="#8f9d78")
    rock += path("M236,500 L236,346 Q244,284 330,276 L620,290 L560,380 L600,500 Z", fill=ROCK) + path(
        "M300,430 L350,320 L420,400 L500,310 L540,420 Z", fill="#7d756d"
    )
    spot = ""
    if mark:
        spot = (
            group(triangle(), *mark, scale=100)
            + rect(250, 330, 300, 120, "#ffffff", 16)
            + words(f"{far} m", 400, 390, 84, INK, 15, 14)
        )
    return "".join(
        [
            land(),
            road,
            rock,
            plan.car(450, 184, 90, OURS, left=True, right=True),
            plan.truck(144, 450, 0),
            "" if mark else plan.car(650, 114, -90, SILVER),
            spot,
        ]
    )


def wreck_help() -> str:
    eye = EYE
    wreck = (
        group(car("#4f7d93"), turn=14)
        + group(circle(0, 0, 0.5, "#c9cfd2"), 0.3, -1.9, opacity=0.7)
        + group(circle(0, 0, 0.36, "#c9cfd2"), 0.6, -2.6, opacity=0.5)
    )
    bits = "".join(
        eye.put(rect(-0.14, -0.1, 0.28, 0.1, c), x, z)
        for x, z, c in ((0.2, 16, BLUE), (0.9, 15.2, INK), (1.5, 17, SILVER))
    )
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            _trees(places=((-12, 46), (12, 44), (-13, 30))),
            eye.put(wreck, 3.6, 17),
            bits,
            eye.put(lying("#4f7d5d"), 1.2, 13.4),
            eye.put(waving("#b5473f"), -0.9, 14.6),
            cockpit(),
        ]
    )


# accidents that are told


def open_door() -> str:
    star = [
        (1, -0.3),
        (0.35, -0.25),
        (0, -1),
        (-0.3, -0.35),
        (-1, -0.2),
        (-0.45, 0.2),
        (-0.6, 0.9),
        (0, 0.4),
        (0.6, 0.9),
        (0.45, 0.2),
    ]
    hit = polygon([(x * 15, y * 15) for x, y in star], "#ffd23f")
    near = "".join(
        [
            rect(-200, 182, 1200, 156, ROAD),
            stroke(-200, 260, 1000, 260, YELLOW, 4, "34 30"),
            rect(-200, 338, 1200, 60, "#d9cfbd"),
            rect(-200, 334, 1200, 8, KERB),
            way("M345,286 L416,286", GREEN),
            bicycle(312, 286, 90),
            plan.car(470, 312, 90, OURS),
            stroke(487, 296, 470, 266, "#b9661a", 6),
            group(hit, 458, 280),
            plan.car(250, 222, -90, SILVER),
            plan.car(600, 306, 90, BLUE),
        ]
    )
    return land() + group(near, 400 - 430 * 1.6, 250 - 290 * 1.6, scale=1.6)


def backing_yard() -> str:
    back = arrow([(330, 300), (210, 300)], MOVE, 12, 34)
    return "".join(
        [
            _beside(),
            group(house(7, 4), 640, 344, scale=40),
            group(truck_side("#4f7d93"), 460, 442, scale=58),
            glow(262, 398, 9, "#ffffff"),
            back,
            group(child(), 190, 440, scale=62),
            circle(232, 430, 10, "#e0523f"),
        ]
    )


def stopped_neighbour() -> str:
    road = rect(230, 0, 340, 500, ROAD) + rect(234, 0, 5, 500, WHITE) + rect(561, 0, 5, 500, WHITE)
    road += (
        rect(336, 0, 5, 190, YELLOW)
        + rect(336, 262, 5, 240, YELLOW)
        + rect(345, 0, 5, 190, YELLOW)
        + rect(345, 262, 5, 240, YELLOW)
    )
    road += "".join(rect(452, y, 5, 30, WHITE) for y in (0, 60, 120, 300, 360, 420, 470)) + rect(
        350, 262, 212, 7, WHITE
    )
    return "".join(
        [
            land(),
            road,
            zebra(238, 205, 330, True),
            way("M508,350 L508,180"),
            plan.truck(402, 342),
            plan.car(508, 408, colour=OURS),
            plan.car(285, 90, 180, SILVER),
            stand(elder(), 446, 240, 38),
        ]
    )


def bridge_turn() -> str:
    river = rect(230, 0, 340, 500, WATER) + "".join(
        path(f"M{x},{y} q14,-6 28,0 q14,6 28,0", stroke="#dbe8ec", width=3)
        for x, y in ((270, 70), (420, 110), (300, 420), (460, 450), (360, 40))
    )
    road = (
        rect(0, 180, 800, 160, ROAD)
        + stroke(0, 184, 800, 184, WHITE, 4)
        + stroke(0, 336, 800, 336, WHITE, 4)
        + stroke(0, 260, 800, 260, YELLOW, 4, "34 30")
    )
    rails = "".join(
        rect(222, y, 356, 10, "#d8dde0") + "".join(rect(x, y - 3, 8, 16, "#8a9499") for x in range(226, 580, 50))
        for y in (168, 342)
    )
    return "".join(
        [
            land(),
            river,
            road,
            rails,
            way("M330,300 L390,300 Q452,296 448,240 Q444,214 400,216 L330,216"),
            way("M180,296 L252,296", BLUE),
            plan.car(450, 262, -12, OURS, left=True),
            plan.motorcycle(140, 296, 90),
            plan.truck(700, 222, -90),
        ]
    )


def tow_rope() -> str:
    rope = path("M352,406 Q318,420 284,408", stroke="#d9b26a", width=5)
    return "".join(
        [
            _beside(),
            group(truck_side("#4f7d93"), 560, 440, scale=58),
            rope,
            group(car_side(BLUE), 170, 440, scale=56),
            glow(60, 398, 6, AMBER),
            glow(354, 398, 6, AMBER),
            group(circle(0, -0.1, 0.12, SKIN), 172, 382, scale=56),
        ]
    )


def rocks_meeting() -> str:
    rocks = "".join(
        polygon(
            [
                (x - r, y + r * 0.5),
                (x - r * 0.7, y - r * 0.7),
                (x, y - r),
                (x + r, y - r * 0.4),
                (x + r * 0.8, y + r * 0.8),
                (x - r * 0.2, y + r),
            ],
            tone,
        )
        for x, y, r, tone in (
            (440, 312, 34, "#8b8279"),
            (492, 298, 26, "#6f675f"),
            (410, 330, 18, "#6f675f"),
            (520, 328, 22, "#8b8279"),
        )
    )
    slope = path("M330,345 L420,345 L540,345 L600,345 L640,500 L280,500 Z", fill="#a39a8c")
    return "".join(
        [
            _wide_road(),
            slope,
            rocks,
            way("M238,300 L290,296 Q340,240 400,224 L440,222"),
            way("M640,222 L520,222", BLUE),
            plan.car(190, 300, 90, OURS, left=True),
            plan.car(690, 222, -90, BLUE),
        ]
    )


def moto_three() -> str:
    return "".join(
        [_beside(), group(house(7, 4), 120, 342, scale=38), group(moto_side(3, False, bag=True), 420, 442, scale=110)]
    )


def night_halted() -> str:
    """A car left broken down on the lane at night: bonnet up and steaming, no lamp lit, its driver walking off."""
    beam = group(polygon([(176, 384), (330, 350), (330, 446), (176, 396)], "#fff3c4"), opacity=0.35)
    dark = rect(103.6, -42, 12, 9, "#2b3236", 3) + rect(-116, -45, 9, 11, "#5a2a2a", 2)
    bonnet = polygon([(60, -54), (86, -118), (98, -114), (72, -50)], "#8796a0")
    engine = rect(72, -58, 36, 12, INK, 3)
    steam = "".join(
        group(circle(x, y, r, "#c8d0d4"), opacity=0.5) for x, y, r in ((104, -74, 9), (114, -92, 12), (122, -116, 16))
    )
    broken = group(car_side("#6c7a83"), scale=56) + dark + engine + bonnet + steam
    return "".join(
        [
            _beside(night=True),
            beam,
            group(broken, 470, 436),
            group(moto_side(1, True), 100, 440, scale=74),
            stand(walker("#b08a5a"), 730, 334, 62),
        ]
    )


SCENES = {
    "officer_crossing_left": officer_crossing_left,
    "officer_crossing_below": officer_crossing_below,
    "small_road_truck": small_road_truck,
    "blue_disc_green": blue_disc_green,
    "green_slow_walker": green_slow_walker,
    "octagon_corner": octagon_corner,
    "bridge_truck": bridge_truck,
    "solid_lanes": solid_lanes,
    "officer_arm_forward": lambda: _officer_ahead("lane"),
    "dashed_box": dashed_box,
    "lamps_right_red": lamps_right_red,
    "way_straight": way_straight,
    "way_left": way_left,
    "rock_edge": rock_edge,
    "village_edge": village_edge,
    "left_turn_crowd": left_turn_crowd,
    "boards_gate": boards_gate,
    "puddle_walkers": puddle_walkers,
    "stretched_out": stretched_out,
    "bus_other_lane": bus_other_lane,
    "rail_beside": rail_beside,
    "ball_parked": ball_parked,
    "night_glare": night_glare,
    "village_street": village_street,
    "truck_load": truck_load,
    "night_hazard": night_hazard,
    "helmet_hands": helmet_hands,
    "pool_flame": pool_flame,
    "bend_standing": bend,
    "wreck_help": wreck_help,
    "open_door": open_door,
    "backing_yard": backing_yard,
    "stopped_neighbour": stopped_neighbour,
    "bridge_turn": bridge_turn,
    "tow_rope": tow_rope,
    "rocks_meeting": rocks_meeting,
    "moto_three": moto_three,
    "night_halted": night_halted,
}
