"""Sealing: every entry gets one place in the tree, every grown journal is named, and who cuts or rolls back is found out."""

import shutil
from pathlib import Path

import pytest

from examsys.accounts.service import installation
from examsys.audit import service as audit
from examsys.domain.checkpoint import open_note
from examsys.exam import upkeep
from examsys.supervision.service import verify_site
from tests.exam.kiosk import Kiosk
from tests.exam.threads import at_once
from tests.factories import House


def test_sealing_leaves_nothing_behind_and_sealing_again_adds_nothing(house: House) -> None:
    Kiosk.at(house, house.seated()[0], start="bo").play(house)
    with house.inside():
        note = upkeep.seal_log()
        assert note is not None
        opened = open_note(note.encode(), [installation().log.verifier])
        assert upkeep.seal_log() is None
        assert audit.latest_note(installation().log) == note
    assert house.rows("SELECT COUNT(*) FROM unsealed") == [(0,)]
    assert house.rows("SELECT COUNT(*) FROM leaf") == house.rows("SELECT COUNT(*) FROM entry") == [(opened.size,)]


def test_the_log_names_the_head_of_every_journal_that_grew(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    with house.inside():
        upkeep.seal_log()
    kiosk.view({"kind": "shown", "position": 2, "value": "question", "ms": 5})
    with house.inside():
        upkeep.seal_log()
    head = house.rows("SELECT head, length FROM live WHERE attempt_id = ?", kiosk.attempt)[0]
    assert house.entries("log.heads")[-1]["data"]["heads"] == [[kiosk.attempt, head[1], bytes(head[0]).hex()]]


def test_checkpoints_also_stand_outside_the_database(house: House) -> None:
    house.seated()
    with house.inside():
        note = upkeep.seal_log()
        assert note is not None
        log = installation().log
    kept = b"".join(path.read_bytes() for path in log.folder.iterdir())
    assert note.encode() in kept


def test_sealers_at_once_make_one_tree(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    right = house.right_answers(kiosk.attempt)

    def act(number: int) -> None:
        with house.inside():
            for _ in range(3):
                upkeep.seal_log()

    for position in (1, 2, 3):
        kiosk.answer(position, right[position], position)
        at_once(6, act)
    assert house.broken() == []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_database_that_was_rolled_back_is_found_out(house: House, tmp_path: Path) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    with house.inside():
        upkeep.seal_log()
    house.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(house.settings.home / "examsys.sqlite3", tmp_path / "before.sqlite3")
    kiosk.play(house)
    with house.inside():
        held = upkeep.seal_log()
        assert held is not None
    house.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(tmp_path / "before.sqlite3", house.settings.home / "examsys.sqlite3")
    for tail in ("-wal", "-shm"):
        (house.settings.home / f"examsys.sqlite3{tail}").unlink(missing_ok=True)
    with house.restarted() as again, again.app_context():
        report = verify_site(against=held.encode())
        assert {"against.larger"} <= {found.what for found in report.broken}
        assert any(
            found.what != "against.larger" for found in report.broken
        )  # also the file beside the database says so
