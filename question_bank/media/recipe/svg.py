"""The few SVG shapes the scene recipes are built from: plain text out, standard library only."""

from collections.abc import Iterable

Point = tuple[float, float]


def _n(value: float) -> str:
    """A number as short as it can stand in an SVG attribute (two decimals)."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> str:
    """A filled rectangle, corners rounded by `radius`."""
    corner = f' rx="{_n(radius)}"' if radius else ""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{corner} fill="{fill}"/>'


def circle(x: float, y: float, radius: float, fill: str) -> str:
    """A filled disc."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    """A filled ellipse."""
    return f'<ellipse cx="{_n(x)}" cy="{_n(y)}" rx="{_n(rx)}" ry="{_n(ry)}" fill="{fill}"/>'


def polygon(points: Iterable[Point], fill: str) -> str:
    """A filled polygon."""
    joined = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polygon points="{joined}" fill="{fill}"/>'


def path(data: str, fill: str = "none", stroke: str = "", width: float = 0, dash: str = "") -> str:
    """A path: filled, drawn as a line of `width`, or both."""
    line = (
        f' stroke="{stroke}" stroke-width="{_n(width)}" stroke-linecap="round" stroke-linejoin="round"'
        if stroke
        else ""
    )
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{data}" fill="{fill}"{line}{dashes}/>'


def stroke(x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dash: str = "") -> str:
    """A straight line with flat ends."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
        f'stroke="{colour}" stroke-width="{_n(width)}"{dashes}/>'
    )


def group(
    content: str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False, opacity: float = 1
) -> str:
    """`content` moved to (x, y), turned clockwise by `turn` degrees, scaled, mirrored left to right if `flip`."""
    steps = [f"translate({_n(x)} {_n(y)})"]
    if turn:
        steps.append(f"rotate({_n(turn)})")
    if flip:
        steps.append(f"scale(-{_n(scale)} {_n(scale)})")
    elif scale != 1:
        steps.append(f"scale({_n(scale)})")
    clear = f' opacity="{_n(opacity)}"' if opacity < 1 else ""
    return f'<g transform="{" ".join(steps)}"{clear}>{content}</g>'


def picture(content: str) -> str:
    """A whole 800 by 500 picture, clipped to its frame."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 500" width="800" height="500">'
        '<clipPath id="frame"><rect width="800" height="500" rx="10"/></clipPath>'
        f'<g clip-path="url(#frame)">{content}</g></svg>\n'
    )
