"""Signals, signs and officers in road scenes, second part."""

import plan
from drive import LANE, Eye, arrow_lamps, cockpit, ground, lamps, mast, pine
from palette import (
    BLUE,
    BONE,
    GO,
    HILL,
    INK,
    NAVY,
    OURS,
    RED,
    ROAD,
    SILVER,
    SKIN,
    STEEL,
    STOP,
    VEST,
    WATER,
    WHITE,
    YELLOW,
)
from plan import arms, land, signal, way
from road_users import car, truck
from scenes_civil2 import disc_number, ring_number, sign
from signs import _give_way, _meet_red_up, _octagon, _ring
from strokes import arrow, line, words
from svg import circle, group, path, polygon, rect, stroke


def _body() -> str:
    """A traffic officer facing us, without arms."""
    return "".join(
        [
            rect(-0.2, -0.86, 0.18, 0.86, NAVY),
            rect(0.02, -0.86, 0.18, 0.86, NAVY),
            rect(-0.22, -0.07, 0.21, 0.07, INK),
            rect(0.01, -0.07, 0.21, 0.07, INK),
            rect(-0.28, -1.45, 0.56, 0.68, VEST, 0.1),
            rect(-0.28, -1.08, 0.56, 0.1, BONE),
            rect(-0.2, -1.45, 0.07, 0.68, BONE),
            rect(0.13, -1.45, 0.07, 0.68, BONE),
            circle(0, -1.6, 0.16, SKIN),
            path("M-0.22,-1.72 Q0,-1.98 0.22,-1.72 Z", fill=BONE),
            rect(-0.18, -1.73, 0.36, 0.07, NAVY),
        ]
    )


def arms_level() -> str:
    """Both arms stretched level to the sides, palms to us."""
    sleeves = path("M-0.24,-1.34 L-0.86,-1.36 M0.24,-1.34 L0.86,-1.36", stroke=NAVY, width=0.15)
    hands = rect(-1.1, -1.46, 0.22, 0.2, BONE, 0.05) + rect(0.88, -1.46, 0.22, 0.2, BONE, 0.05)
    return sleeves + _body() + hands


def arm_pressing() -> str:
    """One arm out, palm to the ground, moving down and up."""
    down = path("M0.27,-1.32 L0.36,-0.8", stroke=NAVY, width=0.14) + circle(0.37, -0.75, 0.07, BONE)
    out = path("M-0.24,-1.34 L-0.86,-1.2", stroke=NAVY, width=0.15) + rect(-1.16, -1.22, 0.32, 0.1, BONE, 0.04)
    moves = path(
        "M-1.3,-1.62 Q-1.5,-1.2 -1.3,-0.78 M-1.42,-0.92 L-1.28,-0.74 L-1.2,-0.96 M-1.42,-1.48 L-1.28,-1.66 L-1.2,-1.44",
        stroke=INK,
        width=0.07,
    )
    return down + out + _body() + moves


def _ahead(eye: Eye, stop: bool = True) -> str:
    left, right = -LANE * 1.5, LANE * 0.5
    return "".join(
        [
            eye.strip(left - 0.35, right + 0.35, ROAD, 14, 260),
            eye.dashes(-LANE / 2, YELLOW, 30, 120),
            eye.side_road(15, 10),
            eye.strip(left - 0.35, right + 0.35, ROAD, 4, 16),
            eye.solid(left, WHITE, 4, 13),
            eye.solid(right, WHITE, 4, 13),
            eye.solid(-LANE / 2, YELLOW, 4, 12),
            eye.strip(-LANE / 2, right, WHITE, 11.4, 11.9) if stop else "",
        ]
    )


def arms_out() -> str:
    eye = Eye()
    return "".join(
        [
            ground(eye),
            _ahead(eye),
            "".join(eye.put(pine(), a, z) for a, z in ((-13, 44), (12, 40))),
            mast(eye, lamps("green", 1.1), 1.7, 28, 4.9, 5.4),
            eye.put(group(arms_level(), scale=1.15), -1.0, 12),
            cockpit(),
        ]
    )


def _no_right() -> str:
    return _ring(line("M76,156 V88", INK, 17) + arrow([(76, 96), (150, 96)], INK, 17, 36), slash=True)


def red_lamp_sign() -> str:
    eye = Eye()
    return "".join(
        [
            ground(eye),
            _ahead(eye),
            "".join(eye.put(pine(), a, z) for a, z in ((-13, 44), (13, 48))),
            mast(eye, lamps("red", 1.1), 0.6, 28, 4.9, 5.4),
            sign(eye, _no_right(), 3.0, 11.6, 2.9, 1.25),
            cockpit(),
        ]
    )


def octagon_corner() -> str:
    eye = Eye()
    left, right = -LANE * 1.5, LANE * 0.5
    ours = eye.strip(left - 0.35, right + 0.35, ROAD, 4, 15)
    main = (
        eye.strip(-120, 120, ROAD, 13.5, 24)
        + eye.strip(-120, 120, YELLOW, 18.4, 18.7)
        + eye.strip(-120, 120, WHITE, 23.4, 23.7)
    )
    lines = eye.solid(left, WHITE, 4, 12) + eye.solid(right, WHITE, 4, 12) + eye.solid(-LANE / 2, YELLOW, 4, 11.5)
    return "".join(
        [
            ground(eye),
            ours,
            main,
            lines,
            eye.strip(-LANE / 2, right, WHITE, 10.8, 11.4),
            "".join(eye.put(pine(), a, z) for a, z in ((-16, 40), (14, 44), (-6, 36), (4, 50))),
            sign(eye, _octagon(), 3.0, 11.0, 2.8, 1.2),
            cockpit(),
        ]
    )


def cone() -> str:
    """A traffic cone, 0.9 m high."""
    return (
        rect(-0.28, -0.08, 0.56, 0.08, INK)
        + polygon([(-0.22, -0.08), (-0.06, -0.9), (0.06, -0.9), (0.22, -0.08)], "#e2562a")
        + polygon([(-0.165, -0.36), (-0.115, -0.6), (0.115, -0.6), (0.165, -0.36)], WHITE)
    )


def cones_officer() -> str:
    eye = Eye()
    road = eye.strip(-6.4, 2.6, ROAD) + eye.solid(-5.25, YELLOW) + eye.solid(1.75, WHITE) + eye.dashes(-1.75, WHITE)
    spots = (
        (1.5, 15),
        (0.8, 16.5),
        (0.1, 18),
        (-0.6, 19.5),
        (-1.2, 21.5),
        (-1.6, 24),
        (-1.6, 28),
        (-1.6, 33),
        (-1.6, 39),
    )
    stuck = eye.put(truck("#8a6a45"), 0.3, 32)
    return "".join(
        [
            ground(eye),
            road,
            "".join(eye.put(pine(), a, z) for a, z in ((-13, 50), (-12, 30), (12, 44))),
            stuck,
            "".join(eye.put(cone(), a, z) for a, z in reversed(spots)),
            eye.put(arm_pressing(), 2.9, 9.2),
            cockpit(),
        ]
    )


def _painted(x: float, y: float, turns: str) -> str:
    """Lane arrows on the ground: any of l, s, r on one stem."""
    parts = [line(f"M{x},{y + 46} V{y - 4}", WHITE, 9)]
    if "s" in turns:
        parts.append(arrow([(x, y + 10), (x, y - 50)], WHITE, 9, 28))
    for letter, side in (("l", -1), ("r", 1)):
        if letter in turns:
            parts.append(arrow([(x, y), (x + 32 * side, y)], WHITE, 9, 22))
    return "".join(parts)


def three_arrows() -> str:
    road = rect(0, 24, 800, 110, ROAD) + rect(190, 0, 320, 500, ROAD)
    lines = (
        rect(196, 134, 5, 366, WHITE)
        + rect(500, 134, 5, 366, WHITE)
        + rect(268, 150, 5, 350, YELLOW)
        + rect(277, 150, 5, 350, YELLOW)
        + rect(353, 158, 5, 342, WHITE)
        + rect(427, 158, 5, 342, WHITE)
        + rect(282, 150, 218, 9, WHITE)
        + rect(0, 77, 178, 4, YELLOW)
        + rect(522, 77, 278, 4, YELLOW)
    )
    marks = _painted(318, 400, "l") + _painted(391, 410, "s") + _painted(464, 400, "r")
    cars = (
        plan.car(318, 222, colour=SILVER, left=True)
        + plan.car(391, 222, colour=OURS)
        + plan.car(464, 222, colour=BLUE, right=True)
    )
    numbers = "".join(
        circle(x, 292, 19, WHITE) + words(n, x, 292, 22, INK, 14) for n, x in (("1", 318), ("2", 391), ("3", 464))
    )
    board = rect(648, 266, 10, 150, STEEL) + group(arrow_lamps((GO, STOP, GO)), 653, 270, scale=56)
    return "".join([land(), road, lines, marks, cars, numbers, board])


def side_triangle() -> str:
    def mouth(turn: float) -> str:
        bars = "".join(rect(44 + x, -58 + y, 7, 14, WHITE) for x in (30, 42) for y in (0, 21, 42))
        tooth = path("M118,-46 L154,-30 L118,-14 Z", stroke=WHITE, width=6)
        return group(bars + tooth, 400, 250, turn=turn)

    def board(x: float, y: float) -> str:
        return rect(x - 3, y, 6, 62, "#8f979c") + group(group(_give_way(), -100, -100), x, y - 8, scale=0.4)

    return "".join(
        [
            land(),
            arms(400, 250, crossings=False, stops=False),
            rect(340, 340, 4, 160, WHITE)
            + rect(456, 340, 4, 160, WHITE)
            + rect(340, 0, 4, 160, WHITE)
            + rect(456, 0, 4, 160, WHITE),
            mouth(0),
            mouth(180),
            board(520, 106),
            board(280, 350),
            way("M430,370 L430,90"),
            way("M580,220 L230,220", BLUE),
            plan.car(430, 420, colour=OURS),
            plan.car(622, 220, -90),
        ]
    )


def two_discs() -> str:
    eye = Eye()
    road = (
        eye.strip(-9.6, 2.9, ROAD)
        + eye.solid(-9.0, YELLOW)
        + eye.solid(1.75, WHITE)
        + eye.dashes(-1.75, WHITE)
        + eye.dashes(-5.25, WHITE)
    )
    rail = "".join(eye.put(rect(-0.06, -0.8, 0.12, 0.8, STEEL), 3.3, z) for z in range(60, 7, -4)) + polygon(
        [eye.at(3.3, 7, 0.8), eye.at(3.3, 90, 0.8), eye.at(3.3, 90, 0.5), eye.at(3.3, 7, 0.5)], "#d8dde0"
    )
    return "".join(
        [
            ground(eye),
            road,
            rail,
            sign(eye, ring_number("80"), 4.0, 11, 4.0, 1.3),
            sign(eye, disc_number("60"), 4.0, 11, 2.6, 1.3, post=False),
            eye.put(car(SILVER), -3.5, 26),
            eye.put(car(RED), -7.0, 36),
            cockpit(),
        ]
    )


def narrow_planks() -> str:
    eye = Eye()
    left, right = -LANE * 1.5, LANE * 0.5
    near = eye.strip(left - 0.35, right + 0.35, ROAD, 4, 14) + eye.dashes(-LANE / 2, YELLOW, 4, 12)
    far = eye.strip(left - 0.35, right + 0.35, ROAD, 36, 260)
    river = eye.strip(-160, 160, WATER, 14, 36) + "".join(
        path(f"M{x},{y} q16,-6 32,0 q16,6 32,0", stroke="#dbe8ec", width=3)
        for x, y in ((40, 262), (100, 286), (660, 258), (710, 286), (600, 274))
    )
    deck = eye.strip(-3.6, 0.1, "#8a9094", 13.5, 36.5)
    funnel = polygon([eye.at(left - 0.35, 10), eye.at(right + 0.35, 10), eye.at(0.1, 14), eye.at(-3.6, 14)], ROAD)
    rails = "".join(
        "".join(eye.put(rect(-0.06, -1.0, 0.12, 1.0, BONE), x, z) for z in range(36, 13, -3))
        + "".join(
            polygon([eye.at(x, 14, y), eye.at(x, 36, y), eye.at(x, 36, y - 0.14), eye.at(x, 14, y - 0.14)], BONE)
            for y in (1.0, 0.55)
        )
        for x in (-3.7, 0.2)
    )
    return "".join(
        [
            ground(eye),
            far,
            river,
            rect(0, 304, 800, 200, HILL),
            near,
            funnel,
            deck,
            eye.put(car(BLUE, front=True), -2.6, 42),
            rails,
            sign(eye, _meet_red_up(), 2.9, 11, 2.8, 1.25),
            cockpit(),
        ]
    )


def dashed_box() -> str:
    box = path(
        "M402,306 L402,262 Q402,232 378,218 M458,306 L458,250 Q458,196 414,178", stroke=WHITE, width=5, dash="14 9"
    ) + stroke(416, 176, 376, 220, WHITE, 6)
    lanes = (
        rect(280, 0, 240, 500, ROAD)
        + rect(0, 130, 800, 180, ROAD)
        + stroke(0, 220, 268, 220, YELLOW, 4)
        + stroke(532, 220, 800, 220, YELLOW, 4)
        + stroke(398, 318, 398, 500, YELLOW, 4)
        + stroke(398, 0, 398, 118, YELLOW, 4)
        + stroke(460, 318, 460, 500, WHITE, 4)
        + stroke(286, 318, 286, 500, WHITE, 4)
        + stroke(514, 318, 514, 500, WHITE, 4)
        + stroke(286, 0, 286, 120, WHITE, 4)
        + stroke(514, 0, 514, 120, WHITE, 4)
        + rect(400, 312, 116, 7, WHITE)
    )
    marks = _painted(430, 450, "l")
    board = rect(648, 380, 10, 110, STEEL) + group(arrow_lamps((STOP, GO, GO)), 653, 410, scale=50)
    return "".join(
        [
            land(),
            lanes,
            box,
            marks,
            plan.car(430, 372, colour=OURS, left=True),
            plan.car(488, 240, colour=SILVER),
            plan.car(488, 372, colour="#3e7f5c"),
            board,
        ]
    )


def dark_lamps() -> str:
    return "".join(
        [
            land(),
            arms(400, 230),
            way("M430,330 L430,70"),
            way("M545,200 L230,200", BLUE),
            plan.car(430, 420, colour=OURS),
            plan.car(616, 200, -90),
            signal(500, 400, ""),
            signal(530, 110, "", -90),
        ]
    )


SCENES = {
    "cv_dashed_box": dashed_box,
    "cv_grey_lamps": dark_lamps,
    "cv_three_arrows": three_arrows,
    "cv_side_triangle": side_triangle,
    "cv_two_discs": two_discs,
    "cv_narrow_planks": narrow_planks,
    "cv_arms_out": arms_out,
    "cv_red_and_ring": red_lamp_sign,
    "cv_octagon_corner": octagon_corner,
    "cv_cones_officer": cones_officer,
}
