"""What a candidate does at the terminal, step by step, as the journeys need it."""

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

from tests.browser.served import Candidate

TICK = ".bar .receipt.saved"


def press_pad(page: Page, digits: str) -> None:
    """The number pad on the screen, by mouse."""
    for digit in digits:
        page.locator(f".pad [data-key='{digit}']").click()


def sign_in(page: Page, candidate: Candidate, language: str = "bo") -> str:
    """Sign in with the keyboard; the attempt's id."""
    page.goto(f"/exam/?lang={language}")
    page.fill("#id_number", candidate.id_number)
    page.fill("#admission", candidate.admission)
    page.keyboard.press("Enter")
    return attempt_of(page)


def attempt_of(page: Page) -> str:
    """Wait for the terminal's page; the attempt that it shows."""
    page.wait_for_url(re.compile("/exam/attempts/[^/]+/terminal"))
    found = re.search("/attempts/([^/]+)/terminal", page.url)
    assert found is not None
    return found[1]


def start(page: Page, language: str) -> None:
    """Choose the language and start."""
    page.locator(f".on-ready .acts [data-do='language'][data-with='{language}']").click()
    page.locator(".calm [data-do='start']").click()
    expect(page.locator(".on-question #stem")).to_be_visible()


def option(page: Page, place: int) -> Locator:
    """The option at a place of the screen, from 0."""
    return page.locator(".option").nth(place)


def position(page: Page) -> str:
    """Which question is on the screen, as `7 / 100`."""
    return page.locator(".where .figure").inner_text()


def saved(page: Page) -> None:
    """Wait for the tick: nothing is on its way any more."""
    expect(page.locator(TICK)).to_be_visible()


def answer_all(page: Page, answers: Mapping[int, Sequence[int]], first: int = 1) -> None:
    """Answer every question from `first` on by the number pad, and go on with Enter."""
    for number in sorted(answers):
        if number < first:
            continue
        for place in answers[number]:
            if option(page, place).get_attribute("aria-pressed") != "true":
                page.keyboard.press(f"Numpad{place + 1}")
        page.keyboard.press("NumpadEnter")


def hand_in(page: Page) -> None:
    """Review page, hand in, confirm; waits for the result."""
    page.locator(".bar [data-do='review']").click()
    page.locator(".calm [data-do='hand-in']").click()
    page.locator(".calm [data-do='submit']").click()
    expect(page.locator(".outcome")).to_be_visible(timeout=15_000)


def through_the_door_of_ten(page: Page) -> None:
    """The demonstration's ten questions, by one click from the first page; started if they were not."""
    page.goto("/?lang=bo")
    page.locator("form[action='/doors/ten'] button").click()
    attempt_of(page)
    expect(page.locator(".on-ready, .on-question")).to_be_visible()
    if page.locator(".on-ready").count():
        start(page, "bo")


def open_board(page: Page, attempt: str) -> None:
    """The examiner's board with this candidate's seat opened, found through the sessions."""
    page.goto("/invigilation/sessions")
    page.locator("a[href$='/board']").first.click()
    page.locator(f".tile a[href*='{attempt}']").click()
    expect(page.locator("aside.beside .facts")).to_be_visible()


def act(page: Page, name: str, reason: str = "", seat: int | None = None) -> None:
    """An act of the open seat (or of the room): unfolded if it is folded, with its reason, and done."""
    form = page.locator(f"main form[action$='/{name}'], aside form[action$='/{name}']").last
    if reason:
        page.locator("details", has=page.locator(f"form[action$='/{name}']")).last.locator("summary").click()
        form.locator("[name='reason']").fill(reason)
    if seat is not None:
        form.locator("select[name='seat']").select_option(index=seat)
    form.locator("button").last.click()
    expect(page.locator(".notice.fine").first).to_be_visible()
