"""An error speaks the reader's language, and that one alone: whole pages, never single sentences."""

import re
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from examsys.certificates import views
from examsys.domain.errors import RuleBroken
from tests.page import HAN, TIBETAN, InspectingClient

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
TAGS = {"zh": "zh-CN", "bo": "bo", "en": "en"}
ELSEWHERE = {"Origin": "http://elsewhere.test"}


def words(answer: TestResponse) -> str:
    """What a page says of itself: without the band and the names of languages, which stand in their own, and the key for the office."""
    main = answer.get_data(as_text=True).partition("<main")[2]
    main = re.sub(r"<nav.*?</nav>|<p class=\"hint mono\">.*?</p>", "", main, flags=re.S)
    return re.sub(r"<[^>]*>", " ", "<main" + main)


def scripts(text: str) -> set[str]:
    """Which languages a text is written in."""
    kinds = {"bo": TIBETAN, "zh": HAN, "en": re.compile("[A-Za-z]{2}")}
    return {language for language, letters in kinds.items() if letters.search(text)}


def raising(error: Exception) -> Callable[..., str]:
    def raised(*_: object) -> str:
        raise error

    return raised


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize(
    ("status", "call"),
    [
        (404, lambda client: client.get("/xyz")),
        (404, lambda client: client.get("/certificates/check/nothing-here")),
        (403, lambda client: client.post("/certificates/check", data={"text": "x"}, headers=ELSEWHERE)),
        (405, lambda client: client.delete("/certificates/check")),
        (413, lambda client: client.post("/certificates/check", data={"text": "x" * 9_000_000})),
    ],
)
def test_what_is_refused_is_refused_in_the_language_that_was_chosen(
    client: InspectingClient, language: str, status: int, call: Callable[[InspectingClient], TestResponse]
) -> None:
    client.page(f"/certificates/check?lang={language}")
    answer = call(client)
    assert answer.status_code == status
    assert f'<html lang="{TAGS[language]}">' in answer.get_data(as_text=True)
    assert scripts(words(answer)) == {language}


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize(
    ("status", "error"), [(500, ValueError("x")), (429, RuleBroken("auth.locked", minutes=5)), (503, RuleBroken("site.none"))]
)  # fmt: skip
def test_what_goes_wrong_is_told_in_the_language_that_was_chosen(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch, language: str, status: int, error: Exception
) -> None:
    client.faults_expected = True
    monkeypatch.setattr(views, "_page", raising(error))
    answer = client.get(f"/certificates/check?lang={language}")
    assert answer.status_code == status
    assert scripts(words(answer)) == {language}


def test_who_has_chosen_nothing_is_read_from_the_browser(client: InspectingClient) -> None:
    told = {
        asked: scripts(words(client.get("/xyz", headers={"Accept-Language": asked})))
        for asked in ("bo", "en", "fr", "")
    }
    assert told == {"bo": {"bo"}, "en": {"en"}, "fr": {"zh"}, "": {"zh"}}  # fmt: skip


def test_where_only_staff_come_a_tibetan_reader_gets_the_whole_page_in_chinese(client: InspectingClient) -> None:
    answer = client.get("/supervision/log?lang=bo")
    assert answer.status_code == 401
    assert scripts(words(answer)) == {"zh"}


def test_a_candidate_reads_tibetan_over_chinese_or_chinese_alone(client: InspectingClient) -> None:
    for language, told in (("bo", {"bo", "zh"}), ("zh", {"zh"})):
        answer = client.get(f"/exam/xyz?lang={language}")
        assert (answer.status_code, scripts(words(answer))) == (404, told)


def test_another_language_is_offered_where_the_page_can_be_asked_for_again(client: InspectingClient) -> None:
    assert 'href="?lang=bo"' in client.get("/xyz").get_data(as_text=True)
    assert 'href="?lang=' not in client.post("/certificates/check", data={}, headers=ELSEWHERE).get_data(as_text=True)
