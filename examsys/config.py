"""Settings: where a site lives and how it is reached. Everything comes from the environment or the command line."""

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _home() -> Path:
    return Path(os.environ.get("EXAMSYS_HOME") or ROOT / "instance").resolve()


@dataclass(frozen=True, slots=True)
class Settings:
    """One running site's settings.

    home: folder of all that the site writes. database_url: SQLAlchemy URL. owner_url: URL of the role that may migrate
    (None: the application owns its tables). loopback: served on this machine alone. secure: reached over TLS.
    proxied: a proxy on this machine says in X-Forwarded-For who calls.
    """

    home: Path = field(default_factory=_home)
    database_url: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""))
    owner_url: str | None = field(default_factory=lambda: os.environ.get("DATABASE_OWNER_URL"))
    loopback: bool = True
    secure: bool = False
    proxied: bool = False

    @property
    def url(self) -> str:
        """The database to use: DATABASE_URL, else the SQLite file in the home."""
        return self.database_url or f"sqlite:///{self.home / 'examsys.sqlite3'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.url.startswith("sqlite")

    @property
    def bank(self) -> Path:
        """Folder of the question bank: the one shipped with the code, or EXAMSYS_BANK."""
        return Path(os.environ.get("EXAMSYS_BANK") or ROOT / "question_bank")
