"""A candidate who reads Chinese sits Subject 3 on a bad day: the line breaks, the browser dies, the first paper is not passed."""

from playwright.sync_api import Page, expect

from tests.browser import seat
from tests.browser.seat import act, open_board
from tests.browser.served import Site
from tests.browser.window import LAPTOP, Windows, sign_in_staff


def test_candidate_in_chinese(site: Site, windows: Windows) -> None:
    candidate, page = site.candidate("subject3"), windows.open()
    attempt = seat.sign_in(page, candidate, "zh")
    seat.start(page, "zh")
    assert page.locator("#stem .t-bo").count() == 0
    answers = site.right_answers(attempt)
    page = _line_breaks(page, windows)
    page = _browser_dies(page, windows)
    _hand_in_without_a_line(page, windows)
    second = _makeup(page, site, windows, attempt)
    assert seat.position(page) == f"1 / {len(answers)}"
    seat.answer_all(page, site.right_answers(second))
    seat.saved(page)
    seat.hand_in(page)
    expect(page.locator(".outcome.passed")).to_be_visible()
    windows.look(page, "passed-at-the-makeup")


def _line_breaks(page: Page, windows: Windows) -> Page:
    """Kept here without a line, also when the window is closed meanwhile; ticked when the line is back."""
    seat.option(page, 0).click()
    seat.saved(page)
    windows.offline = True
    page.context.set_offline(True)
    page.locator(".bar [data-do='next']").click()
    seat.option(page, 1).click()
    expect(page.locator(".receipt.kept")).to_be_visible(timeout=15_000)
    expect(page.locator(".option.on .mark.going")).to_have_count(1)  # no tick before the receipt
    expect(page.locator(".grid .going")).to_have_count(1)
    windows.look(page, "kept-here")
    page.context.set_offline(False)
    seat.saved(page)
    expect(page.locator(".option.on .mark.tick")).to_have_count(1)
    page.context.set_offline(True)
    page.locator(".bar [data-do='next']").click()
    seat.option(page, 0).click()
    expect(page.locator(".receipt.kept")).to_be_visible(timeout=15_000)
    context, address = page.context, page.url
    page.close()
    context.set_offline(False)
    windows.offline = False
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".grid .answered")).to_have_count(3)
    return page


def _browser_dies(page: Page, windows: Windows) -> Page:
    """A reload stays at its question; another browser with the same cookie goes on from what the server has."""
    page.locator(".grid [data-with='7']").click()
    page.locator(".bar [data-do='flag']").click()
    seat.option(page, 0).click()
    seat.saved(page)
    page.reload()
    expect(page.locator(".grid .answered")).to_have_count(4)
    assert seat.position(page).startswith("7 ")
    expect(page.locator(".bar .flag")).to_have_attribute("aria-pressed", "true")
    cookies, address = page.context.cookies(), page.url
    page.context.close()
    fresh = windows.open()
    fresh.context.add_cookies(cookies)  # type: ignore[arg-type]
    fresh.goto(address)
    expect(fresh.locator(".grid .answered")).to_have_count(4)
    expect(fresh.locator(".grid .flagged")).to_have_count(1)
    windows.look(fresh, "resumed-in-another-browser")
    return fresh


def _hand_in_without_a_line(page: Page, windows: Windows) -> None:
    """The line breaks at the worst moment: the end comes once the line is back, and no page fails."""
    page.locator(".bar [data-do='review']").click()
    page.locator(".calm [data-do='hand-in']").click()
    windows.offline = True
    page.context.set_offline(True)
    page.locator(".calm [data-do='submit']").click()
    expect(page.locator(".on-handing .receipt.kept, .on-handing .line-down")).to_be_visible(timeout=15_000)
    windows.look(page, "handing-in-without-a-line")
    page.context.set_offline(False)
    windows.offline = False
    expect(page.locator(".outcome.not-passed")).to_be_visible(timeout=20_000)
    windows.look(page, "not-passed")


def _makeup(page: Page, site: Site, windows: Windows, first: str) -> str:
    """The candidate asks, the examiner releases, and the terminal goes on to the second paper by itself."""
    page.locator("[data-do='makeup']").click()
    expect(page.locator(".on-asked")).to_be_visible()
    windows.look(page, "asked-for-makeup")
    examiner = windows.open(LAPTOP)
    sign_in_staff(examiner, "examiner", site.passwords["examiner"])
    open_board(examiner, first)
    windows.look(examiner, "board-makeup-asked")
    act(examiner, "makeup")
    page.wait_for_url(lambda url: "/terminal" in url and first not in url, timeout=15_000)
    second = seat.attempt_of(page)
    expect(page.locator(".on-ready")).to_be_visible()
    seat.start(page, "zh")
    return second
