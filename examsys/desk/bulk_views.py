"""One act for all ticked questions of the list, or for all that fit its filters: how far it is, and what was refused why."""

from typing import Any, Final

from flask import Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from ..domain.access import Act
from ..domain.errors import RuleBroken
from ..web.errors import problem_of
from ..web.guard import actor, staff
from ..web.language import _
from . import bulk as deeds
from . import fault_words, finding
from .views import BULK, act_of_form, desk, wanted_of_address, words

SOON_OVER: Final = 1.5  # seconds: a few questions need no page that waits


@desk.post("/questions/bulk")
@staff(Act.SEE_BANK)
def bulk() -> Reply:
    """Begin; the filters of the list stay in the address, for the way back."""
    _label, deed, language = act_of_form()
    if request.form.get("all") == "1":
        ids = [item.question.id for item in finding.find(wanted_of_address())]
    else:
        ids = request.form.getlist("question")
    job = deeds.begin(deed, ids, language, request.form.get("reason", ""), actor())
    job.over.wait(SOON_OVER)
    kept: dict[str, Any] = {key: value for key, value in request.args.items() if value}
    return redirect(url_for("desk.bulk_report", job_id=job.job_id, **kept), 303)


@desk.get("/questions/bulk/<job_id>")
@staff(Act.SEE_BANK)
def bulk_report(job_id: str) -> str:
    """How far it is, then how many were done and each refusal with its reason."""
    job = deeds.job_of(job_id, actor())
    (label,) = [label for label, deed, language, _act in BULK.values() if (deed, language) == (job.deed, job.language)]
    kept: dict[str, Any] = {key: value for key, value in request.args.items() if value and key != "lang"}
    return render_template(
        "desk/bulk.html",
        job=job,
        label=label,
        refused=[(question_id, _why(broken)) for question_id, broken in job.refused],
        back=url_for("desk.questions", **kept),
        **words(),
    )


@desk.get("/questions/bulk/<job_id>/progress")
@staff(Act.SEE_BANK)
def bulk_progress(job_id: str) -> Response:
    """How far it is, for the page that waits."""
    job = deeds.job_of(job_id, actor())
    return jsonify({"done": job.done, "total": len(job.ids), "ready": job.over.is_set()})


def _why(broken: RuleBroken) -> str:
    said = [_(problem_of(broken)[2], **broken.facts)]
    return " ".join([*said, *(fault_words.line(one) for one in fault_words.refusals(broken)[:3])])
