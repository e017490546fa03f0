"""The question bank as staff read it."""

import pytest
from flask import Flask

from examsys.accounts import logins
from examsys.bank import service
from tests.factories import House
from tests.page import InspectingClient
from tests.people import DROLMA, JAMTSO, LHAMO, Staff

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def at_desk(house: House, person: Staff) -> InspectingClient:
    """A browser at which somebody has signed in."""
    browser = house.app.test_client()
    assert isinstance(browser, InspectingClient)
    with house.inside():
        account = logins.account_named(person.username)
        assert account is not None
        token, _ = logins.sign_in_account(account, "127.0.0.1")
    browser.set_cookie("desk", token)
    return browser


def test_a_trainer_reads_the_list_and_what_papers_need(house: House) -> None:
    page = at_desk(house, JAMTSO).page("/bank/questions")
    assert "T-1" in page.text
    assert "12 / 3" in page.text  # judge questions on the road: what there is, what a paper draws
    assert "藏文译稿" in page.text


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("subject=subject3", lambda question: question.subject == "subject3"),
        ("chapter=fines", lambda question: question.chapter == "fines"),
        ("kind=multiple", lambda question: question.kind.value == "multiple"),
        ("family=bus", lambda question: "bus" in question.families),
        ("picture=1", lambda question: bool(question.media) or any(option.picture for option in question.options)),
        ("picture=0", lambda question: not question.media and not any(option.picture for option in question.options)),
        ("text=T-ROAD-00", lambda question: question.id.startswith("t-road-00")),
    ],
)
def test_filters_leave_what_fits(house: House, asked: str, fits: object) -> None:
    with house.inside():
        expected = {question.id for question in service.questions_of(house.release_id) if fits(question)}  # type: ignore[operator]
    browser, found, page = at_desk(house, JAMTSO), set(), 0
    while True:
        read = browser.page(f"/bank/questions?{asked}&page={page}")
        links = {link.rsplit("/", 1)[1] for link in read.links if link.startswith("/bank/questions/")}
        if links <= found:
            break
        found |= links
        page += 1
    assert found == expected


@pytest.mark.parametrize(
    "asked", ["page=-1", "page=99999", "page=x", "kind=essay", "family=plane", "text=%ff%fe", "text=" + "a" * 500]
)
def test_a_strange_address_is_only_a_list(house: House, asked: str) -> None:
    assert at_desk(house, JAMTSO).get(f"/bank/questions?{asked}").status_code == 200


def test_nothing_found_says_how_to_go_on(house: House) -> None:
    page = at_desk(house, JAMTSO).page("/bank/questions?text=飞机")
    assert "/bank/questions" in page.links


def test_one_question_stands_in_both_languages_with_key_state_and_hash(house: House) -> None:
    with house.inside():
        questions = service.questions_of(house.release_id)
    for question in (next(one for one in questions if one.media), next(one for one in questions if one.options)):
        page = at_desk(house, JAMTSO).page(f"/bank/questions/{question.id}")
        for said in (
            question.stem.zh,
            question.stem.bo,
            question.explanation.zh,
            question.content_hash,
            question.sources[0].law,
        ):
            assert said in page.text
        assert page.text.count("正确答案") == 2 * len(question.key)


def test_a_voided_question_says_so(house: House) -> None:
    with house.inside():
        question = service.questions_of(house.release_id)[0].id
        service.withdraw(question, "题目有误")
    assert "作废" in at_desk(house, JAMTSO).page(f"/bank/questions/{question}").text


def test_an_unknown_question_is_not_found(house: House) -> None:
    assert at_desk(house, JAMTSO).get("/bank/questions/s1-none-001").status_code == 404


@pytest.mark.parametrize("person", [DROLMA, LHAMO])
def test_who_has_no_post_at_the_bank_may_not_read_it(house: House, person: Staff) -> None:
    assert at_desk(house, person).get("/bank/questions").status_code == 403


def test_nobody_reads_it_without_signing_in(app: Flask, client: InspectingClient) -> None:
    assert client.get("/bank/questions").status_code == 401
