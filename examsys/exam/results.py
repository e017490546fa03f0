"""Closing an attempt and grading it by replay; regrading as new rows; what a result tells the candidate."""

from collections.abc import Collection
from functools import partial
from typing import Any

from ..accounts.service import installation, record
from ..bank import service as bank
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import Actor
from ..domain.attempt import Replayed, State, Step, check_move, replay, seconds
from ..domain.dates import rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.grading import Grade, grade
from . import journal
from .form import Form, form_of


def close(
    attempt_id: str, standing: journal.Standing, step: Step, kind: EntryKind, actor: Actor, raw: Raw, **facts: Any
) -> None:
    """End an attempt in the open transaction: the closing step, its entry, the grade."""
    site_id, moment = installation().site_id, now()
    check_move(step, State(standing.state))
    sealed = journal.append_step(site_id, attempt_id, standing, step, moment, raw, **facts)
    timer = standing.timer.stopped(moment.mono)
    columns = {"state": State.CLOSED.value, "hold_seen": seconds(moment.mono), **journal.time_columns(timer)}
    journal.update(site_id, attempt_id, raw, sealed, **columns)
    record(kind, actor, about=attempt_id, data={"head": sealed.hash.hex(), "steps": sealed.length, **facts}, raw=raw)
    before = newest(attempt_id, raw)  # there is one where the attempt was reopened
    _grade(attempt_id, sealed.hash, before[0] if before else None, None, raw)


def _grade(attempt_id: str, head: bytes, before: str | None, reason: str | None, raw: Raw) -> Grade:
    """Write a result and its marks from the journal as it stands."""
    site_id = installation().site_id
    form = form_of(site_id, attempt_id)
    replayed = replay(journal.steps(site_id, attempt_id, raw))
    graded = marks_of(form, replayed, bank.withdrawn())
    result_id, blueprint = new_id(), form.paper.blueprint
    raw.run(
        "INSERT INTO result (site_id, result_id, attempt_id, before, reason, head, score, full_mark, pass_mark, passed, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(site_id, result_id, attempt_id, before, reason, head, graded.total, blueprint.points * blueprint.questions),
        *(blueprint.pass_mark, graded.passed, rfc3339(now().wall)),
    )
    raw.many(
        "INSERT INTO mark (site_id, result_id, position, question, content, chosen, is_right, shown_ms, language,"
        " switches, heard) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (site_id, result_id, mark.position, mark.question_id, mark.content_hash, ",".join(mark.chosen), mark.right, mark.shown_ms,
             replayed.answered_in.get(mark.position, replayed.language), *replayed.looks(mark.position))
            for mark in graded.marks
        ],
    )  # fmt: skip
    kind = EntryKind.EXAM_REGRADED if before else EntryKind.EXAM_SCORED
    full_mark = blueprint.points * blueprint.questions
    data = {
        "result": result_id, "score": graded.total, "full_mark": full_mark, "pass_mark": blueprint.pass_mark,
        "passed": graded.passed, "head": head.hex(), "before": before, "reason": reason,
    }  # fmt: skip
    record(kind, about=attempt_id, data=data, raw=raw)
    return graded


def marks_of(form: Form, replayed: Replayed, withdrawn: Collection[str]) -> Grade:
    """The grade that follows from a paper and a journal: what `_grade` writes and `log verify --deep` recomputes."""
    keys = {position.content_hash: bank.key_of(position.content_hash) for position in form.paper.positions}
    return grade(form.paper, keys, replayed.answers, replayed.seconds_on, frozenset(withdrawn))


def newest(attempt_id: str, raw: Raw) -> tuple[str, int, int, int, bool, str | None] | None:
    """Id, score, full mark, pass mark, passed and reason of the result that counts."""
    row = raw.one(
        "SELECT r.result_id, r.score, r.full_mark, r.pass_mark, r.passed, r.reason FROM result r WHERE r.site_id = ? AND r.attempt_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM result later WHERE later.site_id = r.site_id AND later.before = r.result_id)",
        *(installation().site_id, attempt_id),
    )
    return (row[0], row[1], row[2], row[3], bool(row[4]), row[5]) if row else None


def told(attempt_id: str) -> dict[str, Any]:
    """The result in the shape of the contract. RuleBroken('attempt.not_closed') before the end.

    makeup: none (passed, or no more), offered, asked (the examiner decides), left.
    """
    site_id = installation().site_id
    form = form_of(site_id, attempt_id)
    with here().reading() as raw:
        found = newest(attempt_id, raw)
        standing = journal.standing(site_id, attempt_id, raw, lock=False)
    if found is None or standing is None or standing.state != State.CLOSED:
        raise RuleBroken("attempt.not_closed")
    _, score, full, needed, passed, _ = found
    return {
        "state": State.CLOSED.value,
        "score": score,
        "full_mark": full,
        "pass_mark": needed,
        "passed": passed,
        "score_sheet": f"/certificates/attempts/{attempt_id}/sheet.pdf",
        "makeup": _makeup(form, passed, standing.makeup),
    }


def _makeup(form: Form, passed: bool, chosen: str | None) -> str:
    if passed or form.number > 1 or form.paper.blueprint.demonstration:
        return "none"
    return chosen or "offered"


def regrade(content_hashes: Collection[str], reason: str) -> list[str]:
    """Grade anew, after a question was voided, every closed attempt that had it; the old results stay. Returns the attempts."""
    site_id = installation().site_id
    marks = ", ".join("?" * len(content_hashes))
    with here().reading() as raw:
        rows = raw.all(
            "SELECT DISTINCT r.attempt_id FROM result r JOIN mark m ON m.site_id = r.site_id AND m.result_id = r.result_id"
            f" WHERE r.site_id = ? AND m.content IN ({marks})",
            *(site_id, *content_hashes),
        )
    for (attempt_id,) in rows:
        append(partial(_regrade, attempt_id, reason))
    return [row[0] for row in rows]


def _regrade(attempt_id: str, reason: str, raw: Raw) -> None:
    standing = journal.standing(installation().site_id, attempt_id, raw)
    before = newest(attempt_id, raw)
    if before is not None and before[5] == reason:
        return  # this very regrading has been done
    if standing is not None and before is not None and standing.state == State.CLOSED:
        _grade(attempt_id, bytes(standing.head), before[0], reason, raw)
