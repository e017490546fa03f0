"""Dashboard lamps on a dark ground, 200 by 200, after the symbols and colours of GB 4094 (ISO 2575); our own drawing."""

from collections.abc import Callable

from strokes import line, words
from svg import circle, path, polygon, rect

RED, AMBER, BLUE, DARK = "#f2453d", "#ffb020", "#3f9bff", "#1b2024"


def _panel(symbol: str) -> str:
    return rect(4, 4, 192, 192, DARK, 18) + symbol


def _oil_can() -> str:
    body = path("M52,92 H118 L166,76 L170,86 L128,134 H52 Z", fill=RED)
    handle = line("M52,102 H34 V86", RED, 8)
    cap = rect(76, 76, 22, 8, RED) + rect(84, 80, 6, 14, RED)
    drop = path("M166,104 Q178,122 166,130 Q154,122 166,104 Z", fill=RED)
    return _panel(body + handle + cap + drop)


def _battery() -> str:
    case = line("M34,72 H166 V144 H34 Z", RED, 10)
    poles = rect(48, 54, 26, 16, RED) + rect(126, 54, 26, 16, RED)
    return _panel(case + poles + line("M50,104 H78", RED, 9) + line("M122,104 H150 M136,90 V118", RED, 9))


def _thermometer() -> str:
    tube = rect(92, 36, 14, 84, RED, 7) + circle(99, 122, 17, RED)
    ticks = line("M106,50 H130 M106,72 H130 M106,94 H130", RED, 8)
    wave = "M{0},{1} q12,-12 24,0 t24,0 t24,0 t24,0 t24,0"
    low = line(wave.format(39, 164), RED, 8)
    side = line("M30,140 q11,-11 22,0 t20,0", RED, 8) + line("M126,140 q11,-11 22,0 t20,0", RED, 8)
    return _panel(tube + ticks + low + side)


def _ring_exclamation() -> str:
    ring = circle(100, 100, 52, RED) + circle(100, 100, 42, DARK)
    mark = polygon([(93, 68), (107, 68), (104, 112), (96, 112)], RED) + circle(100, 125, 7, RED)
    return _panel(ring + mark + line("M44,52 Q16,100 44,148", RED, 10) + line("M156,52 Q184,100 156,148", RED, 10))


def _abs_letters() -> str:
    ring = circle(100, 100, 52, AMBER) + circle(100, 100, 44, DARK)
    arcs = line("M42,54 Q16,100 42,146", AMBER, 9) + line("M158,54 Q184,100 158,146", AMBER, 9)
    return _panel(ring + arcs + words("ABS", 100, 100, 36, AMBER, 18, 16))


def _beam_straight() -> str:
    lamp = path("M104,56 Q168,56 168,100 Q168,144 104,144 Q116,100 104,56 Z", fill=BLUE)
    return _panel(lamp + "".join(line(f"M32,{y} H92", BLUE, 9) for y in (60, 80, 100, 120, 140)))


def _fog_rear() -> str:
    lamp = path("M92,56 Q32,56 32,100 Q32,144 92,144 Q80,100 92,56 Z", fill=AMBER)
    rays = "".join(line(f"M104,{y} H172", AMBER, 9) for y in (70, 100, 130))
    return _panel(
        lamp
        + rays
        + line("M138,46 q13,14 0,27 t0,27 t0,27 t0,27", DARK, 21)
        + line("M138,46 q13,14 0,27 t0,27 t0,27 t0,27", AMBER, 9)
    )


def _belt_figure() -> str:
    person = circle(96, 52, 19, RED) + path("M66,160 Q60,82 84,78 H110 Q134,82 130,160 Z", fill=RED)
    strap = line("M70,76 L138,140", DARK, 17) + line("M56,62 L146,147", RED, 9)
    lap = line("M58,140 H142", DARK, 15) + line("M50,140 H150", RED, 8)
    return _panel(person + strap + lap + circle(146, 143, 9, RED))


def _tyre_section() -> str:
    wall = line("M62,48 Q28,92 56,132 H144 Q172,92 138,48", AMBER, 10)
    tread = "".join(
        polygon([(x - 6, 136), (x + 6, 136), (x + 6, 152), (x - 6, 152)], AMBER) for x in (58, 79, 100, 121, 142)
    )
    mark = polygon([(92, 54), (108, 54), (104, 98), (96, 98)], AMBER) + circle(100, 113, 7.5, AMBER)
    return _panel(wall + tread + mark)


def _double_triangle() -> str:
    return _panel(line("M100,34 L172,156 H28 Z", RED, 11) + line("M100,80 L131,133 H69 Z", RED, 10))


LAMPS: dict[str, Callable[[], str]] = {
    "oil_can": _oil_can,
    "battery": _battery,
    "thermometer": _thermometer,
    "ring_exclamation": _ring_exclamation,
    "abs_letters": _abs_letters,
    "beam_straight": _beam_straight,
    "fog_rear": _fog_rear,
    "belt_figure": _belt_figure,
    "tyre_section": _tyre_section,
    "double_triangle": _double_triangle,
}
