"""Imports: a file is kept, read in the background as a dry run and shown row by row; `taking` takes it over."""

import logging
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from ..accounts.service import installation
from ..bank.formats.exchange import Refused, Report, Row, row_of
from ..bank.formats.reading import Preview, preview_tables, read_file
from ..bank.formats.tables import ColumnMapping
from ..bank.yaml_source import Written
from ..clock import new_id
from ..domain.access import Actor
from ..domain.bank import Medium, Question
from ..domain.errors import RuleBroken
from ..files import write_durably
from .checks import workshop
from .jobs import in_background
from .rows import Defaults, beside
from .shelf import block_hash

log = logging.getLogger("examsys")
KEPT: Final = 20  # jobs whose report is held in memory; an older one is read again from its file
HELD: Final = 2  # of them of one account those that hold the bytes of pictures
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
    form: Defaults | None = None
    taking: bool = False


_KEPT: Final = TypeAdapter(Kept)


@dataclass(frozen=True)
class Reading:
    """A dry run. `failed`: the house had a fault while it read; `digest` is the SHA-256 of the file."""

    report: Report
    bases: Mapping[str, str] = field(default_factory=dict)
    previews: tuple[Preview, ...] = ()
    failed: bool = False
    digest: str = ""


@dataclass
class Job:
    """One file on its way in. `reading` is None while it is read; `done` of `total` questions (0: not known yet).

    `form` is what was last pressed with, `taking` while it is taken over; afterwards `refused` says why nothing was, or
    `ended` that the house had a 'fault' or was started anew ('stopped').
    """

    job_id: str
    name: str
    account: str | None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    taking: bool = False  # before what it changes: a copy that is not taking has all of it
    done: int = 0
    total: int = 0
    reading: Reading | None = None
    taken: tuple[str, ...] = ()
    form: Defaults | None = None
    refused: RuleBroken | None = None
    ended: str = ""
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
    def waits(self) -> bool:
        """Whether there is nothing to be seen yet but how far it is."""
        return self.reading is None or self.taking

    @property
    def failed(self) -> bool:
        """Whether the house had a fault while it read."""
        return self.reading is not None and self.reading.failed


_jobs: dict[str, Job] = {}
_lock = threading.RLock()


def begin(name: str, content: bytes, actor: Actor) -> Job:
    """Keep a file and start to read it; nothing comes into the bank yet."""
    job = Job(new_id(), name[:120] or "file", actor.account)
    folder().mkdir(parents=True, exist_ok=True)
    write_durably(file_of(job, "file"), content)
    keep(job, None)
    _remember(job)
    _read(job)
    return job


def job_of(job_id: str, actor: Actor) -> Job:
    """A job of this actor; RuleBroken('desk.import_unknown'). After a restart the file is read again."""
    with _lock:
        job = _jobs.pop(job_id, None)
        if job is not None:
            _jobs[job_id] = job  # the last one looked at is let go of last
        elif _ID.match(job_id) and (folder() / f"{job_id}.json").exists():
            kept = _KEPT.validate_json((folder() / f"{job_id}.json").read_bytes())
            job = Job(job_id, kept.name, kept.account, kept.mapping, taken=kept.taken, form=kept.form)
            job.ended = "stopped" if kept.taking and not kept.taken else ""
            if job.account == actor.account:
                _remember(job)
                _read(job, kept.bases)
    if job is None or job.account != actor.account:
        raise RuleBroken("desk.import_unknown")
    return job


def read_again(job: Job, mapping: ColumnMapping) -> None:
    """Read the file again, with this mapping of its columns, against the bank as it is now.

    RuleBroken('desk.import_taken', 'desk.import_taking').
    """
    check_free(job)
    job.mapping, job.refused, job.ended = mapping, None, ""
    keep(job, None)
    _read(job)


def check_free(job: Job) -> None:
    """RuleBroken('desk.import_taken', 'desk.import_taking')."""
    if job.taken:
        raise RuleBroken("desk.import_taken")
    if job.taking:
        raise RuleBroken("desk.import_taking")


def _read(job: Job, bases: Mapping[str, str] | None = None) -> None:
    """In a thread of its own: a large workbook takes seconds, and the page shows how far it is. `bases`: of an earlier dry run."""
    with _lock:
        job.turn += 1
        turn, mapping, job.reading, job.done, job.total = job.turn, job.mapping, None, 0, 0

    def work() -> None:
        try:
            reading = _read_whole(job, mapping, bases)
            with _lock:
                if job.turn == turn:
                    keep(job, reading.bases)
                    job.reading = reading
                    let_go_of_pictures(job)
                    _remember(job)
        except Exception as error:  # whoever waits is told, and the file can be sent again
            log.error("import %s: %r", job.job_id, error, exc_info=error)
            if job.turn == turn:
                job.reading = Reading(Report(job.name, None), failed=True)

    in_background("import", work)


def _read_whole(job: Job, mapping: ColumnMapping, bases: Mapping[str, str] | None) -> Reading:
    content = file_of(job, "file").read_bytes()
    pictures, questions = shelf(), there()
    report = read_file(
        *(job.name, content),
        mapping=mapping,
        existing=[
            row_of(written.question, lambda medium: pictures.get(medium.path, b"")) for written in questions.values()
        ],
        shelf=pictures,
        progress=partial(far, job),
    )
    report = beside(report, questions, workshop().bank)
    if bases is None:
        bases = {row.id: block_hash(questions[row.id].block) for row in report.rows if row.id in questions}
    return Reading(report, bases, _previews(job.name, content), digest=sha256(content).hexdigest())


def far(job: Job, done: int, total: int) -> None:
    """Say how many questions are done of all."""
    job.done, job.total = done, total


def _previews(name: str, content: bytes) -> tuple[Preview, ...]:
    try:
        return preview_tables(name, content)
    except Refused:  # the report says why
        return ()


def there() -> dict[str, Written]:
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


# -- what is kept of them -----------------------------------------------------------------------------------


def keep(job: Job, bases: Mapping[str, str] | None) -> None:
    """Write down what a restart must not lose."""
    kept = Kept(job.name, job.account, job.mapping, bases, job.taken, job.form, job.taking)
    write_durably(file_of(job, "json"), _KEPT.dump_json(kept))


def file_of(job: Job, sort: str) -> Path:
    """Where the house keeps the `file` itself, what is known of it (`json`), or what the bank was before it (`undo`)."""
    return folder() / f"{job.job_id}.{sort}"


def folder() -> Path:
    """Where the files of imports lie."""
    return installation().settings.home / "imports"


def _remember(job: Job) -> None:
    with _lock:
        _jobs[job.job_id] = job
        held = [one for one in _jobs.values() if one.account == job.account and not one.taken]
        for old in (*held[:-HELD], *list(_jobs.values())[:-KEPT]):
            if not old.waits:
                _jobs.pop(old.job_id, None)


def let_go_of_pictures(job: Job) -> None:
    """After a taking over the pictures lie in the bank: their bytes are not held here any more."""
    with _lock:
        if job.taken and job.reading:
            outcomes = tuple(outcome.bare for outcome in job.reading.report.outcomes)
            job.reading = replace(job.reading, report=replace(job.reading.report, outcomes=outcomes))
