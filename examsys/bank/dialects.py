"""The dialects in which questions are recorded (`dialects.yaml`), and how much of a paper's pool is still silent in one."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from ..accounts.service import installation
from ..domain.errors import RuleBroken
from ..domain.spoken import silent_texts
from . import service
from .schema import DialectPart

_PARTS = TypeAdapter(tuple[DialectPart, ...])


def dialects() -> tuple[DialectPart, ...]:
    """The dialects of this site's bank: those of the working copy, else those shipped with it; none in a bank without the file."""
    settings = installation().settings
    for folder in (settings.home / "bank", settings.bank):
        if (folder / "dialects.yaml").is_file():
            return load_dialects(folder)
    return ()


def load_dialects(folder: Path) -> tuple[DialectPart, ...]:
    """The dialects of a bank's folder."""
    file = folder / "dialects.yaml"
    return _load(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _load(file: Path, _modified: int) -> tuple[DialectPart, ...]:
    return _PARTS.validate_python(yaml.safe_load(file.read_text("utf-8")))


def dialect_named(slug: str) -> DialectPart:
    """One dialect; RuleBroken('audio.dialect_unknown')."""
    for dialect in dialects():
        if dialect.slug == slug:
            return dialect
    raise RuleBroken("audio.dialect_unknown")


def dialect_names(language: str) -> dict[str, str]:
    """By slug what each dialect is called on a page in a language (zh, bo or en)."""
    return {dialect.slug: str(getattr(dialect.names, language)) for dialect in dialects()}


def silent_in_pool(release_id: str, blueprint_name: str, dialect: str) -> int:
    """How many texts of all that a paper may draw from a release do not sound in a dialect."""
    return _silent(release_id, blueprint_name, dialect, service.blueprints_now())


@lru_cache(maxsize=256)
def _silent(release_id: str, blueprint_name: str, dialect: str, _in_force: tuple[Path, int, str]) -> int:
    return silent_texts(service.pool(release_id, blueprint_name).questions.values(), dialect)
