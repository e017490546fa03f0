"""make bench: every figure beside its floor or limit, printed and written into benchmarks/README.md with the machine named."""

import os
import platform
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from . import desk, exchange, papers, room, saving, statistics
from .client import Figures

README = Path(__file__).with_name("README.md")
MARK = "<!-- figures -->"
HEAD = "| what | figure | floor or limit | holds |\n|---|---|---|---|\n"
Row = tuple[str, str, str, bool]


def machine() -> str:
    """The machine, in a line."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores {names[0] if names else ''}, {platform.platform()}, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load before {load:.1f}"
    )


def beside(name: str, figures: dict[str, Figures], most_cpu: float, least_rate: float | None) -> list[Row]:
    """A product beside its floor: CPU a save, and throughput where it has a limit."""
    floor, ours = figures["floor"], figures["product"]
    cpu, rate = ours.cpu_ms / floor.cpu_ms, ours.per_second / floor.per_second
    rows = [
        (
            f"{name}: CPU a save",
            f"{ours.cpu_ms:.3f} ms, {cpu:.2f}x",
            f"floor {floor.cpu_ms:.3f} ms; at most {most_cpu}x",
            cpu <= most_cpu,
        ),
    ]
    if least_rate is not None:
        limit = f"floor {floor.per_second:.0f}/s; at least {least_rate}x"
        rows.append((f"{name}: throughput", f"{ours.per_second:.0f}/s, {rate:.2f}x", limit, rate >= least_rate))
    tails = f"{ours.p50:.0f} / {ours.p95:.0f} / {ours.p99:.0f} ms"
    rows.append(
        (
            f"{name}: p50 / p95 / p99",
            tails,
            f"floor {floor.p50:.0f} / {floor.p95:.0f} / {floor.p99:.0f} ms",
            ours.errors == 0,
        )
    )
    return rows


def saves() -> list[Row]:
    """Saving on SQLite."""
    return beside("save, SQLite FULL, 100 connections", saving.measure(), 1.3, 0.8)


def saves_postgresql() -> list[Row]:
    """Saving on PostgreSQL."""
    return beside("save, PostgreSQL, 100 connections", saving.measure_postgresql(), 1.8, None)


def full_room() -> list[Row]:
    """500 candidates."""
    figures, lost = room.measure()
    save, floor = figures["save"], figures["floor save"]
    rows: list[Row] = [
        (f"500 candidates: CPU of {name}", f"{figures[name].cpu_ms:.2f} ms", "at most 6 ms", figures[name].cpu_ms <= 6)
        for name in ("sign-in", "start", "submit")
    ]
    errors = sum(figure.errors for name, figure in figures.items() if name != "floor save")
    limit = f"floor {floor.p99:.0f} ms; at most 1.3x and 1 s"
    rows.append(
        ("500 candidates: p99 of a save", f"{save.p99:.0f} ms", limit, save.p99 <= 1.3 * floor.p99 and save.p99 < 1_000)
    )
    rows.append(("500 candidates: errors, acknowledged and lost", f"{errors}, {lost}", "0, 0", not errors and not lost))
    return rows


def drawing() -> list[Row]:
    """Drawing papers."""
    return [
        (f"drawing, {size} eligible", f"{cpu:.1f} ms CPU", f"at most {limit:.1f} ms", cpu <= limit)
        for size, cpu, limit in papers.drawing()
    ]


def sheets() -> list[Row]:
    """Making score sheets."""
    return [(name, f"{value:.2f} s", f"at most {limit} s", value <= limit) for name, value, limit in papers.sheets()]


def verifying() -> list[Row]:
    """Verifying a long log."""
    return [
        (name, f"{value:.1f} s CPU", f"at most {limit:.0f} s", value <= limit)
        for name, value, limit in papers.verifying()
    ]


def figures() -> list[Row]:
    """How questions behave, over 10,000 attempts."""
    return [
        (name, f"{value:.2f} s CPU", f"at most {limit:.0f} s", value <= limit)
        for name, value, limit in statistics.measure()
    ]


def importing() -> list[Row]:
    """Importing questions."""
    return [
        (name, f"{value:.1f} s", f"at most {limit:.0f} s", value <= limit)
        for name, value, limit in exchange.importing()
    ]


def starting() -> list[Row]:
    """From `make run` to a page."""
    return [(name, f"{value:.2f} s", "under 3 s", value < 3) for name, value in papers.start_up().items()]


def at_the_desk() -> list[Row]:
    """The bank of 5,000 questions."""
    return [
        (name, f"{value:.2f} {unit}", f"at most {limit:g} {unit}", value <= limit)
        for name, value, limit, unit in desk.measure()
    ]


PARTS: dict[str, Callable[[], list[Row]]] = {
    "saves": saves, "postgresql": saves_postgresql, "room": full_room, "drawing": drawing, "sheets": sheets,
    "verifying": verifying, "starting": starting, "desk": at_the_desk, "figures": figures, "importing": importing,
}  # fmt: skip


def main(names: list[str]) -> None:
    """Measure all parts, or those named; write the README only when all were."""
    before, rows = machine(), []
    for name in names or PARTS:
        for row in PARTS[name]():
            rows.append(row)
            print(f"{'holds ' if row[3] else 'NOT   '} {row[0]}: {row[1]} ({row[2]})", flush=True)
    if not names:
        table = HEAD + "".join(
            f"| {what} | {figure} | {limit} | {'yes' if holds else '**no**'} |\n" for what, figure, limit, holds in rows
        )
        kept = README.read_text("utf-8").partition(MARK)[0]
        README.write_text(f"{kept}{MARK}\n\n{before}\n\n{table}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
