"""Small pictures of carts, horses, tractors and of cars that stand beside mountain roads."""

from collections.abc import Callable

from palette import (
    AMBER,
    BLUE,
    GRASS,
    HAIR,
    INK,
    MADDER,
    NAVY,
    PEAK,
    RED,
    ROAD,
    ROCK,
    ROCK_DARK,
    SKIN,
    SKY,
    SNOW,
    STEEL,
    TYRE,
    WATER,
    WHITE,
    YELLOW,
)
from plan import car
from signs_land_moto import person
from strokes import line
from svg import circle, ellipse, group, path, polygon, rect

COAT, MANE, ROBE, WOOD = "#8a5a37", "#33261e", "#6e3b34", "#a9834f"


def _field(floor: float = 160) -> str:
    """A meadow with mountains behind it; `floor` is the height of the ground."""
    hills = path(f"M4,{floor} L4,96 L52,58 L92,96 L138,50 L196,100 L196,{floor} Z", fill=PEAK) + path(
        "M52,58 L70,75 L54,70 L40,74 L36,71 Z M138,50 L160,69 L140,64 L126,70 L118,66 Z", fill=SNOW
    )
    return (
        rect(4, 4, 192, 192, SKY, 12)
        + hills
        + rect(4, floor, 192, 196 - floor, GRASS, 10)
        + rect(4, floor, 192, 14, GRASS)
    )


def horse() -> str:
    """A brown horse walking right: feet on y = 0, about 90 wide and 84 high."""
    legs = line("M-26,-38 L-32,-2 M-18,-36 L-14,-2", COAT, 8) + line("M18,-38 L14,-2 M26,-40 L34,-4", COAT, 8)
    hoofs = "".join(rect(x, -4, 10, 5, INK) for x in (-37, -19, 9, 29))
    tail = line("M-32,-48 Q-46,-40 -42,-18", MANE, 7, "round")
    body = path(
        "M-34,-50 Q-10,-58 22,-54 L38,-80 L44,-88 L48,-80 L62,-68 L58,-61 L48,-64 L38,-40 Q24,-28 -22,-32 Q-36,-36 -34,-50 Z",
        fill=COAT,
    )
    return legs + hoofs + tail + body + line("M20,-56 L40,-86", MANE, 6, "round") + circle(47, -75, 1.8, INK)


def cart() -> str:
    """A two-wheeled cart of boards; its shafts reach to the right; the wheel stands on y = 0."""
    wheel = (
        circle(0, -20, 20, TYRE)
        + circle(0, -20, 15, WOOD)
        + line("M0,-38 V-2 M-18,-20 H18 M-13,-33 L13,-7 M13,-33 L-13,-7", TYRE, 3)
    )
    return (
        line("M20,-32 L92,-40", "#7d5a3c", 5)
        + rect(-40, -52, 64, 22, WOOD, 2)
        + line("M-40,-41 H24", "#7d5a3c", 3)
        + wheel
    )


def standing(x: float, y: float, reach: tuple[float, float], legs: bool = True) -> str:
    """Someone in a robe and a hat, facing right, one hand at `reach`; y is the ground."""
    feet = rect(x - 9, y - 8, 9, 8, INK, 2) + rect(x + 2, y - 8, 9, 8, INK, 2) if legs else ""
    robe = path(f"M{x - 9},{y - 58} Q{x},{y - 62} {x + 9},{y - 58} L{x + 14},{y - 6} H{x - 14} Z", fill=ROBE)
    sash = rect(x - 11, y - 40, 23, 6, AMBER, 2)
    arm = line(f"M{x + 4},{y - 53} L{reach[0]},{reach[1]}", ROBE, 8, "round") + circle(*reach, 4, SKIN)
    head = circle(x, y - 67, 8, SKIN) + ellipse(x, y - 72, 14, 3, HAIR) + rect(x - 7, y - 81, 14, 9, HAIR, 3)
    return feet + robe + sash + arm + head


def _seated(x: float, y: float) -> str:
    """Someone sitting on the cart's boards, reins in hand."""
    legs = line(f"M{x},{y - 6} L{x + 18},{y - 8} L{x + 22},{y + 12}", ROBE, 11, "round")
    trunk = line(f"M{x},{y - 6} L{x + 2},{y - 34}", ROBE, 19, "round") + rect(x - 10, y - 18, 20, 5, AMBER, 2)
    head = circle(x + 3, y - 50, 8, SKIN) + ellipse(x + 3, y - 55, 14, 3, HAIR) + rect(x - 4, y - 64, 14, 9, HAIR, 3)
    return legs + trunk + line(f"M{x + 2},{y - 30} L{x + 22},{y - 22}", ROBE, 8, "round") + head


def _crossing(kind: int) -> str:
    """A cart going over a road. 1: led by the head. 2: the driver sits. 3: the driver walks behind. 4: the driver stands on it."""
    road = polygon([(20, 196), (176, 196), (128, 120), (74, 120)], ROAD) + path(
        "M98,194 L100,122", stroke=YELLOW, width=3, dash="14 10"
    )
    back = _field(120) + road
    team = group(horse(), 122, 178, 0.82) + group(cart(), 58, 178, 0.82)
    reins = line("M76,132 Q104,118 150,122", INK, 2)
    if kind == 1:
        return back + team + line("M160,122 L172,134", INK, 2) + standing(178, 180, (170, 134))
    if kind == 2:
        return back + _seated(50, 138) + team + reins
    if kind == 3:
        return back + group(standing(0, 0, (18, -38)), 18, 180) + group(team, 10, 0)
    return back + standing(52, 142, (74, 108), legs=False) + team + line("M74,108 Q110,104 150,122", INK, 2)


def _tractor() -> str:
    rear = circle(92, 138, 34, TYRE) + circle(92, 138, 18, MADDER) + circle(92, 138, 6, INK)
    front = circle(160, 152, 20, TYRE) + circle(160, 152, 10, MADDER)
    body = (
        path("M84,128 V100 H118 V96 H176 V136 H128 Z", fill=RED)
        + rect(168, 102, 10, 20, STEEL, 3)
        + line("M150,96 V66", INK, 6)
    )
    trailer = (
        rect(8, 102, 48, 36, WOOD, 3)
        + line("M8,114 H56 M8,126 H56", "#7d5a3c", 3)
        + line("M56,140 H84", INK, 5)
        + circle(30, 152, 20, TYRE)
        + circle(30, 152, 9, STEEL)
    )
    driver = (
        line("M92,106 L94,76", NAVY, 22, "round")
        + line("M96,80 L120,90", NAVY, 8, "round")
        + circle(96, 58, 10, SKIN)
        + ellipse(96, 52, 16, 3.5, HAIR)
        + rect(88, 42, 16, 10, HAIR, 3)
    )
    return _field(150) + trailer + driver + body + rear + front


def _rider() -> str:
    return _field(150) + group(horse(), 96, 172, 1.25) + rect(78, 96, 34, 10, MADDER, 4) + _seated(92, 104)


def _cart_alone() -> str:
    return (
        _field(150)
        + _seated(50, 134)
        + group(horse(), 126, 174, 0.9)
        + group(cart(), 56, 174, 0.9)
        + line("M76,128 Q108,112 156,112", INK, 2)
    )


def _pedals() -> str:
    """A bicycle and its rider."""
    wheels = "".join(circle(x, 146, 27, TYRE) + circle(x, 146, 22, "#dfe9e4") for x in (56, 146))
    frame = line("M56,146 L82,100 H130 L100,146 Z M146,146 L126,84 M56,146 H100 L78,90 M66,88 H92", BLUE, 6) + line(
        "M126,86 L140,80", INK, 6, "round"
    )
    return _field(150) + wheels + frame + person(82, AMBER, False, (136, 82), 0.95, 92)


def _halted(x: float, y: float, turn: float = 0) -> str:
    """A white car that stands: its right door is open and somebody has got out behind it."""
    door = line("M18,-8 L33,4", "#dfe4e6", 6, "round")
    out = ellipse(8, 58, 19, 10, MADDER) + circle(8, 57, 10, HAIR)
    return group(car(0, 0, 0, "#eef1f2") + door + out, x, y, 0.7, turn)


def _beside(kind: int) -> str:
    """A car that stands at the right edge. 1: in a lay-by. 2: in a bend. 3: on a bridge. 4: before a tunnel."""
    back = rect(4, 4, 192, 192, GRASS, 12)
    if kind == 2:
        return back + _bend() + _halted(138, 108, 45)
    road = rect(54, 4, 92, 192, ROAD) + rect(58, 4, 4, 192, WHITE) + rect(138, 4, 4, 192, WHITE)
    middle = "".join(rect(98, y, 4, 24, YELLOW) for y in range(10, 180, 42))
    if kind == 1:
        lay_by = path("M142,40 L176,66 V176 L142,196 Z", fill=ROAD) + line("M140,38 L174,66 V176 L140,196", WHITE, 4)
        edge = rect(54, 4, 92, 192, ROAD) + rect(58, 4, 4, 192, WHITE) + rect(138, 4, 4, 34, WHITE)
        return back + edge + lay_by + middle + _halted(150, 108)
    if kind == 3:
        river = rect(4, 40, 192, 122, WATER) + line(
            "M10,70 q10,-8 20,0 t20,0 M150,96 q10,-8 20,0 t20,0 M10,132 q10,-8 20,0 t20,0 M152,140 q9,-8 18,0 t18,0",
            "#a9cbd8",
            5,
        )
        rails = "".join(
            rect(x, 34, 8, 134, STEEL) + "".join(rect(x - 1, y, 10, 8, INK) for y in range(34, 168, 32))
            for x in (46, 146)
        )
        return back + river + road + rails + middle + _halted(121, 92)
    hill = (
        path("M4,64 Q20,70 54,66 V72 H146 V66 Q180,70 196,64 V4 H4 Z", fill=ROCK)
        + path("M54,72 V44 Q54,12 100,12 Q146,12 146,44 V72 Z", fill="#5d564f")
        + path("M62,72 V46 Q62,20 100,20 Q138,20 138,46 V72 Z", fill="#15191c")
    )
    return back + road + middle + rect(54, 4, 92, 66, ROCK) + hill + _halted(122, 116)


def _bend() -> str:
    """A road that comes from below and turns sharply right round a rock, which hides what comes."""

    def arc(radius: float, colour: str, width: float) -> str:
        return line(f"M{176 - radius},196 V150 A{radius},{radius} 0 0 1 176,{150 - radius} H196", colour, width)

    rock = path("M150,196 V150 Q152,126 178,122 H196 V196 Z", fill=ROCK) + path(
        "M160,186 L170,160 L166,146 M176,134 L190,140 L186,158", stroke=ROCK_DARK, width=4
    )
    return arc(82, ROAD, 100) + arc(126, WHITE, 4) + arc(38, WHITE, 4) + arc(82, YELLOW, 4) + rock


PARTS: dict[str, Callable[[], str]] = {
    **{f"ln_over_{kind}": lambda kind=kind: _crossing(kind) for kind in (1, 2, 3, 4)},
    "ln_way_1": _tractor,
    "ln_way_2": _rider,
    "ln_way_3": _cart_alone,
    "ln_way_4": _pedals,
    **{f"ln_stand_{kind}": lambda kind=kind: _beside(kind) for kind in (1, 2, 3, 4)},
}
SMALL: dict[str, Callable[[], str]] = {f"parts/{name}": draw for name, draw in PARTS.items()}
