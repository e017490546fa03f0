"""Import and export: a file is shown row by row before anything is taken over; what is found goes out in any of the formats."""

from collections.abc import Mapping
from typing import Final

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..accounts import service as accounts
from ..bank import service as bank
from ..bank.formats.exchange import FileKind, Outcome, Verdict
from ..bank.formats.headings import FIELDS, NAMES
from ..bank.formats.keys import KeyStyle
from ..bank.formats.packages import make_package
from ..bank.formats.reasons import said
from ..bank.formats.template import write_template
from ..bank.formats.writing import write_file
from ..clock import now
from ..domain.access import Act
from ..domain.dates import beijing_day
from ..domain.errors import RuleBroken
from ..web.errors import message, problem_of
from ..web.guard import actor, staff
from ..web.language import _, language
from . import fault_words, finding, importing
from .mapping import mapping_of
from .rows import Defaults
from .views import desk, page_of_address, wanted_of_address, words

LARGEST: Final = 50_000_000  # bytes of a file
ON_A_PAGE: Final = 100
FORMATS: Final[Mapping[FileKind, str]] = {
    FileKind.EXCEL: message("Excel (our template)"),
    FileKind.CSV: message("CSV table"),
    FileKind.JSON: message("JSON file"),
    FileKind.MOODLE: message("Moodle XML file"),
    FileKind.GIFT: message("GIFT text"),
    FileKind.AIKEN: message("Aiken (Chinese single choice only)"),
    FileKind.QTI21: message("QTI 2.1 package"),
    FileKind.QTI22: message("QTI 2.2 package"),
    FileKind.QTI30: message("QTI 3.0 package"),
}
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


@desk.get("/exchange")
@staff(Act.SEE_BANK)
def exchange_page() -> str:
    """Where files come in and go out."""
    return render_template("desk/exchange.html", formats=FORMATS, largest=LARGEST // 1_000_000, **words())


# -- in ------------------------------------------------------------------------------------------------------


@desk.get("/import/template.xlsx")
@staff(Act.WRITE_QUESTIONS)
def template() -> Response:
    """Our own workbook with Chinese headings and its explanations."""
    return _file(
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
    return redirect(url_for("desk.import_report", job_id=job.job_id))


@desk.get("/import/<job_id>")
@staff(Act.WRITE_QUESTIONS)
def import_report(job_id: str) -> str:
    """How far it is, then what would become of each question."""
    job = importing.job_of(job_id, actor())
    report, only = job.report, request.args.get("only", "")
    outcomes = [outcome for outcome in report.outcomes if not only or outcome.verdict == only] if report else []
    page = min(page_of_address(), max(0, (len(outcomes) - 1) // ON_A_PAGE))
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
        reason=lambda one: said(one, language()),
        lacks=_lacks(job),
        changed=importing.changed_meanwhile(job),
        earlier=url_for("desk.import_report", job_id=job_id, only=only, page=page - 1) if page else None,
        later=url_for("desk.import_report", job_id=job_id, only=only, page=page + 1)
        if (page + 1) * ON_A_PAGE < len(outcomes)
        else None,
        **words(),
    )


@desk.get("/import/<job_id>/progress")
@staff(Act.WRITE_QUESTIONS)
def import_progress(job_id: str) -> Response:
    """How far the reading is, for the page that waits."""
    job = importing.job_of(job_id, actor())
    return jsonify({"done": job.done, "total": job.total, "ready": job.report is not None})


@desk.post("/import/<job_id>/map")
@staff(Act.WRITE_QUESTIONS)
def map_columns(job_id: str) -> Reply:
    """Say what somebody else's columns and answers mean, and read the file again."""
    job = importing.job_of(job_id, actor())
    mapping = mapping_of(request.form, request.form.getlist("sheet"), job.previews)
    importing.read_again(job, mapping)
    return redirect(url_for("desk.import_report", job_id=job_id))


@desk.post("/import/<job_id>/again")
@staff(Act.WRITE_QUESTIONS)
def read_again(job_id: str) -> Reply:
    """Read the file anew against the bank as it is now, for somebody has changed it since."""
    job = importing.job_of(job_id, actor())
    importing.read_again(job, job.mapping)
    return redirect(url_for("desk.import_report", job_id=job_id))


@desk.post("/import/<job_id>/take")
@staff(Act.WRITE_QUESTIONS)
def take(job_id: str) -> Reply:
    """Take over what was read: all of it or nothing."""
    job = importing.job_of(job_id, actor())
    difficulty = request.form.get("difficulty", "2")
    defaults = Defaults(
        request.form.get("subject", ""),
        request.form.get("chapter", ""),
        tuple(request.form.getlist("families")),
        int(difficulty) if difficulty in ("1", "2", "3") else 2,
        request.form.get("law", "").strip(),
        request.form.get("article", "").strip(),
    )
    try:
        ids = importing.take(job, defaults, actor())
        flash(
            _(
                "%(count)s questions were taken over as drafts: %(first)s … %(last)s.",
                count=len(ids),
                first=ids[0],
                last=ids[-1],
            ),
            "fine",
        )
    except RuleBroken as broken:
        flash(_(problem_of(broken)[2], **broken.facts), "alarm")
        for refusal in fault_words.refusals(broken)[:10]:
            flash(fault_words.line(refusal), "attention")
    return redirect(url_for("desk.import_report", job_id=job_id))


def _lacks(job: importing.Job) -> set[str]:
    """What some row of the file does not say, so that it must be said for all of them."""
    rows = job.report.rows if job.report else ()
    found = {
        name for name in ("subject", "chapter", "families", "difficulty") if any(not getattr(row, name) for row in rows)
    }
    return found | (
        {"source"}
        if any(not row.sources or not all(source.article for source in row.sources) for row in rows)
        else set()
    )


def _told(outcome: Outcome) -> list[str]:
    """The reasons of an outcome, refusals first, each with its place."""
    return [f"{one.place.cell}  {said(one, language())}".strip() for one in (*outcome.refusals, *outcome.warnings)]


# -- out -----------------------------------------------------------------------------------------------------


@desk.get("/export")
@staff(Act.SEE_BANK)
def export() -> Response:
    """What the filters find, as a file; what a format cannot carry is said in a file beside it."""
    kind = request.args.get("format", "")
    if kind not in set(FileKind):
        raise RuleBroken("desk.no_such_act")
    rows = importing.export_rows([item.question for item in finding.find(wanted_of_address())])
    made = write_file(rows, FileKind(kind))
    losses = [f"{one.place}  {said(one, language())}" for one in (*made.left_out, *made.lost)]
    if not losses:
        return _file(made.content, f"questions{made.suffix}", made.mimetype)
    told = "\r\n".join(losses).encode("utf-8-sig")
    package = make_package({f"questions{made.suffix}": made.content, "left-out.txt": told})
    return _file(package, "questions.zip", "application/zip")


@desk.get("/booklet")
@staff(Act.SEE_BANK)
def booklet() -> str:
    """What the filters find as a bilingual booklet, to be printed."""
    found = finding.find(wanted_of_address())
    unit_id = actor().unit
    return render_template(
        "desk/booklet.html",
        chapters_found=_by_chapter(found),
        total=len(found),
        drafted=any(item.bo not in ("approved", "published") for item in found),
        keys=request.args.get("keys") == "1",
        office=accounts.unit(unit_id) if unit_id else None,
        site=accounts.installation().site,
        release=_newest_number(),
        day=beijing_day(now().wall).isoformat(),
        media=lambda path: url_for("desk.medium", path=path),
        **words(),
    )


def _newest_number() -> str:
    """The number of the newest release, empty before the first."""
    try:
        return bank.newest_release()[1]
    except RuleBroken:
        return ""


def _by_chapter(found: list[finding.Item]) -> dict[tuple[str, str], list[finding.Item]]:
    chapters: dict[tuple[str, str], list[finding.Item]] = {}
    for item in found:
        chapters.setdefault((item.question.subject, item.question.chapter), []).append(item)
    return chapters


def _file(content: bytes, name: str, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
