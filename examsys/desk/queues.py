"""What waits for whom at the desk: how much, in words, and where it is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..domain.access import Act, Role, may
from ..domain.bank import is_approved, may_be_drawn
from ..web.errors import message
from . import finding, releases
from .finding import Item

LIST, RELEASES = "desk.questions", "desk.release_list"


@dataclass(frozen=True, slots=True)
class Queue:
    """`words` follow the number; `endpoint` with `filters` shows what is counted."""

    count: int
    words: str
    endpoint: str = LIST
    filters: dict[str, str] = field(default_factory=dict)


WORK: Final = (  # who may, which of an item's two states, its value, in words
    (Act.WRITE_QUESTIONS, "state", "draft", message("Chinese drafts to finish")),
    (Act.TRANSLATE_QUESTIONS, "bo", "none", message("to translate")),
    (Act.TRANSLATE_QUESTIONS, "bo", "stale", message("to translate anew")),
    (Act.TRANSLATE_QUESTIONS, "bo", "draft", message("Tibetan drafts to read and mend")),
    (Act.REVIEW_QUESTIONS, "state", "review", message("questions to review")),
    (Act.REVIEW_TRANSLATIONS, "bo", "review", message("translations to review")),
)


def waiting(items: Sequence[Item], role: Role | None) -> list[Queue]:
    """The queues of a post that hold anything."""
    states = dict(zip(("state", "bo"), finding.totals(items), strict=True))
    found = [
        Queue(states[part][value], words, filters={part: value}) for act, part, value, words in WORK if may(role, act)
    ]
    if may(role, Act.REVIEW_QUESTIONS) or may(role, Act.PUBLISH_BANK):
        found += _releases(items, role)
    return [queue for queue in found if queue.count]


def _releases(items: Iterable[Item], role: Role | None) -> list[Queue]:
    """What a release waits for: approved questions for a reviewer to put together, proposals for a publisher; old ones go back."""
    proposals, ready = releases.waiting(), releases.ready()
    old = [proposal for proposal in proposals if releases.changed_since(proposal, ready)]
    if not may(role, Act.REVIEW_QUESTIONS):
        return [Queue(len(proposals) - len(old), message("releases to publish"), RELEASES)]
    proposed = {pair for proposal in proposals for pair in proposal.contents.items()}
    new = [
        item
        for item in items
        if item.state != finding.PUBLISHED and is_approved(item.question) and may_be_drawn(item.question)
        if (item.question.id, item.written.released.content_hash) not in proposed
    ]
    return [
        Queue(len(old), message("proposed releases that became old"), RELEASES),
        Queue(len(new), message("approved questions for the next release"), RELEASES),
    ]
