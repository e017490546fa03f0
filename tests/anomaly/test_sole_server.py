"""One server a home: a second one is refused, and a worker whose server was killed does not go on beside its successor."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from tests.anomaly.conftest import Hall
from tests.anomaly.site import Site

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@SQLITE
def test_a_second_server_on_the_same_home_is_refused(hall: Callable[..., Hall]) -> None:
    made = hall(1)
    (terminal,) = made.terminals()
    second = Site(made.site.home, made.site.environment)
    second.start(wait=False)
    assert second.process is not None
    try:
        assert second.process.wait(60) == 1
    except subprocess.TimeoutExpired:
        second.stop()
        pytest.fail("two servers on one home")
    assert "another server serves" in made.site.said
    assert terminal.answer(1, [terminal.option(1)], 1).status == 200
    assert made.house.entries("outage.recorded") == []


@SQLITE
@pytest.mark.parametrize("engine", ["granian", "gunicorn"])
def test_a_worker_ends_with_its_server(hall: Callable[..., Hall], engine: str) -> None:
    made = hall(1, engine=engine)
    (terminal,) = made.terminals()
    assert terminal.answer(1, [terminal.option(1)], 1).status == 200
    assert made.site.process is not None
    os.kill(made.site.process.pid, signal.SIGKILL)
    made.site.process.wait()
    end = time.monotonic() + 20
    while made.site.members() and time.monotonic() < end:
        time.sleep(0.1)
    assert made.site.members() == []
    made.site.start()
    assert terminal.get().json["answers"] == {"1": [terminal.option(1)]}
