"""A demonstration as `demo` makes it, with the real question bank: made once a run, copied for each test."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from examsys.app import create_app
from examsys.config import Settings
from examsys.db import here
from examsys.demo import make_demonstration
from tests.page import InspectingClient, watch_catalogues
from tests.postgres import locked


@pytest.fixture(scope="session")
def made_demonstration(shared: Path) -> Path:
    """Its home; never used itself."""
    home = shared / "demonstration"
    with locked(shared / "demonstration.lock"), pytest.MonkeyPatch.context() as patch:
        patch.delenv("EXAMSYS_BANK", raising=False)
        patch.delenv("DATABASE_URL", raising=False)
        if not (home / "demo.json").exists():
            make_demonstration(Settings(home, "", None), 3, home / "demo.json", lambda said: None)
    return home


class Demonstration:
    """A demonstration of this test's own, and who visits it."""

    def __init__(self, app: Flask, home: Path) -> None:
        self.app = app
        self.told: dict[str, Any] = json.loads((home / "demo.json").read_text("utf-8"))

    def visitor(self) -> InspectingClient:
        """A browser on this machine."""
        made = self.app.test_client()
        assert isinstance(made, InspectingClient)
        return made

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """The entries of a kind, oldest first."""
        with self.app.app_context(), here().reading() as raw:
            rows = raw.all("SELECT body FROM entry WHERE kind = ? ORDER BY entry_id", kind)
        return [json.loads(bytes(row[0])) for row in rows]


@pytest.fixture
def demonstration(made_demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demonstration]:
    """The demonstration on SQLite."""
    for name in ("EXAMSYS_BANK", "DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    shutil.copytree(made_demonstration, home)
    watch_catalogues()
    app = create_app(Settings(home, "", None))
    app.testing = False
    app.test_client_class = InspectingClient
    yield Demonstration(app, home)
    with app.app_context():
        here().close()
