"""Listening: a second speaker of the dialect hears one recording after the other, approves it or sends it back."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..bank.dialects import dialects
from ..domain.access import Act
from ..domain.errors import RuleBroken
from ..web.errors import problem_of
from ..web.guard import actor, staff
from ..web.language import _
from . import hearing as second_speaker
from . import speakers
from .booth_views import spoken_words
from .views import desk


@desk.get("/hearing")
@staff(Act.RECORD_AUDIO)
def hearing() -> str:
    """One recording at a time with the words that it should say."""
    own = speakers.own_dialects(actor())
    asked = request.args.get("dialect", "")
    mine = [dialect.slug for dialect in dialects() if dialect.slug in own]
    chosen = asked if asked in own else next(iter(mine), "")
    waiting = second_speaker.waiting(chosen, actor()) if chosen else []
    after = request.args.get("after", "")
    ids = [one.id for one in waiting]
    place = ids.index(after) + 1 if after in ids else 0
    return render_template(
        "desk/hearing.html",
        mine=mine,
        chosen=chosen,
        one=waiting[place % len(waiting)] if waiting else None,
        count=len(waiting),
        **spoken_words(),
    )


@desk.post("/hearing/approve")
@staff(Act.RECORD_AUDIO)
def approve_recording() -> Reply:
    """Yes to exactly the file that was heard."""
    form = request.form
    return _judged(
        lambda: second_speaker.approve(form.get("text", ""), form.get("dialect", ""), form.get("file", ""), actor())
    )


@desk.post("/hearing/send-back")
@staff(Act.RECORD_AUDIO)
def send_back_recording() -> Reply:
    """No, with the reason that the booth shows."""
    form = request.form
    facts = (form.get("text", ""), form.get("dialect", ""), form.get("file", ""), form.get("reason", "")[:300])
    return _judged(lambda: second_speaker.send_back(*facts, actor()))


def _judged(judge: Callable[[], None]) -> Reply:
    """Do it and go on to the next one; what was refused is said."""
    try:
        judge()
    except RuleBroken as broken:
        flash(_(problem_of(broken)[2], **broken.facts), "alarm")
    dialect = request.form.get("dialect", "")
    return redirect(url_for("desk.hearing", dialect=dialect), 303)
