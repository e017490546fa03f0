"""A translator looks at how questions behave: what is flagged, one question, fairness, reliability. Simulated candidates on the real bank."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from examsys.app import create_app
from examsys.bank import service as bank
from examsys.config import Settings
from examsys.db import here
from tests.browser.served import Site, served
from tests.browser.window import LAPTOP, PHONE, Windows, sign_in_staff
from tests.desk.crowd import seat_crowd
from tests.domain.sittings import simulate

GROUPS = {"zh": 0.45, "bo": 0.4, "audio": 0.15}
BIAS = {("q-0003", "bo"): 1.8, ("q-0007", "bo"): 1.2, ("q-0011", "audio"): 1.8, ("q-0015", "bo"): -1.2}


@pytest.fixture(scope="session")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration with 3,000 sittings of simulated candidates, four questions of which are unfair."""
    home = shutil.copytree(demonstration, tmp_path_factory.mktemp("figures") / "home")
    app = create_app(Settings(home, "", None))
    with app.app_context():
        release_id, _ = bank.newest_release()
        seat_crowd(app, simulate(3_000, 150, 60, seed=3, groups=GROUPS, bias=BIAS, knowledge={"bo": -0.3}), release_id)
        here().close()
    with served(home) as made:
        yield made


def test_figures(site: Site, windows: Windows) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "translator", site.passwords["translator"])
    page.get_by_role("link", name="试题统计").first.click()
    expect(page.locator("h1")).to_contain_text("题需要检查")
    windows.look(page, "list")
    page.locator("tbody tr").nth(4).scroll_into_view_if_needed()
    windows.look(page, "list-table")
    page.locator("tbody a").first.click()
    expect(page.locator("svg.chart").first).to_be_visible()
    windows.look(page, "question")
    for summary in page.locator("figure summary").all():
        summary.click()
    page.mouse.wheel(0, 900)
    windows.look(page, "question-tables")
    page.get_by_role("link", name="公平性").click()
    expect(page.locator("svg.chart")).to_be_visible()
    windows.look(page, "fairness")
    page.get_by_role("link", name="信度").click()
    expect(page.locator("table.table")).to_be_visible()
    page.locator(".method summary").click()
    windows.look(page, "reliability")


def test_figures_on_a_phone_and_in_english(site: Site, windows: Windows) -> None:
    page = windows.open(PHONE)
    sign_in_staff(page, "translator", site.passwords["translator"])
    for language in ("zh", "en"):
        for path in ("", "/fairness", "/reliability"):
            page.goto(f"/desk/figures{path}?lang={language}")
            windows.look(page, f"phone{path.replace('/', '-')}-{language}")
