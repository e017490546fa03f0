"""Draws the road signs, markings, signals and dashboard lamps of the question bank into question_bank/media.

Run: .venv/bin/python question_bank/media/recipe/signs.py
Shapes and colours after GB 5768.2 (signs), GB 5768.3 (markings), GB 4094 (lamps); the drawing is our own.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from math import cos, radians, sin
from pathlib import Path

import lamps
import roadway
from strokes import GLYPHS, arrow, head, line, words
from svg import circle, ellipse, group, path, polygon, rect

TARGET = Path(__file__).resolve().parent.parent
LIMIT = 20_000  # bytes a picture may weigh
YELLOW, BLACK, WHITE, RED, BLUE = "#f9c80e", "#141414", "#ffffff", "#c8161d", "#1657a8"


def _warning(symbol: str) -> str:
    edge = "M100,22 L186,171 L14,171 Z"
    return path(edge, fill=YELLOW, stroke=YELLOW, width=22) + path(edge, fill=YELLOW, stroke=BLACK, width=11) + symbol


def _ring(symbol: str, slash: bool = False) -> str:
    """A prohibition: the bar lies under the symbol, as GB 5768.2 has it."""
    bar = line("M46,46 L154,154", RED, 15) if slash else ""
    return circle(100, 100, 95, RED) + circle(100, 100, 77, WHITE) + bar + symbol


def _disc(symbol: str) -> str:
    return circle(100, 100, 95, BLUE) + symbol


def _wide(character: str, y: float, size: float, colour: str, weight: float) -> str:
    """One Chinese character, `size` square, in the middle of the sign at height `y`."""
    scale = size / 100
    drawn = f'<g transform="scale(1.6 1)">{line(GLYPHS[character], colour, weight)}</g>'
    return group(drawn, 100 - 48 * scale, y - size / 2, scale)


def _bend_left() -> str:
    return _warning(arrow([(120, 159), (120, 128), (78, 98)], BLACK, 13, 28))


def _reverse_bend_right() -> str:
    return _warning(arrow([(80, 160), (80, 146), (112, 122), (112, 80)], BLACK, 12, 26))


def _narrow_right() -> str:
    return _warning(line("M82,160 V92", BLACK, 10) + line("M132,160 V138 L110,116 V92", BLACK, 10))


def _two_way() -> str:
    return _warning(arrow([(84, 88), (84, 158)], BLACK, 12, 28) + arrow([(116, 158), (116, 88)], BLACK, 12, 28))


def _t_junction() -> str:
    return _warning(line("M100,161 V116", BLACK, 17) + line("M64,120 H136", BLACK, 17))


def _crosswind() -> str:
    bands = [(72, 20), (92, 16.5), (112, 13), (132, 9.5)]
    sock = "".join(
        polygon([(x, 116 - r), (x + 13, 116 - r + 2.3), (x + 13, 116 + r - 2.3), (x, 116 + r)], BLACK) for x, r in bands
    )
    edges = line("M72,97 L148,108 V124 L72,135 Z", BLACK, 3)
    return _warning(group(line("M67,161 V88", BLACK, 8) + sock + edges, 23, 27, 0.82))


def _falling_rocks() -> str:
    cliff = polygon(
        [
            (146, 161),
            (104, 161),
            (112, 148),
            (106, 138),
            (116, 128),
            (108, 112),
            (117, 104),
            (110, 90),
            (116, 84),
            (146, 140),
        ],
        BLACK,
    )
    stones = [(92, 104, 6), (80, 122, 8), (94, 137, 6), (66, 144, 7), (84, 154, 7)]
    rocks = "".join(
        polygon(
            [
                (x - r, y + r * 0.3),
                (x - r * 0.4, y - r),
                (x + r * 0.7, y - r * 0.8),
                (x + r, y + r * 0.4),
                (x + r * 0.1, y + r),
            ],
            BLACK,
        )
        for x, y, r in stones
    )
    return _warning(cliff + rocks)


def _slippery() -> str:
    body = path("M80,112 L82,100 Q84,84 92,84 H114 Q122,84 124,100 L126,112 V122 H80 Z", fill=BLACK)
    glass = path("M89,99 L91,91 H115 L117,99 Z", fill=YELLOW)
    lights = circle(87, 108, 3.2, YELLOW) + circle(119, 108, 3.2, YELLOW)
    wheels = rect(82, 120, 10, 8, BLACK) + rect(114, 120, 10, 8, BLACK)
    tracks = "".join(line(f"M{x},130 C{x + 14},138 {x - 18},148 {x + 2},162", BLACK, 6) for x in (84, 116))
    return _warning('<g transform="rotate(-12 103 105)">' + body + glass + lights + wheels + "</g>" + tracks)


def _cattle() -> str:
    body = path(
        "M74,104 Q90,100 110,104 Q128,102 135,109 Q139,118 137,132 L134,160 H127 L125,138 L118,134 "
        "L118,160 H111 L109,136 L92,136 L92,160 H85 L83,136 L80,160 H73 L72,132 Q67,124 66,118 Z",
        fill=BLACK,
    )
    face = path("M70,102 L54,104 Q49,112 51,121 Q56,126 60,120 Q68,122 76,116 Z", fill=BLACK)
    horns = line("M59,104 Q50,98 54,90", BLACK, 4, "round") + line("M68,103 Q76,97 71,89", BLACK, 4, "round")
    tail = line("M135,108 Q143,118 140,142", BLACK, 4, "round") + ellipse(140, 145, 3.5, 6, BLACK)
    return _warning(group(body + face + horns + tail, 24, 28, 0.8))


def _octagon() -> str:
    corners = [
        (100 + r * cos(radians(22.5 + 45 * i)), 100 + r * sin(radians(22.5 + 45 * i)))
        for r in (98.0, 91.0, 87.0)
        for i in range(8)
    ]
    rings = "".join(polygon(corners[8 * i : 8 * i + 8], colour) for i, colour in enumerate((RED, WHITE, RED)))
    return rings + _wide("停", 100, 104, WHITE, 8.5)


def _give_way() -> str:
    edge = "M100,182 L16,36 L184,36 Z"
    return path(edge, fill=WHITE, stroke=RED, width=26) + _wide("让", 82, 60, BLACK, 9)


def _red_disc_bar() -> str:
    return circle(100, 100, 95, RED) + rect(32, 84, 136, 32, WHITE)


def _meet_red_up() -> str:
    return _ring(arrow([(74, 46), (74, 154)], BLACK, 20, 44) + arrow([(128, 144), (128, 60)], RED, 15, 34))


def _meet_white_up() -> str:
    return (
        rect(5, 5, 190, 190, BLUE, 12)
        + arrow([(132, 168), (132, 30)], WHITE, 24, 54)
        + arrow([(68, 64), (68, 150)], RED, 15, 36)
    )


def _no_left_right() -> str:
    return _ring(
        line("M100,152 V88", BLACK, 17)
        + arrow([(100, 92), (42, 92)], BLACK, 17, 34)
        + arrow([(100, 92), (158, 92)], BLACK, 17, 34),
        slash=True,
    )


def _no_horn() -> str:
    bell = path("M48,66 Q58,88 90,90 H134 V110 H90 Q58,112 48,134 Z", fill=BLACK)
    bulb = ellipse(146, 100, 17, 15, BLACK)
    return _ring(bell + bulb, slash=True)


def _limit_height() -> str:
    return _ring(
        polygon([(78, 32), (122, 32), (100, 62)], BLACK)
        + polygon([(78, 168), (122, 168), (100, 138)], BLACK)
        + words("3.5m", 100, 100, 43, BLACK, 15, 12)
    )


def _no_stopping(cross: bool = True) -> str:
    bars = line("M44,44 L156,156", RED, 17) + (line("M156,44 L44,156", RED, 17) if cross else "")
    return circle(100, 100, 95, RED) + circle(100, 100, 77, BLUE) + bars


def _min_speed() -> str:
    return _disc(words("50", 100, 100, 98, WHITE, 16, 18))


def _end_limit() -> str:
    bars = "".join(line(f"M{157 + d},{43 + d} L{43 + d},{157 + d}", BLACK, 3.5) for d in (-22, -11, 0, 11, 22))
    return (
        circle(100, 100, 95, BLACK)
        + circle(100, 100, 87, WHITE)
        + bars
        + words("40", 100, 100, 92, WHITE, 19, 18)
        + words("40", 100, 100, 92, BLACK, 14, 18)
    )


def _blue_straight_right() -> str:
    return _disc(arrow([(84, 160), (84, 34)], WHITE, 20, 44) + arrow([(84, 106), (160, 106)], WHITE, 20, 40))


def _blue_three_arrows() -> str:
    parts = []
    for start in (80, 200, 320):  # degrees, counter-clockwise as traffic runs round an island on the right
        end = start + 68
        x0, y0 = 100 + 50 * cos(radians(start)), 100 - 50 * sin(radians(start))
        x1, y1 = 100 + 50 * cos(radians(end)), 100 - 50 * sin(radians(end))
        way = (-sin(radians(end + 14)), -cos(radians(end + 14)))
        tip = (x1 + way[0] * 32, y1 + way[1] * 32)
        parts.append(line(f"M{x0:.1f},{y0:.1f} A50,50 0 0 0 {x1:.1f},{y1:.1f}", WHITE, 18) + head(tip, way, 36, WHITE))
    return _disc("".join(parts))


def _route_g318() -> str:
    return (
        rect(5, 50, 190, 100, RED, 10) + f'<rect x="12" y="57" width="176" height="86" rx="6" fill="none" '
        f'stroke="{WHITE}" stroke-width="4"/>' + words("G318", 100, 100, 54, WHITE, 16, 18)
    )


SIGNS: dict[str, Callable[[], str]] = {
    "warn_bend_left": _bend_left,
    "warn_reverse_bend_right": _reverse_bend_right,
    "warn_narrow_right": _narrow_right,
    "warn_two_way": _two_way,
    "warn_t_junction": _t_junction,
    "warn_crosswind": _crosswind,
    "warn_falling_rocks": _falling_rocks,
    "warn_slippery": _slippery,
    "warn_cattle": _cattle,
    "octagon_stop": _octagon,
    "triangle_give_way": _give_way,
    "red_disc_bar": _red_disc_bar,
    "meet_red_up": _meet_red_up,
    "meet_white_up": _meet_white_up,
    "no_left_right": _no_left_right,
    "no_horn": _no_horn,
    "limit_height": _limit_height,
    "no_stopping": _no_stopping,
    "no_long_stopping": lambda: _no_stopping(False),
    "min_speed_50": _min_speed,
    "end_limit_40": _end_limit,
    "blue_straight_right": _blue_straight_right,
    "blue_three_arrows": _blue_three_arrows,
    "route_g318": _route_g318,
}


def main() -> int:
    """Write the pictures; 1 if one is heavier than a terminal should have to load."""
    small = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">{}</svg>\n'
    sheets = {f"signs/{name}": small.format(draw()) for name, draw in SIGNS.items()}
    sheets |= {f"signals/{name}": small.format(draw()) for name, draw in roadway.HEADS.items()}
    sheets |= {f"lamps/{name}": small.format(draw()) for name, draw in lamps.LAMPS.items()}
    sheets |= {name: roadway.picture(draw()) for name, draw in roadway.ROADS.items()}
    for module in sorted(Path(__file__).resolve().parent.glob("signs_*.py")):  # more of them: SMALL, by folder and name
        sheets |= {name: small.format(draw()) for name, draw in import_module(module.stem).SMALL.items()}
    for name, text in sheets.items():
        file = TARGET / f"{name}.svg"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return int(any(len(text.encode()) > LIMIT for text in sheets.values()))


if __name__ == "__main__":
    sys.exit(main())
