"""The two scripts that lie beside the contract, against a served demonstration."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.anomaly.site import ROOT
from tests.contract.conftest import LOADED, PLAYED, Demonstration

SCRIPTS = ROOT.parent / "shared" / "contract"
pytestmark = [
    pytest.mark.xdist_group("contract"),
    pytest.mark.skipif(
        not (SCRIPTS / "try_exam.py").is_file(),
        reason=f"NOT TESTED with the scripts of the contract: {SCRIPTS.parent.name}/{SCRIPTS.name} does not lie beside this repository",
    ),
]


def play(script: Path, demonstration: Demonstration, *arguments: str) -> str:
    """Run a script of the contract; what it printed, once it has left with 0."""
    command = [sys.executable, str(script), demonstration.address, str(demonstration.file), *arguments]
    played = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert played.returncode == 0, played.stdout[-4_000:] + played.stderr[-2_000:]
    return played.stdout


@pytest.mark.parametrize(("subject", "language"), [("subject1", "bo"), ("subject3", "zh")])
def test_one_candidate_and_no_promise_is_broken(demonstration: Demonstration, subject: str, language: str) -> None:
    place = str(demonstration.index(subject))
    said = play(SCRIPTS / "try_exam.py", demonstration, "--candidate", place, "--language", language)
    assert said.splitlines()[-1] == "0 broken"


def test_a_room_full_and_nothing_is_lost(demonstration: Demonstration) -> None:
    arguments = ("--first", str(PLAYED), "--candidates", str(LOADED), "--saves", "20")
    said = play(SCRIPTS / "load_exam.py", demonstration, *arguments)
    assert " lost 0" in said
    phases = [line.split() for line in said.splitlines() if "requests" in line]
    assert [(phase[0], int(phase[1]), int(phase[3])) for phase in phases] == [
        ("sign-in", LOADED, 0), ("start", LOADED, 0), ("save", 20 * LOADED, 0), ("submit", LOADED, 0),
    ]  # fmt: skip
