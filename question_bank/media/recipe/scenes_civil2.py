"""Scenes of civilised driving: puddles, elders, herds, an ambulance, a school bus."""

import plan
from drive import LANE, Eye, cockpit, ground, lamps, mast, pine, two_lanes
from palette import AMBER, BLUE, BONE, INK, RED, ROAD, SCHOOL, SILVER, SKIN, STOP, WATER, WHITE, YELLOW
from people import child, herder, walker
from plan import land
from road_users import car, glow, truck
from safe_parts import house
from strokes import words
from svg import circle, ellipse, group, path, polygon, rect, stroke


def elder() -> str:
    """An old woman bent over a stick, a scarf on her head, walking to the right."""
    return "".join(
        [
            stroke(0.5, -0.85, 0.56, 0, "#7d5a3c", 0.06),
            path("M-0.24,-0.95 L-0.34,-0.08 L0.24,-0.08 L0.16,-0.9 Z", fill="#4a3a5a"),
            rect(-0.24, -0.08, 0.2, 0.08, INK, 0.03),
            rect(0.04, -0.08, 0.2, 0.08, INK, 0.03),
            path("M-0.28,-0.92 Q-0.2,-1.38 0.2,-1.34 L0.3,-1.1 L0.18,-0.84 Z", fill="#6e3b34"),
            rect(-0.27, -0.98, 0.46, 0.1, AMBER, 0.04),
            path("M0.14,-1.2 L0.46,-0.86", stroke="#6e3b34", width=0.13),
            circle(0.5, -0.85, 0.06, SKIN),
            circle(0.34, -1.42, 0.15, SKIN),
            path("M0.2,-1.36 A0.17,0.17 0 0 1 0.46,-1.52 L0.36,-1.46 Z", fill="#d8d5cd"),
        ]
    )


def yak_back() -> str:
    """A yak from behind: a broad dark back, a bushy tail, horns over it."""
    return "".join(
        [
            ellipse(0, -0.02, 0.62, 0.08, "#4c555a"),
            rect(-0.4, -0.6, 0.2, 0.58, "#2b2320"),
            rect(0.2, -0.6, 0.2, 0.58, "#2b2320"),
            path("M-0.3,-1.5 Q-0.62,-1.62 -0.56,-1.92 M0.3,-1.5 Q0.62,-1.62 0.56,-1.92", stroke=BONE, width=0.08),
            ellipse(0, -1.5, 0.3, 0.24, "#2f2723"),
            path(
                "M-0.58,-0.35 Q-0.72,-1.45 0,-1.55 Q0.72,-1.45 0.58,-0.35 L0.4,-0.46 L0.2,-0.3 L0,-0.44 L-0.2,-0.3 L-0.4,-0.46 Z",
                fill="#3a302a",
            ),
            path("M-0.08,-1.3 Q-0.26,-0.7 -0.06,-0.2 L0.08,-0.2 Q0.26,-0.7 0.08,-1.3 Z", fill="#6a584c"),
        ]
    )


def puddle() -> str:
    eye = Eye()
    x, y = eye.at(0.3, 11)
    water = (
        ellipse(x - 8, y + 4, 176, 30, "#55646c")
        + ellipse(x - 8, y + 2, 169, 26, WATER)
        + ellipse(x - 50, y - 6, 80, 6, "#b9d3dd")
        + ellipse(x + 50, y + 8, 70, 5, "#b9d3dd")
    )
    people = eye.put(elder(), 3.45, 11.3, flip=True) + eye.put(child(), 4.7, 11.6, flip=True)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            "".join(eye.put(pine(), a, z) for a, z in ((12, 52), (10, 34))),
            eye.put(house(), -12.5, 40),
            eye.put(car(RED, front=True), -3.6, 30),
            eye.put(truck("#4f7d93", front=True), -3.6, 17),
            water,
            people,
            cockpit(),
        ]
    )


def elder_green() -> str:
    eye = Eye()
    left, right = -LANE * 1.5, LANE * 0.5
    road = eye.strip(left - 0.35, right + 0.35, ROAD)
    lines = (
        eye.solid(left, WHITE, 5, 9.4)
        + eye.solid(right, WHITE, 5, 9.4)
        + eye.solid(-LANE / 2, YELLOW, 5, 8.6)
        + eye.strip(-LANE / 2, right, WHITE, 8.0, 8.5)
        + eye.zebra(left, right + 0.35, 9.6, 3.6)
        + eye.side_road(18, 10)
        + eye.dashes(-LANE / 2, YELLOW, 34, 120)
    )
    return "".join(
        [
            ground(eye),
            road,
            lines,
            "".join(eye.put(pine(), a, z) for a, z in ((-13, 44), (12, 40))),
            mast(eye, lamps("green", 1.15), 1.7, 26, 4.6, 5.4),
            eye.put(car(RED, front=True), -3.5, 40),
            eye.put(elder(), -0.5, 11.2),
            cockpit(),
        ]
    )


def mirror() -> str:
    eye = Eye(horizon=260)
    sky = rect(0, 0, 800, 500, "#141d2b") + "".join(
        circle((i * 173) % 800, (i * 67) % 200, 1.5, "#9fb0c4") for i in range(24)
    )
    hill = path("M0,262 L0,220 Q160,170 330,226 Q520,180 800,224 L800,262 Z", fill="#1d2a3a") + rect(
        0, 260, 800, 240, "#22302b"
    )
    beam = polygon([eye.at(-1.6, 5), eye.at(1.9, 5), eye.at(1.75, 32), eye.at(-1.7, 32)], "#59636a")
    road = (
        eye.strip(-5.6, 2.1, "#2b343a")
        + beam
        + eye.solid(1.75, "#c8ccc8")
        + eye.solid(-5.25, "#8f9590")
        + eye.dashes(-1.75, "#c9a83a")
    )
    glass = (
        stroke(400, 0, 400, 30, INK, 16)
        + rect(212, 22, 376, 140, "#0d151a", 26)
        + rect(222, 32, 356, 120, "#39434c", 20)
        + path("M222,152 L222,132 L372,92 L428,92 L578,132 L578,152 Z", fill="#2b343a")
        + rect(340, 62, 120, 50, "#1d262d", 12)
    )
    lights = "".join(
        group(circle(x, 96, 42, "#fff3c4"), opacity=0.35)
        + group(circle(x, 96, 28, "#fff8dc"), opacity=0.6)
        + circle(x, 96, 15, "#ffffff")
        + path(
            f"M{x - 62},96 H{x + 62} M{x},52 V142 M{x - 40},66 L{x + 40},126 M{x - 40},126 L{x + 40},66",
            stroke="#fff3c4",
            width=3,
        )
        for x in (350, 450)
    )
    return sky + hill + road + cockpit() + glass + lights


def ambulance_front() -> str:
    """A white van with a red cross and blue lamps on the roof, from the front."""
    return "".join(
        [
            ellipse(0, -0.02, 1.2, 0.1, "#4c555a"),
            rect(-1.02, -0.4, 0.32, 0.4, "#2a2f33", 0.06),
            rect(0.7, -0.4, 0.32, 0.4, "#2a2f33", 0.06),
            rect(-1.05, -2.5, 2.1, 2.25, WHITE, 0.2),
            rect(-0.9, -1.85, 1.8, 0.8, "#37505e", 0.1),
            rect(-1.05, -0.98, 2.1, 0.2, STOP),
            rect(-0.14, -2.44, 0.28, 0.56, STOP),
            rect(-0.28, -2.3, 0.56, 0.28, STOP),
            rect(-0.5, -0.66, 1.0, 0.2, INK, 0.05),
            rect(-0.95, -0.7, 0.32, 0.24, "#fff3c4", 0.08),
            rect(0.63, -0.7, 0.32, 0.24, "#fff3c4", 0.08),
            rect(-0.7, -2.66, 1.4, 0.18, INK, 0.05),
            glow(-0.45, -2.68, 0.2, "#3f7fe0"),
            glow(0.45, -2.68, 0.2, STOP),
            path(
                "M-1.0,-3.1 L-1.3,-3.4 M-0.45,-3.2 L-0.5,-3.6 M0.45,-3.2 L0.5,-3.6 M1.0,-3.1 L1.3,-3.4",
                stroke="#3f7fe0",
                width=0.08,
            ),
        ]
    )


def white_van() -> str:
    eye = Eye()
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            "".join(eye.put(pine(), a, z) for a, z in ((-12, 60), (-13, 34), (12, 50), (11, 28))),
            eye.put(truck("#4f7d93", front=True), -3.7, 21),
            eye.put(ambulance_front(), -0.5, 18),
            cockpit(),
        ]
    )


def bus_lanes() -> str:
    road = rect(150, 0, 420, 500, ROAD)
    lines = (
        rect(156, 0, 5, 500, WHITE)
        + rect(560, 0, 5, 500, WHITE)
        + rect(262, 0, 5, 500, YELLOW)
        + rect(270, 0, 5, 500, YELLOW)
        + "".join(rect(x, y, 5, 44, WHITE) for x in (366, 462) for y in range(10, 500, 80))
    )
    stop = group(
        polygon([(9, -22), (22, -9), (22, 9), (9, 22), (-9, 22), (-22, 9), (-22, -9), (-9, -22)], "#b3261e")
        + words("停", 0, 0, 26, WHITE, 8),
        454,
        196,
    )
    board = rect(470, 192, 22, 6, INK)
    kids = (
        group(child(), 588, 226, scale=40, flip=True)
        + group(child(), 620, 232, scale=40, flip=True)
        + group(walker("#5b7f9a"), 652, 226, scale=34, flip=True)
    )
    numbers = "".join(
        circle(x, y, 19, WHITE) + words(n, x, y, 22, INK, 14)
        for n, x, y in (("1", 600, 420), ("2", 414, 300), ("3", 320, 300), ("4", 208, 96))
    )
    cars = (
        plan.car(514, 420, colour=SILVER)
        + plan.car(414, 370, colour=BLUE)
        + plan.car(320, 370, colour=RED)
        + plan.car(208, 160, 180, "#3e7f5c")
        + stroke(540, 420, 580, 420, WHITE, 3)
    )
    return "".join(
        [land(), road, lines, plan.bus(514, 180, colour=SCHOOL, hazard=True), board, stop, kids, cars, numbers]
    )


def herd() -> str:
    eye = Eye()
    spots = ((-0.9, 21), (1.3, 20), (0.2, 17.5), (-1.4, 16), (1.5, 15.2), (-0.2, 13.6))
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            "".join(eye.put(pine(), a, z) for a, z in ((-12, 60), (-13, 34))),
            eye.put(car(BLUE, front=True), -3.6, 30),
            "".join(eye.put(yak_back(), a, z) for a, z in spots),
            eye.put(herder(), 2.7, 13.2, flip=True),
            cockpit(),
        ]
    )


def sign(eye: Eye, face: str, x: float, z: float, high: float = 3.0, size: float = 0.9, post: bool = True) -> str:
    """A 200 by 200 sign face on a post: its middle `high` metres up, `size` metres wide."""
    px, py = eye.at(x, z, high)
    fx, fy = eye.at(x, z)
    scale = eye.focal / z * size / 200
    pole = stroke(px, py, fx, fy, "#8f979c", max(3, eye.focal / z * 0.08)) if post else ""
    return pole + group(group(face, -100, -100), px, py, scale=scale)


def _children_sign() -> str:
    two = group(walker(INK, INK), 78, 150, scale=42) + group(walker(INK, INK), 118, 150, scale=34)
    return (
        path("M100,14 L190,174 L10,174 Z", fill=INK, stroke=INK, width=12)
        + path("M100,30 L176,166 L24,166 Z", fill=SCHOOL)
        + group(two, 2, 6)
    )


def ring_number(text: str) -> str:
    """A round speed-limit sign: red ring, black figures on white."""
    return circle(100, 100, 94, STOP) + circle(100, 100, 72, WHITE) + words(text, 100, 100, 66, INK, 15)


def disc_number(text: str) -> str:
    """A round blue sign with white figures."""
    return circle(100, 100, 94, "#1f63b0") + words(text, 100, 100, 74, WHITE, 15)


def kerb_mother() -> str:
    eye = Eye()
    school = eye.put(
        rect(-6, -4, 12, 4, "#d9cdb4")
        + rect(-6.3, -4.7, 12.6, 0.8, "#b3261e")
        + "".join(rect(x, -3, 1.3, 1.3, "#39444a") for x in (-5, -2.6, 1.4, 3.8))
        + rect(-0.7, -2.2, 1.4, 2.2, "#39444a"),
        -14,
        42,
    )
    people = eye.put(walker("#7d5a86"), 2.8, 16.4, flip=True) + eye.put(child(), 3.5, 16.2, flip=True)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            eye.zebra(-5.2, 2.1, 14.5, 4.5),
            school,
            eye.put(pine(), 12, 46),
            sign(eye, _children_sign(), 3.2, 9.2, 3.0, 1.0),
            sign(eye, ring_number("30"), 3.2, 9.2, 2.05, 0.9, post=False),
            people,
            cockpit(),
        ]
    )


SCENES = {
    "cv_four_cars": bus_lanes,
    "cv_dark_backs": herd,
    "cv_two_at_kerb": kerb_mother,
    "cv_puddle": puddle,
    "cv_bent_back": elder_green,
    "cv_mirror": mirror,
    "cv_white_van": white_van,
}
