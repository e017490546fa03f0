"""Seats of a room: a number, a colour and an animal, so that people find theirs without reading (look.md)."""

from dataclasses import dataclass
from typing import Final

ANIMALS: Final = ("Yak", "Horse", "Sheep", "Goat", "Deer", "Crane", "Eagle", "Hare", "Antelope", "Snow leopard")
COLOURS: Final = ("lake", "saffron", "meadow", "madder")


@dataclass(frozen=True, slots=True)
class SeatMark:
    """How a seat is told apart: `animal` is a message id, `colour` a name of tokens.css."""

    colour: str
    animal: str


def seat_label(number: int) -> str:
    """The label of the n-th seat, counting from 1: 01, 02, …"""
    return f"{number:02d}"


def seat_mark(label: str) -> SeatMark:
    """Colour and animal of a seat by its label; forty seats are all different."""
    number = int(label) - 1
    return SeatMark(COLOURS[number // len(ANIMALS) % len(COLOURS)], ANIMALS[number % len(ANIMALS)])
