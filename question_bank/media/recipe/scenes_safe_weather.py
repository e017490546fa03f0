"""Scenes of hard weather and hard roads as the driver sees them."""

from drive import Eye, cockpit, ground, pine, two_lanes
from palette import (
    BLUE,
    BONE,
    EARTH,
    FOG,
    GREEN,
    RED,
    ROAD,
    ROCK,
    SCHOOL,
    SILVER,
    SKIN,
    STOP,
    WATER,
    WHITE,
    YELLOW,
)
from people import walker
from road_users import car, truck, yak
from safe_parts import bore, handcart, horse_cart, lying, palms_up, puff, rain
from scenes_plateau import wall
from svg import circle, ellipse, group, path, polygon, rect, stroke

DARK = "#131c2b"
_SHEET = (
    (-1, -0.2),
    (-0.55, -0.75),
    (-0.1, -0.6),
    (0.4, -1),
    (0.95, -0.4),
    (0.8, 0.3),
    (0.35, 0.5),
    (0, 1),
    (-0.6, 0.55),
)


def shade() -> str:
    eye = Eye(horizon=185, bend=0.0035)
    road = two_lanes(eye, "solid")
    dark = eye.strip(-5.6, 2.1, "#48525d", 13, 70)
    sheen = "".join(
        polygon([eye.at(x + dx * wide, z + dz * deep) for dx, dz in _SHEET], "#cfe0ea")
        for x, z, wide, deep in (
            (0.1, 16, 1.5, 1.6),
            (-3.7, 17.5, 1.2, 2.2),
            (0.0, 22.5, 1.3, 2.6),
            (-3.4, 29, 1.2, 4.5),
        )
    )
    sun = circle(120, 60, 34, "#ffe9a8")
    slider = eye.put(group(car(RED, front=True), turn=9), -2.6, 27)
    return "".join([ground(eye, sky="#bcdcea"), sun, road, dark, sheen, wall(eye, 2.4, 60), slider, cockpit()])


def flags() -> str:
    eye = Eye(horizon=228)
    colours = (BLUE, WHITE, "#d0453b", "#3e8f5c", SCHOOL)

    def pole(x: float, foot: float, tall: float, size: float) -> str:
        cloth = "".join(
            path(
                f"M{x},{foot - tall + i * size * 1.15:.0f} q{size},{-size * 0.4:.0f} {size * 2},{size * 0.1:.0f} q{size},{size * 0.5:.0f} {size * 2},{size * 0.05:.0f} l-2,{size * 0.85:.0f} q{-size},{size * 0.3:.0f} {-size * 2},{-size * 0.1:.0f} q{-size},{-size * 0.5:.0f} {-size * 2 + 2},{size * 0.1:.0f} Z",
                fill=c,
            )
            for i, c in enumerate(colours)
        )
        return stroke(x, foot, x, foot - tall - 8, "#6d5a48", size * 0.22) + cloth

    cairn = polygon([(40, 330), (70, 286), (104, 270), (140, 288), (168, 330)], ROCK)
    grass = path(
        "".join(f"M{(i * 61) % 800},{360 + (i * 37) % 90} q10,-16 26,-18" for i in range(34)), stroke="#6f8a5c", width=3
    )
    return "".join(
        [
            ground(eye),
            grass,
            two_lanes(eye),
            cairn,
            pole(104, 300, 210, 30),
            pole(232, 270, 120, 17),
            pole(560, 268, 120, 17),
            pole(640, 310, 200, 28),
            eye.put(truck("#8a6a45", front=True), -3.4, 34),
            cockpit(),
        ]
    )


def bright_arch() -> str:
    eye = Eye(horizon=215)
    px, py = eye.at(-1.75, 21)
    s = eye.focal / 21
    mouth = group(path("M-4.6,0 L-4.6,-3 A4.6,4 0 0 1 4.6,-3 L4.6,0 Z", fill="#f4fafc"), px, py, scale=s)
    hills = group(
        polygon(
            [(-4.6, -2.1), (-2.8, -4), (-0.8, -2.3), (1.2, -4.6), (3, -2.5), (4.6, -3.4), (4.6, 0), (-4.6, 0)],
            "#c3d6e0",
        )
        + polygon([(-4.6, 0), (-4.6, -1.2), (4.6, -1.2), (4.6, 0)], "#ffffff")
        + polygon([(-3.85, 0), (3.85, 0), (1.9, -1.15), (1.1, -1.15)], "#dbe5ea"),
        px,
        py,
        scale=s,
    )
    walker_out = group(yak(), px - 2.3 * s, py - 6, scale=s * 0.8)
    shine = eye.strip(-5.6, 2.1, "#6d777d", 15, 21)
    return "".join([bore(eye, 21), shine, mouth, hills, walker_out, eye.put(car(BLUE), 0.3, 19), cockpit()])


def river_car() -> str:
    eye = Eye()
    track = eye.strip(-4.6, 2.4, EARTH) + eye.strip(-3.2, -2.4, "#a4916f") + eye.strip(0.2, 1.0, "#a4916f")
    water = eye.strip(-200, 200, "#8ea5a4", 9.5, 32)
    rush = "".join(
        path(f"M{(i * 131) % 820 - 20},{246 + (i * 29) % 104} q20,-7 42,0 q20,7 42,0", stroke="#dbe6e6", width=3)
        for i in range(22)
    )
    body = (
        car(SILVER)
        + path("M-0.5,-1.75 L-0.78,-2.15", stroke="#c4574e", width=0.12)
        + rect(-0.62, -1.95, 0.36, 0.6, "#c4574e", 0.1)
        + circle(-0.44, -2.1, 0.15, SKIN)
        + rect(-2.4, -0.72, 4.8, 0.9, "#8ea5a4")
        + path(
            "M-1.6,-0.7 q0.3,-0.16 0.6,0 q0.3,0.16 0.6,0 q0.3,-0.16 0.6,0 q0.3,0.16 0.6,0 q0.3,-0.16 0.6,0",
            stroke=WHITE,
            width=0.09,
        )
    )
    return "".join([ground(eye), track, water, rush, eye.put(body, -0.9, 13.5), cockpit()])


def soft_edge() -> str:
    eye = Eye(horizon=175, centre=370)
    valley = polygon([(800, 172), (372, 176), eye.at(3.4, 9), (800, 470)], "#a9c3c6") + polygon(
        [(800, 268), (640, 222), (470, 190), eye.at(3.4, 26), eye.at(3.4, 5), (800, 500)], "#86a19a"
    )
    stream = path("M800,330 Q690,280 560,226", stroke=WATER, width=12)
    road = eye.strip(-5.2, 3.2, "#6f5a44", far=120) + eye.strip(-4.8, 1.5, ROAD, far=120)
    bites = "".join(
        polygon([eye.at(3.4, z), eye.at(2.0 + 0.2 * (i % 2), z * 1.06), eye.at(3.4, z * 1.2)], "#86a19a")
        for i, z in enumerate((8, 12, 16.5, 22, 30))
    )
    cracks = "".join(
        path(
            "M{:.0f},{:.0f} L{:.0f},{:.0f} L{:.0f},{:.0f}".format(
                *eye.at(1.75, z), *eye.at(2.2, z * 1.09), *eye.at(1.8, z * 1.2)
            ),
            stroke="#3d3026",
            width=4,
        )
        for z in (7.2, 9.5, 12.5, 17)
    )
    cliff = group(wall(Eye(horizon=175, centre=430), 4.7, 100), 800, 0, flip=True)
    return "".join(
        [
            ground(eye, sky="#b9c6cc", land="#8a8b7c"),
            valley,
            stream,
            road,
            bites,
            cracks,
            cliff,
            eye.put(truck("#4f7d93", front=True), -3.0, 21),
            rain(),
            cockpit(),
        ]
    )


def _night(eye: Eye) -> str:
    """A dark land under stars, and the piece of our lane that our lamps reach."""
    stars = "".join(circle((i * 173) % 800, (i * 61) % 150, 1.4, "#9fb0c4") for i in range(40))
    land = rect(0, 0, 800, 500, DARK) + stars
    land += path("M0,190 L120,120 L250,180 L390,104 L540,176 L690,118 L800,170 L800,190 Z", fill="#0d1522")
    land += rect(0, 188, 800, 312, "#0f1822")
    road = eye.strip(-5.6, 2.1, "#1b242d") + eye.dashes(-1.75, "#5e5636", far=40)
    lit = (
        group(eye.strip(-3.4, 3.2, "#7c8579", 4, 24), opacity=0.35)
        + group(eye.strip(-2.7, 2.3, "#c9c8a8", 4, 17), opacity=0.45)
        + eye.dashes(-1.75, YELLOW, far=18)
        + eye.solid(1.75, "#d9d9cf", 4, 20)
    )
    return land + road + lit


def night_cart() -> str:
    eye = Eye()
    cart = group(horse_cart(), opacity=0.62)
    return "".join([_night(eye), eye.put(cart, 0.75, 20), cockpit()])


def glare() -> str:
    eye = Eye()
    (lx, ly), (rx, ry) = eye.at(-4.3, 24, 0.8), eye.at(-2.7, 24, 0.8)
    bloom = "".join(
        group(circle(x, y, r, c), opacity=o)
        for r, c, o in ((150, "#fff3c4", 0.16), (92, "#fff3c4", 0.24), (52, "#fff8dd", 0.5), (26, "#ffffff", 1))
        for x, y in ((lx, ly), (rx, ry))
    )
    rays = path(
        "".join(
            f"M{x:.0f},{y:.0f} l{dx},{dy}"
            for x, y in ((lx, ly), (rx, ry))
            for dx, dy in ((-120, -60), (120, -60), (-130, 44), (130, 44), (0, -120), (0, 110))
        ),
        stroke="#fff8dd",
        width=4,
    )
    man = group(walker("#38414b", "#2a323b"), opacity=0.9)
    return "".join([_night(eye), bloom, group(rays, opacity=0.5), eye.put(man, -1.3, 16.5), cockpit()])


def fog_posts() -> str:
    eye = Eye(horizon=185)
    post = rect(-0.14, -1.25, 0.28, 1.25, BONE) + rect(-0.14, -1.05, 0.28, 0.3, STOP)
    posts = "".join(eye.put(post, 2.9, z) for z in (30, 20, 10))
    beast = group(eye.put(yak(), -4.0, 31), opacity=0.9)
    veil = "".join(
        group(rect(0, y, 800, h, FOG), opacity=o)
        for y, h, o in (
            (0, 226, 1),
            (226, 8, 0.8),
            (234, 10, 0.66),
            (244, 14, 0.52),
            (258, 20, 0.4),
            (278, 28, 0.28),
            (306, 40, 0.16),
        )
    )
    near = group(posts, opacity=0.85)
    return "".join(
        [
            ground(eye, peaks=False, land="#a9b6a0"),
            two_lanes(eye),
            beast,
            veil,
            group(beast, opacity=0.35),
            near,
            cockpit(),
        ]
    )


def dust() -> str:
    eye = Eye()
    track = eye.strip(-5.4, 2.2, "#cbb791") + eye.strip(-3.9, -3.2, "#b9a47b") + eye.strip(0.3, 1.0, "#b9a47b")
    lorry = eye.put(truck("#4f7d93"), 0.1, 14.5)
    cloud = "".join(
        puff(((x, y, r),), "#d8c6a0", o)
        for x, y, r, o in (
            (300, 250, 70, 0.75),
            (360, 290, 74, 0.85),
            (440, 296, 70, 0.85),
            (500, 262, 64, 0.8),
            (230, 236, 62, 0.8),
            (180, 262, 60, 0.7),
            (250, 306, 60, 0.8),
            (330, 228, 60, 0.75),
            (420, 244, 44, 0.55),
            (540, 292, 48, 0.7),
            (120, 240, 46, 0.6),
        )
    )
    stones = "".join(
        polygon([(x, y), (x + 8, y - 5), (x + 13, y + 3), (x + 5, y + 8)], "#6f675f")
        for x, y in ((300, 330), (372, 214), (452, 342), (520, 226), (420, 356), (560, 330))
    )
    return "".join([ground(eye), track, lorry, cloud, stones, cockpit()])


def pilgrims() -> str:
    eye = Eye()
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            "".join(eye.put(pine(), x, z) for x, z in ((-12, 60), (12, 50), (-13, 34))),
            eye.put(car(GREEN, front=True), -3.5, 46),
            eye.put(handcart(), 1.0, 23),
            eye.put(walker("#4f7d93"), 2.4, 22),
            eye.put(palms_up(), 2.6, 14),
            eye.put(lying(), 0.9, 12),
            eye.put(palms_up(), -0.5, 15),
            cockpit(),
        ]
    )


def low_sun() -> str:
    eye = Eye(horizon=196)
    sky = rect(0, 0, 800, 200, "#f3c78c") + rect(0, 0, 800, 80, "#e9d3a8")
    sun = "".join(
        group(circle(400, 168, r, c), opacity=o)
        for r, c, o in ((210, "#fff1cf", 0.35), (130, "#fff6df", 0.5), (74, "#fffbef", 0.8), (44, "#ffffff", 1))
    )
    rays = group(
        path(
            "".join(f"M400,168 L{x},{y}" for x, y in ((40, 0), (200, 0), (600, 0), (780, 20), (0, 150), (800, 150))),
            stroke="#fffaf0",
            width=7,
        ),
        opacity=0.45,
    )
    hills = path(
        "M0,198 L0,150 L150,110 L300,180 L360,196 L440,196 L520,176 L660,112 L800,160 L800,198 Z", fill="#7d6650"
    )
    road = (
        eye.strip(-5.6, 2.1, "#a08f78")
        + eye.strip(-3.6, 1.0, "#f4e4c4")
        + eye.solid(1.75, "#fff7e3")
        + eye.solid(-5.25, "#fff7e3")
    )
    shade_people = "".join(
        eye.put(path(path_data, fill="#6b5846"), x, z)
        for path_data, x, z in (
            (
                "M-0.22,-1.45 Q0,-1.55 0.22,-1.45 L0.34,0 L-0.34,0 Z M-0.16,-1.6 A0.16,0.16 0 1 1 0.16,-1.6 A0.16,0.16 0 1 1 -0.16,-1.6 Z",
                -1.0,
                20,
            ),
            (
                "M-0.22,-1.45 Q0,-1.55 0.22,-1.45 L0.34,0 L-0.34,0 Z M-0.16,-1.6 A0.16,0.16 0 1 1 0.16,-1.6 A0.16,0.16 0 1 1 -0.16,-1.6 Z",
                -2.1,
                21,
            ),
        )
    )
    beasts = "".join(
        eye.put(
            ellipse(0, -0.55, 0.5, 0.26, "#6b5846")
            + rect(-0.35, -0.4, 0.12, 0.4, "#6b5846")
            + rect(0.24, -0.4, 0.12, 0.4, "#6b5846")
            + circle(0.55, -0.72, 0.15, "#6b5846"),
            x,
            z,
        )
        for x, z in ((-0.2, 18), (0.9, 19), (-3.1, 19.5))
    )
    return "".join(
        [
            sky,
            sun,
            rays,
            hills,
            rect(0, 196, 800, 304, "#b39a6c"),
            road,
            shade_people,
            beasts,
            group(circle(400, 215, 90, "#fff6df"), opacity=0.3),
            cockpit(),
        ]
    )


SCENES = {
    "sd_shade": shade,
    "sd_flags": flags,
    "sd_bright_arch": bright_arch,
    "sd_river_car": river_car,
    "sd_wet_edge": soft_edge,
    "sd_night_cart": night_cart,
    "sd_two_lamps": glare,
    "sd_posts": fog_posts,
    "sd_dust": dust,
    "sd_on_the_ground": pilgrims,
    "sd_low_sun": low_sun,
}
