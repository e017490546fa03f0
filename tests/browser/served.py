"""A demonstration of its own for the journeys: made once a run, served by the production server, and told what only it knows."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask

from examsys.app import create_app
from examsys.bank import service as bank
from examsys.config import ROOT, Settings
from examsys.exam.form import form_of

CANDIDATES = 16
EXAMSYS = [sys.executable, "-m", "examsys"]


@dataclass(frozen=True)
class Candidate:
    """One line of the account file: who may sign in at a terminal."""

    id_number: str
    admission: str
    subject: str
    licence_class: str
    language: str


class Site:
    """A home that holds a demonstration, and the address at which it is served."""

    def __init__(self, home: Path, url: str, log: Path) -> None:
        self.home, self.url, self.log = home, url, log
        told = json.loads((home / "demo.json").read_text())
        self.passwords: dict[str, str] = {name: account["password"] for name, account in told["accounts"].items()}
        self.unused = [Candidate(**line) for line in told["candidates"]]

    def candidate(self, subject: str = "subject1") -> Candidate:
        """A candidate who is checked in and released, and whom no other journey has."""
        found = next(one for one in self.unused if one.subject == subject)
        self.unused.remove(found)
        return found

    @cached_property
    def app(self) -> Flask:
        """The application of this home in the tests' own process, to look up what no page tells."""
        return create_app(Settings(self.home, "", None))

    def right_answers(self, attempt_id: str) -> dict[int, list[int]]:
        """The right options of a paper by position, as places on the screen from 0."""
        with self.app.app_context():
            positions = form_of(1, attempt_id).paper.positions
            keys = {position.number: bank.key_of(position.content_hash) for position in positions}
        return {
            position.number: [
                place for place, option in enumerate(position.options) if option.bank_id in keys[position.number]
            ]
            for position in positions
        }


def run(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command of the house in a home."""
    return subprocess.run(
        [*EXAMSYS, *arguments], env=_environment(home), cwd=ROOT, capture_output=True, text=True, timeout=180
    )


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    return kept | {"EXAMSYS_HOME": str(home)}


def make_home(home: Path) -> None:
    """A demonstration with candidates who can start."""
    home.mkdir(parents=True)
    made = run(home, "demo", "--candidates", str(CANDIDATES), "--out", str(home / "demo.json"))
    assert made.returncode == 0, made.stderr


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(home: Path, *options: str, tls: bool = False) -> Iterator[Site]:
    """This home behind the production server; `options` go to `serve`."""
    port = free_port()
    path = home / f"server-{port}.log"
    log = path.open("wb")
    process = subprocess.Popen(
        [*EXAMSYS, "serve", "--port", str(port), *options],
        env=_environment(home), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(port, process, path)
        yield Site(home, f"http{'s' if tls else ''}://127.0.0.1:{port}", path)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the server takes calls."""
    for _ in range(600):
        assert process.poll() is None, log.read_text("utf-8")[-1_500:]
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"no server on port {port}")


def seconds_to_answer(url: str) -> float:
    """How long the server takes for one page, without a browser."""
    begun = time.perf_counter()
    with urllib.request.urlopen(url, timeout=10) as answer:
        answer.read()
    return time.perf_counter() - begun
