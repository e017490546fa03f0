"""Signing in and out: sessions as rows on the server, passwords made, changed and reset."""

import secrets
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import select

from ..clock import new_id, seconds_now
from ..db import Raw, append, db, here, transaction
from ..domain.access import HOUSE, Actor, Role
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.passwords import SHORTEST
from ..keys import keyed
from . import lockout, passwords
from .models import Account, Post
from .service import installation, posts_of, record

CONTACT_SECONDS = 5


class Login(NamedTuple):
    """A signed-in browser as the guard sees it."""

    login_id: str
    csrf: str
    account_id: str | None
    post_id: str | None
    attempt_id: str | None
    address: str
    version: int
    seen_at: int


def login_id_of(token: str) -> str:
    """What the server keeps of a cookie's token."""
    return keyed(installation().keys.codes, "login", token)


def find(token: str) -> Login | None:
    """The login that a cookie names, if it has not ended."""
    login_id = login_id_of(token)
    with here().reading() as raw:
        return find_all([login_id], raw).get(login_id)


def find_all(login_ids: Collection[str], raw: Raw) -> dict[str, Login]:
    """Those of these logins that are there and have not ended, by id."""
    rows = raw.all(
        "SELECT login_id, csrf, account_id, post_id, attempt_id, address, version, seen_at FROM login WHERE site_id = ? AND ended = ?"
        f" AND login_id IN ({', '.join('?' * len(login_ids))})",
        *(installation().site_id, False, *login_ids),
    )
    return {row[0]: Login(*row) for row in rows}


def open_login(
    raw: Raw,
    address: str,
    *,
    account_id: str | None = None,
    version: int = 1,
    post_id: str | None = None,
    attempt_id: str | None = None,
) -> tuple[str, Login]:
    """Make a login in the open transaction; returns the token for the cookie and the login."""
    token, csrf, moment = secrets.token_urlsafe(24), secrets.token_urlsafe(18), seconds_now()
    login = Login(login_id_of(token), csrf, account_id, post_id, attempt_id, address, version, moment)
    raw.run(
        "INSERT INTO login (site_id, login_id, csrf, account_id, version, post_id, attempt_id, address, made_at, seen_at, ended)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(
            installation().site_id,
            login.login_id,
            csrf,
            account_id,
            version,
            post_id,
            attempt_id,
            address,
            moment,
            moment,
            False,
        ),
    )
    return token, login


def end_login(login_id: str, raw: Raw) -> None:
    """End a login at once, in the open transaction."""
    raw.run("UPDATE login SET ended = ? WHERE login_id = ? AND site_id = ?", True, login_id, installation().site_id)


def rebind(login_id: str, attempt_id: str, raw: Raw) -> None:
    """Let a terminal go on with another attempt of the same candidate (the make-up)."""
    raw.run(
        "UPDATE login SET attempt_id = ? WHERE login_id = ? AND site_id = ?",
        attempt_id,
        login_id,
        installation().site_id,
    )


def touch(login: Login) -> None:
    """Note a contact, at most every few seconds."""
    moment = seconds_now()
    if moment - login.seen_at >= CONTACT_SECONDS:
        append(lambda raw: raw.run("UPDATE login SET seen_at = ? WHERE login_id = ?", moment, login.login_id) and None)


# -- staff ---------------------------------------------------------------------------------------------------


def name_key(username: str) -> str:
    """What is remembered of a user name that failed to sign in."""
    return keyed(installation().keys.codes, "username", username.strip().lower())


@transaction
def make_account(
    person_id: str, username: str, password: str, actor: Actor = HOUSE, *, must_change: bool = False
) -> str:
    """A staff account; the password must have 12 signs or more. RuleBroken('account.weak_password', 'account.taken').

    `must_change`: the password is handed out by somebody, and the first sign-in leads to nothing but changing it.
    """
    if len(password) < SHORTEST:
        raise RuleBroken("account.weak_password", length=SHORTEST)
    if db.session.scalar(select(Account).where(Account.username == username)) is not None:
        raise RuleBroken("account.taken")
    account = Account(
        site_id=installation().site_id, account_id=new_id(), person_id=person_id, username=username,
        password=passwords.hashed(password), version=1, disabled=False, must_change=must_change,
    )  # fmt: skip
    db.session.add(account)
    db.session.flush()
    data = {"person": person_id, "username": passwords.username_digest(account.account_id, username)}
    record(EntryKind.ACCOUNT_CREATE, actor, about=account.account_id, data={**data, **_password_told(account)})
    return account.account_id


def _password_told(account: Account) -> dict[str, Any]:
    """What an entry says of an account's password, so that one that was changed otherwise is noticed."""
    digest = passwords.password_digest(account.password)
    return {"password": digest, "version": account.version, "must_change": account.must_change}


def held_account(account_id: str) -> Account:
    """An account that nobody else can change until the open transaction ends. RuleBroken('account.unknown')."""
    account = db.session.get(
        Account, (installation().site_id, account_id), with_for_update=True, populate_existing=True
    )
    if account is None:
        raise RuleBroken("account.unknown")
    return account


def keep_password(account: Account, hashed: str, kind: EntryKind, actor: Actor, *, must_change: bool) -> None:
    """Give an account, held in the open transaction, another password: all its logins end, and an entry says so."""
    account.password, account.must_change = hashed, must_change
    account.version += 1
    db.session.flush()
    record(kind, actor, about=account.account_id, data=_password_told(account))


def sign_in(username: str, password: str, address: str, limits: lockout.Limits | None = None) -> tuple[str, Login]:
    """Sign a staff member in. RuleBroken('auth.unknown', 'auth.locked', 'auth.no_post')."""
    who = name_key(username)
    lockout.check_not_locked(who, address, limits or lockout.Limits())
    account = db.session.scalar(select(Account).where(Account.username == username.strip()))
    if not passwords.fits(account.password if account else None, password) or account is None or account.disabled:
        lockout.refuse(who, address, EntryKind.AUTH_LOGIN_FAILED)
        raise RuleBroken("auth.unknown")
    return sign_in_account(account, address)


def sign_in_account(account: Account, address: str, data: dict[str, Any] | None = None) -> tuple[str, Login]:
    """Open a login for an account whose holder has been recognised."""
    posts = posts_of(account.person_id)
    if not posts:
        raise RuleBroken("auth.no_post")
    first = posts[0]
    account_id, version, who = account.account_id, account.version, actor_of(account, first, address)

    def work(raw: Raw) -> tuple[str, Login]:
        record(EntryKind.AUTH_LOGIN, who, data=data, raw=raw)
        return open_login(raw, address, account_id=account_id, version=version, post_id=first.post_id)

    opened: tuple[str, Login] = append(work)
    return opened


def account_named(username: str) -> Account | None:
    """The account of a user name."""
    return db.session.scalar(select(Account).where(Account.username == username))


def usernames_of_person(username: str) -> frozenset[str]:
    """The user names of all accounts of the person who has this one; empty where nobody has it."""
    account = account_named(username)
    if account is None:
        return frozenset()
    return frozenset(db.session.scalars(select(Account.username).where(Account.person_id == account.person_id)))


def actor_of(account: Account, post: Post, address: str) -> Actor:
    """An account acting in one of its posts."""
    return Actor(account.account_id, account.person_id, post.post_id, Role(post.role), post.unit_id, address)


def actor_of_login(login: Login, idle_seconds: int, most_seconds: int) -> Actor | None:
    """Who a staff login acts as, or None if the account or post has ended, or the login is too old."""
    if login.account_id is None or login.post_id is None or seconds_now() - login.seen_at > idle_seconds:
        return None
    site_id = installation().site_id
    account = db.session.get(Account, (site_id, login.account_id))
    post = db.session.get(Post, (site_id, login.post_id))
    if account is None or post is None or account.disabled or account.version != login.version or post.valid_to:
        return None
    return actor_of(account, post, login.address)


def username_of(actor: Actor) -> str:
    """The user name of the account that acts. RuleBroken('account.unknown')."""
    account = db.session.get(Account, (installation().site_id, actor.account))
    if account is None:
        raise RuleBroken("account.unknown")
    return account.username


def owes_password(account_id: str | None) -> bool:
    """Whether an account must change the password that somebody handed out, before it opens anything."""
    account = db.session.get(Account, (installation().site_id, account_id)) if account_id else None
    return account is not None and account.must_change


def sign_out(login: Login, actor: Actor) -> None:
    """End a staff login."""

    def work(raw: Raw) -> None:
        end_login(login.login_id, raw)
        record(EntryKind.AUTH_LOGOUT, actor, raw=raw)

    append(work)


@transaction
def disable_account(account_id: str, reason: str, actor: Actor) -> None:
    """Close an account and end all its logins. RuleBroken('access.same_person') for one's own."""
    account = held_account(account_id)
    if account.account_id == actor.account:
        raise RuleBroken("access.same_person")
    account.disabled = True
    account.version += 1
    record(EntryKind.ACCOUNT_DISABLE, actor, about=account_id, data={"reason": reason, "version": account.version})
