"""A real PostgreSQL for the tests: one throw-away cluster a session, shared by the xdist workers, a database a test.

A conftest takes it with ``pytest_plugins = ["tests.postgres"]`` and then has the fixtures

* ``postgres``      the running Cluster (session); skips without PostgreSQL, or fails where CI is set;
* ``postgres_url``  the URL of a fresh, empty database for one test, dropped afterwards.

A migrated database is made once and copied: ``postgres.template("migrated", migrate)`` and then
``postgres.create_database(template="migrated")``. Benchmarks, which run without pytest, use ``with cluster() as server:``.

The server refuses to run as root, so under root it runs as the user ``postgres``. It listens on a Unix socket in a
directory of its own that nobody else may enter, writes with fsync, and is stopped when the process that asked for it is
gone, however it went.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

OLDEST = 15  # major version
OWNER = "examsys"  # owns every database made here; no superuser, as in an office
APPLICATION = "examsys_application"  # owns nothing: for tests of DATABASE_OWNER_URL and of grants
SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "jit": "off",
}
WATCH = """
owner=$1; directory=$2; shift 2
{
  while kill -0 "$owner" 2>/dev/null; do sleep 0.5; done
  "$@" -D "$directory/data" -m immediate -w stop
  rm -rf "$directory"
} >/dev/null 2>&1 &
"""


class MissingError(Exception):
    """This machine has no PostgreSQL that the tests can use; the text says why and what to do."""


def binaries() -> Path:
    """The folder of initdb and pg_ctl: the newest of Debian's, else that of the PATH. Raises MissingError."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    if not found:
        raise MissingError(
            "no PostgreSQL here; install it with: make setup-tests, or sudo apt-get install -y postgresql"
        )
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"(\d+)", said)
    if not version or int(version[1]) < OLDEST:
        raise MissingError(f"PostgreSQL {OLDEST} or newer is needed, here is: {said.strip()}")
    return Path(found).resolve().parent


def as_server_user() -> list[str]:
    """What to put before a command so that it runs as a user the server accepts. Raises MissingError."""
    if os.geteuid() != 0:
        return []
    if subprocess.run(["id", SUPERUSER], capture_output=True).returncode:
        raise MissingError("under root PostgreSQL needs the user 'postgres', which its Debian package makes")
    return ["runuser", "-u", SUPERUSER, "--"]


@dataclass(frozen=True)
class Cluster:
    """A running server, known by the directory that holds its data and its socket."""

    directory: Path

    def url(self, database: str, role: str = OWNER) -> str:
        """The SQLAlchemy URL of a database for a role."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.directory}"

    def execute(self, statement: sql.SQL | sql.Composed) -> None:
        """Run one statement as the superuser, outside any transaction."""
        with psycopg.connect(
            host=str(self.directory), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def create_database(self, template: str = "template1", name: str = "") -> str:
        """Make a fresh database that OWNER owns, as a copy of the template, and return its URL."""
        name = name or f"test_{uuid.uuid4().hex}"
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        self.execute(copy.format(sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER)))
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Drop the database of this URL, whoever is still connected."""
        name = url.partition("@/")[2].partition("?")[0]
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def template(self, name: str, build: Callable[[str], None]) -> None:
        """Have a database of this name built by ``build(url)``, once for all workers.

        ``build`` must close its connections (``engine.dispose()``): PostgreSQL copies only what nobody uses.
        """
        ready = self.directory / f"{name}.ready"
        with locked(self.directory / "template.lock"):
            if not ready.exists():
                self.drop_database(self.url(name))
                build(self.create_database(name=name))
                ready.touch()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes, by a file."""
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run(command: list[str], why: str) -> None:
    """Run a command and raise RuntimeError with what it said if it fails. Its output goes to a file, as a server
    that it leaves behind would hold a pipe open for ever.
    """
    with tempfile.TemporaryFile("w+") as output:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/").returncode
        output.seek(0)
        if code:
            raise RuntimeError(f"{why} failed with {code}: {output.read()}")


def start(owner: int) -> Cluster:
    """Make a cluster and start it; it lives as long as the process ``owner``. Raises MissingError, RuntimeError."""
    folder, user = binaries(), as_server_user()
    directory = Path(tempfile.mkdtemp(prefix="examsys-pg-"))
    if user:
        shutil.chown(directory, SUPERUSER, SUPERUSER)
    data = directory / "data"
    initdb = [str(folder / "initdb"), "-D", str(data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-sync"]
    control = [*user, str(folder / "pg_ctl")]
    try:
        run([*user, *initdb, "--locale=C"], "initdb")
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories='{directory}'"
        log = str(directory / "server.log")
        watch = ["sh", "-c", WATCH, "watch", str(owner), str(directory), *control]
        subprocess.run(watch, stdin=subprocess.DEVNULL, start_new_session=True, cwd="/", check=True)
        run([*control, "-D", str(data), "-l", log, "-o", options, "-w", "-t", "60", "start"], "pg_ctl start")
    except RuntimeError:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    server = Cluster(directory)
    for role in (OWNER, APPLICATION):
        server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    return server


def stop(server: Cluster) -> None:
    """Stop the server now and remove its directory."""
    control = [*as_server_user(), str(binaries() / "pg_ctl")]
    run([*control, "-D", str(server.directory / "data"), "-m", "fast", "-w", "stop"], "pg_ctl stop")
    shutil.rmtree(server.directory, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server for the length of a ``with``, outside pytest."""
    server = start(os.getpid())
    try:
        yield server
    finally:
        stop(server)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """The server of this session: the first worker that asks starts it, all others use it."""
    worker = "PYTEST_XDIST_WORKER" in os.environ
    shared = tmp_path_factory.getbasetemp()
    if worker:
        shared = shared.parent
    state = shared / "postgres.json"
    try:
        with locked(shared / "postgres.lock"):
            if not state.exists():
                server = start(os.getppid() if worker else os.getpid())
                state.write_text(json.dumps(str(server.directory)))
            return Cluster(Path(json.loads(state.read_text())))
    except MissingError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs PostgreSQL: {missing}")
        pytest.skip(f"NOT TESTED on PostgreSQL: {missing}")


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """The URL of a fresh, empty database for one test."""
    url = postgres.create_database()
    yield url
    postgres.drop_database(url)


if __name__ == "__main__":  # a server to try things on: python -m tests.postgres
    with cluster() as running:
        sys.stdout.write(f"DATABASE_URL={running.create_database()}\nEnter stops it.\n")
        sys.stdout.flush()
        sys.stdin.readline()
