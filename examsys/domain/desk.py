"""The way of a question, and separately of its translation, over the desk: which step leads from which state to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .bank import State, Text
from .errors import RuleBroken

NO_DESCRIPTION: Final = Text("图片", "པར་རིས།")
"""What is said of a picture that came with an import, until somebody has described it."""


class Deed(StrEnum):
    """What is done to a question or a translation at the desk."""

    WRITE = "write"
    SUBMIT = "submit"  # to a reviewer
    APPROVE = "approve"
    RETURN = "return"  # by the reviewer, with a reason
    RETIRE = "retire"
    RESTORE = "restore"
    RECORD = "record"  # a voice for one text in one dialect; leaves the state of the question as it is
    HEAR = "hear"  # the second speaker of the dialect approves it
    SILENCE = "silence"  # or sends it back, with a reason


@dataclass(frozen=True, slots=True)
class Way:
    """From which states a deed leads where, and whether it wants a reason."""

    start: frozenset[State]
    end: State
    reason: bool = False


WAYS: Final[Mapping[Deed, Way]] = {
    Deed.WRITE: Way(frozenset({State.DRAFT, State.REVIEW, State.APPROVED}), State.DRAFT),
    Deed.SUBMIT: Way(frozenset({State.DRAFT}), State.REVIEW),
    Deed.APPROVE: Way(frozenset({State.REVIEW}), State.APPROVED),
    Deed.RETURN: Way(frozenset({State.REVIEW, State.APPROVED}), State.DRAFT, reason=True),
    Deed.RETIRE: Way(frozenset({State.DRAFT, State.REVIEW, State.APPROVED}), State.RETIRED, reason=True),
    Deed.RESTORE: Way(frozenset({State.RETIRED}), State.DRAFT, reason=True),
}


def step(deed: Deed, state: State, reason: str = "") -> State:
    """The state after a deed. RuleBroken('desk.wrong_state', 'desk.reason_missing')."""
    way = WAYS[deed]
    if state not in way.start:
        raise RuleBroken("desk.wrong_state", deed=deed.value, state=state.value)
    if way.reason and not reason.strip():
        raise RuleBroken("desk.reason_missing")
    return way.end


def may_step(deed: Deed, state: State) -> bool:
    """Whether the deed is possible in that state."""
    return state in WAYS[deed].start
