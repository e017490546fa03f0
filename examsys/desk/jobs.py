"""Deeds that take their time: done in a thread of their own, remembered for whoever began them."""

import threading
from collections.abc import Callable
from typing import Final, Generic, Protocol, TypeVar

from flask import current_app

from ..domain.access import Actor
from ..domain.errors import RuleBroken

KEPT: Final = 20  # jobs that are remembered


class Begun(Protocol):
    """A job, and the account that began it."""

    job_id: str
    account: str | None


J = TypeVar("J", bound=Begun)


class Jobs(Generic[J]):
    """The last jobs of one kind; `unknown`: the key by which another's, or a forgotten one, is refused."""

    def __init__(self, unknown: str) -> None:
        self._unknown = unknown
        self._jobs: dict[str, J] = {}
        self._lock = threading.Lock()

    def remember(self, job: J) -> None:
        """Keep a job, and let go of the oldest."""
        with self._lock:
            self._jobs[job.job_id] = job
            for old in list(self._jobs)[:-KEPT]:
                del self._jobs[old]

    def of(self, job_id: str, actor: Actor) -> J:
        """A job of this actor; RuleBroken with the key for unknown ones."""
        job = self._jobs.get(job_id)
        if job is None or job.account != actor.account:
            raise RuleBroken(self._unknown)
        return job


def in_background(name: str, work: Callable[[], None]) -> None:
    """Do it in a thread with the site's application."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            work()

    threading.Thread(target=run, name=name, daemon=True).start()
