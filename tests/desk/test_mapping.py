"""The page on which a trainer says what somebody else's columns mean."""

import re
import time

import pytest

from examsys.bank.formats.headings import FIELDS
from examsys.bank.formats.keys import KeyStyle
from examsys.bank.formats.reading import Preview
from examsys.bank.formats.tables import ColumnMapping, SheetColumns
from examsys.desk import importing
from examsys.desk.mapping import mapping_of
from tests.bank.formats.making import xlsx
from tests.desk.test_importing import read
from tests.factories import House
from tests.people import JAMTSO
from tests.supervision.desk import Desk

HEAD = ("题目", "A", "B", "C", "答案")
BOOK = xlsx(
    [("自编题库",), HEAD, ("前方是学校应当怎样做？", "减速", "加速", "鸣笛", "1")],
    多选题=[HEAD, ("下列哪些行为是危险的？", "超速", "酒驾", "礼让", "AB")],
    旧题=[HEAD, ("夜间会车用什么灯？", "近光", "远光", "双闪", "A")],
)
TWO = [Preview("甲", (("x",),), None), Preview("乙", (("x",),), None)]


def test_each_sheet_is_said_by_its_number_and_one_of_which_nothing_is_said_is_read_by_its_headings() -> None:
    form = {"column.1.0": "zh", "column.1.4": "key", "column.1.5": "", "heading_row.1": "3", "keys": "bits"}
    assert mapping_of(form, ["0", "1"], TWO) == ColumnMapping(
        by_sheet={"乙": SheetColumns({0: "zh", 4: "key"}, 3)}, sheets=("甲", "乙"), keys=KeyStyle.BITS
    )


@pytest.mark.parametrize("strange", ["²", "9" * 5000, "-1", "", "7"])
def test_what_names_no_sheet_and_no_column_is_passed_over(strange: str) -> None:
    form = {f"column.{strange}.0": "zh", f"column.0.{strange}{strange}x": "zh", "heading_row.0": strange}
    assert mapping_of(form, [strange], TWO) == ColumnMapping()


def test_a_workbook_of_several_sheets_is_mapped_sheet_by_sheet(desk: House) -> None:
    browser = Desk.of(desk, JAMTSO)
    with desk.inside():
        job = read(desk, "题.xlsx", BOOK)
    address = f"/desk/import/{job.job_id}"
    html = browser.get(address).get_data(as_text=True)
    typed = dict(
        re.findall(r'<select name="(column[.0-9]+)".*?<option value="([a-z_]+)" selected', html, re.DOTALL)
        + re.findall(r'name="(heading_row[.0-9]+)" value="([0-9]+)"', html)
    )
    assert typed["heading_row.0"] == "2"
    assert typed["heading_row.1"] == "1"
    assert browser.post(f"{address}/map", **typed, keys="from_one", sheet=["0", "1"]).status_code == 302
    with desk.inside():
        again = _to_its_end(desk, job.job_id)
    assert again.report is not None
    assert [(row.stem.zh, set(row.key)) for row in again.report.rows] == [
        ("前方是学校应当怎样做？", {"a"}),
        ("下列哪些行为是危险的？", {"a", "b"}),
    ]
    assert ("table.not_chosen", "旧题") in [(one.key, one.place.cell) for one in again.report.passed_over]


def _to_its_end(desk: House, job_id: str) -> importing.Job:
    for _ in range(200):
        job = importing.job_of(job_id, desk.actor(JAMTSO))
        if job.report is not None:
            return job
        time.sleep(0.05)
    raise AssertionError("the file was not read")


def test_no_name_of_our_own_code_stands_on_the_page(desk: House) -> None:
    with desk.inside():
        job = read(desk, "题.xlsx", BOOK)
    page = Desk.of(desk, JAMTSO).page(f"/desk/import/{job.job_id}")
    assert "一行一个选项" in page.text
    assert not [name for name in FIELDS if re.search(rf"\b{name}\b", page.text) and "_" in name]
