"""What files were before somebody changed them, so that all of them can be put back."""

import shutil
from base64 import b64decode, b64encode
from json import dumps, loads
from pathlib import Path

from ..files import write_durably


class Undo:
    """The files that one writing changes; None for one that was not there.

    With a `folder` they are kept on disk too, before each is changed: a process that was killed meanwhile leaves them there.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._before: dict[Path, bytes | None] = {}
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            for kept in sorted(folder.glob("*.json")):
                told = loads(kept.read_bytes())
                self._before[Path(told["path"])] = None if told["content"] is None else b64decode(told["content"])

    def keep(self, path: Path) -> None:
        """Remember a file before it is changed for the first time."""
        if path in self._before:
            return
        content = path.read_bytes() if path.exists() else None
        if self._folder:
            told = {"path": str(path), "content": None if content is None else b64encode(content).decode()}
            write_durably(self._folder / f"{len(self._before):06}.json", dumps(told).encode())
        self._before[path] = content

    def put_back(self) -> bool:
        """Every file as it was; False where none was changed."""
        for path, content in self._before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_durably(path, content, mode=0o644)
        return bool(self._before)

    def forget(self) -> None:
        """What was changed stays so: nothing of it is kept on disk any more."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
