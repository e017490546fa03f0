"""How the pages of figures name things: groups of takers, classes of difference, and what a flag asks somebody to look at."""

from collections.abc import Iterable, Mapping
from typing import Final

from ..domain.fairness import LEAST_TAKERS, Comparison, Size
from ..domain.flags import Concern, Flag
from ..web.errors import message
from ..web.language import _

GROUPS: Final[Mapping[str, str]] = {
    "zh": message("in Chinese"),
    "bo": message("in Tibetan"),
    "both": message("in both languages"),
    "audio": message("by listening"),
    "mixed": message("now in one, now in the other language"),
}
THIRDS: Final = (message("lower third"), message("middle third"), message("upper third"))
SIZES: Final[Mapping[Size, str]] = {
    Size.A: message("negligible"),
    Size.B: message("moderate"),
    Size.C: message("large"),
}
ASKS: Final[Mapping[tuple[Concern, str], str]] = {
    (Concern.KEY, ""): message("Those who know most choose another answer than the key: look at the key."),
    (Concern.BACKWARDS, ""): message("Who knows more is more often wrong here: look at the wording and the key."),
    (Concern.HARD, ""): message("Fewer than half are right: look whether it is taught, and whether it is clear."),
    (Concern.HARDER, "bo"): message("Harder for those who take it in Tibetan: look at the translation."),
    (Concern.HARDER, "audio"): message("Harder for those who listen to it: look at the recording."),
    (Concern.EASIER, "bo"): message(
        "Easier for those who take it in Tibetan: look whether the translation gives the answer away, or the Chinese is hard to understand."
    ),
    (Concern.EASIER, "audio"): message(
        "Easier for those who listen to it: look whether the voice gives the answer away, or the text is hard to read."
    ),
    (Concern.SWITCHED, "bo"): message("Many who take it in Tibetan change the language here: look at the translation."),
    (Concern.SWITCHED, "zh"): message("Many who take it in Chinese change the language here: look at the wording."),
}
CHANGED: Final = message("Many change the language here: look at the wording in both languages.")


def asks_of(flags: tuple[Flag, ...]) -> list[tuple[str, bool]]:
    """What these flags ask to be looked at, each thing once, with whether it is grave."""
    said: dict[str, bool] = {}
    for flag in flags:
        words = _(ASKS.get((flag.concern, flag.group), CHANGED))
        said[words] = said.get(words, False) or flag.grave
    return list(said.items())


def group(name: str) -> str:
    """A group of takers in the language of the page."""
    return _(GROUPS[name]) if name in GROUPS else name


def pair(one: Comparison) -> str:
    """The two groups of a comparison, the compared one first."""
    return _("%(focal)s, against %(reference)s", focal=group(one.focal), reference=group(one.reference))


def short_pair(one: Comparison) -> str:
    """The same for a chart, where there is little room."""
    return f"{group(one.focal)} / {group(one.reference)}"


def verdict(compared: Iterable[Comparison]) -> str:
    """What the comparisons of one question say together. That there is no difference is said only of pairs where that is known."""
    made = [one for one in compared if one.estimate]
    flagged, undecided = [one for one in made if one.flagged], [one for one in made if one.undecided]
    pairs = "; ".join(pair(one) for one in flagged or undecided or made)
    if flagged:
        return _("Not the same for everybody: %(pairs)s", pairs=pairs)
    if undecided:
        return _("Too few to tell whether it asks the same of everybody: %(pairs)s", pairs=pairs)
    return _("No difference that matters between those who know as much: %(pairs)s", pairs=pairs)


def sureness(levels: Iterable[float]) -> str:
    """How sure limits are that miss the truth so often: '99 %', or every value where comparisons differ in it."""
    return " / ".join(f"{100 * (1 - level):.3g} %" for level in sorted(set(levels), reverse=True))


def outcome(one: Comparison) -> str:
    """What a comparison says, in a word, or why it says nothing."""
    if one.estimate is not None:
        word = _("too few to tell") if one.undecided else _(SIZES[one.estimate.size])
        return f"{one.estimate.size.value} · {word}"
    if min(one.of_reference, one.of_focal) < LEAST_TAKERS:
        return _("too few: %(least)s takers of each are needed", least=LEAST_TAKERS)
    return _("all alike: nothing to compare")
