"""Papers over HTTP: the candidate's own until sign-out, staff's within their reach, and the public page that checks one."""

from flask import Blueprint, Response, render_template, request

from ..domain.access import Act
from ..domain.certificate import Fault, Kind, Verdict
from ..domain.errors import RuleBroken
from ..exam.terminal import SUBJECTS
from ..web.errors import PROBLEMS, message
from ..web.guard import actor, public, terminal_or_staff
from ..web.language import LANGUAGES, speak
from . import service
from .checking import Checked, Standing, verify_file, verify_text

certificates = Blueprint("certificates", __name__, url_prefix="/certificates")
LONGEST_TEXT = 5_000
VERDICTS = {
    Verdict.VALID: message("Valid: this is what was issued. Compare it with the paper in your hand."),
    Verdict.DEMONSTRATION: message("Demonstration: it was made here, but it is no exam and proves nothing."),
    Verdict.BROKEN: message("Not valid."),
}
FAULTS = {
    Fault.NO_STATEMENT: message("This is not the text of one of our papers."),
    Fault.UNKNOWN_KEY: message("It comes from a site whose key is not known here."),
    Fault.SIGNATURE: message("A letter was changed, or somebody else made it."),
    Fault.FILE_UNSIGNED: message("The file carries no signature."),
    Fault.FILE_CHANGED: message("The file was changed after it was signed. Below is what was issued."),
    Fault.FILE_SIGNER: message("The file was signed by somebody who is not known here."),
    Fault.OTHER_FACTS: message("A paper with this number was issued here with other facts."),
}
STANDINGS = {
    Standing.SUPERSEDED: message("A newer paper has replaced this one."),
    Standing.UNKNOWN: message("This number is not known here."),
}
KINDS = {Kind.ARCHIVE: message("Score sheet"), Kind.SLIP: message("Candidate's slip")}


@certificates.get("/attempts/<attempt_id>/sheet.pdf")
@terminal_or_staff(Act.READ_SHEET)
def sheet(attempt_id: str) -> Response:
    """The archive score sheet."""
    return _paper(attempt_id, Kind.ARCHIVE)


@certificates.get("/attempts/<attempt_id>/slip.pdf")
@terminal_or_staff(Act.READ_SHEET)
def slip(attempt_id: str) -> Response:
    """The candidate's slip."""
    return _paper(attempt_id, Kind.SLIP)


def _paper(attempt_id: str, kind: Kind) -> Response:
    by_staff = actor().role is not None
    if by_staff:
        service.check_reach(attempt_id, actor())
    make = service.sheet_for if kind is Kind.ARCHIVE else service.slip_for
    pdf, number = make(attempt_id)
    if by_staff:
        service.note_view(attempt_id, number, actor())
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response


@certificates.get("/check")
@public
def check() -> str:
    """Where anybody can check a paper."""
    return _page()


@certificates.post("/check")
@public
def check_paper() -> str | tuple[str, int]:
    """Check the text or the file that was sent."""
    sent = request.files.get("file")
    pdf = sent.read() if sent is not None else b""
    text = request.form.get("text", "")[:LONGEST_TEXT]
    if not pdf:
        return _page(verify_text(text), text)
    try:
        return _page(verify_file(pdf))
    except RuleBroken as broken:
        status, msgid = PROBLEMS.get(broken.key, PROBLEMS["sheet.unavailable"])
        return _page(trouble=msgid), status


def _page(checked: Checked | None = None, text: str = "", trouble: str | None = None) -> str:
    speak(LANGUAGES, by_browser=True)
    says = []
    if checked is not None:
        reading = checked.reading
        says = [VERDICTS[reading.verdict]]
        says += [FAULTS[reading.fault]] if reading.fault else []
        says += [STANDINGS[checked.standing]] if checked.standing in STANDINGS else []
    return render_template(
        "certificates/check.html",
        checked=checked, says=says, text=text, trouble=trouble, subjects=SUBJECTS, kinds=KINDS,
    )  # fmt: skip
