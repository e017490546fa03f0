"""Motorcycles among other traffic, from straight above."""

from palette import BLUE, GREEN, OURS, RED, ROAD, SILVER, STOP, WHITE, YELLOW
from plan import car, land, motorcycle, truck, way
from svg import group, rect


def ln_between_rows() -> str:
    """Two rows of waiting vehicles before a red light; a motorcycle means to go between the rows."""
    road = rect(0, 90, 800, 320, ROAD) + rect(0, 96, 800, 6, WHITE) + rect(0, 398, 800, 6, WHITE)
    lines = rect(0, 188, 690, 4, YELLOW) + rect(0, 196, 690, 4, YELLOW)
    lines += "".join(rect(x, 296, 60, 5, WHITE) for x in range(10, 690, 100)) + rect(690, 200, 10, 198, WHITE)
    waiting = "".join(
        group(part, x, y, 1.35)
        for part, x, y in (
            (car(0, 0, 90, RED), 620, 248),
            (car(0, 0, 90, SILVER), 480, 248),
            (car(0, 0, 90, GREEN), 340, 248),
            (car(0, 0, 90, BLUE), 620, 350),
            (truck(0, 0, 90), 430, 350),
        )
    )
    red = group(rect(-26, -26, 52, 52, "#1f2a31", 10) + f'<circle r="17" fill="{STOP}"/>', 752, 300)
    bike = group(motorcycle(0, 0, 90), 130, 298, 1.7)
    return land() + road + lines + waiting + bike + way("M180,298 L690,298", OURS) + red


def ln_left_side() -> str:
    """A road with one lane each way: a motorcycle on the left of the middle line, a car coming towards it."""
    road = rect(0, 130, 800, 240, ROAD) + rect(0, 138, 800, 6, WHITE) + rect(0, 356, 800, 6, WHITE)
    middle = rect(0, 242, 800, 5, YELLOW) + rect(0, 253, 800, 5, YELLOW)
    oncoming = group(car(0, 0, -90, SILVER), 620, 190, 1.5)
    bike = group(motorcycle(0, 0, 90), 170, 196, 1.8)
    return land() + road + middle + oncoming + bike + way("M226,196 L440,196", OURS)


SCENES = {"ln_between_rows": ln_between_rows, "ln_left_side": ln_left_side}
