"""Which blueprints are in force."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from examsys import clock
from examsys.bank import service as bank
from tests.factories import House

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
BEIJING = timezone(timedelta(hours=8))
LONGER = (
    "- valid_from: 2030-01-01\n  blueprints:\n    s1_car:\n"
    "      {subject: subject1, families: [car], points: 10, minutes: 60, pass_mark: 90, cells: {road: [3, 3, 1], fines: [1, 1, 1]}}\n"
)


def minutes(*moment: int) -> int:
    wall = datetime(*moment, tzinfo=BEIJING).astimezone(UTC)  # type: ignore[arg-type, misc]
    with clock.pretending(lambda: clock.Instant(wall, 0, clock.BOOT)):
        return bank.blueprint_named("s1_car").minutes


def own_copy(house: House) -> Path:
    """The site's copy, with a version of the paper that comes into force later."""
    file = house.settings.home / "bank/blueprints.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text((house.settings.bank / "blueprints.yaml").read_text("utf-8") + LONGER, "utf-8")
    return file


def test_a_law_comes_into_force_at_midnight_in_beijing_without_a_restart(house: House) -> None:
    own_copy(house)
    with house.inside():
        assert [minutes(2029, 12, 31, 23, 59), minutes(2030, 1, 1, 0, 1)] == [45, 60]


def test_a_changed_file_is_read_again(house: House) -> None:
    file = own_copy(house)
    with house.inside():
        assert minutes(2030, 1, 2, 9, 0) == 60
        file.write_text(file.read_text("utf-8").replace("minutes: 60", "minutes: 90"), "utf-8")
        assert minutes(2030, 1, 2, 9, 0) == 90
