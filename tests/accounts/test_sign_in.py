"""Staff signing in, being locked out, signing out."""

import pytest
from flask import Flask

from tests.accounts.desk import Desk
from tests.factories import House
from tests.people import DROLMA, LHAMO, PASSWORD, WANGDU


def test_drolma_signs_in_and_finds_her_rooms(app: Flask) -> None:
    page = Desk(app, DROLMA).page("/staff/")
    assert "卓玛" in page.text
    assert "/invigilation/sessions" in page.links
    assert "/staff/accounts" not in page.links
    assert "/invigilation/requests" not in page.links


def test_a_wrong_password_is_told_apart_from_nothing(app: Flask, house: House) -> None:
    desk = Desk(app)
    known, unknown = desk.sign_in("drolma", "wrong wrong wrong"), desk.sign_in("nobody", "wrong wrong wrong")
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert known.get_data().replace(b"drolma", b"") == unknown.get_data().replace(b"nobody", b"")
    assert len(house.entries("auth.login_failed")) == 2


def test_five_failures_lock_the_name_at_that_address_whatever_the_browser(app: Flask) -> None:
    for _ in range(5):
        assert Desk(app).sign_in("drolma", "wrong wrong wrong").status_code == 401
    assert Desk(app).sign_in("drolma", PASSWORD).status_code == 429
    assert Desk(app).sign_in("lhamo", PASSWORD).status_code == 303


def test_a_session_planted_before_the_sign_in_is_not_the_one_after_it(app: Flask) -> None:
    desk = Desk(app)
    desk.client.set_cookie("desk", "planted-by-somebody-else")
    answer = desk.sign_in("drolma", PASSWORD)
    cookie = desk.client.get_cookie("desk")
    assert answer.status_code == 303
    assert cookie is not None
    assert cookie.value != "planted-by-somebody-else"
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_signing_in_as_somebody_else_ends_the_login_before(app: Flask) -> None:
    desk = Desk(app, DROLMA)
    before = desk.client.get_cookie("desk")
    assert before is not None
    assert desk.sign_in("lhamo", PASSWORD).status_code == 303
    other = Desk(app)
    other.client.set_cookie("desk", before.value)
    assert other.status("/staff/") == 401


def test_the_cookie_is_worth_nothing_after_signing_out(app: Flask) -> None:
    desk = Desk(app, WANGDU)
    cookie = desk.client.get_cookie("desk")
    assert cookie is not None
    assert desk.post("/staff/sign-out").status_code == 303
    desk.client.set_cookie("desk", cookie.value)
    assert desk.status("/staff/") == 401


def test_a_form_without_the_token_is_refused(app: Flask) -> None:
    desk = Desk(app, LHAMO)
    assert desk.client.post("/staff/sign-out", data={}).status_code == 403
    assert desk.status("/staff/") == 200


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/invigilation/sessions", "/invigilation/sessions"),
        ("//evil.example/", "/staff/"),
        ("/\\evil.example", "/staff/"),
        ("https://evil.example/", "/staff/"),
        ("/x\r\nSet-Cookie: a=b", "/staff/"),
    ],
)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_sign_in_leads_to_pages_of_this_house_only(app: Flask, wanted: str, led_to: str) -> None:
    assert Desk(app).sign_in("drolma", PASSWORD, next=wanted).headers["Location"] == led_to


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_stranger_is_asked_to_sign_in_and_comes_back(app: Flask) -> None:
    answer = app.test_client().get("/invigilation/sessions?day=2026-11-22")
    assert answer.status_code == 401
    assert "next=/invigilation/sessions?day%3D2026-11-22" in answer.get_data(as_text=True)
