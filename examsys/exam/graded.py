"""What statistics read: the marks of every result that counts, by release. Never a journal, never a name."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import Any, Final, NamedTuple

from ..accounts.service import installation
from ..bank import service as bank
from ..db import Raw, here
from ..domain.attempt import State
from ..domain.policy import family_of
from ..domain.statistics import Sitting
from ..policy import policy_for

AT_ONCE: Final = 200  # sittings whose marks are read with one statement
# Closed attempts and their newest result: a result that another names as `before` was superseded, one of an attempt that was
# reopened counts for nothing until it is closed again.
_STANDING: Final = (
    " FROM result r JOIN attempt a ON a.site_id = r.site_id AND a.attempt_id = r.attempt_id"
    " JOIN live l ON l.site_id = a.site_id AND l.attempt_id = a.attempt_id"
    " WHERE r.site_id = ? AND a.release_id = ? AND l.state = ? AND NOT EXISTS"
    " (SELECT 1 FROM result later WHERE later.site_id = r.site_id AND later.attempt_id = r.attempt_id AND later.before = r.result_id)"
)


class Extent(NamedTuple):
    """How many results of a release count now, and the newest of them."""

    results: int
    newest: str


def extent(release_id: str) -> Extent:
    """What figures of a release would be made of now: as long as it is the same, so are they."""
    with here().reading() as raw:
        row = raw.one(
            f"SELECT COUNT(*), MAX(r.result_id){_STANDING}", installation().site_id, release_id, State.CLOSED.value
        )
    return Extent(row[0], row[1] or "")


def releases_sat() -> list[str]:
    """The releases from which papers were drawn, newest first."""
    with here().reading() as raw:
        sql = "SELECT DISTINCT release_id FROM attempt WHERE site_id = ? ORDER BY release_id DESC"
        return [row[0] for row in raw.all(sql, installation().site_id)]


def sittings(release_id: str, voided: frozenset[str] = frozenset()) -> list[Sitting]:
    """Every sitting of a release by the result that counts, without the questions whose contents were voided.

    Questions that were neither answered nor on the screen are not among those of the sitting, but count in its length.
    """
    is_exam = cache(_is_exam)  # asked of every sitting, and there are few kinds of paper
    with here().reading() as raw:
        heads = raw.all(
            f"SELECT r.result_id, a.number, a.subject, a.licence_class, a.profile, a.policy{_STANDING} ORDER BY r.result_id",
            *(installation().site_id, release_id, State.CLOSED.value),
        )
        found = []
        for start in range(0, len(heads), AT_ONCE):
            some = heads[start : start + AT_ONCE]
            marks = dict(_marks([head[0] for head in some], raw))
            of_exams = [head for head in some if head[0] in marks and is_exam(head[2], len(marks[head[0]]))]
            found += [_sitting(head, marks[head[0]], voided) for head in of_exams]
    return found


def _marks(results: Sequence[str], raw: Raw) -> Iterator[tuple[str, list[Any]]]:
    places = ", ".join("?" * len(results))
    rows = raw.all(
        "SELECT result_id, question, content, chosen, is_right, shown_ms, language, switches, heard FROM mark"
        f" WHERE site_id = ? AND result_id IN ({places}) ORDER BY result_id, position",
        *(installation().site_id, *results),
    )
    for result_id, of_result in groupby(rows, itemgetter(0)):
        yield result_id, list(of_result)


def _is_exam(subject: str, length: int) -> bool:
    """No short paper of a demonstration: one of a length that only such a blueprint has."""
    alike = [one for one in bank.blueprints() if (one.subject, one.questions) == (subject, length)]
    return not alike or not all(one.demonstration for one in alike)


def _sitting(head: Any, rows: Sequence[Any], voided: frozenset[str]) -> Sitting:
    """One sitting, column by column. Ids and answers repeat a thousand times, so each text is kept once."""
    _, number, subject, licence_class, profile, policy = head
    asked = [row for row in rows if row[2] not in voided] if voided else rows
    seen = [row for row in asked if row[3] or row[5] > 0]
    _, questions, _, chosen, right, ms, languages, switches, heard = zip(*seen, strict=True) if seen else [()] * 9
    counted = None not in switches
    return Sitting(
        _paper(subject, licence_class, profile, policy),
        len(asked),
        number == 1,
        tuple(map(intern, questions)),
        tuple(map(intern, chosen)),
        tuple(map(bool, right)),
        ms,
        tuple([intern(language or "") for language in languages]),
        switches if counted else (),
        tuple([times or 0 for times in heard]) if counted else (),
    )


@lru_cache(maxsize=256)
def _paper(subject: str, licence_class: str, profile: str, policy: str) -> str:
    return f"{subject}/{family_of(policy_for(profile, policy), licence_class)}"
