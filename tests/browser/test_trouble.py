"""What goes wrong at a seat or a desk: wrong numbers, wrong clocks, a second window, a page that is not there, a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import seat
from tests.browser.served import Candidate, Site
from tests.browser.window import LAPTOP, PHONE, Windows, sign_in_staff

CLOCK_IS_WRONG = """(() => {
  const told = Date.now.bind(Date), off = HOURS * 3600000;
  window.Date = class extends Date { constructor(...said) { said.length ? super(...said) : super(told() + off); } };
  window.Date.now = () => told() + off;
})()"""


@pytest.mark.parametrize("language", ["bo", "zh"])
def test_wrong_numbers_at_the_terminal(windows: Windows, language: str) -> None:
    windows.expected = {401}
    page = windows.open()
    page.goto(f"/exam/?lang={language}")
    page.fill("#id_number", "990000199001010004")
    page.fill("#admission", "00000000")
    page.keyboard.press("Enter")
    expect(page.locator("#problem")).not_to_be_empty()
    expect(page.locator("#admission")).to_be_focused()
    windows.look(page, f"wrong-{language}")


@pytest.mark.parametrize("hours", ["-1", "1"])
def test_the_seats_clock_is_an_hour_off(site: Site, windows: Windows, hours: str) -> None:
    """The time left is the server's, whatever the computer believes; no voice counts the seconds."""
    page = windows.open()
    page.add_init_script(CLOCK_IS_WRONG.replace("HOURS", hours))
    seat.sign_in(page, site.candidate("subject1"))
    seat.start(page, "bo")
    seat.option(page, 0).click()
    seat.saved(page)
    page.evaluate(
        "() => { window.spoken = 0; new MutationObserver(() => { window.spoken += 1; })"
        ".observe(document.getElementById('announce'), { childList: true, characterData: true, subtree: true }); }"
    )
    page.evaluate("Date.now = () => 0")  # and again in the middle of the exam
    page.wait_for_timeout(1_500)
    seat.option(page, 1).click()
    seat.saved(page)
    assert page.locator(".time .figure").inner_text() >= "44:3"
    assert page.evaluate("window.spoken") == 0
    expect(page.locator("[role='timer']")).to_have_attribute("aria-live", "off")


def test_a_second_window_takes_over(windows: Windows) -> None:
    """The ten questions through their door; the same exam in a second window; back in the first."""
    first = windows.open()
    seat.through_the_door_of_ten(first)
    seat.option(first, 0).click()
    seat.saved(first)
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.locator(".grid .answered")).to_have_count(1)
    expect(first.locator(".on-elsewhere")).to_be_visible()
    windows.look(first, "elsewhere")
    first.locator("[data-do='reload']").click()
    expect(first.locator(".grid .answered")).to_have_count(1)
    expect(second.locator(".on-elsewhere")).to_be_visible()


def test_candidate_on_a_phone(site: Site, windows: Windows) -> None:
    page = windows.open(PHONE, has_touch=True, is_mobile=True)
    page.goto("/exam/?lang=bo")
    windows.look(page, "sign-in")
    candidate = site.candidate("subject3")
    attempt = seat.sign_in(page, Candidate(candidate.id_number, candidate.admission, "subject3", "C1", "bo"))
    expect(page.locator(".on-ready")).to_be_visible()
    windows.look(page, "ready")
    seat.start(page, "bo")
    expect(page.locator(".time .figure")).to_be_in_viewport()
    seat.option(page, site.right_answers(attempt)[1][0]).tap()
    seat.saved(page)
    page.locator(".bar [data-do='grid']").tap()
    expect(page.locator(".panel.open")).to_be_visible()
    windows.look(page, "grid")
    page.locator(".grid [data-with='40']").tap()
    windows.look(page, "question-40")
    page.locator(".bar [data-do='review']").tap()
    windows.look(page, "review")
    page.locator(".calm [data-do='hand-in']").tap()
    windows.look(page, "really")
    page.locator(".calm [data-do='submit']").tap()
    expect(page.locator(".outcome.not-passed")).to_be_visible(timeout=15_000)
    windows.look(page, "result")
    page.locator("[data-do='leave']").tap()
    expect(page.locator("[data-do='sign_out']")).to_be_visible()
    windows.look(page, "left")


def test_staff_in_trouble(site: Site, windows: Windows) -> None:
    """A wrong password, an address that is none, a room of somebody else: a calm page, and a way back."""
    windows.expected = {401, 403, 404}
    page = windows.open(LAPTOP)
    for language in ("en", "zh"):
        page.goto(f"/staff/sign-in?lang={language}")
        page.fill("#username", "examiner")
        page.fill("#password", "wrong")
        page.locator("form.form button").click()
        expect(page.locator("#wrong")).to_be_visible()
        windows.look(page, f"wrong-password-{language}")
    sign_in_staff(page, "site_manager", site.passwords["site_manager"])
    for language in ("en", "zh"):
        for what, path in (("nowhere", "/staff/nowhere"), ("not-yours", "/supervision/attempts")):
            page.goto(f"{path}?lang={language}")
            expect(page.locator("h1")).to_be_visible()
            windows.look(page, f"{what}-{language}")


@pytest.mark.parametrize("language", ["zh", "bo", "en"])
def test_a_sheet_is_checked(windows: Windows, language: str) -> None:
    """A sheet of the morning, whole and with one byte changed; a demonstration never reads as valid."""
    page = windows.open(LAPTOP)
    page.goto("/?lang=zh")
    sheet = page.locator(".morning form").first.get_attribute("action")
    opened = page.request.post(str(sheet), data={}, headers={"Content-Type": "application/json"}).json()["url"]
    whole = page.request.get(opened, timeout=30_000).body()
    changed = bytearray(whole)
    changed[len(whole) // 3] ^= 1
    for what, content, kind in (("whole", whole, "attention"), ("changed", bytes(changed), "alarm")):
        page.goto(f"/certificates/check?lang={language}")
        page.set_input_files("#file", {"name": "sheet.pdf", "mimeType": "application/pdf", "buffer": content})
        page.locator("main form button").click()
        expect(page.locator(f".verdict.{kind}")).to_be_visible()
        windows.look(page, f"{what}-{language}")
