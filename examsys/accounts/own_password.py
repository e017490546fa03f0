"""A member of staff changes the own password."""

from ..db import db, here
from ..domain.access import Actor
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from . import lockout, logins, passwords
from .logins import Login
from .models import Account
from .service import installation


def change(login: Login, before: str, wanted: str, again: str, actor: Actor) -> tuple[str, Login]:
    """Change the password of the account that is signed in: every login of it ends, a new one for this browser is returned with its token.

    RuleBroken('account.not_repeated', 'account.weak_password', 'account.long_password', 'account.own_name',
    'account.common_password', 'account.wrong_password', 'account.same_password', 'auth.locked').
    """
    account = db.session.get(Account, (installation().site_id, login.account_id))
    if account is None:
        raise RuleBroken("account.unknown")
    if wanted != again:
        raise RuleBroken("account.not_repeated")
    passwords.check_own(wanted, account.username)
    version = account.version
    _recognise(account, before, login.address)
    if wanted == before:
        raise RuleBroken("account.same_password")
    hashed = passwords.hashed(wanted)
    with here().transaction():
        held = logins.held_account(str(login.account_id))
        if held.version != version or held.disabled:
            raise RuleBroken("auth.sign_in_first")  # somebody ended this login meanwhile
        logins.keep_password(held, hashed, EntryKind.AUTH_PASSWORD_CHANGED, actor, must_change=False)
        raw = here().current()
        logins.end_login(login.login_id, raw)
        return logins.open_login(
            raw, login.address, account_id=held.account_id, version=held.version, post_id=login.post_id
        )


def _recognise(account: Account, password: str, address: str) -> None:
    """Failures count like failed sign-ins: a desk that was left open is no place to guess at."""
    who = logins.name_key(account.username)
    lockout.check_not_locked(who, address, lockout.Limits())
    if not passwords.fits(account.password, password):
        lockout.refuse(who, address, EntryKind.AUTH_LOGIN_FAILED)
        raise RuleBroken("account.wrong_password")
