"""The one place that reads time: wall clock for people, monotonic clock for decisions, boot id to know when it restarted."""

import secrets
import time
import uuid
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


def now() -> Instant:
    """The present moment."""
    return Instant(datetime.now(UTC), time.monotonic_ns() // 1000, BOOT)


def sleep(seconds: float) -> None:
    """Wait; kept here so that nothing else needs the time module."""
    time.sleep(seconds)


def new_id() -> str:
    """A UUIDv7 (RFC 9562) as 32 hex digits: sorts by time of making, needs no database."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return uuid.UUID(int=value).hex
