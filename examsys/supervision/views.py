"""The auditor's pages: search, one attempt's record, its replay, verification and export, and the log."""

import csv
import io
import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from ..domain.access import Act
from ..domain.attempt import State
from ..exam import service as exam
from ..web.guard import actor, staff
from ..web.language import _, language
from . import service, texts
from .report import Report
from .service import Filters

supervision = Blueprint("supervision", __name__, url_prefix="/supervision")
LONGEST_FILTER = 60


@supervision.app_context_processor
def words() -> dict[str, Any]:
    """How the pages of this flat name things."""
    return {"record": texts} if request.blueprint == supervision.name else {}


def _filters() -> Filters:
    """The filters of the address; a day that is none is left out, so that no filter ever fails the page."""
    asked = {name: request.args.get(name, "").strip()[:LONGEST_FILTER] for name in Filters.__slots__}
    try:
        date.fromisoformat(asked["day"])
    except ValueError:
        asked["day"] = ""
    return Filters(**asked)


def _page() -> int:
    asked = request.args.get("page", "0")
    return min(int(asked), 100_000) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0


def _beside(page: int, more: bool) -> dict[str, str | None]:
    """Addresses of the pages before and after this one, with all filters kept."""

    def at(number: int) -> str:
        kept = {name: value for name, value in request.args.items() if name != "page" and value}
        return url_for(request.endpoint or "", **kept, page=number or None)  # type: ignore[arg-type]

    return {"earlier": at(page - 1) if page else None, "later": at(page + 1) if more else None}


@supervision.get("/attempts")
@staff(Act.SEE_ATTEMPTS)
def attempts() -> str | Response:
    """Search attempts within reach; the same list as CSV with format=csv."""
    filters, page = _filters(), _page()
    listed = service.find(filters, page, actor())
    if request.args.get("format") == "csv":
        return _csv(listed)
    kept = {name: getattr(filters, name) for name in Filters.__slots__ if getattr(filters, name)}
    sheet = url_for("supervision.attempts", **kept, page=page or None, format="csv")
    return render_template(
        "supervision/attempts.html",
        listed=listed,
        filters=filters,
        sheet=sheet,
        kept=kept,
        **_beside(page, listed.more),
    )


def _csv(listed: service.Listed) -> Response:
    """What is on the screen, for a spreadsheet (UTF-8 with its mark); no cell begins like a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_(heading) for heading in texts.COLUMNS])
    for row in listed.rows:
        writer.writerow([_plain(cell) for cell in texts.cells(row)])
    response = Response("\ufeff" + file.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="exam-records.csv"'
    return response


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


@supervision.get("/attempts/<attempt_id>")
@staff(Act.SEE_ATTEMPTS)
def attempt(attempt_id: str) -> str:
    """One attempt: facts, results, the whole timeline, and the findings of its verification beside it."""
    return _attempt(service.look(attempt_id, actor()), verified=False)


@supervision.post("/attempts/<attempt_id>/verify")
@staff(Act.SEE_ATTEMPTS)
def verify(attempt_id: str) -> str:
    """Verify now, on the page; an entry says what came out."""
    return _attempt(service.verify_attempt(attempt_id, actor()), verified=True)


def _attempt(dossier: service.Dossier, verified: bool) -> str:
    only = request.args.get("only", "")
    shown = [moment for moment in dossier.moments if texts.is_wanted(moment, only)]
    return render_template(
        "supervision/attempt.html", dossier=dossier, shown=shown, only=only, verified=verified, used=_used(dossier)
    )


def _used(dossier: service.Dossier) -> int:
    """Seconds used up to now: the bar ends with the newest step, but the clock of an open exam runs on."""
    if dossier.bar is None:
        return 0
    if dossier.row.found.state not in (State.RUNNING, State.PAUSED):
        return dossier.bar.used
    left: int = exam.pulse(dossier.row.found.attempt_id)["seconds_left"]
    return max(0, dossier.bar.allowed - left)


@supervision.get("/attempts/<attempt_id>/replay")
@staff(Act.SEE_ATTEMPTS)
def replay(attempt_id: str) -> str:
    """The player around the screen."""
    row = service.reachable(attempt_id, actor())
    return render_template("supervision/replay.html", row=row)


@supervision.get("/attempts/<attempt_id>/screen")
@staff(Act.SEE_ATTEMPTS)
def screen(attempt_id: str) -> str:
    """The candidate's screen, drawn by the exam's own page code; the player's frame."""
    film = service.replay_of(attempt_id, actor())
    return render_template("supervision/screen.html", paper=film.paper, frames=film.frames)


@supervision.get("/attempts/<attempt_id>/export.json")
@staff(Act.SEE_ATTEMPTS)
def export(attempt_id: str) -> Response:
    """The attempt's evidence, to be checked by deploy/verify_exam.py without this site."""
    document = service.export_attempt(attempt_id, actor())
    response = Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="exam-{attempt_id}.json"'
    return response


@supervision.post("/spoil")
@staff(Act.SEE_ATTEMPTS)
def spoil() -> str:
    """Spoil one record of a copy of the database and show what the verifier says; for a demonstration only."""
    number = request.form.get("number", "")
    chosen = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else None
    spoiled = service.spoil_copy(request.form.get("attempt", ""), chosen, actor())
    return render_template("supervision/spoil.html", spoiled=spoiled, lines=spoiled.report.lines(language()))


@supervision.get("/log")
@staff(Act.SEE_LOG)
def log() -> str:
    """The log: its state, newest checkpoints, entries by kind and day."""
    return _log(None)


@supervision.post("/log/verify")
@staff(Act.SEE_LOG)
def verify_log() -> str:
    """Verify the whole site and show what came out."""
    return _log(service.verify_log(request.form.get("deep") == "1", actor()))


def _log(report: Report | None) -> str:
    kind, day = request.args.get("kind", "")[:40], _filters().day
    page = service.log_page(kind, day, _page())
    lines = report.lines(language()) if report else []
    return render_template(
        "supervision/log.html",
        log=page,
        kind=kind,
        day=day,
        report=report,
        lines=lines,
        **_beside(page.page, page.more),
    )
