"""A desk with the small written bank on it."""

from pathlib import Path

import pytest

from examsys.desk import exchange
from tests.bank.written import write_bank
from tests.factories import House


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The bank's folder, as git has it."""
    written = write_bank(tmp_path / "git")
    (written / "lexicon.yaml").write_text("whitelist: []\n", "utf-8")
    return written


@pytest.fixture
def desk(house: House, folder: Path) -> House:
    """A house whose desk has pulled the bank."""
    with house.inside():
        exchange.pull(folder)
    return house
