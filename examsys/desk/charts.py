"""Charts of figures as SVG made by the server: colours and lines come from static/desk/figures.css, so that tokens and print hold.

What a chart says is said without colour too: by shape, by place, by a word. Every text is escaped on its way in.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

WIDTH: Final = 720
LEFT, RIGHT, TOP, BOTTOM = 64, 28, 14, 46
ROW: Final = 26
FURTHEST: Final = 6.0  # delta beyond which an axis does not go: such limits end in an arrow
_THIRDS: Final = ("lower", "middle", "upper")
_LINE, _TEXT = (
    Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>'),
    Markup('<text x="{}" y="{}" class="{}">{}</text>'),
)


@dataclass(frozen=True, slots=True)
class Dot:
    """A question in the plane: `mark` is plain, flagged or grave."""

    name: str
    x: float  # share right
    y: float  # discrimination
    mark: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An option with the share of each third that chose it, and how many that were."""

    name: str
    is_key: bool
    shares: tuple[float, float, float]
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Whisker:
    """A line of a forest plot: an estimate between its limits; `mark` as of a dot, or open where nothing is shown; `word` said behind it."""

    name: str
    value: float
    low: float
    high: float
    mark: str
    word: str


def scatter(title: str, across: str, upward: str, dots: Sequence[Dot]) -> Markup:
    """Questions by facility and discrimination. The upper left is hard and telling, below the line it misleads."""
    height = 360
    low = min([-0.2, *(math.floor(dot.y * 5) / 5 for dot in dots)])
    high = max([0.6, *(math.ceil(dot.y * 5) / 5 for dot in dots)])

    def x(share: float) -> float:
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(TOP + (high - value) / (high - low) * (height - TOP - BOTTOM), 1)

    parts = [_LINE.format(x(step / 5), TOP, x(step / 5), height - BOTTOM, "rule") for step in range(6)]
    parts += [_TEXT.format(x(step / 5), height - BOTTOM + 18, "tick", f"{20 * step} %") for step in range(6)]
    for fifth in range(round(low * 5), round(high * 5) + 1):
        parts.append(_LINE.format(LEFT, y(fifth / 5), WIDTH - RIGHT, y(fifth / 5), "zero" if not fifth else "rule"))
        parts.append(_TEXT.format(LEFT - 8, y(fifth / 5) + 4, "tick end", f"{fifth / 5:.1f}"))
    parts.append(_TEXT.format((LEFT + WIDTH - RIGHT) / 2, height - 8, "axis", across))
    turned = Markup('<text transform="translate(16 {}) rotate(-90)" class="axis">{}</text>')
    parts.append(turned.format((TOP + height - BOTTOM) / 2, upward))
    parts += [
        _shape(dot.mark, x(dot.x), y(dot.y), dot.name) for dot in sorted(dots, key=lambda dot: dot.mark != "plain")
    ]
    return _svg(title, height, parts)


def bars(title: str, across: str, thirds: Sequence[str], options: Sequence[Bar]) -> Markup:
    """For every option three bars, of the lower, the middle and the upper third, with counts in them."""
    group, left = 3 * 20 + 14, 150
    height = TOP + group * len(options) + BOTTOM

    def x(share: float) -> float:
        return round(left + share * (WIDTH - left - 60), 1)

    parts = [_LINE.format(x(step / 5), TOP, x(step / 5), height - BOTTOM, "rule") for step in range(6)]
    parts += [_TEXT.format(x(step / 5), height - BOTTOM + 18, "tick", f"{20 * step} %") for step in range(6)]
    parts.append(_TEXT.format((left + WIDTH - 60) / 2, height - 8, "axis", across))
    for place, option in enumerate(options):
        top = TOP + place * group + 4
        parts.append(_TEXT.format(12, top + 34, "label is-key" if option.is_key else "label", option.name))
        for third, (share, count) in enumerate(zip(option.shares, option.counts, strict=True)):
            box = Markup('<rect x="{}" y="{}" width="{}" height="17" class="bar {}"/>')
            parts.append(box.format(left, top + third * 20, round(max(1.0, x(share) - left), 1), _THIRDS[third]))
            parts.append(_TEXT.format(left - 8, top + third * 20 + 13, "tick end", thirds[third]))
            parts.append(
                _TEXT.format(x(share) + 6, top + third * 20 + 13, "tick start", f"{100 * share:.0f} % ({count})")
            )
    return _svg(title, height, parts)


def forest(title: str, across: str, sides: tuple[str, str], rows: Sequence[Whisker]) -> Markup:
    """Differences on the ETS scale with their limits; what lies wholly in the band between -1 and 1 is negligible. `sides` names left and right."""
    left, right = 270, 156
    top = TOP + 20
    height = top + ROW * len(rows) + BOTTOM
    reach = min(FURTHEST, max([2.0, *(math.ceil(max(abs(row.low), abs(row.high))) for row in rows)]))

    def x(delta: float) -> float:
        held = max(-reach, min(reach, delta))
        return round(left + (held + reach) / (2 * reach) * (WIDTH - left - right), 1)

    band = Markup('<rect x="{}" y="{}" width="{}" height="{}" class="calm-band"/>')
    parts = [band.format(x(-1), top, round(x(1) - x(-1), 1), height - BOTTOM - top)]
    for step in range(-int(reach), int(reach) + 1):
        parts.append(_LINE.format(x(step), top, x(step), height - BOTTOM, "zero" if not step else "rule"))
        parts.append(_TEXT.format(x(step), height - BOTTOM + 18, "tick", f"{step:+d}" if step else "0"))
    parts.append(_TEXT.format(x(-reach), TOP + 8, "tick start", sides[0]))
    parts.append(_TEXT.format(x(reach), TOP + 8, "tick end", sides[1]))
    parts.append(_TEXT.format((left + WIDTH - right) / 2, height - 8, "axis", across))
    for place, row in enumerate(rows):
        y = top + ROW * place + ROW / 2
        parts.append(_TEXT.format(12, y + 4, "label", row.name))
        parts.append(_LINE.format(x(row.low), y, x(row.high), y, f"whisker {row.mark}"))
        parts += [_end(x(end), y, end, reach) for end in (row.low, row.high)]
        parts.append(_shape(row.mark, x(row.value), y, f"{row.value:+.2f} ({row.low:+.2f} … {row.high:+.2f})"))
        parts.append(_TEXT.format(WIDTH - right + 12, y + 4, "tick start", row.word))
    return _svg(title, height, parts)


def _end(x: float, y: float, value: float, reach: float) -> Markup:
    """The end of a limit: a stroke, or an arrow where it goes on beyond the axis."""
    if abs(value) <= reach:
        return _LINE.format(x, y - 4, x, y + 4, "whisker")
    tip = 6 if value > 0 else -6
    return Markup('<path d="M{} {}l{} -4v8z" class="arrow"/>').format(x + tip, y, -tip)


def _shape(mark: str, x: float, y: float, name: str) -> Markup:
    """A circle (hollow where `mark` is open), a triangle where something asks to be looked at, a square where that is grave; its name shows under the pointer."""
    if mark == "grave":
        drawn = Markup('<rect x="{}" y="{}" width="10" height="10" class="dot grave">').format(x - 5, y - 5)
    elif mark == "flagged":
        drawn = Markup('<path d="M{} {}l6 10h-12z" class="dot flagged">').format(x, y - 6)
    else:
        drawn = Markup('<circle cx="{}" cy="{}" r="4" class="dot {}">').format(x, y, mark)
    tag = {"grave": "rect", "flagged": "path"}.get(mark, "circle")
    return drawn + Markup("<title>{}</title></{}>").format(name, tag)


def _svg(title: str, height: int, parts: Sequence[Markup]) -> Markup:
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, height, title)
    return head + Markup("").join(parts) + Markup("</svg>")
