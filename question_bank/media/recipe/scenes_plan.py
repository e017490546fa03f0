"""Scenes seen from above. Our own car is always the saffron one."""

from math import cos, radians, sin

import plan
from palette import BLUE, GREEN, INK, KERB, MADDER, OURS, RED, ROAD, SILVER, WHITE, YELLOW
from people import walker
from plan import arms, land, signal, way
from strokes import words
from svg import circle, group, path, polygon, rect, stroke


def red_right_turn() -> str:
    people = group(walker("#7d5a86"), 507, 272, scale=34) + group(walker("#4d7f6d"), 512, 222, scale=34, flip=True)
    return "".join(
        [
            land(),
            arms(400, 210),
            plan.car(170, 240, 90),
            plan.car(590, 180, -90, SILVER),
            way("M430,335 L430,285 Q430,240 480,240 L545,240"),
            plan.car(430, 388, colour=OURS, right=True),
            people,
            signal(500, 400, "red"),
        ]
    )


def yellow_past_line() -> str:
    return "".join(
        [
            land(),
            arms(400, 210),
            way("M430,260 L430,120"),
            plan.car(430, 292, colour=OURS),
            plan.car(205, 240, 90, SILVER),
            signal(500, 400, "yellow"),
        ]
    )


def yellow_before_line() -> str:
    return "".join(
        [
            land(),
            arms(400, 210),
            way("M430,405 L430,356"),
            plan.car(430, 452, colour=OURS),
            plan.car(210, 240, 90, SILVER),
            signal(500, 400, "yellow"),
        ]
    )


def crossroads_open() -> str:
    return "".join(
        [
            land(),
            arms(400, 230, crossings=False, stops=False),
            way("M430,350 L430,90"),
            way("M550,200 L250,200", BLUE),
            plan.car(430, 400, colour=OURS),
            plan.car(600, 200, -90),
        ]
    )


def left_against_straight() -> str:
    return "".join(
        [
            land(),
            arms(400, 230),
            way("M430,395 L430,290 Q430,200 360,200 L250,200"),
            way("M370,100 L370,400", RED),
            plan.car(430, 430, colour=OURS, left=True),
            plan.car(370, 56, 180, RED),
            signal(500, 430, "green"),
            signal(300, 52, "green", 180),
        ]
    )


def right_against_left() -> str:
    return "".join(
        [
            land(),
            arms(400, 230, crossings=False, stops=False),
            way("M370,130 L370,175 Q372,240 440,252 L470,256", BLUE),
            way("M430,340 L430,315 Q432,274 490,266 L590,262"),
            plan.car(430, 385, colour=OURS, right=True),
            plan.car(370, 84, 180, left=True),
        ]
    )


def right_turn_moto() -> str:
    return "".join(
        [
            land(),
            arms(400, 210, crossings=False),
            way("M417,330 L417,290 Q420,246 480,242 L560,242"),
            way("M449,330 L449,70", BLUE),
            plan.car(417, 378, colour=OURS, right=True),
            plan.motorcycle(449, 372),
            plan.car(370, 60, 180, SILVER),
            signal(500, 400, "green"),
        ]
    )


def roundabout() -> str:
    cx, cy = 400.0, 215.0
    ring = rect(340, 0, 120, 500, ROAD) + rect(0, 155, 800, 120, ROAD) + circle(cx, cy, 160, ROAD)
    lines = (
        stroke(400, 392, 400, 500, YELLOW, 4)
        + stroke(400, 0, 400, 40, YELLOW, 4)
        + stroke(0, 215, 222, 215, YELLOW, 4)
        + stroke(578, 215, 800, 215, YELLOW, 4)
    )
    island = circle(cx, cy, 66, KERB) + circle(cx, cy, 58, "#8fb177") + circle(cx, cy, 24, "#6f9a66")
    a, b = radians(35), radians(130)
    inside = plan.car(cx - 112 * cos(a), cy + 112 * sin(a), 145) + plan.car(
        cx - 112 * cos(b), cy - 112 * sin(b), -38, SILVER
    )
    turn = way("M338,316 Q380,344 430,330", BLUE)
    return "".join([land(), ring, lines, island, inside, turn, plan.car(430, 440, colour=OURS)])


def lane_drop() -> str:
    road = polygon([(220, 0), (400, 0), (400, 130), (460, 250), (460, 500), (220, 500)], ROAD)
    edge = path("M400,0 L400,130 L460,250 L460,500", stroke=WHITE, width=4) + stroke(222, 0, 222, 500, WHITE, 4)
    middle = stroke(336, 0, 336, 500, YELLOW, 4) + stroke(344, 0, 344, 500, YELLOW, 4)
    lanes = "".join(stroke(400, y, 400, y + 26, WHITE, 4) for y in range(270, 500, 50))
    left = (
        plan.car(371, 50, colour=GREEN)
        + plan.car(371, 145, colour=SILVER)
        + plan.car(371, 300, colour=BLUE)
        + plan.car(371, 400, colour=RED)
    )
    right = plan.car(430, 290, colour=OURS, left=True) + plan.car(430, 392, colour=SILVER, left=True)
    return "".join(
        [
            land(),
            road,
            edge,
            middle,
            lanes,
            left,
            right,
            plan.car(278, 250, 180, "#7c8a92"),
            plan.car(278, 430, 180, GREEN),
        ]
    )


def box_junction() -> str:
    grid = "".join(
        stroke(340 + i, 150, 340, 150 + i, YELLOW, 3)
        + stroke(460 - i, 270, 460, 270 - i, YELLOW, 3)
        + stroke(460 - i, 150, 460, 150 + i, YELLOW, 3)
        + stroke(340 + i, 270, 340, 270 - i, YELLOW, 3)
        for i in range(24, 121, 24)
    )
    frame = path("M340,150 H460 V270 H340 Z", stroke=YELLOW, width=4)
    queue = plan.car(430, 108, colour=SILVER) + plan.truck(430, 0) + plan.car(236, 240, 90)
    return "".join(
        [
            land(),
            arms(400, 210, crossings=False),
            grid,
            frame,
            queue,
            plan.car(430, 352, colour=OURS),
            signal(500, 380, "green"),
        ]
    )


def _highway(lanes: int, rail: bool) -> str:
    """A road from left to right, our direction below; with `rail` the hard shoulder and guard rails of an expressway."""
    top, bottom = 190, 190 + 70 * lanes
    parts = [rect(0, top, 800, bottom - top, ROAD), stroke(0, top + 5, 800, top + 5, YELLOW if rail else WHITE, 5)]
    parts += [
        stroke(x, top + 70 * i, x + 34, top + 70 * i, WHITE if rail else YELLOW, 4)
        for i in range(1, lanes if not rail else lanes - 1)
        for x in range(8, 800, 70)
    ]
    parts.append(stroke(0, bottom - (70 if rail else 5), 800, bottom - (70 if rail else 5), WHITE, 5))
    if rail:
        for y in (top - 14, bottom + 12):
            parts += [rect(0, y, 800, 6, "#d8dde0")] + [rect(x, y - 2, 6, 10, "#8a9499") for x in range(20, 800, 60)]
    return "".join(parts)


def _place(x: float, y: float, number: str) -> str:
    return circle(x, y, 21, INK) + circle(x, y, 18, "#ffffff") + words(number, x, y, 19, INK, 15)


def _span(left: float, right: float, y: float, length: str) -> str:
    """A measure line and its length beside it."""
    ends = stroke(left, y - 8, left, y + 8, INK, 3) + stroke(right, y - 8, right, y + 8, INK, 3)
    return (
        ends
        + stroke(left, y, right, y, INK, 3)
        + rect(right + 10, y - 14, 84, 28, "#ffffff", 6)
        + words(length, right + 52, y, 16, INK, 17, 12)
    )


def _flow(y: float) -> str:
    return way(f"M150,{y} L215,{y}", "#33424a")


def breakdown_expressway() -> str:
    spots = _place(770, 295, "1") + _place(568, 295, "2") + _place(430, 295, "3") + _place(48, 295, "4")
    spans = _span(568, 618, 440, "10 m") + _span(430, 618, 476, "60 m") + _span(48, 618, 138, "160 m")
    return "".join(
        [
            land(),
            _highway(3, rail=True),
            plan.car(655, 295, 90, OURS, left=True, right=True),
            plan.car(90, 225, 90),
            _flow(225),
            spots,
            spans,
        ]
    )


def breakdown_road() -> str:
    spots = _place(770, 295, "1") + _place(560, 295, "2") + _place(330, 295, "3") + _place(40, 295, "4")
    spans = _span(560, 618, 370, "10 m") + _span(330, 618, 412, "70 m") + _span(40, 618, 454, "200 m")
    return "".join(
        [
            land(),
            _highway(2, rail=False),
            plan.car(655, 295, 90, OURS, left=True, right=True),
            plan.car(170, 225, -90, GREEN),
            plan.truck(180, 295, 90),
            spots,
            spans,
        ]
    )


def breakdown_people() -> str:
    board = group(
        polygon([(0, -20), (18, 12), (-18, 12)], MADDER) + polygon([(0, -9), (9, 7), (-9, 7)], "#ffffff"), 44, 295
    )
    spots = _place(600, 455, "1") + _place(440, 295, "2") + _place(600, 225, "3") + _place(600, 295, "4")
    return "".join(
        [
            land(),
            _highway(3, rail=True),
            plan.car(600, 295, 90, OURS, left=True, right=True),
            plan.car(90, 225, 90),
            _flow(225),
            plan.truck(330, 225, 90),
            board,
            spots,
        ]
    )


SCENES = {
    "red_right_turn": red_right_turn,
    "yellow_past_line": yellow_past_line,
    "yellow_before_line": yellow_before_line,
    "crossroads_open": crossroads_open,
    "left_against_straight": left_against_straight,
    "right_against_left": right_against_left,
    "right_turn_moto": right_turn_moto,
    "roundabout": roundabout,
    "lane_drop": lane_drop,
    "box_junction": box_junction,
    "breakdown_expressway": breakdown_expressway,
    "breakdown_road": breakdown_road,
    "breakdown_people": breakdown_people,
}
