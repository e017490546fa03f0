"""A site under its real server: `python -m examsys serve` in a process group of its own, which can be stopped, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS, STOP_SECONDS = 60, 20


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class Site:
    """One home with its server; `log` holds whatever the server wrote to its standard error, over all its runs."""

    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    engine: str = "granian"
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        """What the server said; beside the home, as the home may be full."""
        return self.home.parent / f"{self.home.name}-server.log"

    @property
    def said(self) -> str:
        """The server's standard error so far."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run another command of the house beside the server."""
        return subprocess.run(
            [sys.executable, "-m", "examsys", *arguments],
            env=self._environment(), cwd=ROOT, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "EXAMSYS_HOME": str(self.home), "PYTHONUNBUFFERED": "1", **self.environment}

    def start(self, *, wait: bool = True, limit: str = "") -> "Site":
        """Serve; `limit` is a line of shell before it (ulimit)."""
        command = [sys.executable, "-m", "examsys", "serve", "--port", str(self.port), "--engine", self.engine]
        if limit:
            command = ["sh", "-c", f'{limit}; exec "$@"', "serve", *command]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self._environment(), cwd=ROOT, start_new_session=True, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )  # fmt: skip
        if wait:
            self.until(200)
        return self

    def health(self) -> int:
        """The status of /healthz; 0 where nobody answers."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                status: int = answer.status
                return status
        except HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def until(self, health: int, seconds: float = START_SECONDS) -> None:
        """Wait until /healthz answers so; TimeoutError with what the server said."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.health() == health:
                return
            time.sleep(0.05)
        raise TimeoutError(f"/healthz is not {health}: {self.said[-2000:]}")

    def signal(self, number: int) -> None:
        """Send a signal to the whole process group and wait for its end where it ends them."""
        assert self.process is not None
        os.killpg(self.process.pid, number)
        self.process.wait(STOP_SECONDS)
        self._gone()

    def kill(self) -> None:
        """Power off: nobody is asked."""
        self.signal(signal.SIGKILL)

    def stop(self) -> None:
        """End whatever still runs, kindly first."""
        if self.process is None:
            return
        try:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGTERM)
                self.process.wait(STOP_SECONDS)
            os.killpg(self.process.pid, signal.SIGKILL)  # children that were left behind
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait(STOP_SECONDS)

    def members(self) -> list[int]:
        """The processes of the server's group, its first one too."""
        assert self.process is not None
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid and fields[0] != "Z":
                found.append(int(name))
        return found

    def _gone(self) -> None:
        end = time.monotonic() + STOP_SECONDS
        while self.members() and time.monotonic() < end:
            time.sleep(0.02)


@contextmanager
def served(home: Path, **values: object) -> Iterator[Site]:
    """A site that is served for the length of a `with`, whatever happens in it."""
    site = Site(home, **values)  # type: ignore[arg-type]
    try:
        yield site.start()
    finally:
        site.stop()
