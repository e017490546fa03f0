"""The search page: within reach, by each filter, paged, as CSV; every viewing is an entry without the person searched for."""

import csv
import io

import pytest

from examsys.supervision import service
from tests.factories import House
from tests.people import DAWA, DROLMA, LHAMO, LIQIANG, WANGDU, candidate
from tests.supervision.desk import Desk, finished

PAGE = "/supervision/attempts"


@pytest.fixture
def two(house: House) -> list[str]:
    """The ids of two finished exams at Kangding, both passed."""
    return [one.attempt_id for one in finished(house, 2)]


def test_lhamo_of_the_detachment_sees_the_exams_of_all_counties(house: House, two: list[str]) -> None:
    links = Desk.of(house, LHAMO).page(PAGE).links
    assert all(f"{PAGE}/{attempt_id}" in links for attempt_id in two)


def test_the_brigade_of_the_county_sees_them_and_wangdu_of_another_county_does_not(
    house: House, two: list[str]
) -> None:
    assert f"{PAGE}/{two[0]}" in Desk.of(house, LIQIANG).page(PAGE).links
    assert not any(attempt_id in link for link in Desk.of(house, WANGDU).page(PAGE).links for attempt_id in two)


@pytest.mark.parametrize("person", [DROLMA, DAWA], ids=lambda person: person.username)
def test_posts_without_supervision_are_refused(house: House, person: object) -> None:
    assert Desk.of(house, person).get(PAGE).status_code == 403  # type: ignore[arg-type]


def test_a_person_is_found_by_id_number_and_the_log_keeps_no_trace_of_it(house: House, two: list[str]) -> None:
    wanted = candidate(1)
    links = Desk.of(house, LHAMO).page(f"{PAGE}?person={wanted.id_number}").links
    assert sum(link.startswith(f"{PAGE}/") for link in links) == 1
    viewed = house.entries("audit.viewed")[-1]
    assert viewed["data"] == {"what": "list", "filters": ["person"], "page": 0, "found": 1}
    assert wanted.id_number not in str(viewed)


def test_a_name_is_looked_for_on_one_day_only(house: House, two: list[str]) -> None:
    desk = Desk.of(house, LHAMO)
    day = house.rows("SELECT day FROM attempt LIMIT 1")[0][0]
    name = candidate(1).name
    assert sum(link.startswith(f"{PAGE}/") for link in desk.page(f"{PAGE}?name={name}&day={day}").links) == 1
    assert sum(link.startswith(f"{PAGE}/") for link in desk.page(f"{PAGE}?name={name}").links) == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("result=passed", 2), ("result=failed", 0), ("result=open", 0), ("subject=subject1", 2), ("subject=subject3", 0),
        ("language=bo", 2), ("language=zh", 0), ("day=2001-01-01", 0), ("day=nonsense", 2), ("page=1", 0), ("page=x", 2),
        ("room=unknown", 0), ("examiner=unknown", 0), ("person=none", 0),
    ],
)  # fmt: skip
def test_filters(house: House, two: list[str], query: str, count: int) -> None:
    links = Desk.of(house, LHAMO).page(f"{PAGE}?{query}").links
    assert sum(link.startswith(f"{PAGE}/") for link in links) == count


def test_room_and_examiner_are_filters_too(house: House, two: list[str]) -> None:
    room, examiner = house.rows("SELECT room_id, examiner FROM attempt LIMIT 1")[0]
    for query in (f"room={room}", f"examiner={examiner}"):
        links = Desk.of(house, LHAMO).page(f"{PAGE}?{query}").links
        assert sum(link.startswith(f"{PAGE}/") for link in links) == 2


def test_pages_keep_the_filters(house: House, two: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PAGE", 1)
    page = Desk.of(house, LHAMO).page(f"{PAGE}?result=passed")
    later = next(link for link in page.links if "page=1" in link and "csv" not in link)
    assert "result=passed" in later


def test_the_table_is_what_is_on_the_screen(house: House, two: list[str]) -> None:
    answer = Desk.of(house, LHAMO).get(f"{PAGE}?format=csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert len(rows) == 3
    assert candidate(1).name in rows[2]
    assert candidate(1).id_number not in str(rows)
