"""The page of releases: what is proposed and what it would change, what is in force, and what differs from the one before."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..domain.access import Act
from ..domain.bank import Question
from ..domain.errors import RuleBroken
from ..web.errors import problem_of
from ..web.guard import actor, staff
from ..web.language import _
from . import releases
from .outlook import Outlook, outlook
from .releases import Proposed
from .views import desk, words

NEW = "new"  # the place of the form that puts a release together; the others are known by their proposal's id


@desk.get("/releases")
@staff(Act.SEE_BANK)
def release_list() -> str:
    """All releases and proposals, each with what differs from the release before it."""
    return _page()


def _page(place: str = "", problem: str = "") -> str:
    """The page; `problem` is said at the form of that place, which keeps what was typed."""
    ready = releases.ready()
    return render_template(
        "desk/releases.html",
        ready=len(ready),
        coming=outlook(ready) if ready else None,
        waiting=[_waiting(proposal, ready) for proposal in releases.waiting()],
        ended=releases.withdrawn(),
        listed=releases.listed(),
        place=place,
        problem=problem,
        typed=request.form,
        new=NEW,
        **words(),
    )


def _waiting(proposal: Proposed, ready: list[Question]) -> tuple[Proposed, tuple[str, ...], Outlook | None]:
    """A proposal, the questions because of which it is old, and what it would change: where it is old, proposed anew."""
    old = releases.changed_since(proposal, ready)
    questions = ready if old else [question for question in ready if question.id in proposal.contents]
    return proposal, old, outlook(questions) if questions else None


def _done(place: str, act: Callable[[], Any], said: str) -> Response | tuple[str, int]:
    """The page after an act, or the page with what keeps it from being done, at its form."""
    try:
        act()
    except RuleBroken as broken:
        status, _key, msgid = problem_of(broken)
        return _page(place, _(msgid, **broken.facts)), status
    flash(said, "fine")
    return redirect(url_for("desk.release_list"))


def _knowing() -> bool:
    return request.form.get("knowing") == "1"


@desk.post("/releases/propose")
@staff(Act.REVIEW_QUESTIONS)
def propose() -> Response | tuple[str, int]:
    """Put a release together from all that is approved and whole."""
    number, note = request.form.get("number", "").strip()[:20], request.form.get("note", "").strip()[:400]

    def act() -> None:
        if not number:
            raise RuleBroken("desk.number_missing")
        releases.propose(number, note, actor(), knowing=_knowing())

    return _done(NEW, act, _("Release %(number)s waits for its publisher.", number=number))


@desk.post("/releases/<proposal_id>/anew")
@staff(Act.REVIEW_QUESTIONS)
def propose_anew(proposal_id: str) -> Response | tuple[str, int]:
    """Put a release that became old together anew, under its number."""
    number = releases.proposal_of(proposal_id).number
    return _done(
        proposal_id,
        lambda: releases.propose_anew(proposal_id, actor(), knowing=_knowing()),
        _("Release %(number)s waits for its publisher.", number=number),
    )


@desk.post("/releases/<proposal_id>/withdraw")
@staff(Act.REVIEW_QUESTIONS)
def withdraw(proposal_id: str) -> Response | tuple[str, int]:
    """Take a proposal back."""
    return _ended(proposal_id, request.form.get("reason", "").strip())


@desk.post("/releases/<proposal_id>/refuse")
@staff(Act.PUBLISH_BANK)
def refuse(proposal_id: str) -> Response | tuple[str, int]:
    """A publisher's no, with the reason."""
    return _ended(proposal_id, request.form.get("reason", "").strip(), needed=True)


def _ended(proposal_id: str, reason: str, *, needed: bool = False) -> Response | tuple[str, int]:
    number = releases.proposal_of(proposal_id).number

    def act() -> None:
        if needed and not reason:
            raise RuleBroken("desk.reason_missing")
        releases.withdraw(proposal_id, reason, actor())

    return _done(proposal_id, act, _("Release %(number)s is withdrawn; the number is free again.", number=number))


@desk.post("/releases/<proposal_id>/publish")
@staff(Act.PUBLISH_BANK)
def publish(proposal_id: str) -> Response | tuple[str, int]:
    """Publish a proposed release."""
    number = releases.proposal_of(proposal_id).number
    return _done(
        proposal_id,
        lambda: releases.publish(proposal_id, actor(), knowing=_knowing()),
        _("Release %(number)s is in force for papers drawn from now on.", number=number),
    )
