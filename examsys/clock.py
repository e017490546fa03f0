"""The one place that reads time: wall clock for people, monotonic clock for decisions, boot id to know when it restarted."""

import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple


class Instant(NamedTuple):
    """One moment: `wall` is shown and logged, `mono` (µs of CLOCK_MONOTONIC) decides, `boot` says which boot `mono` counts from."""

    wall: datetime
    mono: int
    boot: str


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip().replace("-", "")
    except (
        OSError
    ):  # not Linux: every process then counts as a boot of its own, which only makes outages longer, never time lost
        return secrets.token_hex(16)


BOOT = _boot_id()


def _real() -> Instant:
    return Instant(datetime.now(UTC), time.monotonic_ns() // 1000, BOOT)


_source: Callable[[], Instant] = _real


def now() -> Instant:
    """The present moment."""
    return _source()


def seconds_now() -> int:
    """POSIX seconds, for what is remembered and shown; no decision about an exam's time reads it."""
    return int(now().wall.timestamp())


@contextmanager
def pretending(source: Callable[[], Instant]) -> Iterator[None]:
    """Let this process live at another time: for the demonstration's finished morning and for tests, never in `serve`."""
    global _source
    _source = source
    try:
        yield
    finally:
        _source = _real


def sleep(seconds: float) -> None:
    """Wait; kept here so that nothing else needs the time module."""
    time.sleep(seconds)


_id_turn = threading.Lock()
_last_id = 0


def new_id() -> str:
    """A UUIDv7 (RFC 9562) as 32 hex digits, made without a database; those of one process sort in the order of their making."""
    global _last_id
    prefix = int(now().wall.timestamp() * 1000) << 12
    with _id_turn:
        # RFC 9562 method 1: within one millisecond the 12 bits after it count upwards
        _last_id = prefix = (
            max(prefix, _last_id + 1) if prefix >> 12 <= _last_id >> 12 < (prefix >> 12) + 10_000 else prefix
        )
    value = prefix >> 12 << 80 | 0x7 << 76 | (prefix & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value).hex
