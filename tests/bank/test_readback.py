"""Reading back: the reader never sees the Chinese, and what was read back is bound to the very words."""

import json
from datetime import date
from pathlib import Path

from examsys.bank import readback
from examsys.bank.fmt import format_bank
from examsys.bank.readback import Reading
from examsys.bank.yaml_source import read_bank
from examsys.domain.bank import Question, is_read_back
from tests.bank.written import write_bank

DAY = date(2026, 11, 27)


def questions(folder: Path) -> dict[str, Question]:
    return {written.question.id: written.question for written in read_bank(folder).written}


def test_the_reader_gets_no_chinese_and_no_key(tmp_path: Path) -> None:
    rows = readback.sheet(questions(write_bank(tmp_path)).values())
    text = json.dumps(rows, ensure_ascii=False)
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in text)
    assert "key" not in text
    assert [row["id"] for row in rows] == ["s1-road-001", "s1-road-002"]


def test_the_answer_that_was_chosen_is_compared_with_the_key(tmp_path: Path) -> None:
    found = questions(write_bank(tmp_path))
    given = readback.sheet(found.values())
    readings = [
        Reading("s1-road-001", "没有中线的城市道路限速30", frozenset({"right"})),
        Reading("s1-road-002", "看到标志怎么办", frozenset("b")),
    ]
    assert [row["same_answer"] for row in readback.compared(found, readings, given)] == [True, False]


def test_what_was_changed_after_the_reader_had_it_is_not_compared(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    given = readback.sheet(questions(folder).values())
    path = folder / "subject1/road_rules.yaml"
    path.write_text(path.read_text("utf-8").replace("མྱུར་དུ་བརྒྱུད།", "མགྱོགས་པོར་བརྒྱུད།"), "utf-8")
    readings = [Reading(row["id"], "…", frozenset("a")) for row in given]
    assert [row["id"] for row in readback.compared(questions(folder), readings, given)] == ["s1-road-001"]


def test_a_text_that_was_changed_is_as_good_as_never_read(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    format_bank(folder)
    agreed = {row["id"]: row["text"] for row in readback.sheet(questions(folder).values())}
    assert readback.stamp(folder, agreed, "machine", DAY) == 2
    assert all(is_read_back(question, "bo") for question in questions(folder).values())
    assert readback.sheet(questions(folder).values()) == []
    path = folder / "subject1/road_rules.yaml"
    path.write_text(path.read_text("utf-8").replace("མྱུར་དུ་བརྒྱུད།", "མགྱོགས་པོར་བརྒྱུད།"), "utf-8")
    assert [row["id"] for row in readback.sheet(questions(folder).values())] == ["s1-road-002"]
    assert readback.stamp(folder, agreed, "machine", DAY) == 0
