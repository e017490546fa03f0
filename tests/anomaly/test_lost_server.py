"""PostgreSQL is stopped in the middle of an exam and comes back: on a server of this file's own, since the other tests need theirs."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from examsys.config import Settings
from tests.anomaly.conftest import Hall
from tests.anomaly.terminal import Room
from tests.anomaly.test_lost_storage import calm, refused, until_refused, works
from tests.factories import furnish
from tests.postgres import Cluster, MissingError, as_server_user, binaries, cluster

POSTGRESQL = pytest.mark.parametrize(
    "settings", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    """A server that may be stopped."""
    try:
        binaries()
    except MissingError as missing:
        pytest.skip(f"NOT TESTED on PostgreSQL: {missing}")
    with cluster() as server:
        yield server


@pytest.fixture(scope="module")
def furnished_postgres(tmp_path_factory: pytest.TempPathFactory, bank_folder: Path, postgres: Cluster) -> Path:
    """The home of a furnished site on it."""
    home = tmp_path_factory.mktemp("furnished") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMSYS_BANK", str(bank_folder))
        postgres.template("furnished", lambda url: furnish(Settings(home, url, None)))
    return home


@POSTGRESQL
def test_postgresql_stops_under_load_and_comes_back(hall: Callable[..., Hall], postgres: Cluster) -> None:
    made = hall(4)
    room = Room(made.terminals())
    room.begin()
    while room.receipts < 30:
        time.sleep(0.01)
    control = [*as_server_user(), str(binaries() / "pg_ctl"), "-D", str(postgres.directory / "data"), "-w"]
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd="/", stdout=subprocess.DEVNULL)
    try:
        until_refused(room)
        refused(room.terminals[0])
        assert made.site.health() == 503
        calm(made)
    finally:
        options = (postgres.directory / "data/postmaster.opts").read_text().strip().partition(" ")[2].replace('"', "'")
        log = str(postgres.directory / "server.log")
        subprocess.run([*control, "-l", log, "-o", options, "start"], check=True, cwd="/", stdout=subprocess.DEVNULL)
    works(made, room)
    assert room.lost() == []
    assert made.broken() == ""
