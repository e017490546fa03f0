"""How questions behave, from the record to the page: which results count, who may see them, what is hidden, what is named."""

import math
import re

import pytest
from flask import Flask

from examsys.bank import service as bank
from examsys.desk import figures, figures_words
from examsys.domain.access import Role
from examsys.domain.errors import RuleBroken
from examsys.domain.fairness import Comparison, Estimate
from examsys.exam import graded, results
from examsys.web.language import speak
from tests.bank.test_views import at_desk
from tests.desk.crowd import seat_crowd
from tests.domain.sittings import simulate
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.page import InspectingClient, Page
from tests.people import (
    DAWA,
    DROLMA,
    JAMTSO,
    KELSANG,
    LHAMO,
    NORBU,
    PEMA,
    RINCHEN,
    TSERING,
    WANGDU,
    WANGFANG,
    YANGJEN,
    YUNGDRUNG,
    ZHANGMING,
    ZHAOWEI,
    Staff,
    candidate,
)  # fmt: skip

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
PAGES = ("", "/questions/t-road-000", "/fairness", "/reliability")


def text_of(page: Page) -> str:
    """What stands on a page, in one line."""
    return " ".join(page.text.split())


# -- which results count -------------------------------------------------------------------------------------


def play(house: House, number: int, *, wrong: int = 0) -> Kiosk:
    """Somebody sits an exam to its end, with views of the first two questions."""
    kiosk = Kiosk.at(house, house.seated(candidate(number))[0], start="bo")
    shown = [
        {"kind": "shown", "position": 1, "ms": 1_000},
        {"kind": "language", "position": 1, "value": "zh", "ms": 3_000},
    ]
    back = [
        {"kind": "language", "position": 1, "value": "bo", "ms": 4_000},
        {"kind": "shown", "position": 2, "ms": 9_000},
    ]
    heard = [
        {"kind": "audio", "position": 2, "value": "stem:bo", "ms": 10_000},
        {"kind": "shown", "position": 3, "ms": 11_500},
    ]
    assert kiosk.view(*shown, *back, *heard).status_code in (200, 204)
    kiosk.play(house, wrong)
    return kiosk


def test_a_result_tells_statistics_language_time_changes_and_recordings_of_each_question(house: House) -> None:
    kiosk = play(house, 1, wrong=1)
    with house.inside():
        (one,) = graded.sittings(house.release_id)
        position = [row[0] for row in house.rows("SELECT question FROM mark ORDER BY position")]
    assert (one.paper, one.length, one.first) == ("subject1/car", 10, True)
    assert list(one.questions) == position
    assert list(one.right) == [False] + [True] * 9
    assert one.ms[:3] == (8_000, 2_500, 0)
    assert one.switches == (2, *[0] * 9)
    assert one.heard == (0, 1, *[0] * 8)
    assert set(one.languages) == {"bo"}
    assert kiosk.attempt
    assert house.broken() == []


def test_a_mark_that_says_something_else_of_changes_is_found_by_the_verifier(house: House) -> None:
    play(house, 1)
    drop = "DROP TRIGGER mark_no_update" if house.settings.is_sqlite else "DROP TRIGGER mark_no_change ON mark"
    house.write(drop)
    house.write("UPDATE mark SET switches = ? WHERE position = ?", 0, 1)
    assert any(found.startswith("mark.differs") for found in house.broken())


def test_marks_from_before_changes_were_counted_are_whole_and_say_nothing_of_them(house: House) -> None:
    play(house, 1)
    drop = "DROP TRIGGER mark_no_update" if house.settings.is_sqlite else "DROP TRIGGER mark_no_change ON mark"
    house.write(drop)
    house.write("UPDATE mark SET switches = NULL, heard = NULL")
    with house.inside():
        (one,) = graded.sittings(house.release_id)
    assert (one.switches, one.heard) == ((), ())
    assert not any(found.startswith("mark.") for found in house.broken())


def test_a_question_that_was_neither_answered_nor_seen_was_not_asked(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated(candidate(1))[0], start="zh")
    assert kiosk.answer(3, house.right_answers(kiosk.attempt)[3], 1).status_code == 200
    assert kiosk.submit().status_code == 200
    with house.inside():
        (one,) = graded.sittings(house.release_id)
    assert (len(one.questions), one.length, one.right) == (1, 10, (True,))


def test_only_the_newest_result_of_an_attempt_counts_and_a_voided_question_does_not(house: House) -> None:
    play(house, 1, wrong=2)
    with house.inside():
        before = graded.extent(house.release_id)
        (old,) = graded.sittings(house.release_id)
        hashes = bank.withdraw(old.questions[0], "题目有误")
        results.regrade(hashes, "题目作废")
        after = graded.extent(house.release_id)
        (new,) = graded.sittings(house.release_id, bank.withdrawn())
    assert (before.results, after.results) == (1, 1)
    assert before.newest != after.newest
    assert old.questions[0] not in new.questions
    assert (new.length, len(new.questions)) == (9, 9)


def test_an_attempt_that_goes_on_has_no_result_that_counts(house: House) -> None:
    Kiosk.at(house, house.seated(candidate(1))[0], start="bo")
    with house.inside():
        assert graded.extent(house.release_id).results == 0
        assert graded.sittings(house.release_id) == []


def test_figures_are_of_one_release_and_are_made_again_when_results_come(house: House) -> None:
    seat_crowd(house.app, simulate(60, 40, 10, seed=1), house.release_id)
    with house.inside():
        first = figures.figures_of(house.release_id)
        assert figures.figures_of(house.release_id) is first
        second = bank.publish("T-2", bank.questions_of(house.release_id), house.settings.bank / "media")
        assert figures.figures_of(second).questions == {}
    seat_crowd(house.app, simulate(40, 40, 10, seed=2), house.release_id)
    with house.inside():
        again = figures.figures_of(house.release_id)
    assert (first.results, again.results) == (60, 100)
    assert sum(one.figures.shown for one in again.questions.values()) == 1_000


def test_one_new_result_among_hundreds_does_not_make_figures_anew(house: House) -> None:
    """A million answers cost a second of the server that gives exams."""
    seat_crowd(house.app, simulate(300, 40, 10, seed=1), house.release_id)
    with house.inside():
        first = figures.figures_of(house.release_id)
    seat_crowd(house.app, simulate(2, 40, 10, seed=2), house.release_id)
    with house.inside():
        assert figures.figures_of(house.release_id) is first
    seat_crowd(house.app, simulate(2, 40, 10, seed=3), house.release_id)
    with house.inside():
        assert figures.figures_of(house.release_id).results == 304


# -- pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_before_anybody_sat_an_exam_pages_say_what_would_be_there(house: House, path: str) -> None:
    page = at_desk(house, RINCHEN).page(f"/desk/figures{path}")
    assert re.search("这里|太少|不足", page.text)


def test_few_answers_give_no_figure(house: House) -> None:
    for number in (1, 2):
        play(house, number)
    listed = at_desk(house, RINCHEN).get("/desk/figures").get_data(as_text=True)
    assert "人次太少" in listed
    assert "<svg" not in listed
    with house.inside():
        asked = next(iter(figures.figures_of(house.release_id).questions))
    page = at_desk(house, RINCHEN).page(f"/desk/figures/questions/{asked}")
    assert "太少，不显示数据" in page.text
    assert "太少" in at_desk(house, RINCHEN).page("/desk/figures/fairness").text


@pytest.fixture
def crowd(house: House) -> House:
    """1,200 sittings at which one question is far harder in Tibetan; it stands for the first of the bank."""
    seat_crowd(house.app, simulate(1_200, 40, 10, seed=4, bias={("q-0000", "bo"): 2.5}, ease=1.5), house.release_id)
    return house


def test_a_biased_question_stands_first_with_what_to_look_at(crowd: House) -> None:
    with crowd.inside():
        biased = bank.questions_of(crowd.release_id)
        first = next(one.id for one in biased if one.subject == "subject1")
    page = at_desk(crowd, RINCHEN).page("/desk/figures")
    asked = [link for link in page.links if link.startswith("/desk/figures/questions/")]
    assert asked[0].split("?")[0].endswith(f"/{first}")
    assert "藏文作答的考生更难答对：请检查藏文译文。" in page.text
    one = at_desk(crowd, RINCHEN).page(f"/desk/figures/questions/{first}?release=T-1")
    assert "藏文作答（对比汉文作答）" in text_of(one)
    assert "C · 较大" in one.text
    fairness = at_desk(crowd, RINCHEN).page("/desk/figures/fairness")
    assert first in fairness.text
    assert re.search(r"\d+ 题中有 \d+ 题在不同组之间有差异", fairness.text)


UNKNOWN, NONE = "人次太少，无法断定", "没有值得注意的差异"


def test_where_the_limits_reach_beyond_the_band_nothing_is_called_negligible(crowd: House) -> None:
    """150 takers of each: too few to tell, in the heading, in the chart and in the table, with the level of the limits."""
    with crowd.inside():
        found = figures.figures_of(crowd.release_id).questions.values()
        asked = [one for one in found if any(each.undecided for each in one.compared)]
    one = next(one for one in asked if not any(each.flagged for each in one.compared))
    html = at_desk(crowd, JAMTSO).get(f"/desk/figures/questions/{one.question.id}").get_data(as_text=True)
    chart = html[html.index('aria-label="公平性"') :]
    drawn, table = chart[: chart.index("</svg>")], chart[chart.index("<tbody>") :]
    assert f"{UNKNOWN}对各组考生是否相同" in html
    for part in (drawn, table):
        assert f"A · {UNKNOWN}" in part
        assert "97 %" in part
    assert "已按比较组数校正" in drawn
    assert NONE not in html
    assert "A · 可忽略" not in html


def test_the_page_of_fairness_counts_what_is_not_known(crowd: House) -> None:
    with crowd.inside():
        found = figures.figures_of(crowd.release_id).questions.values()
        flagged = sum(any(each.flagged for each in one.compared) for one in found)
        unknown = sum(
            any(each.undecided for each in one.compared) and not any(each.flagged for each in one.compared)
            for one in found
        )
    page = at_desk(crowd, JAMTSO).page("/desk/figures/fairness")
    assert f"40 题中有 {flagged} 题在不同组之间有差异；另有 {unknown} 题{UNKNOWN}" in page.text
    assert f"○ {UNKNOWN}" in text_of(page)
    assert "已按比较组数校正（Bonferroni）" in page.text
    listed = text_of(at_desk(crowd, JAMTSO).page("/desk/figures"))
    assert re.search(rf"97 %\) 藏文作答 / 汉文作答 · A · {UNKNOWN}", listed)


def compared(low: float, high: float, focal: str = "bo") -> Comparison:
    middle = (low + high) / 2
    estimate = Estimate(math.exp(middle / -2.35), middle, (high - low) / 4, low, high, 0.01)
    return Comparison("q", "zh", focal, 500, 500, estimate)


@pytest.mark.parametrize(
    ("made", "says", "word"),
    [
        ([compared(-0.4, 0.6)], NONE, "A · 可忽略"),
        ([compared(0.2, 0.9)], NONE, "A · 可忽略"),  # surely there, surely small
        ([compared(-0.1, 1.6)], UNKNOWN, f"A · {UNKNOWN}"),
        ([compared(-1.88, 7.44)], UNKNOWN, f"A · {UNKNOWN}"),
        ([compared(-1.9, 0.1), compared(-0.2, 0.2, "audio")], UNKNOWN, f"A · {UNKNOWN}"),
        ([compared(-5.06, -0.15), compared(-3.0, 3.0, "audio")], "并非人人相同", "B · 中等"),
    ],
)
@SQLITE
def test_that_there_is_no_difference_is_said_only_where_that_is_known(
    app: Flask, made: list[Comparison], says: str, word: str
) -> None:
    with app.test_request_context("/staff/"):
        speak(("zh",))
        assert says in figures_words.verdict(made)
        assert figures_words.outcome(made[0]) == word
        assert figures_words.sureness([0.03, 0.01, 0.01]) == "97 % / 99 %"


def test_odds_are_those_of_the_group_named_first(crowd: House) -> None:
    """Where it is harder for it, the delta is below 0 and the odds are below 1."""
    with crowd.inside():
        found = figures.figures_of(crowd.release_id)
        hard = next(one for one in figures.comparisons(found) if one.estimate and one.estimate.delta < -1)
    page = text_of(at_desk(crowd, JAMTSO).page(f"/desk/figures/questions/{hard.question}"))
    assert "答对优势比（前一组 : 后一组）" in page
    assert hard.estimate is not None
    assert f"{1 / hard.estimate.odds_ratio:.2f} {hard.estimate.delta:+.2f}" in page
    assert 1 / hard.estimate.odds_ratio < 1


def test_charts_are_drawn_with_a_table_behind_them(crowd: House) -> None:
    with crowd.inside():
        asked = next(iter(figures.figures_of(crowd.release_id).questions))
    for path in ("", f"/questions/{asked}", "/fairness"):
        html = at_desk(crowd, JAMTSO).get(f"/desk/figures{path}").get_data(as_text=True)
        assert 'role="img" aria-label="' in html
        assert "<table" in html
        assert "nan" not in html.lower().replace("chang", "")


def test_reliability_is_given_for_each_kind_of_paper_with_limits(crowd: House) -> None:
    page = text_of(at_desk(crowd, TSERING).page("/desk/figures/reliability"))
    assert re.search(
        r"1200 [\d.]+ [\d.]+ [\d.]+ -?0\.\d\d \( -?0\.\d\d – 0\.\d\d \) 0\.\d\d",
        page.replace("(", "( ").replace(")", " )"),
    )


@pytest.mark.parametrize("sort", figures.SORTS)
def test_the_list_is_sorted_as_asked(crowd: House, sort: str) -> None:
    with crowd.inside():
        meant = [one.question.id for one in figures.listed(figures.figures_of(crowd.release_id), "", False, sort)]
    page = at_desk(crowd, RINCHEN).page(f"/desk/figures?sort={sort}")
    asked = [link.split("?")[0].rsplit("/", 1)[1] for link in page.links if link.startswith("/desk/figures/questions/")]
    assert asked == meant
    assert len(asked) == 40


def test_sorts_do_what_they_say(crowd: House) -> None:
    with crowd.inside():
        found = figures.figures_of(crowd.release_id)
        by = {sort: figures.listed(found, "", False, sort) for sort in figures.SORTS}
    easy = [one.figures.facility.value for one in by["facility"] if one.figures.facility]
    assert easy == sorted(easy)
    telling = [one.figures.discrimination.value for one in by["discrimination"] if one.figures.discrimination]
    assert telling == sorted(telling)
    apart = [figures.most_apart(one) for one in by["fairness"]]
    assert apart == sorted(apart, reverse=True)
    assert [bool(one.flags) for one in by["flags"]] == sorted([bool(one.flags) for one in by["flags"]], reverse=True)


@SQLITE
@pytest.mark.parametrize(
    "asked", ["?sort=x&page=-1", "?page=999999", "?subject=%ff", "?flagged=2", "/fairness?page=x", "?release="]
)
def test_a_strange_address_is_only_a_list(crowd: House, asked: str) -> None:
    assert at_desk(crowd, JAMTSO).get(f"/desk/figures{asked}").status_code == 200


@SQLITE
@pytest.mark.parametrize("asked", ["?release=T-9", "/fairness?release=T-9", "/questions/s1-none-001"])
def test_what_is_not_there_is_not_shown(house: House, asked: str) -> None:
    assert at_desk(house, JAMTSO).get(f"/desk/figures{asked}").status_code == 404


@SQLITE
def test_who_asks_for_a_release_that_is_not_there_is_offered_those_that_are(house: House) -> None:
    page = at_desk(house, JAMTSO).get("/desk/figures/fairness?release=T-9").get_data(as_text=True)
    assert "没有 T-9 这个题库版本" in page
    assert 'href="/desk/figures/fairness?release=T-1"' in page


@SQLITE
@pytest.mark.parametrize("path", PAGES)
def test_a_site_without_a_release_says_in_words_what_is_missing(
    house: House, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> tuple[str, str]:
        raise RuleBroken("bank.no_release")

    monkeypatch.setattr(bank, "newest_release", none)
    page = at_desk(house, JAMTSO).page(f"/desk/figures{path}")
    assert "尚无已启用的题库版本" in page.text
    assert "须先启用一个题库版本，再有考生用它考完" in page.text
    assert "/desk/questions" in page.links


@SQLITE
def test_only_what_asks_to_be_looked_at_can_be_shown(crowd: House) -> None:
    with crowd.inside():
        flagged = {one.question.id for one in figures.figures_of(crowd.release_id).questions.values() if one.flags}
    page = at_desk(crowd, JAMTSO).page("/desk/figures?flagged=1")
    asked = {link.split("?")[0].rsplit("/", 1)[1] for link in page.links if link.startswith("/desk/figures/questions/")}
    assert asked == flagged != set()


@SQLITE
def test_the_figures_of_a_question_come_to_odd_fine_or_too_few(crowd: House) -> None:
    with crowd.inside():
        said = figures.figures_of(crowd.release_id).questions
        outcomes = figures.outcomes()
    assert outcomes.keys() == said.keys()
    odd = {name for name, outcome in outcomes.items() if outcome == "odd"}
    assert odd == {name for name, one in said.items() if one.flags} != set()
    assert set(outcomes.values()) == {"odd", "fine"}  # 1,200 sat: nothing here has too few answers


@SQLITE
def test_the_desks_list_is_filtered_by_what_the_figures_say(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "outcomes", lambda: {"s1-road-001": figures.Outcome.ODD})
    listed = {
        outcome: [
            link.rsplit("/", 1)[1]
            for link in at_desk(desk, JAMTSO).page(f"/desk/questions?statistics={outcome}").links
            if link.startswith("/desk/questions/s1")
        ]
        for outcome in figures.Outcome
    }
    assert listed == {"odd": ["s1-road-001"], "fine": [], "few": ["s1-road-002"]}  # nobody was asked the second


# -- who ----------------------------------------------------------------------------------------------------


@SQLITE
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "person", [JAMTSO, RINCHEN, YUNGDRUNG, ZHANGMING, TSERING, LHAMO], ids=lambda one: one.username
)
def test_who_works_on_questions_and_the_offices_above_see_figures(house: House, person: Staff, path: str) -> None:
    assert at_desk(house, person).get(f"/desk/figures{path}").status_code == 200


@SQLITE
@pytest.mark.parametrize(
    "person", [DROLMA, WANGDU, YANGJEN, NORBU, KELSANG, PEMA, ZHAOWEI, DAWA, WANGFANG], ids=lambda one: one.username
)
def test_nobody_else_of_the_staff_does(house: House, person: Staff) -> None:
    for path in PAGES:
        assert at_desk(house, person).get(f"/desk/figures{path}").status_code == 403


@SQLITE
def test_no_candidate_and_no_passer_by_does(house: House, app: Flask) -> None:
    kiosk = play(house, 1)
    fresh = app.test_client()
    assert isinstance(fresh, InspectingClient)
    for path in PAGES:
        assert kiosk.client.get(f"/desk/figures{path}").status_code == 401
        assert fresh.get(f"/desk/figures{path}").status_code == 401


@SQLITE
def test_the_room_is_offered_to_whom_it_opens(house: House) -> None:
    assert "/desk/figures" in at_desk(house, RINCHEN).page("/staff/").links
    assert "/desk/figures" not in at_desk(house, DROLMA).page("/staff/").links
    assert Role.SUPERVISOR_BRIGADE is WANGDU.role
    assert "/desk/figures" not in at_desk(house, WANGDU).page("/staff/").links
