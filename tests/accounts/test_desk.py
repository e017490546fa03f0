"""The desk: one post after another, and only one's own."""

import pytest
from flask import Flask

from examsys.accounts import service as accounts
from examsys.domain.access import Role
from tests.accounts.desk import Desk
from tests.factories import House
from tests.people import DROLMA, LHAMO, LIQIANG, STAFF


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_every_role_has_a_desk_with_only_rooms_that_open(app: Flask) -> None:
    for person in STAFF:
        desk = Desk(app, person)
        for link in desk.page("/staff/").links:
            if link.startswith(("/staff", "/invigilation")):
                assert desk.status(link) == 200, (person.username, link)


def test_liqiang_acts_in_his_second_post_and_in_nobody_elses(app: Flask, house: House) -> None:
    with house.inside():
        account = house.actor(LIQIANG)
        second = accounts.grant_post(
            account.person or "", house.units["kangding"], Role.AUDIT_ADMIN, "N-2", "2026-01-01"
        )
    desk = Desk(app, LIQIANG)
    assert "/invigilation/sessions" in desk.page("/staff/").links
    assert "/invigilation/sessions" not in desk.do("/staff/post", post=second).links
    assert desk.status("/invigilation/sessions") == 403
    assert desk.post("/staff/post", post=house.posts[DROLMA.username]).status_code == 404
    assert desk.post("/staff/post", post=house.posts[LHAMO.username]).status_code == 404
    assert house.entries("auth.refused")
