"""The schema and its way there: Alembic, evidence tables under triggers that refuse UPDATE and DELETE.

Evidence tables only ever get new columns (ADD COLUMN), never Alembic's batch mode, which drops triggers silently.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, create_engine, inspect, make_url, text

HEAD = "0007"
FOLDER = Path(__file__).resolve().parent


def tables() -> MetaData:
    """All tables of the house."""
    from examsys.accounts import models as accounts
    from examsys.audit import models as audit
    from examsys.bank import models as bank
    from examsys.certificates import models as certificates
    from examsys.desk import models as desk
    from examsys.exam import models as exam
    from examsys.invigilation import models as invigilation

    owners = (accounts, audit, bank, certificates, desk, exam, invigilation)
    metadata: MetaData = owners[0].Base.metadata
    return metadata


def upgrade(url: str, to: str = "head") -> None:
    """Bring a database to the newest schema, or to an earlier one."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            connection.commit()
    finally:
        engine.dispose()


def grant(owner_url: str, role: str) -> None:
    """Let the application's role read all, add to the evidence, and change only what is local: PostgreSQL, by the owner."""
    evidence, engine = set(protected(tables())), create_engine(owner_url)
    quoted = engine.dialect.identifier_preparer.quote(role)
    try:
        with engine.begin() as connection:
            connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {quoted}"))
            for name in (*tables().tables, "alembic_version"):
                rights = "SELECT, INSERT" if name in evidence else "SELECT, INSERT, UPDATE, DELETE"
                rights = "SELECT" if name == "alembic_version" else rights
                connection.execute(text(f'GRANT {rights} ON TABLE "{name}" TO {quoted}'))
    finally:
        engine.dispose()


def prepare(url: str, owner_url: str | None) -> None:
    """Migrate with the owner's role where there is one, and give the application's role what it needs and no more."""
    upgrade(owner_url or url)
    role = make_url(url).username
    if owner_url and role and make_url(owner_url).username != role:
        grant(owner_url, role)


def version(connection: Connection) -> str | None:
    """The schema's version, or None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def protect(op: Any, table: str) -> None:
    """Triggers by which a table takes new rows and nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'evidence: {table}'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'evidence: %', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f'CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change()'
    )
    op.execute(
        f'CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()'
    )


def protected(metadata: MetaData) -> list[str]:
    """The names of all evidence tables."""
    return sorted(name for name, table in metadata.tables.items() if table.info.get("evidence"))
