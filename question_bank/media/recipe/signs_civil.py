"""Small pictures that stand as options: an officer's gestures, lamps, lane arrows, and ways to behave seen from above."""

import plan
from drive import arrow_lamps
from palette import AMBER, GO, OURS, ROAD, SILVER, STEEL, STOP, WHITE
from road_users import car_side
from scenes_civil import ambulance, bend, officer
from strokes import arrow
from svg import circle, group, polygon, rect, stroke

GRASS = "#a9bf8c"


def _card(content: str, ground: str) -> str:
    return f'<clipPath id="card"><rect width="200" height="200" rx="8"/></clipPath><g clip-path="url(#card)">{rect(0, 0, 200, 200, ground)}{content}</g>'


def _gesture(pose: str) -> str:
    return _card(group(officer(pose), 100, 190, scale=76), "#dbe6ea")


def _lamps(*colours: str) -> str:
    left, up, right = colours
    return rect(94, 120, 12, 80, STEEL) + group(arrow_lamps((left, up, right)), 100, 140, scale=46)


def _lane_arrow(turns: str) -> str:
    """One lane from above with its painted arrow: any of l, s, r."""
    marks = rect(26, 0, 7, 200, WHITE) + rect(167, 0, 7, 200, WHITE)
    if "s" in turns:
        marks += arrow([(100, 180), (100, 22)], WHITE, 15, 44)
    for letter, side in (("l", -1), ("r", 1)):
        if letter in turns:
            stem = 100 if "s" in turns else 100 - side * 16
            marks += stroke(stem, 180, stem, 92, WHITE, 15) + arrow(
                [(stem - side * 7, 100), (stem + side * 54, 100)], WHITE, 15, 38
            )
    return _card(marks, ROAD)


def _street(parts: str) -> str:
    """Two lanes up the picture, our way only."""
    road = rect(30, 0, 140, 200, ROAD) + rect(34, 0, 4, 200, WHITE) + rect(162, 0, 4, 200, WHITE)
    road += "".join(rect(98, y, 4, 22, WHITE) for y in range(4, 200, 44))
    return _card(road + parts, GRASS)


def _small(part: str, x: float, y: float, scale: float = 0.72, turn: float = 0) -> str:
    return group(part, x, y, scale=scale, turn=turn)


def _aside() -> str:
    return _street(
        _small(plan.car(0, 0, 0, OURS, right=True), 148, 74)
        + _small(plan.car(0, 0, 0, SILVER, left=True), 50, 60)
        + _small(ambulance(0, 0), 98, 142)
        + arrow([(98, 100), (98, 44)], "#d21f26", 6, 18)
    )


def _in_front() -> str:
    return _street(
        _small(plan.car(0, 0, 0, OURS), 66, 52)
        + _small(plan.car(0, 0, 0, SILVER), 134, 52)
        + _small(ambulance(0, 0), 66, 140)
        + arrow([(66, 100), (66, 84)], "#d21f26", 6, 14)
    )


def _behind() -> str:
    return _street(
        _small(ambulance(0, 0), 98, 60)
        + _small(plan.car(0, 0, 0, SILVER), 52, 36, 0.6)
        + _small(plan.car(0, 0, 0, OURS), 98, 146)
        + arrow([(98, 24), (98, 4)], "#d21f26", 6, 14)
    )


def _across() -> str:
    return _street(
        _small(plan.car(0, 0, 0, OURS, left=True), 96, 66, turn=-32)
        + _small(plan.car(0, 0, 0, SILVER), 136, 140, 0.66)
        + _small(ambulance(0, 0), 66, 150)
        + arrow([(66, 110), (66, 92)], "#d21f26", 6, 14)
    )


def _beams(ours: bool, theirs: bool) -> str:
    """Two cars meeting at night, seen from the side; a lit lamp throws a long beam or a short one."""
    ground = rect(0, 128, 200, 72, "#2c343a") + rect(0, 128, 200, 3, "#8d9599") + rect(0, 100, 200, 28, "#1d2a26")

    def beam(x: float, way: int, long: bool) -> str:
        tip = (
            [(x, 130), (x + way * 100, 84), (x + way * 100, 140), (x, 137)]
            if long
            else [(x, 131), (x + way * 34, 146), (x + way * 18, 152), (x, 137)]
        )
        return group(polygon(tip, "#ffe9a3"), opacity=0.75)

    left = group(car_side(OURS), 34, 152, scale=15)
    right = group(car_side("#6d8aa0"), 166, 152, scale=15, flip=True)
    return _card(ground + beam(64, 1, ours) + beam(136, -1, theirs) + left + right, "#16202c")


def _bend_mark(x: float, y: float, far: str) -> str:
    return _card(group(bend((x, y), far), 0, 20, scale=0.32), GRASS)


def _rider_at(x: float, y: float) -> str:
    road = rect(20, 0, 160, 200, ROAD) + rect(24, 0, 4, 200, WHITE) + rect(172, 0, 4, 200, WHITE)
    road += "".join(rect(98, yy, 4, 20, WHITE) for yy in range(4, 200, 40))
    lorry = group(plan.truck(0, 0), 116, 128, scale=0.72)
    blink = circle(131, 86, 5, AMBER)
    return _card(road + lorry + blink + group(plan.motorcycle(0, 0), x, y, scale=0.72), GRASS)


SMALL = {
    "signals/arm_raised": lambda: _gesture("stop"),
    "signals/arm_raised_low_swing": lambda: _gesture("aside"),
    "signals/arm_forward_swing": lambda: _gesture("lane"),
    "signals/arm_side_down": lambda: _gesture("slow"),
    "signals/lamps_grg": lambda: _lamps(GO, STOP, GO),
    "signals/lamps_rgr": lambda: _lamps(STOP, GO, STOP),
    "signals/lamps_grr": lambda: _lamps(GO, STOP, STOP),
    "signals/lamps_rrg": lambda: _lamps(STOP, STOP, GO),
    "markings/lane_arrow_1": lambda: _lane_arrow("l"),
    "markings/lane_arrow_2": lambda: _lane_arrow("s"),
    "markings/lane_arrow_3": lambda: _lane_arrow("r"),
    "markings/lane_arrow_4": lambda: _lane_arrow("sr"),
    "signals/siren_1": _aside,
    "signals/siren_2": _in_front,
    "signals/siren_3": _behind,
    "signals/siren_4": _across,
    "lamps/meet_1": lambda: _beams(True, True),
    "lamps/meet_2": lambda: _beams(True, False),
    "lamps/meet_3": lambda: _beams(False, True),
    "lamps/meet_4": lambda: _beams(False, False),
    "markings/bend_board_1": lambda: _bend_mark(372, 214, "5"),
    "markings/bend_board_2": lambda: _bend_mark(570, 214, "20"),
    "markings/bend_board_3": lambda: _bend_mark(146, 350, "70"),
    "markings/bend_board_4": lambda: _bend_mark(250, 80, "30"),
    "signals/rider_1": lambda: _rider_at(116, 22),
    "signals/rider_2": lambda: _rider_at(149, 116),
    "signals/rider_3": lambda: _rider_at(60, 178),
    "signals/rider_4": lambda: _rider_at(60, 66),
}
