"""No personal data in clear: not in entries, steps or papers, nor anywhere else in the database, its journals or the home."""

import hashlib
import re
from pathlib import Path

from examsys.domain.identity import valid_id_number
from examsys.exam import upkeep
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.house.sources import ROOT
from tests.people import DROLMA, TASHI, Person, id_number

EXAMPLE_OF_THE_STANDARD = "11010519491231002X"  # GB 11643-1999
RARE = Person("泽郎斯基嫫", "ཚེ་རིང་སྐྱིད་མོ།", id_number(777))


def test_after_an_exam_no_stored_byte_names_who_sat_it(house: House) -> None:
    people = (TASHI, RARE)
    for seated in house.seated(*people):
        kiosk = Kiosk.at(house, seated, start="bo")
        kiosk.play(house, wrong=3)
        with house.inside():
            upkeep.seal_log()
    words = [word.encode() for person in people for word in (person.id_number, person.name, person.name_bo)]
    words += [DROLMA.id_number.encode(), TASHI.id_number.lower().encode()]
    found = []
    for table in (
        "entry",
        "step",
        "attempt",
        "candidate",
        "person",
        "lot",
        "session",
        "live",
        "login",
        "refusal",
        "result",
        "mark",
    ):
        for row in house.rows(f"SELECT * FROM {table}"):
            stored = b"\0".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row
            )
            found += [f"{table}: {word.decode()}" for word in words if word in stored and len(word) > 6]
    assert found == []


def test_no_file_of_the_home_names_who_sat_the_exam(house: House) -> None:
    seated = house.seated(RARE)[0]
    Kiosk.at(house, seated, start="bo").play(house)
    with house.inside():
        upkeep.seal_log()
    words = [RARE.id_number.encode(), RARE.name.encode(), RARE.name_bo.encode(), seated.code.encode()]
    files = [path for path in house.settings.home.rglob("*") if path.is_file()]
    assert files
    assert [f"{path.name}: {word!r}" for path in files for word in words if word in path.read_bytes()] == []


def test_keys_are_for_the_site_alone(house: House) -> None:
    keys = list((house.settings.home / "keys").iterdir())
    assert keys
    assert [path.name for path in keys if path.stat().st_mode & 0o077] == []


def test_commitments_die_with_the_key(house: House) -> None:
    """The same person in two entries carries the same commitment; another person's differs; neither is a plain hash."""
    house.seated(TASHI, RARE)
    said = [entry["data"]["person"] for entry in house.entries("candidate.checkin")]
    assert len({each["id_number"] for each in said}) == 2
    plain = {hashlib.sha256(person.id_number.encode()).hexdigest() for person in (TASHI, RARE)}
    assert not plain & {each["id_number"] for each in said}


def test_no_id_number_in_the_repository_could_be_somebodys() -> None:
    """A number of eighteen signs in our own files begins with a region that does not exist."""
    found = []
    for folder in ("examsys", "tests", "question_bank", "docs", "deploy", "templates", "static"):
        for path in Path(ROOT / folder).rglob("*"):
            if (
                path.suffix in (".py", ".yaml", ".html", ".js", ".md", ".po", ".csv", ".json")
                and "vendor" not in path.parts
            ):
                for number in re.findall(r"(?<![0-9A-Fa-f])\d{17}[0-9X](?![0-9A-Fa-f])", path.read_text("utf-8")):
                    if valid_id_number(number) and not number.startswith("99") and number != EXAMPLE_OF_THE_STANDARD:
                        found.append(f"{path.relative_to(ROOT)}: {number}")
    assert found == []
