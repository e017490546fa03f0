"""The desk on a bank of 5,000 questions: the check cold and warm, what the editor asks as one types, search."""

import itertools
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from unittest.mock import patch

from examsys.app import create_app
from examsys.bank.blocks import split
from examsys.config import Settings
from examsys.desk import checks, finding
from examsys.desk.finding import Wanted

from .servers import ROOT

BANK = ROOT / "question_bank"
QUESTIONS = 5_000
TRIALS = 20


def large_bank(folder: Path, count: int = QUESTIONS) -> Path:
    """The shipped bank, its questions multiplied under new ids and with a sign in the stem that makes each another text."""
    shutil.copytree(BANK, folder, ignore=shutil.ignore_patterns("recipe"), dirs_exist_ok=True)
    files = sorted(folder.glob("subject*/*.yaml"))
    pieces = {file: split(file.read_text("utf-8")) for file in files}
    number = sum(len(piece.blocks) for piece in pieces.values())
    added: dict[Path, list[str]] = {file: [] for file in files}
    for turn in itertools.count(1):
        for file, piece in pieces.items():
            for block in piece.blocks:
                if number >= count:
                    for path, blocks in added.items():
                        path.write_text(pieces[path].text + "".join(blocks), "utf-8")
                    return folder
                added[file].append(_another(block, turn))
                number += 1
    return folder


def _another(block: str, turn: int) -> str:
    lines = block.splitlines(keepends=True)
    first = lines[0].rstrip()
    stem, digits = first.rsplit("-", 1)
    lines[0] = f"{stem}-{int(digits) + 400 * turn:04d}\n"
    kept = [line for line in lines if not line.lstrip().startswith(("twins:", "enemies:", "translation:", "#"))]
    sign = chr(0x4E00 + turn * 37)
    return "".join(
        line.replace("zh: ", f"zh: {sign * 6}", 1) if line.startswith("      zh: ") else line for line in kept
    )


def measure() -> list[tuple[str, float, float, str]]:
    """What, value, limit, unit."""
    with tempfile.TemporaryDirectory() as folder:
        bank, home = large_bank(Path(folder) / "bank"), Path(folder) / "home"
        environment = {**os.environ, "EXAMSYS_BANK": str(bank), "EXAMSYS_HOME": str(home)}
        cold, warm = (_check(environment) for _ in range(2))
        rows = [
            ("check of 5,000 questions, cold", cold, 10.0, "s CPU"),
            ("check of 5,000 questions, warm", warm, 1.0, "s CPU"),
        ]
        with patch.dict(os.environ, environment):  # put back: the parts that follow have other homes
            return rows + _at_the_desk(home)


def _check(environment: dict[str, str]) -> float:
    before = _children()
    subprocess.run(
        [sys.executable, "-m", "examsys", "bank", "check"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    return _children() - before


def _children() -> float:
    """CPU seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _at_the_desk(home: Path) -> list[tuple[str, float, float, str]]:
    subprocess.run(
        [sys.executable, "-m", "examsys", "demo", "--candidates", "0", "--out", str(home / "demo.json")],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with create_app(Settings()).app_context():
        some = checks.workshop().questions()[:: QUESTIONS // TRIALS][:TRIALS]
        checks.faults(some[0])  # the dictionary is read once
        lint = _slowest(
            [
                partial(
                    checks.try_out,
                    one.question.id,
                    {"stem": {"zh": one.question.stem.zh + "吗", "bo": one.question.stem.bo}},
                )
                for one in some
            ]
        )
        finding.find(Wanted(text="雨天"))
        search = _slowest(
            [
                partial(finding.find, Wanted(text=words))
                for words in ("刹车", "ལམ་གཞུང", "第四十五条", "s1-road", "牦牛 路")
            ]
        )
    return [
        ("checks while typing, slowest of 20", 1_000 * lint, 150.0, "ms"),
        ("search in both scripts, slowest of 5", 1_000 * search, 100.0, "ms"),
    ]


def _slowest(calls: Sequence[Callable[[], object]]) -> float:
    """Seconds on the clock of the slowest call."""
    seconds = []
    for call in calls:
        begun = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begun)
    return max(seconds)
