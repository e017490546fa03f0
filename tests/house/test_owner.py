"""DATABASE_OWNER_URL: the role that serves owns no table, adds to the evidence and can change none of it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from examsys.app import create_app
from examsys.config import Settings
from examsys.db import here
from examsys.migrations import protected, tables
from examsys.supervision.service import verify_site
from tests.factories import furnish
from tests.postgres import APPLICATION

if TYPE_CHECKING:
    from tests.postgres import Cluster

pytestmark = pytest.mark.postgres


@pytest.fixture
def settings(postgres: "Cluster", tmp_path: Path, bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A furnished site whose tables belong to another role than the one that serves."""
    monkeypatch.setenv("EXAMSYS_BANK", str(bank_folder))
    owner = postgres.create_database()
    name = owner.partition("@/")[2].partition("?")[0]
    made = replace(Settings(tmp_path / "home", postgres.url(name, APPLICATION), None), owner_url=owner)
    furnish(made)
    return made


def application(settings: Settings) -> psycopg.Connection:
    return psycopg.connect(settings.url.replace("postgresql+psycopg", "postgresql"), autocommit=True)


def test_no_evidence_can_be_changed_deleted_or_emptied(settings: Settings) -> None:
    with application(settings) as connection:
        for table in protected(tables()):
            for statement in (f'UPDATE "{table}" SET site_id = 9', f'DELETE FROM "{table}"', f'TRUNCATE "{table}"'):
                if table == "content":
                    statement = statement.replace("site_id = 9", "hash = hash")
                with pytest.raises(InsufficientPrivilege):
                    connection.execute(statement)  # type: ignore[call-overload]


def test_no_trigger_can_be_dropped_or_silenced(settings: Settings) -> None:
    with application(settings) as connection:
        for statement in (
            "DROP TRIGGER step_no_change ON step",
            "ALTER TABLE step DISABLE TRIGGER ALL",
            "DROP TABLE step",
        ):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement)  # type: ignore[call-overload]


def test_the_verifier_no_longer_says_that_the_application_owns_its_tables(settings: Settings) -> None:
    with create_app(settings).app_context():
        report, engine = verify_site(), here().engine
    engine.dispose()
    assert report.is_whole
    assert "owns its tables" not in report.to_text()
