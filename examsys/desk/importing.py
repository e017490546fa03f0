"""Imports: a file is kept, read in the background as a dry run, shown row by row, and taken over as a whole or not at all."""

import logging
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from flask import current_app
from pydantic import TypeAdapter

from ..accounts.service import installation, record
from ..bank.formats.exchange import Refused, Report, Row, row_of
from ..bank.formats.reading import Preview, preview_tables, read_file
from ..bank.formats.tables import ColumnMapping
from ..bank.yaml_source import Written
from ..clock import new_id
from ..db import here
from ..domain.access import Actor
from ..domain.bank import Medium, Question
from ..domain.desk import Deed, step
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..files import write_durably
from . import history, names
from .checks import workshop
from .rows import Defaults, Pictures, beside, changes, chapter_of, values_of
from .shelf import block_hash

log = logging.getLogger("examsys")
KEPT: Final = 20  # jobs whose report is held in memory; an older one is read again from its file
_ID: Final = re.compile(r"^[0-9a-f]{32}$")


@dataclass(frozen=True)
class Kept:
    """What is kept of a job beside its file, so that a restart loses nothing of what its owner was shown.

    `bases` are the `block_hash`es of the questions that the file would change, as they were at the dry run: a question
    changed since then is not written over, however often the file was read after a restart. None: not read yet.
    """

    name: str
    account: str | None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    bases: Mapping[str, str] | None = None
    taken: tuple[str, ...] = ()


_KEPT: Final = TypeAdapter(Kept)


@dataclass(frozen=True)
class Reading:
    """A dry run. `failed`: the house had a fault while it read."""

    report: Report
    bases: Mapping[str, str] = field(default_factory=dict)
    previews: tuple[Preview, ...] = ()
    failed: bool = False


@dataclass
class Job:
    """One file on its way in. `reading` is None while it is read; `done` of `total` questions (0: not known yet)."""

    job_id: str
    name: str
    account: str | None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    done: int = 0
    total: int = 0
    reading: Reading | None = None
    taken: tuple[str, ...] = ()
    turn: int = 0  # how often it has been read: only the last reading counts

    @property
    def report(self) -> Report | None:
        """What the import would do; None while the file is read."""
        return self.reading.report if self.reading else None

    @property
    def previews(self) -> tuple[Preview, ...]:
        """The tables of the file before their columns are mapped."""
        return self.reading.previews if self.reading else ()

    @property
    def failed(self) -> bool:
        """Whether the house had a fault while it read."""
        return self.reading is not None and self.reading.failed


_jobs: dict[str, Job] = {}
_lock = threading.RLock()


def begin(name: str, content: bytes, actor: Actor) -> Job:
    """Keep a file and start to read it; nothing comes into the bank yet."""
    job = Job(new_id(), name[:120] or "file", actor.account)
    _folder().mkdir(parents=True, exist_ok=True)
    write_durably(_folder() / f"{job.job_id}.file", content)
    _keep(job, None)
    _remember(job)
    _read(job)
    return job


def job_of(job_id: str, actor: Actor) -> Job:
    """A job of this actor; RuleBroken('desk.import_unknown'). After a restart the file is read again."""
    with _lock:
        job = _jobs.get(job_id)
        if job is None and _ID.match(job_id) and (_folder() / f"{job_id}.json").exists():
            kept = _KEPT.validate_json((_folder() / f"{job_id}.json").read_bytes())
            job = Job(job_id, kept.name, kept.account, kept.mapping, taken=kept.taken)
            if job.account == actor.account:
                _remember(job)
                _read(job, kept.bases)
    if job is None or job.account != actor.account:
        raise RuleBroken("desk.import_unknown")
    return job


def read_again(job: Job, mapping: ColumnMapping) -> None:
    """Read the file again, with this mapping of its columns, against the bank as it is now. RuleBroken('desk.import_taken')."""
    if job.taken:
        raise RuleBroken("desk.import_taken")
    job.mapping = mapping
    _keep(job, None)
    _read(job)


def _read(job: Job, bases: Mapping[str, str] | None = None) -> None:
    """In a thread of its own: a large workbook takes seconds, and the page shows how far it is. `bases`: of an earlier dry run."""
    with _lock:
        job.turn += 1
        turn, mapping, job.reading, job.done, job.total = job.turn, job.mapping, None, 0, 0
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def work() -> None:
        with app.app_context():
            try:
                reading = _read_whole(job, mapping, bases)
                with _lock:
                    if job.turn == turn:
                        _keep(job, reading.bases)
                        job.reading = reading
            except Exception as error:  # whoever waits is told, and the file can be sent again
                log.error("import %s: %r", job.job_id, error, exc_info=error)
                if job.turn == turn:
                    job.reading = Reading(Report(job.name, None), failed=True)

    threading.Thread(target=work, name="import", daemon=True).start()


def _read_whole(job: Job, mapping: ColumnMapping, bases: Mapping[str, str] | None) -> Reading:
    content = (_folder() / f"{job.job_id}.file").read_bytes()
    pictures, there = shelf(), _there()
    report = read_file(
        *(job.name, content),
        mapping=mapping,
        existing=[
            row_of(written.question, lambda medium: pictures.get(medium.path, b"")) for written in there.values()
        ],
        shelf=pictures,
        progress=partial(_far, job),
    )
    report = beside(report, there, workshop().bank)
    if bases is None:
        bases = {row.id: block_hash(there[row.id].block) for row in report.rows if row.id in there}
    return Reading(report, bases, _previews(job.name, content))


def _far(job: Job, done: int, total: int) -> None:
    job.done, job.total = done, total


def _previews(name: str, content: bytes) -> tuple[Preview, ...]:
    try:
        return preview_tables(name, content)
    except Refused:  # the report says why
        return ()


def _there() -> dict[str, Written]:
    """The questions that the working copy has, by id."""
    return {written.question.id: written for written in workshop().questions()}


def shelf() -> dict[str, bytes]:
    """The pictures of the working copy, which a file may name without bringing them."""
    folder = workshop().folder / "media"
    return {path: (folder / path).read_bytes() for path in workshop().bank.media if (folder / path).is_file()}


def export_rows(questions: Sequence[Question]) -> list[Row]:
    """Questions of the working copy as rows for a file, with their pictures; one whose file is missing is empty."""
    folder = workshop().folder / "media"

    def picture(medium: Medium) -> bytes:
        path = folder / medium.path
        return path.read_bytes() if path.is_file() else b""

    return [row_of(question, picture) for question in questions]


# -- taking over ---------------------------------------------------------------------------------------------


def changed_meanwhile(job: Job) -> list[str]:
    """The questions that the file would change and that somebody else has changed, made or taken away since it was read."""
    reading = job.reading
    return _changed(reading, _there()) if reading and reading.report.rows and not job.taken else []


def _changed(reading: Reading, there: Mapping[str, Written]) -> list[str]:
    ids = {row.id for row in reading.report.rows if row.id}
    now = {question_id: block_hash(there[question_id].block) for question_id in ids if question_id in there}
    return sorted(one for one in ids if now.get(one) != reading.bases.get(one))


def take(job: Job, defaults: Defaults, actor: Actor) -> tuple[str, ...]:
    """Write all rows of the report into the working copy, all or none; returns their ids. Each is a draft of this actor.

    RuleBroken('desk.import_not_read', 'desk.import_taken', 'desk.import_nothing', 'desk.import_changed', 'desk.unreadable').
    """
    author, shop = names.of_actor(actor), workshop()
    with shop.writing():
        if job.taken:  # within: of two who press at once one is told
            raise RuleBroken("desk.import_taken")
        reading, there = job.reading, _there()
        if reading is None:
            raise RuleBroken("desk.import_not_read")
        if not reading.report.rows:
            raise RuleBroken("desk.import_nothing")
        if changed := _changed(reading, there):
            raise RuleBroken("desk.import_changed", count=len(changed), faults=changed)
        written = _write(reading.report.rows, there, defaults, author)
        with here().transaction():  # the files first: nobody's answers wait for them
            _note(job, reading.report, [(there.get(one.question.id), one) for one in written], actor)
        job.taken = tuple(one.question.id for one in written)
    _keep(job, reading.bases)
    return job.taken


def _write(rows: Sequence[Row], there: Mapping[str, Written], defaults: Defaults, author: str) -> list[Written]:
    """The rows in the files of the bank, as an author's own writing: drafts, without approval. RuleBroken('desk.unreadable', 'desk.wrong_state')."""
    pictures = Pictures(workshop().bank)
    new: dict[tuple[str, str], list[dict[str, Any]]] = {}
    old: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.id in there:
            before = there[row.id]
            state = step(Deed.WRITE, before.question.state)
            mine = changes(row, before, pictures, defaults)
            old[row.id] = {**mine, "state": state.value, "author": author, "approval": None}
        else:
            values = {**values_of(row, defaults, pictures), "state": "draft", "author": author}
            new.setdefault(chapter_of(row, defaults), []).append(values)
    return workshop().take_all(new, old, pictures.fresh)


def _note(job: Job, report: Report, pairs: Sequence[tuple[Written | None, Written]], actor: Actor) -> None:
    """The versions before and after, and the entry of the import, in the open transaction."""
    raw = here().current()
    for before, after in pairs:
        if before is not None:
            history.keep_first(before.question.id, before.block, raw)
        history.keep(after.question.id, Deed.WRITE, "zh", after.block, f"import {job.name}", actor, raw)
    digest = sha256((_folder() / f"{job.job_id}.file").read_bytes()).hexdigest()
    data = {"file": digest, "questions": len(pairs), **report.counts}
    record(EntryKind.BANK_IMPORTED, actor, about=job.job_id, data=data, raw=raw)


def _keep(job: Job, bases: Mapping[str, str] | None) -> None:
    kept = Kept(job.name, job.account, job.mapping, bases, job.taken)
    write_durably(_folder() / f"{job.job_id}.json", _KEPT.dump_json(kept))


def _folder() -> Path:
    return installation().settings.home / "imports"


def _remember(job: Job) -> None:
    with _lock:
        _jobs[job.job_id] = job
        for old in list(_jobs)[:-KEPT]:
            del _jobs[old]
