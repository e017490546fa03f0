"""The booth's pages: one text at a time before the microphone, voices and their consent, a ZIP of clips, coverage."""

from typing import Any, Final

from flask import Response, abort, flash, jsonify, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Reply

from ..bank.dialects import dialect_names, dialects
from ..bank.schema import AUDIO_TYPES
from ..bank.words import CHAPTERS
from ..clock import now
from ..domain.access import Act
from ..domain.dates import beijing_day
from ..domain.errors import RuleBroken
from ..domain.spoken import Condition
from ..web.errors import message, problem_of
from ..web.guard import actor, staff
from ..web.language import _, language
from . import booth, checks, clip_jobs, clip_zip, clips, coverage, levelling, names, speakers
from . import consent as consents
from .shelf import AUDIO
from .views import desk, words

CONDITIONS: Final = {  # condition: word, look of .state
    Condition.MISSING: (message("Not recorded"), "quiet"),
    Condition.STALE: (message("Out of date: the words were changed"), "alarm"),
    Condition.WAITING: (message("Waits for a second speaker"), "attention"),
    Condition.SOUNDS: (message("Approved by a second speaker"), "fine"),
}
MOST_ROWS_SHOWN: Final = 500
QUESTIONS_A_CALL: Final = 100  # a few seconds


def spoken_words() -> dict[str, Any]:
    """How pages with recordings name things."""
    return {
        **words(), "dialects": dialects(), "dialect_names": dialect_names(language()), "conditions": CONDITIONS,
        "share": coverage.share, "Condition": Condition,
    }  # fmt: skip


# -- the booth -----------------------------------------------------------------------------------------------


@desk.get("/booth", endpoint="booth")
@staff(Act.RECORD_AUDIO)
def booth_page() -> str:
    """Choose a voice; then one text at a time, by the keyboard alone."""
    everybody = speakers.voices()
    chosen = next((one for one in everybody if one.slug == request.args.get("speaker")), None)
    subject, chapter = request.args.get("subject", ""), request.args.get("chapter", "")
    waiting = booth.queue(chosen.dialect, subject, chapter, chosen.slug) if chosen else []
    return render_template(
        "desk/booth.html",
        voices=everybody,
        chosen=chosen,
        subject=subject,
        chapter=chapter,
        queue=[_queued(one) for one in waiting] if chosen and chosen.consent else [],
        count=sum(not one.file for one in waiting),
        held=consents.held() if everybody else {},
        today=beijing_day(now().wall).isoformat(),
        levels=levelling.is_installed(),
        own=speakers.own_dialects(actor()),
        account=actor().account,
        usernames={one.slug: names.name_of(one.account) for one in everybody},
        taken=request.args.get("taken", 0, int),
        **spoken_words(),
    )


def _queued(one: booth.Queued) -> dict[str, Any]:
    """A text as the booth's script is handed it."""
    return {
        "id": one.id, "language": one.language, "words": one.words, "other": one.other, "of": one.of, "stale": one.stale,
        "told": one.told, "chapter": _(CHAPTERS.get(one.chapter, one.chapter)), "approved": one.approved,
        "file": url_for("desk.recording", path=one.file) if one.file else "",
    }  # fmt: skip


@desk.post("/booth/clips")
@staff(Act.RECORD_AUDIO)
def keep_clip() -> Response:
    """Take one clip; the answer comes only after it is on disk and in its question. A browser that kept it says for which account."""
    if request.form.get("account", actor().account) != actor().account:
        raise RuleBroken("audio.other_account")
    file = request.files.get("clip")
    content = file.stream.read(clips.LARGEST + 1) if file else b""
    ago = request.form.get("ago", "0")
    kept = booth.keep(
        request.form.get("text", ""),
        request.form.get("speaker", ""),
        content,
        request.form.get("of", ""),
        actor(),
        int(ago) if ago.isascii() and ago.isdigit() and len(ago) < 9 else 0,
    )
    address = url_for("desk.recording", path=kept.file)
    return jsonify({"file": kept.file, "address": address, "levelled": kept.levelled, "instead": kept.instead})


@desk.get("/recordings/", defaults={"path": ""})
@desk.get("/recordings/<path:path>")
@staff(Act.SEE_BANK)
def recording(path: str) -> Response:
    """A recording of the working copy."""
    shop = checks.workshop()
    shop.questions()  # takes what changed on disk
    kind = AUDIO_TYPES.get(f".{path.rpartition('.')[2]}")
    if kind is None or not path.startswith(f"{AUDIO}/") or path not in shop.bank.media_hashes:
        abort(404)
    return send_file(shop.folder / "media" / path, mimetype=kind, conditional=True)


# -- voices --------------------------------------------------------------------------------------------------


@desk.post("/booth/speakers")
@staff(Act.RECORD_AUDIO)
def enter_speaker() -> Reply:
    """Enter a voice with the day of its consent."""
    form = request.form
    agreed = form.get("consent", "") if form.get("agrees") else ""
    if form.get("agrees") and not agreed:
        raise RuleBroken("audio.bad_day")
    slug = speakers.enter(form.get("name", ""), form.get("dialect", ""), agreed, bool(form.get("own")), actor())
    flash(_("Speaker %(speaker)s was entered.", speaker=slug), "fine")
    return redirect(url_for("desk.booth", speaker=slug), 303)


@desk.post("/booth/speakers/correct")
@staff(Act.RECORD_AUDIO)
def correct_speaker() -> Reply:
    """Correct how a voice was entered; `whose`: me, nobody, or as it stands."""
    form = request.form
    own = {"me": True, "nobody": False}.get(form.get("whose", ""))
    slug = speakers.correct(form.get("speaker", ""), form.get("name", ""), form.get("dialect", ""), own, actor())
    flash(_("Speaker %(speaker)s was corrected.", speaker=slug), "fine")
    return redirect(url_for("desk.booth", speaker=slug), 303)


@desk.post("/booth/consent")
@staff(Act.RECORD_AUDIO)
def consent() -> Reply:
    """A consent that was given later; or taken back, and with it every recording of this voice.

    A call takes a part of them, and its page sends the next by itself: sent again, it goes on where it ended.
    """
    slug, day = request.form.get("speaker", ""), request.form.get("consent", "")
    if day:
        speakers.consent_to(slug, day, actor())
        flash(_("The consent of %(speaker)s was written down.", speaker=slug), "fine")
        return redirect(url_for("desk.booth", speaker=slug), 303)
    some = consents.take_back(slug, _("consent taken back"), actor(), QUESTIONS_A_CALL)
    count = some + request.form.get("taken", 0, int)
    if some and slug in consents.held():
        return redirect(url_for("desk.booth", speaker=slug, taken=count), 303)
    flash(
        _(
            "The consent of %(speaker)s was taken back. Recordings taken out of the bank: %(count)s. Papers are without them from the next release on.",
            speaker=slug,
            count=count,
        ),
        "fine",
    )
    return redirect(url_for("desk.booth", speaker=slug), 303)


# -- a ZIP of clips ------------------------------------------------------------------------------------------


@desk.post("/booth/zip")
@staff(Act.RECORD_AUDIO, largest=clip_zip.LARGEST_ZIP)
def take_zip() -> Reply:
    """Take a ZIP of clips in: it is read in the background, named by text and dialect."""
    file, slug = request.files.get("zip"), request.form.get("speaker", "")
    if file is None or not file.filename:
        flash(_("Please choose a file."), "alarm")
        return redirect(url_for("desk.booth", speaker=slug), 303)
    job = clip_jobs.begin(file.stream, slug, actor())
    return redirect(url_for("desk.zip_report", job_id=job.job_id), 303)


@desk.get("/booth/zip/<job_id>")
@staff(Act.RECORD_AUDIO)
def zip_report(job_id: str) -> str:
    """How far a ZIP is, then a row for each of its files; the refused first."""
    job = clip_jobs.job_of(job_id, actor())
    rows = job.rows or []
    told = [(row, _said(row.refused) if row.refused else "") for row in rows]
    return render_template(
        "desk/clips.html",
        job=job,
        trouble=_said(job.refused) if job.refused else "",
        rows=sorted(told, key=lambda one: not one[1])[:MOST_ROWS_SHOWN],
        total=len(rows),
        refused=sum(row.refused is not None for row in rows),
        levels=levelling.is_installed(),
        **spoken_words(),
    )


@desk.get("/booth/zip/<job_id>/progress")
@staff(Act.RECORD_AUDIO)
def zip_progress(job_id: str) -> Response:
    """How far a ZIP is, for the page that waits."""
    job = clip_jobs.job_of(job_id, actor())
    return jsonify({"done": job.done, "total": job.total, "ready": job.rows is not None})


def _said(broken: RuleBroken) -> str:
    return _(problem_of(broken)[2], **broken.facts)


# -- coverage ------------------------------------------------------------------------------------------------


@desk.get("/coverage", endpoint="coverage")
@staff(Act.SEE_BANK)
def coverage_board() -> str:
    """By chapter and dialect what share of the texts sounds, and which papers could be given as audio papers."""
    shop = checks.workshop()
    table = coverage.by_chapter(shop.questions() if shop.there else ())
    ordered = sorted(
        table.items(), key=lambda row: (row[0][0], [*CHAPTERS].index(row[0][1]) if row[0][1] in CHAPTERS else 99)
    )
    return render_template("desk/coverage.html", rows=ordered, papers=coverage.by_paper(), **spoken_words())
