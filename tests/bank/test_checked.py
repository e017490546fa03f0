"""A bank that was checked before is not checked again, unless something that matters has changed."""

from pathlib import Path

import pytest

from examsys.bank import check
from examsys.bank.check import check_bank
from examsys.bank.checked import checked_bank
from tests.bank.written import write_bank

NOWHERE = Path("/nowhere")


def test_the_same_bank_gives_the_same_report_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_bank(tmp_path / "bank")
    first = checked_bank(folder, tmp_path / "cache", NOWHERE)
    assert first == check_bank(folder, NOWHERE)
    monkeypatch.setattr(check, "check_bank", lambda *_: pytest.fail("checked again"))
    assert checked_bank(folder, tmp_path / "cache", NOWHERE) == first


@pytest.mark.parametrize(
    "file", ["subject1/road_rules.yaml", "media/signs/stop.svg", "blueprints.yaml", "lexicon.yaml"]
)
def test_any_changed_file_is_checked_again(tmp_path: Path, file: str) -> None:
    folder = write_bank(tmp_path / "bank")
    checked_bank(folder, tmp_path / "cache", NOWHERE)
    (folder / file).write_text("broken: [", "utf-8")
    again = checked_bank(folder, tmp_path / "cache", NOWHERE)
    assert again == check_bank(folder, NOWHERE)
    assert again.faults != checked_bank(write_bank(tmp_path / "other"), tmp_path / "cache", NOWHERE).faults


def test_a_damaged_cache_is_done_without(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank")
    first = checked_bank(folder, tmp_path / "cache", NOWHERE)
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    assert checked_bank(folder, tmp_path / "cache", NOWHERE) == first
