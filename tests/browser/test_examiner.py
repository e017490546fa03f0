"""A day in the exam room: session, roster, lot, check-in, the start, trouble, a second signature, the end."""

import re

from playwright.sync_api import Page, expect

from examsys.demo import people, staging
from tests.browser import seat
from tests.browser.served import Candidate, Site
from tests.browser.window import LAPTOP, Windows, sign_in_staff

FIRST = 7_000  # invented candidates whom nothing else in the demonstration uses


def _lines(count: int) -> list[dict[str, str]]:
    return [people.candidate_line(FIRST + number, "科目一", "C1", "藏文") for number in range(count)]


def _csv(lines: list[dict[str, str]]) -> dict[str, str | bytes]:
    return {"name": "roster.csv", "mimeType": "text/csv", "buffer": staging.roster_of(lines)}


def test_examiners_day(site: Site, windows: Windows) -> None:
    windows.expected = {422}
    acceptance, examiner = windows.open(LAPTOP), windows.open(LAPTOP)
    sign_in_staff(acceptance, "acceptance", site.passwords["acceptance"])
    address = _session_with_roster(acceptance, windows)
    sign_in_staff(examiner, "examiner", site.passwords["examiner"])
    examiner.goto(address)
    seat.act(examiner, "take-over")
    codes = [_check_in(examiner, windows), _check_in(examiner)]
    for _, code in codes:
        for page in (address, f"{address}/board"):
            examiner.goto(page)
            assert code not in examiner.content(), "the code is shown once"
    terminal = windows.open()
    attempt = seat.sign_in(terminal, Candidate(_lines(1)[0]["身份证明号码"], codes[0][1], "subject1", "C1", "bo"))
    _board(examiner, terminal, windows, address, attempt)
    _seat_moves(examiner, terminal, windows, codes[0][1])
    _second_signature(examiner, terminal, site, windows)
    _end(examiner, terminal, windows, address)


def _session_with_roster(page: Page, windows: Windows) -> str:
    """A session; a faulty roster takes nothing and names the lines; a good one is taken; the lot draws."""
    page.goto("/invigilation/sessions")
    windows.look(page, "sessions")
    page.locator("form[method='post'] select[name='room']").select_option(index=0)
    page.locator("form[method='post'] select[name='room']").locator("xpath=ancestor::form").locator("button").click()
    page.wait_for_url(re.compile("/invigilation/sessions/[^/?]+$"))
    address = page.url
    faulty = _lines(3)
    faulty[1]["身份证明号码"] = "990000199001010000"
    faulty[2]["考试科目"] = "科目九"
    page.locator("input[name='roster']").set_input_files(_csv(faulty))  # type: ignore[arg-type]
    page.locator("form[action$='/roster'] button").click()
    expect(page.locator("tr.is-alarm")).to_have_count(2)
    assert page.locator("tr.is-alarm td:first-child").all_inner_texts() == ["3", "4"]
    windows.look(page, "faulty-roster")
    page.goto(address)
    assert page.locator("table tbody tr").count() == 0, "nothing of a faulty file is taken"
    page.locator("input[name='roster']").set_input_files(_csv(_lines(3)))  # type: ignore[arg-type]
    page.locator("form[action$='/roster'] button").click()
    expect(page.locator("table tbody tr")).to_have_count(3)
    seat.act(page, "match")
    windows.look(page, "matched")
    return address


def _check_in(page: Page, windows: Windows | None = None) -> tuple[str, str]:
    """The next candidate who is not here yet: seat and code, which only this page shows."""
    page.goto(page.url.split("/candidates/")[0].split("?")[0])
    page.locator("table tbody tr", has=page.locator("td .state.quiet")).first.locator("a").first.click()
    if windows:
        windows.look(page, "check-in")
    page.locator("aside form[action$='/check-in'] button").click()
    expect(page.locator(".slip-code")).to_be_visible()
    if windows:
        windows.look(page, "admission-slip")
    code = "".join(page.locator(".slip-code b").all_inner_texts())
    assert re.fullmatch("[0-9]{8}", code)
    return page.locator(".slip-seat b").inner_text(), code


def _board(examiner: Page, terminal: Page, windows: Windows, address: str, attempt: str) -> None:
    """Waiting at the seat; released; the board sees the answers come by itself; pause and resume reach the seat."""
    expect(terminal.locator(".on-waiting")).to_be_visible()
    windows.look(terminal, "waiting")
    examiner.goto(f"{address}/board")
    windows.look(examiner, "board")
    examiner.locator(f".tile a[href*='{attempt}']").click()
    seat.act(examiner, "release")
    expect(terminal.locator(".on-ready")).to_be_visible()
    seat.start(terminal, "bo")
    seat.option(terminal, 0).click()
    seat.saved(terminal)
    expect(examiner.locator(f".tile:has(a[href*='{attempt}']) .state.fine")).to_be_visible()
    expect(examiner.locator(f".tile:has(a[href*='{attempt}']) .tile-foot")).to_contain_text("1/100")
    examiner.goto(examiner.url)
    windows.look(examiner, "board-running")
    seat.act(examiner, "pause", "考生身体不适")
    expect(terminal.locator(".on-paused")).to_be_visible()
    windows.look(terminal, "paused")
    frozen = terminal.locator(".time .figure").inner_text()
    terminal.wait_for_timeout(1_500)
    assert terminal.locator(".time .figure").inner_text() == frozen, "a paused clock stands still"
    seat.act(examiner, "resume")
    expect(terminal.locator(".on-question")).to_be_visible()


def _seat_moves(examiner: Page, terminal: Page, windows: Windows, code: str) -> None:
    """Another seat, once: the old terminal lets go, the new one goes on where the candidate was."""
    windows.expected |= {401, 403}
    before = terminal.locator(".seat-mark").inner_text()
    seat.act(examiner, "move", "键盘故障", seat=3)
    windows.look(examiner, "moved")
    expect(terminal.locator(".on-signed_out")).to_be_visible(timeout=15_000)
    windows.look(terminal, "signed-out-at-the-old-seat")
    terminal.context.clear_cookies()
    seat.sign_in(terminal, Candidate(_lines(1)[0]["身份证明号码"], code, "subject1", "C1", "bo"))
    expect(terminal.locator(".grid .answered")).to_have_count(1)
    assert terminal.locator(".seat-mark").inner_text() != before


def _minutes(terminal: Page) -> int:
    return int(terminal.locator(".time .figure").inner_text().split(":")[0])


def _second_signature(examiner: Page, terminal: Page, site: Site, windows: Windows) -> None:
    """Five minutes are asked for; another person grants them; the seat has them within seconds."""
    seat.act(examiner, "requests", "更换键盘耽误时间")
    supervision = windows.open(LAPTOP)
    sign_in_staff(supervision, "examination_supervisor", site.passwords["examination_supervisor"])
    supervision.goto("/invigilation/requests")
    supervision.locator("table").first.locator("tbody tr a").first.click()
    expect(supervision.locator("form[action$='/grant']")).to_be_visible()
    windows.look(supervision, "request")
    before = _minutes(terminal)
    form = supervision.locator("form[action$='/grant']")
    form.locator("[name='reason']").fill("已查看监控")
    form.locator("button").click()
    expect(supervision.locator(".notice.fine").first).to_be_visible()
    windows.look(supervision, "granted")
    expect(terminal.locator(".time .figure")).to_contain_text(re.compile(f"^{before + 4}|^{before + 5}"))


def _end(examiner: Page, terminal: Page, windows: Windows, address: str) -> None:
    """The end closes whoever still sits, and lists the sheets."""
    examiner.goto(f"{address}/board")
    examiner.locator("details", has=examiner.locator(f"form[action='{_path(address)}/end']")).locator("summary").click()
    examiner.fill("#end-session-reason", "考试结束")
    windows.look(examiner, "about-to-end")
    examiner.locator(f"form[action='{_path(address)}/end'] button").click()
    expect(examiner.locator(".notice.fine").first).to_be_visible()
    windows.look(examiner, "ended")
    sheets = examiner.locator("a[href$='sheet.pdf']")
    expect(sheets.first).to_be_visible()
    answer = examiner.request.get(str(sheets.first.get_attribute("href")), timeout=30_000)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    expect(terminal.locator(".outcome.not-passed")).to_be_visible(timeout=15_000)


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]
