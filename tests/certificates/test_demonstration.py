"""What was a demonstration stays one, whatever anybody does to the site's row."""

from pathlib import Path

import pytest

from examsys.certificates import service
from examsys.certificates.checking import verify_file
from examsys.domain.certificate import Verdict
from examsys.supervision.service import verify_site
from tests.certificates.papers import finished, joined, text_of
from tests.factories import House

ONE_DATABASE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def test_the_database_refuses_to_change_the_site(house: House) -> None:
    for sql in ("UPDATE site SET profile = 'formal'", "DELETE FROM site"):
        with pytest.raises(Exception, match="evidence: site"):
            house.write(sql)
    assert house.broken() == []


@ONE_DATABASE
def test_a_site_made_formal_by_hand_prints_its_invented_people_as_a_demonstration(house: House, tmp_path: Path) -> None:
    _, seated = finished(house)
    house.make_formal()
    with house.restarted() as again, again.app_context():
        pdf, _ = service.sheet_for(seated.attempt_id)
        assert verify_file(pdf).reading.verdict is Verdict.DEMONSTRATION
    assert "演示样张" in joined(text_of(pdf, tmp_path))


@pytest.mark.parametrize(
    "change", ["profile = 'formal'", "name_zh = '别处'", "name_bo = 'x'", "epoch = 2", "site_id = 7"]
)
def test_a_changed_row_of_the_site_is_named(house: House, change: str) -> None:
    assert house.broken() == []
    house.make_formal()
    house.write(
        f"UPDATE site SET profile = 'demo', {change}" if "profile" not in change else f"UPDATE site SET {change}"
    )
    assert any(found.endswith((" site 1", " site 7")) and not found.startswith("trigger") for found in house.broken())


def test_a_second_site_in_the_database_is_named(house: House) -> None:
    house.write("INSERT INTO site (site_id, name_zh, name_bo, profile, epoch) VALUES (0, 'x', 'x', 'formal', 1)")
    assert "row.unnamed site 0" in house.broken()


@ONE_DATABASE
def test_a_site_put_before_the_real_one_is_named_after_a_restart(house: House) -> None:
    house.write("INSERT INTO site (site_id, name_zh, name_bo, profile, epoch) VALUES (0, 'x', 'x', 'formal', 1)")
    with house.restarted() as again, again.app_context():
        named = [(found.what, found.row) for found in verify_site(deep=True).broken if found.table == "site"]
    assert named == [("row.unnamed", "0"), ("row.unnamed", "1")]
