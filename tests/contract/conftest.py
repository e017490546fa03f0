"""A demonstration as anybody gets it from the command line, under its real server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.anomaly.site import ROOT, Site

LOADED = 60  # candidates of the load script
PLAYED = 12  # before them: those who sit alone


@dataclass(frozen=True)
class Demonstration:
    """The served demonstration, the file with its accounts and candidates, and what stands in it."""

    site: Site
    file: Path
    told: dict[str, Any]

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.site.port}"

    def index(self, subject: str, number: int = 0) -> int:
        """The place of the n-th candidate of a subject in the file."""
        places = [
            place for place, person in enumerate(self.told["candidates"][:PLAYED]) if person["subject"] == subject
        ]
        return places[number]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Made by `demo`, served by `serve`, stopped at the end."""
    folder = tmp_path_factory.mktemp("contract")
    site, file = Site(folder / "home", {"DATABASE_URL": "", "EXAMSYS_BANK": ""}), folder / "demo.json"
    made = subprocess.run(
        [sys.executable, "-m", "examsys", "demo", "--candidates", str(PLAYED + LOADED), "--out", str(file)],
        env={**os.environ, "EXAMSYS_HOME": str(site.home), **site.environment}, cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    try:
        yield Demonstration(site.start(), file, json.loads(file.read_text("utf-8")))
    finally:
        site.stop()
