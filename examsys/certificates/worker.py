"""The server's side of the press: starts the child process when it is first needed, feeds it, and replaces it when it dies or hangs.

A plain subprocess, as `multiprocessing` would load the server's own main module again and is refused inside a worker process.
"""

import json
import logging
import os
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotReady
from queue import Full, Queue
from typing import Any, NamedTuple

from ..clock import now
from ..config import ROOT
from ..domain.errors import RuleBroken
from .press import LENGTHS, frame

MOST_HELD = (
    12  # requests that may wait for the press at once: a quarter of the server's threads, the others belong to the exam
)
MOST_WAITING = 600  # orders; a whole hall that ends at once
MOST_ORDERS = 500  # then a fresh child, as PDF libraries keep memory
PRINT_SECONDS, READ_SECONDS = 60, 10
log = logging.getLogger("examsys.press")

Answer = tuple[dict[str, Any], bytes]


class _Order(NamedTuple):
    head: Mapping[str, Any]
    body: bytes
    done: "Future[Answer]"


class _Died(Exception):  # noqa: N818  named by what happened
    """The child ended in the middle of an order."""


class Worker:
    """One a process. Orders are done in the order in which they come, by one thread that owns the child."""

    def __init__(self) -> None:
        self._orders: Queue[_Order] = Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._held = threading.BoundedSemaphore(MOST_HELD)
        self._child: subprocess.Popen[bytes] | None = None
        self._done = 0

    @property
    def child(self) -> int | None:
        """The process id of the child, if it runs."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def order(self, head: Mapping[str, Any], body: bytes = b"") -> "Future[Answer]":
        """Hand in an order. The future brings the answer, or RuleBroken('sheet.unavailable'); RuleBroken('sheet.being_made') when too many wait."""
        order = _Order(head, body, Future())
        try:
            self._orders.put_nowait(order)
        except Full as full:
            raise RuleBroken("sheet.being_made") from full
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work_for_ever, name="press", daemon=True)
                self._thread.start()
        return order.done

    def wait(self, done: "Future[Answer]", seconds: float) -> Answer:
        """The answer of an order. RuleBroken('sheet.being_made') when it takes longer, or at once when too many requests wait already."""
        if done.done():
            return done.result()
        if not self._held.acquire(blocking=False):
            raise RuleBroken("sheet.being_made")
        try:
            return done.result(seconds)
        except NotReady as late:
            raise RuleBroken("sheet.being_made") from late
        finally:
            self._held.release()

    def _work_for_ever(self) -> None:
        while True:
            order = self._orders.get()
            try:
                order.done.set_result(self._carry_out(order))
            except BaseException as error:  # the caller is told, the thread goes on
                order.done.set_exception(error)

    def _carry_out(self, order: _Order) -> Answer:
        seconds = READ_SECONDS if order.head["do"] == "read" else PRINT_SECONDS
        for last in (False, True):
            try:
                head, body = self._speak(frame(dict(order.head), order.body), seconds)
                break
            except _Died:
                self._end_child()
                if last:
                    raise RuleBroken("sheet.unavailable") from None
            except (OSError, TimeoutError) as error:
                self._end_child()
                raise RuleBroken("sheet.unavailable") from error
        if not head["ok"]:
            log.error("press: %s", head["error"])
            raise RuleBroken("sheet.unavailable")
        return head, body

    def _speak(self, sent: bytes, seconds: int) -> Answer:
        child = self._running_child()
        assert child.stdin is not None
        try:
            child.stdin.write(sent)
            child.stdin.flush()
        except BrokenPipeError as error:
            raise _Died from error
        until = now().mono + seconds * 1_000_000
        head_length, body_length = LENGTHS.unpack(self._receive(child, LENGTHS.size, until))
        head = json.loads(self._receive(child, head_length, until))
        return head, self._receive(child, body_length, until)

    @staticmethod
    def _receive(child: "subprocess.Popen[bytes]", length: int, until: int) -> bytes:
        assert child.stdout is not None
        parts = bytearray()
        waiting = select.poll()  # not select(): a hall's lines take descriptors beyond its 1,024
        waiting.register(child.stdout, select.POLLIN)
        while len(parts) < length:
            left = (until - now().mono) / 1_000
            if left <= 0 or not waiting.poll(left):
                raise TimeoutError("the press is too slow")
            part = os.read(child.stdout.fileno(), length - len(parts))
            if not part:
                raise _Died
            parts += part
        return bytes(parts)

    def _running_child(self) -> "subprocess.Popen[bytes]":
        if self._done >= MOST_ORDERS or (self._child is not None and self._child.poll() is not None):
            self._end_child()
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "examsys.certificates.press"],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
            self._done = 0
        self._done += 1
        return self._child

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


PRESS = Worker()
