"""One attempt's evidence as a document that anybody can check without this site, and that check itself."""

from typing import Any

from ..accounts.service import installation
from ..audit import search as log_search
from ..audit.findings import Finding, Findings
from ..audit.stream import snapshot
from ..bank.verify import Contents
from ..clock import now
from ..domain.dates import rfc3339
from ..domain.export import export_document
from ..domain.verification import Verdict, check_export
from ..exam import search
from ..exam.chains import check_chain, live_of
from ..exam.said import Said
from ..exam.search import Found
from ..exam.verify import Deep


def document_of(found: Found) -> dict[str, Any]:
    """The export of an attempt (domain/export): what is not sealed yet is left out of it."""
    log = installation().log
    steps = search.journal_of(found.attempt_id)
    named = log_search.heads_naming(log, found.attempt_id, found.at)[-1:]
    rows = sorted(
        (row for row in [*log_search.entries_about(log, found.attempt_id), *named] if row.index is not None),
        key=lambda row: row.index or 0,
    )
    notes = _notes(rows)
    proved, held = log_search.prove(log, rows, notes) if notes else ([], [])
    return export_document(
        made=rfc3339(now().wall),
        site=log.site_id,
        origin=log.origin,
        demonstration=found.profile == "demo",
        attempt=found.attempt_id,
        keys=[log.verifier],
        checkpoints=held,
        entries=proved,
        steps=[(step.number, step.body, step.hash) for step in steps],
        paper=search.paper_bytes(found.attempt_id),
        results=[
            {
                "id": result.result_id,
                "head": result.head.hex(),
                "score": result.score,
                "full_mark": result.full_mark,
                "pass_mark": result.pass_mark,
                "passed": result.passed,
            }
            for result in search.results_of(found.attempt_id)
        ],
    )


def _notes(rows: list[log_search.EntryRow]) -> list[log_search.Sealed]:
    """The checkpoint that first covered the end of the exam, and the newest one."""
    log = installation().log
    newest = log_search.checkpoints(log, 1)
    ends = [row.index for row in rows if row.kind.startswith("exam.") and row.index is not None]
    first = log_search.checkpoint_covering(log, ends[-1]) if ends else None
    return [first, *newest] if first and newest and first.size < newest[0].size else newest


def check(found: Found) -> Findings:
    """Everything that can be checked of one attempt on this site: its export, and its rows against what follows from the bytes."""
    made = Findings()
    exported = check_export(document_of(found), [installation().log.verifier])
    made.extend(Finding(each.verdict, each.key, facts=each.facts) for each in exported if each.key != "outside.grading")
    _check_rows(found, made)
    return made


def _check_rows(found: Found, made: Findings) -> None:
    log, said = installation().log, Said()
    for entry in log_search.entries_about(log, found.attempt_id):
        said.hear(entry.index or 0, entry.said)
    named = log_search.heads_naming(log, found.attempt_id, found.at)[-1:]
    head = None
    for entry in named:
        head = next((row for row in entry.said["data"]["heads"] if row[0] == found.attempt_id), None)
    steps = search.journal_of(found.attempt_id)
    broken_before = sum(count for (verdict, _), count in made.counts.items() if verdict is Verdict.BROKEN)
    with snapshot() as raw:
        check_chain(
            found.attempt_id,
            [step.number for step in steps],
            [(step.body, step.hash) for step in steps],
            (head[1], head[2], named[0].index or 0) if head else None,
            live_of(log.site_id, found.attempt_id, raw),
            made,
        )
        Deep(log.site_id, raw, said, Contents(log.site_id, raw), made).check(found.attempt_id)
    if sum(count for (verdict, _), count in made.counts.items() if verdict is Verdict.BROKEN) == broken_before:
        made.holds("attempt.derived")
