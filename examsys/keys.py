"""A site's keys: signing keys, the key that wraps each person's key, and the keyed blind indexes."""

import hmac
import secrets
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .files import write_durably


class Keyring:
    """The keys under `<home>/keys`, made on first use with mode 600; losing the folder loses the personal data, never the evidence."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "keys"

    def secret(self, name: str) -> bytes:
        """32 secret bytes of that name."""
        path = self.folder / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_durably(path, secrets.token_bytes(32))
            return path.read_bytes()

    @cached_property
    def log(self) -> Ed25519PrivateKey:
        """Signs the checkpoints of this site's log."""
        return Ed25519PrivateKey.from_private_bytes(self.secret("log.ed25519"))

    @cached_property
    def sheet(self) -> Ed25519PrivateKey:
        """Signs the facts in the QR of score sheets."""
        return Ed25519PrivateKey.from_private_bytes(self.secret("sheet.ed25519"))

    @cached_property
    def wrapping(self) -> AESGCM:
        """Wraps the keys of persons (AES-256-GCM)."""
        return AESGCM(self.secret("persons.aes"))

    @cached_property
    def index(self) -> bytes:
        """Key of the blind indexes by which persons are found."""
        return self.secret("index.hmac")

    @cached_property
    def codes(self) -> bytes:
        """Key under which admission codes and session tokens are kept."""
        return self.secret("codes.hmac")


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 raw bytes of the public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def seal(key: AESGCM, clear: bytes, label: bytes) -> bytes:
    """AES-GCM: nonce followed by ciphertext, bound to the label (what it is, whose it is)."""
    nonce = secrets.token_bytes(12)
    return nonce + key.encrypt(nonce, clear, label)


def unseal(key: AESGCM, sealed: bytes, label: bytes) -> bytes:
    """Open what `seal` made; cryptography.exceptions.InvalidTag if it was changed or belongs elsewhere."""
    return key.decrypt(sealed[:12], sealed[12:], label)


def keyed(key: bytes, *parts: str) -> str:
    """HMAC-SHA-256 over parts that can't run into each other, as hex: a value that can be compared but not guessed."""
    return hmac.digest(key, "\0".join(parts).encode(), "sha256").hex()
