"""Passwords of staff: argon2id in a pool of two, what the log says of them, and which ones are refused."""

import secrets
import threading
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..audit.rows import row_digest
from ..domain.passwords import check_password
from ..keys import keyed
from .service import installation

HASHES_AT_ONCE = threading.BoundedSemaphore(2)  # 19 MiB each: never more than two at a time
COMMON = Path(__file__).with_name("common_passwords.txt")


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's argon2id setting


def hashed(password: str) -> str:
    """What is stored of a password; takes a while, so never inside a write transaction of a running site."""
    with HASHES_AT_ONCE:
        return _hasher().hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where nothing is stored as where something is."""
    with HASHES_AT_ONCE:
        try:
            return _hasher().verify(stored or _nobody(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def first_password() -> str:
    """A password to be handed out: random, 20 signs of the URL alphabet."""
    return secrets.token_urlsafe(15)


def check_own(password: str, username: str) -> None:
    """RuleBroken names why somebody may not choose this password."""
    check_password(password, username, common())


@cache
def common() -> frozenset[str]:
    """Common passwords and the words that they are made of, in small letters."""
    lines = COMMON.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


# -- what entries say ----------------------------------------------------------------------------------------


def password_digest(stored: str) -> str:
    """What an entry says of a stored password: a hash of the hash, whose random salt stands in no entry."""
    return row_digest(stored)


def username_digest(account_id: str, username: str) -> str:
    """What an entry says of a user name, which may be somebody's name: keyed, and of use for this account alone."""
    return keyed(installation().keys.codes, "account", account_id, username)
