"""Imports: a file is kept, read in the background as a dry run, shown row by row, and taken over as a whole or not at all."""

import json
import logging
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from flask import current_app

from ..accounts.service import installation, record
from ..bank.formats.exchange import Refused, Report, Row, row_of
from ..bank.formats.reading import Preview, preview_tables, read_file
from ..bank.formats.tables import ColumnMapping
from ..clock import new_id
from ..db import here
from ..domain.access import Actor
from ..domain.bank import Kind, Medium
from ..domain.desk import Deed
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..files import write_durably
from . import history, names
from .checks import workshop

log = logging.getLogger("examsys")
KEPT: Final = 20  # jobs whose report is held in memory; an older one is read again from its file
_ID: Final = re.compile(r"^[0-9a-f]{32}$")


@dataclass
class Job:
    """One file on its way in. `report` is None while it is read; `done` of `total` questions (0: not known yet)."""

    job_id: str
    name: str
    account: str | None
    mapping: ColumnMapping
    done: int = 0
    total: int = 0
    report: Report | None = None
    previews: tuple[Preview, ...] = ()
    taken: tuple[str, ...] = ()
    failed: bool = False  # the house had a fault while it read


_jobs: dict[str, Job] = {}
_lock = threading.Lock()


def begin(name: str, content: bytes, actor: Actor) -> Job:
    """Keep a file and start to read it; nothing comes into the bank yet."""
    job = Job(new_id(), name[:120] or "file", actor.account, ColumnMapping())
    _folder().mkdir(parents=True, exist_ok=True)
    write_durably(_folder() / f"{job.job_id}.file", content)
    write_durably(_folder() / f"{job.job_id}.json", json.dumps({"name": job.name, "account": job.account}).encode())
    _remember(job)
    _read(job)
    return job


def job_of(job_id: str, actor: Actor) -> Job:
    """A job of this actor; RuleBroken('desk.import_unknown'). After a restart the file is read again."""
    job = _jobs.get(job_id)
    if job is None and _ID.match(job_id) and (_folder() / f"{job_id}.json").exists():
        told = json.loads((_folder() / f"{job_id}.json").read_text("utf-8"))
        job = Job(job_id, told["name"], told["account"], ColumnMapping(), taken=tuple(told.get("taken", ())))
        _remember(job)
        _read(job)
    if job is None or job.account != actor.account:
        raise RuleBroken("desk.import_unknown")
    return job


def map_columns(job: Job, mapping: ColumnMapping) -> None:
    """Read the file again with another mapping of its columns."""
    job.mapping = mapping
    _read(job)


def _read(job: Job) -> None:
    """In a thread of its own: a large workbook takes seconds, and the page shows how far it is."""
    job.report, job.failed, job.done, job.total = None, False, 0, 0
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def work() -> None:
        with app.app_context():
            try:
                _read_whole(job)
            except Exception as error:  # whoever waits is told, and the file can be sent again
                log.error("import %s: %r", job.job_id, error, exc_info=error)
                job.failed, job.report = True, Report(job.name, None)

    threading.Thread(target=work, name="import", daemon=True).start()


def _read_whole(job: Job) -> None:
    content = (_folder() / f"{job.job_id}.file").read_bytes()
    job.previews = _previews(job.name, content)
    job.report = read_file(
        *(job.name, content),
        mapping=job.mapping,
        existing=existing(),
        shelf=shelf(),
        progress=partial(_far, job),
    )


def _far(job: Job, done: int, total: int) -> None:
    job.done, job.total = done, total


def _previews(name: str, content: bytes) -> tuple[Preview, ...]:
    try:
        return preview_tables(name, content)
    except Refused:  # the report says why
        return ()


def existing() -> list[Row]:
    """The questions that the working copy has, as rows without their pictures' bytes."""
    return [replace(row_of(written.question, lambda _medium: b""), media={}) for written in workshop().questions()]


def shelf() -> dict[str, bytes]:
    """The pictures of the working copy, which a file may name without bringing them."""
    folder = workshop().folder / "media"
    return {path: (folder / path).read_bytes() for path in workshop().bank.media if (folder / path).is_file()}


def export_rows(questions: Sequence[Any]) -> list[Row]:
    """Questions of the working copy as rows for a file, with their pictures."""
    folder = workshop().folder / "media"

    def picture(medium: Medium) -> bytes:
        return (folder / medium.path).read_bytes()

    return [row_of(question, picture) for question in questions]


# -- taking over ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Defaults:
    """What holds for every row whose file does not say it."""

    subject: str
    chapter: str
    families: tuple[str, ...]
    difficulty: int
    law: str
    article: str


def take(job: Job, defaults: Defaults, actor: Actor) -> tuple[str, ...]:
    """Write all rows of the report into the working copy, all or none; returns their ids. Each is a draft of this actor.

    RuleBroken('desk.import_not_read', 'desk.import_taken', 'desk.unreadable').
    """
    if job.report is None:
        raise RuleBroken("desk.import_not_read")
    author, shop = names.of_actor(actor), workshop()
    with shop.writing():
        if job.taken:  # within: of two who press at once one is told
            raise RuleBroken("desk.import_taken")
        with here().transaction():
            pictures, fresh = _pictures(job.report.rows)
            new: dict[tuple[str, str], list[dict[str, Any]]] = {}
            old: dict[str, dict[str, Any]] = {}
            there = {written.question.id for written in shop.questions()}
            for row in job.report.rows:
                values = {**_values(row, defaults, pictures), "state": "draft", "author": author}
                if row.id in there:
                    old[row.id] = {**values, "approval": None}
                else:
                    new.setdefault((row.subject or defaults.subject, row.chapter or defaults.chapter), []).append(
                        values
                    )
            written = shop.take_all(new, old, fresh)
            raw = here().current()
            for one in written:
                history.keep(one.question.id, Deed.WRITE, "zh", one.block, f"import {job.name}", actor, raw)
            digest = sha256((_folder() / f"{job.job_id}.file").read_bytes()).hexdigest()
            data = {"file": digest, "questions": len(written), **job.report.counts}
            record(EntryKind.BANK_IMPORTED, actor, about=job.job_id, data=data, raw=raw)
        job.taken = tuple(one.question.id for one in written)
    told = {"name": job.name, "account": job.account, "taken": list(job.taken)}
    write_durably(_folder() / f"{job.job_id}.json", json.dumps(told).encode())
    return job.taken


def _values(row: Row, defaults: Defaults, pictures: Mapping[str, str]) -> dict[str, Any]:
    """A row as the fields of a block; what neither the file nor the defaults say is left out, and refused by name."""
    law, article = (defaults.law, defaults.article)
    sources = [{"law": source.law, "article": source.article or article} for source in row.sources]
    sources = sources or ([{"law": law, "article": article}] if law and article else [])
    explanation = row.explanation.zh or (f"《{sources[0]['law']}》{sources[0]['article']}。" if sources else "")
    judge = row.kind is Kind.JUDGE
    options = [
        {"id": option.id, "picture": pictures[option.picture]}
        if option.picture
        else {"id": option.id, **_text(option.text.zh, option.text.bo)}
        for option in row.options
    ]
    return {
        "kind": row.kind.value,
        "families": list(row.families or defaults.families),
        "difficulty": row.difficulty or defaults.difficulty,
        "source": (sources[0] if len(sources) == 1 else sources) if sources else None,
        "media": [pictures[name] for name in row.pictures] or None,
        "stem": _text(row.stem.zh, row.stem.bo),
        "options": None if judge else options,
        "fixed_order": True if row.fixed_order else None,
        "key": next(iter(row.key)) if judge else sorted(row.key),
        "explanation": _text(explanation, row.explanation.bo),
    }


def _text(zh: str, bo: str) -> dict[str, str]:
    return {"zh": zh, **({"bo": bo} if bo else {})}


def _pictures(rows: Sequence[Row]) -> tuple[dict[str, str], dict[str, bytes]]:
    """The path in the bank for each name that the file gave a picture, and those pictures that the bank has not yet, by path."""
    bank = workshop().bank
    by_hash = {digest: path for path, digest in bank.media_hashes.items() if path in bank.media}
    paths, fresh = dict[str, str](), dict[str, bytes]()
    for row in rows:
        for name, content in row.media.items():
            digest = sha256(content).hexdigest()
            if digest not in by_hash:
                by_hash[digest] = f"imported/p{digest[:16]}{Path(name).suffix.lower() or '.svg'}"
                fresh[by_hash[digest]] = content
            paths[name] = by_hash[digest]
        paths |= {name: name for name in row.shown if name not in paths}
    return paths, fresh


def _folder() -> Path:
    return installation().settings.home / "imports"


def _remember(job: Job) -> None:
    with _lock:
        _jobs[job.job_id] = job
        for old in list(_jobs)[:-KEPT]:
            del _jobs[old]
