"""Scenes at junctions and crossings as the driver sees them over the bonnet."""

from drive import LANE, Eye, arrow_lamps, cockpit, ground, ground_arrow, lamps, mast, pine, two_lanes
from palette import BLUE, BONE, GO, INK, MADDER, OFF, ROAD, SCHOOL, SILVER, STEEL, STOP, WAIT, WHITE, YELLOW
from people import child, officer, walker
from road_users import bus, car, glow, tractor
from svg import circle, group, path, rect, stroke

EYE = Eye()
ROW = ((-12, 60), (11, 52), (-13, 34), (12, 30))


def _trees(eye: Eye = EYE, places: tuple[tuple[float, float], ...] = ROW) -> str:
    return "".join(eye.put(pine(), x, z) for x, z in sorted(places, key=lambda place: -place[1]))


def _junction(eye: Eye, centre: str = "solid") -> str:
    """Our road up to a crossroads 15 m ahead, with stop line, and on behind it."""
    left, right = -LANE * 1.5, LANE * 0.5
    behind = eye.strip(left - 0.35, right + 0.35, ROAD, 14, 260) + eye.dashes(-LANE / 2, YELLOW, 30, 120)
    lines = eye.solid(left, WHITE, 5, 13) + eye.solid(right, WHITE, 5, 13) + eye.solid(-LANE / 2, YELLOW, 5, 12)
    near = eye.strip(left - 0.35, right + 0.35, ROAD, 5, 16)
    return behind + eye.side_road(15, 10) + near + lines + eye.strip(-LANE / 2, right, WHITE, 11.4, 11.9)


def police_stop_green() -> str:
    eye = EYE
    return "".join(
        [
            ground(eye),
            _junction(eye),
            _trees(),
            mast(eye, lamps("green", 1.1), 1.6, 30, 6.2, 5.4),
            eye.put(officer(), -0.9, 11.5),
            cockpit(),
        ]
    )


def arrow_lights() -> str:
    eye = EYE
    lanes = eye.strip(-5.6, 5.6, ROAD) + eye.side_road(16, 12)
    lines = (
        eye.solid(-1.75, WHITE, 5, 12.5)
        + eye.solid(1.75, WHITE, 5, 12.5)
        + eye.solid(-1.95, YELLOW, 5, 12.5)
        + eye.solid(5.25, WHITE, 5, 12.5)
    )
    stop = eye.strip(-1.75, 5.25, WHITE, 12, 12.5)
    arrows = ground_arrow(eye, 0, 6.4, left=True) + ground_arrow(eye, 3.5, 6.4, left=False)
    return "".join(
        [
            ground(eye),
            lanes,
            lines,
            stop,
            arrows,
            _trees(places=((-14, 40), (13, 44))),
            eye.put(car(BLUE), 3.5, 14),
            mast(eye, arrow_lamps((STOP, GO, GO)), 1.4, 24, 6.6, 7.2),
            cockpit(),
        ]
    )


def flashing_yellow() -> str:
    eye = EYE
    rays = "".join(group(stroke(0, -0.66, 0, -0.95, WAIT, 0.1), turn=45 * i) for i in range(8))
    head = group(rect(-0.55, -0.55, 1.1, 1.1, INK, 0.2) + glow(0, 0, 0.38, WAIT), 0, 0.55) + group(rays, 0, 0.55)
    return "".join(
        [
            ground(eye),
            _junction(eye),
            _trees(),
            mast(eye, group(head, scale=1.5), 0.8, 26, 6.2, 4.6),
            eye.put(car(SILVER, front=True), -3.5, 46),
            cockpit(),
        ]
    )


def zebra_children() -> str:
    eye = EYE
    people = eye.put(child(), -0.7, 11.6) + eye.put(walker("#5b7f9a"), -1.6, 11.2) + eye.put(child(), -2.7, 11.6)
    school = eye.put(
        rect(-6, -4, 12, 4, "#d9cdb4")
        + rect(-6.3, -4.7, 12.6, 0.8, MADDER)
        + "".join(rect(x, -3, 1.3, 1.3, OFF) for x in (-5, -2.6, 1.4, 3.8))
        + rect(-0.7, -2.2, 1.4, 2.2, OFF),
        14,
        42,
    )
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            eye.zebra(-5.2, 2.1, 9.5, 4),
            _trees(places=((-12, 50), (-13, 30))),
            school,
            people,
            cockpit(),
        ]
    )


def school_bus() -> str:
    eye = EYE
    children = eye.put(child(), 2.6, 15.5) + eye.put(child(), 3.5, 16, flip=True)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            _trees(places=((-12, 46), (11, 40))),
            eye.put(bus(SCHOOL, hazard=True, arm=True), 0.35, 15.5),
            children,
            cockpit(),
        ]
    )


def bus_at_stop() -> str:
    eye = EYE
    shelter = eye.put(
        rect(-1.6, -2.7, 3.2, 0.2, "#3f6b74")
        + stroke(-1.4, -2.6, -1.4, 0, STEEL, 0.12)
        + stroke(1.4, -2.6, 1.4, 0, STEEL, 0.12)
        + rect(-1.2, -0.6, 2.4, 0.12, "#8c6b4a"),
        5.4,
        17,
    )
    hidden = eye.put(walker("#b5473f"), 0.35, 21.5, flip=True)
    people = eye.put(walker("#7d5a86"), 4.1, 14.5) + eye.put(walker("#4d7f6d"), 5.2, 15.2, flip=True)
    bay = eye.strip(1.75, 4.2, ROAD, 11, 40)
    return "".join(
        [
            ground(eye),
            two_lanes(eye),
            bay,
            _trees(places=((-12, 46), (-13, 28))),
            shelter,
            hidden,
            eye.put(bus("#3f8a80"), 2.4, 16),
            people,
            cockpit(),
        ]
    )


def double_line_tractor() -> str:
    eye = EYE
    return "".join([ground(eye), two_lanes(eye, "double"), _trees(), eye.put(tractor(), 0, 15), cockpit()])


def _rails(eye: Eye) -> str:
    bed = eye.strip(-120, 120, "#a39a8c", 14, 20)
    sleepers = "".join(
        eye.strip(x, x + 0.5, "#6e5c4a", 14.6, 19.4) for x in [i * 1.4 - 60 for i in range(86)] if not -6 < x < 2.2
    )
    deck = eye.strip(-5.6, 2.1, "#7d8488", 13.5, 20.5)
    return (
        bed + sleepers + deck + eye.strip(-120, 120, "#4a5156", 15.4, 15.7) + eye.strip(-120, 120, "#4a5156", 18, 18.35)
    )


def _crossbuck() -> str:
    board = group(
        rect(-1.1, -0.16, 2.2, 0.32, BONE) + rect(-1.1, -0.16, 2.2, 0.05, MADDER) + rect(-1.1, 0.11, 2.2, 0.05, MADDER),
        turn=32,
    )
    return rect(-0.09, -4, 0.18, 4, STEEL) + group(board, 0, -3.6) + group(board, 0, -3.6, flip=True)


def _crossing(post: str) -> str:
    eye = EYE
    stop = eye.strip(-LANE / 2, LANE / 2, WHITE, 11, 11.5)
    road = two_lanes(eye, "solid")
    return "".join(
        [
            ground(eye),
            road,
            _rails(eye),
            stop,
            _trees(places=((-13, 60), (13, 54))),
            eye.put(post, 3.3, 13.5),
            cockpit(),
        ]
    )


def level_crossing_lit() -> str:
    lights = (
        rect(-1.05, -2.75, 2.1, 0.9, INK, 0.2) + glow(-0.55, -2.3, 0.32, STOP) + circle(0.55, -2.3, 0.32, "#5a1f1c")
    )
    return _crossing(_crossbuck() + lights)


def level_crossing_bare() -> str:
    return _crossing(_crossbuck())


def lane_signals() -> str:
    eye = EYE
    road = eye.strip(-6.4, 3.2, ROAD) + eye.solid(-5.25, YELLOW) + eye.solid(1.75, WHITE) + eye.dashes(-1.75, WHITE)
    frame = eye.put(
        stroke(-7, 0, -7, -6.6, STEEL, 0.3)
        + stroke(3.6, 0, 3.6, -6.6, STEEL, 0.3)
        + stroke(-7.1, -6.5, 3.7, -6.5, STEEL, 0.4),
        0,
        26,
    )
    arrow = rect(-0.9, -0.9, 1.8, 1.8, INK, 0.15) + path(
        "M0,-0.6 L0,0.55 M-0.5,0.1 L0,0.62 L0.5,0.1", stroke=GO, width=0.24
    )
    cross = rect(-0.9, -0.9, 1.8, 1.8, INK, 0.15) + path(
        "M-0.52,-0.52 L0.52,0.52 M0.52,-0.52 L-0.52,0.52", stroke=STOP, width=0.26
    )
    rails = eye.solid(-6.6, STEEL, width=0.2) + eye.solid(3.4, STEEL, width=0.2)
    heads = eye.put(group(arrow, 0, -5.3), -3.5, 26) + eye.put(group(cross, 0, -5.3), 0, 26)
    return "".join(
        [
            ground(eye),
            road,
            rails,
            _trees(places=((-14, 60), (12, 44))),
            frame,
            eye.put(car(BLUE), -3.5, 22),
            heads,
            cockpit(),
        ]
    )


SCENES = {
    "police_stop_green": police_stop_green,
    "arrow_lights": arrow_lights,
    "flashing_yellow": flashing_yellow,
    "zebra_children": zebra_children,
    "school_bus": school_bus,
    "bus_at_stop": bus_at_stop,
    "double_line_tractor": double_line_tractor,
    "level_crossing_lit": level_crossing_lit,
    "level_crossing_bare": level_crossing_bare,
    "lane_signals": lane_signals,
}
