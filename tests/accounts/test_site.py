"""A formal site from nothing: init, furnish, a session, and the two refusals that stand before the first exam."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from examsys.accounts import logins
from examsys.accounts import service as accounts
from examsys.app import create_app
from examsys.cli import main
from examsys.clock import now
from examsys.config import ROOT, Settings
from examsys.db import here
from examsys.domain.access import Actor
from examsys.domain.dates import beijing_day
from examsys.domain.errors import RuleBroken
from examsys.exam import upkeep
from examsys.invigilation import service as invigilation
from examsys.supervision.service import verify_site
from tests.factories import roster_of
from tests.people import PASANG, TASHI

EXAMPLE = ROOT / "docs" / "site-example.yaml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a formal site that `init` has just made; the bank is the one that is shipped."""
    for name in ("EXAMSYS_BANK", "DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EXAMSYS_HOME", str(tmp_path / "home"))
    made = run("init", "--id", "7", "--name", "甘孜州考试中心", "--name-bo", "རྒྱུགས་གནས།")
    assert made.exit_code == 0, made.output
    return tmp_path / "home"


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    """The site's application."""
    made = create_app(Settings())
    with made.app_context():
        yield made
        here().close()


def run(*words: str) -> Result:
    """A command, as at a terminal."""
    return CliRunner().invoke(main, list(words))


def acting(username: str) -> Actor:
    account = logins.account_named(username)
    assert account is not None
    return logins.actor_of(account, accounts.posts_of(account.person_id)[0], "127.0.0.1")


def refused(told: str, folder: Path) -> str:
    """What `furnish` says of a file that it does not take."""
    file = folder / "told.yaml"
    file.write_text(told, "utf-8")
    done = run("site", "furnish", str(file))
    assert done.exit_code == 1, done.output
    assert "Traceback" not in done.output
    return done.output


def test_a_formal_site_comes_to_its_first_session_and_no_further_than_its_papers_allow(home: Path, app: Flask) -> None:
    assert run("site", "furnish", str(EXAMPLE)).exit_code == 0
    acceptance, examiner = acting("acceptance"), acting("examiner")
    ((room_id, *_),) = invigilation.rooms(accounts.reach_of(acting("detachment")))
    session_id = invigilation.create_session(room_id, beijing_day(now().wall).isoformat(), acceptance)
    assert not invigilation.import_roster(session_id, roster_of([TASHI]), acceptance).refused
    assert invigilation.match_examiner(session_id, acceptance) == examiner.post
    with pytest.raises(RuleBroken, match=r"bank\.no_release"):
        invigilation.take_over(session_id, examiner)
    assert run("bank", "publish", "2026-1").exit_code == 0
    with pytest.raises(RuleBroken, match=r"bank\.not_released"):
        invigilation.take_over(session_id, examiner)
    upkeep.seal_log()
    assert verify_site(deep=True).broken == []


def test_everybody_signs_in_with_a_password_that_only_one_file_tells(home: Path, app: Flask) -> None:
    done = run("site", "furnish", str(EXAMPLE))
    file = home / "first-passwords.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = dict(line.split("\t") for line in file.read_text("utf-8").splitlines())
    assert len(set(told.values())) == len(told) == 8
    assert not any(password in done.output for password in told.values())
    assert logins.sign_in("examiner", told["examiner"], "127.0.0.1")
    assert {account.username for account in accounts.accounts() if account.must_change} == {*told, "admin"}


def test_a_later_file_adds_staff_to_offices_that_are_there(home: Path, app: Flask, tmp_path: Path) -> None:
    assert run("site", "furnish", str(EXAMPLE)).exit_code == 0
    post = 'role: examiner, unit: "513301", name: 巴桑, number: KS-0108, username: pasang'
    more = f'{{staff: [{{{post}, id_number: "{PASANG.id_number}"}}]}}'
    assert "first-passwords.txt is there already" in refused(more, tmp_path)
    done = run("site", "furnish", str(tmp_path / "told.yaml"), "--passwords", str(tmp_path / "more.txt"))
    assert done.exit_code == 0, done.output
    assert acting("pasang").unit == acting("examiner").unit


def test_the_same_file_twice_is_refused_by_name(home: Path, app: Flask) -> None:
    assert run("site", "furnish", str(EXAMPLE)).exit_code == 0
    (home / "first-passwords.txt").unlink()
    said = run("site", "furnish", str(EXAMPLE))
    assert said.exit_code == 1
    assert "513301-A1: this office is there already" in said.output
    assert "examiner: this user name is taken" in said.output


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"990000198001020026"', '"990000198001020027"', "staff.1.id_number: Value error, is no ID number"),
        ('"990000198001020026"', '"990000198001010012"', "examiner: the ID number stands twice in the file"),
        ("role: examiner,", "role: chief,", "staff.1.role"),
        ('role: acceptance, unit: "513301"', 'role: acceptance, unit: "999"', "acceptance: no office has the code 999"),
        ('under: "513301"', 'under: "999"', "513301-A1: no office has the code 999"),
        ("username: room", "username: audit", "audit: stands twice in the file"),
        ("seats: 40", "seats: 0", "agencies.0.seats"),
        ("seats: 40", "seats: 40, chairs: 2", "agencies.0.chairs"),
        ("vmo: {", "vmu: {", "vmu"),
        ("brigades:", "brigades: [", "line "),
    ],
)
def test_a_faulty_file_makes_nothing_and_is_named(
    home: Path, app: Flask, tmp_path: Path, before: str, after: str, fault: str
) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert before in text
    said = refused(text.replace(before, after, 1), tmp_path)
    assert fault in said
    assert "99000019800102002" not in said, "no ID number is shown"
    assert [unit.code for unit in accounts.units()] == ["5133"]
    assert [account.username for account in accounts.accounts()] == ["admin"]
    assert not (home / "first-passwords.txt").exists()


def test_a_rule_broken_half_way_undoes_all(home: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise RuleBroken("access.roles_apart")

    monkeypatch.setattr(logins, "make_account", refuse)
    said = run("site", "furnish", str(EXAMPLE))
    assert (said.exit_code, said.output.strip()) == (1, "access.roles_apart")
    assert [unit.code for unit in accounts.units()] == ["5133"]
    assert not (home / "first-passwords.txt").exists()


def test_a_formal_site_is_not_served_as_a_demonstration(home: Path) -> None:
    done = run("serve", "--demo")
    assert done.exit_code == 1
    assert done.output.strip() == f"refused: no demonstration in {home}: site.already"
