"""The dated blueprints of `blueprints.yaml`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from examsys.bank.schema import BlueprintPart, BlueprintsPart
from examsys.domain.bank import Kind
from examsys.domain.paper import Blueprint

_VERSIONS = TypeAdapter(tuple[BlueprintsPart, ...])


def load_blueprints(path: Path, day: str) -> tuple[Blueprint, ...]:
    """The blueprints in force on `day` (ISO date), one for each licence-class family.

    A blueprint of several families is named `<name>_<family>`. Raises pydantic's ValidationError (a ValueError) or
    yaml.YAMLError for a file that is not as it should be, OSError where there is none.
    """
    versions = _VERSIONS.validate_python(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))
    return blueprints_on(versions, date.fromisoformat(day))


def blueprints_on(versions: Sequence[BlueprintsPart], day: date) -> tuple[Blueprint, ...]:
    """Those of the newest version that is valid on `day`; none before the first."""
    valid = [version for version in versions if version.valid_from <= day]
    if not valid:
        return ()
    newest = max(valid, key=lambda version: version.valid_from)
    return tuple(
        _blueprint(name if len(part.families) == 1 else f"{name}_{family}", part, family)
        for name, part in newest.blueprints.items()
        for family in part.families
    )


def _blueprint(name: str, part: BlueprintPart, family: str) -> Blueprint:
    return Blueprint(
        subject=part.subject,
        family=family,
        cells={chapter: dict(zip(Kind, counts, strict=True)) for chapter, counts in part.cells.items()},
        points=part.points,
        minutes=part.minutes,
        pass_mark=part.pass_mark,
        name=name,
        demonstration=part.demonstration,
    )
