"""Which passwords staff may choose: length, nothing that is tried first, not the user name. No rule about kinds of signs."""

from collections.abc import Collection
from typing import Final

from .errors import RuleBroken

SHORTEST: Final = 12
LONGEST: Final = 400
_UNIT = 8  # signs; what is repeated beyond that may be long enough by itself
_NAME = 3  # signs; a shorter user name stands in too many words
_AS_LETTERS = str.maketrans("@4831!05$7", "aabeiiosst")  # signs written for the letters they look like


def check_password(password: str, username: str, common: Collection[str]) -> None:
    """RuleBroken('account.weak_password', 'account.long_password', 'account.own_name', 'account.common_password').

    `common`: words and whole passwords that are tried first, in small letters.
    """
    if len(password) < SHORTEST:
        raise RuleBroken("account.weak_password", length=SHORTEST)
    if len(password) > LONGEST:
        raise RuleBroken("account.long_password", length=LONGEST)
    folded = password.casefold()
    if len(username) >= _NAME and username.casefold() in folded:
        raise RuleBroken("account.own_name")
    if _repeats(folded) or _runs(folded) or _is_common(folded, common):
        raise RuleBroken("account.common_password")


def _repeats(text: str) -> bool:
    """Whether it is one short piece again and again."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, _UNIT + 1))


def _runs(text: str) -> bool:
    """Whether nearly every sign is the one before, or its neighbour: 123456789012, abcdefghijkl, 112233445566."""
    steps = [ord(after) - ord(before) for before, after in zip(text, text[1:], strict=False)]
    return sum(abs(step) <= 1 for step in steps) >= len(steps) - 2


def _is_common(text: str, common: Collection[str]) -> bool:
    """Whether it is made of nothing but what everybody tries, with figures and other signs around it."""
    core = "".join(sign for sign in text if sign.isalpha())
    inner = text.strip("0123456789!?.,;:-_#*+=()<>/&% ")
    forms = {text, core, inner.translate(_AS_LETTERS)}
    return any(form and _made_of(form, common) for form in forms)


def _made_of(text: str, common: Collection[str]) -> bool:
    """Whether the text is a row of common words."""
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(reached[start] and text[start:end] in common for start in range(end))
    return reached[-1]
