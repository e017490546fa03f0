"""What every test of the house can ask for: a furnished site on SQLite and on PostgreSQL, a client that looks, a clock that obeys."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from examsys.app import create_app
from examsys.clock import pretending
from examsys.config import Settings
from examsys.db import here
from tests.clocks import Clock
from tests.factories import House, furnish, write_bank
from tests.page import InspectingClient, watch_catalogues

if TYPE_CHECKING:
    from tests.postgres import Cluster

pytest_plugins = ["tests.postgres"]
BOTH = [pytest.param("sqlite", id="sqlite"), pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def bank_folder(shared: Path) -> Path:
    """The small bank's files."""
    from tests.postgres import locked

    with locked(shared / "bank.lock"):
        return write_bank(shared / "bank")


@pytest.fixture(scope="session")
def furnished(shared: Path, bank_folder: Path) -> Path:
    """The home of a furnished site on SQLite, made once a run; copied, never used."""
    from tests.postgres import locked

    home = shared / "furnished"
    with locked(shared / "furnished.lock"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMSYS_BANK", str(bank_folder))
        if not (home / "facts.json").exists():
            furnish(Settings(home, "", None))
    return home


@pytest.fixture(scope="session")
def furnished_postgres(shared: Path, bank_folder: Path, postgres: "Cluster") -> Path:
    """The home of a furnished site on PostgreSQL; its database is the template `furnished`."""
    home = shared / "furnished-postgres"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMSYS_BANK", str(bank_folder))
        postgres.template("furnished", lambda url: furnish(Settings(home, url, None)))
    return home


@pytest.fixture(params=BOTH)
def settings(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The settings of a furnished site of this test's own, on each database in turn."""
    home = tmp_path / "home"
    monkeypatch.setenv("EXAMSYS_HOME", str(home))
    monkeypatch.setenv("EXAMSYS_BANK", str(request.getfixturevalue("bank_folder")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("furnished"), home)
        yield Settings()
        return
    server: Cluster = request.getfixturevalue("postgres")
    shutil.copytree(request.getfixturevalue("furnished_postgres"), home)
    url = server.create_database("furnished")
    yield replace(Settings(), database_url=url)
    server.drop_database(url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application of that site. `sqlite` alone: @pytest.mark.parametrize('settings', ['sqlite'], indirect=True)."""
    watch_catalogues()
    made = create_app(settings)
    made.testing = False  # faults are answered as people would see them; the client looks for them
    made.test_client_class = InspectingClient
    yield made
    with made.app_context():
        here().close()


@pytest.fixture
def client(app: Flask) -> InspectingClient:
    """A browser."""
    made = app.test_client()
    assert isinstance(made, InspectingClient)
    return made


@pytest.fixture
def house(app: Flask, settings: Settings) -> House:
    """The site with its people."""
    return House(app, settings)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Time as the test wants it; ask for it before what shall live in it."""
    made = Clock()
    with pretending(made.instant):
        yield made
