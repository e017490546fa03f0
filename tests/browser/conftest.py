"""Real Chromium against a real server: one demonstration, one browser, and windows that are watched.

Exam rooms may run Chromium 109, the last for Windows 7. The journeys run on it too, with EXAMSYS_CHROMIUM=<its binary>:
`npm pack @sparticuz/chromium@109.0.6`, unpack it anywhere outside the house, `brotli -d` its bin/chromium.br and
bin/swiftshader.tar.br, and untar the latter beside the browser. (`tests/house/test_oldest_browser.py` keeps newer names out.)
EXAMSYS_PICTURES=<folder> keeps the pictures of a run.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.served import Site, make_home, served
from tests.browser.window import Windows

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey is one: marked, and with the others on one worker, for they share the demonstration."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a demonstration as it was made: to be copied, for a home has one server."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    make_home(home)
    return home


@pytest.fixture(scope="session")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration of the journeys, served."""
    home = shutil.copytree(demonstration, tmp_path_factory.mktemp("browser") / "home")
    with served(home) as site:
        yield site


def chromium_path() -> str:
    """Where the browser of these journeys lies; without one they are skipped."""
    named = os.environ.get("EXAMSYS_CHROMIUM")
    found = named or next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it, or as EXAMSYS_CHROMIUM names it; --no-sandbox because tests also run as root in a container.

    It ends with each module: Playwright keeps an event loop running, in which no other test could start one.
    """
    found = chromium_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures are kept: EXAMSYS_PICTURES, else beside the run's other files."""
    folder = Path(os.environ.get("EXAMSYS_PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def windows(browser: Browser, site: Site, pictures: Path, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Windows of this journey; whatever went wrong in any of them fails it."""
    opened = Windows(browser, site.url, pictures, request.node.name.removeprefix("test_").split("[")[0][:40])
    yield opened
    opened.close()
    if any(fault.startswith("500") for fault in opened.faults):
        opened.faults.append(site.log.read_text("utf-8")[-2_000:])
    assert not opened.faults, "\n".join(opened.faults)
