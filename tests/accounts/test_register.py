"""The security administrator's register of accounts."""

import pytest
from flask import Flask

from tests.accounts.desk import Desk
from tests.factories import House
from tests.people import DAWA, DROLMA, LHAMO, PASSWORD, WANGDU


def path(house: House, person: str, act: str) -> str:
    (account,) = house.rows("SELECT account_id FROM account WHERE username = ?", person)[0]
    return f"/staff/accounts/{account}/{act}"


def test_dawa_disables_wangdu_and_wangdu_is_out_at_once(app: Flask, house: House) -> None:
    wangdu, dawa = Desk(app, WANGDU), Desk(app, DAWA)
    assert dawa.post(path(house, "wangdu", "disable"), reason=" ").status_code == 422
    assert wangdu.status("/staff/") == 200
    dawa.do(path(house, "wangdu", "disable"), reason="调离")
    assert wangdu.status("/staff/") == 401
    assert Desk(app).sign_in("wangdu", PASSWORD).status_code == 401
    (entry,) = house.entries("account.disable")
    assert entry["data"]["reason"] == "调离"


def test_dawa_may_not_disable_herself(app: Flask, house: House) -> None:
    dawa = Desk(app, DAWA)
    assert dawa.post(path(house, "dawa", "disable"), reason="x").status_code == 409
    assert dawa.status("/staff/accounts") == 200


def test_dawa_ends_drolmas_sessions_and_drolma_may_come_again(app: Flask, house: House) -> None:
    drolma = Desk(app, DROLMA)
    Desk(app, DAWA).do(path(house, "drolma", "end-sessions"))
    assert drolma.status("/staff/") == 401
    assert Desk(app, DROLMA).status("/staff/") == 200
    assert house.entries("auth.session_killed")


def test_dawa_sees_who_is_locked_out_and_lifts_the_lock(app: Flask, house: House) -> None:
    for _ in range(5):
        Desk(app).sign_in("drolma", "wrong wrong wrong")
    dawa = Desk(app, DAWA)
    assert "已锁定" in dawa.page("/staff/accounts").text
    dawa.do(path(house, "drolma", "unlock"))
    assert Desk(app).sign_in("drolma", PASSWORD).status_code == 303
    assert house.entries("auth.unlocked")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_lhamo_may_not_manage_accounts_and_that_is_written_down(app: Flask, house: House) -> None:
    lhamo = Desk(app, LHAMO)
    assert lhamo.status("/staff/accounts") == 403
    assert lhamo.post(path(house, "drolma", "disable"), reason="x").status_code == 403
    assert len(house.entries("auth.refused")) == 2
    assert Desk(app, DAWA).post("/staff/accounts/0123/disable", reason="x").status_code == 404
