"""The booth with a microphone, ears of a second speaker, and an audio paper in Tibetan, in a demonstration of their own.

Chromium plays a beep for a microphone and says yes to its use, so a whole journey runs without a person.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from examsys.accounts.service import installation, units
from examsys.bank import service as bank
from examsys.clock import now
from examsys.db import here
from examsys.demo import people, staging
from examsys.desk import speakers
from examsys.domain.bank import Question, Recording, Text, words_hash
from examsys.domain.dates import beijing_day
from examsys.exam import entering
from examsys.invigilation import service as invigilation
from tests.browser import seat
from tests.browser.conftest import chromium_path
from tests.browser.served import Candidate, Site, served
from tests.browser.window import LAPTOP, Windows, sign_in_staff
from tests.desk.sounds import packed, tone

FAKE = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with a microphone that beeps."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", *FAKE])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demonstration of these journeys alone: they publish a release."""
    home = shutil.copytree(demonstration, tmp_path_factory.mktemp("audio") / "home")
    with served(home) as site:
        yield site


def enter_speaker(page: Page, name: str, *, own: bool) -> None:
    """A speaker of Kham with consent of today."""
    page.goto("/desk/booth")
    details = page.locator("details", has=page.locator("#speaker-name"))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    page.fill("#speaker-name", name)
    page.locator("#speaker-dialect").select_option("kham")
    page.locator("[name='agrees']").check()
    if own:
        page.locator("[name='own']").check()
    details.locator("button").click()
    expect(page.locator(".notice.fine")).to_be_visible()


def record(page: Page, milliseconds: int = 700) -> None:
    """Space, a while, space: a clip that waits to be kept."""
    page.keyboard.press("Space")
    expect(page.locator("#booth.is-recording")).to_be_visible()
    page.wait_for_timeout(milliseconds)
    page.keyboard.press("Space")
    expect(page.locator("[data-act='keep']")).to_be_enabled()


def recordings(site: Site) -> list[Path]:
    """The kept clips: Opus in Ogg where ffmpeg levelled them, else as the browser sent them."""
    return sorted(file for file in (site.home / "bank/media/audio").rglob("*") if file.suffix in (".ogg", ".webm"))


def test_a_voice_records_without_the_mouse_and_a_second_one_approves(site: Site, windows: Windows) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "translator", site.passwords["translator"])
    enter_speaker(page, "阿旺", own=False)
    expect(page.locator("[data-act='record']")).to_be_enabled()
    windows.look(page, "ready")
    _record_three(page, windows)
    _again_keeps_only_the_second(page)
    _away_and_back(page, windows)
    expect(page.locator("#sent")).to_contain_text("已入库 5 条")
    assert len(recordings(site)) == 5
    here = page.locator("#name").inner_text()
    page.reload()
    expect(page.locator("#name")).to_have_text(here)  # goes on where it was
    page.keyboard.press("ArrowRight")
    expect(page.locator("#name")).not_to_have_text(here)
    _second_speaker(site, windows)
    _a_zip_and_a_consent_taken_back(page, windows)
    assert recordings(site) == []


def _record_three(page: Page, windows: Windows) -> None:
    name: Locator = page.locator("#name")
    for number in range(3):
        before = name.inner_text()
        record(page)
        if number == 0:
            windows.look(page, "taken")
        page.keyboard.press("Enter")
        expect(name).not_to_have_text(before)
    expect(page.locator("#sent")).to_contain_text("已入库 3 条")


def _again_keeps_only_the_second(page: Page) -> None:
    before = page.locator("#name").inner_text()
    record(page, 400)
    page.keyboard.press("Backspace")
    expect(page.locator("[data-act='keep']")).to_be_disabled()
    page.keyboard.press("Enter")  # nothing to keep
    expect(page.locator("#name")).to_have_text(before)
    record(page)
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("已入库 4 条")


def _away_and_back(page: Page, windows: Windows) -> None:
    """What is kept while the line is down waits in the browser and is sent by itself."""
    windows.offline = True
    page.context.set_offline(True)
    record(page)
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("1 条暂存于本浏览器")
    expect(page.locator("#sent")).to_contain_text("已入库 4 条")
    windows.look(page, "line-down")
    page.context.set_offline(False)
    expect(page.locator("#sent")).to_contain_text("已入库 5 条")
    expect(page.locator("#sent")).not_to_contain_text("暂存")


def _a_zip_and_a_consent_taken_back(page: Page, windows: Windows) -> None:
    """Two of three files of a ZIP are taken; then the voice takes its consent back and no recording of it is left."""
    page.goto("/desk/booth?speaker=kham-01")
    details = page.locator("details", has=page.locator("#zip"))
    details.locator("summary").click()
    files = {f"s1-acc-00{number}.stem.bo.kham.wav": tone(300 + number, 0.8) for number in (4, 5)}
    content = packed(**files, **{"notes.txt": b"x"}).getvalue()
    page.set_input_files("#zip", {"name": "clips.zip", "mimeType": "application/zip", "buffer": content})
    details.locator("button").click()
    expect(page.locator("h1")).to_contain_text("共 3 个文件，导入 2 个，拒收 1 个")
    windows.look(page, "zip")
    page.goto("/desk/booth")
    voices = page.locator("details", has=page.locator("summary", has_text="发音人"))
    voices.last.locator("> summary").click()
    page.locator("tr", has_text="kham-01").locator("summary", has_text="更正").click()
    windows.look(page, "correcting")
    page.locator("tr", has_text="kham-01").locator("summary", has_text="撤回").click()
    windows.look(page, "taking-back")
    page.locator("tr", has_text="kham-01").get_by_role("button", name="撤回同意").click()
    expect(page.locator(".notice.fine")).to_contain_text("kham-01 已撤回同意")
    windows.look(page, "taken-back")


def _second_speaker(site: Site, windows: Windows) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "trainer", site.passwords["trainer"])
    enter_speaker(page, "降措", own=True)
    page.goto("/desk/hearing")
    expect(page.locator("h1")).to_contain_text("有 5 段录音待您审听")
    expect(page.locator("#approve")).to_be_enabled()  # it played to its end by itself
    windows.look(page, "hearing")
    text = page.locator(".booth-line a").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("有 4 段录音待您审听")
    page.locator("[name='reason']").fill("读得不清楚")
    page.locator("form[action$='send-back'] button").click()
    expect(page.locator("h1")).to_contain_text("有 3 段录音待您审听")
    page.goto(f"/desk/questions/{text.rpartition('.')[0]}")
    page.locator("#recordings").screenshot(path=windows.pictures / f"{windows.name}-editor.png")
    page.locator("[data-hear]").first.click()
    page.goto("/desk/coverage")
    windows.look(page, "coverage")


def test_a_clip_kept_while_the_line_was_down_waits_for_its_account_and_is_sent_under_no_other(
    site: Site, windows: Windows
) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "translator", site.passwords["translator"])
    enter_speaker(page, "卓嘎", own=False)
    booth, address = page.url, "**/desk/booth/clips"
    expect(page.locator("#say")).not_to_be_empty()  # the microphone is open
    before = len(recordings(site))
    windows.offline = True
    page.context.route(
        address, lambda route: route.abort()
    )  # surer than "offline", under which Chromium lets some through
    record(page)
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("1 条暂存于本浏览器")
    expect(page.locator("#sent")).to_contain_text("连不上服务器")  # it was tried and did not go
    page.goto("about:blank")  # the booth is left, and so is the desk
    page.context.clear_cookies()
    page.context.unroute(address)
    sign_in_staff(page, "trainer", site.passwords["trainer"])
    page.goto(booth)
    expect(page.locator("#sent")).to_contain_text("另有其他账号的 1 条暂存于本浏览器")
    windows.look(page, "of-another-account")
    assert len(recordings(site)) == before
    page.context.clear_cookies()
    sign_in_staff(page, "translator", site.passwords["translator"])
    page.goto(booth)
    expect(page.locator("#sent")).to_contain_text("已入库 1 条")
    assert len(recordings(site)) == before + 1


def test_a_kept_clip_is_reached_again_and_one_that_is_not_kept_is_left_only_on_purpose(
    site: Site, windows: Windows
) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "translator", site.passwords["translator"])
    enter_speaker(page, "央金", own=False)
    name, say, keep = page.locator("#name"), page.locator("#say"), page.locator("[data-act='keep']")
    expect(say).not_to_be_empty()
    first, count = name.inner_text(), page.locator("#count").inner_text()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(say).to_contain_text("太短")
    expect(keep).to_be_disabled()
    record(page)
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("已入库 1 条")
    second = name.inner_text()
    record(page)
    page.keyboard.press("ArrowLeft")
    expect(say).to_contain_text("尚未保留")
    expect(name).to_have_text(second)
    windows.look(page, "not-kept")
    page.keyboard.press("ArrowLeft")
    for _ in range(2):  # at once, and after the page was loaded anew
        expect(name).to_have_text(first)
        expect(say).to_contain_text("已保留")
        windows.look(page, "kept")
        page.reload()
        expect(name).to_have_text(second)
        expect(say).not_to_be_empty()
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    record(page)
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("已入库 1 条")
    expect(page.locator("#count")).not_to_have_text(count)


def test_what_the_server_refuses_waits_again_with_the_reason(site: Site, windows: Windows) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "translator", site.passwords["translator"])
    enter_speaker(page, "旺姆", own=False)
    expect(page.locator("#say")).not_to_be_empty()
    name, count = page.locator("#name").inner_text(), page.locator("#count").inner_text()
    told = {"type": "audio.silent", "title": "这段录音里没有声音。"}
    windows.expected = {422}
    page.route("**/desk/booth/clips", lambda route: route.fulfill(status=422, json=told), times=1)
    record(page)
    page.keyboard.press("Enter")
    expect(page.locator("#refused")).to_contain_text(name)
    expect(page.locator("#count")).to_have_text(count)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#name")).to_have_text(name)
    expect(page.locator("#told")).to_contain_text(told["title"])
    windows.look(page, "refused")


def test_a_recording_that_is_missing_or_cannot_be_played_is_told_so_and_can_be_sent_back(
    site: Site, windows: Windows
) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "translator", site.passwords["translator"])
    enter_speaker(page, "白玛", own=False)
    expect(page.locator("#say")).not_to_be_empty()
    before = recordings(site)
    for number in (1, 2):
        record(page)
        page.keyboard.press("Enter")
        expect(page.locator("#sent")).to_contain_text(f"已入库 {number} 条")
    missing, broken = (file for file in recordings(site) if file not in before)
    missing.unlink()
    broken.write_bytes(b"OggS" + bytes(2_000))
    page = windows.open(LAPTOP)
    sign_in_staff(page, "trainer", site.passwords["trainer"])
    enter_speaker(page, "降措", own=True)
    back = page.locator("form[action$='send-back'] button")
    seen = set()
    while len(seen) < 2:
        page.goto("/desk/hearing")
        while page.locator("[name='file']").first.input_value().rpartition("/")[2] not in (missing.name, broken.name):
            page.keyboard.press("ArrowRight")
            page.wait_for_load_state()
        name = page.locator("[name='file']").first.input_value().rpartition("/")[2]
        told = page.locator("#say" if name == broken.name else ".notice.alarm")
        expect(told).to_contain_text("无法播放" if name == broken.name else "缺失")
        windows.look(page, "broken" if name == broken.name else "missing")
        back.click()  # the reason is there
        expect(page.locator(f"[value$='{name}']")).to_have_count(0)
        seen.add(name)


def test_recordings_left_after_a_consent_taken_back_are_taken_out_by_the_page_until_none_is_left(
    site: Site, windows: Windows
) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "translator", site.passwords["translator"])
    enter_speaker(page, "次仁", own=False)
    voice = page.url.rpartition("speaker=")[2]
    expect(page.locator("#say")).not_to_be_empty()
    record(page)
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("已入库 1 条")
    with site.app.app_context():
        speakers.consent_to(voice, "", staging.actor_as("translator"))  # and then the power failed
    page.goto(f"/desk/booth?speaker={voice}")
    expect(page.locator(".notice.alarm")).to_contain_text("题库中仍有该发音人的 1 段录音")
    windows.look(page, "left")
    page.goto(f"/desk/booth?speaker={voice}&taken=2")  # as after a call that did not finish
    expect(page.locator(".notice.fine")).to_contain_text("从题库移除录音 3 条")
    expect(page.locator(".notice.alarm")).to_have_count(0)


# -- the terminal --------------------------------------------------------------------------------------------


def sounding_everywhere(question: Question, digest: str) -> Question:
    """The question with one tone for each of its Tibetan texts."""

    def one(text: Text | None) -> tuple[Recording, ...]:
        if text is None:
            return ()
        return (Recording("bo", "kham", "audio/kham/tone.wav", digest, words_hash(text.bo), "kham-09", "rinchen"),)

    options = tuple(replace(option, audio=one(option.text)) for option in question.options)
    return replace(question, audio=one(question.stem), options=options)


def audio_candidate(site: Site) -> Candidate:
    """A candidate of today who is booked for an audio paper in Kham, checked in and released."""
    media = site.home / "sounding"
    shutil.copytree(site.home / "bank/media", media)
    (media / "audio/kham").mkdir(parents=True, exist_ok=True)
    (media / "audio/kham/tone.wav").write_bytes(tone(seconds=1.5))
    with site.app.app_context():
        release_id, _ = bank.newest_release()
        digest = installation().store.keep(tone(seconds=1.5))
        bank.publish("AUDIO", [sounding_everywhere(one, digest) for one in bank.questions_of(release_id)], media)
        examiner = staging.actor_as("examiner")
        rooms = invigilation.rooms(frozenset(unit.unit_id for unit in units()))
        line = people.candidate_line(700, "科目一", "C1", "藏文") | {"语音": "康方言"}
        session_id = staging.open_session(rooms[0][0], beijing_day(now().wall).isoformat(), [line])
        (booking,) = entering.bookings(session_id)
        admission = invigilation.check_in(session_id, booking.candidate_id, examiner)
        invigilation.release_all(session_id, examiner)
    return Candidate(line["身份证明号码"], admission.code, "subject1", "C1", "bo")


def heard(site: Site, attempt: str) -> list[str]:
    """What the journal says was listened to."""
    with site.app.app_context():
        with here().reading() as raw:
            rows = raw.all("SELECT body FROM step WHERE attempt_id = ? AND kind = 'audio' ORDER BY number", attempt)
        return [json.loads(bytes(row[0]))["value"] for row in rows]


def test_a_candidate_listens_in_tibetan_by_mouse_and_by_keyboard(site: Site, windows: Windows) -> None:
    candidate, page = audio_candidate(site), windows.open()
    attempt = seat.sign_in(page, candidate)
    seat.start(page, "bo")
    stem = page.locator(".stem .listen")
    expect(stem).to_have_count(1)
    expect(page.locator(".options .listen")).to_have_count(0)  # the first question is to be judged: right, wrong
    stem.click()
    expect(stem).to_have_attribute("aria-pressed", "true")
    windows.look(page, "listening")
    expect(stem).to_have_attribute("aria-pressed", "false")  # it ended by itself
    page.keyboard.press("Numpad8")
    expect(stem).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Numpad8")
    expect(stem).to_have_attribute("aria-pressed", "false")
    while not page.locator(".options .listen").count():
        page.keyboard.press("NumpadEnter")
    _options_one_after_the_other(page, windows)
    page.keyboard.press("NumpadEnter")  # leaving the question silences it
    expect(page.locator(".listen[aria-pressed='true']")).to_have_count(0)
    page.locator(".tongues [data-with='zh']").click()
    expect(page.locator(".listen")).to_have_count(0)  # no recording in Chinese was booked
    page.locator(".tongues [data-with='bo']").click()
    seat.option(page, 0).click()
    seat.saved(page)  # the view's steps went with the answer
    values = heard(site, attempt)
    assert values[:4] == ["stem:bo", "stop", "stem:bo", "stop"]
    assert values[-1] == "stop"
    assert any(re.fullmatch(r"[^:]+:bo", value) and not value.startswith("stem") for value in values)
    _auditor_sees_what_was_heard(site, windows, attempt)


def _auditor_sees_what_was_heard(site: Site, windows: Windows, attempt: str) -> None:
    with site.app.app_context(), here().reading() as raw:
        sql = "SELECT number FROM step WHERE attempt_id = ? AND kind = 'audio' ORDER BY number"
        begun, ended = [row[0] for row in raw.all(sql, attempt)][:2]
    page = windows.open(LAPTOP)
    sign_in_staff(page, "supervisor_detachment", site.passwords["supervisor_detachment"])
    for number, count in ((begun, 1), (ended, 0)):
        page.goto(f"/supervision/attempts/{attempt}/replay?step={number}")
        sounding = page.frame_locator("#screen").locator(".listen[aria-pressed='true']")
        expect(page.frame_locator("#screen").locator("#stem")).to_be_visible()
        expect(sounding).to_have_count(count)


def _options_one_after_the_other(page: Page, windows: Windows) -> None:
    buttons = page.locator(".options .listen")
    for place in (0, 1):
        page.keyboard.press("Numpad9")
        expect(buttons.nth(place)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".listen[aria-pressed='true']")).to_have_count(1)
    windows.look(page, "options")
    page.locator(".sizes .s2").click()
    windows.look(page, "options-large")
    page.locator(".sizes .s0").click()
