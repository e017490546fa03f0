"""The record itself: canonical bytes, the chain of an attempt's steps, commitments to personal data.

The stored bytes are the evidence; columns are read from them. A step's body names its attempt and its number in
that attempt, so that a chain cannot be passed off as another attempt's.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

FIRST = bytes(32)  # what stands in the place of a previous hash before an attempt's first step
MAX_INTEGER = 2**53 - 1  # beyond this RFC 8785 readers round, as numbers there are IEEE doubles
_STEP = b"examsys/step/1\0"
_LAST_PLAIN = "\ud7ff"  # up to here the order of code points is the order of UTF-16 units, which RFC 8785 asks for
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_LONG_NUMBER = re.compile(rb"9[0-9]{15}|[0-9]{17}")  # others cannot pass MAX_INTEGER


def _no_float(text: str) -> Any:
    raise ValueError(f"not an integer: {text}")


_decode = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode


class NotCanonical(ValueError):  # noqa: N818  named by what happened
    """A value that has no single canonical form, or bytes that are not in it."""


class ChainFault(StrEnum):
    """In what way a chain of steps is broken."""

    ALTERED = "altered"  # body or hash edited, or the step before it taken out
    DISPLACED = "displaced"  # the step is whole, but follows another step than the one before it
    CUT = "cut"  # steps missing at the end, against a head or a length known from elsewhere
    SURPLUS = "surplus"  # more steps than the length known from elsewhere
    REPLACED = "replaced"  # whole in itself, but not the chain whose head is known from elsewhere


class ChainBroken(ValueError):  # noqa: N818  named by what happened
    """A chain does not hold; `position` counts steps from 1 (for CUT: the first one missing)."""

    def __init__(self, position: int, fault: ChainFault) -> None:
        super().__init__(f"step {position}: {fault}")
        self.position = position
        self.fault = fault


def canonical(value: Any) -> bytes:
    """The one byte form of a value after RFC 8785, for str, int, bool, None, list, tuple and dict with str keys.

    Floats, integers beyond 2**53 - 1 (nanoseconds since boot: write milliseconds), lone surrogates and keys beyond
    U+D7FF raise NotCanonical. Texts are taken as they are: normalise before.
    """
    _check(value)
    try:
        return _encode(value).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def decode(body: bytes) -> Any:
    """The value of canonical bytes; NotCanonical when they are any other spelling of it (or no JSON at all)."""
    try:
        value = _decode(body.decode())
        made = _encode(value).encode() if body.isascii() and not _LONG_NUMBER.search(body) else canonical(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if made != body:
        raise NotCanonical("not in canonical form")
    return value


def _check(value: Any) -> None:
    """Refuse what has no single form; the types of almost every value are told apart without a call."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical(f"integer beyond 2**53 - 1: {value}")
    elif kind is dict:
        for key, item in value.items():
            if not isinstance(key, str) or not (key.isascii() or max(key) <= _LAST_PLAIN):
                raise NotCanonical(f"key {key!r}")
            if type(item) is not str:
                _check(item)
    elif kind is list or kind is tuple:
        for item in value:
            if type(item) is not str:
                _check(item)
    elif isinstance(value, str):
        return  # an enum of texts
    else:
        raise NotCanonical(f"{kind.__name__} has no canonical form here")


def step_hash(previous: bytes, body: bytes) -> bytes:
    """The hash which seals a step's body to the step before it (FIRST where there is none)."""
    return hashlib.sha256(_STEP + previous + body).digest()


def verify_chain(
    steps: Iterable[tuple[bytes, bytes]], *, head: bytes | None = None, length: int | None = None
) -> bytes:
    """The head of (body, hash) pairs in order, each of which follows from the one before; else ChainBroken.

    Only `head` and `length`, known from the log (entry log.heads) or a paper, show that the tail was cut.
    """
    steps = steps if isinstance(steps, Sequence) else list(steps)
    previous = FIRST
    sha256, prefix = hashlib.sha256, _STEP
    for position, (body, sealed) in enumerate(steps, 1):
        if sha256(prefix + previous + body).digest() != sealed:
            raise ChainBroken(position, _fault_of(steps, body, sealed))
        previous = sealed
    if length is not None and len(steps) != length:
        short = len(steps) < length
        raise ChainBroken((len(steps) if short else length) + 1, ChainFault.CUT if short else ChainFault.SURPLUS)
    if head is not None and previous != head:
        raise ChainBroken(max(1, len(steps)), _fault_at_end(steps, head))
    return previous


def _fault_of(steps: Sequence[tuple[bytes, bytes]], body: bytes, sealed: bytes) -> ChainFault:
    predecessors = [FIRST, *(other for _, other in steps)]
    if any(step_hash(previous, body) == sealed for previous in predecessors):
        return ChainFault.DISPLACED
    return ChainFault.ALTERED


def _fault_at_end(steps: Sequence[tuple[bytes, bytes]], head: bytes) -> ChainFault:
    if head == FIRST or any(sealed == head for _, sealed in steps):
        return ChainFault.SURPLUS
    return ChainFault.REPLACED


def commitment(key: bytes, field: str, value: str) -> str:
    """Hex HMAC-SHA-256 that binds an entry to a person's field without showing it (evidence.md 2.6).

    `key` is the person's own 32 random bytes: once it is deleted, nobody can link the entry to the value any more.
    """
    return hmac.new(_key(key), field.encode() + b"\0" + value.encode(), hashlib.sha256).hexdigest()


def blind_index(key: bytes, value: str) -> str:
    """Hex HMAC by which an encrypted value is found again; `key` (32 bytes) belongs to the site, not to a person."""
    return hmac.new(_key(key), b"examsys/index/1\0" + value.encode(), hashlib.sha256).hexdigest()


def _key(key: bytes) -> bytes:
    if len(key) != 32:
        raise ValueError("a key is 32 bytes")
    return key
