"""Somebody with root changes the record: whatever row is changed, deleted, exchanged, cut off or rolled back, it is named."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from examsys.accounts.service import installation
from examsys.audit.service import latest_note
from examsys.bank import service as bank
from examsys.db import Raw
from examsys.domain.log import FIRST, step_hash
from examsys.domain.log import canonical as log_body
from examsys.exam import results, upkeep
from examsys.invigilation import service as invigilation
from examsys.supervision import verification
from examsys.supervision.report import Report
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.people import DROLMA, NORBU, candidate
from tests.supervision.desk import finished, seal, verified

Attack = Callable[[sqlite3.Connection], object]


@pytest.fixture
def lived(house: House) -> House:
    """A site on which everything has happened at least once: exams, a move, extra minutes, a voided question, a regrade."""
    finished(house, 2)
    one = house.seated(candidate(11), candidate(12))[1]
    session_id = one.session_id
    Kiosk.at(house, one, start="zh")
    with house.inside():
        examiner, norbu = house.actor(DROLMA), house.actor(NORBU)
        request = invigilation.ask(session_id, one.attempt_id, "extra", "5", "停电", False, examiner)
        invigilation.decide(request, True, "属实", norbu)
        request = invigilation.ask(session_id, one.attempt_id, "extra", "5", "再次停电", False, examiner)
        invigilation.decide(request, False, "不属实", norbu)
        voided = house.rows("SELECT content, question FROM mark LIMIT 1")[0]
        results.regrade(bank.withdraw(voided[1], "题目有误"), "题目有误")
        upkeep.seal_log()
    return house


@pytest.fixture
def whole(lived: House) -> House:
    """The same, and proved to be whole before anybody touches it."""
    assert verified(lived).is_whole, verified(lived).to_text()
    return lived


def attacked(house: House, attack: Attack) -> Report:
    """What the verifier says of a copy on which the triggers were dropped and the attack was made."""
    copy = house.settings.home / "attacked.sqlite3"
    live = house.settings.home / "examsys.sqlite3"
    with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        drops = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in drops:
            connection.execute(f"DROP TRIGGER {name}")
        attack(connection)
        with house.inside():
            report = verification.verify(installation().log, Raw(connection), True, None, None)
    copy.unlink()
    return report


def named(report: Report, *tables: str) -> list[str]:
    """The rows of these tables that the report names as broken, missing triggers apart."""
    return [each.row for each in report.broken if each.table in tables and each.what != "trigger.missing"]


def run(sql: str) -> Attack:
    return lambda connection: connection.execute(sql)


NTH = '(SELECT rowid FROM "{0}" ORDER BY rowid LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM "{0}"))'
CHANGED = [
    ("step", "body = X'7B7D'"), ("step", "hash = zeroblob(32)"), ("step", "kind = 'clear'"), ("step", "seq = 999"), ("step", "position = 7"),
    ("entry", "body = X'7B7D'"), ("entry", "kind = 'exam.start'"), ("entry", "at = '2001-01-01T00:00:00.000Z'"), ("entry", "actor = 'x'"),
    ("entry", "object = 'x'"), ("leaf", "hash = zeroblob(32)"), ("checkpoint", "root = zeroblob(32)"), ("checkpoint", "note = 'x'"),
    ("checkpoint", "state = X'00'"), ("attempt", "paper = X'7B7D'"), ("attempt", "paper_hash = 'x'"), ("attempt", "person_id = 'x'"),
    ("attempt", "candidate_id = 'x'"), ("attempt", "number = 9"), ("attempt", "session_id = 'x'"), ("attempt", "room_id = 'x'"),
    ("attempt", "unit_id = 'x'"), ("attempt", "examiner = 'x'"), ("attempt", "day = '2001-01-01'"), ("attempt", "subject = 'x'"),
    ("attempt", "licence_class = 'X'"), ("attempt", "profile = 'formal'"), ("attempt", "seat = '99'"), ("attempt", "allowed = allowed + 1"),
    ("attempt", "release_id = 'x'"), ("attempt", "policy = 'x'"), ("attempt", "at = '2001-01-01T00:00:00.000Z'"),
    ("result", "score = score + 1"), ("result", "passed = 1 - passed"), ("result", "pass_mark = 1"), ("result", "head = zeroblob(32)"),
    ("result", "before = 'x'"), ("result", "reason = 'x'"), ("mark", "chosen = 'x'"), ("mark", "is_right = 1 - is_right"),
    ("mark", "content = 'x'"), ("mark", "shown_ms = shown_ms + 1"), ("mark", "language = 'xx'"), ("content", "body = X'7B7D'"),
    ("release", "questions = '[]'"), ("release", "hash = 'x'"), ("release", "number = 'x'"), ("withdrawal", "reason = 'x'"),
    ("session", "room_id = 'x'"), ("session", "day = '2001-01-01'"), ("session", "made_by = 'x'"), ("lot", "body = X'7B7D'"),
    ("lot", "object = 'x'"), ("request", "value = '60'"), ("request", "reason = 'x'"), ("request", "asked_by = 'x'"),
    ("decision", "granted = 1 - granted"), ("decision", "decided_by = 'x'"),
    ("live", "state = 'x'"), ("live", "answered = answered + 1"), ("live", "used = used + 1"), ("live", "allowed = allowed + 1"),
    ("live", "provisional = 1 - provisional"), ("live", "seat = '99'"), ("live", "makeup = 'left'"), ("live", "session_id = 'x'"),
    ("live", "since = 1"), ("live", "moves = moves + 1"), ("live", "attempt_id = 'x'"), ("live", "position = position + 1"),
    ("session_live", "state = 'planned'"), ("session_live", "examiner = 'x'"), ("session_live", "release_id = 'x'"),
    ("live", "admission = 'x'"), ("live", "hold = 'x'"),
    ("unit", "kind = 'agency'"), ("unit", "code = 'x'"), ("unit", "name_zh = 'x'"), ("unit", "name_bo = 'x'"), ("unit", "parent = 'x'"),
    ("unit", "supervised_by = 'x'"), ("unit", "unit_id = 'x'"), ("unit", "site_id = 9"),
    ("post", "person_id = 'x'"), ("post", "unit_id = 'x'"), ("post", "role = 'publisher'"), ("post", "number = 'x'"),
    ("post", "valid_from = '2001-01-01'"), ("post", "valid_to = '2001-01-01'"), ("post", "granted_by = 'x'"), ("post", "post_id = 'x'"),
    ("post", "site_id = 9"),
    ("account", "person_id = 'x'"), ("account", "username = 'x'"), ("account", "password = 'x'"), ("account", "disabled = 1 - disabled"),
    ("account", "disabled = 2"), ("account", "version = version + 1"), ("account", "must_change = 1 - must_change"),
    ("account", "account_id = 'x'"), ("account", "site_id = 9"),
    ("room", "unit_id = 'x'"), ("room", "name_zh = 'x'"), ("room", "name_bo = 'x'"), ("room", "seats = seats + 1"), ("room", "room_id = 'x'"),
]  # fmt: skip
SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@SQLITE
def test_every_change_of_a_column_names_the_row(whole: House) -> None:
    unnamed = []
    for table, change in CHANGED:
        report = attacked(whole, run(f'UPDATE "{table}" SET {change} WHERE rowid = {NTH.format(table)}'))
        if not named(report, table):
            unnamed.append(f"{table}: {change}")
    assert not unnamed


EVIDENCE = (
    "attempt", "candidate", "checkpoint", "content", "decision", "entry", "leaf", "lot", "mark", "release", "request", "result",
    "session", "step", "withdrawal", "unit", "post", "account", "room",
)  # fmt: skip


@SQLITE
def test_every_deleted_row_is_named(whole: House) -> None:
    unnamed = [
        table
        for table in EVIDENCE
        if not named(attacked(whole, run(f'DELETE FROM "{table}" WHERE rowid = {NTH.format(table)}')), table)
    ]
    assert not unnamed


@SQLITE
def test_the_cut_off_end_of_every_table_is_named(whole: House) -> None:
    unnamed = [
        table
        for table in EVIDENCE
        if not named(
            attacked(whole, run(f'DELETE FROM "{table}" WHERE rowid = (SELECT MAX(rowid) FROM "{table}")')), table
        )
    ]
    assert not unnamed


def swap(table: str, key: str, columns: str, first: str, second: str) -> Attack:
    """Exchange the contents of two rows."""

    def attack(connection: sqlite3.Connection) -> None:
        rows = [
            connection.execute(f'SELECT {columns} FROM "{table}" WHERE {key}', (one,)).fetchone()
            for one in (first, second)
        ]
        places = ", ".join(f"{name.strip()} = ?" for name in columns.split(","))
        for one, row in zip((second, first), rows, strict=True):
            connection.execute(f'UPDATE "{table}" SET {places} WHERE {key}', (*row, one))

    return attack


@SQLITE
def test_steps_in_another_order_are_named(whole: House) -> None:
    attempt_id = whole.rows("SELECT attempt_id FROM live ORDER BY length DESC LIMIT 1")[0][0]
    key = f"attempt_id = '{attempt_id}' AND number = ?"
    report = attacked(whole, swap("step", key, "kind, body, hash", "4", "5"))
    assert f"{attempt_id}/4" in named(report, "step")


@SQLITE
def test_journals_of_two_candidates_exchanged_are_named(whole: House) -> None:
    first, second = (row[0] for row in whole.rows("SELECT attempt_id FROM result GROUP BY attempt_id LIMIT 2"))

    def attack(connection: sqlite3.Connection) -> None:
        for before, after in ((first, "x"), (second, first), ("x", second)):
            connection.execute("UPDATE step SET attempt_id = ? WHERE attempt_id = ?", (after, before))

    rows = named(attacked(whole, attack), "step")
    assert any(row.startswith(first) for row in rows)
    assert any(row.startswith(second) for row in rows)


@SQLITE
@pytest.mark.parametrize(
    ("table", "columns"), [("entry", "kind, at, actor, object, body"), ("content", "body"), ("result", "head, score")]
)
def test_rows_exchanged_are_named(whole: House, table: str, columns: str) -> None:
    first, second = (str(row[0]) for row in whole.rows(f'SELECT rowid FROM "{table}" ORDER BY rowid LIMIT 2'))
    assert len(named(attacked(whole, swap(table, "rowid = ?", columns, first, second)), table)) >= 2


@SQLITE
def test_places_of_the_tree_exchanged_are_named(whole: House) -> None:
    report = attacked(whole, swap("leaf", "idx = ?", "hash", "3", "4"))
    assert {"3", "4"} <= set(named(report, "leaf"))


@SQLITE
def test_an_entry_slipped_in_is_named(whole: House) -> None:
    insert = (
        "INSERT INTO entry SELECT site_id, 'f' || substr(entry_id, 2), kind, at, actor, object, body FROM entry LIMIT 1"
    )
    assert named(attacked(whole, run(insert)), "entry")


@SQLITE
def test_a_rewritten_step_with_all_hashes_made_anew_is_named_by_the_sealed_head(whole: House) -> None:
    attempt_id = whole.rows("SELECT attempt_id FROM result LIMIT 1")[0][0]

    def attack(connection: sqlite3.Connection) -> None:
        head = FIRST
        for number, body in connection.execute(
            "SELECT number, body FROM step WHERE attempt_id = ? ORDER BY number", (attempt_id,)
        ).fetchall():
            changed = body.replace(b'"seq":1,', b'"seq":2,') if number > 3 else body
            head = step_hash(head, changed)
            values = (changed, head, attempt_id, number)
            connection.execute("UPDATE step SET body = ?, hash = ? WHERE attempt_id = ? AND number = ?", values)
        connection.execute("UPDATE live SET head = ? WHERE attempt_id = ?", (head, attempt_id))

    report = attacked(whole, attack)
    assert any(each.what == "step.replaced" and each.row.startswith(attempt_id) for each in report.broken)


@SQLITE
def test_the_log_cut_off_with_its_checkpoints_is_named_by_the_file_outside(whole: House) -> None:
    size = whole.rows("SELECT MAX(size) FROM checkpoint")[0][0]

    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM checkpoint WHERE size = ?", (size,))
        last = connection.execute("SELECT MAX(size) FROM checkpoint").fetchone()[0]
        connection.execute("DELETE FROM entry WHERE entry_id IN (SELECT entry_id FROM leaf WHERE idx >= ?)", (last,))
        connection.execute("DELETE FROM leaf WHERE idx >= ?", (last,))

    report = attacked(whole, attack)
    assert any(each.what == "database.rolled_back" and each.row == str(size) for each in report.broken)


@SQLITE
def test_a_database_rolled_back_to_an_older_copy_is_named(whole: House) -> None:
    home = whole.settings.home
    with (
        closing(sqlite3.connect(home / "examsys.sqlite3")) as live,
        closing(sqlite3.connect(home / "older.sqlite3")) as copy,
    ):
        live.backup(copy)
    for one in whole.seated(candidate(13)):
        Kiosk.at(whole, one, start="bo").play(whole)
    seal(whole)
    with house_of(whole, "older.sqlite3") as connection, whole.inside():
        report = verification.verify(installation().log, Raw(connection), False, None, None)
    assert [each.what for each in report.broken] == ["database.rolled_back"]


def house_of(house: House, name: str) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(house.settings.home / name, isolation_level=None))


@SQLITE
@pytest.mark.parametrize("fault", ["gone", "cut", "changed"])
def test_the_file_of_checkpoints_is_watched_too(whole: House, fault: str) -> None:
    file = next((whole.settings.home / "checkpoints").glob("*.notes"))
    text = file.read_text("utf-8")
    if fault == "gone":
        shutil.move(file, file.with_suffix(".away"))
    elif fault == "cut":
        file.write_text(text[text.index("\n\n", text.index("\n\n") + 2) + 2 :], "utf-8")
    else:
        origin, _size, rest = text.split("\n", 2)
        file.write_text(f"{origin}\n1\n{rest}", "utf-8")
    assert not verified(whole, deep=False).is_whole


def test_a_checkpoint_held_elsewhere_is_the_beginning_of_the_log(house: House) -> None:
    finished(house)
    with house.inside():
        note = latest_note(installation().log)
    assert note is not None
    finished_more(house)
    assert verified(house, against=note.encode()).is_whole
    foreign = note.replace("examsys/site01", "examsys/site02").encode()
    assert not verified(house, against=foreign).is_whole


def finished_more(house: House) -> None:
    for one in house.seated(candidate(21)):
        Kiosk.at(house, one, start="bo").play(house)
    seal(house)


READ_AS_TEXT = (
    ("attempt", "paper"), ("step", "body"), ("step", "hash"), ("entry", "body"), ("leaf", "hash"), ("result", "head"), ("lot", "body"),
    ("content", "body"), ("checkpoint", "root"), ("live", "head"), ("release", "questions"),
)  # fmt: skip


@SQLITE
def test_a_row_that_cannot_be_read_is_named_and_stops_nothing(whole: House) -> None:
    for table, column in READ_AS_TEXT:
        report = attacked(whole, run(f"UPDATE \"{table}\" SET {column} = 'x' WHERE rowid = {NTH.format(table)}"))
        assert named(report, table), table
        assert "derived" in {each.what for each in report.findings.named}
    for change in ("name = X'00'", "name_bo = X'00'", "id_index = 'x'"):
        assert named(
            attacked(whole, run(f"UPDATE person SET {change} WHERE rowid = {NTH.format('person')}")), "person"
        ), change
    gone = attacked(whole, run("DELETE FROM person"))
    assert named(gone, "person", "attempt")


@SQLITE
def test_an_entry_of_another_shape_is_named_and_stops_nothing(whole: House) -> None:
    odd = log_body({"kind": "exam.scored", "object": "x", "actor": "x", "data": [1]})
    report = attacked(whole, lambda connection: connection.execute("UPDATE entry SET body = ?", (odd,)))
    assert "derived" in {each.what for each in report.findings.named}


@SQLITE
def test_a_key_that_nobody_says_was_erased_is_named(whole: House) -> None:
    one = whole.rows("SELECT person_id FROM attempt LIMIT 1")[0][0]
    report = attacked(whole, run(f"DELETE FROM person_key WHERE person_id = '{one}'"))
    assert named(report, "person_key") == [one]


@SQLITE
def test_a_standing_of_no_exam_is_named(whole: House) -> None:
    columns = ", ".join(row[1] for row in whole.rows("PRAGMA table_info(live)"))
    values = columns.replace("attempt_id", "'x'")
    assert "x" in named(attacked(whole, run(f"INSERT INTO live ({columns}) SELECT {values} FROM live LIMIT 1")), "live")


@SQLITE
def test_a_picture_changed_or_gone_is_named(house: House) -> None:
    finished(house)
    with house.inside():
        files = installation().store.folder.glob("??/*")
    one = next(each for each in files if each.read_bytes().lstrip().startswith(b"<"))
    one.chmod(0o600)
    one.write_bytes(b"<svg/>")
    assert [(each.what, each.row) for each in verified(house).broken] == [("picture.altered", one.name)]
    one.unlink()
    assert [(each.what, each.row) for each in verified(house).broken] == [("picture.missing", one.name)]


@SQLITE
def test_a_trigger_that_refuses_nothing_and_one_of_somebody_else_are_named(house: House) -> None:
    finished(house)
    house.write("DROP TRIGGER step_no_update")
    house.write("CREATE TRIGGER step_no_update BEFORE UPDATE ON step WHEN 0 BEGIN SELECT RAISE(ABORT, 'x'); END")
    house.write("CREATE TRIGGER other AFTER INSERT ON step BEGIN UPDATE live SET late = 0; END")
    report = verified(house, deep=False)
    assert [(each.what, each.row) for each in report.broken] == [
        ("trigger.missing", "step_no_update"),
        ("trigger.foreign", "other"),
    ]


def test_a_missing_trigger_is_said(house: House) -> None:
    finished(house)
    house.write("DROP TRIGGER mark_no_update" if house.settings.is_sqlite else "DROP TRIGGER mark_no_change ON mark")
    report = verified(house, deep=False)
    assert [(each.what, each.table) for each in report.broken] == [("trigger.missing", "mark")]


def test_a_whole_record_holds_on_both_databases(lived: House) -> None:
    report = verified(lived)
    assert report.is_whole, report.to_text()
    assert '"whole": true' in report.to_json()
