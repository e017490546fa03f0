"""Papers: what a blueprint asks for, the draw, and the proof that a paper follows from its seed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from examsys.domain.bank import Kind, Question
from examsys.domain.errors import RuleBroken
from examsys.domain.filling import Cell, Filling
from examsys.domain.lottery import SEED_BYTES, Lots, draw_order, ticket

ALGORITHM = "examsys/draw/1"
_OPTION_ID_DIGITS = 10
_ROUNDS = 8  # enemies can lead one order of lots into a dead end out of which another finds a way
Plain = TypeVar("Plain")


@dataclass(frozen=True)
class Blueprint:
    """What a paper of one subject and licence-class family is made of.

    `cells` counts questions by chapter and kind; `points` are given for each right answer, `pass_mark` is in points;
    `minutes` is the time allowed. A `demonstration` paper is no exam.
    """

    subject: str
    family: str
    cells: Mapping[str, Mapping[Kind, int]]
    points: int
    minutes: int
    pass_mark: int
    name: str = ""
    demonstration: bool = False

    @property
    def needs(self) -> dict[Cell, int]:
        """How many questions each cell draws; cells that draw none are left out."""
        return {
            (chapter, Kind(kind).value): count
            for chapter, kinds in sorted(self.cells.items())
            for kind, count in sorted(kinds.items())
            if count
        }

    @property
    def questions(self) -> int:
        """How many questions a paper has."""
        return sum(self.needs.values())


@dataclass(frozen=True)
class MissingCell:
    """A cell that the bank cannot fill: it has `have` that may stand together on a paper and needs `need`."""

    chapter: str
    kind: Kind
    have: int
    need: int


@dataclass(frozen=True)
class PaperOption:
    """An option as this paper names it: `id` goes to the browser and says nothing; `bank_id` stays on the server."""

    id: str
    bank_id: str


@dataclass(frozen=True)
class Position:
    """One place of a paper, `number` counting from 1, with the options in the order in which they are shown."""

    number: int
    question_id: str
    content_hash: str
    kind: Kind
    options: tuple[PaperOption, ...]

    def bank_ids(self, option_ids: Iterable[str]) -> frozenset[str]:
        """The bank's ids of the options that an answer names; RuleBroken `attempt.bad_option` for one not shown here."""
        known = {option.id: option.bank_id for option in self.options}
        chosen = set(option_ids)
        if not chosen <= known.keys():
            raise RuleBroken("attempt.bad_option", position=self.number)
        return frozenset(known[option] for option in chosen)


@dataclass(frozen=True)
class Paper:
    """A drawn paper. `avoid` are the questions it was to keep away from, `shared` those of them it could not do without."""

    blueprint: Blueprint
    seed: bytes
    positions: tuple[Position, ...]
    avoid: frozenset[str] = frozenset()
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pool:
    """The questions that a blueprint may draw, by cell, and who may not stand beside whom. Made once, drawn from often."""

    questions: Mapping[str, Question]
    cells: Mapping[Cell, tuple[str, ...]]
    rivals: Mapping[str, frozenset[str]]


def gather(blueprint: Blueprint, questions: Iterable[Question]) -> Pool:
    """The eligible part of `questions`: of the blueprint's subject and family, in a cell that it draws from."""
    cells: dict[Cell, list[str]] = {cell: [] for cell in blueprint.needs}
    eligible: dict[str, Question] = {}
    for question in questions:
        cell = (question.chapter, question.kind.value)
        if question.subject == blueprint.subject and blueprint.family in question.families and cell in cells:
            cells[cell].append(question.id)
            eligible[question.id] = question
    return Pool(eligible, {cell: tuple(ids) for cell, ids in cells.items()}, _rivals(eligible))


def check_drawable(blueprint: Blueprint, questions: Iterable[Question] | Pool) -> list[MissingCell]:
    """The cells that cannot be filled, twins and enemies considered; empty if papers can be drawn.

    Several seeds are tried: a bank so tight that only some of them find a way is not fit for an exam day.
    """
    pool = questions if isinstance(questions, Pool) else gather(blueprint, questions)
    seeds = (bytes([number]) * SEED_BYTES for number in range(_ROUNDS))
    trials = (_fill(blueprint, pool, seed, frozenset())[1] for seed in seeds)
    return _missing(blueprint, next(filter(None, trials), {}))


def draw_paper(
    blueprint: Blueprint,
    questions: Iterable[Question] | Pool,
    seed: bytes,
    avoid: frozenset[str] = frozenset(),
) -> Paper:
    """Draws a paper that meets chapter x kind exactly, without twins and without enemies.

    Questions in `avoid` (the first paper's, at a make-up) are drawn only for cells that cannot be filled without them;
    the paper names them. Raises RuleBroken `paper.cell_missing` where the bank has not enough.
    """
    pool = questions if isinstance(questions, Pool) else gather(blueprint, questions)
    filling, short = _fill(blueprint, pool, seed, avoid)
    for cell in _missing(blueprint, short):
        raise RuleBroken("paper.cell_missing", chapter=cell.chapter, kind=cell.kind, have=cell.have, need=cell.need)
    ordered = draw_order(seed, "position", filling.chosen)
    rank = {kind: place for place, kind in enumerate(Kind)}
    drawn = sorted((pool.questions[name] for name in ordered), key=lambda question: rank[question.kind])
    positions = tuple(_position(number, question, seed) for number, question in enumerate(drawn, 1))
    return Paper(blueprint, seed, positions, avoid, tuple(sorted(avoid.intersection(filling.chosen))))


def frozen(paper: Paper) -> dict[str, object]:
    """The paper as it is kept with the attempt: plain values, ready for canonical JSON."""
    return {
        "algorithm": ALGORITHM,
        "seed": paper.seed.hex(),
        "blueprint": _frozen_blueprint(paper.blueprint),
        "avoid": sorted(paper.avoid),
        "shared": list(paper.shared),
        "positions": [
            {
                "question": position.question_id,
                "content": position.content_hash,
                "kind": position.kind.value,
                "options": [[option.id, option.bank_id] for option in position.options],
            }
            for position in paper.positions
        ],
    }


def thaw(record: Mapping[str, object]) -> Paper:
    """The paper that `frozen` made `record` from; RuleBroken `paper.unreadable` for anything else."""
    try:
        return _thaw(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RuleBroken("paper.unreadable") from error


def redraw(record: Mapping[str, object], questions: Iterable[Question]) -> Paper:
    """Draws the paper again from its seed and the questions of its bank release, and proves that it is the same.

    Raises RuleBroken `paper.not_from_seed` with the first position that differs (0: not a position but the list of
    shared questions or their number).
    """
    kept = thaw(record)
    again = draw_paper(kept.blueprint, questions, kept.seed, kept.avoid)
    for old, new in zip(kept.positions, again.positions, strict=False):
        if old != new:
            raise RuleBroken("paper.not_from_seed", position=old.number, kept=old.question_id, drawn=new.question_id)
    if kept != again:
        raise RuleBroken("paper.not_from_seed", position=0, kept=len(kept.positions), drawn=len(again.positions))
    return again


def _fill(blueprint: Blueprint, pool: Pool, seed: bytes, avoid: frozenset[str]) -> tuple[Filling, dict[Cell, int]]:
    """The first round of lots that fills all cells, or the last one with the cells that stayed short."""
    for round_ in range(_ROUNDS):

        def lots(cell: Cell, ids: Iterable[str], round_: int = round_) -> Lots:
            return Lots(seed, f"question/{round_}/{'/'.join(cell)}", ids)

        fresh = {cell: lots(cell, (name for name in ids if name not in avoid)) for cell, ids in pool.cells.items()}
        filling = Filling(blueprint.needs, pool.rivals)
        short = filling.fill(fresh)
        if short and avoid:
            used = {cell: lots(cell, avoid.intersection(ids)) for cell, ids in pool.cells.items()}
            short = filling.fill({cell: [*fresh[cell], *used[cell]] for cell in fresh})
        if not short:
            break
    return filling, short


def _position(number: int, question: Question, seed: bytes) -> Position:
    order = list(question.option_ids)
    if question.kind is not Kind.JUDGE and not question.fixed_order:
        order = draw_order(seed, f"options/{question.id}", order)
    options = tuple(PaperOption(_option_id(seed, question.id, bank_id), bank_id) for bank_id in order)
    return Position(number, question.id, question.content_hash, question.kind, options)


def _option_id(seed: bytes, question_id: str, bank_id: str) -> str:
    """Says nothing without the seed, and differs from paper to paper; 40 bits keep the few of one question apart."""
    return ticket(seed, f"option/{question_id}\0{bank_id}").hex()[:_OPTION_ID_DIGITS]


def _rivals(questions: Mapping[str, Question]) -> dict[str, frozenset[str]]:
    rivals: dict[str, set[str]] = {}
    groups: dict[str, list[str]] = {}
    for question in questions.values():
        if question.twins:
            groups.setdefault(question.twins, []).append(question.id)
        for enemy in question.enemies:
            rivals.setdefault(question.id, set()).add(enemy)
            rivals.setdefault(enemy, set()).add(question.id)
    for group in groups.values():
        for one, other in combinations(group, 2):
            rivals.setdefault(one, set()).add(other)
            rivals.setdefault(other, set()).add(one)
    return {name: frozenset(others - {name}) for name, others in rivals.items()}


def _missing(blueprint: Blueprint, short: Mapping[Cell, int]) -> list[MissingCell]:
    needs = blueprint.needs
    return [MissingCell(cell[0], Kind(cell[1]), short[cell], needs[cell]) for cell in sorted(short)]


def _frozen_blueprint(blueprint: Blueprint) -> dict[str, object]:
    return {
        "name": blueprint.name,
        "subject": blueprint.subject,
        "family": blueprint.family,
        "cells": [[chapter, kind, count] for (chapter, kind), count in sorted(blueprint.needs.items())],
        "points": blueprint.points,
        "minutes": blueprint.minutes,
        "pass_mark": blueprint.pass_mark,
        "demonstration": blueprint.demonstration,
    }


def _thaw(record: Mapping[str, object]) -> Paper:
    seed = bytes.fromhex(_as(str, record["seed"]))
    if record["algorithm"] != ALGORITHM or len(seed) != SEED_BYTES:
        raise ValueError("not a paper of this algorithm")
    positions = tuple(_thaw_position(number, entry) for number, entry in enumerate(_as(list, record["positions"]), 1))
    avoid, shared = ([_as(str, name) for name in _as(list, record[names])] for names in ("avoid", "shared"))
    return Paper(_thaw_blueprint(_as(dict, record["blueprint"])), seed, positions, frozenset(avoid), tuple(shared))


def _thaw_position(number: int, entry: object) -> Position:
    place = _as(dict, entry)
    options = tuple(PaperOption(_as(str, row[0]), _as(str, row[1])) for row in _as(list, place["options"]))
    return Position(
        number, _as(str, place["question"]), _as(str, place["content"]), Kind(_as(str, place["kind"])), options
    )


def _thaw_blueprint(entry: Mapping[str, object]) -> Blueprint:
    cells: dict[str, dict[Kind, int]] = {}
    for chapter, kind, count in _as(list, entry["cells"]):
        cells.setdefault(_as(str, chapter), {})[Kind(_as(str, kind))] = _as(int, count)
    return Blueprint(
        subject=_as(str, entry["subject"]),
        family=_as(str, entry["family"]),
        cells=cells,
        points=_as(int, entry["points"]),
        minutes=_as(int, entry["minutes"]),
        pass_mark=_as(int, entry["pass_mark"]),
        name=_as(str, entry["name"]),
        demonstration=entry["demonstration"] is True,
    )


def _as(kind: type[Plain], value: object) -> Plain:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"not a {kind.__name__}")
    return value
