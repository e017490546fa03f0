"""The running server: the application with its ticks, closer and sealer, under granian or gunicorn."""

import fcntl
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from .app import create_app
from .bank import service as bank
from .certificates import service as certificates
from .clock import now, sleep
from .config import Settings
from .db import here
from .desk import taking
from .domain.errors import RuleBroken
from .exam import form, upkeep
from .invigilation import second_person

TICK_SECONDS, CLOSE_SECONDS, SEAL_SECONDS = 5.0, 1.0, 10.0
SIGNATURE_SECONDS = 60.0
HANDOVER_SECONDS = 10  # for which a new server waits for the one before it to end
THREADS = 48
ADVISORY_LOCK = 0x636C6F73  # "clos": on PostgreSQL one process of many is the closer and sealer
log = logging.getLogger("examsys")


def served() -> Flask:
    """The application as `serve` runs it (called in the server's worker)."""
    settings = Settings(
        loopback=os.environ.get("EXAMSYS_LOOPBACK") == "1",
        secure=os.environ.get("EXAMSYS_SECURE") == "1",
        proxied=os.environ.get("EXAMSYS_PROXIED") == "1",
    )
    if settings.is_sqlite:
        become_sole_server(settings.home)
    app = create_app(settings)
    stop = threading.Event()
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    with app.app_context():
        if here().leads(ADVISORY_LOCK):  # on PostgreSQL another process may have served all the time
            upkeep.recover_outage(now())
        _clean_up()
    for name, seconds, act in (
        ("ticks", TICK_SECONDS, upkeep.tick),
        ("closer", CLOSE_SECONDS, lambda: upkeep.close_due(now())),
        ("sealer", SEAL_SECONDS, upkeep.seal_log),
        ("signatures", SIGNATURE_SECONDS, second_person.note_overdue),
    ):
        threading.Thread(target=_repeat, args=(app, stop, seconds, act), name=name, daemon=True).start()
    threading.Thread(target=_warm, args=(app,), name="warm", daemon=True).start()
    return app


def _clean_up() -> None:
    try:
        taking.clean_up()
    except Exception:  # an exam does not wait for the desk
        log.exception("imports that were not finished")


def _warm(app: Flask) -> None:
    """Read the bank, and load what makes sheets, before a hall asks for them; an exam does not wait for it."""
    with app.app_context():
        try:
            form.warm(bank.newest_release()[0])
            certificates.warm()
        except RuleBroken as broken:
            log.warning("warming: %s", broken)
        except Exception:
            log.exception("warming")


def become_sole_server(home: Path) -> int:
    """Hold a home whose database is embedded until this process ends, as two servers would charge each other's outages.

    Returns the descriptor that holds it; BlockingIOError while another process has it, after waiting some seconds.
    """
    descriptor = os.open(home / "serving.lock", os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(HANDOVER_SECONDS * 10):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            sleep(0.1)
    os.close(descriptor)
    raise BlockingIOError(f"another server serves {home}")


def _end_with(parent: int) -> None:
    """End when the process that started this one has gone: an orphan would go on serving beside its successor."""
    while os.getppid() == parent:
        sleep(CLOSE_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _repeat(app: Flask, stop: threading.Event, seconds: float, act: Callable[[], object]) -> None:
    """Do something again and again until the process ends; a fault is noted and the next round tries anew."""
    while not stop.wait(seconds):
        with app.app_context():
            try:
                if here().leads(ADVISORY_LOCK):
                    act()
            except RuleBroken as broken:
                log.error("%s: %s", threading.current_thread().name, broken)
            except Exception:
                log.exception("%s", threading.current_thread().name)


def serve(host: str, port: int, cert: str | None, key: str | None, engine: str) -> None:
    """Serve until stopped: `engine` is granian (one worker, blocking threads) or gunicorn (gthread)."""
    if engine == "gunicorn":
        _gunicorn(host, port, cert, key)
    else:
        _granian(host, port, cert, key)


def _granian(host: str, port: int, cert: str | None, key: str | None) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "examsys.serving:served",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=2048,
        backpressure=2048,
        log_access=False,
        log_level=LogLevels.error,
        ssl_cert=Path(cert) if cert else None,
        ssl_key=Path(key) if key else None,
        respawn_failed_workers=True,
    )
    server.serve()


def _gunicorn(host: str, port: int, cert: str | None, key: str | None) -> None:
    arguments = [
        "gunicorn",
        "--bind",
        f"{host}:{port}",
        "--workers",
        "1",
        "--threads",
        str(THREADS),
        "--worker-class",
        "gthread",
    ]
    arguments += ["--worker-connections", "2000", "--log-level", "warning", "--backlog", "2048", "--timeout", "120"]
    arguments += ["--keep-alive", "75"]  # seconds; its own 2 would close the line of a terminal that thinks
    if cert and key:
        arguments += ["--certfile", cert, "--keyfile", key]
    os.execv(Path(sys.executable).with_name("gunicorn"), [*arguments, "examsys.serving:served()"])
