"""What the bank knows of a question and a format has no place for, as tags (`chapter:road_rules`).

Moodle XML, GIFT and QTI carry tags. Signs that one of them could not hold are written as in addresses (%5B for a bracket).
"""

from collections.abc import Iterable
from urllib.parse import unquote

from examsys.domain.bank import Source

from .drafts import Draft
from .exchange import Row

_AS_NUMBERS = {ord(sign): f"%{ord(sign):02X}" for sign in "%[]<>`\\,|"}


def tags_of(row: Row) -> list[str]:
    """The tags of a row, in one order."""
    tags = [f"{name}:{value}" for name, value in (("subject", row.subject), ("chapter", row.chapter)) if value]
    tags += [f"family:{family}" for family in row.families]
    if row.difficulty:
        tags.append(f"difficulty:{row.difficulty}")
    tags += [f"source:{_kept(source.law)}|{_kept(source.article)}" for source in row.sources]
    if row.fixed_order:
        tags.append("fixed_order:yes")
    return tags


def use_tags(draft: Draft, tags: Iterable[str]) -> None:
    """Put tags that are ours into a draft; others are nobody's business here."""
    families, sources = [], []
    for tag in tags:
        name, _, value = tag.strip().partition(":")
        if name in ("id", "subject", "chapter", "difficulty"):
            setattr(draft, name, value)
        elif name == "family":
            families.append(value)
        elif name == "source":
            law, _, article = value.partition("|")
            sources.append(Source(unquote(law), unquote(article)))
        elif name == "fixed_order":
            draft.fixed_order = value == "yes"
    draft.families, draft.sources = ",".join(families), tuple(sources)


def _kept(text: str) -> str:
    return text.translate(_AS_NUMBERS)
