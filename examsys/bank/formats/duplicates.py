"""Questions of a file that are there already, or nearly: in the file itself or among those that the bank has."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from examsys.domain.likeness import bare, near_duplicates, wording

from .exchange import Outcome, Place, Reason, Row

Same = tuple[str, tuple[str, ...], tuple[str, ...]]


def without_duplicates(outcomes: Sequence[Outcome], existing: Sequence[Row]) -> list[Outcome]:
    """The outcomes with every repetition refused and every near one warned of.

    Refused are: the same question as one before it or as one of `existing` ('duplicate.same', with another key
    'duplicate.other_key'), an id that the file used before ('duplicate.id'), and a question of the bank in which nothing
    was changed ('duplicate.unchanged'). A question with the id of one of `existing` stands for it: 'duplicate.replaces'.
    """
    known = {row.id: row for row in existing if row.id}
    seen: dict[Same, Row] = {}
    for one in existing:
        seen.setdefault(_same(one), one)
    ids: dict[str, Row] = {}
    judged = []
    for outcome in outcomes:
        row = outcome.row
        if row is None:
            judged.append(outcome)
            continue
        of_the_bank = known.get(row.id)
        reason = _repeats(row, seen.get(_same(row)), of_the_bank, ids.get(row.id))
        if reason is not None:
            judged.append(replace(outcome, row=None, refusals=(*outcome.refusals, reason)))
            continue
        if of_the_bank is not None:
            outcome = _warned(outcome, "duplicate.replaces", of_the_bank)
        seen[_same(row)] = row
        if row.id:
            ids[row.id] = row
        judged.append(outcome)
    return _near(judged, existing)


def _repeats(row: Row, same: Row | None, of_the_bank: Row | None, of_the_file: Row | None) -> Reason | None:
    """Why a row is nothing new; None if it is."""
    if of_the_file is not None:
        return Reason("duplicate.id", row.origin, {"other": str(of_the_file.origin), "id": row.id})
    if of_the_bank is not None and _by_content(of_the_bank) == _by_content(row):
        return Reason("duplicate.unchanged", row.origin, {"other": row.id})
    if same is None or same is of_the_bank:
        return None
    key = "duplicate.same" if same.key == row.key else "duplicate.other_key"
    return Reason(key, row.origin, {"other": _name(same)})


def _near(outcomes: list[Outcome], existing: Sequence[Row]) -> list[Outcome]:
    """Warnings on both sides of each pair that is too much alike; on one side if the other is in the bank."""
    here = [place for place, outcome in enumerate(outcomes) if outcome.row is not None]
    rows = [*existing, *(outcome.row for outcome in outcomes if outcome.row is not None)]
    for first, second, likeness in near_duplicates([_wording(row) for row in rows], known=len(existing)):
        if rows[first].id and rows[first].id == rows[second].id:
            continue  # the question that it replaces
        for one, other in ((first, second), (second, first)):
            if one >= len(existing):
                place = here[one - len(existing)]
                outcomes[place] = _warned(outcomes[place], "duplicate.near", rows[other], f"{likeness:.0%}")
    return outcomes


def _warned(outcome: Outcome, key: str, other: Row, likeness: str = "") -> Outcome:
    facts = {"other": _name(other), **({"likeness": likeness} if likeness else {})}
    return replace(outcome, warnings=(*outcome.warnings, Reason(key, outcome.place, facts)))


def _same(row: Row) -> Same:
    """What makes two rows one question: bare stem, bare options in any order, pictures by content."""
    options = sorted(bare(option.text.zh) or _digest(row, option.picture) for option in row.options)
    return bare(row.stem.zh) or row.stem.zh, tuple(options), tuple(_digest(row, name) for name in row.pictures)


def _by_content(row: Row) -> Row:
    """The row with each picture called by what it shows: whatever name a format gave it, it is the same picture."""
    options = tuple(
        replace(option, picture=_digest(row, option.picture)) if option.picture else option for option in row.options
    )
    return replace(row, options=options, pictures=tuple(_digest(row, name) for name in row.pictures), media={})


def _wording(row: Row) -> str:
    texts = (option.text.zh for option in row.options)
    return wording(row.stem.zh, texts, (_digest(row, name) for name in row.shown))


def _digest(row: Row, name: str) -> str:
    return sha256(row.media.get(name, name.encode())).hexdigest()


def _name(row: Row) -> str:
    """How a person finds a row: its id in the bank, else its place in the file."""
    return row.id or str(Place(row.origin.file, row.origin.row, row.origin.cell))
