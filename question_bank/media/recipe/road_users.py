"""Road users seen from the road, drawn in metres: the origin is the ground under the middle, y grows downwards."""

from palette import (
    AMBER,
    BONE,
    GLASS,
    HAIR,
    INK,
    LAMP,
    MADDER,
    NAVY,
    OURS,
    PALE,
    PLATE,
    SCHOOL,
    SKIN,
    STEEL,
    TYRE,
    WOOL,
    YAK,
)
from strokes import words
from svg import circle, ellipse, group, path, polygon, rect, stroke


def glow(x: float, y: float, radius: float, colour: str) -> str:
    """A lit lamp: the disc and a ring of light around it."""
    return group(circle(0, 0, radius * 2.1, colour), x, y, opacity=0.35) + circle(x, y, radius, colour)


def _wheels(half: float) -> str:
    return rect(-half, -0.34, 0.3, 0.34, TYRE, 0.06) + rect(half - 0.3, -0.34, 0.3, 0.34, TYRE, 0.06)


def car(colour: str, front: bool = False, hazard: bool = False, lights: bool = False) -> str:
    """A car from behind, or from the front."""
    parts = [ellipse(0, -0.02, 1.05, 0.09, "#4c555a"), _wheels(0.86)]
    parts.append(polygon([(-0.76, -0.8), (-0.56, -1.45), (0.56, -1.45), (0.76, -0.8)], colour))
    parts.append(polygon([(-0.62, -0.86), (-0.48, -1.34), (0.48, -1.34), (0.62, -0.86)], GLASS))
    parts.append(rect(-0.92, -0.9, 1.84, 0.66, colour, 0.14))
    if front:
        parts += [
            rect(-0.5, -0.66, 1.0, 0.16, INK, 0.05),
            rect(-0.86, -0.78, 0.3, 0.2, LAMP, 0.08),
            rect(0.56, -0.78, 0.3, 0.2, LAMP, 0.08),
            rect(-1.05, -1.0, 0.16, 0.12, colour, 0.04),
            rect(0.89, -1.0, 0.16, 0.12, colour, 0.04),
        ]
    else:
        parts += [rect(-0.86, -0.8, 0.28, 0.18, MADDER, 0.05), rect(0.58, -0.8, 0.28, 0.18, MADDER, 0.05)]
    parts.append(rect(-0.26, -0.46, 0.52, 0.15, PLATE, 0.02))
    if hazard or lights:
        shine = AMBER if hazard else LAMP
        parts += [glow(-0.72, -0.7, 0.13, shine), glow(0.72, -0.7, 0.13, shine)]
    return "".join(parts)


def truck(colour: str, front: bool = False) -> str:
    """A lorry from behind (closed box) or from the front (cab before the box)."""
    parts = [ellipse(0, -0.02, 1.4, 0.1, "#4c555a"), _wheels(1.18), rect(-0.9, -0.6, 1.8, 0.25, INK)]
    if front:
        parts += [
            rect(-1.25, -3.3, 2.5, 1.2, BONE, 0.06),
            rect(-1.2, -2.75, 2.4, 2.35, colour, 0.12),
            rect(-1.02, -2.5, 2.04, 0.85, GLASS, 0.08),
            rect(-0.6, -1.2, 1.2, 0.42, INK, 0.05),
            rect(-1.1, -1.0, 0.36, 0.26, LAMP, 0.08),
            rect(0.74, -1.0, 0.36, 0.26, LAMP, 0.08),
            rect(-1.42, -2.3, 0.18, 0.5, INK, 0.04),
            rect(1.24, -2.3, 0.18, 0.5, INK, 0.04),
            rect(-0.28, -0.72, 0.56, 0.16, SCHOOL, 0.02),
        ]
    else:
        parts += [
            rect(-1.25, -3.2, 2.5, 2.55, colour, 0.05),
            stroke(0, -3.15, 0, -0.7, INK, 0.04),
            stroke(-0.25, -2.4, -0.25, -1.5, STEEL, 0.07),
            stroke(0.25, -2.4, 0.25, -1.5, STEEL, 0.07),
            rect(-1.2, -0.66, 2.4, 0.16, BONE),
            rect(-1.2, -0.64, 0.4, 0.12, MADDER),
            rect(0.8, -0.64, 0.4, 0.12, MADDER),
            rect(-0.28, -0.5, 0.56, 0.16, SCHOOL, 0.02),
        ]
    return "".join(parts)


def bus(colour: str, hazard: bool = False, arm: bool = False) -> str:
    """A bus from behind; with `arm` the school bus's red octagon is swung out on the left."""
    parts = [
        ellipse(0, -0.02, 1.4, 0.1, "#4c555a"),
        _wheels(1.15),
        rect(-1.25, -3.0, 2.5, 2.7, colour, 0.2),
        rect(-1.05, -2.65, 2.1, 1.0, GLASS, 0.1),
        rect(-1.25, -1.45, 2.5, 0.12, INK),
        rect(-1.15, -1.2, 0.24, 0.5, MADDER, 0.05),
        rect(0.91, -1.2, 0.24, 0.5, MADDER, 0.05),
        rect(-0.6, -1.2, 1.2, 0.4, panel_shade(colour)),
        rect(-0.28, -0.66, 0.56, 0.16, SCHOOL, 0.02),
    ]
    if hazard:
        parts += [
            glow(-1.0, -0.62, 0.16, AMBER),
            glow(1.0, -0.62, 0.16, AMBER),
            glow(-1.0, -2.82, 0.12, AMBER),
            glow(1.0, -2.82, 0.12, AMBER),
        ]
    if arm:
        eight = [
            (0.21, -0.5),
            (0.5, -0.21),
            (0.5, 0.21),
            (0.21, 0.5),
            (-0.21, 0.5),
            (-0.5, 0.21),
            (-0.5, -0.21),
            (-0.21, -0.5),
        ]
        board = polygon(eight, BONE) + group(polygon(eight, MADDER), scale=0.88) + words("停", 0, 0, 0.6, BONE, 8)
        parts += [rect(-1.5, -1.72, 0.35, 0.1, INK), group(board, -1.9, -1.68)]
    return "".join(parts)


def panel_shade(colour: str) -> str:
    """The panel colour on the back of a bus: dark on yellow, pale on everything else."""
    return INK if colour == SCHOOL else PALE


def tractor() -> str:
    """A farm tractor from behind: two tall wheels, a seat, a driver, a trailer's tailboard."""
    return "".join(
        [
            ellipse(0, -0.02, 1.3, 0.1, "#4c555a"),
            rect(-1.15, -1.45, 0.42, 1.45, TYRE, 0.14),
            rect(0.73, -1.45, 0.42, 1.45, TYRE, 0.14),
            rect(-1.18, -1.6, 0.48, 0.14, MADDER, 0.06),
            rect(0.7, -1.6, 0.48, 0.14, MADDER, 0.06),
            rect(-0.55, -1.5, 1.1, 0.95, MADDER, 0.1),
            rect(-0.5, -0.6, 1.0, 0.14, INK),
            rect(-0.34, -2.2, 0.68, 0.8, NAVY, 0.2),
            circle(0, -2.42, 0.22, SKIN),
            ellipse(0, -2.54, 0.36, 0.1, HAIR),
            rect(-0.18, -2.72, 0.36, 0.2, HAIR, 0.08),
            rect(0.62, -2.9, 0.1, 1.4, INK),
            circle(-0.4, -1.3, 0.1, AMBER),
            circle(0.4, -1.3, 0.1, AMBER),
        ]
    )


def yak() -> str:
    """A yak walking to the right: humped shoulder, long skirt of hair, pale horns, bushy tail."""
    return "".join(
        [
            ellipse(0, -0.02, 1.1, 0.09, "#4c555a"),
            path(
                "M-0.75,-0.6 L-0.8,-0.08 M-0.4,-0.6 L-0.35,-0.08 M0.55,-0.6 L0.5,-0.08 M0.85,-0.6 L0.95,-0.08",
                stroke="#2b2320",
                width=0.2,
            ),
            path("M-1.1,-1.2 C-1.4,-1.2 -1.45,-0.7 -1.35,-0.35 C-1.15,-0.4 -1.1,-0.8 -1.02,-1.0 Z", fill="#54463d"),
            path(
                "M-1.1,-0.95 C-1.1,-1.4 -0.7,-1.45 -0.2,-1.4 C0.15,-1.4 0.35,-1.75 0.7,-1.62 C1.0,-1.5 1.1,-1.2 1.1,-0.8 "
                "L1.0,-0.38 L0.85,-0.5 L0.7,-0.28 L0.5,-0.42 L0.3,-0.22 L0.1,-0.38 L-0.1,-0.2 L-0.3,-0.38 L-0.5,-0.22 L-0.7,-0.4 L-0.9,-0.26 L-1.05,-0.45 Z",
                fill=YAK,
            ),
            path(
                "M0.9,-1.3 C1.2,-1.45 1.5,-1.25 1.55,-1.0 L1.6,-0.78 C1.5,-0.62 1.3,-0.62 1.22,-0.75 L1.0,-0.9 Z",
                fill="#2f2723",
            ),
            ellipse(1.48, -0.76, 0.14, 0.11, "#b5aa9c"),
            path(
                "M1.12,-1.32 C1.0,-1.6 1.15,-1.75 1.3,-1.8 M1.32,-1.3 C1.5,-1.45 1.55,-1.65 1.46,-1.8",
                stroke=BONE,
                width=0.08,
            ),
            circle(1.38, -1.05, 0.04, BONE),
        ]
    )


def sheep() -> str:
    """A sheep walking to the right."""
    legs = path(
        "M-0.32,-0.35 L-0.34,-0.05 M-0.14,-0.35 L-0.12,-0.05 M0.2,-0.35 L0.18,-0.05 M0.36,-0.35 L0.4,-0.05",
        stroke="#3d3632",
        width=0.08,
    )
    wool = "".join(
        circle(x, y, 0.2, WOOL)
        for x, y in (
            (-0.36, -0.5),
            (-0.2, -0.62),
            (0.04, -0.64),
            (0.26, -0.6),
            (0.38, -0.46),
            (0.14, -0.42),
            (-0.14, -0.42),
        )
    )
    return (
        legs
        + wool
        + ellipse(0.6, -0.66, 0.15, 0.1, "#3d3632")
        + path("M0.5,-0.74 L0.4,-0.68", stroke="#3d3632", width=0.07)
    )


def car_side(colour: str = OURS) -> str:
    """A car from its right side, going right."""
    return "".join(
        [
            ellipse(0, -0.02, 2.1, 0.1, "#4c555a"),
            path(
                "M-2.05,-0.35 L-2.05,-0.8 Q-1.9,-0.95 -1.5,-0.95 L-0.95,-1.45 L0.5,-1.45 L1.15,-0.95 Q1.9,-0.9 2.05,-0.6 L2.05,-0.35 Z",
                fill=colour,
            ),
            polygon([(-1.25, -0.95), (-0.85, -1.34), (-0.2, -1.34), (-0.2, -0.95)], GLASS),
            polygon([(-0.08, -0.95), (-0.08, -1.34), (0.44, -1.34), (0.95, -0.95)], GLASS),
            circle(-1.25, -0.34, 0.34, TYRE),
            circle(-1.25, -0.34, 0.16, STEEL),
            circle(1.25, -0.34, 0.34, TYRE),
            circle(1.25, -0.34, 0.16, STEEL),
            rect(1.85, -0.75, 0.2, 0.16, LAMP, 0.05),
            rect(-2.05, -0.8, 0.14, 0.18, MADDER, 0.04),
        ]
    )


def truck_side(colour: str) -> str:
    """A loaded lorry from its side, going right."""
    wheels = "".join(circle(x, -0.45, 0.45, TYRE) + circle(x, -0.45, 0.2, STEEL) for x in (-2.6, -1.6, 2.3))
    return "".join(
        [
            ellipse(0, -0.02, 3.6, 0.12, "#4c555a"),
            rect(-3.5, -0.8, 6.9, 0.3, INK),
            rect(-3.5, -2.5, 4.9, 1.75, colour, 0.06),
            "".join(stroke(x, -2.45, x, -0.85, "#ffffff55", 0.06) for x in (-2.7, -1.9, -1.1, -0.3, 0.5)),
            path("M1.55,-0.6 L1.55,-2.6 L2.7,-2.6 L3.35,-1.6 L3.45,-0.6 Z", fill=BONE),
            polygon([(1.85, -1.6), (1.85, -2.4), (2.6, -2.4), (3.1, -1.6)], GLASS),
            rect(3.25, -1.05, 0.2, 0.2, AMBER, 0.05),
            wheels,
        ]
    )
