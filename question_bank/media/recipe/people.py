"""People on the road, drawn in metres: the origin is the ground between the feet, y grows downwards."""

from palette import AMBER, BONE, HAIR, INK, MADDER, NAVY, SKIN, VEST
from svg import circle, ellipse, group, path, rect, stroke


def walker(shirt: str, trousers: str = NAVY, bag: str = "") -> str:
    """A person of 1.7 m walking to the right; `bag` is the colour of a satchel (a school child, drawn smaller)."""
    parts = [
        path("M0,-0.85 L-0.28,-0.04 M0,-0.85 L0.26,-0.04", stroke=trousers, width=0.17),
        path("M-0.28,-0.03 L-0.16,-0.03 M0.26,-0.03 L0.38,-0.03", stroke=INK, width=0.09),
        path("M-0.02,-1.32 L-0.26,-0.86", stroke=shirt, width=0.12),
        rect(-0.18, -1.42, 0.36, 0.64, shirt, 0.12),
        path("M0.02,-1.32 L0.28,-0.9", stroke=shirt, width=0.12),
        circle(0.29, -0.87, 0.06, SKIN),
        circle(0.02, -1.57, 0.15, SKIN),
        path("M-0.13,-1.52 A0.16,0.16 0 0 1 0.16,-1.62 L-0.02,-1.6 Z", fill=HAIR),
    ]
    if bag:
        parts.insert(0, rect(-0.42, -1.38, 0.28, 0.46, bag, 0.08))
    return "".join(parts)


def child() -> str:
    """A school child of about 1.15 m with a satchel."""
    return group(walker("#c4574e", "#3c5a78", AMBER), scale=0.7)


def herder() -> str:
    """A herder in a long robe with a sash, a brimmed hat and a staff, facing right."""
    return "".join(
        [
            stroke(0.48, -1.5, 0.48, 0, "#7d5a3c", 0.06),
            rect(-0.24, -0.2, 0.2, 0.2, INK, 0.05),
            rect(0.04, -0.2, 0.2, 0.2, INK, 0.05),
            path("M-0.24,-1.42 Q0,-1.52 0.24,-1.42 L0.36,-0.16 L-0.36,-0.16 Z", fill="#6e3b34"),
            rect(-0.27, -0.96, 0.54, 0.13, AMBER, 0.04),
            path("M-0.02,-1.42 L0.14,-0.96", stroke=BONE, width=0.07),
            path("M0.12,-1.3 L0.46,-1.02", stroke="#6e3b34", width=0.16),
            circle(0.48, -1.0, 0.07, SKIN),
            circle(0, -1.6, 0.16, SKIN),
            ellipse(0, -1.7, 0.3, 0.06, HAIR),
            rect(-0.15, -1.88, 0.3, 0.2, HAIR, 0.07),
        ]
    )


def officer() -> str:
    """A traffic police officer facing us: left arm straight up, palm to the front; right arm down."""
    return "".join(
        [
            rect(-0.2, -0.86, 0.18, 0.86, NAVY),
            rect(0.02, -0.86, 0.18, 0.86, NAVY),
            rect(-0.22, -0.07, 0.21, 0.07, INK),
            rect(0.01, -0.07, 0.21, 0.07, INK),
            path("M-0.27,-1.32 L-0.36,-0.8", stroke=NAVY, width=0.14),
            circle(-0.37, -0.75, 0.07, BONE),
            path("M0.27,-1.34 L0.3,-2.05", stroke=NAVY, width=0.14),
            rect(0.22, -2.3, 0.17, 0.22, BONE, 0.05),
            path("M0.21,-2.12 L0.16,-2.2", stroke=BONE, width=0.06),
            rect(-0.28, -1.45, 0.56, 0.68, VEST, 0.1),
            rect(-0.28, -1.08, 0.56, 0.1, BONE),
            rect(-0.2, -1.45, 0.07, 0.68, BONE),
            rect(0.13, -1.45, 0.07, 0.68, BONE),
            circle(0, -1.6, 0.16, SKIN),
            path("M-0.22,-1.72 Q0,-1.98 0.22,-1.72 Z", fill=BONE),
            rect(-0.18, -1.73, 0.36, 0.07, NAVY),
        ]
    )


def rider() -> str:
    """A rider in a robe on a brown horse going right."""
    coat = "#8a5a37"
    return "".join(
        [
            path(
                "M-0.75,-0.95 L-0.85,-0.06 M-0.5,-0.9 L-0.4,-0.06 M0.5,-0.9 L0.4,-0.06 M0.72,-0.95 L0.86,-0.06",
                stroke=coat,
                width=0.15,
            ),
            path("M-0.95,-1.3 C-1.2,-1.2 -1.15,-0.8 -1.1,-0.6", stroke="#33261e", width=0.14),
            path(
                "M-0.95,-1.3 C-0.5,-1.45 0.3,-1.35 0.7,-1.4 L1.05,-2.0 L1.2,-2.12 L1.26,-1.98 L1.55,-1.72 L1.46,-1.58 L1.2,-1.66 L0.9,-1.0 C0.4,-0.7 -0.5,-0.75 -0.9,-0.9 Z",
                fill=coat,
            ),
            path("M0.72,-1.5 L1.05,-2.05", stroke="#33261e", width=0.12),
            rect(-0.32, -1.48, 0.5, 0.16, MADDER, 0.05),
            path("M-0.05,-1.4 L0.14,-0.75", stroke="#4a3a5a", width=0.22),
            rect(0.06, -0.8, 0.28, 0.12, INK, 0.05),
            path("M-0.26,-1.4 L-0.2,-2.1 Q0,-2.2 0.18,-2.1 L0.2,-1.4 Z", fill="#4a3a5a"),
            rect(-0.25, -1.62, 0.46, 0.1, AMBER),
            path("M0.1,-1.98 L0.5,-1.7", stroke="#4a3a5a", width=0.13),
            circle(0, -2.32, 0.17, SKIN),
            ellipse(0, -2.43, 0.31, 0.06, HAIR),
            rect(-0.15, -2.6, 0.3, 0.18, HAIR, 0.06),
        ]
    )
