"""Lockout: failed sign-ins are remembered by what was tried and from where, and too many close the door for a while."""

from dataclasses import dataclass

from ..clock import new_id, seconds_now
from ..db import Raw, append, here
from ..domain.access import HOUSE, Actor
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from .service import installation, record


@dataclass(frozen=True, slots=True)
class Limits:
    """How many failures are borne: for one name from one address in `seconds`, and for one address in a minute."""

    failures: int = 5
    seconds: int = 30 * 60
    address_per_minute: int = 120


def check_not_locked(who: str, address: str, limits: Limits) -> None:
    """RuleBroken('auth.locked') after too many failures for this name at this address, or for the address alone."""
    moment = seconds_now()
    with here().reading() as raw:
        name = raw.one(
            "SELECT COUNT(*) FROM refusal WHERE who = ? AND address = ? AND at > ?",
            who,
            address,
            moment - limits.seconds,
        )[0]
        terminal = raw.one("SELECT COUNT(*) FROM refusal WHERE address = ? AND at > ?", address, moment - 60)[0]
    if name >= limits.failures:
        raise RuleBroken("auth.locked", minutes=limits.seconds // 60)
    if terminal >= limits.address_per_minute:
        raise RuleBroken("auth.locked", minutes=1)


def refuse(who: str, address: str, kind: EntryKind, actor: Actor = HOUSE) -> None:
    """Remember a failed sign-in and log it."""

    def work(raw: Raw) -> None:
        raw.run(
            "INSERT INTO refusal (site_id, refusal_id, who, address, at) VALUES (?, ?, ?, ?, ?)",
            *(installation().site_id, new_id(), who, address, seconds_now()),
        )
        record(kind, Actor(address=address), data={"who": who[:16]}, raw=raw)

    append(work)


def unlock(who: str, actor: Actor) -> None:
    """Forget the failures of a name: the examiner lifts a lock at a seat, the security administrator one of an account."""

    def work(raw: Raw) -> None:
        raw.run("DELETE FROM refusal WHERE who = ?", who)
        record(EntryKind.AUTH_UNLOCKED, actor, data={"who": who[:16]}, raw=raw)

    append(work)
