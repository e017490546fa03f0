"""A candidate who reads Tibetan sits Subject 1, from the number pad of the first page to the score sheet."""

from playwright.sync_api import Page, expect

from tests.browser import seat
from tests.browser.served import Site
from tests.browser.window import Windows


def test_candidate_in_tibetan(site: Site, windows: Windows) -> None:
    candidate, page = site.candidate("subject1"), windows.open()
    _sign_in_by_mouse(page, windows, candidate.id_number, candidate.admission)
    attempt = seat.attempt_of(page)
    expect(page.locator(".on-ready")).to_be_visible()
    windows.look(page, "ready")
    seat.start(page, "bo")
    windows.look(page, "first-question")
    assert page.locator("html").get_attribute("lang") == "bo"
    answers = site.right_answers(attempt)
    _by_mouse_and_keys(page, windows, answers)
    _zoom_and_flag(page, windows, answers)
    _languages(page, windows)
    _review_names_the_unanswered(page, windows, answers)
    _to_the_result(page, windows, answers)


def _sign_in_by_mouse(page: Page, windows: Windows, id_number: str, admission: str) -> None:
    page.goto("/exam/?lang=bo")
    windows.look(page, "sign-in")
    seat.press_pad(page, id_number[:3] + "9")
    page.locator(".pad [data-key='back']").click()
    seat.press_pad(page, id_number[3:])
    seat.press_pad(page, admission)  # a whole ID number moves on to the code by itself
    expect(page.locator("#admission")).to_have_value(admission)
    page.locator("[name='enter']").click()


def _by_mouse_and_keys(page: Page, windows: Windows, answers: dict[int, list[int]]) -> None:
    """Question 1 by mouse; then the keys of the number pad, those that mean X among them."""
    seat.option(page, answers[1][0]).click()
    seat.saved(page)
    expect(page.locator(".option.on .mark.tick")).to_have_count(1)
    windows.look(page, "answered")
    for number, key in ((1, "NumpadMultiply"), (1, "NumpadDecimal"), (1, "x")):
        assert seat.position(page).startswith(f"{number} ")
        seat.option(page, 0).click()
        expect(seat.option(page, 0)).to_have_attribute("aria-pressed", "true")
        page.keyboard.press(key)
        if key != "x":
            expect(seat.option(page, 1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(f"Numpad{answers[1][0] + 1}")
    page.keyboard.press("NumpadEnter")
    assert seat.position(page).startswith("2 ")
    page.keyboard.press("NumpadSubtract")
    assert seat.position(page).startswith("1 ")
    seat.saved(page)


def _zoom_and_flag(page: Page, windows: Windows, answers: dict[int, list[int]]) -> None:
    """The first question with a picture: large, closed again, flagged by mouse and by key."""
    for _number in answers:
        if page.locator(".picture").count():
            break
        page.locator(".bar [data-do='next']").click()
    windows.look(page, "picture")
    page.locator(".picture").first.click()
    expect(page.locator(".zoom")).to_be_visible()
    windows.look(page, "zoom")
    page.keyboard.press("Escape")
    expect(page.locator(".zoom")).to_have_count(0)
    page.locator(".bar [data-do='flag']").click()
    expect(page.locator(".bar .flag")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Numpad0")
    expect(page.locator(".bar .flag")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Numpad0")
    expect(page.locator(".grid .flagged")).to_have_count(1)


def _languages(page: Page, windows: Windows) -> None:
    """One tap away: both alike, Chinese, and back; the question and its place stay."""
    here = seat.position(page)
    for language, tag, tibetan in (("both", "bo", True), ("zh", "zh-CN", False), ("bo", "bo", True)):
        page.locator(f".tongues [data-with='{language}']").click()
        expect(page.locator(f".screen.lang-{language}")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == tag
        assert (page.locator("#stem .t-bo").count() == 1) is tibetan
        assert page.locator("#stem .t-zh").count() == 1
        assert seat.position(page) == here
        windows.look(page, f"language-{language}")


def _review_names_the_unanswered(page: Page, windows: Windows, answers: dict[int, list[int]]) -> None:
    page.locator(".grid [data-with='4']").click()
    assert seat.position(page).startswith("4 ")
    page.locator(".bar [data-do='review']").click()
    expect(page.locator(".on-review")).to_be_visible()
    named = page.locator(".named").first.locator("button").all_inner_texts()
    assert named == [str(number) for number in sorted(answers) if number != 1]
    windows.look(page, "review")
    page.locator(".named button", has_text="4").first.click()
    assert seat.position(page).startswith("4 ")


def _to_the_result(page: Page, windows: Windows, answers: dict[int, list[int]]) -> None:
    page.locator(".grid [data-with='2']").click()
    seat.answer_all(page, {number: answers[number] for number in answers if number < 100}, first=2)
    seat.saved(page)
    page.locator(".bar [data-do='review']").click()
    assert page.locator(".named").first.locator("button").all_inner_texts() == ["100"]
    page.locator(".calm [data-do='hand-in']").click()
    expect(page.locator(".on-hand-in")).to_be_visible()
    windows.look(page, "really")
    page.locator(".calm [data-do='return']").click()  # the first of the two steps can be taken back
    expect(page.locator(".on-question")).to_be_visible()
    seat.hand_in(page)
    expect(page.locator(".outcome.passed")).to_be_visible()
    assert "99" in page.locator(".score").inner_text()
    windows.look(page, "result")
    slip = page.locator("a[href$='slip.pdf']").get_attribute("href")
    answer = page.request.get(str(slip), timeout=30_000)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF")
    page.locator("[data-do='sign_out']").click()
    page.wait_for_url("**/exam/")
