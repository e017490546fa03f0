"""Import: a file is shown row by row before anything is taken over; both run in the background and the page says how far they are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..bank.formats.exchange import Outcome, Verdict
from ..bank.formats.headings import FIELDS, NAMES
from ..bank.formats.keys import KeyStyle
from ..bank.formats.pictures import type_of
from ..bank.formats.reasons import said
from ..bank.formats.template import write_template
from ..bank.schema import PICTURES
from ..bank.words import OUTLINE
from ..domain.access import Act
from ..domain.errors import RuleBroken
from ..web.errors import message, problem_of
from ..web.guard import actor, staff
from ..web.language import _, language
from . import fault_words, importing, taking
from .exchange_views import FORMATS, LARGEST, as_file
from .mapping import mapping_of
from .rows import Defaults
from .views import desk, page_of_address, words

ON_A_PAGE: Final = 100
VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.TAKEN: (message("will be taken"), "fine"),
    Verdict.WARNED: (message("will be taken, with a warning"), "attention"),
    Verdict.REFUSED: (message("not taken"), "alarm"),
}
KEY_STYLES: Final[Mapping[KeyStyle, str]] = {
    KeyStyle.WORDS: message("letters or words (ABCD, 对/错, Y/N)"),
    KeyStyle.FROM_ZERO: message("numbers, 0 is A"),
    KeyStyle.FROM_ONE: message("numbers, 1 is A"),
    KeyStyle.BITS: message("sums of 1 (A), 2 (B), 4 (C), 8 (D)"),
    KeyStyle.ONE_IS_RIGHT: message("judge: 1 is right, 0 is wrong"),
}
ENDED: Final[Mapping[str, str]] = {
    "fault": message(
        "Something went wrong here while the file was taken over; it is noted. Nothing of it was taken over. You may press again."
    ),
    "stopped": message(
        "The server was started anew while the file was taken over. Nothing of it was taken over. You may press again."
    ),
}
TYPED: Final = Defaults(families=("car", "bus", "truck", "moto"), difficulty=2)  # what the form holds at first


@desk.get("/import/template.xlsx")
@staff(Act.WRITE_QUESTIONS)
def template() -> Response:
    """Our own workbook with Chinese headings and its explanations."""
    return as_file(
        write_template(), "questions-template.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


@desk.post("/import")
@staff(Act.WRITE_QUESTIONS, largest=LARGEST + 100_000)
def bring() -> Reply:
    """Take a file in and begin to read it: a dry run."""
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(_("Please choose a file."), "alarm")
        return redirect(url_for("desk.exchange_page"))
    with file.stream as stream:
        job = importing.begin(file.filename, stream.read(), actor())
    return _report_of(job.job_id)


@desk.get("/import/<job_id>")
@staff(Act.WRITE_QUESTIONS)
def import_report(job_id: str) -> str:
    """How far it is, then what would become of each question."""
    job, only = replace(importing.job_of(job_id, actor())), request.args.get("only", "")  # it may end meanwhile
    report = job.report
    outcomes = list(enumerate(report.outcomes)) if report else []
    outcomes = [(number, one) for number, one in outcomes if not only or one.verdict == only]
    page = min(page_of_address(), max(0, (len(outcomes) - 1) // ON_A_PAGE))
    more = (page + 1) * ON_A_PAGE < len(outcomes)
    return render_template(
        "desk/import.html",
        job=job,
        report=report,
        only=only,
        outcomes=outcomes[page * ON_A_PAGE : (page + 1) * ON_A_PAGE],
        verdicts=VERDICTS,
        formats=FORMATS,
        key_styles=KEY_STYLES,
        fields=FIELDS,
        field_names=NAMES,
        told=_told,
        lang_of=_lang_of,
        reason=lambda one: said(one, language()),
        lacks=_lacks(job),
        chapters_lacking=_chapters_lacking(job),
        typed=job.form or TYPED,
        outline=OUTLINE,
        trouble=_trouble(job),
        changed=taking.changed_meanwhile(job),
        earlier=url_for("desk.import_report", job_id=job_id, only=only, page=page - 1) if page else None,
        later=url_for("desk.import_report", job_id=job_id, only=only, page=page + 1) if more else None,
        **words(),
    )


@desk.get("/import/<job_id>/progress")
@staff(Act.WRITE_QUESTIONS)
def import_progress(job_id: str) -> Response:
    """How far the reading or the taking over is, for the page that waits."""
    job = importing.job_of(job_id, actor())
    return jsonify({"done": job.done, "total": job.total, "ready": not job.waits})


@desk.get("/import/<job_id>/picture/<int:number>/<path:name>")
@staff(Act.WRITE_QUESTIONS)
def import_picture(job_id: str, number: int, name: str) -> Response:
    """A picture of the question with this number from 0, before it is in the bank."""
    report = importing.job_of(job_id, actor()).report
    shown = report.outcomes[number].shown if report and number < len(report.outcomes) else None
    content = shown.media.get(name, b"") if shown else b""
    mimetype = PICTURES.get(f".{type_of(content)}")
    if mimetype is None:
        abort(404)
    return Response(content, mimetype=mimetype)


@desk.post("/import/<job_id>/map")
@staff(Act.WRITE_QUESTIONS)
def map_columns(job_id: str) -> Reply:
    """Say what somebody else's columns and answers mean, and read the file again."""
    job = importing.job_of(job_id, actor())
    mapping = mapping_of(request.form, request.form.getlist("sheet"), job.previews)
    importing.read_again(job, mapping)
    return _report_of(job_id)


@desk.post("/import/<job_id>/again")
@staff(Act.WRITE_QUESTIONS)
def read_again(job_id: str) -> Reply:
    """Read the file anew against the bank as it is now, for somebody has changed it since."""
    job = importing.job_of(job_id, actor())
    importing.read_again(job, job.mapping)
    return _report_of(job_id)


@desk.post("/import/<job_id>/take")
@staff(Act.WRITE_QUESTIONS)
def take(job_id: str) -> Reply:
    """Begin to take over what was read: all of it or nothing."""
    job, form = importing.job_of(job_id, actor()), request.form
    difficulty = form.get("difficulty", "2")
    defaults = Defaults(
        {subject: form.get(f"chapter.{subject}".rstrip("."), "") for subject in ("", *OUTLINE)},
        tuple(form.getlist("families")),
        int(difficulty) if difficulty in ("1", "2", "3") else 2,
        form.get("law", "").strip(),
        form.get("article", "").strip(),
    )
    try:
        taking.begin(job, defaults, actor())
    except RuleBroken as broken:
        flash(_(problem_of(broken)[2], **broken.facts), "alarm")
    return _report_of(job_id)


def _report_of(job_id: str) -> Reply:
    return redirect(url_for("desk.import_report", job_id=job_id))


def _trouble(job: importing.Job) -> list[str]:
    """Why nothing was taken over when it was last pressed, in sentences."""
    if job.ended:
        return [_(ENDED[job.ended])]
    if job.refused is None:
        return []
    lines = [fault_words.line(one) for one in fault_words.refusals(job.refused)]
    return [_(problem_of(job.refused)[2], **job.refused.facts), *lines[:10]]


def _lacks(job: importing.Job) -> set[str]:
    """What some row of the file does not say, so that it must be said for all of them."""
    rows = job.report.rows if job.report else ()
    found = {name for name in ("families", "difficulty") if any(not getattr(row, name) for row in rows)}
    sourceless = any(not row.sources or not all(source.article for source in row.sources) for row in rows)
    return found | ({"source"} if sourceless else set())


def _chapters_lacking(job: importing.Job) -> list[str]:
    """The subjects of which rows say no chapter; "" for those that do not say their subject either."""
    return sorted({row.subject for row in (job.report.rows if job.report else ()) if not row.chapter})


def _told(outcome: Outcome) -> list[str]:
    """The reasons of an outcome, refusals first, each with its place; what a refused one lacks beside is not said."""
    warnings = [one for one in outcome.warnings if outcome.row or one.key != "row.incomplete"]
    return [f"{one.place.cell}  {said(one, language())}".strip() for one in (*outcome.refusals, *warnings)]


def _lang_of(words: str) -> str:
    """The language of somebody else's words: Tibetan wherever there is some."""
    return "bo" if any("\u0f00" <= sign <= "\u0fff" for sign in words) else "zh-CN"
