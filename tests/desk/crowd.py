"""A crowd that has sat exams: simulated sittings laid into the tables as results that count, without playing each journal."""

from collections.abc import Sequence
from typing import Any

from flask import Flask

from examsys.bank import service as bank
from examsys.clock import new_id
from examsys.db import Raw, append
from examsys.domain.bank import JUDGE_OPTIONS, Question
from examsys.domain.statistics import Sitting


def seat_crowd(app: Flask, sittings: Sequence[Sitting], release_id: str, subject: str = "subject1") -> list[str]:
    """Lay sittings in, their questions standing for those of the subject in order; returns the attempts."""
    with app.app_context():
        asked = [one for one in bank.questions_of(release_id) if one.subject == subject]
        place = {
            name: asked[number] for number, name in enumerate(sorted({q for one in sittings for q in one.questions}))
        }
        attempts = []
        for start in range(0, len(sittings), 200):
            rows = [_rows(one, place, subject, release_id) for one in sittings[start : start + 200]]
            attempts += [row[0][1] for row in rows]

            def work(raw: Raw, rows: Any = rows) -> None:
                for number, table in enumerate(TABLES):
                    flat = [line for row in rows for line in (row[3] if number == 3 else [row[number]])]
                    marks = ", ".join("?" * (table.count(",") + 1))
                    raw.many(f"INSERT INTO {table.replace(' ', ' (', 1)}) VALUES ({marks})", flat)

            append(work)
    return attempts


TABLES = (
    "attempt site_id, attempt_id, candidate_id, number, person_id, session_id, room_id, unit_id, examiner, day, subject, licence_class,"
    " profile, seat, allowed, paper, paper_hash, release_id, policy, at",
    "live site_id, attempt_id, session_id, state, head, length, sealed, newest_seq, allowed, used, answered, wrong, position, late, seat,"
    " moves, admission, hold_seen, provisional",
    "result site_id, result_id, attempt_id, head, score, full_mark, pass_mark, passed, at",
    "mark site_id, result_id, position, question, content, chosen, is_right, shown_ms, language, switches, heard",
)


def _rows(one: Sitting, place: dict[str, Question], subject: str, release_id: str) -> tuple[Any, ...]:
    attempt, result, at = new_id(), new_id(), "2026-11-22T02:00:00Z"
    score, full = sum(one.right), len(one.right)
    return (
        (1, attempt, new_id(), 1 if one.first else 2, "-", "-", "-", "-", "-", "2026-11-22", subject, "C1", "demo", "1", 1, b"{}", "-",
         release_id, "2025-01-01", at),
        (1, attempt, "-", "closed", b"0" * 32, 0, 0, 0, 1, 1, 0, 0, 1, 0, "1", 0, "-", 0, False),
        (1, result, attempt, b"0" * 32, score, full, full, score == full, at),
        [
            (1, result, number, place[name].id, place[name].content_hash, _chosen(place[name], chosen, right), right, ms, language, *more)
            for number, (name, chosen, right, ms, language, *more) in enumerate(
                zip(one.questions, one.chosen, one.right, one.ms, one.languages, one.switches, one.heard, strict=True), 1
            )
        ],
    )  # fmt: skip


def _chosen(question: Question, chosen: str, right: bool) -> str:
    """The key where the sitting was right, else one of the other options."""
    if right or not chosen:
        return ",".join(sorted(question.key)) if right else ""
    others = [one for one in [option.id for option in question.options] or JUDGE_OPTIONS if one not in question.key]
    return others[ord(chosen) % len(others)] if others else ""
