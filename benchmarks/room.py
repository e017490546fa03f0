"""A room full: sign-in, start and submit as bursts; 500 candidates who start within two seconds and save without pause."""

import asyncio
import json
import random
import time
from typing import Any

from examsys.serving import THREADS

from .client import Figures, Terminal, burst
from .saving import _save_floor
from .servers import floor, product


class Candidate:
    """One candidate at a terminal, and what was acknowledged to them."""

    def __init__(self, port: int, person: dict[str, Any], number: int) -> None:
        self.terminal, self.person, self.pick = Terminal(port), person, random.Random(number)
        self.path = ""
        self.questions: list[dict[str, Any]] = []
        self.acknowledged: dict[str, list[str]] = {}

    async def _timed(self, method: str, path: str, body: Any) -> tuple[float, int, bytes]:
        begun = time.perf_counter()
        status, raw = await self.terminal.call(method, path, body)
        return time.perf_counter() - begun, status, raw

    async def sign_in(self) -> list[tuple[float, int]]:
        """Sign in with number and code."""
        who = {"id_number": self.person["id_number"], "admission": self.person["admission"]}
        seconds, status, raw = await self._timed("POST", "/exam/sign-in", who)
        signed = json.loads(raw)
        self.terminal.csrf, self.path = signed["csrf"], f"/exam/attempts/{signed['attempt']}"
        return [(seconds, status)]

    async def start(self, within: float = 0) -> list[tuple[float, int]]:
        """Start at some moment of the next seconds."""
        await asyncio.sleep(self.pick.random() * within)
        seconds, status, raw = await self._timed("POST", f"{self.path}/start", {"language": "both"})
        self.questions = json.loads(raw)["questions"]
        return [(seconds, status)]

    async def save(self, number: int) -> list[tuple[float, int]]:
        """Answer without pause."""
        rows = []
        for seq in range(1, number + 1):
            question = self.pick.choice(self.questions)
            options = [self.pick.choice(question["options"])["id"]]
            seconds, status, _ = await self._timed(
                "PUT", f"{self.path}/answers/{question['position']}", {"options": options, "seq": seq}
            )
            rows.append((seconds, status))
            if status == 200:
                self.acknowledged[str(question["position"])] = options
        return rows

    async def submit(self) -> list[tuple[float, int]]:
        """Hand in."""
        seconds, status, _ = await self._timed("POST", f"{self.path}/submit", {})
        return [(seconds, status)]

    async def lost(self) -> int:
        """How many acknowledged answers the server no longer has."""
        _, raw = await self.terminal.call("GET", self.path)
        stored = json.loads(raw)["answers"]
        return sum(stored.get(position) != options for position, options in self.acknowledged.items())


async def _play(
    port: int, pid: int, people: list[dict[str, Any]], saves: int, within: float
) -> tuple[dict[str, Figures], int]:
    room = [Candidate(port, person, number) for number, person in enumerate(people)]
    figures = {"sign-in": await burst(pid, [one.sign_in() for one in room])}
    figures["start"] = await burst(pid, [one.start(within) for one in room])
    figures["save"] = await burst(pid, [one.save(saves) for one in room])
    lost = sum([await one.lost() for one in room])
    figures["submit"] = await burst(pid, [one.submit() for one in room])
    return figures, lost


def measure(candidates: int = 500, saves: int = 12) -> tuple[dict[str, Figures], int]:
    """Figures of each phase with the floor's saves beside them, and how many acknowledged answers were lost."""
    with product(candidates) as ours:
        figures, lost = asyncio.run(_play(ours.port, ours.pid, ours.candidates, saves, 2.0))
    with floor(THREADS) as bare:
        figures["floor save"] = asyncio.run(burst_of_floor(bare.port, bare.pid, candidates, saves))
    return figures, lost


async def burst_of_floor(port: int, pid: int, connections: int, saves: int) -> Figures:
    """The bare endpoint under the same crowd."""
    return await burst(pid, [_save_floor(Terminal(port), saves) for _ in range(connections)])
