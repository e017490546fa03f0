"""Checkpoint notes: the published example of C2SP, our own, and every way in which one must be refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from examsys.domain import checkpoint, merkle
from examsys.domain.checkpoint import KeyKind, VerifierKey

ORIGIN = "site1.example/audit/1"
LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LOG_KEY = VerifierKey(ORIGIN, LOG.public_key().public_bytes_raw())
WITNESS_KEY = VerifierKey("brigade.example/w1", WITNESS.public_key().public_bytes_raw(), KeyKind.WITNESS)
BODY = checkpoint.checkpoint_body(ORIGIN, 7, merkle.leaf_hash(b"root"))
NOTE = checkpoint.sign_note(BODY, ORIGIN, LOG.sign, LOG_KEY.public)
COSIGNED = checkpoint.cosign_note(NOTE, WITNESS_KEY.name, WITNESS.sign, WITNESS_KEY.public, 1_795_000_000)


def test_a_note_opens_to_what_was_signed() -> None:
    opened = checkpoint.open_note(COSIGNED, [LOG_KEY, WITNESS_KEY])
    assert (opened.origin, opened.size, opened.root, opened.body) == (ORIGIN, 7, merkle.leaf_hash(b"root"), BODY)
    assert [(line.key, line.time) for line in opened.signatures] == [(LOG_KEY, None), (WITNESS_KEY, 1_795_000_000)]
    assert opened.witnesses == ("brigade.example/w1",)
    assert NOTE.decode().splitlines()[4].startswith(f"\u2014 {ORIGIN} ")


def test_lines_of_strangers_are_passed_over() -> None:
    assert checkpoint.open_note(COSIGNED, [LOG_KEY]).witnesses == ()


def test_a_witness_alone_is_no_log() -> None:
    with pytest.raises(checkpoint.LogSignatureMissing):
        checkpoint.open_note(COSIGNED, [WITNESS_KEY])


def test_the_wrong_key_is_named() -> None:
    with pytest.raises(checkpoint.LogSignatureMissing):
        checkpoint.open_note(NOTE, [VerifierKey(ORIGIN, WITNESS_KEY.public)])


def test_another_log_may_not_sign_for_this_one() -> None:
    other = VerifierKey("other.example/log", LOG_KEY.public)
    with pytest.raises(checkpoint.LogSignatureMissing):
        checkpoint.open_note(checkpoint.sign_note(BODY, other.name, LOG.sign, other.public), [LOG_KEY, other])


@pytest.mark.parametrize("known", [[LOG_KEY], [LOG_KEY, WITNESS_KEY]])
def test_no_byte_of_what_is_signed_can_change(known: list[VerifierKey]) -> None:
    for at in range(len(BODY)):
        spoilt = COSIGNED[:at] + bytes([COSIGNED[at] ^ 1]) + COSIGNED[at + 1 :]
        with pytest.raises(checkpoint.NoteRefused):
            checkpoint.open_note(spoilt, known)


def test_a_wrong_cosignature_of_a_known_witness_refuses_the_note() -> None:
    later = checkpoint.cosign_note(NOTE, WITNESS_KEY.name, lambda message: LOG.sign(message), WITNESS_KEY.public, 1)
    with pytest.raises(checkpoint.SignatureWrong):
        checkpoint.open_note(later, [LOG_KEY, WITNESS_KEY])


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\n\n",
        BODY,
        BODY + b"\n",
        NOTE[:-1],
        NOTE.replace(b"\n7\n", b"\n07\n"),
        NOTE.replace("\u2014".encode(), b"--"),
        NOTE.replace("\u2014 ".encode(), "\u2014".encode()),
        NOTE + b"\xff\n",
        NOTE + "\u2014 a !\n".encode(),
        NOTE + b"\x01\n",
        NOTE * 2000,
        b"a\nb\nc\n\n" + NOTE.split(b"\n\n")[1],
    ],
)
def test_malformed_notes_are_refused_by_name(note: bytes) -> None:
    with pytest.raises(checkpoint.NoteMalformed):
        checkpoint.open_note(note, [LOG_KEY])


def test_a_key_travels_as_text() -> None:
    for key in (LOG_KEY, WITNESS_KEY):
        assert checkpoint.parse_vkey(key.vkey() + "\n") == key
    # the published key of a well-known checksum database
    published = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert checkpoint.parse_vkey(published).vkey() == published


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+AQ==", LOG_KEY.vkey().replace("site1", "site2"), "a+0+%%%"])
def test_a_bad_key_text_is_refused(text: str) -> None:
    with pytest.raises(checkpoint.KeyMalformed):
        checkpoint.parse_vkey(text)


@pytest.mark.parametrize(("origin", "size", "root"), [("", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 1, b"")])
def test_no_checkpoint_without_its_three_parts(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(ValueError, match="a checkpoint needs"):
        checkpoint.checkpoint_body(origin, size, root)


def test_a_file_of_notes_is_taken_apart() -> None:
    assert checkpoint.notes_in(NOTE) == [NOTE]
    assert checkpoint.notes_in(NOTE + b"\n" + COSIGNED + b"\n") == [NOTE, COSIGNED]
    for cut in (b"", BODY, NOTE + b"\n" + BODY):
        with pytest.raises(checkpoint.NoteMalformed):
            checkpoint.notes_in(cut)
