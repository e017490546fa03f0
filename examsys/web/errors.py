"""Errors as people and programs read them: RFC 9457 problems for the exam's calls, calm pages for everybody else."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from ..domain.errors import RuleBroken
from .guard import guard_of
from .language import CANDIDATES, LANGUAGES, STAFF, language, speak, text
from .language import message as message
from .office_problems import OFFICE_PROBLEMS

PROBLEMS: dict[str, tuple[int, str]] = {
    **OFFICE_PROBLEMS,
    "access.role": (403, message("Your post does not allow this.")),
    "access.roles_apart": (409, message("These two posts may not be held by one person.")),
    "access.same_person": (409, message("A second person must do this.")),
    "account.common_password": (
        422,
        message("This password is among the first that are tried. Please choose another."),
    ),
    "account.long_password": (422, message("The password may have at most %(length)s signs.")),
    "account.not_repeated": (422, message("The two new passwords are not the same.")),
    "account.own_name": (422, message("The password must not contain the user name.")),
    "account.same_password": (422, message("The new password is the present one. Please choose another.")),
    "account.taken": (409, message("This user name is taken.")),
    "account.unknown": (404, message("There is no such account.")),
    "account.weak_password": (422, message("The password needs at least %(length)s signs.")),
    "account.wrong_password": (422, message("The present password is wrong.")),
    "attempt.bad_language": (422, message("This language is not offered.")),
    "attempt.bad_option": (422, message("This is not an answer to this question.")),
    "attempt.bad_seq": (422, message("The number of this answer is not valid.")),
    "attempt.bad_view": (422, message("These notes of the screen are not valid.")),
    "attempt.closed": (409, message("The exam has ended.")),
    "attempt.no_makeup": (409, message("A second exam is not possible here.")),
    "attempt.not_closed": (409, message("The exam has not ended yet.")),
    "attempt.not_released": (409, message("The examiner has not released the start yet.")),
    "attempt.not_started": (409, message("The exam has not started.")),
    "attempt.paused": (409, message("The exam is paused.")),
    "attempt.position": (404, message("This paper has no such question.")),
    "attempt.time_over": (409, message("The time is over.")),
    "attempt.unknown": (404, message("There is no such exam here.")),
    "attempt.wrong_state": (409, message("This is not possible now.")),
    "auth.locked": (429, message("Too many failed tries. Please wait %(minutes)s minutes or call the examiner.")),
    "auth.no_post": (403, message("This account holds no post.")),
    "auth.password_first": (403, message("Please choose a password of your own first.")),
    "auth.sign_in_first": (401, message("Please sign in.")),
    "auth.token": (403, message("This page is out of date. Please load it again.")),
    "auth.unknown": (401, message("User name or password is wrong.")),
    "bank.content_missing": (503, message("A question of this paper cannot be read. Please call the examiner.")),
    "bank.no_release": (409, message("No release of the question bank has been published.")),
    "bank.not_released": (
        409,
        message(
            "%(count)s questions have no released Tibetan translation (%(first)s …). A formal site opens no session on them."
        ),
    ),
    "bank.question_unknown": (404, message("There is no such question.")),
    "candidate.checked_in": (409, message("This candidate is checked in already.")),
    "candidate.unknown": (404, message("There is no such candidate.")),
    "exam.signed_in_elsewhere": (409, message("You are signed in at another terminal. Please call the examiner.")),
    "exam.unknown_candidate": (401, message("ID number or admission code is wrong.")),
    "paper.cell_missing": (
        409,
        message("The bank has too few questions: chapter %(chapter)s, kind %(kind)s, %(have)s of %(need)s."),
    ),
    "paper.no_blueprint": (409, message("There is no paper of this kind: %(name)s.")),
    "paper.no_family": (409, message("There is no theory paper for class %(licence_class)s here.")),
    "person.erased": (410, message("The personal data were erased.")),
    "policy.no_approval": (
        409,
        message(
            "No approval of Tibetan papers has been entered for this site. A formal site opens no session without it."
        ),
    ),
    "policy.none_in_force": (503, message("No policy is in force on this day.")),
    "post.unknown": (404, message("There is no such post.")),
    "reason.missing": (422, message("Please give the reason.")),
    "request.bad_json": (400, message("The request is not valid JSON.")),
    "request.bad_kind": (422, message("This cannot be asked for.")),
    "request.bad_minutes": (422, message("Please ask for 1 to %(most)s minutes.")),
    "request.decided": (409, message("This request has been decided already.")),
    "request.too_large": (413, message("This is too large.")),
    "request.not_found": (404, message("There is no such page.")),
    "request.bad": (400, message("The request is not valid.")),
    "request.method": (405, message("This cannot be done here.")),
    "request.media_type": (415, message("This kind of content is not taken here.")),
    "request.fault": (500, message("Something went wrong here. It has been noted.")),
    "request.unknown": (404, message("There is no such request.")),
    "room.unknown": (404, message("There is no such exam room.")),
    "seat.second_move": (
        409,
        message("The first move has been made. A second one must be asked of the supervision post."),
    ),
    "seat.taken": (409, message("This seat is not free.")),
    "session.bad_day": (422, message("The day must be today or within a year.")),
    "session.full": (409, message("Every seat of this session is taken.")),
    "session.no_examiner": (409, message("Nobody holds the examination post for this room.")),
    "session.not_planned": (409, message("This session is past this stage: its roster and examiner stay as they are.")),
    "session.unknown": (404, message("There is no such session.")),
    "session.wrong_state": (409, message("The session is not at this stage.")),
    "sheet.being_made": (503, message("The score sheet is being made. Please try again shortly.")),
    "sheet.damaged": (500, message("The stored file of this paper is damaged or gone.")),
    "sheet.unavailable": (503, message("Papers cannot be made at the moment. The exam goes on.")),
    "spoil.only_sqlite": (409, message("A record is spoiled in a copy only where the database is embedded (SQLite).")),
    "attempt.no_answer": (409, message("This exam has no answer that could be spoiled.")),
    "site.none": (503, message("This installation has not been made a site yet.")),
    "storage.unavailable": (503, message("The answer could not be stored yet. It is kept in this browser.")),
    "unit.unknown": (404, message("There is no such unit.")),
}
HTTP_KEYS = {
    400: "request.bad",
    404: "request.not_found",
    405: "request.method",
    413: "request.too_large",
    415: "request.media_type",
}


def problem_of(broken: RuleBroken) -> tuple[int, str, str]:
    """Status, type slug and English message of a broken rule; unknown ones are the house's own fault."""
    status, msgid = PROBLEMS.get(broken.key, PROBLEMS["request.fault"])
    return status, broken.key, msgid


def _at_terminal() -> bool:
    return request.path.startswith("/exam/")


def _tongues() -> tuple[str, ...]:
    """The languages an error page can be had in: the candidate's two, staff's two where only staff come, else every one."""
    if _at_terminal():
        return CANDIDATES
    guard = guard_of(current_app, request.endpoint) if request.endpoint else None
    return STAFF if guard is not None and guard.kind == "staff" else LANGUAGES


def title(msgid: str, facts: dict[str, object]) -> str:
    """The message for a program: as a terminal asks for it, which may show both languages, else in the language of the page."""
    spoken: tuple[str, ...] = (language(),)
    if _at_terminal():
        accepted = request.headers.get("Accept-Language", "")
        spoken = CANDIDATES if accepted.startswith("bo") or (not accepted and _shows_both()) else ("zh",)
    return " ".join(text(one, msgid, **facts) for one in spoken)


def _shows_both() -> bool:
    login = g.get("login")
    if login is None:
        return False
    shown: bool = current_app.extensions["examsys.guard"].shows_both(login)
    return shown


def wants_json() -> bool:
    """Whether the caller is a program: the exam's calls, whatever they say of themselves, or whoever asks for JSON."""
    if request.is_json or (request.path.startswith("/exam/") and request.method not in ("GET", "HEAD")):
        return True
    offered = ["text/html", "application/json"]
    if request.path.startswith("/exam/attempts/"):
        offered.reverse()  # who takes anything is no browser that goes to a page
    return request.accept_mimetypes.best_match(offered, default=offered[0]) == "application/json"


def problem(status: int, key: str, msgid: str, facts: dict[str, object] | None = None) -> Response:
    """An error as the caller can read it."""
    tongues = _tongues()
    speak(tongues, by_browser=tongues == LANGUAGES)
    if wants_json():
        response = jsonify({"type": key, "title": title(msgid, facts or {}), "status": status})
        response.mimetype = "application/problem+json"
    else:
        said = {spoken: text(spoken, msgid, **(facts or {})) for spoken in tongues}
        whose = "candidate" if _at_terminal() else "staff" if tongues == STAFF else "everybody"
        page = render_template("error.html", status=status, key=key, said=said, whose=whose)
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if status in (429, 503):
        response.headers["Retry-After"] = "5"
    return response


def install(app: Flask, report: Any, away: Sequence[type[Exception]]) -> None:
    """Answer every error with a problem; `report(error)` writes down the ones that are ours. `away`: what is raised without a database."""

    @app.errorhandler(RuleBroken)
    def rule_broken(broken: RuleBroken) -> Response:
        status, key, msgid = problem_of(broken)
        if status >= 500:
            report(broken)
        return problem(status, key, msgid, broken.facts)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        key = HTTP_KEYS.get(status, "request.fault" if status >= 500 else "request.bad")
        return problem(status, key, PROBLEMS[key][1])

    def no_storage(error: Exception) -> Response:
        report(error)
        return problem(503, "storage.unavailable", PROBLEMS["storage.unavailable"][1])

    for kind in away:
        app.register_error_handler(kind, no_storage)

    @app.errorhandler(Exception)
    def fault(error: Exception) -> Response:
        report(error)
        return problem(500, "request.fault", PROBLEMS["request.fault"][1])
