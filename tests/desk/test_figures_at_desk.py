"""Where the desk meets the figures: flags in editor and list, the way there and back, pictures, what a bare site says."""

from dataclasses import replace

import pytest

from examsys.bank import service as bank
from examsys.desk import checks, figures
from examsys.domain.flags import Concern, Flag
from examsys.domain.statistics import ItemFigures
from tests.bank.test_views import at_desk
from tests.desk.test_booth import keep, studio  # noqa: F401
from tests.desk.test_work import ONE, TWO, stamped  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, RINCHEN, TSERING, YUNGDRUNG, ZHANGMING, Staff

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
LOOK = "藏文作答的考生更难答对：请检查藏文译文。"


@pytest.fixture
def flagged(desk: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A desk at which the figures ask that the Tibetan of the first question be looked at; the second was asked as well."""
    with desk.inside():
        asked = {one: checks.workshop().question(one).question for one in (ONE, TWO)}
    few = ItemFigures(ONE, 40, 20, None, None, (), (0, 0, 0), "", {}, {}, {})
    flags = (Flag(Concern.HARDER, "bo", "zh", grave=True),)
    behaviours = {
        ONE: figures.Behaviour(asked[ONE], few, (), flags),
        TWO: figures.Behaviour(asked[TWO], few, (), ()),
    }
    monkeypatch.setattr(figures, "behaviours", lambda: behaviours)
    return desk


@pytest.mark.parametrize("person", [JAMTSO, RINCHEN, YUNGDRUNG, ZHANGMING], ids=lambda one: one.username)
def test_a_flag_stands_in_the_editor_with_the_way_to_the_figures(flagged: House, person: Staff) -> None:
    page = at_desk(flagged, person).page(f"/desk/questions/{ONE}")
    assert LOOK in page.text
    assert f"/desk/figures/questions/{ONE}" in page.links


def test_a_question_without_a_flag_has_the_way_to_its_figures_too(flagged: House) -> None:
    page = at_desk(flagged, JAMTSO).page(f"/desk/questions/{TWO}")
    assert LOOK not in page.text
    assert f"/desk/figures/questions/{TWO}" in page.links


def test_the_list_says_of_each_question_what_is_odd_and_leads_to_its_figures(flagged: House) -> None:
    page = at_desk(flagged, JAMTSO).page("/desk/questions")
    assert page.text.count(LOOK) == 1
    assert [link for link in page.links if link.startswith("/desk/figures/")] == [f"/desk/figures/questions/{ONE}"]


def test_before_anybody_sat_an_exam_the_desk_says_nothing_of_figures(desk: House) -> None:
    for path in ("", f"/{ONE}"):
        page = at_desk(desk, JAMTSO).page(f"/desk/questions{path}")
        assert not any(link.startswith("/desk/figures/") for link in page.links)


def published(house: House) -> str:
    """A release of the second question, one of whose options is shown by a picture; returns the hash of both pictures."""
    with house.inside():
        two = checks.workshop().question(TWO).question
        first, *others = two.options
        shown = replace(two, options=(replace(first, text=None, picture=two.media[0]), *others))
        bank.publish("T-2", [shown], house.settings.home / "bank/media")
    return two.media[0].sha256


def test_the_figures_of_a_question_show_its_pictures_and_lead_back_to_the_editor(desk: House) -> None:
    digest = published(desk)
    browser = at_desk(desk, JAMTSO)
    html = browser.get(f"/desk/figures/questions/{TWO}?release=T-2").get_data(as_text=True)
    assert html.count(f'<img src="/exam/media/{digest}.svg"') == 3  # above, and as an option in either language
    assert f'href="/desk/questions/{TWO}"' in html
    assert browser.get(f"/exam/media/{digest}.svg").status_code == 200


def test_who_may_not_open_the_editor_or_has_no_working_copy_is_offered_no_way_there(desk: House) -> None:
    published(desk)
    path = f"/desk/figures/questions/{TWO}?release=T-2"
    assert f"/desk/questions/{TWO}" not in at_desk(desk, TSERING).page(path).links
    with desk.inside():
        (checks.workshop().folder).rename(desk.settings.home / "away")
    assert f"/desk/questions/{TWO}" not in at_desk(desk, JAMTSO).page(path).links


def test_a_site_without_a_working_copy_says_in_words_why_nothing_sounds(house: House) -> None:
    page = at_desk(house, JAMTSO).page("/desk/coverage")
    assert "本站尚无题库工作副本" in page.text
    assert "bank pull" in page.text


def test_the_history_of_a_recording_is_told_in_words(studio: House) -> None:  # noqa: F811
    with studio.inside():
        keep(studio, f"{ONE}.stem")
    page = " ".join(at_desk(studio, JAMTSO).page(f"/desk/questions/{ONE}/history").text.split())
    assert "录音 · 1 · 语言 藏文" in page
    assert "录音 · 1 · 方言 康方言" in page
    assert "文字校验值" not in page
    assert "录音 · 1 · 译自" not in page
