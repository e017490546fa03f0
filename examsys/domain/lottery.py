"""Drawing lots so that anybody can redo the draw.

Everybody who takes part gets a ticket: the SHA-256 of the seed, the purpose of the draw and the name that takes part.
The lowest tickets win. Nothing depends on the order in which names are given, on a library's idea of chance or on its
version, so a draw can be repeated years later with any tool that knows SHA-256.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from heapq import heapify, heappop

SEED_BYTES = 32
_TAG = b"examsys/lottery/1\0"


def ticket(seed: bytes, label: str) -> bytes:
    """The ticket (32 bytes) of `label` under `seed`; the seed has 32 bytes, so tag, seed and label cannot run together."""
    return sha256(_start(seed) + label.encode()).digest()


class Lots:
    """All `ids`, lowest ticket first, sorted only as far as somebody looks: a paper takes few of many.

    `purpose` keeps two draws from one seed independent of each other. Raises ValueError for an id that is given twice:
    nobody has two tickets.
    """

    def __init__(self, seed: bytes, purpose: str, ids: Iterable[str]) -> None:
        self._holders = _tickets(seed, purpose, ids)
        self._waiting = list(self._holders)
        heapify(self._waiting)
        self._drawn: list[str] = []

    def __len__(self) -> int:
        return len(self._holders)

    def __iter__(self) -> Iterator[str]:
        place = 0
        while place < len(self._holders):
            if place == len(self._drawn):
                self._drawn.append(self._holders[heappop(self._waiting)])
            yield self._drawn[place]
            place += 1


def draw_order(seed: bytes, purpose: str, ids: Iterable[str]) -> list[str]:
    """All `ids`, lowest ticket first; as `Lots`, at once."""
    holders = _tickets(seed, purpose, ids)
    return [holders[drawn] for drawn in sorted(holders)]


def draw_lowest(seed: bytes, purpose: str, ids: Iterable[str], count: int) -> list[str]:
    """The `count` of `ids` with the lowest tickets, lowest first; ValueError if there are fewer."""
    order = draw_order(seed, purpose, ids)
    if not 0 <= count <= len(order):
        raise ValueError(f"{count} lots asked for, {len(order)} names take part")
    return order[:count]


def _start(seed: bytes) -> bytes:
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
    return _TAG + seed


def _tickets(seed: bytes, purpose: str, ids: Iterable[str]) -> dict[bytes, str]:
    start = _start(seed) + f"{purpose}\0".encode()
    names = list(ids)
    holders = {sha256(start + name.encode()).digest(): name for name in names}
    if len(holders) != len(names):
        raise ValueError("a name takes part twice in one draw")
    return holders
