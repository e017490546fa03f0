"""The auditor: through the door to the exam that went on at another seat; search, course, replay, verification, export, a spoiled copy."""

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from examsys.config import ROOT
from tests.browser.served import Site
from tests.browser.window import LAPTOP, Windows, sign_in_staff


def test_auditors_day(site: Site, windows: Windows, tmp_path: Path) -> None:
    page = windows.open(LAPTOP)
    page.goto("/")
    page.locator("form[action='/doors/audit'] button").click()
    page.wait_for_url("**/supervision/attempts/*")
    windows.look(page, "record")
    address = page.url
    _search(page, windows, address.rsplit("/", 1)[1])
    page.goto(address)
    _replay(page, windows)
    page.goto(address)
    page.locator("aside form[action$='/verify'] button").click()
    expect(page.locator("aside .notice.fine")).to_be_visible()
    expect(page.locator("aside .findings .broken")).to_have_count(0)
    windows.look(page, "verified")
    page.goto(address)
    _export(page, tmp_path)
    _spoil(page, windows)


def test_supervisor_signs_in_and_verifies_the_log(site: Site, windows: Windows) -> None:
    page = windows.open(LAPTOP)
    sign_in_staff(page, "audit_admin", site.passwords["audit_admin"])
    page.goto("/supervision/log")
    windows.look(page, "log")
    page.locator("form[action$='/log/verify'] [name='deep']").check()
    page.locator("form[action$='/log/verify'] button").click()
    expect(page.locator(".notice.fine")).to_be_visible(timeout=30_000)
    windows.look(page, "log-verified")


def _search(page: Page, windows: Windows, attempt: str) -> None:
    """By result and subject; the filters stay in the address; what is on the screen comes as a table."""
    page.goto("/supervision/attempts")
    windows.look(page, "records")
    everybody = page.locator("table tbody tr").count()
    page.select_option("[name='result']", "passed")
    page.select_option("[name='subject']", "subject1")
    page.locator("form.filters button").click()
    assert "result=passed" in page.url
    some = page.locator("table tbody tr").count()
    assert 0 < some < everybody
    expect(page.locator(f"a[href$='{attempt}']")).to_have_count(1)
    with page.expect_download() as sent:
        page.locator(".heading a[download]").click()
    assert len(sent.value.path().read_text("utf-8-sig").splitlines()) == some + 1
    page.goto("/supervision/attempts?day=2000-01-01")
    expect(page.locator("table")).to_have_count(0)
    windows.look(page, "no-record-fits")


def _replay(page: Page, windows: Windows) -> None:
    """Step by step; the frame shows the candidate's screen, and the line below tells the step."""
    page.locator("a[href*='/replay']").first.click()
    frame = page.frame_locator("#screen")
    expect(frame.locator(".screen")).to_be_visible()
    expect(page.locator("#told")).not_to_be_empty()
    first = page.locator("#told").inner_text()
    for _ in range(6):
        page.locator("#on").click()
    assert page.locator("#told").inner_text() != first
    expect(frame.locator("#stem")).to_be_visible()
    windows.look(page, "replay")
    page.select_option("#speed", "16")
    step = page.input_value("#step")
    page.locator("#play").click()
    expect(page.locator("#step")).not_to_have_value(step, timeout=15_000)
    page.locator("#play").click()
    if page.locator("#changed-on").is_enabled():
        page.locator("#changed-on").click()
    page.locator("#step").fill(str(page.locator("#step").get_attribute("max")))
    expect(frame.locator(".outcome")).to_be_visible()
    windows.look(page, "replay-result")


def _export(page: Page, folder: Path) -> None:
    """The file holds by itself, without this site; with one letter changed it does not."""
    with page.expect_download() as sent:
        page.locator("a[href$='/export.json']").click()
    whole, changed = folder / "exam.json", folder / "changed.json"
    sent.value.save_as(whole)
    checked = _verify(whole)
    assert checked.returncode in (0, 2), checked.stdout
    assert "BROKEN" not in checked.stdout
    document = json.loads(whole.read_text("utf-8"))
    _change_a_step(document)
    changed.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    assert _verify(changed).returncode == 1


def _verify(file: Path) -> "subprocess.CompletedProcess[str]":
    verifier = ROOT / "deploy" / "verify_exam.py"
    return subprocess.run([sys.executable, str(verifier), str(file)], capture_output=True, text=True, timeout=60)


def _change_a_step(document: dict[str, list[dict[str, str]]]) -> None:
    steps = document["steps"]
    steps[len(steps) // 2], steps[len(steps) // 2 + 1] = steps[len(steps) // 2 + 1], steps[len(steps) // 2]


def _spoil(page: Page, windows: Windows) -> None:
    """One byte of a copy: the verifier names the row."""
    page.locator("form[action$='/spoil'] button").click()
    expect(page.locator(".findings .broken").first).to_be_visible(timeout=30_000)
    assert page.locator(".findings .broken .where").count() > 0
    windows.look(page, "spoiled")
