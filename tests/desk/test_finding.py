"""Looking for questions: by id, by words of both languages, by law and article however its number is written, and by nothing else."""

import pytest

from examsys.desk import finding
from tests.desk.test_work import ONE, TWO, stamped  # noqa: F401
from tests.factories import House

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("S1-ROAD-001", {ONE}),
        ("鸣喇叭", {TWO}),
        ("བཀག་ནས་ལམ་སྤྲོད", {TWO}),
        ("道路交通安全法实施条例", {ONE}),
        ("第四十七条", {TWO}),
        ("第47条", {TWO}),
        ("第45条 中心线", {ONE}),
        ("第四十四条", {TWO}),
        ("judge", set()),
        ("made_by", set()),
        ("True", set()),
        ("zh", set()),
    ],
)
def test_words_are_looked_for_in_what_people_read(stamped: House, asked: str, found: set[str]) -> None:  # noqa: F811
    with stamped.inside():
        assert {item.question.id for item in finding.find(finding.Wanted(text=asked))} == found
