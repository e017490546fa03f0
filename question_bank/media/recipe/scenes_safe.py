"""Scenes of safe driving and of emergencies as the driver sees them."""

from drive import Eye, cockpit, ground, pine, two_lanes
from palette import (
    BONE,
    GREEN,
    HAIR,
    NAVY,
    OURS,
    PEAK,
    RED,
    RIDGE,
    ROAD,
    SILVER,
    SKIN,
    SNOW,
    STOP,
    WATER,
    WHITE,
    YELLOW,
)
from people import child, herder, walker
from road_users import bus, car, car_side, glow, tractor, truck, truck_side, yak
from safe_parts import bore, flames, house, photographer, puff
from scenes_plateau import wall
from svg import circle, group, path, polygon, rect


def _rails(eye: Eye, x: float, near: float, far: float) -> str:
    posts = "".join(eye.put(rect(-0.06, -1.0, 0.12, 1.0, BONE), x, z) for z in range(int(far), int(near) - 1, -3))
    lines = "".join(
        polygon([eye.at(x, near, y), eye.at(x, far, y), eye.at(x, far, y - 0.14), eye.at(x, near, y - 0.14)], BONE)
        for y in (1.0, 0.55)
    )
    return posts + lines


def bridge() -> str:
    eye = Eye()
    river = eye.strip(-160, 160, WATER, 11, 44) + "".join(
        path(f"M{x},{y} q16,-6 32,0 q16,6 32,0", stroke="#dbe8ec", width=3)
        for x, y in ((30, 262), (120, 300), (680, 258), (720, 300), (610, 282), (20, 330))
    )
    return "".join(
        [
            ground(eye),
            river,
            two_lanes(eye, "solid"),
            _rails(eye, -6.0, 11, 44),
            _rails(eye, 2.6, 11, 44),
            eye.put(car(SILVER, hazard=True), 1.15, 22),
            eye.put(photographer("#c4574e"), -0.7, 20),
            eye.put(photographer("#4d7f6d"), -2.4, 18),
            cockpit(),
        ]
    )


def _village(eye: Eye) -> str:
    places = ((-13.5, 44), (12.0, 46), (-13.2, 27), (11.2, 26), (-11.5, 15.5), (10.2, 15))
    return "".join(
        eye.put(house("#e9e1d0" if i % 2 else "#dcc9a8"), x, z)
        for i, (x, z) in enumerate(sorted(places, key=lambda p: -p[1]))
    )


def ball() -> str:
    eye = Eye()
    parked = eye.put(car("#5d7f95"), 2.9, 26) + eye.put(car(GREEN), 3.0, 16.5)
    toy = (
        circle(0, -0.2, 0.2, STOP)
        + path("M-0.2,-0.2 Q0,-0.32 0.2,-0.2", stroke=WHITE, width=0.06)
        + path("M0.4,-0.12 h0.35 M0.42,-0.28 h0.5", stroke=WHITE, width=0.05)
    )
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            _village(eye),
            parked,
            eye.put(group(toy, scale=1.25), 0.5, 12.5),
            cockpit(),
        ]
    )


def high_load() -> str:
    eye = Eye(bend=-0.004)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            wall(eye, 2.6, 60),
            eye.put(truck("#4f7d93"), 0.1, 8.6),
            cockpit(),
        ]
    )


def street() -> str:
    eye = Eye()
    kid = eye.put(child(), -6.0, 15.5) + eye.put(circle(0, -0.2, 0.2, STOP), -5.2, 15.2)
    elders = eye.put(herder(), 2.7, 19, flip=True) + eye.put(walker("#7d5a86"), 3.4, 18.6, flip=True)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            _village(eye),
            eye.put(tractor(), 2.7, 26),
            eye.put(group(yak(), scale=0.8), -6.6, 22),
            kid,
            elders,
            cockpit(),
        ]
    )


def beside() -> str:
    eye = Eye()
    road = eye.strip(-12.9, 2.4, "#8f969a") + eye.strip(-12.6, 2.1, ROAD)
    lines = (
        eye.solid(1.75, WHITE)
        + eye.dashes(-1.75, WHITE, 5, 13)
        + eye.dashes(-1.75, WHITE, 21, 120)
        + eye.solid(-5.35, YELLOW, 4, 14)
        + eye.solid(-5.35, YELLOW, 20, 260)
        + eye.solid(-5.65, YELLOW, 4, 14)
        + eye.solid(-5.65, YELLOW, 20, 260)
    )
    return "".join(
        [
            ground(eye),
            road,
            lines,
            eye.zebra(-12.4, 1.9, 14.5, 4),
            "".join(eye.put(pine(), x, z) for x, z in ((9, 50), (10, 32))),
            eye.put(bus("#4d8f88"), -3.55, 12.6),
            eye.put(glow(-0.98, -0.95, 0.13, STOP) + glow(0.98, -0.95, 0.13, STOP), -3.55, 12.6),
            cockpit(),
        ]
    )


def wheel_smoke() -> str:
    eye = Eye(horizon=160, bend=-0.0035)
    drop = polygon([(0, 206), eye.at(-6.3, 60), eye.at(-6.3, 22), eye.at(-6.3, 8), (0, 500)], "#7c9a94")
    x, y = eye.at(0.1, 15)
    smoke = "".join(
        puff(((x + dx, y + dy, r),), "#e9ecee", o)
        for dx, dy, r, o in (
            (-66, -8, 17, 0.9),
            (-84, -26, 22, 0.85),
            (-104, -52, 27, 0.75),
            (-124, -86, 32, 0.6),
            (66, -8, 17, 0.9),
            (84, -26, 22, 0.85),
            (104, -54, 27, 0.75),
            (122, -90, 32, 0.6),
        )
    )
    hot = "".join(eye.put(circle(a, -0.3, 0.26, "#e8561e"), 0.1, 15) for a in (-1.05, 1.05))
    return "".join(
        [
            ground(eye),
            drop,
            two_lanes(eye, "solid"),
            wall(eye, 2.6, 70),
            eye.put(truck("#8a6a45"), 0.1, 15),
            hot,
            smoke,
            cockpit(),
        ]
    )


def headon() -> str:
    eye = Eye()
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            "".join(eye.put(pine(), x, z) for x, z in ((-12, 60), (-13, 34), (-11, 22))),
            eye.put(truck("#4f7d93", front=True), -3.6, 30),
            eye.put(car(RED, front=True, lights=True), -0.1, 21),
            cockpit(),
        ]
    )


def tunnel_smoke() -> str:
    eye = Eye(horizon=215)
    x, y = eye.at(0.2, 17)
    s = eye.focal / 17
    smoke = "".join(
        puff(((a, b, r),), "#15191c", o)
        for a, b, r, o in (
            (400, 40, 90, 0.75),
            (300, 30, 80, 0.7),
            (200, 20, 80, 0.6),
            (500, 40, 90, 0.7),
            (620, 24, 80, 0.55),
            (400, 110, 66, 0.6),
            (460, 100, 50, 0.6),
            (110, 10, 60, 0.5),
            (710, 10, 60, 0.5),
        )
    )
    board = rect(690, 236, 74, 54, "#1e9a5a", 5) + group(
        circle(4, -18, 5, WHITE)
        + path("M0,-11 L-4,2 L-13,9 M-4,2 L6,7 L4,18 M0,-9 L10,-3 L15,-8 M-1,-9 L-11,-7 L-14,0", stroke=WHITE, width=4),
        728,
        262,
    )
    door = rect(700, 300, 62, 104, "#12181c", 4)
    return "".join(
        [
            bore(eye, 60),
            eye.put(truck("#4f7d93"), 0.2, 17),
            group(flames(3.0), x, y - 1.0 * s, scale=s),
            smoke,
            group(flames(1.2), x - 0.9 * s, y - 2.2 * s, scale=s),
            board,
            door,
            eye.put(car(SILVER, hazard=True), -3.4, 14),
            cockpit(),
        ]
    )


def steam() -> str:
    sky = (
        rect(0, 0, 800, 500, "#cfe3ec")
        + path("M0,300 L120,150 L240,250 L390,90 L560,240 L680,150 L800,260 L800,500 L0,500 Z", fill=PEAK)
        + path("M390,90 L450,142 L400,134 L362,120 Z M120,150 L160,184 L120,176 L96,180 Z", fill=SNOW)
    )
    land = path("M0,330 Q200,280 420,318 Q620,290 800,326 L800,500 L0,500 Z", fill=RIDGE)
    road = rect(0, 392, 800, 108, ROAD) + rect(0, 400, 800, 5, WHITE)
    hood = path("M1.15,-0.95 L1.85,-1.75", stroke=OURS, width=0.12)
    auto = group(car_side(OURS) + hood, 330, 452, scale=88)
    cloud = "".join(
        puff(((x, y, r),), "#ffffff", o)
        for x, y, r, o in (
            (468, 342, 26, 0.95),
            (492, 312, 32, 0.9),
            (470, 272, 38, 0.8),
            (506, 236, 42, 0.7),
            (466, 196, 44, 0.5),
            (516, 178, 36, 0.45),
        )
    )
    man = (
        rect(-0.2, -0.86, 0.17, 0.86, NAVY)
        + rect(0.03, -0.86, 0.17, 0.86, NAVY)
        + rect(-0.22, -1.45, 0.44, 0.68, "#7d5a86", 0.12)
        + path("M-0.05,-1.32 L-0.62,-1.0", stroke="#7d5a86", width=0.14)
        + circle(-0.66, -0.98, 0.08, SKIN)
        + rect(0.2, -0.95, 0.22, 0.36, "#4f9ac0", 0.04)
        + circle(0, -1.62, 0.17, SKIN)
        + path("M-0.17,-1.66 A0.17,0.17 0 0 1 0.17,-1.66 Z", fill=HAIR)
    )
    return "".join([sky, land, road, auto, group(man, 600, 456, scale=110), cloud])


def slope_queue() -> str:
    back = (
        rect(0, 0, 800, 500, "#cfe3ec")
        + path("M0,330 L140,190 L270,290 L430,110 L590,250 L700,160 L800,240 L800,500 L0,500 Z", fill=PEAK)
        + path("M430,110 L486,160 L440,150 L404,142 Z", fill=SNOW)
    )
    hill = path("M0,470 L800,150 L800,500 L0,500 Z", fill="#93ad7f") + path("M0,470 L800,150", stroke=ROAD, width=20)
    tilt = -21.8

    def on(x: float) -> tuple[float, float]:
        return x, 470 - x * 0.4 - 8

    lx, ly = on(520)
    cx, cy = on(282)
    lorry = group(truck_side("#8a6a45") + glow(-3.52, -1.0, 0.16, STOP), lx, ly, scale=38, turn=tilt)
    ours = group(car_side(OURS), cx, cy, scale=38, turn=tilt)
    return "".join([back, hill, lorry, ours])


SCENES = {
    "sd_bridge": bridge,
    "sd_ball": ball,
    "sd_high_load": high_load,
    "sd_street": street,
    "sd_beside": beside,
    "sd_lorry_bend": wheel_smoke,
    "sd_red_car": headon,
    "sd_tunnel_inside": tunnel_smoke,
    "sd_open_bonnet": steam,
    "sd_hill_lorry": slope_queue,
}
