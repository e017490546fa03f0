"""The press: the child process that makes papers, and what happens when it dies, hangs or is not there."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from examsys.certificates import worker
from examsys.certificates.pades import fingerprint, identity, read_paper
from examsys.certificates.worker import Worker
from examsys.domain.errors import RuleBroken

PAGE = '<html lang="zh-CN"><title>t</title><p>考试</p></html>'.encode()
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a signing identity."""
    found, made = identity(tmp_path_factory.mktemp("keys"), "test", MOMENT)
    assert made
    return found.folder


@pytest.fixture(scope="module")
def press() -> Iterator[Worker]:
    """A press of its own, so that it can be killed."""
    made = Worker()
    yield made
    made._end_child()


def make(press: Worker, keys: Path, body: bytes = PAGE) -> bytes:
    order = {"do": "print", "keys": str(keys), "style": "certificates/paper.css"}
    return press.order(order, body).result(60)[1]


def test_it_prints_and_signs(press: Worker, keys: Path) -> None:
    pdf = make(press, keys)
    found = read_paper(pdf, [(keys / "papers-ca.crt").read_bytes()])
    assert (found.signed, found.intact, found.trusted) == (True, True, True)


def test_after_the_child_was_killed_the_next_sheet_is_made(press: Worker, keys: Path) -> None:
    make(press, keys)
    before = press.child
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert make(press, keys).startswith(b"%PDF")
    assert press.child != before


def test_a_child_that_hangs_is_replaced(press: Worker, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(press, keys)
    before = press.child
    assert before is not None
    os.kill(before, signal.SIGSTOP)
    monkeypatch.setattr(worker, "PRINT_SECONDS", 0)
    with pytest.raises(RuleBroken, match=r"sheet\.unavailable"):
        make(press, keys)
    monkeypatch.undo()
    assert make(press, keys).startswith(b"%PDF")


def test_an_order_that_cannot_be_done_does_not_stop_the_press(press: Worker, keys: Path, tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match=r"sheet\.unavailable"):
        make(press, tmp_path / "no keys here")
    with pytest.raises(RuleBroken, match=r"sheet\.unavailable"):
        make(press, keys, b"\xff\xfe not utf-8")
    assert make(press, keys).startswith(b"%PDF")


def test_a_child_is_retired_after_its_share(press: Worker, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(press, keys)
    before = press.child
    monkeypatch.setattr(worker, "MOST_ORDERS", 1)
    make(press, keys)
    assert press.child != before


def test_too_many_orders_are_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_WAITING", 1)
    full = Worker()
    full._thread = worker.threading.current_thread()  # nobody works
    full.order({"do": "warm"})
    with pytest.raises(RuleBroken, match=r"sheet\.being_made"):
        full.order({"do": "warm"})


def test_the_identity_is_made_once_and_its_key_is_nobody_elses_to_read(tmp_path: Path) -> None:
    first, made = identity(tmp_path / "k", "test", MOMENT)
    again, made_again = identity(tmp_path / "k", "other", MOMENT)
    assert (made, made_again) == (True, False)
    assert fingerprint(first.certificate) == fingerprint(again.certificate)
    assert first.key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.4", b"%PDF-1.7\n" + os.urandom(2000), b"hello"])
def test_reading_junk_says_no_to_all(junk: bytes) -> None:
    found = read_paper(junk, [])
    assert (found.statement, found.signed, found.intact, found.trusted) == ("", False, False, False)


def test_a_hall_that_asks_at_once_leaves_threads_to_the_exam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_HELD", 1)
    asked = Worker()
    with asked._held, pytest.raises(RuleBroken, match=r"sheet\.being_made"):
        asked.wait(worker.Future(), 60)
    ready: worker.Future[worker.Answer] = worker.Future()
    ready.set_result(({}, b"pdf"))
    with asked._held:
        assert asked.wait(ready, 0) == ({}, b"pdf")
