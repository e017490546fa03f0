"""ZIPs of recordings on their way in: taken in the background, clip by clip, while the page shows how far it is.

What was taken is in the bank at once. After a restart the job is unknown, and the same ZIP sent again keeps nothing twice.
"""

import logging
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ..accounts.service import installation
from ..clock import new_id
from ..domain.access import Actor
from ..domain.errors import RuleBroken
from . import clip_zip, speakers
from .jobs import Jobs, in_background

log = logging.getLogger("examsys")


@dataclass
class Job:
    """One ZIP. `rows` is None while it is read; `refused` says why the whole was, `failed` that the house had a fault."""

    job_id: str
    account: str | None
    speaker: str
    done: int = 0
    total: int = 0
    rows: list[clip_zip.Row] | None = None
    refused: RuleBroken | None = None
    failed: bool = False
    over: threading.Event = field(default_factory=threading.Event)


_jobs = Jobs[Job]("desk.import_unknown")


def begin(stream: IO[bytes], voice: str, actor: Actor) -> Job:
    """Keep the ZIP beside the bank until it is read, and start. RuleBroken('audio.speaker_unknown', 'audio.no_consent')."""
    speakers.to_record(voice)
    job = Job(new_id(), actor.account, voice)
    file = installation().settings.home / "imports" / f"{job.job_id}.zip"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as kept:
        shutil.copyfileobj(stream, kept)
    _jobs.remember(job)
    in_background("clips", lambda: _take(job, file, actor))
    return job


def job_of(job_id: str, actor: Actor) -> Job:
    """A job of this actor; RuleBroken('desk.import_unknown')."""
    return _jobs.of(job_id, actor)


def _take(job: Job, file: Path, actor: Actor) -> None:
    def far(done: int, total: int) -> None:
        job.done, job.total = done, total

    try:
        with file.open("rb") as stream:
            job.rows = clip_zip.take(stream, job.speaker, actor, far)
    except RuleBroken as broken:
        job.refused, job.rows = broken, []
    except Exception as error:  # whoever waits is told, and the ZIP can be sent again
        log.error("clips %s: %r", job.job_id, error, exc_info=error)
        job.failed, job.rows = True, []
    finally:
        file.unlink(missing_ok=True)
        job.over.set()
