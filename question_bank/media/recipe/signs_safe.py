"""Small pictures (200 by 200) that are the options of questions about safe driving and emergencies."""

from collections.abc import Callable

import plan
from palette import BLUE, GLASS, HAIR, INK, MADDER, NAVY, OURS, ROAD, SCHOOL, SKIN, STEEL, WHITE, YELLOW
from road_users import car_side
from safe_parts import flames, puff
from svg import circle, ellipse, group, path, polygon, rect, stroke

FIELD = "#9bb57c"


def _frame(content: str) -> str:
    """Whatever reaches over the edge is cut off."""
    return (
        f'<clipPath id="box"><rect width="200" height="200" rx="10"/></clipPath><g clip-path="url(#box)">{content}</g>'
    )


def _follow(x: float, gap: float) -> str:
    """Two lanes one way and a shoulder; our car at `x` behind a blue one, `gap` pixels between them."""
    road = rect(20, 0, 160, 200, ROAD) + stroke(24, 0, 24, 200, YELLOW, 4) + stroke(136, 0, 136, 200, WHITE, 4)
    road += "".join(stroke(80, y, 80, y + 20, WHITE, 3) for y in range(-6, 200, 38))
    ahead = group(plan.car(0, 0, 0, BLUE), 108, 28, scale=0.5)
    ours = group(plan.car(0, 0, 0, OURS), x, 28 + 39 + gap, scale=0.5)
    return _frame(rect(0, 0, 200, 200, FIELD) + road + ahead + ours)


def _wheel(left: tuple[float, float], right: tuple[float, float] | None) -> str:
    """A steering wheel with the driver's hands at these places."""
    rim = (
        f'<circle cx="100" cy="92" r="66" fill="none" stroke="{INK}" stroke-width="15"/>'
        + stroke(36, 96, 164, 96, INK, 13)
        + stroke(100, 96, 100, 156, INK, 13)
        + circle(100, 94, 23, "#3b474e")
    )
    hands = ""
    for spot, foot in ((left, 20), (right, 180)):
        if spot:
            x, y = spot
            hands += path(
                f"M{foot},206 Q{foot + (8 if foot < 100 else -8)},{(y + 206) / 2:.0f} {x},{y}",
                stroke="#3d6f8f",
                width=24,
            )
            hands += ellipse(x, y, 18, 15, SKIN) + path(
                f"M{x - 9},{y - 7} v14 M{x},{y - 8} v16 M{x + 9},{y - 7} v14", stroke="#b9855f", width=2
            )
    return _frame(rect(0, 0, 200, 200, "#dfe6e8") + rim + hands)


def _bend(line: str) -> str:
    """A bend to the right with two lanes; the line is the way our car takes."""
    road = path("M70,220 V150 Q70,60 160,60 H220", stroke=ROAD, width=84)
    edge = path("M31,210 V150 Q31,21 160,21 H210 M109,210 V150 Q109,99 160,99 H210", stroke=WHITE, width=3)
    middle = path("M70,210 V150 Q70,60 160,60 H210", stroke=YELLOW, width=3)
    way = path(line, stroke="#ffffff", width=9) + path(line, stroke=OURS, width=5, dash="9 8")
    auto = group(plan.car(0, 0, 0, OURS), 90, 176, scale=0.42)
    other = group(plan.car(0, 0, -90, BLUE), 176, 40, scale=0.42)
    return _frame(rect(0, 0, 200, 200, FIELD) + road + edge + middle + way + auto + other)


def _beam(kind: str) -> str:
    """Two cars meet at night; how far our lamps (the lower car's) reach."""
    night = rect(0, 0, 200, 200, "#17202c") + rect(0, 44, 200, 112, "#39434b")
    night += stroke(0, 48, 200, 48, "#c9c9c0", 3) + stroke(0, 152, 200, 152, "#c9c9c0", 3)
    night += "".join(stroke(x, 100, x + 22, 100, "#b3902f", 3) for x in range(-4, 200, 40))
    light = ""
    if kind == "long":
        light = group(polygon([(50, 122), (50, 132), (200, 170), (200, 46)], "#fff3c4"), opacity=0.6)
    elif kind == "short":
        light = group(polygon([(50, 122), (50, 132), (112, 148), (112, 108)], "#fff3c4"), opacity=0.6)
    elif kind == "blink":
        light = "".join(
            group(circle(x, y, 9, "#f2a51f"), opacity=0.5) + circle(x, y, 4, "#f2a51f")
            for x in (16, 50)
            for y in (119, 136)
        )
    theirs = group(polygon([(158, 66), (158, 78), (104, 90), (104, 54)], "#fff3c4"), opacity=0.5)
    ours = group(plan.car(0, 0, 90, OURS), 32, 127, scale=0.46)
    other = group(plan.car(0, 0, -90, BLUE), 174, 72, scale=0.46)
    return _frame(night + theirs + light + other + ours)


def _stand(x: float, flip: bool, high: bool) -> str:
    """A burning car, smoke drifting to the right; a person with an extinguisher at `x`."""
    ground = rect(0, 0, 200, 200, "#cfe3ec") + rect(0, 160, 200, 40, FIELD)
    auto = group(car_side("#7c8a92"), 102, 168, scale=18)
    smoke = "".join(
        puff(((a, b, r),), "#4a4f53", o)
        for a, b, r, o in ((116, 84, 15, 0.8), (136, 68, 18, 0.7), (158, 52, 20, 0.6), (184, 38, 22, 0.5))
    )
    fire = group(group(flames(1.6), scale=22, turn=14), 104, 150)
    wind = path("M10,24 H52 M10,40 H40", stroke="#6d8fa3", width=4) + polygon([(52, 17), (66, 24), (52, 31)], "#6d8fa3")
    man = (
        rect(-0.2, -0.86, 0.17, 0.86, NAVY)
        + rect(0.03, -0.86, 0.17, 0.86, NAVY)
        + rect(-0.22, -1.45, 0.44, 0.68, "#c9a227", 0.12)
        + path("M0.02,-1.3 L0.42,-1.08", stroke="#c9a227", width=0.14)
        + circle(0, -1.62, 0.17, SKIN)
        + path("M-0.17,-1.66 A0.17,0.17 0 0 1 0.17,-1.66 Z", fill=HAIR)
        + rect(0.34, -1.15, 0.2, 0.5, MADDER, 0.07)
    )
    way = -1 if flip else 1
    nx, ny = x + way * 18, 134
    tx, ty = 104 - way * 14, (96 if high else 148)
    spray = group(polygon([(nx, ny - 2), (nx, ny + 2), (tx, ty + 9), (tx, ty - 9)], "#ffffff"), opacity=0.95)
    return _frame(ground + wind + smoke + auto + fire + spray + group(man, x, 172, scale=36, flip=flip))


def _knock(x: float, y: float) -> str:
    """A car's side door from outside, window above; a hammer whose tip is at (x, y)."""
    door = path("M14,190 V112 L58,26 Q62,18 72,18 H186 V190 Z", fill=OURS) + path(
        "M32,106 L70,34 H174 V106 Z", fill=GLASS
    )
    door += path("M44,98 L64,58 M58,98 L88,42", stroke="#6f8b99", width=4)
    door += rect(138, 126, 34, 9, INK, 4) + stroke(14, 112, 186, 112, "#b96a12", 3)
    tool = (
        polygon([(0, 0), (16, -9), (16, 9)], STEEL)
        + rect(15, -13, 18, 26, "#d0453b", 4)
        + rect(33, -7, 6, 14, STEEL)
        + group(rect(-6, 0, 12, 62, "#d0453b", 5), 24, 10)
    )
    return _frame(rect(0, 0, 200, 200, "#e4eaec") + door + group(tool, x, y, turn=0) + circle(x, y, 4, SCHOOL))


SMALL: dict[str, Callable[[], str]] = {
    "parts/sd_follow_1": lambda: _follow(108, 16),
    "parts/sd_follow_2": lambda: _follow(80, 84),
    "parts/sd_follow_3": lambda: _follow(158, 84),
    "parts/sd_follow_4": lambda: _follow(108, 84),
    "parts/sd_wheel_1": lambda: _wheel((86, 28), (118, 28)),
    "parts/sd_wheel_2": lambda: _wheel((36, 92), (164, 92)),
    "parts/sd_wheel_3": lambda: _wheel((82, 156), (118, 156)),
    "parts/sd_wheel_4": lambda: _wheel((66, 36), None),
    "parts/sd_bend_1": lambda: _bend("M90,160 V150 Q90,80 160,80 H196"),
    "parts/sd_bend_2": lambda: _bend("M90,160 V146 Q92,112 110,92 Q134,60 196,42"),
    "parts/sd_bend_3": lambda: _bend("M90,160 Q56,130 58,112 Q70,56 140,54 Q170,62 196,80"),
    "parts/sd_bend_4": lambda: _bend("M90,160 Q116,140 122,122 Q132,108 160,108 H196"),
    "parts/sd_night_1": lambda: _beam("none"),
    "parts/sd_night_2": lambda: _beam("long"),
    "parts/sd_night_3": lambda: _beam("short"),
    "parts/sd_night_4": lambda: _beam("blink"),
    "parts/sd_stand_1": lambda: _stand(32, False, True),
    "parts/sd_stand_2": lambda: _stand(176, True, False),
    "parts/sd_stand_3": lambda: _stand(32, False, False),
    "parts/sd_stand_4": lambda: _stand(176, True, True),
    "parts/sd_tip_1": lambda: _knock(108, 70),
    "parts/sd_tip_2": lambda: _knock(106, 150),
    "parts/sd_tip_3": lambda: _knock(150, 26),
    "parts/sd_tip_4": lambda: _knock(46, 98),
}
