"""Canonical bytes, the chain of steps and each way to break it, commitments."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsys.domain import log
from examsys.domain.entries import EntryKind
from examsys.domain.log import ChainBroken, ChainFault

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = st.text(st.characters(max_codepoint=0xD7FF))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-log.MAX_INTEGER, log.MAX_INTEGER) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=20,
)


def chain(bodies: list[bytes]) -> list[tuple[bytes, bytes]]:
    steps, previous = [], log.FIRST
    for body in bodies:
        previous = log.step_hash(previous, body)
        steps.append((body, previous))
    return steps


STEPS = chain([b'{"n":%d}' % number for number in range(1, 9)])
HEAD = STEPS[-1][1]


def fault(steps: list[tuple[bytes, bytes]], **known: Any) -> tuple[int, ChainFault]:
    with pytest.raises(ChainBroken) as caught:
        log.verify_chain(steps, **known)
    return caught.value.position, caught.value.fault


@given(VALUES)
def test_canonical_bytes_are_one_to_one(value: Any) -> None:
    body = log.canonical(value)
    assert json.loads(body) == value
    assert log.decode(body) == value


def test_the_form_is_that_of_rfc_8785() -> None:
    value = {
        "€": "Euro",
        "\r": "CR",
        "1": "One",
        "ö": "ö",
        "\x80": "Control",
        "": [True, None, -0, 10**15, 'a\u20ac$\x0f\n"\\/\x7f'],
    }
    assert log.canonical(value).decode() == (
        '{"":[true,null,0,1000000000000000,"a€$\\u000f\\n\\"\\\\/\x7f"],'
        '"\\r":"CR","1":"One","\x80":"Control","ö":"ö","€":"Euro"}'
    )


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53, -(2**53), b"x", {1: 2}, {"\ue000": 1}, {"a": {"b": [0.5]}}, "\ud800", {1, 2}, object()],
)
def test_what_has_no_single_form_is_refused(value: Any) -> None:
    with pytest.raises(log.NotCanonical):
        log.canonical(value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"9007199254740993",
        b'[{"a":-9007199254740992}]',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'"\\u00e9"',
        b'"\\ud800"',
        b'{"\\ue000":1}',
        '{"\ue000":1}'.encode(),
        b" 1",
        b"1\n",
        b"\xff",
        b"[" * 9999,
        "1".encode("utf-16"),
    ],
)
def test_any_other_spelling_is_refused(body: bytes) -> None:
    with pytest.raises(log.NotCanonical):
        log.decode(body)


@given(VALUES, st.data())
def test_a_changed_byte_is_another_value_or_refused(value: Any, data: st.DataObject) -> None:
    body = bytearray(log.canonical(value))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = log.decode(bytes(body))
    except log.NotCanonical:
        return
    assert log.canonical(read) == bytes(body)


def test_a_whole_chain_gives_its_head() -> None:
    assert log.verify_chain([]) == log.FIRST
    assert log.verify_chain(iter(STEPS), head=HEAD, length=8) == HEAD


@given(st.integers(0, 7), st.integers(0, 6), st.integers(0, 7))
def test_one_changed_bit_names_its_step(number: int, at: int, bit: int) -> None:
    body, sealed = STEPS[number]
    spoilt = bytearray(body)
    spoilt[at] ^= 1 << bit
    assert fault([*STEPS[:number], (bytes(spoilt), sealed), *STEPS[number + 1 :]]) == (number + 1, ChainFault.ALTERED)


def test_an_edit_with_a_new_hash_shows_at_the_next_step() -> None:
    edited = (b"other", log.step_hash(STEPS[2][1], b"other"))
    assert fault([*STEPS[:3], edited, *STEPS[4:]]) == (5, ChainFault.ALTERED)


def test_a_removed_step_shows_where_it_is_missing() -> None:
    assert fault([*STEPS[:3], *STEPS[4:]]) == (4, ChainFault.ALTERED)


def test_exchanged_steps_are_displaced() -> None:
    assert fault([STEPS[0], STEPS[2], STEPS[1], *STEPS[3:]]) == (2, ChainFault.DISPLACED)


def test_a_cut_tail_shows_against_what_the_log_knows() -> None:
    assert log.verify_chain(STEPS[:6]) == STEPS[5][1]
    assert fault(STEPS[:6], length=8) == (7, ChainFault.CUT)
    assert fault(STEPS, length=6) == (7, ChainFault.SURPLUS)
    assert fault(STEPS, head=STEPS[5][1]) == (8, ChainFault.SURPLUS)


def test_a_chain_made_anew_does_not_have_the_known_head() -> None:
    assert fault(chain([b"other"] * 8), head=HEAD, length=8) == (8, ChainFault.REPLACED)


def test_a_commitment_binds_key_field_and_value() -> None:
    made = log.commitment(bytes(32), "name", "扎西")
    others = [(b"k" * 32, "name", "扎西"), (bytes(32), "nam", "扎西"), (bytes(32), "name", "扎西 ")]
    assert len(made) == 64
    assert made not in [log.commitment(*other) for other in others]
    assert log.commitment(bytes(32), "name", "扎西") == made
    assert log.blind_index(bytes(32), "扎西") not in (made, log.blind_index(b"k" * 32, "扎西"))
    with pytest.raises(ValueError, match="32 bytes"):
        log.commitment(b"short", "name", "x")


def test_entry_kinds_are_subject_and_action() -> None:
    for kind in EntryKind:
        subject, action = kind.value.split(".")
        assert kind.name == f"{subject}_{action}".upper()
        assert subject.isalpha()
        assert action.islower()
