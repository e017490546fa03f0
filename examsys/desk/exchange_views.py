"""Import and export: the page of both; what is found goes out in any of the formats, or as a booklet."""

from collections.abc import Mapping
from typing import Final

from flask import Response, render_template, request, url_for

from ..accounts import service as accounts
from ..bank import service as bank
from ..bank.formats.exchange import FileKind
from ..bank.formats.packages import make_package
from ..bank.formats.reasons import said
from ..bank.formats.writing import write_file
from ..clock import now
from ..domain.access import Act
from ..domain.dates import beijing_day
from ..domain.errors import RuleBroken
from ..web.errors import message
from ..web.guard import actor, staff
from ..web.language import language
from . import finding, importing
from .views import desk, wanted_of_address, words

LARGEST: Final = 50_000_000  # bytes of a file
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


@desk.get("/exchange")
@staff(Act.SEE_BANK)
def exchange_page() -> str:
    """Where files come in and go out."""
    return render_template("desk/exchange.html", formats=FORMATS, largest=LARGEST // 1_000_000, **words())


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
        return as_file(made.content, f"questions{made.suffix}", made.mimetype)
    told = "\r\n".join(losses).encode("utf-8-sig")
    package = make_package({f"questions{made.suffix}": made.content, "left-out.txt": told})
    return as_file(package, "questions.zip", "application/zip")


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


def as_file(content: bytes, name: str, mimetype: str) -> Response:
    """Bytes that the browser saves under a name."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
