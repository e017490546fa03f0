"""The file of checkpoints after a crash between database and file, and after a disk that was full in the middle of a note."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from examsys.accounts import service as accounts
from examsys.audit import service as audit
from examsys.exam import upkeep
from examsys.supervision.service import verify_site
from tests.factories import House

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def sealed(house: House, times: int) -> Path:
    """Seal so often, something new each time; the file."""
    with house.inside():
        for number in range(times):
            accounts.make_unit(
                "agency", f"x{number}{len(house.rows('SELECT 1 FROM unit'))}", "单位", "སྡེ་ཚན།", None, None
            )
            upkeep.seal_log()
    (found,) = (house.settings.home / "checkpoints").glob("*.notes")
    return found


@SQLITE
@pytest.mark.parametrize("left", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_what_a_crash_kept_from_the_file_is_added_with_the_next_seal(
    house: House, left: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sealed(house, 3)
    before = file.read_bytes()

    def crash(path: Path, notes: list[str]) -> None:
        """As much of it as came to the disk."""
        whole = "".join(f"{note}\n" for note in notes).encode()
        with path.open("ab") as opened:
            opened.write(whole[: int(left * len(whole))])
        raise OSError("No space left on device")

    monkeypatch.setattr(audit, "append_notes", crash)
    with pytest.raises(OSError, match="No space"):
        sealed(house, 1)
    monkeypatch.undo()
    after = sealed(house, 2).read_bytes()
    assert after.startswith(before)
    with house.inside():
        report = verify_site(deep=True)
    assert report.is_whole, report.to_text()
    assert after.count("\n— ".encode()) == len(house.rows("SELECT 1 FROM checkpoint"))


def test_seals_of_many_at_once_leave_the_file_whole_and_in_order(house: House) -> None:
    def seal(number: int) -> None:
        with house.inside():
            for turn in range(5):
                accounts.make_unit("agency", f"y{number}-{turn}", "单位", "སྡེ་ཚན།", None, None)
                upkeep.seal_log()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(seal, range(8)))
    (file,) = (house.settings.home / "checkpoints").glob("*.notes")
    sizes = [int(line) for line in file.read_text("utf-8").splitlines() if line.isdecimal()]
    assert sizes == sorted(set(sizes)) == sorted(row[0] for row in house.rows("SELECT size FROM checkpoint"))
    with house.inside():
        assert verify_site(deep=True).is_whole
