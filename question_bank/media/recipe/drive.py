"""The world from the driver's seat: metres on the ground made into points on an 800 by 500 picture."""

from dataclasses import dataclass

from palette import (
    GO,
    HILL,
    INK,
    OFF,
    OURS,
    PEAK,
    RIDGE,
    ROAD,
    ROAD_EDGE,
    SKY,
    SNOW,
    STEEL,
    STOP,
    WAIT,
    WHITE,
    YELLOW,
)
from road_users import glow
from svg import Point, circle, ellipse, group, path, polygon, rect, stroke

LANE = 3.5  # metres
NEAR, FAR = 4.0, 260.0  # metres before the eye


@dataclass(frozen=True)
class Eye:
    """Where the driver looks from. Distances in metres, picture measures in pixels.

    `bend` moves the road sideways by bend * z^2 metres at distance z: positive is a bend to the right.
    """

    horizon: float = 190
    centre: float = 400
    focal: float = 760
    height: float = 2.1
    bend: float = 0.0

    def at(self, x: float, z: float, y: float = 0) -> Point:
        """The point of the picture for x metres to the right, z metres ahead, y metres above the ground."""
        scale = self.focal / z
        return self.centre + scale * (x + self.bend * z * z), self.horizon + scale * (self.height - y)

    def put(self, part: str, x: float, z: float, flip: bool = False, y: float = 0) -> str:
        """A part drawn in metres, standing at (x, z)."""
        px, py = self.at(x, z, y)
        return group(part, px, py, scale=self.focal / z, flip=flip)

    def strip(self, left: float, right: float, fill: str, near: float = NEAR, far: float = FAR) -> str:
        """A piece of ground between two lines along the road."""
        steps = [near * (far / near) ** (i / 24) for i in range(25)] if self.bend else [near, far]
        edge = [self.at(left, z) for z in steps] + [self.at(right, z) for z in reversed(steps)]
        return polygon(edge, fill)

    def dashes(self, x: float, colour: str = WHITE, near: float = NEAR, far: float = 120, width: float = 0.16) -> str:
        """A broken line along the road: 4 m of paint, 5 m without."""
        starts = [near + 9 * i for i in range(1 + int((far - near) / 9))]
        return "".join(self.strip(x - width / 2, x + width / 2, colour, z, z + 4) for z in starts)

    def solid(self, x: float, colour: str = WHITE, near: float = NEAR, far: float = FAR, width: float = 0.16) -> str:
        """An unbroken line along the road."""
        return self.strip(x - width / 2, x + width / 2, colour, near, far)

    def zebra(self, left: float, right: float, near: float, deep: float = 3.5) -> str:
        """The bars of a crossing that starts `near` metres ahead."""
        count = int((right - left) / 1.0)
        return "".join(self.strip(left + i, left + i + 0.5, WHITE, near, near + deep) for i in range(count))

    def side_road(self, near: float, deep: float = 8) -> str:
        """A road that crosses ours."""
        return self.strip(-120, 120, ROAD, near, near + deep)


def ground(eye: Eye, sky: str = SKY, land: str = HILL, peaks: bool = True) -> str:
    """Sky, far mountains and the land beside the road."""
    h = eye.horizon
    parts = [rect(0, 0, 800, h + 2, sky)]
    if peaks:
        parts += [
            path(
                f"M0,{h} L0,{h - 70} L90,{h - 120} L170,{h - 66} L300,{h - 134} L420,{h - 58} L540,{h - 110} L660,{h - 52} L800,{h - 118} L800,{h} Z",
                fill=PEAK,
            ),
            path(
                f"M250,{h - 111} L300,{h - 134} L352,{h - 102} L322,{h - 108} L300,{h - 98} L278,{h - 108} Z M62,{h - 104} L90,{h - 120} L118,{h - 102} L92,{h - 96} Z M508,{h - 96} L540,{h - 110} L578,{h - 92} L544,{h - 86} Z",
                fill=SNOW,
            ),
            path(
                f"M0,{h} L0,{h - 26} Q140,{h - 62} 300,{h - 22} Q470,{h - 54} 610,{h - 20} Q720,{h - 44} 800,{h - 24} L800,{h} Z",
                fill=RIDGE,
            ),
        ]
    return "".join([*parts, rect(0, h, 800, 500 - h, land)])


def two_lanes(eye: Eye, centre: str = "dashed", edge: str = ROAD_EDGE) -> str:
    """A road with one lane each way; we are in the right one. `centre`: dashed, solid, double or none."""
    left, right = -LANE * 1.5, LANE * 0.5
    parts = [
        eye.strip(left - 0.7, right + 0.7, edge),
        eye.strip(left - 0.35, right + 0.35, ROAD),
        eye.solid(left, WHITE),
        eye.solid(right, WHITE),
    ]
    middle = -LANE / 2
    if centre == "dashed":
        parts.append(eye.dashes(middle, YELLOW))
    elif centre == "solid":
        parts.append(eye.solid(middle, YELLOW))
    elif centre == "double":
        parts += [eye.solid(middle - 0.16, YELLOW, width=0.14), eye.solid(middle + 0.16, YELLOW, width=0.14)]
    return "".join(parts)


def cockpit() -> str:
    """Our own bonnet and steering wheel: whoever looks is the driver."""
    return "".join(
        [
            path("M150,500 Q190,438 400,434 Q610,438 650,500 Z", fill=OURS),
            path("M230,500 Q260,452 400,448 Q540,452 570,500 Z", fill="#f19a38"),
            path("M0,500 L0,472 Q400,446 800,472 L800,500 Z", fill=INK),
            path("M172,520 A92,62 0 0 1 356,520", stroke="#0d151a", width=15),
            path("M176,518 A88,58 0 0 1 352,518", stroke="#3b474e", width=5),
        ]
    )


def lamps(lit: str, size: float = 1.0) -> str:
    """An upright signal head (metres; red, yellow, green from the top) with one lamp lit: 'red', 'yellow', 'green'."""
    head = [rect(-0.55, -3.1, 1.1, 3.1, INK, 0.2)]
    for index, (name, colour) in enumerate((("red", STOP), ("yellow", WAIT), ("green", GO))):
        y = -2.55 + index
        head.append(glow(0, y, 0.38, colour) if name == lit else circle(0, y, 0.38, OFF))
    return group("".join(head), scale=size)


def arrow_lamps(colours: tuple[str, str, str]) -> str:
    """A lying signal head with arrows to the left, up and right, each in its colour."""
    parts = [rect(-2.1, -1.3, 4.2, 1.3, INK, 0.2)]
    for turn, x, colour in zip((-90, 0, 90), (-1.4, 0, 1.4), colours, strict=True):
        parts.append(circle(x, -0.65, 0.56, "#0f171c"))
        parts.append(
            group(
                path("M0,0.36 L0,-0.3 M-0.26,-0.06 L0,-0.34 L0.26,-0.06", stroke=colour, width=0.16),
                x,
                -0.65,
                turn=turn,
            )
        )
    return "".join(parts)


def mast(eye: Eye, head: str, x: float, z: float, high: float, foot: float) -> str:
    """A signal head at x, `high` metres up, on an arm from a post whose foot is at `foot`."""
    (px, py), (fx, fy) = eye.at(x, z, high), eye.at(foot, z)
    scale = eye.focal / z
    arm = stroke(px, py - scale * 0.5, fx, py - scale * 0.5, STEEL, scale * 0.14)
    post = stroke(fx, fy, fx, py - scale * 0.7, STEEL, scale * 0.2)
    return arm + post + group(head, px, py, scale=scale)


def ground_arrow(eye: Eye, x: float, z: float, left: bool) -> str:
    """A lane arrow painted on the road: straight on, or to the left."""
    shaft = eye.strip(x - 0.12, x + 0.12, WHITE, z, z + 4)
    if not left:
        return shaft + polygon([eye.at(x - 0.5, z + 4), eye.at(x + 0.5, z + 4), eye.at(x, z + 7)], WHITE)
    tip = [eye.at(x - 1.3, z + 4.6), eye.at(x - 0.6, z + 3.4), eye.at(x - 0.6, z + 6)]
    return shaft + eye.strip(x - 0.7, x + 0.12, WHITE, z + 4, z + 5.2) + polygon(tip, WHITE)


def pine(tone: str = "#5f8566") -> str:
    """A tree by the road, 5 m high."""
    return rect(-0.15, -1, 0.3, 1, "#6d5a48") + polygon([(-1.2, -0.8), (0, -5), (1.2, -0.8)], tone)


def boulder() -> str:
    """A fallen rock, about a metre wide."""
    return (
        ellipse(0, 0, 0.7, 0.08, "#565d61")
        + polygon([(-0.6, 0), (-0.5, -0.5), (-0.1, -0.8), (0.4, -0.6), (0.6, 0)], "#8b8279")
        + polygon([(-0.1, -0.8), (0.4, -0.6), (0.6, 0), (0.1, -0.3)], "#6f675f")
    )
