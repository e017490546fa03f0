"""The questions of a release as the list finds them, and how many each paper has to choose from."""

from dataclasses import dataclass

from ..domain.bank import Question
from ..domain.paper import Blueprint
from .service import pool, questions_of

Counts = dict[str, dict[str, tuple[int, int]]]  # chapter, kind: what there is, what a paper draws


@dataclass(frozen=True, slots=True)
class Wanted:
    """What questions are looked for by; an empty field leaves all. picture: "1" with one, "0" without."""

    subject: str = ""
    chapter: str = ""
    kind: str = ""
    family: str = ""
    picture: str = ""
    text: str = ""

    def fits(self, question: Question) -> bool:
        """Whether a question is one of these; text is looked for in the id and in both languages."""
        exact = ((self.subject, question.subject), (self.chapter, question.chapter), (self.kind, question.kind.value))
        if any(wanted and wanted != value for wanted, value in exact):
            return False
        drawn = bool(question.media or any(option.picture for option in question.options))
        if (self.family and self.family not in question.families) or (self.picture and (self.picture == "1") != drawn):
            return False
        texts = (question.stem, *(option.text for option in question.options if option.text))
        words = [question.id, *(text.zh for text in texts), *(text.bo for text in texts)]
        return not self.text or any(self.text.casefold() in word.casefold() for word in words)


def find(release_id: str, wanted: Wanted) -> list[Question]:
    """The questions of a release that fit, by chapter and id."""
    fitting = (question for question in questions_of(release_id) if wanted.fits(question))
    return sorted(fitting, key=lambda question: (question.subject, question.chapter, question.id))


def counts(release_id: str, blueprint: Blueprint) -> Counts:
    """By chapter and kind: how many questions the release has for a blueprint, and how many a paper draws."""
    have = pool(release_id, blueprint.name).cells
    table: Counts = {}
    for (chapter, kind), need in blueprint.needs.items():
        table.setdefault(chapter, {})[kind] = (len(have[chapter, kind]), need)
    return table
