"""Changing the own password; the first one that somebody handed out; the reset by the security administrator."""

import re
from pathlib import Path

import pytest
from flask import Flask

from examsys.accounts import logins, own_password, passwords
from examsys.domain.errors import RuleBroken
from tests.accounts.desk import Desk
from tests.factories import House
from tests.people import DAWA, DROLMA, LHAMO, PASSWORD, STAFF

OWN = "three yaks by the red willow"
SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def account_of(house: House, username: str) -> str:
    return str(house.rows("SELECT account_id FROM account WHERE username = ?", username)[0][0])


def change(desk: Desk, before: str = PASSWORD, wanted: str = OWN, again: str | None = None) -> int:
    """The form, filled in; the status."""
    return desk.post(
        "/staff/password", before=before, wanted=wanted, again=wanted if again is None else again
    ).status_code


def reset(house: House, username: str) -> str:
    """Dawa resets somebody's password; what her page shows."""
    answer = Desk(house.app, DAWA).post(f"/staff/accounts/{account_of(house, username)}/reset-password")
    assert answer.status_code == 200
    found = re.search(r'id="first-password">([^<]+)<', answer.get_data(as_text=True))
    assert found is not None
    return found.group(1)


def test_drolma_changes_her_password_and_is_signed_in_here_alone(app: Flask, house: House) -> None:
    here, elsewhere = Desk(app, DROLMA), Desk(app, DROLMA)
    cookie = here.client.get_cookie("desk")
    page = here.do("/staff/password", before=PASSWORD, wanted=OWN, again=OWN)
    assert "口令已修改" in page.text
    assert elsewhere.status("/staff/") == 401
    after = here.client.get_cookie("desk")
    assert cookie is not None
    assert after is not None
    assert cookie.value != after.value
    here.client.set_cookie("desk", cookie.value)
    assert here.status("/staff/") == 401, "the login of before ended too"
    assert Desk(app).sign_in("drolma", PASSWORD).status_code == 401
    assert Desk(app).sign_in("drolma", OWN).status_code == 303
    (entry,) = house.entries("auth.password_changed")
    assert (entry["object"], entry["actor"]["account"]) == (account_of(house, "drolma"),) * 2
    assert house.broken() == []


@SQLITE
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("wrong wrong wrong", OWN, None), "现口令错误"),
        ((PASSWORD, OWN, "another"), "不一致"),
        ((PASSWORD, "short", None), "至少需要12个字符"),
        ((PASSWORD, "drolma by the willow", None), "不得含有用户名"),
        ((PASSWORD, "kaoshi2026kaoshi", None), "常见口令"),
        ((PASSWORD, "x y" * 134, None), "最多400个字符"),
        ((PASSWORD, PASSWORD, None), "与现口令相同"),
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_changes(
    app: Flask, house: House, typed: tuple[str, str, str | None], said: str
) -> None:
    desk, (before, wanted, again) = Desk(app, DROLMA), typed
    stored = house.rows("SELECT password, version FROM account ORDER BY account_id")
    answer = desk.post("/staff/password", before=before, wanted=wanted, again=wanted if again is None else again)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, said in text) == (422, True)
    assert before not in text
    assert wanted not in text
    assert house.rows("SELECT password, version FROM account ORDER BY account_id") == stored
    assert desk.status("/staff/") == 200


@SQLITE
def test_whoever_guesses_at_an_open_desk_is_locked_out_like_at_the_door(app: Flask) -> None:
    desk = Desk(app, DROLMA)
    assert [change(desk, "wrong wrong wrong") for _ in range(5)] == [422] * 5
    assert change(desk) == 429
    assert Desk(app).sign_in("drolma", PASSWORD).status_code == 429


@SQLITE
def test_a_login_that_was_ended_while_the_new_password_was_hashed_changes_nothing(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.inside():
        _, login = logins.sign_in("drolma", PASSWORD, "127.0.0.1")
        hashed = passwords.hashed

        def meanwhile(password: str) -> str:
            house.write("UPDATE account SET version = version + 1 WHERE username = 'drolma'")
            return hashed(password)

        monkeypatch.setattr(passwords, "hashed", meanwhile)
        with pytest.raises(RuleBroken, match=r"auth\.sign_in_first"):
            own_password.change(login, PASSWORD, OWN, OWN, house.actor(DROLMA))
    assert Desk(app).sign_in("drolma", PASSWORD).status_code == 303


def test_a_reset_ends_all_logins_and_its_password_opens_nothing_but_its_own_change(app: Flask, house: House) -> None:
    drolma = Desk(app, DROLMA)
    first = reset(house, "drolma")
    assert drolma.status("/staff/") == 401
    assert Desk(app).sign_in("drolma", PASSWORD).status_code == 401
    desk = Desk(app)
    answer = desk.sign_in("drolma", first, next="/invigilation/sessions")
    assert answer.headers["Location"] == "/staff/password?next=/invigilation/sessions"
    page = desk.page(answer.headers["Location"])
    assert "由他人发给" in page.text
    assert "/invigilation/sessions" not in page.links
    assert (desk.status("/staff/"), desk.status("/invigilation/sessions")) == (403, 403)
    assert "/staff/password" in desk.client.get("/staff/").get_data(as_text=True)
    assert change(desk, first, first) == 422, "the same again is no change"
    led = desk.post("/staff/password", before=first, wanted=OWN, again=OWN, next="/invigilation/sessions")
    assert led.headers["Location"] == "/invigilation/sessions"
    assert desk.status("/invigilation/sessions") == 200
    (entry,) = house.entries("auth.password_reset")
    assert (entry["object"], entry["actor"]["role"]) == (account_of(house, "drolma"), "security_admin")
    assert house.broken() == []


@SQLITE
def test_dawa_resets_no_password_of_her_own_and_lhamo_none_at_all(app: Flask, house: House) -> None:
    own = f"/staff/accounts/{account_of(house, 'dawa')}/reset-password"
    assert Desk(app, DAWA).post(own).status_code == 409
    assert Desk(app, LHAMO).post(own).status_code == 403
    assert house.entries("auth.password_reset") == []


@SQLITE
def test_the_register_says_who_has_not_yet_chosen_a_password(app: Flask, house: House) -> None:
    dawa = Desk(app, DAWA)
    assert "初始口令" not in dawa.page("/staff/accounts").text
    reset(house, "drolma")
    assert "初始口令" in dawa.page("/staff/accounts").text


@SQLITE
def test_no_password_hash_or_user_name_stands_in_the_log(app: Flask, house: House) -> None:
    first = reset(house, "drolma")
    desk = Desk(app)
    desk.sign_in("drolma", first)
    assert change(desk, first) == 303
    logged = b"".join(bytes(row[0]) for row in house.rows("SELECT body FROM entry"))
    words = [PASSWORD, first, OWN, "argon2", *(row[0] for row in house.rows("SELECT password FROM account"))]
    assert [word for word in words if word.encode() in logged] == []
    made = b"".join(bytes(row[0]) for row in house.rows("SELECT body FROM entry WHERE kind = 'account.create'"))
    assert [person.username for person in STAFF if person.username.encode() in made] == []
    files = [path for path in Path(house.settings.home).rglob("*") if path.is_file()]
    assert [path.name for path in files if first.encode() in path.read_bytes()] == []
