"""Parts of the scenes of safe driving, in metres: people, carts, a house, fire, the inside of a tunnel."""

from drive import Eye
from palette import (
    BLUE,
    BONE,
    GREEN,
    HAIR,
    INK,
    LAMP,
    MADDER,
    NAVY,
    SCHOOL,
    SKIN,
    STOP,
    TYRE,
    WHITE,
    YELLOW,
)
from svg import circle, ellipse, group, path, polygon, rect, stroke


def house(wall_colour: str = "#e9e1d0") -> str:
    """A house of the plateau: thick pale walls, a red band under the flat roof, dark-framed windows."""
    windows = "".join(
        polygon([(x - 0.75, -1.0), (x - 0.6, -2.5), (x + 0.6, -2.5), (x + 0.75, -1.0)], "#2b2422")
        + rect(x - 0.45, -2.3, 0.9, 1.2, "#b9cdd4")
        for x in (-2.6, 2.6)
    )
    door = rect(-0.7, -2.1, 1.4, 2.1, "#7a3b2e")
    return (
        polygon([(-4.4, 0), (-4.1, -4.2), (4.1, -4.2), (4.4, 0)], wall_colour)
        + rect(-4.2, -4.3, 8.4, 0.6, "#8a3b32")
        + rect(-4.35, -4.5, 8.7, 0.25, BONE)
        + windows
        + door
    )


def photographer(coat: str) -> str:
    """A person standing with a camera held to the face, looking left."""
    return "".join(
        [
            rect(-0.2, -0.86, 0.17, 0.86, NAVY),
            rect(0.03, -0.86, 0.17, 0.86, NAVY),
            rect(-0.23, -1.45, 0.46, 0.7, coat, 0.12),
            rect(0.16, -1.4, 0.26, 0.5, "#5a4b3c", 0.08),
            circle(0, -1.62, 0.16, SKIN),
            path("M-0.16,-1.66 A0.17,0.17 0 0 1 0.16,-1.66 Z", fill=HAIR),
            path("M0.05,-1.3 L-0.3,-1.52", stroke=coat, width=0.13),
            rect(-0.5, -1.68, 0.26, 0.18, INK, 0.03),
            rect(-0.62, -1.64, 0.14, 0.11, INK),
        ]
    )


def lying() -> str:
    """A person in an apron stretched out on the ground, face down, arms ahead, towards the right."""
    return "".join(
        [
            ellipse(0, -0.02, 1.15, 0.08, "#4c555a"),
            path("M-1.0,-0.12 L-0.3,-0.16", stroke="#41342c", width=0.18),
            path("M-0.4,-0.1 Q0,-0.42 0.45,-0.16 L0.45,-0.04 L-0.4,-0.04 Z", fill="#6e3b34"),
            path("M0.35,-0.18 L0.98,-0.1", stroke="#6e3b34", width=0.12),
            rect(0.95, -0.12, 0.2, 0.1, "#b08a57", 0.03),
            circle(0.58, -0.22, 0.14, HAIR),
        ]
    )


def palms_up() -> str:
    """A person in a robe and long apron, hands joined over the head."""
    return "".join(
        [
            path("M-0.22,-1.42 Q0,-1.52 0.22,-1.42 L0.34,-0.06 L-0.34,-0.06 Z", fill="#5d4a6b"),
            rect(-0.2, -1.0, 0.4, 0.94, "#b08a57", 0.06),
            path("M-0.18,-1.36 L-0.1,-1.9 M0.18,-1.36 L0.1,-1.9", stroke="#5d4a6b", width=0.13),
            circle(0, -1.6, 0.15, SKIN),
            path("M-0.15,-1.66 A0.15,0.15 0 0 1 0.15,-1.66 Z", fill=HAIR),
            polygon([(-0.09, -1.86), (0, -2.12), (0.09, -1.86)], "#b08a57"),
        ]
    )


def handcart() -> str:
    """A two-wheeled handcart with bundles and small flags, seen from behind."""
    flags = "".join(
        rect(-0.5 + 0.22 * i, -1.75 - 0.1 * (i % 2), 0.18, 0.16, c)
        for i, c in enumerate((BLUE, WHITE, STOP, GREEN, SCHOOL))
    )
    return "".join(
        [
            circle(-0.62, -0.35, 0.35, TYRE),
            circle(0.62, -0.35, 0.35, TYRE),
            rect(-0.6, -0.95, 1.2, 0.55, "#8a6a45", 0.05),
            ellipse(-0.2, -1.05, 0.4, 0.28, "#4f7d93"),
            ellipse(0.28, -1.02, 0.32, 0.24, "#a0503f"),
            stroke(-0.55, -0.9, -0.55, -1.85, "#6d5a48", 0.05),
            stroke(0.6, -0.9, 0.6, -1.85, "#6d5a48", 0.05),
            flags,
        ]
    )


def horse_cart() -> str:
    """A horse cart with hay from behind: two wheels, a heap, a driver's back, the horse's ears ahead."""
    return "".join(
        [
            path("M-0.3,-1.9 L-0.2,-2.3 L-0.06,-1.95 M0.06,-1.95 L0.2,-2.3 L0.3,-1.9", stroke="#6a4630", width=0.12),
            ellipse(0, -1.5, 0.42, 0.55, "#6a4630"),
            ellipse(0, -1.15, 1.05, 0.62, "#a58f4e"),
            rect(-1.0, -1.0, 2.0, 0.5, "#6f5738", 0.05),
            rect(-1.2, -1.15, 0.18, 1.15, "#4b3c2b", 0.08),
            rect(1.02, -1.15, 0.18, 1.15, "#4b3c2b", 0.08),
            rect(-0.25, -2.15, 0.5, 0.75, "#4a3a5a", 0.15),
            circle(0, -2.32, 0.17, HAIR),
        ]
    )


def biker(front: bool = True) -> str:
    """A motorcyclist from the front, helmet on."""
    return "".join(
        [
            ellipse(0, -0.02, 0.4, 0.06, "#4c555a"),
            rect(-0.09, -0.7, 0.18, 0.7, TYRE, 0.08),
            rect(-0.45, -1.05, 0.9, 0.08, INK),
            rect(-0.28, -1.45, 0.56, 0.6, "#3d6f8f", 0.14),
            circle(0, -1.6, 0.2, MADDER),
            rect(-0.14, -1.66, 0.28, 0.12, INK, 0.04),
            circle(0, -0.85, 0.13, LAMP if front else MADDER),
        ]
    )


def puff(spots: tuple[tuple[float, float, float], ...], colour: str, opacity: float) -> str:
    """A cloud of discs."""
    return group("".join(circle(x, y, r, colour) for x, y, r in spots), opacity=opacity)


def flames(tall: float = 1.6) -> str:
    """A fire of three tongues."""
    return path(
        f"M-0.9,0 Q-1.1,-{tall * 0.5:.2f} -0.6,-{tall * 0.9:.2f} Q-0.5,-{tall * 0.5:.2f} -0.2,-{tall * 0.6:.2f} Q-0.1,-{tall * 1.1:.2f} 0.2,-{tall * 1.3:.2f} Q0.2,-{tall * 0.7:.2f} 0.5,-{tall * 0.6:.2f} Q0.9,-{tall * 0.4:.2f} 0.9,0 Z",
        fill="#e8561e",
    ) + path(
        f"M-0.5,0 Q-0.6,-{tall * 0.4:.2f} -0.2,-{tall * 0.5:.2f} Q0,-{tall * 0.8:.2f} 0.2,-{tall * 0.5:.2f} Q0.5,-{tall * 0.3:.2f} 0.5,0 Z",
        fill=SCHOOL,
    )


def rain(count: int = 60) -> str:
    """Slanting drops over the whole picture."""
    data = "".join(f"M{(i * 97) % 800},{(i * 53) % 420} l-6,18" for i in range(count))
    return path(data, stroke="#eaf1f4", width=2)


def bore(eye: Eye, far: float, tone: str = "#2c3338") -> str:
    """The inside of a tunnel up to `far` metres: walls, a vault, lamps along both sides."""
    walls = rect(0, 0, 800, 500, tone)
    vault = polygon([eye.at(-7, 5, 3.6), eye.at(-5.6, far, 3.6), eye.at(2.1, far, 3.6), eye.at(7, 5, 3.6)], "#353d43")
    lights = "".join(
        eye.put(rect(-0.45, 0, 0.9, 0.2, "#ffdf8e", 0.05), x, z, y=4.3)
        for z in (8, 10, 13, 17)
        if z < far
        for x in (-5.4, 1.9)
    )
    road = eye.strip(-5.6, 2.1, "#4b5358", far=far) + eye.strip(-6.3, -5.6, "#5c646a", far=far)
    kerb = eye.strip(2.1, 2.8, "#5c646a", far=far) + eye.solid(-1.75, YELLOW, far=far)
    return walls + vault + road + kerb + lights
