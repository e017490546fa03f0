"""What files were before somebody changed them, so that all of them can be put back."""

from pathlib import Path

from ..files import write_durably


class Undo:
    """The files that one writing changes; None for one that was not there."""

    def __init__(self) -> None:
        self._before: dict[Path, bytes | None] = {}

    def keep(self, path: Path) -> None:
        """Remember a file before it is changed for the first time."""
        if path not in self._before:
            self._before[path] = path.read_bytes() if path.exists() else None

    def put_back(self) -> bool:
        """Every file as it was; False where none was changed."""
        for path, content in self._before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_durably(path, content, mode=0o644)
        return bool(self._before)
