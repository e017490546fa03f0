"""Makes the pictures of the README from the running product: `make pictures`.

Starts a demonstration in a folder of its own on a free port, walks through its doors in Chromium and writes docs/pictures/*.png.
A page that does not exist is left out with a line that says so.
"""

import argparse
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "pictures"
WIDE, TERMINAL = (1366, 768), (1024, 768)
LARGEST = 250_000  # bytes of one picture
COLOURS = (256, 128, 64)  # palettes that are tried until a picture is small enough
SCENES = (
    "plateau_yaks",
    "sheep_rider",
    "slope_meeting",
    "narrow_mountain",
    "rockfall",
    "zebra_children",
    "crossroads_open",
)
SITTING = 9  # candidates beside the visitor, so that the room is alive
LIFT = "button[data-do='{}']"


def main() -> int:
    """All pictures, or those that are named; 1 if one was left out."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("names", nargs="*", help=f"of: {', '.join(PICTURES)}")
    arguments.add_argument("--at", help="address of a demonstration that is running, instead of one made for this")
    told = arguments.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    left_out = 0
    with site(told.at) as (address, candidates), sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        fill_the_room(browser, address, candidates)
        for name in told.names or PICTURES:
            try:
                PICTURES[name](browser, address)
                print(f"{name}: {(OUT / f'{name}.png').stat().st_size // 1000} KB")
            except (Error, LookupError, OSError, subprocess.CalledProcessError) as error:
                left_out += 1
                print(f"{name}: left out: {str(error).splitlines()[0]}")
        browser.close()
    return 1 if left_out else 0


def chromium() -> str | None:
    """The system's Chromium; None: Playwright's own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@contextmanager
def site(at: str | None) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Address and candidates of a demonstration: the one that runs at `at`, else one made here and thrown away."""
    if at:
        yield at.rstrip("/"), []
        return
    with tempfile.TemporaryDirectory(prefix="examsys-pictures-") as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {**os.environ, "EXAMSYS_HOME": home}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "examsys"]
        subprocess.run([*command, "demo", "--candidates", "12"], env=environment, cwd=ROOT, check=True)
        server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, cwd=ROOT)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address, json.loads((Path(home) / "demo.json").read_text("utf-8"))["candidates"]
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str) -> None:
    """Until the server answers; OSError after 30 s."""
    for _ in range(150):
        try:
            urlopen(f"{address}/healthz", timeout=2).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise OSError(f"no server at {address}")


def fill_the_room(browser: Browser, address: str, candidates: list[dict[str, str]]) -> None:
    """Some candidates sign in, start and answer, each as far as a real one might be."""
    for number, candidate in enumerate(candidates[:SITTING]):
        terminal = browser.new_context().request
        body = {"id_number": candidate["id_number"], "admission": candidate["admission"]}
        signed = terminal.post(f"{address}/exam/sign-in", data=body).json()
        headers, path = {"X-CSRF-Token": signed["csrf"]}, f"{address}/exam/attempts/{signed['attempt']}"
        started = terminal.post(f"{path}/start", data={"language": candidate["language"]}, headers=headers).json()
        for question in started["questions"][: 3 + number * 11 % 43]:
            options = [question["options"][0]["id"]]
            answer = {"options": options, "seq": question["position"]}
            terminal.put(f"{path}/answers/{question['position']}", data=answer, headers=headers)


# -- getting about -------------------------------------------------------------------------------------------


def visitor(browser: Browser, size: tuple[int, int]) -> BrowserContext:
    """A browser of its own, so that no picture depends on another."""
    return browser.new_context(viewport={"width": size[0], "height": size[1]})


def through(context: BrowserContext, address: str, door: str, language: str = "zh") -> Page:
    """Through a door of the first page; LookupError where it has none."""
    page = context.new_page()
    page.goto(f"{address}/?lang={language}")
    way = page.locator(f"form[action='/doors/{door}'] button")
    if not way.count():
        raise LookupError(f"the first page has no door {door}")
    way.click()
    page.wait_for_url(lambda url: url.rstrip("/") != address and "?lang=" not in url)
    page.wait_for_load_state("networkidle")
    return page


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """Write what the page shows."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
    page.screenshot(path=OUT / f"{name}.png", full_page=whole)
    shrink(OUT / f"{name}.png")


def shrink(path: Path) -> None:
    """To a palette of as many colours as fit into the size; as it is where Pillow is not installed."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    for colours in COLOURS:
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            return


# -- the pictures --------------------------------------------------------------------------------------------


def begin(page: Page, language: str) -> None:
    """Choose the language and start the exam, unless it runs already."""
    choice = page.locator(f"{LIFT.format('language')}[data-with='{language}']").first
    choice.wait_for()
    choice.click()
    start = page.locator(LIFT.format("start"))
    if start.count():
        start.click()
    page.locator(".option").first.wait_for()


def answer_some(page: Page, count: int) -> None:
    """Answer the next questions by the number pad and mark one of them."""
    for number in range(count):
        page.keyboard.press("1")
        page.locator(".mark.tick").first.wait_for()
        if number == count // 2:
            page.keyboard.press("0")
        page.keyboard.press("Enter")


def to_picture(page: Page) -> None:
    """Go to the question with the first of our favourite scenes, else with any picture; LookupError if the paper has none."""
    media = ROOT / "question_bank" / "media"
    files = [media / "scenes" / f"{name}.svg" for name in SCENES] + sorted(media.glob("*/*.svg"))
    questions = page.request.get(page.url.removesuffix("/terminal")).json()["questions"]
    shown = {json.dumps(question["media"]): question["position"] for question in questions if question["media"]}
    for file in files:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        for pictures, position in shown.items():
            if digest in pictures:
                page.locator(f"{LIFT.format('go')}[data-with='{position}']").click()
                page.locator(".ask.with-picture").wait_for()
                return
    raise LookupError("this paper has no picture")


def terminal(browser: Browser, address: str) -> None:
    """The wide picture: a road scene at the terminal, in Tibetan."""
    page = through(visitor(browser, WIDE), address, "subject3")
    begin(page, "bo")
    answer_some(page, 17)
    to_picture(page)
    page.keyboard.press("2")
    page.locator(".mark.tick").first.wait_for()
    keep(page, "terminal")


def sit(browser: Browser, address: str) -> None:
    """A seat with both languages alike."""
    page = through(visitor(browser, TERMINAL), address, "tibetan")
    begin(page, "both")
    answer_some(page, 23)
    to_picture(page)
    keep(page, "1-sit")


def doors(browser: Browser, address: str) -> None:
    """The first page."""
    page = visitor(browser, WIDE).new_page()
    page.goto(f"{address}/?lang=en")
    page.wait_for_load_state("networkidle")
    keep(page, "doors")


def sheet(browser: Browser, address: str) -> None:
    """The score sheet of the candidate who passed at the make-up, as printed."""
    context = visitor(browser, WIDE)
    page = context.new_page()
    page.goto(f"{address}/?lang=zh")
    ways = page.locator("form[action^='/doors/sheets/']")
    if not ways.count():
        raise LookupError("the first page opens no score sheets")
    way = ways.nth(3).get_attribute("action") or ""
    place = context.request.post(f"{address}{way}", data={}).json()["url"]
    printed = context.request.get(f"{address}{place}", timeout=60_000)
    if printed.status != 200:
        raise LookupError(f"{place} answers {printed.status}")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "sheet.pdf"
        pdf.write_bytes(printed.body())
        made = OUT / "2-sheet"
        subprocess.run(
            ["pdftoppm", "-r", "96", "-f", "1", "-l", "1", "-png", "-singlefile", str(pdf), str(made)], check=True
        )
    shrink(OUT / "2-sheet.png")


def room(browser: Browser, address: str) -> None:
    """The examiner's board while the candidates sit."""
    keep(through(visitor(browser, WIDE), address, "room"), "3-room")


def replay(browser: Browser, address: str) -> None:
    """The auditor's replay, in the middle of the exam."""
    page = through(visitor(browser, (1366, 1090)), address, "audit")
    page.goto(f"{page.url.partition('#')[0]}/replay")
    page.locator("#screen").wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(
        "const step = document.querySelector('#step'); step.value = step.max / 2; for (const kind of ['input', 'change']) step.dispatchEvent(new Event(kind))"
    )
    page.wait_for_timeout(800)
    keep(page, "4-replay")


def verify(browser: Browser, address: str) -> None:
    """The record of an exam, verified."""
    page = through(visitor(browser, WIDE), address, "audit")
    page.locator("form[action$='/verify'] button").click()
    page.locator(".notice.fine").wait_for()
    keep(page, "5-verify")


PICTURES: dict[str, Callable[[Browser, str], None]] = {
    "doors": doors,
    "terminal": terminal,
    "1-sit": sit,
    "2-sheet": sheet,
    "3-room": room,
    "4-replay": replay,
    "5-verify": verify,
}

if __name__ == "__main__":
    sys.exit(main())
