"""The two languages of a question beside each other: parity, Tibetan spelling, and the state of the translation."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from examsys.bank.report import Fault
from examsys.bank.schema import LexiconPart, MediumPart, TermPart
from examsys.bank.spelling import dictionary_lookup
from examsys.bank.yaml_source import BankSource, Written
from examsys.domain.bank import State, Text, is_complete, is_stale, translation_hash
from examsys.domain.tibetan import Finding, Level, Lexicon, lint_options, lint_pair, lint_text

_HAN = re.compile("[\u4e00-\u9fff]")
_NOMINAL = re.compile("་[བཔ]$")
_TIBETAN = re.compile("[\u0f00-\u0fff]")
Place = tuple[str | int, ...]


def lexicon_of(part: LexiconPart, terms: Iterable[TermPart], dictionary: Path) -> Lexicon:
    """What the checks know about words; without the dictionary file, or the library that reads it, no spelling."""
    glossary: dict[str, list[str]] = {}
    for term in terms:  # verbs stand in the glossary with a final བ or པ, which a sentence changes
        glossary.setdefault(term.zh, []).append(_NOMINAL.sub("", term.bo))
    return Lexicon(
        dictionary_lookup(dictionary),
        frozenset(part.whitelist),
        frozenset(part.false_alarms),
        part.units,
        glossary,
        part.misread,
    )


def translation_faults(written: Written, lexicon: Lexicon) -> Iterator[Fault]:
    """Everything wrong with the Tibetan of a question, in itself and beside the Chinese."""
    if not is_complete(written.question, "bo"):
        yield _fault(written, ("id",), "QB09", Level.WARNING, "translation.missing", "")
    for place, text, ends in _texts(written):
        if not text.bo:
            continue
        findings = [*lint_text(text.bo, lexicon, stem=ends), *lint_pair(text.zh, text.bo, lexicon)]
        yield from _faults(
            written, place, (finding for finding in findings if finding.message_key != "bo.spelling_not_checked")
        )
        if _TIBETAN.search(text.zh):
            yield _fault(written, (*place, "zh"), "QB11", Level.ERROR, "zh.has_tibetan", text.zh)
        if _HAN.search(text.zh) and not _TIBETAN.search(text.bo):
            yield _fault(written, (*place, "bo"), "QB11", Level.ERROR, "bo.not_translated", text.bo)
    options = [option.text for option in written.question.options if option.text and option.text.bo]
    yield from _faults(
        written, ("options",), lint_options([text.zh for text in options], [text.bo for text in options])
    )
    yield from _state_faults(written)


def picture_faults(bank: BankSource, lexicon: Lexicon) -> Iterator[Fault]:
    """Everything wrong with the Tibetan that says what a picture shows."""
    if bank.media_document is None:
        return
    for path, part in bank.media.items():
        line = bank.media_document.line([path])
        for finding in description_findings(part, lexicon):
            passage = f"{path} {finding.passage}".strip()
            yield Fault("media/media.yaml", line, "", finding.rule, finding.level, finding.message_key, passage)


def description_findings(part: MediumPart, lexicon: Lexicon) -> list[Finding]:
    """What is wrong with the Tibetan of one description."""
    found = (*lint_text(part.alt.bo, lexicon), *lint_pair(part.alt.zh, part.alt.bo, lexicon))
    return [finding for finding in found if finding.message_key != "bo.spelling_not_checked"]


def _texts(written: Written) -> Iterator[tuple[Place, Text, bool]]:
    """Each text of the question with its place in the file, and whether it must end as a sentence."""
    question = written.question
    yield ("stem",), question.stem, True
    for place, option in enumerate(question.options):
        if option.text:
            yield ("options", place), option.text, False
    yield ("explanation",), question.explanation, False


def _state_faults(written: Written) -> Iterator[Fault]:
    question = written.question
    state = question.translations.get("bo")
    if state is None:
        yield _fault(written, ("id",), "QB09", Level.NOTE, "translation.not_stamped", "")
    elif is_stale(question, "bo"):
        yield _fault(written, ("translation",), "QB09", Level.ERROR, "translation.stale", "")
    elif state.state == State.APPROVED and state.text_hash != translation_hash(question, "bo"):
        yield _fault(written, ("translation",), "BO20", Level.ERROR, "translation.changed_after_release", "")


def _faults(written: Written, place: Place, findings: Iterable[Finding]) -> Iterator[Fault]:
    for finding in findings:
        path = place if place == ("options",) else (*place, "bo")
        yield _fault(written, path, finding.rule, finding.level, finding.message_key, finding.passage)


def _fault(written: Written, path: Place, rule: str, level: Level, key: str, passage: str) -> Fault:
    return Fault(written.document.file, written.line(*path), written.question.id, rule, level, key, passage)
