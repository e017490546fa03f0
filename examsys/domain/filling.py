"""Filling the cells of a blueprint from drawn orders, with no two rivals on one paper.

Each cell takes the first of its order that fits. Where nothing fits any more, one that is on the paper is asked to move:
it is replaced in its own cell by another, as in the augmenting paths of bipartite matching. For twins, which form
disjoint groups, this finds a filling whenever there is one; enemies make the general problem hard, so for them it is a
search that gives up after all candidates had one try. The same input always gives the same filling.
"""

from collections.abc import Mapping

from examsys.domain.lottery import Lots

Cell = tuple[str, str]
"""Chapter and kind."""

_DEEPEST = 60


class Filling:
    """A paper being put together: `chosen` maps each question on it to its cell."""

    def __init__(self, needs: Mapping[Cell, int], rivals: Mapping[str, frozenset[str]]) -> None:
        self.needs = needs
        self.rivals = rivals
        self.orders: Mapping[Cell, Lots | list[str]] = {}
        self.chosen: dict[str, Cell] = {}
        self._have = dict.fromkeys(needs, 0)

    def fill(self, orders: Mapping[Cell, Lots | list[str]]) -> dict[Cell, int]:
        """Fills up what is still open from `orders`; gives the cells that stay short, with the number they have.

        The tightest cells come first. May be called again with longer orders.
        """
        self.orders = orders
        cells = sorted(self.needs, key=lambda cell: (len(orders[cell]) - self.needs[cell], cell))
        for cell in cells:
            while self._have[cell] < self.needs[cell] and self._seat(cell, set(), 0):
                pass
        return {cell: self._have[cell] for cell in cells if self._have[cell] < self.needs[cell]}

    def _seat(self, cell: Cell, moved: set[str], depth: int) -> bool:
        """Puts one more question of `cell` on the paper; `moved` are those that this attempt may not touch again."""
        for question in self.orders[cell]:
            if question not in self.chosen and question not in moved and not self._on_paper(question):
                self._put(question, cell)
                return True
        if depth == _DEEPEST:
            return False
        return any(
            self._seat_by_moving(question, cell, moved, depth)
            for question in self.orders[cell]
            if question not in self.chosen and question not in moved
        )

    def _seat_by_moving(self, question: str, cell: Cell, moved: set[str], depth: int) -> bool:
        """Puts `question` on the paper if each of its rivals finds a successor in its own cell; else changes nothing."""
        rivals = self._on_paper(question)
        if any(rival in moved for rival in rivals):
            return False
        before = dict(self.chosen), dict(self._have)
        moved.add(question)
        moved.update(rivals)
        freed = [self._take(rival) for rival in rivals]
        self._put(question, cell)
        if all(self._seat(other, moved, depth + 1) for other in freed):
            return True
        self.chosen, self._have = before
        return False

    def _on_paper(self, question: str) -> list[str]:
        return sorted(rival for rival in self.rivals.get(question, ()) if rival in self.chosen)

    def _put(self, question: str, cell: Cell) -> None:
        self.chosen[question] = cell
        self._have[cell] += 1

    def _take(self, question: str) -> Cell:
        cell = self.chosen.pop(question)
        self._have[cell] -= 1
        return cell
