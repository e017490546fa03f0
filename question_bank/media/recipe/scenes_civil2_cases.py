"""Scenes of accidents and their causes, and of warning others after one."""

import plan
from drive import Eye, cockpit
from palette import (
    BLUE,
    HAIR,
    INK,
    MADDER,
    OURS,
    RIDGE,
    ROAD,
    ROCK,
    ROCK_DARK,
    SILVER,
    SKIN,
    SKY,
    STEEL,
    TYRE,
    WHITE,
    YELLOW,
)
from plan import land, way
from road_users import truck, yak
from strokes import words
from svg import circle, ellipse, group, path, polygon, rect, stroke


def _triangle(x: float, y: float) -> str:
    return group(polygon([(0, -22), (20, 13), (-20, 13)], MADDER) + polygon([(0, -10), (10, 8), (-10, 8)], WHITE), x, y)


def rock_bend() -> str:
    road = path("M0,400 H480 Q640,400 640,250 V0", stroke=ROAD, width=124)
    middle = path("M0,400 H480 Q640,400 640,250 V0", stroke=YELLOW, width=4)
    edges = path("M0,458 H484 Q698,456 698,250 V0", stroke=WHITE, width=4) + path(
        "M0,342 H476 Q582,340 582,250 V0", stroke=WHITE, width=4
    )
    rock = polygon(
        [(180, 0), (560, 0), (556, 230), (540, 300), (480, 322), (330, 318), (250, 250), (210, 120)], ROCK
    ) + "".join(
        polygon(points, ROCK_DARK)
        for points in (
            [(300, 60), (380, 40), (350, 130)],
            [(430, 90), (520, 60), (500, 170), (450, 150)],
            [(330, 190), (420, 180), (400, 270), (350, 260)],
            [(470, 220), (530, 210), (510, 290)],
        )
    )
    measure = (
        path("M356,480 H486 Q716,482 722,250 V196", stroke=INK, width=3)
        + stroke(356, 472, 356, 488, INK, 3)
        + stroke(714, 196, 730, 196, INK, 3)
    )
    label = rect(676, 440, 100, 36, WHITE, 6) + words("80 m", 726, 458, 20, INK, 17, 12)
    return "".join(
        [
            land(),
            road,
            middle,
            edges,
            rock,
            plan.car(669, 150, 0, OURS, left=True, right=True),
            _triangle(356, 430),
            plan.truck(110, 430, 90),
            measure,
            label,
        ]
    )


def open_door() -> str:
    road = rect(0, 120, 800, 230, ROAD) + rect(0, 126, 800, 5, WHITE) + rect(0, 340, 800, 5, WHITE)
    road += "".join(rect(x, 233, 60, 5, YELLOW) for x in range(20, 800, 120))
    paving = (
        rect(0, 350, 800, 150, "#d9cfbd")
        + "".join(stroke(x, 350, x, 500, "#c3b8a3", 2) for x in range(0, 800, 63))
        + stroke(0, 425, 800, 425, "#c3b8a3", 2)
    )
    auto = group(plan.car(0, 0, 90, SILVER), 500, 308, scale=1.5)
    door = path("M512,282 L506,238", stroke="#4c555a", width=11) + path("M512,282 L506,238", stroke=SILVER, width=7)
    bang = path(
        "M470,238 L484,246 L488,230 L496,246 L512,226 L508,246 L528,240 L514,252 L530,262 L508,260 L504,274 L494,260 L478,270 L484,256 Z",
        fill="#f2a51f",
    )
    fallen = group(
        rect(-3, -24, 6, 48, TYRE, 3) + rect(-13, -12, 26, 4, INK, 2) + rect(-6, -8, 12, 22, BLUE, 4),
        590,
        218,
        scale=1.3,
        turn=55,
    ) + group(
        ellipse(0, 0, 30, 11, "#7d5a86")
        + circle(36, 2, 9, MADDER)
        + path("M-24,-4 L-62,-12 M-24,4 L-60,14 M10,-8 L28,-24 M10,8 L26,24", stroke="#26364d", width=8),
        680,
        200,
        turn=12,
        scale=1.1,
    )
    return "".join(
        [rect(0, 0, 800, 120, "#9bb57c"), road, paving, way("M80,262 L430,262", "#26364d"), auto, bang, door, fallen]
    )


def dark_truck() -> str:
    eye = Eye(horizon=230)
    sky = rect(0, 0, 800, 500, "#141d2b") + "".join(
        circle((i * 173) % 800, (i * 67) % 190, 1.5, "#9fb0c4") for i in range(26)
    )
    hills = path("M0,232 L0,180 Q160,130 330,196 Q520,140 800,190 L800,232 Z", fill="#1d2a3a") + rect(
        0, 230, 800, 270, "#1f2c28"
    )
    road = eye.strip(-5.6, 2.1, "#2b343a") + polygon(
        [eye.at(-2.4, 5), eye.at(2.1, 5), eye.at(1.9, 24), eye.at(-2.0, 24)], "#566068"
    )
    lines = eye.solid(1.75, "#c8ccc8") + eye.solid(-5.25, "#7f8580") + eye.dashes(-1.75, "#c9a83a")
    return "".join(
        [
            sky,
            hills,
            road,
            lines,
            eye.put(
                truck("#4a4038")
                + rect(-1.2, -0.66, 2.4, 0.16, "#8d8a82")
                + rect(-1.2, -0.64, 0.4, 0.12, "#4f2320")
                + rect(0.8, -0.64, 0.4, 0.12, "#4f2320"),
                0.1,
                15,
            ),
            cockpit(),
        ]
    )


def _rider(x: float, coat: str, helmet: bool) -> str:
    head = circle(x + 0.06, -1.78, 0.15, SKIN)
    if helmet:
        top = path(
            f"M{x - 0.14},-1.7 A0.21,0.21 0 0 1 {x + 0.26},-1.82 L{x + 0.24},-1.72 L{x + 0.04},-1.68 Z", fill=MADDER
        ) + rect(x - 0.16, -1.8, 0.14, 0.2, MADDER, 0.05)
    else:
        top = path(f"M{x - 0.1},-1.74 A0.17,0.17 0 0 1 {x + 0.22},-1.84 L{x + 0.02},-1.82 Z", fill=HAIR)
    return (
        path(f"M{x - 0.05},-0.98 L{x + 0.3},-0.82 L{x + 0.2},-0.4", stroke="#26364d", width=0.17)
        + path(f"M{x - 0.2},-0.95 Q{x - 0.16},-1.55 {x + 0.04},-1.62 Q{x + 0.22},-1.5 {x + 0.16},-0.92 Z", fill=coat)
        + path(f"M{x + 0.04},-1.42 L{x + 0.4},-1.14", stroke=coat, width=0.12)
        + head
        + top
    )


def three_up() -> str:
    sky = rect(0, 0, 800, 500, SKY) + path(
        "M0,300 L120,170 L240,262 L390,120 L560,250 L680,170 L800,262 L800,500 L0,500 Z", fill="#8fa9b3"
    )
    ground = (
        path("M0,330 Q200,290 420,320 Q620,296 800,326 L800,500 L0,500 Z", fill=RIDGE)
        + rect(0, 392, 800, 108, ROAD)
        + rect(0, 400, 800, 5, WHITE)
    )
    bike = "".join(
        [
            ellipse(0, -0.02, 1.3, 0.08, "#4c555a"),
            circle(-0.8, -0.36, 0.36, TYRE),
            circle(-0.8, -0.36, 0.2, STEEL),
            circle(0.85, -0.36, 0.36, TYRE),
            circle(0.85, -0.36, 0.2, STEEL),
            path("M-0.8,-0.36 L-0.2,-0.42 L0.3,-0.4 L0.62,-1.0 L0.85,-0.36", stroke=INK, width=0.09),
            rect(-0.95, -0.95, 1.15, 0.16, INK, 0.07),
            path("M0.1,-0.95 Q0.36,-1.12 0.62,-0.95 L0.5,-0.7 L0.12,-0.72 Z", fill="#b5473f"),
            rect(-0.2, -0.66, 0.5, 0.34, "#8f979c", 0.06),
            path("M0.62,-1.0 L0.5,-1.22 L0.36,-1.2", stroke=INK, width=0.07),
            circle(0.72, -0.98, 0.1, "#fff3c4"),
        ]
    )
    people = _rider(-0.78, "#7d5a86", False) + _rider(-0.38, "#4d7f6d", False) + _rider(0.04, "#3d6f8f", True)
    return "".join(
        [sky, ground, group(bike + people, 270, 470, scale=150), group(yak(), 660, 456, scale=62, flip=True)]
    )


def past_exit() -> str:
    road = rect(0, 120, 800, 210, ROAD) + rect(0, 126, 800, 5, YELLOW) + rect(0, 324, 430, 5, WHITE)
    ramp = (
        polygon([(150, 328), (330, 328), (640, 500), (470, 500)], ROAD)
        + path("M330,328 L636,498", stroke=WHITE, width=5)
        + path("M150,328 L474,500", stroke=WHITE, width=5)
    )
    edge = rect(430, 324, 370, 5, WHITE)
    lanes = "".join(rect(x, y, 40, 5, WHITE) for y in (190, 258) for x in range(10, 800, 90))
    dashes = "".join(rect(x, 323, 22, 6, ROAD) for x in range(160, 330, 44))
    post = (
        rect(356, 376, 5, 54, "#8f979c")
        + rect(306, 352, 104, 44, "#1e9a5a", 5)
        + path("M334,362 L380,386 M362,388 L380,386 L372,368", stroke=WHITE, width=6)
    )
    bang = path(
        "M466,284 L478,292 L482,274 L490,290 L506,270 L502,290 L522,286 L508,298 L524,308 L502,306 L498,320 L488,306 L470,316 L478,302 Z",
        fill="#f2a51f",
    )
    return "".join(
        [
            land(),
            road,
            ramp,
            edge,
            lanes,
            dashes,
            group(post, 300, 40),
            way("M120,296 L380,296", "#5a646a"),
            plan.car(440, 296, 90, SILVER),
            bang,
            plan.car(545, 296, 90, BLUE),
            way("M730,296 L630,296", BLUE),
        ]
    )


SCENES = {
    "cv_rock_bend": rock_bend,
    "cv_flying_bike": open_door,
    "cv_dark_box": dark_truck,
    "cv_two_wheels": three_up,
    "cv_blue_and_white": past_exit,
}
