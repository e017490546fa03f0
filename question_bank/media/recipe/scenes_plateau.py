"""Scenes of mountain roads and hard weather."""

from drive import Eye, cockpit, ground, two_lanes
from palette import (
    BONE,
    EARTH,
    GRASS,
    HILL,
    MEADOW,
    OURS,
    PEAK,
    RED,
    RIDGE,
    ROAD,
    ROCK,
    ROCK_DARK,
    SKY,
    SNOW,
    STEEL,
    WATER,
    WHITE,
    YAK,
    YELLOW,
)
from people import herder, rider
from road_users import car, car_side, sheep, truck, truck_side, yak
from svg import ellipse, group, path, polygon, rect, stroke


def _plateau() -> str:
    """Snow mountains, ridges and a wide meadow under a clear sky; horizon at 250."""
    return "".join(
        [
            rect(0, 0, 800, 260, "#bcdcea"),
            ellipse(150, 70, 90, 14, "#e6f2f6"),
            ellipse(210, 58, 60, 12, "#e6f2f6"),
            ellipse(640, 92, 84, 12, "#e6f2f6"),
            path(
                "M0,250 L0,170 L110,92 L190,160 L330,48 L450,150 L540,96 L640,168 L720,120 L800,172 L800,250 Z",
                fill="#8ba8b8",
            ),
            path(
                "M110,92 L150,126 L124,122 L108,138 L88,120 L66,124 Z M330,48 L392,100 L356,92 L336,116 L312,88 L270,98 Z M540,96 L580,125 L548,118 L530,134 L512,112 Z M720,120 L752,142 L724,138 L706,150 L690,140 Z",
                fill=SNOW,
            ),
            path(
                "M330,48 L392,100 L450,150 L540,250 L360,250 L350,120 Z M110,92 L190,160 L240,250 L150,250 Z",
                fill="#7c9aab",
            ),
            path("M0,252 L0,206 Q120,170 260,214 Q420,176 560,216 Q680,184 800,210 L800,252 Z", fill=RIDGE),
            path("M0,500 L0,238 Q200,212 420,240 Q620,262 800,232 L800,500 Z", fill=GRASS),
            path("M0,500 L0,300 Q160,262 330,300 L300,500 Z", fill=MEADOW),
            path("M800,500 L800,280 Q690,262 560,300 L640,500 Z", fill="#a3bd82"),
        ]
    )


def grazing() -> str:
    """A yak far off: a dark back, a lowered head, four legs."""
    return (
        ellipse(0, -0.85, 1.05, 0.5, YAK)
        + ellipse(1.05, -0.6, 0.34, 0.24, YAK)
        + rect(-0.8, -0.6, 0.26, 0.6, YAK)
        + rect(0.5, -0.6, 0.26, 0.6, YAK)
    )


def plateau_yaks() -> str:
    eye = Eye(horizon=236, focal=660, height=2.4, bend=0.0006)
    road = (
        eye.strip(-5.9, 2.4, "#8f969a", far=150)
        + eye.strip(-5.5, 2.0, ROAD, far=150)
        + eye.solid(-5.2, WHITE, far=140)
        + eye.solid(1.7, WHITE, far=140)
        + eye.dashes(-1.75, YELLOW, far=90)
    )
    tent = group(
        path("M-46,0 L-30,-34 L0,-44 L30,-34 L46,0 Z", fill="#3a3634")
        + path("M-8,0 L0,-26 L8,0 Z", fill="#1d1a19")
        + stroke(0, -44, 0, -56, "#5a4b3c", 3),
        716,
        292,
    )
    far = "".join(
        group(grazing(), x, y, scale=s, flip=f)
        for x, y, s, f in ((60, 276, 9, False), (186, 280, 10, True), (776, 276, 9, True), (560, 274, 8, False))
    )
    herd = (
        eye.put(yak(), -3.6, 15.8)
        + eye.put(yak(), 0.75, 15.2)
        + eye.put(group(yak(), scale=0.66), 2.7, 14.6)
        + eye.put(yak(), 5.2, 16.6)
    )
    oncoming = eye.put(car(RED, front=True), -3.7, 34)
    return "".join([_plateau(), road, tent, far, oncoming, herd, eye.put(herder(), -5.6, 13.4), cockpit()])


def sheep_rider() -> str:
    eye = Eye()
    spots = (
        (4.9, 16.2),
        (3.4, 14.4),
        (-3.7, 16),
        (-3.2, 14.8),
        (-2.6, 16.2),
        (-1.8, 15),
        (-0.9, 16.1),
        (-0.1, 14.7),
        (0.8, 15.7),
        (1.7, 14.9),
        (2.8, 15.8),
        (4, 15),
    )
    flock = "".join(eye.put(sheep(), x, z) for x, z in sorted(spots, key=lambda spot: -spot[1]))
    return "".join([ground(eye), two_lanes(eye), flock, eye.put(rider(), -4.6, 12.6), cockpit()])


def wall(eye: Eye, x: float, far: float = 90) -> str:
    """A rock wall along the right side of the road, its top rough, with darker cracks."""
    steps = [5 * (far / 5) ** (i / 16) for i in range(17)]
    foot = [eye.at(x, z) for z in steps]
    top = [eye.at(x + 1.2, z, 7.5 + (1.1 if i % 2 else -0.4)) for i, z in enumerate(steps)]
    cracks = "".join(
        polygon([eye.at(x + 0.1, z, 0.4), eye.at(x + 0.7, z * 1.09, 4.2), eye.at(x + 0.2, z * 1.16, 0.4)], ROCK_DARK)
        for z in steps[1:-1:2]
    )
    return (
        polygon(foot + top[::-1], ROCK)
        + polygon([eye.at(x, 5), eye.at(x + 1.2, 5, 7.1), (1200, -50), (1200, 600)], ROCK)
        + cracks
    )


def narrow_mountain() -> str:
    eye = Eye(horizon=170, centre=430)
    depth = polygon([(0, 168), (430, 168), eye.at(-4.2, 9), (0, 470)], "#a9c3c6") + polygon(
        [(0, 260), (150, 214), (330, 186), eye.at(-4.2, 24), eye.at(-4.2, 5), (0, 500)], "#86a19a"
    )
    stream = path("M0,330 Q120,270 260,220", stroke=WATER, width=12)
    road = eye.strip(-4.6, 2.0, EARTH, far=120) + eye.strip(-4.1, 1.8, "#a59a87", far=120)
    posts = "".join(
        eye.put(rect(-0.12, -0.8, 0.24, 0.8, BONE) + rect(-0.12, -0.62, 0.24, 0.2, RED), -4.4, z)
        for z in (60, 44, 33, 25, 19, 14.5, 11)
    )
    return "".join(
        [
            ground(eye, land="#a59a87"),
            depth,
            stream,
            road,
            wall(eye, 1.9, 120),
            posts,
            eye.put(truck("#4f7d93", front=True), -2.5, 20),
            cockpit(),
        ]
    )


def bend_wall() -> str:
    eye = Eye(horizon=180, bend=0.016, height=2.0)
    road = (
        eye.strip(-5.9, 2.3, "#8f969a", far=26)
        + eye.strip(-5.5, 2.0, ROAD, far=26)
        + eye.solid(-5.2, WHITE, far=26)
        + eye.solid(1.7, WHITE, far=26)
        + eye.solid(-1.75, YELLOW, far=26)
    )
    rails = "".join(eye.put(stroke(0, 0, 0, -0.9, STEEL, 0.12), -6.0, z) for z in (24, 20, 17, 14, 12, 10, 8))
    top = path(
        "M"
        + " L".join(
            f"{x:.0f},{y:.0f}"
            for x, y in (eye.at(-6.0, z, 0.75) for z in (8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 22, 24, 26))
        ),
        stroke=STEEL,
        width=9,
    )
    wall = polygon(
        [eye.at(2.2, z) for z in (4, 5, 6, 8, 10, 12, 14, 16, 18)]
        + [(600, 226), (520, 120), (580, 20), (660, -10), (1200, -10), (1200, 600)],
        ROCK,
    )
    cracks = polygon([(700, 230), (716, 70), (744, 250)], ROCK_DARK) + polygon(
        [(604, 214), (620, 110), (646, 216)], ROCK_DARK
    )
    return "".join([ground(eye, land="#86a19a"), road, rails, top, wall, cracks, cockpit()])


def _slope(ours: tuple[float, float], theirs: tuple[float, float]) -> str:
    """A narrow road up a hillside seen from the side; cars at (x along the picture, 0 to 1 up the slope)."""

    def on(x: float) -> tuple[float, float]:
        return x, 430 - max(0.0, min(1.0, (x - 190) / 420)) * 200

    back = (
        rect(0, 0, 800, 500, SKY)
        + path("M0,330 L140,190 L270,290 L430,110 L590,250 L700,160 L800,240 L800,500 L0,500 Z", fill=PEAK)
        + path("M430,110 L486,160 L440,150 L404,142 Z", fill=SNOW)
    )
    hill = path("M0,432 L190,432 L610,232 L800,232 L800,500 L0,500 Z", fill=HILL) + path(
        "M0,432 L190,432 L610,232 L800,232", stroke=ROAD, width=16
    )
    parts = [back, hill]
    for part, (x, tilt), flip in ((car_side(OURS), ours, True), (truck_side("#4f7d93"), theirs, False)):
        px, py = on(x)
        parts.append(group(part, px, py - 6, scale=26, turn=tilt, flip=flip))
    return "".join(parts)


def slope_meeting() -> str:
    return _slope((690, 0), (330, -25.5))


def slope_halfway() -> str:
    return _slope((430, -25.5), (105, 0))


SCENES = {
    "plateau_yaks": plateau_yaks,
    "sheep_rider": sheep_rider,
    "narrow_mountain": narrow_mountain,
    "bend_wall": bend_wall,
    "slope_meeting": slope_meeting,
    "slope_halfway": slope_halfway,
}
