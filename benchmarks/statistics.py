"""Figures of a release over 10,000 attempts of 100 questions: CPU of this process, without the making of the attempts."""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from examsys.app import create_app
from examsys.bank import service as bank
from examsys.config import Settings
from examsys.desk import figures
from examsys.domain.fairness import compare
from examsys.domain.reliability import reliability
from examsys.domain.statistics import Sitting, item_figures, tabulate
from tests.desk.crowd import seat_crowd

from .servers import ROOT

ATTEMPTS, LENGTH, QUESTIONS, LIMIT = 10_000, 100, 600, 5.0
SHIPPED = 150  # questions of Subject 1 that the demonstration has at least


def sittings(questions: int = QUESTIONS) -> list[Sitting]:
    """Attempts that cost little to make: who knows more is right more often, and three groups take part."""
    chance = random.Random(1)
    names = [f"q-{number:04d}" for number in range(questions)]
    kinds = ("zh",) * 5 + ("bo",) * 3 + ("audio", "both")
    made = []
    for _ in range(ATTEMPTS):
        group, knows = chance.choice(kinds), chance.uniform(0.7, 1.0)
        right = tuple(chance.random() < knows for _ in range(LENGTH))
        chosen = tuple("a" if one else chance.choice("bcd") for one in right)
        made.append(
            Sitting(
                "subject1/car", LENGTH, True, tuple(chance.sample(names, LENGTH)), chosen, right,
                tuple(chance.randrange(3_000, 60_000) for _ in range(LENGTH)), ("bo" if group == "audio" else group,) * LENGTH,
                tuple(int(chance.random() < 0.02) for _ in range(LENGTH)), (int(group == "audio"),) * LENGTH,
            )
        )  # fmt: skip
    return made


def measure() -> list[tuple[str, float, float]]:
    """CPU seconds of everything that the pages show, part by part and together, and the limit."""
    given = sittings()
    cells = {name: (str(number % 12),) for number in range(QUESTIONS) for name in (f"q-{number:04d}",)}
    begun = time.process_time()
    table = tabulate(given)
    turned = time.process_time()
    item_figures(table)
    figured = time.process_time()
    compare(table)
    compared = time.process_time()
    reliability("subject1/car", given, cells, 0.9)
    done = time.process_time()
    whole = f"{ATTEMPTS * LENGTH:,} answers"
    return [
        (f"figures of questions, {whole}", figured - begun, LIMIT),
        (f"fairness, {whole}", compared - figured + turned - begun, LIMIT),
        (f"reliability, {whole}", done - compared, LIMIT),
        (f"all statistics, {whole}", done - begun, LIMIT),
        (f"all statistics with reading from SQLite, {whole}", _read_and_made(), LIMIT),
    ]


def _read_and_made() -> float:
    """CPU seconds of the first page of figures of a site with so many attempts."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        command = [sys.executable, "-m", "examsys", "demo", "--candidates", "0", "--out", f"{folder}/demo.json"]
        environment = {**os.environ, "EXAMSYS_HOME": str(home)}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        app = create_app(Settings(home, "", None))
        with app.app_context():
            release_id, _ = bank.newest_release()
        seat_crowd(app, sittings(SHIPPED), release_id)
        with app.app_context():
            begun = time.process_time()
            figures.figures_of(release_id)
            return time.process_time() - begun
