"""The page of the log: its state, its entries by kind and day, and the verification of the whole site."""

from tests.factories import House
from tests.people import LHAMO, LIQIANG, ZHAOWEI
from tests.supervision.desk import Desk, finished

PAGE = "/supervision/log"


def test_only_the_audit_administrator_and_the_detachment_read_the_log(house: House) -> None:
    assert Desk.of(house, ZHAOWEI).get(PAGE).status_code == 200
    assert Desk.of(house, LHAMO).get(PAGE).status_code == 200
    assert Desk.of(house, LIQIANG).get(PAGE).status_code == 403


def test_entries_by_kind_and_day(house: House) -> None:
    finished(house)
    desk = Desk.of(house, ZHAOWEI)
    submitted = desk.get(f"{PAGE}?kind=exam.submit").get_data(as_text=True)
    assert submitted.count('<span class="soft mono">exam.submit</span>') == 1
    assert '<span class="soft mono">exam.start</span>' not in submitted
    assert '<span class="soft mono">' not in desk.get(f"{PAGE}?day=2001-01-01").get_data(as_text=True)


def test_verifying_the_site_says_what_holds_and_is_an_entry(house: House) -> None:
    finished(house)
    page = Desk.of(house, ZHAOWEI).post(f"{PAGE}/verify", deep="1").get_data(as_text=True)
    assert "notice fine" in page
    assert house.entries("audit.verified")[-1]["data"] == {"deep": True, "whole": True}
