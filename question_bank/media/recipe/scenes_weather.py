"""Scenes of fog, snow, water, falling rock, a tunnel and a long descent."""

from drive import Eye, boulder, cockpit, ground, pine, two_lanes
from palette import BONE, FOG, INK, RED, ROAD, SILVER, STEEL, WAIT, WATER, WHITE, YELLOW
from road_users import car, glow, truck
from scenes_plateau import wall
from strokes import words
from svg import circle, group, path, polygon, rect, stroke


def fog_board() -> str:
    eye = Eye(horizon=185)
    road = eye.strip(-6.4, 5.4, ROAD) + eye.solid(-5.25, YELLOW) + eye.solid(1.75, WHITE) + eye.dashes(-1.75, WHITE)
    veil = "".join(
        group(rect(0, y, 800, h, FOG), opacity=o)
        for y, h, o in (
            (0, 204, 0.92),
            (204, 16, 0.84),
            (220, 18, 0.74),
            (238, 20, 0.62),
            (258, 24, 0.5),
            (282, 28, 0.38),
            (310, 32, 0.26),
            (342, 40, 0.14),
        )
    )
    board = eye.put(
        stroke(-7, 0, -7, -6.4, STEEL, 0.3)
        + stroke(6, 0, 6, -6.4, STEEL, 0.3)
        + stroke(-7.2, -6.3, 6.2, -6.3, STEEL, 0.4)
        + rect(-4.1, -7.6, 7, 2.3, INK, 0.2)
        + words("80 m", -0.6, -6.45, 1.4, WAIT, 16, 8),
        0,
        30,
    )
    return "".join(
        [
            ground(eye, peaks=False, land="#a9b6a0"),
            road,
            veil,
            board,
            eye.put(car(SILVER, hazard=True), 0, 17),
            cockpit(),
        ]
    )


def snow_ruts() -> str:
    eye = Eye()
    road = eye.strip(-5.6, 2.1, "#f7fafb") + "".join(
        eye.strip(x - 0.22, x + 0.22, "#aab8bf") for x in (-4.3, -2.7, -0.8, 0.8)
    )
    flakes = "".join(circle((i * 137) % 800, (i * 89) % 420, 2 + i % 3, "#ffffff") for i in range(46))
    banks = eye.strip(-6.6, -5.6, "#d3dee2") + eye.strip(2.1, 3.1, "#d3dee2")
    trees = "".join(eye.put(pine("#7d9b91"), x, z) for x, z in ((-13, 60), (12, 50), (-12, 32), (10, 28)))
    return "".join(
        [ground(eye, sky="#cbd6db", land="#e9f0f2"), road, banks, trees, eye.put(car(SILVER), 0, 34), flakes, cockpit()]
    )


def tunnel_mouth() -> str:
    eye = Eye(horizon=200)
    hill = path("M0,210 L120,120 L240,40 L380,-10 L560,0 L690,90 L800,150 L800,240 L0,240 Z", fill="#93a58a") + path(
        "M0,210 L120,120 L240,40 L230,200 Z", fill="#86987f"
    )
    portal = (
        rect(-7.5, -9, 15, 9, "#b7b0a4")
        + rect(-8, -9.6, 16, 0.9, "#9c958a")
        + path("M-5.2,0 L-5.2,-3.4 A5.2,4.2 0 0 1 5.2,-3.4 L5.2,0 Z", fill="#20282d")
    )
    inside = (
        "".join(
            circle(x, -3.2 - h, 0.16, "#ffdf8e")
            for x, h in ((-3.4, 1.4), (3.4, 1.4), (-2.0, 1.0), (2.0, 1.0), (-1.1, 0.6), (1.1, 0.6))
        )
        + glow(-1.7, -0.7, 0.16, "#fff3c4")
        + glow(-0.8, -0.7, 0.16, "#fff3c4")
    )
    hole = polygon([eye.at(-5.9, 32), eye.at(2.4, 32), eye.at(2.4, 60), eye.at(-5.9, 60)], "#20282d")
    return "".join(
        [ground(eye, peaks=False), hill, two_lanes(eye, "solid"), hole, eye.put(portal + inside, -1.75, 32), cockpit()]
    )


def ford() -> str:
    eye = Eye()
    water = eye.strip(-120, 120, WATER, 12, 30)
    ripples = "".join(
        path(f"M{x},{y} q16,-7 32,0 q16,7 32,0", stroke="#dbe8ec", width=3)
        for x, y in ((60, 260), (240, 276), (430, 262), (560, 290), (680, 268), (130, 300), (360, 300))
    )
    posts = "".join(
        eye.put(rect(-0.1, -0.9, 0.2, 0.9, BONE) + rect(-0.1, -0.7, 0.2, 0.22, RED), x, z)
        for z in (44, 36)
        for x in (-6, 2.6)
    )
    return "".join([ground(eye), two_lanes(eye), water, ripples, posts, cockpit()])


def rockfall() -> str:
    eye = Eye(horizon=180)
    rocks = "".join(
        eye.put(group(boulder(), scale=s), x, z)
        for x, z, s in ((1.4, 22, 1.1), (-0.4, 19, 1.6), (0.9, 17, 1.2), (1.9, 15.5, 1.8))
    )
    scree = polygon([eye.at(2.2, 26), eye.at(2.2, 14), eye.at(0.6, 19)], "#a39a8c")
    rain = "".join(
        stroke((i * 97) % 800, (i * 53) % 400, (i * 97) % 800 - 6, (i * 53) % 400 + 18, "#eaf1f4", 2) for i in range(60)
    )
    falling = eye.put(group(boulder(), scale=0.7), 2.6, 20, y=3.2) + eye.put(
        group(boulder(), scale=0.5), 2.9, 18, y=4.6
    )
    return "".join(
        [
            ground(eye, sky="#b9c6cc", land="#8fa386"),
            two_lanes(eye),
            wall(eye, 2.4, 90),
            scree,
            rocks,
            falling,
            rain,
            cockpit(),
        ]
    )


def escape_ramp() -> str:
    eye = Eye(horizon=175, bend=-0.004)
    road = two_lanes(eye, "solid")
    ramp = polygon([eye.at(1.7, 9), eye.at(1.7, 15), (690, 150), (610, 140)], "#c8b78f") + polygon(
        [(610, 140), (690, 150), (684, 128), (622, 120)], "#a89470"
    )
    bed = "".join(
        circle(470 + (i * 37) % 190, 300 - ((i * 37) % 190) * 0.72 + (i * 13) % 16 - 8, 3, "#a89470") for i in range(40)
    )
    spots = ((-3.5, 24, "1"), (-8.6, 21, "4"), (0.2, 24, "3"))
    plates = "".join(
        circle(x, y, 21, INK) + circle(x, y, 18, WHITE) + words(number, x, y, 19, INK, 15)
        for (x, y), number in [(eye.at(a, b), c) for a, b, c in spots] + [((600, 196), "2")]
    )
    hill = path("M470,240 Q600,90 800,60 L800,420 L560,330 Z", fill="#8fa67c")
    truck_ahead = eye.put(truck("#4f7d93"), 0.0, 42)
    drop = polygon([(0, 215), eye.at(-6.2, 60), eye.at(-6.2, 22), eye.at(-6.2, 8), (0, 500)], "#7c9a94")
    return "".join([ground(eye), drop, hill, road, ramp, bed, truck_ahead, plates, cockpit()])


SCENES = {
    "fog_board": fog_board,
    "snow_ruts": snow_ruts,
    "tunnel_mouth": tunnel_mouth,
    "ford": ford,
    "rockfall": rockfall,
    "escape_ramp": escape_ramp,
}
