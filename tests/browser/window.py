"""A browser window that is watched: no error on the console, no script refused, no call to another host, no answer that nobody expected."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, Response, expect

from tests.browser.looking import faults_of

TERMINAL = {"width": 1024, "height": 768}
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
OWN = ("data:", "blob:", "chrome-extension:", "chrome://")  # the last two are the browser's own PDF reader
FETCH_FAILED = re.compile("^Failed to load resource")  # said of what `answered` and `failed` judge better


class Windows:
    """Opens contexts, keeps their pictures, and hands in what went wrong in any of them."""

    def __init__(self, browser: Browser, url: str, pictures: Path, name: str) -> None:
        self.browser, self.url, self.pictures, self.name = browser, url, pictures, name
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []
        self.expected: set[int] = set()  # statuses of 400 and above that the journey provokes
        self.offline = False  # the journey cuts the line
        self._picture = 0

    def open(self, size: dict[str, int] = TERMINAL, **options: Any) -> Page:
        """A window in a browser of its own (own cookies, own storage)."""
        options = {"base_url": self.url, "viewport": size, "locale": "zh-CN", "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        context.on("page", self._watch)
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        return context.new_page()

    def _watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not FETCH_FAILED.match(message.text):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, *OWN)):
            self.faults.append(f"call to another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        left = request.failure and "ERR_ABORTED" in request.failure  # a page that was left behind
        if not left and not self.offline:
            self.faults.append(f"{request.failure} {request.method} {request.url}")

    def look(self, page: Page, what: str) -> None:
        """Stop here: a picture for people to look at, and the house's own look at the page."""
        self._picture += 1
        photograph(page, self.pictures / f"{self.name}-{self._picture:02d}-{what}.png")
        self.faults += [f"{what} ({page.url}): {fault}" for fault in faults_of(page)]

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()


def photograph(page: Page, file: Path) -> None:
    """A picture of the page for people. Chromium can't take one at the moment in which a page is replaced: then once more."""
    try:
        page.screenshot(path=file)
    except Error as fault:
        if "Unable to capture screenshot" not in str(fault):
            raise
        page.wait_for_load_state()
        page.screenshot(path=file)


def sign_in_staff(page: Page, role: str, password: str) -> None:
    """Staff sign-in by its form."""
    page.goto("/staff/sign-in")
    page.fill("#username", role)
    page.fill("#password", password)
    page.locator("form.form button").click()
    expect(page.locator("nav.rooms")).to_be_visible()
