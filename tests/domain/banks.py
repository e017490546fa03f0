"""Small question banks, made for the tests of the draw and of grading."""

from examsys.domain.bank import Kind, Option, Question, Source, Text
from examsys.domain.paper import Blueprint

CHAPTERS = ("road", "fines", "parts")


def make_question(number: int, chapter: str = "road", kind: Kind = Kind.SINGLE, **more: object) -> Question:
    """A question that differs from all others by its number."""
    options = () if kind is Kind.JUDGE else tuple(Option(name, Text(f"{name}{number}", f"{name}།")) for name in "abcd")
    key = {Kind.JUDGE: {"right"}, Kind.SINGLE: {"b"}, Kind.MULTIPLE: {"a", "c"}}[kind]
    fields: dict[str, object] = {
        "id": f"t-{chapter}-{number:05d}",
        "subject": "subject1",
        "chapter": chapter,
        "kind": kind,
        "families": ("car", "moto"),
        "difficulty": 1,
        "sources": (Source("L", "1"),),
        "stem": Text(f"题{number}", f"{number}།"),
        "key": frozenset(key),
        "explanation": Text("因", "རྒྱུ།"),
        "options": options,
    }
    return Question(**{**fields, **more})  # type: ignore[arg-type]


def make_blueprint(**more: object) -> Blueprint:
    """Ten questions in three chapters: five to judge, three with one option, two with several."""
    cells = {
        "road": {Kind.JUDGE: 2, Kind.SINGLE: 2, Kind.MULTIPLE: 1},
        "fines": {Kind.JUDGE: 2, Kind.SINGLE: 1, Kind.MULTIPLE: 0},
        "parts": {Kind.JUDGE: 1, Kind.MULTIPLE: 1},
    }
    fields: dict[str, object] = {
        "subject": "subject1",
        "family": "car",
        "cells": cells,
        "points": 10,
        "minutes": 10,
        "pass_mark": 90,
        "name": "ten",
    }
    return Blueprint(**{**fields, **more})  # type: ignore[arg-type]


def make_bank(blueprint: Blueprint, factor: float = 2.0) -> list[Question]:
    """`factor` times what each cell of the blueprint draws, rounded up, without twins and enemies."""
    bank: list[Question] = []
    for (chapter, kind), count in blueprint.needs.items():
        size = -int(-count * factor // 1)
        bank += [make_question(len(bank) + step, chapter, Kind(kind)) for step in range(size)]
    return bank
