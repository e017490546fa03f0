"""Drawing a paper, making a sheet, verifying a long log, starting up: CPU of this process or of its children."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from examsys.bank.blueprints import load_blueprints
from examsys.bank.compiled import load_bank
from examsys.domain.paper import Blueprint, Pool, draw_paper, gather

from .client import cpu_seconds
from .servers import ROOT, free_port, product

BANK = ROOT / "question_bank"


def drawing() -> list[tuple[int, float, float]]:
    """Eligible questions, CPU of one draw in ms, and the limit of 1 µs a question + 5 ms, for banks of growing size."""
    with tempfile.TemporaryDirectory() as cache:
        shipped = load_bank(BANK, Path(cache)).questions.values()
    blueprint = next(one for one in load_blueprints(BANK / "blueprints.yaml", "2026-11-22") if one.name == "s1_car")
    figures = []
    for times in (1, 25, 250):
        questions = [
            replace(question, id=f"{question.id}-{copy}", twins=None, enemies=())
            for copy in range(times)
            for question in shipped
        ]
        pool = gather(blueprint, questions)
        draw_paper(blueprint, pool, os.urandom(32))
        eligible = len(pool.questions)
        middle = median(_draw_ms(blueprint, pool) for _ in range(11))  # one round may meet a collection of garbage
        figures.append((eligible, middle, eligible / 1000 + 5))
    return figures


def _draw_ms(blueprint: Blueprint, pool: Pool) -> float:
    begun = time.process_time()
    draw_paper(blueprint, pool, os.urandom(32))
    return 1000 * (time.process_time() - begun)


def start_up() -> dict[str, float]:
    """Seconds from `serve` in a made home to an answer of /healthz."""
    import urllib.request

    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "EXAMSYS_HOME": home}
        subprocess.run(
            [sys.executable, "-m", "examsys", "demo", "--out", f"{home}/demo.json"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        port, begun = free_port(), time.perf_counter()
        command = ["make", "-s", "run", f"PORT={port}"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
                    break
                except OSError:
                    time.sleep(0.02)
            return {"make run to a served page": time.perf_counter() - begun}
        finally:
            os.killpg(process.pid, 15)
            process.wait(10)


def sheets() -> list[tuple[str, float, float]]:
    """Seconds: wall of the first sheet of a fresh server, as a click on it takes; CPU of a warm one, both processes."""
    import asyncio

    from .room import Candidate

    with product(24) as ours:
        time.sleep(2)  # a person needs longer to the first sheet

        async def play() -> tuple[float, float]:
            room = [Candidate(ours.port, person, number) for number, person in enumerate(ours.candidates)]
            for one in room:
                await one.sign_in()
                await one.start()
                await one.save(5)
                await one.submit()
            begun = time.perf_counter()
            await room[0].terminal.call("GET", room[0].path.replace("/exam/", "/certificates/") + "/sheet.pdf")
            first, used = time.perf_counter() - begun, cpu_seconds(ours.pid)
            for one in room[1:]:
                await one.terminal.call("GET", one.path.replace("/exam/", "/certificates/") + "/sheet.pdf")
            return first, (cpu_seconds(ours.pid) - used) / (len(room) - 1)

        first, warm = asyncio.run(play())
    return [("first sheet after the server's start, wall", first, 2.0), ("a sheet warm, CPU", warm, 0.25)]


def verifying() -> list[tuple[str, float, float]]:
    """CPU seconds of `log verify` over a million events."""
    from .long_log import measure

    return measure()
