"""The schema: every table has an owner, evidence has its site, its triggers and no serial, and the migrations make what the models say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import LargeBinary, create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from examsys.app import driver_url
from examsys.config import Settings
from examsys.db import OWNERS
from examsys.migrations import HEAD, protected, tables, upgrade, version
from tests.conftest import BOTH
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.house.sources import MIGRATIONS

TABLES = tables().tables
EVIDENCE = protected(tables())
BY_HASH = {"content"}  # kept once by what it is, wherever it comes from: its hash is its key
# evidence.md 1.7 R1, in this house's words
MUST_BE_EVIDENCE = {"attempt", "step", "result", "mark", "candidate", "session", "request", "decision", "lot", "sheet", "entry", "leaf",
                    "checkpoint", "content", "release", "withdrawal"}  # fmt: skip


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """A connection beside the application's own."""
    made = create_engine(driver_url(settings.url))
    yield made
    made.dispose()


def test_every_table_names_its_owner_and_whether_it_is_evidence() -> None:
    assert {name for name, table in TABLES.items() if table.info.get("owner") not in OWNERS} == set()
    assert {name for name, table in TABLES.items() if not isinstance(table.info.get("evidence"), bool)} == set()
    assert set(EVIDENCE) >= MUST_BE_EVIDENCE


def test_every_key_begins_with_the_site() -> None:
    found = {name: [column.name for column in table.primary_key] for name, table in TABLES.items()}
    assert {name: key for name, key in found.items() if key[0] != "site_id" and name not in BY_HASH} == {}


def test_no_key_is_counted_by_the_database() -> None:
    counted = [
        f"{name}.{column.name}"
        for name, table in TABLES.items()
        for column in table.primary_key
        if column.autoincrement is True
        or (column.autoincrement == "auto" and column.type.python_type is int)
        or column.identity
        or column.server_default is not None
    ]
    assert counted == []
    assert not re.search(r"\b(Sequence|Identity|SERIAL|AUTOINCREMENT|autoincrement=True)\b", all_migrations())


def test_no_constraint_of_evidence_forgets_the_site() -> None:
    """R2: two sites' rows meet at the center, where only what contains the site is unique."""
    loose = [
        index.name
        for name in EVIDENCE
        for index in TABLES[name].indexes
        if index.unique and next(iter(index.columns)).name != "site_id"
    ]
    assert loose == []


def test_facts_outlive_people() -> None:
    """R3: no foreign key from evidence, and nothing cascades."""
    assert [f"{name} {key.target_fullname}" for name in EVIDENCE for key in TABLES[name].foreign_keys] == []
    assert [key for table in TABLES.values() for key in table.foreign_keys if key.ondelete or key.onupdate] == []


def test_names_are_singular() -> None:
    assert [name for name in TABLES if name.endswith("s") and name not in {"address"}] == []


def test_personal_data_have_no_column_in_clear() -> None:
    open_columns = {
        "site_id",
        "person_id",
        "id_index",
        "photo",
    }  # the site, the house's own id, a keyed hash, the hash of a sealed file
    sealed = [column for column in TABLES["person"].columns if column.name not in open_columns]
    assert [column.name for column in sealed if not isinstance(column.type, LargeBinary)] == []
    elsewhere = {"id_number", "phone", "birth", "born", "person_name", "holder"}
    others = [f"{name}.{column.name}" for name, table in TABLES.items() if name != "person" for column in table.columns]
    assert [name for name in others if name.split(".")[1] in elsewhere] == []


def all_migrations() -> str:
    """The text of every migration."""
    return "\n".join(path.read_text("utf-8") for path in sorted(MIGRATIONS.glob("*.py")))


def test_no_migration_drops_or_copies_a_table() -> None:
    """Evidence tables only ever get columns; Alembic's batch mode copies a table and drops its triggers without a word."""
    for word in ("batch_alter_table", "drop_table", "drop_column", "alter_column", "rename_table", "DROP "):
        assert word not in all_migrations(), word


def test_the_newest_migration_is_the_one_the_house_expects() -> None:
    revisions = re.findall(r'^revision = "(\w+)"', all_migrations(), re.M)
    assert max(revisions) == HEAD


def test_the_migrated_schema_is_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables()) == []
        assert version(connection) == HEAD


def triggers(engine: Engine) -> set[str]:
    """The names of all triggers, as the database has them."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return {row[0] for row in connection.execute(text(sql))}


def expected(engine: Engine) -> set[str]:
    acts = ("no_update", "no_delete") if engine.dialect.name == "sqlite" else ("no_change", "no_truncate")
    return {f"{table}_{act}" for table in EVIDENCE for act in acts}


def test_after_the_migrations_every_evidence_table_has_its_triggers(engine: Engine) -> None:
    assert triggers(engine) == expected(engine)


def test_migrating_again_changes_nothing(settings: Settings, engine: Engine) -> None:
    upgrade(driver_url(settings.url))
    assert triggers(engine) == expected(engine)


def test_the_database_itself_refuses_to_change_evidence(house: House, engine: Engine) -> None:
    """Whoever speaks to the database past the application: UPDATE, DELETE, REPLACE, TRUNCATE."""
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    kiosk.play(house)
    house.write(
        "INSERT INTO checkpoint (site_id, epoch, size, root, state, note, at) VALUES (1, 9, 1, ?, ?, 'x', 'x')",
        b"x" * 32,
        b"x",
    )
    filled = [name for name in EVIDENCE if house.rows(f"SELECT COUNT(*) FROM {name}")[0][0]]
    assert set(filled) >= {
        "attempt",
        "candidate",
        "step",
        "result",
        "mark",
        "entry",
        "session",
        "lot",
        "release",
        "content",
        "checkpoint",
    }
    for name in filled:
        column = next(iter(TABLES[name].columns)).name
        acts = [f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}"]
        if engine.dialect.name == "sqlite":
            acts.append(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} LIMIT 1")
        else:
            acts += [f"TRUNCATE {name}", f"TRUNCATE {name} CASCADE"]
        for act in acts:
            with engine.connect() as connection:
                if engine.dialect.name == "sqlite":
                    connection.execute(text("PRAGMA recursive_triggers=ON"))
                with pytest.raises(SQLAlchemyError, match=f"evidence: {name}"):
                    connection.execute(text(act))


def test_the_application_speaks_to_sqlite_as_promised(house: House) -> None:
    if not house.settings.is_sqlite:
        pytest.skip("SQLite's settings")
    pragmas = {
        name: house.rows(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "recursive_triggers", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "recursive_triggers": 1, "foreign_keys": 1}


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server = request.getfixturevalue("postgres")
    url = server.create_database()
    yield driver_url(url)
    server.drop_database(url)


def test_a_database_of_before_takes_the_new_columns_and_asks_nobody_for_a_password(empty: str) -> None:
    upgrade(empty, "0001")
    made = create_engine(empty)
    with made.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO account (site_id, account_id, person_id, username, password, disabled, version)"
                " VALUES (1, 'a', 'p', 'drolma', '-', :no, 1)"
            ),
            {"no": False},
        )
    upgrade(empty)
    with made.connect() as connection:
        assert connection.execute(text("SELECT must_change FROM account")).scalar() in (False, 0)
        assert version(connection) == HEAD
    assert triggers(made) == expected(made)
    made.dispose()
