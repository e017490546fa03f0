"""A password that somebody handed out: reset by the security administrator, changed by its holder before anything else opens."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.served import Site, served
from tests.browser.window import LAPTOP, Windows, sign_in_staff

OWN = "three yaks by the red willow"


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """A demonstration of this journey's own: its passwords change."""
    with served(shutil.copytree(demonstration, tmp_path / "home")) as site:
        yield site


def test_a_reset_password_is_changed_before_anything_opens(site: Site, windows: Windows) -> None:
    office, desk = windows.open(LAPTOP), windows.open(LAPTOP)
    sign_in_staff(office, "security_admin", site.passwords["security_admin"])
    office.goto("/staff/accounts?lang=zh")
    office.get_by_role("link", name="examiner", exact=True).click()
    expect(office.get_by_role("button", name="重置口令")).to_be_visible()
    windows.look(office, "register-beside")
    office.get_by_role("button", name="重置口令").click()
    shown = office.locator("#first-password").inner_text()
    windows.look(office, "first-password")
    office.get_by_role("link", name="返回账号列表").click()
    expect(office.get_by_text("初始口令", exact=True).first).to_be_visible()
    windows.look(office, "register-after")

    desk.goto("/staff/sign-in?next=/invigilation/sessions")
    desk.fill("#username", "examiner")
    desk.fill("#password", shown)
    desk.locator("form.form button").click()
    expect(desk.locator("#wanted")).to_be_visible()
    expect(desk.locator("nav.rooms")).to_have_count(0)
    windows.look(desk, "handed-out")
    windows.expected = {403, 422}
    desk.goto("/staff/")
    windows.look(desk, "nothing-opens")
    desk.get_by_role("link", name="修改口令").click()
    for wanted in ("kaoshi2026kaoshi", OWN):
        for field, typed in (("#before", shown), ("#wanted", wanted), ("#again", wanted)):
            desk.fill(field, typed)
        desk.get_by_role("button", name="修改口令").click()
        if wanted != OWN:
            expect(desk.locator("#wrong")).to_contain_text("常见口令")
            windows.look(desk, "refused")
    expect(desk.locator(".notice.fine")).to_contain_text("口令已修改")
    expect(desk.locator("nav.rooms")).to_be_visible()
    windows.look(desk, "changed")
