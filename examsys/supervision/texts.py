"""How the auditor's pages name and write things: states, clocks, steps in words, columns of the list."""

from collections.abc import Mapping
from typing import Any, Final

from ..accounts.views import ROLES
from ..domain.access import Role
from ..domain.attempt import MICROSECONDS, VIEW_KINDS, Step
from ..domain.dates import duration_text
from ..web.errors import message
from ..web.language import _, language
from .kinds import ENTRIES, LANGUAGES, SCREENS, STATES, STEPS, SUBJECTS
from .service import Row
from .timeline import Moment, beijing

COLUMNS: Final = (
    message("Day"),
    message("Name"),
    message("ID number"),
    message("Subject"),
    message("Class"),
    message("Sitting"),
    message("Language"),
    message("Room"),
    message("Seat"),
    message("Examiner"),
    message("State"),
    message("Score"),
)
OUTCOMES: Final = {"passed": message("Passed"), "failed": message("Failed"), "open": message("Not ended")}
ONLY: Final = {
    "": message("Everything"),
    "answers": message("Answers only"),
    "acts": message("Acts of people and house only"),
}


def subject(key: str) -> str:
    """A subject's name."""
    return _(SUBJECTS.get(key, key))


def tongue(key: str | None) -> str:
    """A language setting's name."""
    return _(LANGUAGES[key]) if key in LANGUAGES else ""


def state(key: str) -> str:
    """A state's name."""
    return _(STATES.get(key, key))


def kind(key: str) -> str:
    """An entry kind's name."""
    return _(ENTRIES[key]) if key in ENTRIES else key


def moment_text(at: str) -> str:
    """An instant (RFC 3339) as Beijing time, 2026-11-22 14:02:05."""
    return beijing(at).strftime("%Y-%m-%d %H:%M:%S")


def duration(seconds: float) -> str:
    """A duration in words of the page's language; English in hours, minutes, seconds."""
    whole = int(seconds)
    if language() in ("zh", "bo"):
        return duration_text(whole, language())  # type: ignore[arg-type]
    hours, rest = divmod(whole, 3600)
    parts = [(hours, "h"), (rest // 60, "min"), (rest % 60, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"


def monotonic(since: int | None) -> str:
    """The monotonic clock since the start, 34:10.320; a dash where it can't be told."""
    if since is None:
        return "–"
    seconds = since / MICROSECONDS
    return f"{int(seconds // 60):02d}:{seconds % 60:06.3f}"


def outcome(row: Row) -> tuple[str, str]:
    """Tone and word of how an attempt stands: passed, failed or its state."""
    if row.found.state != "closed" or row.found.passed is None:
        return "quiet", state(row.found.state)
    key = "passed" if row.found.passed else "failed"
    return ("fine" if row.found.passed else "attention"), _(OUTCOMES[key])


def sitting(number: int) -> str:
    """First sitting or make-up."""
    return _("First") if number == 1 else _("Make-up")


def cells(row: Row) -> list[str]:
    """One line of the list, as its columns stand."""
    one = row.found
    score = "" if one.score is None else f"{one.score}/{one.full_mark}"
    return [
        one.day, row.name or _("erased"), row.id_masked, subject(one.subject), one.licence_class, sitting(one.number),
        tongue(one.language), row.room, one.seat, row.examiner, outcome(row)[1], score,
    ]  # fmt: skip


def is_wanted(moment: Moment, only: str) -> bool:
    """Whether a line of the timeline belongs to this choice."""
    if only == "answers":
        return moment.source == "step" and moment.kind in (Step.ANSWER, Step.CLEAR, Step.LATE)
    if only == "acts":
        return moment.source == "entry" or moment.kind not in VIEW_KINDS | {Step.ANSWER, Step.CLEAR}
    return True


def title(moment: Moment) -> str:
    """What happened, by name."""
    if moment.source == "entry":
        return kind(moment.kind)
    return _(STEPS[moment.kind]) if moment.kind in STEPS else moment.kind


def detail(moment: Moment, letters: Mapping[int, Mapping[str, str]]) -> str:
    """What else is to be said of it: question, answer as the paper lettered it, language, reason, seats, minutes, score."""
    facts, parts = moment.facts, []
    position = facts.get("position")
    if position is not None:
        parts.append(_("question %(number)s", number=position))
    if moment.kind in (Step.ANSWER, Step.CLEAR):
        parts.append(chosen(position, facts.get("options", []), letters))
    if moment.kind == Step.LATE and isinstance(facts.get("answer"), dict):
        late = facts["answer"]
        parts += [
            _("question %(number)s", number=late.get("position")),
            chosen(late.get("position"), late.get("options", []), letters),
        ]
    parts += _value(moment)
    parts += _acts(facts)
    return " · ".join(part for part in parts if part)


def chosen(position: Any, options: Any, letters: Mapping[int, Mapping[str, str]]) -> str:
    """An answer as letters of the paper."""
    named = letters.get(position, {})
    return "".join(named.get(option, "?") for option in options) or _("none")


def _value(moment: Moment) -> list[str]:
    value = moment.facts.get("value")
    if moment.kind == Step.FLAG:
        return [_("set") if value in (True, "on") else _("taken away")]
    if moment.kind == Step.SHOWN:
        return (
            [_(SCREENS[str(value).split(":")[0]])]
            if str(value).split(":")[0] in SCREENS and value != "question"
            else []
        )
    if moment.kind in (Step.LANGUAGE, Step.START):
        return [tongue(value or moment.facts.get("language"))]
    return []


def _acts(facts: Mapping[str, Any]) -> list[str]:
    said = []
    if "from" in facts and "to" in facts:
        said.append(_("seat %(before)s → %(after)s", before=facts["from"], after=facts["to"]))
    elif "seat" in facts:
        said.append(_("seat %(seat)s", seat=facts["seat"]))
    if "microseconds" in facts:
        said.append(_("%(minutes)s minutes", minutes=facts["microseconds"] // (60 * MICROSECONDS)))
    if "minutes" in facts:
        said.append(_("%(minutes)s minutes", minutes=facts["minutes"]))
    if "score" in facts:
        said.append(_("%(score)s points", score=facts["score"]))
    if "reason" in facts:
        said.append(str(facts["reason"]))
    return said


def who(moment: Moment) -> str:
    """Who did it, by role; the candidate, or the house itself."""
    acting = moment.facts.get("actor")
    if moment.source == "step" or acting is None:
        return ""
    return by(acting)


def by(named: Mapping[str, Any]) -> str:
    """Who an entry names: the post's role, a candidate, or the house."""
    if "role" in named:
        return role(named["role"])
    return _("candidate") if "attempt" in named else _("system")


def acting(said: Mapping[str, Any]) -> str:
    """Who did what an entry says."""
    return by(said.get("actor") or {})


def role(key: str) -> str:
    """A role's name."""
    return _(ROLES[Role(key)]) if key in list(Role) else key


def step_words() -> dict[str, str]:
    """What the player calls the steps."""
    named = {str(key): _(label) for key, label in STEPS.items()}
    tongues = {f"tongue_{key}": _(label) for key, label in LANGUAGES.items()}
    return named | tongues | {"question": _("question"), "changed": _("answer changed")}
