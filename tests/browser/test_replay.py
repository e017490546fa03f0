"""Each step of the replay is the picture that the candidate had: within 0.1 % of the pixels, in every language setting, also after the
question was withdrawn."""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from examsys.bank import service as bank
from examsys.exam.form import form_of
from tests.browser import seat
from tests.browser.served import Site
from tests.browser.window import TERMINAL, Windows, sign_in_staff

MOST = 0.001  # share of the pixels that may differ


@dataclass(frozen=True)
class Seen:
    """A picture of the live screen, the step it belongs to, and the time left that it showed."""

    what: str
    step: dict[str, Any]
    picture: bytes
    seconds: int | None


class Watcher:
    """Takes pictures of a candidate's screen, without pointer and focus ring."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen = page, list[Seen]()

    def see(self, what: str, **step: Any) -> None:
        """One picture, and what its step says."""
        self.page.mouse.move(2, 300)
        self.page.wait_for_timeout(250)
        shown = self.page.locator(".time .figure")
        before = shown.inner_text() if shown.count() else ""
        picture = self.page.locator("#terminal").screenshot()
        after = shown.inner_text() if shown.count() else ""
        if before != after:  # the second went by while the picture was taken
            self.see(what, **step)
            return
        minutes, _, rest = before.partition(":")
        self.seen.append(Seen(what, step, picture, int(minutes) * 60 + int(rest) if before else None))

    def press(self, act: str, value: object = None) -> None:
        """Press a control of the terminal by mouse."""
        chosen = f"[data-do='{act}']" + (f"[data-with='{value}']" if value is not None else "")
        self.page.locator(f"#terminal {chosen}").first.click()


def sit(site: Site, windows: Windows, language: str) -> tuple[str, list[Seen]]:
    """A short exam with everything that changes the picture; the attempt, and what was seen."""
    page = windows.open(TERMINAL)
    attempt = seat.sign_in(page, site.candidate(), "bo")
    seat.start(page, language)
    watch = Watcher(page)
    watch.see("first question", kind="shown", position=1)
    seat.option(page, 1).click()
    seat.saved(page)
    watch.see("answered", kind="answer", position=1)
    watch.press("next")
    watch.press("flag")
    watch.see("flagged", kind="flag", position=2)
    watch.press("size", 2)
    watch.see("large text", kind="shown", position=2, value="size:2")
    watch.press("size", 0)
    other = {"bo": "zh", "zh": "both", "both": "bo"}[language]
    watch.press("language", other)
    watch.see("other language", kind="language", value=other)
    watch.press("language", language)
    _picture(page, watch)
    watch.press("review")
    watch.see("review", kind="shown", value="review")
    watch.press("hand-in")
    watch.press("submit")
    expect(page.locator(".outcome")).to_be_visible(timeout=15_000)
    page.close()
    return attempt, watch.seen


def _picture(page: Page, watch: Watcher) -> None:
    """The first question with a picture, and the picture enlarged; answered, so that all notes are sent."""
    for position in range(3, 101):
        watch.press("go", position)
        if page.locator(".pictures .picture").count():
            break
    watch.see("with picture", kind="shown", position=position)
    watch.press("zoom", 0)
    watch.see("enlarged", kind="shown", position=position, value="zoom:0")
    page.locator(".zoom .close").click()
    seat.option(page, 0).click()
    seat.saved(page)
    watch.see("picture answered", kind="answer", position=position)


def frame_of(frames: list[dict[str, Any]], step: dict[str, Any]) -> int:
    """The place of a step among the frames: the first that says all this."""
    value = step.get("value")
    wanted = {name: each for name, each in step.items() if name != "value"}
    for place, frame in enumerate(frames):
        if all(frame.get(name) == each for name, each in wanted.items()) and frame.get(
            "value", value if value is None else ""
        ) in (value, True):
            return place
    raise AssertionError(f"no frame says {step}")


def compare(page: Page, attempt: str, seen: list[Seen], folder: Path, name: str) -> list[str]:
    """Every picture against the replay of its step; what differs by more than may be."""
    page.goto(f"/supervision/attempts/{attempt}/screen")  # the player's frame, in a window of the terminal's size
    expect(page.locator(".screen")).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => 1)")
    frames = page.evaluate("JSON.parse(document.getElementById('frames').textContent)")
    differing: list[str] = []
    shares = []
    for one in seen:
        place = frame_of(frames, one.step)
        ahead = frames[place]["left"] - one.seconds if one.seconds is not None else 0
        page.evaluate("([index, ahead]) => postMessage({ index, ahead }, location.origin)", [place, ahead])
        page.wait_for_timeout(250)
        again = page.locator("#terminal").screenshot()
        share = difference(one.picture, again)
        shares.append(f"{one.what}: {share:.4%}")
        if share > MOST:
            stem = re.sub("[^a-z]+", "-", f"{name}-{one.what}")
            (folder / f"{stem}-live.png").write_bytes(one.picture)
            (folder / f"{stem}-replay.png").write_bytes(again)
            differing.append(shares[-1])
    (folder / f"{re.sub('[^a-z]+', '-', name)}-differences.txt").write_text("\n".join(shares), "utf-8")
    return differing


def difference(one: bytes, other: bytes) -> float:
    """The share of pixels that are not the same."""
    first, second = (Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other))
    assert first.size == second.size
    changed = ImageChops.difference(first, second).convert("L").point(lambda value: 255 if value else 0)
    return changed.histogram()[255] / (first.width * first.height)


@pytest.mark.parametrize("language", ["bo", "zh", "both"])
def test_replay_is_the_picture_that_was_seen(site: Site, windows: Windows, pictures: Path, language: str) -> None:
    attempt, seen = sit(site, windows, language)
    desk = windows.open(TERMINAL)
    sign_in_staff(desk, "supervisor_vmo", site.passwords["supervisor_vmo"])
    assert not compare(desk, attempt, seen, pictures, language)
    with site.app.app_context():
        question = bank.content(_first_content(attempt))["id"]
        bank.withdraw(question, "题目有误")
    assert not compare(desk, attempt, seen, pictures, f"{language} withdrawn")


def _first_content(attempt: str) -> str:
    return form_of(1, attempt).paper.positions[0].content_hash
