"""Saving an answer, durable before its receipt, beside the bare endpoint: alternating rounds on the same engine."""

import asyncio
import json
import random
import statistics
import time
from typing import Any

from examsys.serving import THREADS

from .client import Figures, Terminal, burst
from .servers import Running, floor, product


async def enter(server: Running, person: dict[str, Any]) -> tuple[Terminal, str, list[dict[str, Any]]]:
    terminal = Terminal(server.port)
    _, raw = await terminal.call(
        "POST", "/exam/sign-in", {"id_number": person["id_number"], "admission": person["admission"]}
    )
    signed = json.loads(raw)
    terminal.csrf = signed["csrf"]
    _, raw = await terminal.call("POST", f"/exam/attempts/{signed['attempt']}/start", {"language": "bo"})
    return terminal, f"/exam/attempts/{signed['attempt']}", json.loads(raw)["questions"]


async def _save_ours(
    place: tuple[Terminal, str, list[dict[str, Any]]], number: int, first: int
) -> list[tuple[float, int]]:
    terminal, path, questions = place
    pick, rows = random.Random(first), []
    for seq in range(first, first + number):
        question = pick.choice(questions)
        begun = time.perf_counter()
        status, _ = await terminal.call(
            "PUT",
            f"{path}/answers/{question['position']}",
            {"options": [pick.choice(question["options"])["id"]], "seq": seq},
        )
        rows.append((time.perf_counter() - begun, status))
    return rows


async def _save_floor(terminal: Terminal, number: int) -> list[tuple[float, int]]:
    rows = []
    for seq in range(number):
        begun = time.perf_counter()
        status, _ = await terminal.call(
            "PUT", f"/exam/attempts/{'0' * 32}/answers/{seq % 100 + 1}", {"options": ["0123456789"], "seq": seq}
        )
        rows.append((time.perf_counter() - begun, status))
    return rows


async def rounds(
    bare: Running, ours: Running, connections: int, saves: int, count: int
) -> tuple[list[Figures], list[Figures]]:
    """Alternate the two servers; the first pair of rounds only warms up."""
    places = [await enter(ours, person) for person in ours.candidates[:connections]]
    floors, products = [], []
    for turn in range(count + 1):
        terminals = [Terminal(bare.port) for _ in range(connections)]
        floors.append(await burst(bare.pid, [_save_floor(terminal, saves) for terminal in terminals]))
        products.append(await burst(ours.pid, [_save_ours(place, saves, 1 + turn * saves) for place in places]))
        for terminal in terminals:
            terminal.close()
    return floors[1:], products[1:]


def middle(figures: list[Figures]) -> Figures:
    """The median of each figure."""
    return Figures(
        figures[0].requests,
        sum(figure.errors for figure in figures),
        *(
            statistics.median(getattr(figure, name) for figure in figures)
            for name in ("per_second", "p50", "p95", "p99", "cpu_ms")
        ),
    )


def measure(connections: int = 100, saves: int = 30, count: int = 5) -> dict[str, Figures]:
    """Medians of the floor and of the product on SQLite."""
    with floor(THREADS) as bare, product(connections) as ours:
        floors, products = asyncio.run(rounds(bare, ours, connections, saves, count))
    return {"floor": middle(floors), "product": middle(products)}


def measure_postgresql(connections: int = 100, saves: int = 30, count: int = 5) -> dict[str, Figures]:
    """The same on a real PostgreSQL; the CPU is the client's alone."""
    from tests.postgres import cluster

    with cluster() as server:
        raw, own = server.create_database(), server.create_database()
        with (
            floor(THREADS, raw.replace("postgresql+psycopg", "postgresql")) as bare,
            product(connections, database_url=own) as ours,
        ):
            floors, products = asyncio.run(rounds(bare, ours, connections, saves, count))
    return {"floor": middle(floors), "product": middle(products)}


if __name__ == "__main__":
    for name, figures in measure().items():
        print(name, figures)
