"""How a question is written in normal form."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from examsys.bank.blocks import split
from examsys.bank.fmt import format_bank
from examsys.bank.normal import edited
from tests.bank.written import write_bank

BANK = Path(__file__).parents[2] / "question_bank"


def test_many_write_at_once_and_each_gets_the_own_question() -> None:
    blocks = split((BANK / "subject1/vehicle_basics.yaml").read_text("utf-8")).blocks[:12]
    alone = [edited(block, {"difficulty": 3}) for block in blocks]
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda block: edited(block, {"difficulty": 3}), blocks * 10))
    assert together == alone * 10


def test_an_option_that_changes_keeps_the_comment_of_its_line() -> None:
    block = "  - id: s1-road-001\n    options:\n      - {id: a, zh: 甲} # ask the bureau\n      - {id: b, zh: 乙}\n"
    after = edited(block, {"options": [{"id": "a", "zh": "丙"}, {"id": "b", "zh": "乙"}]})
    assert "{id: a, zh: 丙} # ask the bureau" in after


def test_lines_of_another_system_are_made_ordinary_in_the_whole_file(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    file = folder / "subject1/road_rules.yaml"
    format_bank(folder)
    ours = file.read_bytes()
    file.write_bytes(ours.replace(b"\n", b"\r\n"))
    format_bank(folder)
    assert file.read_bytes() == ours
