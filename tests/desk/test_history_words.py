"""The history of a question in the office's words: nothing of YAML, no hashes."""

import re

import pytest

from examsys.desk import checks, history, service
from examsys.desk.history import Change
from examsys.desk.history_words import told
from tests.bank.test_views import at_desk
from tests.desk.test_work import ONE, TWO, base, stamped  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, YUNGDRUNG

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def said(before: str, after: str) -> dict[str, str]:
    """By field what is said of it in Chinese, gone in brackets."""
    (head, *_) = ["- id: s1-road-001\n"]
    changes: list[Change] = told(history.difference(head + before, head + after))
    return {
        change.field: "".join(f"[{one.words}]" if one.sort == "gone" else one.words for one in change.pieces)
        for change in changes
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  state: review\n", "  state: approved\n", {"state": "[审核中] → 审核通过"}),
        ("  kind: judge\n", "  kind: single\n", {"kind": "[判断题] → 单项选择题"}),
        ("  difficulty: 1\n", "  difficulty: 3\n", {"difficulty": "[1] → 3"}),
        ("  fixed_order: true\n", "", {"fixed_order": "[是]"}),
        ("  key: [a]\n", "  key: [a, c]\n", {"key": "A · C"}),
        ("  key: wrong\n", "  key: right\n", {"key": "[错误] → 正确"}),
        (
            "  families: [car, bus]\n",
            "  families: [car]\n",
            {"families": "小型汽车（C1、C2、C3、C4、C5） · [客车（A1、A3、B1）]"},
        ),
        ("", "  media: [signs/stop.svg]\n", {"media": "停车让行标志"}),
        ("", f"  approval: {{by: x, text: {'a' * 64}}}\n", {"approval.by": "x"}),
        (
            f"  translation: {{bo: {{made_by: machine, of: {'a' * 64}}}}}\n",
            f"  translation: {{bo: {{made_by: person, of: {'b' * 64}}}}}\n",
            {"translation.bo.made_by": "[机器] → 人员"},
        ),
    ],
)
def test_values_are_said_as_people_call_them(stamped: House, before: str, after: str, expected: dict[str, str]) -> None:  # noqa: F811
    with stamped.inside(), stamped.app.test_request_context("/desk/?lang=zh"):
        checks.workshop().questions()
        assert said(before, after) == expected


def test_the_page_of_the_history_shows_neither_names_of_the_file_nor_hashes(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        service.write(ONE, base(), {"difficulty": 2}, stamped.actor(JAMTSO))
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        service.approve(ONE, "zh", stamped.actor(YUNGDRUNG))
        service.submit(TWO, "zh", stamped.actor(JAMTSO))
    browser = at_desk(stamped, JAMTSO)
    for question in (ONE, TWO):
        text = browser.page(f"/desk/questions/{question}/history").text
        assert "取自题库文件夹" in text
        assert (
            re.findall(r"[0-9a-f]{16}|\b(?:pull|draft|review|approved|judge|single|True|machine|car|moto)\b", text)
            == []
        )
