"""Lines, arrows and the few letters that stand on real signs, drawn as strokes so that no font is needed."""

from svg import Point, polygon

GLYPHS = {  # each in a box 60 wide and 100 high
    "0": "M30,5 Q55,5 55,35 V65 Q55,95 30,95 Q5,95 5,65 V35 Q5,5 30,5 Z",
    "1": "M12,26 L34,9 V100",
    "2": "M8,26 Q10,5 30,5 Q53,5 53,28 Q53,46 8,94 H57",
    "3": "M7,22 Q12,5 30,5 Q52,5 52,26 Q52,46 26,47 Q55,48 55,71 Q55,95 30,95 Q8,95 4,76",
    "4": "M42,100 V9 L7,70 H60",
    "5": "M53,7 H14 L10,47 Q18,38 31,38 Q55,38 55,66 Q55,95 30,95 Q8,95 4,78",
    "6": "M48,9 Q5,22 5,66 Q5,95 30,95 Q55,95 55,68 Q55,42 30,42 Q10,42 5,64",
    "7": "M4,6 H54 Q28,46 26,100",
    "8": (
        "M30,5 Q50,5 50,25 Q50,46 30,46 Q10,46 10,25 Q10,5 30,5 Z "
        "M30,46 Q55,46 55,71 Q55,95 30,95 Q5,95 5,71 Q5,46 30,46 Z"
    ),
    "G": "M54,26 Q48,5 30,5 Q5,5 5,50 Q5,95 30,95 Q54,95 54,58 H32",
    "A": "M4,100 L30,4 L56,100 M13,66 H47",
    "B": "M9,0 V100 M9,6 H30 Q50,6 50,26 Q50,46 30,46 H9 M30,46 Q55,46 55,70 Q55,94 30,94 H9",
    "S": "M53,24 Q48,5 30,5 Q8,5 8,26 Q8,45 30,48 Q55,52 55,73 Q55,95 30,95 Q8,95 4,76",
    "m": "M2,100 V44 M2,62 Q4,48 17,48 Q29,48 29,62 V100 M29,62 Q31,48 44,48 Q56,48 56,62 V100",
    ".": "M24,95 H38",
    " ": "M0,0",
    "停": (
        "M20,4 Q15,24 2,46 M13,30 V100 M41,2 V15 M22,17 H60 M28,27 H54 V43 H28 Z "
        "M23,62 V53 H59 V62 M27,70 H55 M42,70 V96 H33"
    ),
    "让": "M8,6 L17,18 M2,38 H14 V90 L24,80 M40,6 V92 M40,44 H57 M24,94 H60",
}


def line(data: str, colour: str, width: float, cap: str = "butt") -> str:
    """A stroke along `data` with mitred corners and, by default, flat ends."""
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
        f'stroke-linecap="{cap}" stroke-linejoin="miter"/>'
    )


def words(text: str, x: float, y: float, height: float, colour: str, weight: float = 14, gap: float = 16) -> str:
    """`text` from GLYPHS centred on (x, y), `height` tall; `weight` and `gap` in hundredths of the height."""
    scale = height / 100
    width = (60 + gap) * len(text) - gap
    drawn = "".join(
        f'<g transform="translate({(60 + gap) * index} 0)">{line(GLYPHS[letter], colour, weight)}</g>'
        for index, letter in enumerate(text)
    )
    return f'<g transform="translate({x - width * scale / 2:g} {y - height / 2:g}) scale({scale:g})">{drawn}</g>'


def head(tip: Point, way: Point, size: float, colour: str) -> str:
    """An arrow head with its point at `tip`, pointing along the unit vector `way`."""
    (x, y), (dx, dy) = tip, way
    back = (x - dx * size, y - dy * size)
    half = size * 0.72
    return polygon(
        [tip, (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half)], colour
    )


def arrow(points: list[Point], colour: str, width: float, size: float = 0) -> str:
    """An arrow along straight pieces; the head ends at the last point and is `size` long (2.4 widths if not given)."""
    size = size or width * 2.4
    (x0, y0), (x1, y1) = points[-2:]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    way = ((x1 - x0) / length, (y1 - y0) / length)
    neck = (x1 - way[0] * (size - 1), y1 - way[1] * (size - 1))
    data = "M" + " L".join(f"{x:g},{y:g}" for x, y in [*points[:-1], neck])
    return line(data, colour, width) + head((x1, y1), way, size, colour)
