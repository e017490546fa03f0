"""Stored files, addressed by the SHA-256 of their content: media and papers, written once and never changed."""

import hashlib
import os
import threading
from pathlib import Path


class Store:
    """A folder of immutable files named by their hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the content with this hash (64 hex digits) lies or would lie."""
        return self.folder / digest[:2] / digest

    def keep(self, content: bytes) -> str:
        """Store content durably, return its hash; storing the same again changes nothing. OSError when the disk refuses."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, content)
        return digest

    def read(self, digest: str) -> bytes:
        """The content of a hash. FileNotFoundError if unknown, ValueError if the file no longer has that hash."""
        content = self.path(digest).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError(f"stored file {digest} was changed")
        return content


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a whole file so that after a crash it is there entirely or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def append_durably(path: Path, line: bytes) -> None:
    """Append to a file and return once it is on disk."""
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
