"""How a question is written in normal form."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from examsys.bank.blocks import split
from examsys.bank.normal import edited

BANK = Path(__file__).parents[2] / "question_bank"


def test_many_write_at_once_and_each_gets_the_own_question() -> None:
    blocks = split((BANK / "subject1/vehicle_basics.yaml").read_text("utf-8")).blocks[:12]
    alone = [edited(block, {"difficulty": 3}) for block in blocks]
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda block: edited(block, {"difficulty": 3}), blocks * 10))
    assert together == alone * 10
