"""One deed for many questions, in the background: each as if it were done alone, some at a time so that others come between.

What was done is done; after a restart the job is unknown, and the same deed again finds the rest.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..clock import new_id
from ..db import here
from ..domain.access import Actor
from ..domain.desk import WAYS, Deed
from ..domain.errors import RuleBroken
from . import checks, history, service
from .jobs import Jobs, in_background

log = logging.getLogger("examsys")
AT_A_TIME: Final = 40  # questions of one writing


@dataclass
class Job:
    """A deed under way. `done`: how many were looked at of `ids`; `changed`, `refused`: what came of them."""

    job_id: str
    account: str | None
    deed: Deed
    language: str
    ids: Sequence[str]
    done: int = 0
    changed: int = 0
    refused: list[tuple[str, RuleBroken]] = field(default_factory=list)
    failed: bool = False
    over: threading.Event = field(default_factory=threading.Event)


_jobs = Jobs[Job]("desk.bulk_unknown")


def begin(deed: Deed, ids: Sequence[str], language: str, reason: str, actor: Actor) -> Job:
    """Start the deed for these questions. RuleBroken('desk.reason_missing') before the first of them."""
    if WAYS[deed].reason and not reason.strip():
        raise RuleBroken("desk.reason_missing")
    job = Job(new_id(), actor.account, deed, language, list(dict.fromkeys(ids)))
    _jobs.remember(job)
    in_background("bulk", lambda: _do_all(job, reason, actor))
    return job


def job_of(job_id: str, actor: Actor) -> Job:
    """A job of this actor; RuleBroken('desk.bulk_unknown')."""
    return _jobs.of(job_id, actor)


def _do_all(job: Job, reason: str, actor: Actor) -> None:
    try:
        for start in range(0, len(job.ids), AT_A_TIME):
            _do_some(job, job.ids[start : start + AT_A_TIME], reason, actor)
            job.done += len(job.ids[start : start + AT_A_TIME])
    except Exception as error:  # whoever waits is told, and the deed can be done again
        log.error("bulk %s: %r", job.job_id, error, exc_info=error)
        job.failed = True
    finally:
        job.over.set()


def _do_some(job: Job, ids: Sequence[str], reason: str, actor: Actor) -> None:
    """Files once, then the versions in one short turn; files are put back if those cannot be kept."""
    shop, change = checks.workshop(), service.change_of(job.deed, job.language, reason, actor)
    with shop.writing():
        changed, refused = [], []
        for question_id in ids:
            try:
                written = shop.question(question_id)
                changed.append((written, change(written)))
            except RuleBroken as broken:
                refused.append((question_id, broken))
        shop.replace_all({written.question.id: block for written, block in changed})
        with here().transaction():
            raw = here().current()
            for written, block in changed:
                history.keep_first(written.question.id, written.block, raw)
                history.keep(written.question.id, job.deed, job.language, block, reason, actor, raw)
    job.changed += len(changed)
    job.refused += refused
