"""A long day in one room: candidates sit, hand in and fetch sheets while lines break and nonsense arrives; what grows, what fails, what slows down.

python -m benchmarks.soak --minutes 30 [--engine gunicorn] [--seats 40]. Exits 1 for any error of the server, anything lost, or a server that ended.
"""

import argparse
import asyncio
import json
import os
import random
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.anomaly.site import Site

from .client import Terminal

SAMPLE_SECONDS = 15
NONSENSE = (
    b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST /exam/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{",
    b"PUT /exam/attempts/x/answers/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{[}]x", b"\xff" * 300 + b"\r\n\r\n", b"GET /exam/ HTTP/1.1\r\nHost: x\r\n\r\n",
)  # fmt: skip


@dataclass
class Seen:
    """What happened so far: statuses by call, and the seconds of the saves since the last sample."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    saves: list[float] = field(default_factory=list)
    lost: int = 0
    finished: int = 0

    @property
    def errors(self) -> int:
        """What nobody should have been told."""
        return sum(self.faults.values()) + sum(
            count for (_, status), count in self.statuses.items() if status not in (200, 204)
        )


class Day:
    """The candidates of the day, taken one after the other by the seats."""

    def __init__(self, port: int, people: list[dict[str, Any]], seats: int, seconds: float) -> None:
        self.port, self.waiting, self.seats = port, list(reversed(people)), seats
        self.end = time.monotonic() + seconds
        self.each = seconds * seats / len(people) * 0.9  # an exam takes so long that there are candidates to the end
        self.seen = Seen()

    async def seat(self) -> None:
        """One terminal from morning to evening."""
        while self.waiting and time.monotonic() < self.end:
            person = self.waiting.pop()
            try:
                await self._sit(person)
                self.seen.finished += 1
            except (OSError, EOFError, ValueError, KeyError) as error:
                self.seen.faults[f"{type(error).__name__}: {error}"[:80]] += 1
                await asyncio.sleep(1)

    async def _sit(self, person: dict[str, Any]) -> None:
        terminal, pick = Terminal(self.port), random.Random(person["admission"])
        signed = await self._call(
            terminal,
            "sign-in",
            "POST",
            "/exam/sign-in",
            {"id_number": person["id_number"], "admission": person["admission"]},
        )
        terminal.csrf, path = signed["csrf"], f"/exam/attempts/{signed['attempt']}"
        questions = (await self._call(terminal, "start", "POST", f"{path}/start", {"language": "both"}))["questions"]
        kept: dict[str, list[str]] = {}
        until = min(self.end, time.monotonic() + self.each)
        for seq in range(1, 10_000):
            if time.monotonic() > until:
                break
            question = pick.choice(questions)
            options, begun = [pick.choice(question["options"])["id"]], time.perf_counter()
            await self._call(
                terminal, "save", "PUT", f"{path}/answers/{question['position']}", {"options": options, "seq": seq}
            )
            self.seen.saves.append(time.perf_counter() - begun)
            kept[str(question["position"])] = options
            if pick.random() < 0.05:
                terminal.close()  # the line breaks; the next call makes a new one
            await asyncio.sleep(pick.random() * 0.5)
        stored = (await self._call(terminal, "read", "GET", path))["answers"]
        self.seen.lost += sum(stored.get(position) != options for position, options in kept.items())
        result = await self._call(terminal, "submit", "POST", f"{path}/submit", {})
        for _ in range(20):  # 503 while it is being made is an answer of the contract
            status, _pdf = await terminal.call("GET", result["score_sheet"])
            if status != 503:
                break
            await asyncio.sleep(5)
        self.seen.statuses["sheet", status] += 1
        terminal.close()

    async def _call(self, terminal: Terminal, name: str, method: str, path: str, body: Any = None) -> Any:
        status, raw = await terminal.call(method, path, body)
        self.seen.statuses[name, status] += 1
        if status != 200:
            raise ValueError(f"{name} {status}")
        return json.loads(raw)

    async def disturb(self) -> None:
        """Connections that come to nothing, some of them reset."""
        pick = random.Random(1)
        while time.monotonic() < self.end:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(pick.choice(NONSENSE))
                await asyncio.sleep(pick.random() * 0.2)
                if pick.random() < 0.5:
                    linger = (1).to_bytes(4, sys.byteorder) + (0).to_bytes(4, sys.byteorder)
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                writer.close()
            except OSError as error:
                self.seen.faults[f"no connection: {error}"[:80]] += 1
            await asyncio.sleep(0.2)


def weigh(site: Site) -> tuple[float, int, int, int]:
    """Resident MB, open files, threads and number of the server's processes."""
    resident, files, threads, members = 0, 0, 0, site.members()
    for member in members:
        try:
            fields = dict(line.split(":", 1) for line in Path(f"/proc/{member}/status").read_text().splitlines())
            resident += int(fields.get("VmRSS", "0 kB").split()[0])
            threads += int(fields["Threads"])
            files += len(os.listdir(f"/proc/{member}/fd"))
        except (OSError, KeyError):
            continue
    return resident / 1024, files, threads, len(members)


async def watch(site: Site, day: Day) -> list[tuple[float, ...]]:
    """A line every few seconds; the samples."""
    samples, begun = [], time.monotonic()
    while time.monotonic() < day.end:
        await asyncio.sleep(min(SAMPLE_SECONDS, max(0.1, day.end - time.monotonic())))
        times, day.seen.saves = sorted(day.seen.saves) or [0.0], []
        at = [times[min(len(times) - 1, int(share * len(times)))] * 1000 for share in (0.5, 0.99)]
        samples.append((*weigh(site), *at))
        print(
            f"{time.monotonic() - begun:6.0f} s  {len(times):6} saves  p50 {at[0]:6.1f}  p99 {at[1]:7.1f} ms   "
            "{:7.1f} MB {:4} files {:3} threads {} processes".format(*samples[-1][:4])
            + f"   {day.seen.finished} finished  {day.seen.errors} errors",
            flush=True,
        )
        if site.process is not None and site.process.poll() is not None:
            print(f"THE SERVER ENDED with {site.process.returncode}")
            break
    return samples


async def run(
    site: Site, people: list[dict[str, Any]], seats: int, minutes: float
) -> tuple[Day, list[tuple[float, ...]]]:
    """The whole day."""
    day = Day(site.port, people, seats, minutes * 60)
    watched = asyncio.create_task(watch(site, day))
    await asyncio.gather(day.disturb(), *(day.seat() for _ in range(seats)))
    return day, await watched


def report(day: Day, samples: list[tuple[float, ...]], site: Site) -> bool:
    """Print what became of it; whether all is well."""
    quarter = max(1, len(samples) // 4)
    first, last = samples[:quarter], samples[-quarter:]
    for place, name in enumerate(("MB", "files", "threads", "processes", "p50 ms", "p99 ms")):
        before, after = (sum(row[place] for row in part) / len(part) for part in (first, last))
        print(f"{name:10} first quarter {before:8.1f}  last quarter {after:8.1f}")
    print("answers", dict(day.seen.statuses), "faults", dict(day.seen.faults), "lost", day.seen.lost)
    said = [line for line in site.said.splitlines() if line.strip() and "[WARNING] Configuration" not in line]
    print(f"the server said {len(said)} lines", *said[-20:], sep="\n  ")
    verified = site.command("log", "verify", "--deep")
    print(
        f"log verify --deep: {verified.returncode}",
        verified.stdout if verified.returncode else "",
        verified.stderr[-2_000:],
    )
    alive = site.process is not None and site.process.poll() is None
    return alive and not day.seen.errors and not day.seen.lost and verified.returncode == 0


def main() -> int:
    """Make a demonstration, serve it, live the day."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--minutes", type=float, default=30)
    ask.add_argument("--engine", choices=["granian", "gunicorn"], default="granian")
    ask.add_argument("--seats", type=int, default=40)
    ask.add_argument("--candidates", type=int, default=300)
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, out = Site(Path(folder) / "home", {"DATABASE_URL": ""}, args.engine), Path(folder) / "demo.json"
        made = site.command("demo", "--candidates", str(args.candidates), "--out", str(out))
        if made.returncode != 0:
            sys.exit(made.stderr)
        try:
            site.start()
            people = json.loads(out.read_text("utf-8"))["candidates"]
            return 0 if report(*asyncio.run(run(site, people, args.seats, args.minutes)), site) else 1
        finally:
            site.stop()


if __name__ == "__main__":
    sys.exit(main())
