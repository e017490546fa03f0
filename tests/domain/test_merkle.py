"""The tree against RFC 6962's definition, against pymerkle, and against everything one might slip in."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from examsys.domain import merkle

LEAVES = [merkle.leaf_hash(b"entry %d" % number) for number in range(70)]
LEVELS = merkle.Levels(LEAVES)


def by_definition(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


ROOTS = [by_definition(LEAVES[:size]) for size in range(len(LEAVES) + 1)]


def test_every_way_to_the_root_is_the_definition() -> None:
    tree = merkle.Tree()
    oracle = InmemoryTree(algorithm="sha256")
    for size in range(len(LEAVES) + 1):
        assert tree.root() == merkle.root_of(LEAVES[:size]) == merkle.root_at(size, LEVELS) == ROOTS[size]
        if size:
            assert oracle.get_root() == ROOTS[size]
        if size < len(LEAVES):
            tree.append(LEAVES[size])
            oracle.append_entry(b"entry %d" % size)


def test_a_long_run_is_the_same_in_blocks_and_one_by_one() -> None:
    leaves = [number.to_bytes(32, "big") for number in range(3 * 4096 + 77)]
    slow, fast, bodies = merkle.Tree(), merkle.Tree(), merkle.Tree()
    for leaf in leaves:
        slow.append(leaf)
    fast.extend(leaves[:5])
    fast.extend(leaves[5:])
    assert fast.root() == slow.root()
    assert fast.state() == slow.state()
    bodies.extend(merkle.leaf_hash(leaf) for leaf in leaves)
    assert merkle.verify_many(iter(leaves)) == (len(leaves), bodies.root())


def test_append_tells_each_inner_node_once() -> None:
    tree = merkle.Tree()
    stored = {(0, index): leaf for index, leaf in enumerate(LEAVES)}
    for leaf in LEAVES:
        for level, index, value in tree.append(leaf):
            assert (level, index) not in stored
            stored[level, index] = value
    assert all(LEVELS(level, index) == value for (level, index), value in stored.items())
    assert merkle.root_at(len(LEAVES), lambda level, index: stored[level, index]) == ROOTS[-1]


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_tree_goes_on_from_its_state(first: int, second: int) -> None:
    tree = merkle.Tree()
    tree.extend(LEAVES[: min(first, second)])
    again = merkle.Tree.from_state(tree.state())
    again.extend(LEAVES[min(first, second) : max(first, second)])
    assert again.root() == ROOTS[max(first, second)]


@pytest.mark.parametrize("state", [b"", bytes(7), bytes(8) + b"x", (3).to_bytes(8, "big") + bytes(32)])
def test_an_impossible_state_is_refused(state: bytes) -> None:
    with pytest.raises(merkle.TreeStateBroken):
        merkle.Tree.from_state(state)


def test_every_inclusion_proof_holds_for_its_leaf_only() -> None:
    for size in range(1, 40):
        for index in range(size):
            path = merkle.inclusion_proof(index, size, LEVELS)
            assert merkle.verify_inclusion(LEAVES[index], index, size, path, ROOTS[size])
            assert not merkle.verify_inclusion(LEAVES[index + 1], index, size, path, ROOTS[size])
            assert not merkle.verify_inclusion(LEAVES[index], index, size, path, ROOTS[size + 1])
            assert not merkle.verify_inclusion(LEAVES[index], index, size, [*path, bytes(32)], ROOTS[size])
            assert not path or not merkle.verify_inclusion(LEAVES[index], index, size, path[:-1], ROOTS[size])
            assert index + 1 >= size or not merkle.verify_inclusion(LEAVES[index], index + 1, size, path, ROOTS[size])


def test_inclusion_agrees_with_pymerkle() -> None:
    oracle = InmemoryTree(algorithm="sha256")
    for number in range(33):
        oracle.append_entry(b"entry %d" % number)
    for index in range(33):
        # pymerkle counts from 1 and puts the leaf itself at the head of the path
        path = [bytes.fromhex(each) for each in oracle.prove_inclusion(index + 1).serialize()["path"]]
        assert path == [LEAVES[index], *merkle.inclusion_proof(index, 33, LEVELS)]


def test_every_consistency_proof_holds_and_no_spoilt_one() -> None:
    for new in range(40):
        for old in range(new + 1):
            path = merkle.consistency_proof(old, new, LEVELS)
            assert merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new], path)
            assert not merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new], [*path, bytes(32)])
            for at in range(len(path)):
                spoilt = [*path[:at], bytes(32), *path[at + 1 :]]
                assert not merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new], spoilt)
                assert not merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new], path[:at])
            assert not merkle.verify_consistency(old, bytes(32), new, ROOTS[new], path)
            if 0 < old < new:
                assert not merkle.verify_consistency(old, ROOTS[old], new, bytes(32), path)
            assert old == new or not merkle.verify_consistency(new, ROOTS[new], old, ROOTS[old], path)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=8), st.integers(-1, 70), st.integers(-1, 70))
def test_invented_proofs_are_refused_without_a_crash(path: list[bytes], old: int, new: int) -> None:
    assert not merkle.verify_inclusion(bytes(32), old, new, path, ROOTS[70])
    if not (old == new or old == 0):
        assert not merkle.verify_consistency(old, bytes(32), new, ROOTS[70], path)


def test_proofs_outside_the_tree_are_refused() -> None:
    with pytest.raises(ValueError, match="leaf 5 of 5"):
        merkle.inclusion_proof(5, 5, LEVELS)
    with pytest.raises(ValueError, match="from 6 to 5"):
        merkle.consistency_proof(6, 5, LEVELS)
