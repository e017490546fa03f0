"""Taking an import over: all rows or none, in the background, as drafts of whoever brought the file."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from ..accounts.service import installation, record
from ..audit import service as audit
from ..bank.formats.exchange import Row
from ..bank.yaml_source import Written
from ..clock import now
from ..db import here
from ..domain.access import Actor
from ..domain.desk import Deed, step
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from . import finding, history, importing, names
from .checks import workshop
from .importing import Job, Reading, there
from .jobs import in_background
from .rows import Defaults, Pictures, changes, chapter_of, values_of
from .shelf import block_hash
from .undo import Undo

log = logging.getLogger("examsys")
KEPT_FOR: Final = timedelta(days=30)  # how long the files of an import stay
_lock = threading.Lock()


def begin(job: Job, defaults: Defaults, actor: Actor) -> None:
    """Start to take a file over; the job says how far it is and what became of it.

    RuleBroken('desk.import_taken', 'desk.import_taking', 'desk.import_not_read', 'desk.import_nothing').
    """
    with _lock:
        importing.check_free(job)
        reading = _readable(job)
        job.taking, job.form, job.refused, job.ended = True, defaults, None, ""
        job.done, job.total = 0, len(reading.report.rows)
    in_background("import", lambda: _take_in_the_background(job, reading.bases, defaults, actor))


def _take_in_the_background(job: Job, bases: Mapping[str, str], defaults: Defaults, actor: Actor) -> None:
    try:
        importing.keep(job, bases)  # whoever comes back after a restart is told
        take(job, defaults, actor)
    except RuleBroken as broken:
        job.refused = broken
    except Exception as error:  # whoever waits is told, and may press again
        log.error("taking import %s: %r", job.job_id, error, exc_info=error)
        job.ended = "fault"
    finally:
        job.taking = False
    if not job.taken:
        importing.keep(job, bases)


def take(job: Job, defaults: Defaults, actor: Actor) -> tuple[str, ...]:
    """Write all rows of the report into the working copy, all or none; returns their ids. Each is a draft of this actor.

    RuleBroken('desk.import_not_read', 'desk.import_taken', 'desk.import_nothing', 'desk.import_changed', 'desk.unreadable').
    """
    author, shop = names.of_actor(actor), workshop()
    with shop.writing(importing.file_of(job, "undo")):
        if _is_in_the_log(job.job_id):  # within: of two who press at once one is told
            raise RuleBroken("desk.import_taken")
        reading, questions = _readable(job), there()
        if changed := _changed(reading, questions):
            raise RuleBroken("desk.import_changed", count=len(changed), faults=changed)
        written = _write(job, questions, defaults, author)
        taken = tuple(one.question.id for one in written)
        versions = _versions(job, [(questions.get(one.question.id), one) for one in written], actor)
        shop.keep(importing.file_of(job, "json"))
        importing.keep(replace(job, taken=taken, taking=False), reading.bases)
        with here().transaction():  # nothing but rows that are made already: nobody's answers wait for the rest
            history.keep_all(versions, here().current())
            _note(job, reading, len(taken), actor)
    job.taken = taken
    importing.let_go_of_pictures(job)
    return taken


def changed_meanwhile(job: Job) -> list[str]:
    """The questions that the file would change and that somebody else has changed, made or taken away since it was read."""
    reading = job.reading
    free = reading and reading.report.rows and not job.taken and not job.taking
    return _changed(reading, there()) if reading and free else []


def _changed(reading: Reading, questions: Mapping[str, Written]) -> list[str]:
    ids = {row.id for row in reading.report.rows if row.id}
    now_there = {one: block_hash(questions[one].block) for one in ids if one in questions}
    return sorted(one for one in ids if now_there.get(one) != reading.bases.get(one))


def _readable(job: Job) -> Reading:
    """The dry run, which has rows. RuleBroken('desk.import_not_read', 'desk.import_nothing')."""
    if job.reading is None:
        raise RuleBroken("desk.import_not_read")
    if not job.reading.report.rows:
        raise RuleBroken("desk.import_nothing")
    return job.reading


def _write(job: Job, questions: Mapping[str, Written], defaults: Defaults, author: str) -> list[Written]:
    """The rows in the files of the bank, as an author's own writing: drafts, without approval. RuleBroken('desk.unreadable', 'desk.wrong_state')."""
    pictures = Pictures(workshop().bank)
    new: dict[tuple[str, str], list[dict[str, Any]]] = {}
    old: dict[str, dict[str, Any]] = {}
    rows: Sequence[Row] = _readable(job).report.rows
    for row in rows:
        if row.id in questions:
            before = questions[row.id]
            state = step(Deed.WRITE, before.question.state)
            mine = changes(row, before, pictures, defaults)
            old[row.id] = {**mine, "state": state.value, "author": author, "approval": None}
        else:
            values = {**values_of(row, defaults, pictures), "state": "draft", "author": author}
            new.setdefault(chapter_of(row, defaults), []).append(values)
    known = history.numbers() | finding.published_contents().keys()
    return workshop().take_all(new, old, pictures.fresh, known, partial(importing.far, job))


def _versions(job: Job, pairs: Sequence[tuple[Written | None, Written]], actor: Actor) -> list[history.Made]:
    """The versions after, and before where the desk has none yet."""
    worked_on, made = history.numbers(), []
    for before, after in pairs:
        if before is not None and before.question.id not in worked_on:
            made.append(history.made_first(before.question.id, before.block))
        made.append(history.made(after.question.id, Deed.WRITE, "zh", after.block, f"import {job.name}", actor))
    return made


def _note(job: Job, reading: Reading, count: int, actor: Actor) -> None:
    """The entry of the import, in the open transaction."""
    data = {"file": reading.digest, "questions": count, **reading.report.counts}
    record(EntryKind.BANK_IMPORTED, actor, about=job.job_id, data=data)


def _is_in_the_log(job_id: str) -> bool:
    return audit.has_entry(installation().site_id, EntryKind.BANK_IMPORTED, job_id)


# -- at the start of a server --------------------------------------------------------------------------------


def clean_up() -> None:
    """Put back what a killed process had half taken over, and remove the files of imports older than `KEPT_FOR`."""
    for folder in importing.folder().glob("*.undo"):
        with workshop().writing():  # another process may be at it; then nothing of it is left here
            if folder.is_dir():
                undo = Undo(folder)
                if not _is_in_the_log(folder.stem):
                    undo.put_back()
                undo.forget()
    oldest = (now().wall - KEPT_FOR).timestamp()
    for file in [path for path in importing.folder().glob("*.*") if path.is_file()]:
        if max(one.stat().st_mtime for one in (file, file.with_suffix(".json")) if one.exists()) < oldest:
            file.unlink()
