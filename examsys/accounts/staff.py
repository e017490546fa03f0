"""Staff at their desks: their names and posts, the post they act in, and what the security administrator does to accounts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..clock import seconds_now
from ..db import Raw, append, here, transaction
from ..domain.access import Actor
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..keys import keyed
from . import lockout, logins, passwords
from .lockout import Limits
from .logins import Login
from .models import Account, Post
from .service import accounts, installation, person, post, posts_of, record, supervisors_of, unit


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds, as pages show it; `role` is a name of domain.access.Role."""

    post_id: str
    role: str
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class Member:
    """An account in the register: who, in which posts, and whether it can be signed in to."""

    account_id: str
    username: str
    name: str
    posts: tuple[Held, ...]
    disabled: bool
    locked: bool
    must_change: bool  # has not changed the password that was handed out
    signed_in: int  # open logins


def held_by(person_id: str) -> tuple[Held, ...]:
    """The posts that a person holds now, in the order they were given."""
    return tuple(_held(row) for row in posts_of(person_id))


def _held(row: Post) -> Held:
    return Held(row.post_id, row.role, row.number, unit(row.unit_id).name_zh)


def switch_post(login: Login, post_id: str, actor: Actor) -> None:
    """Act in another of one's own posts. RuleBroken('post.unknown') for anybody else's."""
    wanted = {row.post_id for row in posts_of(actor.person or "")}
    if post_id not in wanted:
        raise RuleBroken("post.unknown")

    def work(raw: Raw) -> None:
        raw.run(
            "UPDATE login SET post_id = ? WHERE login_id = ? AND site_id = ?",
            post_id, login.login_id, installation().site_id,
        )  # fmt: skip
        record(EntryKind.AUTH_LOGIN, actor, about=post_id, data={"switched_from": actor.post}, raw=raw)

    append(work)


# -- the security administrator ------------------------------------------------------------------------------


def in_care(actor: Actor) -> list[Account]:
    """The accounts whose holders have a post in the administrator's unit or one it supervises; those without a post are the top's."""
    seen = []
    for account in accounts():
        places = [row.unit_id for row in posts_of(account.person_id)]
        if any(actor.unit in supervisors_of(place) for place in places) or not (places or _above(actor)):
            seen.append(account)
    return seen


def _above(actor: Actor) -> bool:
    """Whether anybody supervises the actor's unit."""
    return actor.unit is None or len(supervisors_of(actor.unit)) > 1


def register(actor: Actor) -> list[Member]:
    """The accounts in an administrator's care, by user name."""
    listed = in_care(actor)
    locked = locked_out(logins.name_key(account.username) for account in listed)
    site_id = installation().site_id
    with here().reading() as raw:
        rows = raw.all(
            "SELECT account_id, version, COUNT(*) FROM login WHERE site_id = ? AND account_id IS NOT NULL AND ended = ? AND seen_at > ?"
            " GROUP BY account_id, version",
            *(site_id, False, seconds_now() - 3_600),
        )
    opened = {(row[0], row[1]): row[2] for row in rows}
    return [
        Member(
            account.account_id,
            account.username,
            person(account.person_id).name,
            held_by(account.person_id),
            account.disabled,
            logins.name_key(account.username) in locked,
            account.must_change,
            opened.get((account.account_id, account.version), 0),
        )
        for account in listed
    ]


def account_in_care(account_id: str, actor: Actor) -> Account:
    """One account. RuleBroken('account.unknown') for one that is not in this administrator's care."""
    for account in in_care(actor):
        if account.account_id == account_id:
            return account
    raise RuleBroken("account.unknown")


def disable(account_id: str, reason: str, actor: Actor) -> None:
    """Close an account and end its logins. RuleBroken('reason.missing', 'account.unknown', 'access.same_person')."""
    if not reason.strip():
        raise RuleBroken("reason.missing")
    account_in_care(account_id, actor)
    logins.disable_account(account_id, reason.strip(), actor)


def unlock(account_id: str, actor: Actor) -> None:
    """Lift the lock that failed tries put on a user name."""
    lockout.unlock(logins.name_key(account_in_care(account_id, actor).username), actor)


@transaction
def end_logins(account_id: str, actor: Actor) -> None:
    """End all logins of an account: its version changes, so that every cookie of before names nothing."""
    account_in_care(account_id, actor)
    account = logins.held_account(account_id)
    account.version += 1
    record(EntryKind.AUTH_SESSION_KILLED, actor, about=account_id, data={"version": account.version})


def reset_password(account_id: str, actor: Actor) -> str:
    """Another first password in the place of one that was lost, kept nowhere else; all logins of the account end.

    RuleBroken('account.unknown', 'access.same_person') for the own account, whose password is changed and not reset.
    """
    account_in_care(account_id, actor)
    if account_id == actor.account:
        raise RuleBroken("access.same_person")
    password = passwords.first_password()
    hashed = passwords.hashed(password)
    _reset(account_id, hashed, actor)
    return password


@transaction
def _reset(account_id: str, hashed: str, actor: Actor) -> None:
    account = logins.held_account(account_id)
    logins.keep_password(account, hashed, EntryKind.AUTH_PASSWORD_RESET, actor, must_change=True)


# -- locks and contacts --------------------------------------------------------------------------------------


def id_number_key(id_number: str) -> str:
    """What is remembered of an ID number that failed to sign in at a terminal."""
    return keyed(installation().keys.codes, "id_number", id_number.strip().upper())


def locked_out(whos: Iterable[str], limits: Limits | None = None) -> frozenset[str]:
    """Which of these names are locked at some address."""
    bounds = limits or Limits()
    with here().reading() as raw:
        rows = raw.all(
            "SELECT who FROM refusal WHERE site_id = ? AND at > ? GROUP BY who, address HAVING COUNT(*) >= ?",
            *(installation().site_id, seconds_now() - bounds.seconds, bounds.failures),
        )
    return frozenset(row[0] for row in rows) & frozenset(whos)


def silent_for(attempt_ids: Collection[str]) -> dict[str, int]:
    """Seconds since the terminal of each of these attempts was last heard; attempts that no terminal holds are left out."""
    marks = ", ".join("?" * len(attempt_ids))
    with here().reading() as raw:
        rows = raw.all(
            f"SELECT attempt_id, MAX(seen_at) FROM login WHERE site_id = ? AND ended = ? AND attempt_id IN ({marks or 'NULL'}) GROUP BY attempt_id",
            *(installation().site_id, False, *attempt_ids),
        )
    moment = seconds_now()
    return {row[0]: max(0, moment - row[1]) for row in rows}


def post_number(post_id: str | None) -> str:
    """A post's number, which pages and papers show instead of a name."""
    return post(post_id).number if post_id else ""
