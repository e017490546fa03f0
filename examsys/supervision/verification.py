"""Verifying a whole site, live or a copy: the log, every chain, and with `deep` everything that was derived from the bytes."""

from collections.abc import Callable

from ..accounts.said import PeopleSaid
from ..accounts.service import installation
from ..accounts.verify import SiteSaid
from ..audit.findings import Findings
from ..audit.outside import check_against, check_triggers
from ..audit.service import LogOf
from ..audit.verify import verify_log
from ..bank.verify import Contents
from ..db import Raw
from ..desk.said import DeskSaid
from ..exam.admitted import Admitted
from ..exam.chains import verify_chains
from ..exam.said import Said
from ..exam.verify import Deep
from ..invigilation.said import RoomsSaid
from ..migrations import protected, tables
from .report import Report
from .rows import Rows

Progress = Callable[[str, int], None]  # which part, how many rows of it are done


def verify(log: LogOf, raw: Raw, deep: bool, against: bytes | None, progress: Progress | None) -> Report:
    """Verify the database behind `raw` against itself, the log's key, and the checkpoints outside it."""
    place = SiteSaid()
    found, said, contents, others = Findings(), Said(), Contents(log.site_id, raw), Rows(log.site_id, raw)
    people, rooms, admitted, desk = PeopleSaid(), RoomsSaid(), Admitted(), DeskSaid()

    def hear(index: int, entry: dict[str, object]) -> None:
        for each in (said, place, contents, others, people, rooms, admitted, desk):
            each.hear(index, entry)

    seen = verify_log(log, raw, found, hear if deep else None, _part(progress, "log"))
    if against is not None:
        check_against(log, against, seen, raw, found)
    verify_chains(log.site_id, raw, seen.heads, found, _part(progress, "steps"))
    contents.check(found) if deep else None
    if deep:
        Deep(log.site_id, raw, said, contents, found).check_all(_part(progress, "attempts"))
        others.check(found)
        place.check(log.site_id, raw, found)
        count = people.check(log.site_id, raw, found) + rooms.check(log.site_id, raw, found)
        found.holds("people", count=count)
        admitted.check(log.site_id, raw, found)
        found.holds("desk", count=desk.check(log.site_id, raw, found))
    else:
        found.unseen("shallow")
    check_triggers(raw, protected(tables()), found)
    if installation().settings.owner_url is None:
        found.unseen("database.owned")
    found.unseen("window")
    return Report(found, log.origin)


def _part(progress: Progress | None, name: str) -> Callable[[int], None] | None:
    return (lambda done: progress(name, done)) if progress else None
