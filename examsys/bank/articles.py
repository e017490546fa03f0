"""What a text names of the law, so that an explanation can be held to the sources of its question."""

import re
from collections.abc import Iterable, Iterator

from examsys.bank.report import Fault
from examsys.bank.yaml_source import Written
from examsys.domain.bank import Source
from examsys.domain.tibetan import Level, read_chinese_number

_ARTICLE = re.compile("第(?:[(（])?([0-9零〇一二两三四五六七八九十百千]+)(?:[)）])?[条项]")
_STANDARD = re.compile(r"(G[AB])(?:/T)? ?(\d+(?:\.\d+)?)")


def named(text: str) -> frozenset[str]:
    """The numbers of articles and items, and the standards, that a Chinese text names: {'38', 'GB 5768.2'}."""
    numbers = (match[1] for match in _ARTICLE.finditer(text))
    articles = {str(int(one) if one.isascii() else read_chinese_number(one)) for one in numbers}
    return frozenset(articles | {f"{kind} {number}" for kind, number in _STANDARD.findall(text)})


def sources_named(sources: Iterable[Source]) -> frozenset[str]:
    """The same of the sources of a question."""
    return frozenset(name for source in sources for name in named(f"{source.law} {source.article}"))


def article_faults(written: Written) -> Iterator[Fault]:
    """An explanation that names none of the sources: whoever reads it can't look it up. QB14."""
    question = written.question
    wanted, found = sources_named(question.sources), named(question.explanation.zh)
    if question.explanation.zh and wanted and not wanted & found:
        line, told = written.line("explanation"), " ".join(sorted(wanted))
        fault = "explanation.names_no_source"
        yield Fault(written.document.file, line, question.id, "QB14", Level.WARNING, fault, told)
