"""How questions behave, for those who work on them: list, one question, fairness, reliability. Figures by language stay in here."""

from collections.abc import Callable
from functools import wraps
from statistics import median
from typing import Any, Final

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from ..domain.access import Act
from ..domain.errors import RuleBroken
from ..domain.fairness import LEAST_TAKERS, LEVEL, PAIRS, Comparison
from ..domain.statistics import LEAST_SHOWN, NO_ANSWER, wilson
from ..web.guard import staff
from ..web.language import _
from . import charts, checks, figures, figures_words, views
from .figures import Behaviour, Figures

desk_figures = Blueprint("desk_figures", __name__, url_prefix="/desk/figures")
ON_A_PAGE: Final = 50
IN_A_PLOT: Final = 24  # lines of the forest plot; the table behind it has all
IN_A_TABLE: Final = 200
LONGEST_FILTER: Final = 60


@desk_figures.context_processor
def words() -> dict[str, Any]:
    """How the pages of figures name things."""
    least = {"least_shown": LEAST_SHOWN, "least_takers": LEAST_TAKERS}
    return {**views.words(), "ways": _ways(), **least}


def _ways() -> list[dict[str, Any]]:
    """The three pages of a release, and which of them this is."""
    pages = (("questions", _("Questions")), ("fairness", _("Fairness")), ("reliability", _("Reliability")))
    release = _asked("release")
    return [
        {
            "label": label,
            "url": url_for(f"desk_figures.{page}", release=release or None),
            "here": request.endpoint == f"desk_figures.{page}",
        }
        for page, label in pages
    ]


def _asked(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST_FILTER]


Page = str | tuple[str, int]


def of_release(view: Callable[..., Page]) -> Callable[..., Page]:
    """Hand a view the figures of the release that the address names; where there is none, a page says so."""

    @wraps(view)
    def shown(**named: Any) -> Page:
        try:
            found = figures.figures_of(figures.release_named(_asked("release")))
        except RuleBroken as broken:
            if broken.key != "bank.no_release":
                raise
            return _no_release()
        return view(found, **named)

    return shown


def _no_release() -> Page:
    """What is missing before there can be figures, or which releases have some."""
    try:
        releases = figures.releases()
    except RuleBroken:
        releases = []
    page = render_template("desk/figures_none.html", asked=_asked("release"), releases=releases)
    return page, 404 if releases else 200


@desk_figures.get("")
@staff(Act.SEE_FIGURES)
@of_release
def questions(found: Figures) -> str:
    """Every question that was asked, with its figures; what wants to be looked at first."""
    subject, flagged, sort = _asked("subject"), _asked("flagged") == "1", _asked("sort")
    sort = sort if sort in figures.SORTS else figures.SORTS[0]
    rows = figures.listed(found, subject, flagged, sort)
    asked = _asked("page")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    page = min(page, max(0, (len(rows) - 1) // ON_A_PAGE))
    return render_template(
        "desk/figures.html",
        found=found,
        releases=figures.releases(),
        rows=rows[page * ON_A_PAGE : (page + 1) * ON_A_PAGE],
        total=len(rows),
        flags=sum(bool(one.flags) for one in rows),
        plane=_plane(rows),
        wanted={"subject": subject, "flagged": flagged, "sort": sort, "release": _asked("release")},
        sort_url=lambda name: _at(sort=name, page=None),
        earlier=_at(page=page - 1) if page else None,
        later=_at(page=page + 1) if (page + 1) * ON_A_PAGE < len(rows) else None,
    )


def _at(**changed: Any) -> str:
    """This list with something else asked of it."""
    kept = {name: value for name, value in request.args.items() if value and name != "lang"} | changed
    return url_for("desk_figures.questions", **{name: value for name, value in kept.items() if value is not None})


def _mark(one: Behaviour) -> str:
    return "grave" if any(flag.grave for flag in one.flags) else "flagged" if one.flags else "plain"


def _plane(rows: list[Behaviour]) -> tuple[str, Markup] | None:
    """The chart of all questions under the sentence that it shows."""
    dots = [
        charts.Dot(one.question.id, one.figures.facility.value, one.figures.discrimination.value, _mark(one))
        for one in rows
        if one.figures.facility and one.figures.discrimination
    ]
    if not dots:
        return None
    title = _(
        "Half of these %(count)s questions are answered right by %(share)s %% or more",
        count=len(dots),
        share=f"{100 * median(dot.x for dot in dots):.0f}",
    )
    across, upward = _("right answers (share of those asked)"), _("discrimination (correlation)")
    return title, charts.scatter(title, across, upward, dots)


@desk_figures.get("/questions/<question_id>")
@staff(Act.SEE_FIGURES)
@of_release
def question(found: Figures, question_id: str) -> str:
    """One question: who chose what, how long it took, who changed the language, and whether it asks the same of everybody."""
    one = figures.behaviour_of(found, question_id)
    compared = [each for each in one.compared if each.estimate]
    title = figures_words.verdict(compared)
    changed = {
        group: (times, of, wilson(times, of))
        for group, (times, of) in one.figures.switched.items()
        if of >= LEAST_SHOWN
    }
    return render_template(
        "desk/figures_question.html",
        found=found,
        one=one,
        options=_shares(one),
        choices=_choices(one),
        fair=(title, _forest(compared, title, by_pair=True)) if compared else None,
        changed=changed,
        at_desk=_is_at_desk(question_id),
    )


def _is_at_desk(question_id: str) -> bool:
    """Whether the working copy has the question still."""
    try:
        checks.workshop().question(question_id)
    except RuleBroken:
        return False
    return True


def _shares(one: Behaviour) -> list[charts.Bar]:
    """Each option with the share of each third; nothing where the question was asked too rarely."""
    if one.figures.facility is None:
        return []
    keys = set(one.question.key)
    signs = {"right": "√", "wrong": "×", NO_ANSWER: _("no answer")}
    made = []
    for option in one.options:
        shares = [count / of if of else 0.0 for count, of in zip(option.thirds, one.figures.thirds, strict=True)]
        name = signs.get(option.option, option.option.upper())
        is_key = option.option in keys
        name = _("%(option)s (key)", option=name) if is_key else name
        made.append(charts.Bar(name, is_key, (shares[0], shares[1], shares[2]), option.thirds))
    return made


def _choices(one: Behaviour) -> tuple[str, Markup] | None:
    """The chart of choices under the sentence that it shows."""
    options = _shares(one)
    if not options or one.figures.facility is None:
        return None
    share = f"{100 * one.figures.facility.value:.0f}"
    title = _("%(share)s %% of %(count)s answers are right", share=share, count=one.figures.shown)
    thirds = [_(word) for word in figures_words.THIRDS]
    return title, charts.bars(title, _("share of each third that chose it (answers)"), thirds, options)


def _weight(one: Comparison) -> str:
    if one.estimate and one.flagged:
        return "grave" if one.estimate.size == "C" else "flagged"
    return "open" if one.undecided else "plain"


def _forest(compared: list[Comparison], title: str, *, by_pair: bool) -> Markup:
    rows = [
        charts.Whisker(
            figures_words.pair(each) if by_pair else f"{each.question} · {figures_words.short_pair(each)}",
            each.estimate.delta, each.estimate.low, each.estimate.high,
            _weight(each),
            figures_words.outcome(each),
        )
        for each in compared
        if each.estimate
    ]  # fmt: skip
    sides = (_("harder for the first"), _("easier for the first"))
    sure = figures_words.sureness(each.estimate.level for each in compared if each.estimate)
    across = _("ETS delta with %(sure)s confidence limits, corrected for the number of pairs", sure=sure)
    return charts.forest(title, across, sides, rows)


@desk_figures.get("/fairness")
@staff(Act.SEE_FIGURES)
@of_release
def fairness(found: Figures) -> str:
    """Whether questions ask the same of those who take them in Tibetan, in Chinese and by listening."""
    made = figures.comparisons(found)
    flagged = {each.question for each in made if each.flagged}
    compared = {each.question for each in made}
    undecided = {each.question for each in made if each.undecided} - flagged
    title = _(
        "%(flagged)s of %(all)s questions are shown to differ between groups; at %(undecided)s others the answers are too few to tell",
        flagged=len(flagged),
        all=len(compared),
        undecided=len(undecided),
    )
    return render_template(
        "desk/figures_fairness.html",
        found=found,
        title=title,
        flagged=len(flagged),
        compared=len(compared),
        too_few=len(found.questions) - len(compared),
        made=made[:IN_A_TABLE],
        left=max(0, len(made) - IN_A_TABLE),
        chart=_forest(made[:IN_A_PLOT], title, by_pair=False) if made else None,
        shown=min(len(made), IN_A_PLOT),
        sure=[figures_words.sureness([level]) for level in (LEVEL, LEVEL / len(PAIRS))],
    )


@desk_figures.get("/reliability")
@staff(Act.SEE_FIGURES)
@of_release
def reliability(found: Figures) -> str:
    """How far the score of a drawn paper can be trusted, by kind of paper."""
    return render_template("desk/figures_reliability.html", found=found)
