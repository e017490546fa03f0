"""The glossary at hand: which terms of the trade stand in a question, and which terms the translation bureau still has to confirm."""

from functools import lru_cache
from pathlib import Path

from ..bank.schema import TermPart
from ..bank.yaml_source import Written, read_lexicon
from . import checks


def glossary() -> tuple[TermPart, ...]:
    """All terms of the site's copy."""
    folder = checks.workshop().folder
    file = folder / "glossary.yaml"
    return _glossary(folder, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=2)
def _glossary(folder: Path, _changed: int) -> tuple[TermPart, ...]:
    return read_lexicon(folder)[1]


def in_texts(written: Written) -> list[dict[str, str]]:
    """The terms of two signs and more that stand in a question's Chinese, longest first; a term within a longer one is left out."""
    question = written.question
    texts = [question.stem.zh, question.explanation.zh, *(option.text.zh for option in question.options if option.text)]
    rest, found = "\n".join(texts), []
    for term in sorted(glossary(), key=lambda term: -len(term.zh)):
        if len(term.zh) > 1 and term.zh in rest:
            rest = rest.replace(term.zh, "\n")
            found.append({"zh": term.zh, "bo": term.bo, "status": term.status})
    return found


def uses() -> dict[str, int]:
    """By Chinese term, in how many questions of the working copy it stands: what is used most is confirmed first."""
    texts = [written.block for written in checks.workshop().questions()]
    return {term.zh: sum(term.zh in text for text in texts) for term in glossary()}
