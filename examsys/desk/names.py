"""Under which name somebody stands in the bank's files: the user name of the account; and who that is."""

from ..accounts import logins
from ..domain.access import Actor


def of_actor(actor: Actor) -> str:
    """The user name of who acts; RuleBroken('account.unknown') for the house, which writes no question."""
    return logins.username_of(actor)


def persons(username: str | None) -> frozenset[str]:
    """All names of the person behind a name; a name from another site stands for itself."""
    return (logins.usernames_of_person(username) or frozenset({username})) if username else frozenset()


def name_of(account: str | None) -> str:
    """The user name behind an account of a version or remark; empty for the house."""
    return of_actor(Actor(account=account)) if account else ""
