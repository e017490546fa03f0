"""Gathers the facts of a paper from the house: who, where, which results, which checkpoint covers them."""

import base64
from typing import Any

from ..accounts import service as accounts
from ..accounts.service import installation
from ..audit import service as audit
from ..clock import Instant
from ..domain.bank import content_hash
from ..domain.certificate import Kind, Outcome, SheetFacts, Sitting, sheet_number
from ..domain.checkpoint import parse_body
from ..domain.dates import beijing_day
from ..exam import entering, search, upkeep
from ..exam import facts as exam_facts
from ..web.language import is_draft

MOST_SEALINGS = 5
PHOTOS = 3
KINDS_OF_PICTURE = (
    (b"\xff\xd8", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"<svg", "image/svg+xml"),
    (b"<?xml", "image/svg+xml"),
)


def states_of(standing: list[tuple[str, str, bool]]) -> str:
    """The hash of the results that a paper would state now; a paper that states others is out of date."""
    return content_hash({"states": [[result_id, owed] for _, result_id, owed in standing]})


def gather(
    candidate_id: str, kind: Kind, sheet_id: str, moment: Instant, replaces: str | None
) -> tuple[SheetFacts, str]:
    """The facts of a candidate's paper as they are now, and whose they are. The log is sealed first, so that a checkpoint covers the end."""
    place = installation()
    candidate = entering.booking(candidate_id)
    attempts = [row[0] for row in exam_facts.standing_results(candidate_id)]
    ends = [exam_facts.ended(attempt_id) for attempt_id in attempts]
    sittings, last, demonstration = tuple(map(_sitting, ends)), ends[-1], any(map(_of_demonstration, ends))
    origin, size, root = _covering_checkpoint(attempts)
    person, unit = accounts.person(candidate.person_id), _office_of(last.unit_id)
    session, room_zh, room_bo = exam_facts.place_names(last.session_id, last.room_id)
    issued_on = beijing_day(moment.wall).isoformat()
    rebook = accounts.policy_of(last.day).value("attempts.rebook_days").get(candidate.subject, 0)
    facts = SheetFacts(
        kind=kind, number=sheet_number(issued_on, unit.code, sheet_id), issued_on=issued_on, site_id=place.site_id,
        office=(place.site.name_zh, place.site.name_bo), unit=(unit.name_zh, unit.name_bo), unit_code=unit.code,
        room=(room_zh, room_bo), session=session, name=(person.name, person.name_bo), id_number=person.id_number,
        serial=candidate.serial, subject=candidate.subject, licence_class=candidate.licence_class, reason=candidate.reason,
        school=candidate.school, sittings=sittings, photos=_photos([person.photo]), log_origin=origin, log_size=size,
        log_root=root.hex(), demonstration=demonstration, drafts=is_draft("bo"),
        practice_paper=exam_facts.is_demonstration_paper(last.attempt_id), rebook_days=rebook, replaces=replaces,
    )  # fmt: skip
    return facts, candidate.person_id


def _of_demonstration(end: exam_facts.Ended) -> bool:
    """Whether the site is a demonstration now, or the attempt was frozen as one: what once was invented never becomes valid."""
    return installation().is_demonstration or search.found(end.attempt_id, {end.unit_id}).profile == "demo"


def _office_of(unit_id: str) -> Any:
    """The office that answers for an exam: rooms stand at agencies, which decide nothing."""
    unit = accounts.unit(unit_id)
    return accounts.unit(unit.supervised_by) if unit.kind == "agency" and unit.supervised_by else unit


def _sitting(ended: exam_facts.Ended) -> Sitting:
    outcome = Outcome(ended.day, ended.score, ended.full_mark, ended.pass_mark, ended.passed)
    return Sitting(
        ended.attempt_id, ended.result_id, ended.number, ended.seat, paper_number(ended.paper_hash), ended.release,
        ended.languages, ended.examiner, ended.started_at, ended.ended_at, outcome, ended.regraded, ended.provisional,
    )  # fmt: skip


def paper_number(paper_hash: str) -> str:
    """The number that a sheet prints for a paper: the first twelve digits of its hash."""
    digits = paper_hash[:12].upper()
    return "-".join(digits[start : start + 4] for start in range(0, 12, 4))


def _covering_checkpoint(attempts: list[str]) -> tuple[str, int, bytes]:
    for _ in range(MOST_SEALINGS):
        if all(exam_facts.is_sealed(attempt_id) for attempt_id in attempts):
            break
        upkeep.seal_log()
    note = audit.latest_note(installation().log) or ""
    return parse_body(note.encode().partition(b"\n\n")[0] + b"\n")


def _photos(digests: list[str | None]) -> tuple[str, ...]:
    """Up to three photos as data: addresses; one whose file is gone is left out, as no sheet must fail for it."""
    found = []
    for digest in digests:
        try:
            content = installation().store.read(digest) if digest else b""
        except (OSError, ValueError):
            continue
        kind = next((name for start, name in KINDS_OF_PICTURE if content.startswith(start)), None)
        if kind:
            found.append(f"data:{kind};base64,{base64.b64encode(content).decode()}")
    return tuple(found[:PHOTOS])
