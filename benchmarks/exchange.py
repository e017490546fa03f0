"""Importing a large workbook, and looking for near-duplicates in a large bank: CPU of this process."""

import random
import time
from pathlib import Path

from examsys.bank.formats.exchange import Choice, FileKind, Row, row_of
from examsys.bank.formats.reading import read_file
from examsys.bank.formats.writing import write_file
from examsys.bank.yaml_source import read_bank
from examsys.domain.bank import Text
from examsys.domain.likeness import near_duplicates, wording

BANK = Path(__file__).resolve().parent.parent / "question_bank"
IMPORTED, KNOWN = 3_000, 5_000


def importing() -> list[tuple[str, float, float]]:
    """Seconds: 3,000 questions with their pictures from a workbook, into a bank of none and of 5,000; pairs among 5,000."""
    shipped = [
        row_of(written.question, lambda medium: (BANK / "media" / medium.path).read_bytes())
        for written in read_bank(BANK).written
    ]
    chance = random.Random(1)
    known = [_spliced(shipped, chance, f"s1-road-{number:04d}") for number in range(KNOWN)]
    content = write_file([_spliced(shipped, chance, "") for _ in range(IMPORTED)], FileKind.EXCEL).content
    figures = []
    for existing in ([], known):
        begun = time.perf_counter()
        report = read_file("questions.zip", content, existing=existing)
        used = time.perf_counter() - begun
        assert report.counts["in"] == IMPORTED, report.faults
        figures.append((f"import of {IMPORTED} from Excel, bank of {len(existing)}, wall", used, 15.0))
    texts = [wording(row.stem.zh, [option.text.zh for option in row.options], row.shown) for row in known]
    begun = time.process_time()
    near_duplicates(texts)
    figures.append((f"near-duplicates among {KNOWN}, CPU", time.process_time() - begun, 5.0))
    return figures


def _spliced(shipped: list[Row], chance: random.Random, name: str) -> Row:
    """A question of the length that questions have, which the bank does not hold: of two, the head of one and the rest of the other."""
    one, other = chance.choice(shipped), chance.choice(shipped)
    cut = chance.randint(3, len(one.stem.zh))
    stem = Text(one.stem.zh[:cut] + other.stem.zh[-chance.randint(3, len(other.stem.zh)) :], one.stem.bo)
    options = tuple(Choice(option.id, option.text, option.picture) for option in one.options)
    return Row(
        one.kind, stem, one.key, options, one.explanation, one.subject, one.chapter, one.families, one.difficulty,
        one.sources, one.fixed_order, one.pictures, one.media, name,
    )  # fmt: skip
