"""Number plates as small pictures, and the back of a car with its plate in four states; nobody's real number."""

from palette import BONE, GLASS, INK, MADDER, TYRE
from strokes import line
from svg import circle, ellipse, group, path, rect

PLATE_BLUE, PLATE_YELLOW, PLATE_GREEN, PLATE_WHITE, BLACK, WHITE = (
    "#1657a8",
    "#f5b81d",
    "#4fb96a",
    "#ffffff",
    "#141414",
    "#ffffff",
)
BODY, SHADE = "#7f99a8", "#6a8494"


def _strip(colour: str, ink: str, bands: tuple[tuple[float, str], ...] = (), count: int = 7, last: str = "") -> str:
    """A plate of the real shape (440 by 140): frame, two bolts at the top and the bottom, `count` places for signs, the last one in the colour `last`."""
    ground = rect(4, 68, 192, 64, colour, 6) + "".join(rect(4, y, 192, 132 - y, tone, 6) for y, tone in bands)
    frame = f'<rect x="7.5" y="71.5" width="185" height="57" rx="4" fill="none" stroke="{ink}" stroke-width="2.4"/>'
    edge = f'<rect x="4" y="68" width="192" height="64" rx="6" fill="none" stroke="{INK}" stroke-width="1.4"/>'
    bolts = "".join(circle(x, y, 2.6, "#8a949a") for x in (56, 144) for y in (76, 124))
    step = 176 / (count + 0.5)
    places = [12 + step * (i + (0.5 if i > 1 else 0)) for i in range(count)]
    bars = "".join(rect(x + step * 0.14, 84, step * 0.72, 32, ink, 3) for x in places)
    if last:
        bars += rect(places[-1] + step * 0.14, 84, step * 0.72, 32, last, 3)
    return ground + edge + frame + bars + circle(12 + step * 2.25, 100, 2.6, ink) + bolts


def _green() -> str:
    bands = ((84, "#c9ead0"), (100, "#97d6a5"), (116, PLATE_GREEN))
    return _strip("#f4fbf5", BLACK, bands, 8)


def _back(plate: str) -> str:
    """The back of a car, close by: window, lamps, bumper, and `plate` in its place (drawn 60 by 20 round its middle)."""
    return "".join(
        [
            ellipse(100, 183, 88, 7, "#4c555a"),
            rect(22, 150, 28, 34, TYRE, 6),
            rect(150, 150, 28, 34, TYRE, 6),
            path("M30,84 L52,30 Q55,24 62,24 L138,24 Q145,24 148,30 L170,84 Z", fill=BODY),
            path("M44,80 L61,36 Q62,34 65,34 L135,34 Q138,34 139,36 L156,80 Z", fill=GLASS),
            path("M60,74 L70,42 L86,42 L74,74 Z", fill="#4d6878"),
            rect(14, 80, 172, 82, BODY, 14),
            rect(14, 146, 172, 20, SHADE, 8),
            rect(20, 92, 30, 22, MADDER, 5),
            rect(150, 92, 30, 22, MADDER, 5),
            rect(64, 104, 72, 32, "#5c7483", 4),
            rect(84, 97, 32, 4, "#5c7483", 2),
            group(plate, 100, 120),
        ]
    )


def _plate() -> str:
    return (
        rect(-33, -11, 66, 22, PLATE_BLUE, 2)
        + f'<rect x="-31.5" y="-9.5" width="63" height="19" rx="1.5" fill="none" stroke="{WHITE}" stroke-width="1"/>'
        + "".join(rect(x, -6, 5.4, 12, WHITE, 1) for x in (-28, -20.5, -9.5, -2, 5.5, 13, 20.5))
        + circle(-12.2, 0, 1.1, WHITE)
    )


def _bare() -> str:
    return "".join(circle(x, y, 1.6, INK) for x in (-20, 20) for y in (-6, 6))


def _mud() -> str:
    splash = path(
        "M-39,-4 Q-36,-14 -24,-12 Q-14,-18 -4,-13 Q8,-17 14,-10 Q20,-12 19,-4 Q22,2 17,6 Q18,15 6,12 "
        "Q-4,18 -14,13 Q-26,17 -33,11 Q-43,8 -39,-4 Z",
        fill="#7a5c3a",
    )
    spots = "".join(
        circle(x, y, r, "#7a5c3a")
        for x, y, r in (
            (28, -13, 3),
            (26, 14, 2.6),
            (-44, 17, 3.4),
            (-30, 24, 4),
            (4, 24, 3),
            (40, 22, 2.6),
            (-52, 4, 2.4),
        )
    )
    lumps = "".join(
        ellipse(x, y, rx, ry, "#8d6d48") for x, y, rx, ry in ((-22, -3, 8, 4), (0, 4, 9, 4), (-8, -8, 5, 2.4))
    )
    return _plate() + splash + lumps + spots


def _cloth() -> str:
    cloth = path("M-37,-15 Q0,-10 37,-15 L39,13 Q28,17 22,12 Q10,18 0,13 Q-12,18 -22,13 Q-32,17 -39,13 Z", fill=BONE)
    folds = line("M-20,-12 Q-18,2 -22,12 M2,-11 Q4,2 0,12 M22,-12 Q21,0 23,11", "#c9c3b0", 1.6)
    cords = line("M-37,-14 L-44,-22 M37,-14 L44,-22", "#8a7f6a", 2)
    return _plate() + cords + cloth + folds


SMALL = {
    "signs/plate_blue": lambda: _strip(PLATE_BLUE, WHITE),
    "signs/plate_yellow": lambda: _strip(PLATE_YELLOW, BLACK),
    "signs/plate_green": _green,
    "signs/plate_white": lambda: _strip(PLATE_WHITE, BLACK, last=MADDER),
    "signs/rear_a": lambda: _back(_plate()),
    "signs/rear_b": lambda: _back(_bare()),
    "signs/rear_c": lambda: _back(_mud()),
    "signs/rear_d": lambda: _back(_cloth()),
}
