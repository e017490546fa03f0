"""An explanation names the article in which its answer stands."""

from pathlib import Path

import pytest

from examsys.bank.articles import named
from examsys.bank.check import check_bank
from tests.bank.written import JUDGE, SINGLE, write_bank


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《道路交通安全法》第三十八条、第38条", {"38"}),
        ("民法典 第一千二百零九条", {"1209"}),
        ("公安部关于发布交通警察手势信号的通告 第一条第（三）项", {"1", "3"}),
        ("国家标准GB 5768.2：红色八角形", {"GB 5768.2"}),
        ("GB/T 13594-2025 商用车辆和挂车防抱制动系统性能要求及试验方法", {"GB 13594"}),
        ("公安行业标准GA 36", {"GA 36"}),
        ("最高时速30公里", set()),
    ],
)
def test_articles_items_and_standards_are_found_in_either_way_of_writing(text: str, found: set[str]) -> None:
    assert named(text) == found


def test_an_explanation_that_names_no_source_is_warned_of(tmp_path: Path) -> None:
    def warned(*questions: str) -> list[str]:
        folder = write_bank(tmp_path / str(len(list(tmp_path.iterdir()))), *questions)
        return [fault.question for fault in check_bank(folder, Path("nowhere")).faults if fault.rule == "QB14"]

    assert warned(JUDGE, SINGLE) == []
    assert warned(JUDGE.replace("zh: 第四十五条：", "zh: "), SINGLE) == ["s1-road-001"]
