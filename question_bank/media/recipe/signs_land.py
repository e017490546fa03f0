"""More dashboard lamps and controls (after GB 4094), and signs for carts, motorcycles, water and stones on the road."""

from collections.abc import Callable

from lamps import AMBER, DARK, RED
from signs import BLACK, _ring, _warning
from strokes import line
from svg import circle, group, path, polygon, rect

GREEN, PALE = "#35c46b", "#e6ebee"


def _panel(symbol: str) -> str:
    return rect(4, 4, 192, 192, DARK, 18) + symbol


def _lamp(colour: str) -> str:
    """The half-round lamp whose light goes to the left."""
    return path("M104,56 Q168,56 168,100 Q168,144 104,144 Q116,100 104,56 Z", fill=colour)


def _beam_slanting() -> str:
    return _panel(_lamp(GREEN) + "".join(line(f"M94,{y} L34,{y + 18}", GREEN, 9) for y in (58, 78, 98, 118, 138)))


def _beam_slanting_wave() -> str:
    rays = "".join(line(f"M94,{y} L24,{y + 20}", GREEN, 9) for y in (64, 94, 124))
    wave = "M62,46 q13,15 0,30 t0,30 t0,30 t0,30"
    return _panel(_lamp(GREEN) + rays + line(wave, DARK, 21) + line(wave, GREEN, 9))


def _arrow(left: bool) -> str:
    body = polygon([(30, 100), (92, 46), (92, 76), (168, 76), (168, 124), (92, 124), (92, 154)], GREEN)
    return _panel(body if left else group(body, 200, 0, flip=True))


def _fan(extra: str) -> str:
    """The front window: wider at the top, both edges curved."""
    return _panel(line("M30,66 Q100,34 170,66 L142,128 Q100,112 58,128 Z", PALE, 9) + extra)


def _rising(colour: str, low: float, high: float) -> str:
    """Three wavy arrows that go up."""
    middle = (low + high) / 2
    return "".join(
        line(f"M{x},{low} Q{x - 13},{(low + middle) / 2} {x},{middle} T{x},{high + 10}", colour, 7)
        + polygon([(x, high - 8), (x - 11, high + 12), (x + 11, high + 12)], colour)
        for x in (66, 100, 134)
    )


def _fan_waves() -> str:
    return _fan(
        line("M66,176 Q53,150 66,124 T66,90", DARK, 16)
        + line("M100,176 Q87,150 100,124 T100,90", DARK, 16)
        + line("M134,176 Q121,150 134,124 T134,90", DARK, 16)
        + _rising(PALE, 176, 84)
    )


def _box_waves() -> str:
    frame = line("M30,52 H170 V136 H30 Z", PALE, 9)
    gaps = "".join(line(f"M{x},176 V100", DARK, 17) for x in (66, 100, 134))
    return _panel(frame + gaps + _rising(PALE, 176, 84))


def _fan_arm() -> str:
    return _fan(line("M100,150 L66,68", DARK, 18) + line("M100,158 L66,70", PALE, 8) + circle(100, 158, 9, PALE))


def _fan_fountain() -> str:
    jets = "".join(
        line(data, PALE, 7) for data in ("M100,160 V100", "M100,110 Q96,76 74,92", "M100,110 Q104,76 126,92")
    )
    drops = circle(66, 104, 5, PALE) + circle(134, 104, 5, PALE) + circle(100, 86, 5, PALE)
    return _fan(line("M100,160 V112", DARK, 18) + jets + drops)


def _car_wings() -> str:
    body = path("M76,40 Q100,28 124,40 L128,80 V150 Q126,168 100,170 Q74,168 72,150 V80 Z", fill=RED)
    glass = path("M82,74 Q100,64 118,74 L114,90 H86 Z", fill=DARK) + rect(84, 130, 32, 16, DARK, 4)
    doors = line("M72,84 L36,104 V112", RED, 9) + line("M128,84 L164,104 V112", RED, 9)
    return _panel(body + glass + doors)


def _car_side(lid: str) -> str:
    body = path("M22,132 V116 L36,102 H62 L84,74 H122 L144,102 L178,112 V132 Z", fill=RED)
    glass = polygon([(72, 102), (89, 82), (100, 82), (100, 102)], DARK) + polygon(
        [(107, 82), (119, 82), (134, 102), (107, 102)], DARK
    )
    wheels = "".join(circle(x, 134, 20, DARK) + circle(x, 134, 13, RED) for x in (58, 146))
    driver = circle(112, 93, 6, RED) + line("M120,101 L125,92", RED, 3)  # looks to the front
    return _panel(body + glass + driver + circle(171, 117, 4, DARK) + wheels + lid)


def _car_nose_up() -> str:
    return _car_side(line("M146,94 L176,60", RED, 9))


def _car_tail_up() -> str:
    return _car_side(line("M58,94 L26,62", RED, 9))


def _pump() -> str:
    body = path("M54,164 V48 Q54,40 62,40 H108 Q116,40 116,48 V164 Z", fill=AMBER) + rect(66, 54, 38, 30, DARK, 4)
    foot = rect(44, 156, 82, 12, AMBER)
    hose = line("M116,96 H130 Q138,96 138,106 V132 Q138,144 148,144 Q158,144 158,132 V80 L138,58", AMBER, 8)
    return _panel(body + foot + hose + rect(146, 70, 18, 24, AMBER, 4))


def _block_outline() -> str:
    outline = "M56,78 H78 V66 H64 V56 H116 V66 H102 V78 H126 L142,94 H150 V82 H166 V142 H150 V128 H140 L126,146 H82 L66,130 H56 V112 H44 V136 H32 V82 H44 V98 H56 Z"
    return _panel(line(outline, AMBER, 9))


def _ring_p() -> str:
    ring = circle(100, 100, 52, RED) + circle(100, 100, 42, DARK)
    letter = line("M86,128 V74 H102 Q120,74 120,90 Q120,106 102,106 H86", RED, 10)
    return _panel(ring + letter + line("M44,52 Q16,100 44,148", RED, 10) + line("M156,52 Q184,100 156,148", RED, 10))


def _two_lamps() -> str:
    half = path("M92,72 V128 Q56,126 56,100 Q56,74 92,72 Z", fill=GREEN)
    rays = line("M48,76 L24,64", GREEN, 8) + line("M44,100 H16", GREEN, 8) + line("M48,124 L24,136", GREEN, 8)
    return _panel(half + rays + group(half + rays, 200, 0, flip=True))


def _figure_ball() -> str:
    head = circle(74, 54, 18, RED)
    body = line("M66,82 L58,138 H108 L122,168", RED, 24, "round") + line("M76,98 L104,112", RED, 11, "round")
    return _panel(head + body + circle(138, 88, 31, RED) + line("M164,122 L176,140", RED, 8))


def _letter_n() -> str:
    return _panel(
        rect(58, 50, 17, 100, GREEN)
        + rect(125, 50, 17, 100, GREEN)
        + polygon([(58, 50), (76, 50), (142, 150), (124, 150)], GREEN)
    )


LAMPS: dict[str, Callable[[], str]] = {
    "beam_slanting": _beam_slanting,
    "beam_slanting_wave": _beam_slanting_wave,
    "arrow_left": lambda: _arrow(True),
    "arrow_right": lambda: _arrow(False),
    "fan_waves": _fan_waves,
    "box_waves": _box_waves,
    "fan_arm": _fan_arm,
    "fan_fountain": _fan_fountain,
    "car_wings": _car_wings,
    "car_nose_up": _car_nose_up,
    "car_tail_up": _car_tail_up,
    "pump": _pump,
    "block_outline": _block_outline,
    "ring_p": _ring_p,
    "two_lamps": _two_lamps,
    "figure_ball": _figure_ball,
    "letter_n": _letter_n,
}


# signs


def motorcycle_black() -> str:
    """A motorcycle from its side, black, in a box of 120 by 80 round (0, 0)."""
    wheels = "".join(circle(x, 18, 23, BLACK) + circle(x, 18, 15, "#ffffff") for x in (-38, 40))
    body = path("M-58,-14 L-30,-20 H-8 Q4,-32 22,-26 L24,-12 L4,14 H-18 L-30,-6 H-54 Z", fill=BLACK)
    bars = line("M40,18 L22,-34 L8,-40", BLACK, 7) + circle(31, -24, 8, BLACK) + line("M-38,18 L-14,6", BLACK, 7)
    return wheels + body + bars


def _bicycle_black() -> str:
    wheels = "".join(circle(x, 16, 25, BLACK) + circle(x, 16, 19, "#ffffff") for x in (-36, 38))
    frame = line("M-36,16 L-12,-22 H26 L2,16 Z M38,16 L24,-30 H38 M-36,16 H2 M2,16 L-16,-32 M-26,-33 H-6", BLACK, 6)
    return wheels + frame


def _cart_black() -> str:
    horse = path(
        "M-58,-8 Q-40,-14 -18,-12 Q-8,-10 -6,0 L-6,14 L-10,38 H-16 L-18,16 L-24,8 L-44,8 L-48,38 H-54 L-56,10 Q-60,2 -58,-8 Z",
        fill=BLACK,
    )
    head = path(
        "M-42,-12 Q-52,-30 -60,-44 L-58,-52 L-65,-47 L-84,-30 Q-86,-22 -78,-22 L-67,-29 Q-64,-16 -58,2 Z", fill=BLACK
    )
    tail = line("M-8,-4 Q2,8 -2,22", BLACK, 4, "round")
    cart = (
        rect(8, -18, 60, 22, BLACK, 2)
        + circle(40, 18, 18, BLACK)
        + circle(40, 18, 11, "#ffffff")
        + line("M-40,2 H10", BLACK, 5)
    )
    return horse + head + tail + cart


def _tractor_black() -> str:
    rear = circle(26, 10, 28, BLACK) + circle(26, 10, 16, "#ffffff") + circle(26, 10, 6, BLACK)
    front = circle(-40, 24, 15, BLACK) + circle(-40, 24, 7, "#ffffff")
    body = (
        path("M-58,8 V-16 H-10 V-44 H40 V-22 H30 L14,8 Z", fill=BLACK)
        + rect(-2, -38, 32, 18, "#ffffff")
        + line("M-44,-16 V-38", BLACK, 6)
    )
    return body + rear + front


def _tricycle_black() -> str:
    wheels = "".join(circle(x, 20, 20, BLACK) + circle(x, 20, 12, "#ffffff") for x in (-42, 36))
    body = rect(2, -24, 64, 30, BLACK, 2) + path("M-26,-6 H8 V12 H-18 Z", fill=BLACK) + rect(-22, -16, 24, 8, BLACK, 3)
    bars = line("M-42,20 L-30,-28 L-18,-34", BLACK, 7) + circle(-36, -20, 7, BLACK)
    return body + wheels + bars


def _waves(y: float) -> str:
    return line(f"M52,{y} q8,-9 16,0 t16,0 t16,0 t16,0 t16,0 t16,0", BLACK, 6)


def _car_waves() -> str:
    car = path("M66,122 V110 L72,104 H80 L88,90 H114 L124,104 L136,108 V122 Z", fill=BLACK)
    glass = polygon([(86, 104), (92, 95), (99, 95), (99, 104)], "#f9c80e") + polygon(
        [(104, 95), (111, 95), (117, 104), (104, 104)], "#f9c80e"
    )
    wheels = circle(82, 124, 9, BLACK) + circle(120, 124, 9, BLACK)
    return _warning(car + glass + wheels + _waves(142) + _waves(156))


def _boat_waves() -> str:
    hull = polygon([(54, 122), (146, 122), (132, 142), (68, 142)], BLACK)
    car = (
        path("M74,118 V108 H84 L91,96 H111 L119,108 H128 V118 Z", fill=BLACK)
        + circle(86, 118, 7, BLACK)
        + circle(116, 118, 7, BLACK)
    )
    return _warning(car + hull + _waves(156))


def _two_humps() -> str:
    return _warning(
        path(
            "M46,156 V146 Q58,146 62,136 Q73,110 84,136 Q88,146 100,146 Q112,146 116,136 Q127,110 138,136 Q142,146 154,146 V156 Z",
            fill=BLACK,
        )
    )


SIGNS: dict[str, Callable[[], str]] = {
    "ln_ring_motorcycle": lambda: _ring(group(motorcycle_black(), 100, 100), slash=True),
    "ln_ring_bicycle": lambda: _ring(group(_bicycle_black(), 100, 100), slash=True),
    "ln_ring_cart": lambda: _ring(group(_cart_black(), 104, 98, 0.86), slash=True),
    "ln_ring_tractor": lambda: _ring(group(_tractor_black(), 104, 100), slash=True),
    "ln_ring_three_wheels": lambda: _ring(group(_tricycle_black(), 94, 98), slash=True),
    "ln_car_waves": _car_waves,
    "ln_boat_waves": _boat_waves,
    "ln_two_humps": _two_humps,
}
SMALL: dict[str, Callable[[], str]] = {f"lamps/{name}": draw for name, draw in LAMPS.items()}
SMALL |= {f"signs/{name}": draw for name, draw in SIGNS.items()}
