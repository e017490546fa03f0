"""Audio papers: booked for a dialect, and given only where every text that the paper may draw sounds in it."""

from collections.abc import Sequence

from ..bank import service as bank
from ..bank.dialects import dialects, silent_in_pool
from ..domain.errors import RuleBroken
from ..domain.policy import Policy, family_of
from .roster import Line


def judge(lines: Sequence[Line], policy: Policy) -> None:
    """Hold every line that names a dialect against the newest release; the dialect's name becomes its slug. Faults are added to the lines."""
    named = {name: one for one in dialects() for name in (one.slug, one.names.zh, one.names.bo, one.names.en)}
    for line in lines:
        asked = line.values.get("dialect", "")
        if not asked or "roster.subject" in line.faults or "roster.licence_class" in line.faults:
            continue
        dialect = named.get(asked)
        if dialect is None:
            line.faults.append("roster.dialect")
            continue
        line.values["dialect"] = dialect.slug
        if line.values.get("language") not in (dialect.language, "both"):
            line.faults.append("roster.dialect_language")
        missing = silent_for(line.values["subject"], line.values["licence_class"], dialect.slug, policy)
        if missing:
            line.faults.append("roster.audio_missing")
            line.facts["missing"] = missing


def silent_for(subject: str, licence_class: str, dialect: str, policy: Policy, release_id: str | None = None) -> int:
    """How many texts of a candidate's paper are silent, in a release or the newest. RuleBroken('bank.no_release', 'paper.no_blueprint')."""
    blueprint = bank.blueprint_for(subject, family_of(policy, licence_class))
    return silent_in_pool(release_id or bank.newest_release()[0], blueprint.name, dialect)


def check_whole(release_id: str, blueprint_name: str, dialect: str | None) -> None:
    """RuleBroken('audio.not_whole') where a booking asks for a dialect in which not every text of the paper's pool sounds."""
    missing = silent_in_pool(release_id, blueprint_name, dialect) if dialect else 0
    if missing:
        raise RuleBroken("audio.not_whole", missing=missing)
