"""The page of releases: what is proposed, what is in force, and what differs from the one before."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..domain.access import Act
from ..domain.errors import RuleBroken
from ..web.guard import actor, staff
from ..web.language import _
from . import releases
from .views import desk, words


@desk.get("/releases")
@staff(Act.SEE_BANK)
def release_list() -> str:
    """All releases and proposals, each with what differs from the release before it."""
    return render_template(
        "desk/releases.html",
        ready=len(releases.ready()),
        waiting=releases.waiting(),
        listed=releases.listed(),
        **words(),
    )


@desk.post("/releases/propose")
@staff(Act.REVIEW_QUESTIONS)
def propose() -> Response:
    """Put a release together from all that is approved and whole."""
    number, note = request.form.get("number", "").strip()[:20], request.form.get("note", "").strip()[:400]
    if not number:
        raise RuleBroken("desk.number_missing")
    releases.propose(number, note, actor())
    flash(_("Release %(number)s waits for its publisher.", number=number), "fine")
    return redirect(url_for("desk.release_list"))


@desk.post("/releases/<proposal_id>/publish")
@staff(Act.PUBLISH_BANK)
def publish(proposal_id: str) -> Response:
    """Publish a proposed release."""
    proposal = releases.proposal_of(proposal_id)
    releases.publish(proposal_id, actor())
    flash(_("Release %(number)s is in force for papers drawn from now on.", number=proposal.number), "fine")
    return redirect(url_for("desk.release_list"))
