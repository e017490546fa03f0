"""Starts and stops the servers that are measured: the floor and the product, on the same engine with the same threads."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .client import cpu_seconds

ROOT = Path(__file__).resolve().parent.parent
FLOOR = """
import sys
from pathlib import Path
from granian import Granian
from granian.constants import Interfaces
Granian("benchmarks.floor:" + sys.argv[3], factory=True, address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=1,
        blocking_threads=int(sys.argv[2]), backlog=2048, backpressure=2048, log_access=False, log_level="error").serve()
"""


@dataclass(frozen=True)
class Running:
    """A server that answers: its port, its process, its home and (the product's) candidates."""

    port: int
    pid: int
    home: Path
    candidates: list[dict[str, Any]]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(port: int, path: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"no server on port {port}")


def _settle(pid: int) -> None:
    """Wait until a server has warmed up: it loads what makes papers after it answers, and that is nobody's request."""
    before = cpu_seconds(pid)
    for _ in range(60):
        time.sleep(0.5)
        after = cpu_seconds(pid)
        if after - before < 0.05:
            return
        before = after


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def floor(threads: int, database_url: str = "") -> Iterator[Running]:
    """The bare endpoint, on SQLite or on the PostgreSQL of a libpq URL."""
    with tempfile.TemporaryDirectory() as home:
        port, kind = free_port(), "bare_postgresql" if database_url else "bare"
        command = [sys.executable, "-c", FLOOR, str(port), str(threads), kind]
        with _process(command, {"FLOOR_DATABASE": database_url or f"{home}/floor.sqlite3"}) as process:
            _wait(port, "/")
            yield Running(port, process.pid, Path(home), [])


@contextmanager
def product(candidates: int, engine: str = "granian", database_url: str = "") -> Iterator[Running]:
    """A demonstration with that many live candidates, served."""
    with tempfile.TemporaryDirectory() as home:
        port, environment = free_port(), {"EXAMSYS_HOME": home, "DATABASE_URL": database_url}
        out = Path(home) / "demo.json"
        subprocess.run(
            [sys.executable, "-m", "examsys", "demo", "--candidates", str(candidates), "--out", str(out)],
            env={**os.environ, **environment}, cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        people = json.loads(out.read_text())["candidates"]
        command = [sys.executable, "-m", "examsys", "serve", "--port", str(port), "--engine", engine]
        with _process(command, environment) as process:
            _wait(port, "/healthz")
            _settle(process.pid)
            yield Running(port, process.pid, Path(home), people)
