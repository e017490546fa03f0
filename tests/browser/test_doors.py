"""The first page: every door in every language opens the room behind it; how long the server takes is told, not judged."""

import re
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Site, seconds_to_answer
from tests.browser.window import LAPTOP, PHONE, Windows

DOORS = {
    "room": "/invigilation/sessions/[^/]+/board", "audit": "/supervision/attempts/[^/]+", "bank": "/bank/questions",
    "tibetan": "/terminal", "chinese": "/terminal", "subject3": "/terminal", "ten": "/terminal", "spoil": "/supervision/attempts/",
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "bo", "en"])
def test_every_door_opens(site: Site, windows: Windows, language: str) -> None:
    page = windows.open(LAPTOP)
    page.goto(f"/?lang={language}")
    windows.look(page, f"doors-{language}")
    times = {"first page": seconds_to_answer(f"{site.url}/?lang={language}")}
    for door, behind in DOORS.items():
        times[door] = _through(page, door, behind, language)
    page.goto(f"/?lang={language}")
    page.locator(".door a.way").click()
    page.wait_for_url("**/certificates/check")
    told = ", ".join(f"{door} {1000 * seconds:.0f} ms" for door, seconds in times.items())
    sys.stdout.write(f"\ndoors, {language}: {told}\n")


def _through(page: Page, door: str, behind: str, language: str) -> float:
    """Press a door; seconds that the server took for the sign-in and the page behind."""
    page.goto(f"/?lang={language}")
    with page.expect_response(lambda answer: answer.request.method == "POST") as opened:
        page.locator(f"form[action='/doors/{door}'] button").click()
    page.wait_for_url(re.compile(behind))
    expect(page.locator("main")).to_be_visible()
    if "/terminal" not in behind:  # staff pages are in Chinese or English: whole pages fall back
        assert page.locator("html").get_attribute("lang") == ("en" if language == "en" else "zh-CN")
    opened.value.finished()
    came_in = opened.value.request.timing["responseStart"]
    arrived: float = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    return (came_in + arrived) / 1000


def test_doors_on_a_phone(windows: Windows) -> None:
    page = windows.open(PHONE)
    for language in ("zh", "bo", "en"):
        page.goto(f"/?lang={language}")
        windows.look(page, f"phone-{language}")


def test_a_sheet_of_the_morning_opens_in_one_click(windows: Windows) -> None:
    page = windows.open(LAPTOP)
    page.goto("/?lang=zh")
    expect(page.locator(".morning li")).to_have_count(16)
    with page.expect_response(re.compile("sheet.pdf"), timeout=30_000) as sent:
        page.locator(".morning form button").nth(5).click()
    assert (sent.value.status, sent.value.headers["content-type"]) == (200, "application/pdf")
