"""Signed checkpoints of a log: C2SP tlog-checkpoint notes, Ed25519 signatures and witness cosignatures (cosignature/v1)."""

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_NOTE = 64 * 1024  # bytes
MAX_SIGNATURES = 100
_DASH = "\u2014 "


class KeyKind(IntEnum):
    """The signature type byte of C2SP signed-note."""

    LOG = 1  # Ed25519 over the note's text
    WITNESS = 4  # Ed25519 with a time, cosignature/v1


class NoteRefused(ValueError):  # noqa: N818  named by what happened
    """A note that must not be believed; the subclass says why."""


class NoteMalformed(NoteRefused):
    """Not a signed note, or not the text of a checkpoint."""


class SignatureWrong(NoteRefused):
    """A line that claims a known key's name and id does not verify under that key."""


class LogSignatureMissing(NoteRefused):
    """No signature of the log itself by a key that is known: the wrong key, or a foreign note."""


class KeyMalformed(ValueError):  # noqa: N818  named by what happened
    """Not a verifier key (vkey) of a kind that is understood here."""


@dataclass(frozen=True)
class VerifierKey:
    """Who may sign: a name (for a log its origin), a kind, and the 32 bytes of an Ed25519 public key."""

    name: str
    public: bytes
    kind: KeyKind = KeyKind.LOG

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(sign.isspace() for sign in self.name):
            raise KeyMalformed(f"key name {self.name!r}")
        if len(self.public) != 32:
            raise KeyMalformed(f"an Ed25519 public key has 32 bytes, not {len(self.public)}")

    @property
    def key_id(self) -> bytes:
        """The first 4 bytes of SHA-256(name, newline, kind, public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def vkey(self) -> str:
        """The key as text to hand on: name+id+base64(kind and public key)."""
        material = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{material}"


@dataclass(frozen=True)
class Signature:
    """A verified signature line: by which key, and for a witness at which POSIX second."""

    key: VerifierKey
    time: int | None = None


@dataclass(frozen=True)
class Checkpoint:
    """A believed statement that a log had `size` entries with this root; `body` are the bytes that were signed."""

    origin: str
    size: int
    root: bytes
    body: bytes
    signatures: tuple[Signature, ...] = ()

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The names of the witnesses whose cosignatures were verified, each once."""
        names = (line.key.name for line in self.signatures if line.key.kind is KeyKind.WITNESS)
        return tuple(dict.fromkeys(names))


def parse_vkey(text: str) -> VerifierKey:
    """The key of a vkey text; KeyMalformed when it is none or its id does not fit."""
    try:
        name, key_id, material = text.strip().split("+", 2)
        raw = base64.b64decode(material, validate=True)
        key = VerifierKey(name, raw[1:], KeyKind(raw[0]))
    except (ValueError, IndexError) as error:
        raise KeyMalformed(f"not a verifier key: {text.strip()[:80]!r}") from error
    if key.key_id.hex() != key_id:
        raise KeyMalformed(f"the key id {key_id!r} does not belong to this name and key")
    return key


def checkpoint_body(origin: str, size: int, root: bytes) -> bytes:
    """The three lines that are signed."""
    if not origin or any(sign < " " for sign in origin) or size < 0 or len(root) != 32:
        raise ValueError("a checkpoint needs an origin, a size and a root of 32 bytes")
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def sign_note(body: bytes, name: str, sign: Callable[[bytes], bytes], public: bytes) -> bytes:
    """The note of a log: body, blank line, and its signature; `name` is the log's origin."""
    parse_body(body)
    return body + b"\n" + _line(VerifierKey(name, public), sign(body))


def cosign_note(note: bytes, name: str, sign: Callable[[bytes], bytes], public: bytes, time: int) -> bytes:
    """The note with a witness's line added; `time` in POSIX seconds. Check consistency first: this does not."""
    body, _ = _split(note)
    line = _line(VerifierKey(name, public, KeyKind.WITNESS), time.to_bytes(8, "big") + sign(_cosigned(body, time)))
    return note + line


def open_note(note: bytes, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint of a note that a known key of the log itself has signed; else a NoteRefused.

    Lines of unknown keys are passed over; a line of a known key that does not verify refuses the whole note.
    """
    body, lines = _split(note)
    origin, size, root = parse_body(body)
    known = {(key.name, key.key_id): key for key in keys}
    verified = []
    for name, raw in lines:
        key = known.get((name, raw[:4]))
        if key is not None:
            verified.append(_verify(key, body, raw[4:]))
    if not any(line.key.kind is KeyKind.LOG and line.key.name == origin for line in verified):
        raise LogSignatureMissing(f"no signature of {origin!r} by a known key")
    return Checkpoint(origin, size, root, body, tuple(verified))


def notes_in(text: bytes) -> list[bytes]:
    """The notes of a file that holds one or many, a blank line between them; not yet opened, NoteMalformed if uneven."""
    parts = text.strip(b"\n").split(b"\n\n")
    if len(parts) % 2:
        raise NoteMalformed("a text without its signatures, or signatures without their text")
    return [text + b"\n\n" + lines + b"\n" for text, lines in zip(parts[::2], parts[1::2], strict=True)]


def parse_body(body: bytes) -> tuple[str, int, bytes]:
    """Origin, size and root of a checkpoint's text, whoever signed it or not; NoteMalformed if it is none."""
    try:
        origin, size, root, *extension, end = body.decode().split("\n")
        decoded = base64.b64decode(root, validate=True)
    except (ValueError, IndexError) as error:
        raise NoteMalformed("not the text of a checkpoint") from error
    plain = size.isascii() and size.isdigit() and len(size) < 20 and str(int(size)) == size
    if not origin or not plain or len(decoded) != 32 or end or not all(extension):
        raise NoteMalformed("not the text of a checkpoint")
    return origin, int(size), decoded


def _line(key: VerifierKey, signature: bytes) -> bytes:
    return f"{_DASH}{key.name} {base64.b64encode(key.key_id + signature).decode()}\n".encode()


def _cosigned(body: bytes, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n".encode() + body


def _split(note: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    body, blank, signatures = note.rpartition(b"\n\n")
    if not blank or len(note) > MAX_NOTE or any(sign < 32 and sign != 10 for sign in note):
        raise NoteMalformed("not a signed note")
    try:
        rows = signatures.decode().split("\n")
        if rows.pop() or not 0 < len(rows) <= MAX_SIGNATURES:
            raise NoteMalformed("no signature lines, or too many")
        lines = [_signature_of(row) for row in rows]
    except UnicodeDecodeError as error:
        raise NoteMalformed("not UTF-8") from error
    return body + b"\n", lines


def _signature_of(row: str) -> tuple[str, bytes]:
    name, space, encoded = row.removeprefix(_DASH).rpartition(" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise NoteMalformed("a signature line that is not base64") from error
    if not row.startswith(_DASH) or not name or not space or " " in name or len(raw) < 5:
        raise NoteMalformed("a malformed signature line")
    return name, raw


def _verify(key: VerifierKey, body: bytes, signature: bytes) -> Signature:
    time = None
    message = body
    if key.kind is KeyKind.WITNESS:
        time = int.from_bytes(signature[:8], "big")
        signature, message = signature[8:], _cosigned(body, time)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise SignatureWrong(f"the signature of {key.name!r} is wrong") from error
    return Signature(key, time)
