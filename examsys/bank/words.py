"""What the bank's subjects, kinds, classes and chapters are called."""

from collections.abc import Mapping
from typing import Final

from ..domain.bank import Kind
from ..web.errors import message
from ..web.language import _

SUBJECTS: Final[Mapping[str, str]] = {"subject1": message("Subject 1"), "subject3": message("Subject 3 theory")}
KINDS: Final[Mapping[str, str]] = {
    Kind.JUDGE.value: message("Judge"),
    Kind.SINGLE.value: message("Single choice"),
    Kind.MULTIPLE.value: message("Multiple choice"),
}
FAMILIES: Final[Mapping[str, str]] = {
    "car": message("Cars (C1, C2, C3, C4, C5)"),
    "bus": message("Buses (A1, A3, B1)"),
    "truck": message("Trucks (A2, B2)"),
    "moto": message("Motorcycles (D, E, F)"),
}
OUTLINE: Final[
    Mapping[str, Mapping[str, str]]
] = {  # the chapters of each subject, in the order of the outline of the exam
    "subject1": {
        "licence_and_vehicle": message("Licence and use of the vehicle"),
        "road_rules": message("Traffic signals and rules of the road"),
        "violations": message("Violations and their consequences"),
        "accidents": message("Accidents and their handling"),
        "vehicle_basics": message("Basics of the vehicle"),
        "local_law": message("Local rules and plateau roads"),
    },
    "subject3": {
        "safe_driving": message("Safe driving"),
        "civilised_driving": message("Civilised driving"),
        "signals_in_scenes": message("Signals in road scenes"),
        "weather_and_roads": message("Bad weather and difficult roads"),
        "emergencies": message("Emergencies"),
        "secondary_accident_first_aid": message("After an accident: second crashes and first aid"),
        "case_analysis": message("Cases of typical accidents"),
    },
}
CHAPTERS: Final[Mapping[str, str]] = {name: word for chapters in OUTLINE.values() for name, word in chapters.items()}
SUBJECT_OF: Final[Mapping[str, str]] = {name: subject for subject, chapters in OUTLINE.items() for name in chapters}


def named(names: Mapping[str, str], key: str) -> str:
    """A name of the trade in the language of the page; a key that has none stands as it is."""
    return _(names[key]) if key in names else key
