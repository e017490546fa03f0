"""The tree over a site's log entries: RFC 6962 hashing, proofs that an entry is in it and that it only ever grew.

A complete subtree is named by (level, index): it covers the leaves index * 2**level up to (index + 1) * 2**level.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
Node = Callable[[int, int], bytes]  # (level, index) -> hash of that complete subtree; level 0 are the leaf hashes
_BLOCK = 12  # extend() works in blocks of 2**12 leaves: fast, and never more of them in memory


class TreeStateBroken(ValueError):  # noqa: N818  named by what happened
    """A stored tree state that no tree can have."""


def leaf_hash(body: bytes) -> bytes:
    """The hash of an entry's bytes as a leaf."""
    return hashlib.sha256(b"\0" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node. The prefix differs from a leaf's, so that neither can be passed off as the other."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A growing tree that remembers only the roots of its complete subtrees (about 20 for a million leaves)."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # one for each 1 bit of size, the largest subtree first

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf hash; the inner nodes (level, index, hash) that it completed, for whoever stores them."""
        return self._push(leaf, 0)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes, without telling the inner nodes: several times faster than append."""
        rest = iter(leaves)
        while self.size % (1 << _BLOCK):
            leaf = next(rest, None)
            if leaf is None:
                return
            self._push(leaf, 0)
        while block := list(islice(rest, 1 << _BLOCK)):
            if len(block) == 1 << _BLOCK:
                self._push(_perfect_root(block), _BLOCK)
            else:
                for leaf in block:
                    self._push(leaf, 0)

    def _push(self, subtree: bytes, level: int) -> list[tuple[int, int, bytes]]:
        completed = []
        index = self.size >> level
        self.size += 1 << level
        while index & 1:
            subtree = node_hash(self._peaks.pop(), subtree)
            level, index = level + 1, index >> 1
            completed.append((level, index, subtree))
        self._peaks.append(subtree)
        return completed

    def root(self) -> bytes:
        """The root over all leaves so far; of an empty tree the SHA-256 of nothing."""
        return _fold(self._peaks)

    def state(self) -> bytes:
        """The tree as bytes: size (8, big-endian) and peaks; `from_state` goes on from there."""
        return self.size.to_bytes(8, "big") + b"".join(self._peaks)

    @classmethod
    def from_state(cls, state: bytes) -> "Tree":
        """The tree of a stored state. It cannot know whether the state is true: compare its root with a checkpoint."""
        tree = cls()
        tree.size = int.from_bytes(state[:8], "big")
        tree._peaks = [state[at : at + HASH_SIZE] for at in range(8, len(state), HASH_SIZE)]
        if len(state) != 8 + HASH_SIZE * tree.size.bit_count():
            raise TreeStateBroken(f"{len(state)} bytes for a tree of {tree.size} leaves")
        return tree


class Levels:
    """All nodes of a tree in memory (about 100 bytes a leaf): the source of proofs; call it as a Node."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash and the nodes that it completes."""
        level, index = 0, self.size
        self._levels[0].append(leaf)
        while index & 1:
            row = self._levels[level]
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(node_hash(row[-2], row[-1]))
            level, index = level + 1, index >> 1

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of one complete subtree; IndexError when there is none."""
        return self._levels[level][index]


def verify_many(bodies: Iterable[bytes]) -> tuple[int, bytes]:
    """Number and root of entry bodies in the order of the log: one pass, constant memory."""
    sha256 = hashlib.sha256
    tree = Tree()
    tree.extend(sha256(b"\0" + body).digest() for body in bodies)
    return tree.size, tree.root()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    tree = Tree()
    tree.extend(leaves)
    return tree.root()


def root_at(size: int, node: Node) -> bytes:
    """The root that the tree had at `size` leaves."""
    return _range_root(0, size, node)


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The path by which leaf `index` (from 0) leads to the root at `size` leaves; ValueError outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} of {size}")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, node))
            end = middle
        else:
            path.append(_range_root(start, middle, node))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the tree of `old` leaves is the beginning of the tree of `new`; ValueError unless old <= new."""
    if not 0 <= old <= new:
        raise ValueError(f"from {old} to {new} leaves")
    if old in (0, new):
        return []
    path = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, node))
            end = middle
        else:
            path.append(_range_root(start, middle, node))
            start = middle
    if start:  # from 0 it is the old root itself, which the reader has
        path.append(_range_root(start, end, node))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf hash at `index` to the root of `size` leaves (RFC 9162, 2.1.3.2)."""
    if type(index) is not int or not 0 <= index < size:  # from a document it may be anything
        return False
    at, last, reached = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached = node_hash(sibling, reached)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and reached == root


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of `old` leaves is proved to be the beginning of the tree of `new` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not hashes:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def _range_root(start: int, end: int, node: Node) -> bytes:
    return _fold(list(_peaks_of(start, end, node)))


def _peaks_of(start: int, end: int, node: Node) -> Iterator[bytes]:
    while start < end:
        level = (end - start).bit_length() - 1
        yield node(level, start >> level)
        start += 1 << level


def _fold(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def _perfect_root(row: list[bytes]) -> bytes:
    sha256 = hashlib.sha256
    while len(row) > 1:
        pairs = iter(row)
        row = [sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return row[0]
