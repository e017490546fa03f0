"""Scenes of safe driving and emergencies seen from above. Our own car is the saffron one."""

import plan
from palette import (
    AMBER,
    BLUE,
    EARTH,
    GREEN,
    HAIR,
    INK,
    MADDER,
    OURS,
    ROAD,
    ROCK,
    ROCK_DARK,
    SILVER,
    SKIN,
    STOP,
    TYRE,
    WATER,
    WHITE,
    YELLOW,
)
from plan import land, way
from road_users import glow
from scenes_plan import _highway as highway
from scenes_plan import _place as place
from svg import circle, ellipse, group, path, polygon, rect, stroke


def person(x: float, y: float, coat: str, turn: float = 0, size: float = 1) -> str:
    """Somebody from above: shoulders and a head."""
    return group(
        ellipse(0, 0, 13, 8, coat) + circle(0, -1, 6.5, HAIR) + circle(0, -5, 3, SKIN), x, y, scale=size, turn=turn
    )


def tractor(x: float, y: float, turn: float = 0) -> str:
    """A tractor with a trailer from above, its left indicator lit."""
    body = "".join(
        [
            rect(-20, 34, 40, 62, "#8a6a45", 3),
            rect(-24, 56, 5, 24, TYRE, 2),
            rect(19, 56, 5, 24, TYRE, 2),
            stroke(0, 20, 0, 36, INK, 5),
            rect(-25, -6, 11, 30, TYRE, 4),
            rect(14, -6, 11, 30, TYRE, 4),
            rect(-17, -36, 7, 16, TYRE, 3),
            rect(10, -36, 7, 16, TYRE, 3),
            rect(-10, -40, 20, 42, MADDER, 5),
            rect(-14, 0, 28, 22, MADDER, 5),
            circle(0, 10, 9, HAIR),
            glow(-18, 22, 5, AMBER),
            glow(-19, 92, 5, AMBER),
        ]
    )
    return group(body, x, y, turn=turn)


def _big(part: str, x: float, y: float, scale: float, turn: float = 0) -> str:
    return group(part, x, y, scale=scale, turn=turn)


def blind() -> str:
    return "".join(
        [
            land(),
            highway(3, rail=True),
            way("M470,290 L520,270 Q550,230 590,228 L640,226"),
            plan.car(420, 295, 90, OURS, left=True),
            plan.car(372, 225, 90),
            plan.truck(120, 295, 90),
        ]
    )


def field_track() -> str:
    track = rect(556, 0, 46, 192, EARTH) + path("M556,192 Q556,160 530,192 Z M602,192 Q602,160 628,192 Z", fill=EARTH)
    return "".join(
        [
            land(),
            track,
            highway(2, rail=False),
            way("M452,295 L520,295 Q578,288 578,230 L578,130", MADDER),
            way("M250,290 Q310,232 380,226 L500,225"),
            tractor(390, 295, 90),
            plan.car(190, 295, 90, OURS, left=True),
        ]
    )


def passing() -> str:
    return "".join(
        [
            land(),
            highway(2, rail=False),
            way("M440,226 Q510,226 540,262 Q560,292 630,295", BLUE),
            plan.car(350, 295, 90, OURS),
            plan.car(382, 225, 90),
            plan.truck(690, 225, -90, "#8a6a45"),
        ]
    )


def yard() -> str:
    ground = rect(0, 0, 800, 500, "#cdbd9f") + rect(0, 0, 800, 60, "#e9e1d0") + rect(0, 52, 800, 12, "#8a3b32")
    fence = rect(0, 64, 26, 436, "#b5a27d") + rect(774, 64, 26, 436, "#b5a27d")
    kids = (
        person(400, 130, "#c4574e", 180, 1.7)
        + person(250, 190, "#3e7f5c", 90, 1.7)
        + person(400, 378, "#3c5a78", 0, 1.7)
        + person(620, 440, "#7d5a86", -40, 1.7)
    )
    plates = place(400, 92, "1") + place(206, 190, "2") + place(448, 384, "3") + place(664, 440, "4")
    lamps = glow(-12, 38, 4, WHITE) + glow(12, 38, 4, WHITE)
    auto = _big(plan.car(0, 0, 0, OURS) + lamps, 400, 250, 2.2)
    return "".join([ground, fence, way("M310,290 L310,380"), auto, kids, plates])


def four_spots() -> str:
    river = rect(84, 0, 120, 500, WATER) + "".join(
        path(f"M{x},{y} q12,-6 24,0 q12,6 24,0", stroke="#dbe8ec", width=3)
        for x, y in ((96, 60), (140, 110), (110, 400), (140, 450), (98, 340))
    )
    road = path("M-20,250 H560 Q660,250 660,350 L660,520", stroke=ROAD, width=132)
    edge = path(
        "M-20,188 H560 Q722,188 722,350 L722,520 M-20,312 H560 Q598,312 598,350 L598,520", stroke=WHITE, width=4
    )
    middle = (
        path("M-20,250 H300", stroke=YELLOW, width=4)
        + path("M372,250 H560", stroke=YELLOW, width=4, dash="22 20")
        + path("M565,250 Q660,250 660,350 L660,520", stroke=YELLOW, width=4)
    )
    rails = "".join(
        rect(76, y, 136, 7, "#e6e6e0") + "".join(rect(x, y - 3, 6, 13, "#8a9499") for x in range(80, 212, 26))
        for y in (178, 315)
    )
    bars = "".join(rect(316, y, 36, 10, WHITE) for y in range(192, 308, 18))
    walkers = person(334, 214, "#7d5a86", 180) + person(338, 330, "#4d7f6d")
    rock = path("M586,340 Q560,330 520,336 L512,500 L586,500 Z", fill=ROCK) + polygon(
        [(540, 350), (566, 380), (548, 470), (526, 420)], ROCK_DARK
    )
    plates = place(144, 282, "1") + place(334, 268, "2") + place(462, 282, "4") + place(634, 300, "3")
    return "".join(
        [
            land(),
            river,
            road,
            edge,
            rails,
            middle,
            bars,
            rock,
            walkers,
            plan.car(40, 280, 90, OURS),
            plan.car(470, 219, -90),
            plates,
        ]
    )


def four_ways() -> str:
    cliff = rect(0, 0, 236, 500, "#86a19a") + path(
        "M236,0 L222,60 L240,130 L220,210 L238,300 L222,380 L236,500 L170,500 L150,380 L172,300 L148,200 L168,110 L150,0 Z",
        fill="#6d857f",
    )
    road = rect(236, 0, 284, 500, ROAD) + stroke(250, 0, 250, 500, WHITE, 5) + stroke(384, 0, 384, 500, YELLOW, 5)
    rock = path(
        "M520,0 L508,50 L522,110 L506,180 L520,250 L508,330 L522,400 L510,460 L518,500 L800,500 L800,0 Z", fill=ROCK
    ) + "".join(
        polygon([(560 + d, 40 + 2 * d), (610 + d, 90 + 2 * d), (580 + d, 150 + 2 * d)], ROCK_DARK) for d in (0, 70, 130)
    )
    ways = (
        way("M420,322 Q350,300 256,284", OURS)
        + way("M432,292 Q414,226 338,194", OURS)
        + way("M446,290 L446,232", OURS)
        + way("M462,296 Q488,250 492,190 L494,130", OURS)
    )
    plates = place(200, 272, "1") + place(282, 200, "2") + place(412, 178, "3") + place(548, 110, "4")
    return "".join(
        [
            cliff,
            road,
            rock,
            plan.bus(446, 110),
            plan.truck(318, 90, 180, "#8a6a45"),
            ways,
            plan.car(446, 350, 0, OURS, left=True, right=True),
            plates,
        ]
    )


def outward() -> str:
    snow = rect(0, 0, 800, 500, "#e9f0f2") + "".join(
        circle(x, y, r, "#d3dee2") for x, y, r in ((90, 90, 40), (680, 420, 46), (720, 90, 30), (90, 420, 36))
    )
    road = path("M330,560 L330,330 Q330,170 520,170 L860,170", stroke="#c3ccd0", width=190)
    edge = path(
        "M236,520 L236,330 Q236,76 520,76 L820,76 M424,520 L424,340 Q424,264 520,264 L820,264",
        stroke="#ffffff",
        width=6,
    )
    middle = path("M330,520 L330,330 Q330,170 520,170 L820,170", stroke=YELLOW, width=5, dash="26 22")
    tracks = path("M392,520 L392,420 Q390,330 360,258 M356,520 L356,430 Q352,350 326,276", stroke="#8fa0a8", width=7)
    wheels = group(rect(-5, -10, 10, 20, TYRE, 3), -19, -24, turn=34) + group(
        rect(-5, -10, 10, 20, TYRE, 3), 19, -24, turn=34
    )
    auto = _big(wheels + plan.car(0, 0, 0, OURS), 322, 200, 1.5, -12)
    wanted = way("M378,330 Q390,226 520,218 L600,216", GREEN)
    other = plan.car(690, 122, -90, SILVER)
    return "".join([snow, road, edge, middle, tracks, wanted, auto, way("M300,120 L288,70", OURS), other])


def one_wheel() -> str:
    road = rect(200, 0, 400, 500, ROAD) + stroke(212, 0, 212, 500, WHITE, 6) + stroke(588, 0, 588, 500, WHITE, 6)
    middle = "".join(rect(396, y, 7, 60, YELLOW) for y in range(-20, 500, 110))
    scrap = "".join(
        polygon([(x, y), (x + 14, y - 5), (x + 18, y + 8), (x + 4, y + 11)], TYRE)
        for x, y in ((408, 250), (424, 300), (402, 330), (430, 212), (380, 280))
    )
    star = polygon(
        [
            (436, 196),
            (424, 178),
            (412, 190),
            (414, 170),
            (394, 166),
            (412, 156),
            (402, 138),
            (422, 146),
            (432, 128),
            (438, 150),
        ],
        STOP,
    )
    flat = (
        rect(424, 140, 16, 46, TYRE, 4)
        + rect(424, 300, 16, 46, TYRE, 4)
        + rect(546, 140, 16, 46, TYRE, 4)
        + rect(546, 300, 16, 46, TYRE, 4)
    )
    auto = _big(plan.car(0, 0, 0, OURS), 493, 242, 3)
    return "".join([land(), road, middle, flat, auto, star, scrap, plan.truck(300, 90, 180, "#8a6a45")])


SCENES = {
    "sd_beside_behind": blind,
    "sd_field_track": field_track,
    "sd_side_by_side": passing,
    "sd_yard": yard,
    "sd_four_spots": four_spots,
    "sd_four_ways": four_ways,
    "sd_outward": outward,
    "sd_one_wheel": one_wheel,
}
