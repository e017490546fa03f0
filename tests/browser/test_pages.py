"""Every page of the house, for whoever may open it, in every language that it offers: looked at. A new page must be added here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from examsys.bank import service as bank
from examsys.demo import visit
from examsys.demo.staging import actor_as
from examsys.exam import seating
from examsys.invigilation.sessions import sessions_for
from tests.browser import seat
from tests.browser.served import Site
from tests.browser.window import LAPTOP, PHONE, Windows, sign_in_staff

STAFF: Final = ("zh", "en")
PUBLIC: Final = ("zh", "bo", "en")
CANDIDATE: Final = ("bo", "zh")
OWN: Final = ""  # the page itself knows its language


@dataclass(frozen=True)
class Ids:
    """Known objects of the demonstration."""

    attempt: str
    running: str  # an open session
    ended: str
    seat: str  # an attempt of the open session
    person: str  # a candidate of the open session
    question: str
    account: str  # of a colleague


@dataclass(frozen=True)
class Visit:
    """Whose page it is (None: anybody's; "seat": the candidate's), in which languages, and its addresses."""

    role: str | None
    languages: tuple[str, ...]
    paths: Callable[[Ids], tuple[str, ...]]


PAGES: Final = {
    "doors.first_page": Visit(None, PUBLIC, lambda _: ("/",)),
    "certificates.check": Visit(None, PUBLIC, lambda _: ("/certificates/check",)),
    "exam.sign_in_page": Visit(None, CANDIDATE, lambda _: ("/exam/",)),
    "exam.terminal_page": Visit("seat", (OWN,), lambda _: ("",)),  # its stages: below, and the candidates' journeys
    "accounts.sign_in_page": Visit(None, STAFF, lambda _: ("/staff/sign-in",)),
    "accounts.desk": Visit("examiner", STAFF, lambda _: ("/staff/",)),
    "accounts.password_page": Visit("examiner", STAFF, lambda _: ("/staff/password",)),
    "accounts.register": Visit(
        "security_admin", STAFF, lambda ids: ("/staff/accounts", f"/staff/accounts?account={ids.account}")
    ),
    "bank.questions": Visit("trainer", STAFF, lambda _: ("/bank/questions", "/bank/questions?page=1&kind=single")),
    "bank.question": Visit("trainer", STAFF, lambda ids: (f"/bank/questions/{ids.question}",)),
    "desk.booth": Visit("trainer", STAFF, lambda _: ("/desk/booth",)),
    "desk.hearing": Visit("trainer", STAFF, lambda _: ("/desk/hearing",)),
    "desk.coverage": Visit("trainer", STAFF, lambda _: ("/desk/coverage",)),
    "desk.board": Visit("trainer", STAFF, lambda _: ("/desk/", "/desk/?family=moto")),
    "desk.questions": Visit("reviewer", STAFF, lambda _: ("/desk/questions", "/desk/questions?kind=single&picture=1")),
    "desk.question": Visit("translator", STAFF, lambda ids: (f"/desk/questions/{ids.question}",)),
    "desk.past": Visit("translator", STAFF, lambda ids: (f"/desk/questions/{ids.question}/history",)),
    "desk.new": Visit("trainer", STAFF, lambda _: ("/desk/new",)),
    "desk.gallery": Visit("trainer", STAFF, lambda _: ("/desk/pictures", "/desk/pictures?kind=sign&text=停")),
    "desk.picture": Visit("translator", STAFF, lambda _: ("/desk/pictures/signs/warn_two_way.svg",)),
    "desk.terms": Visit("translator", STAFF, lambda _: ("/desk/terms", "/desk/terms?status=draft")),
    "desk.exchange_page": Visit("trainer", STAFF, lambda _: ("/desk/exchange",)),
    "desk.booklet": Visit("trainer", STAFF, lambda _: ("/desk/booklet?chapter=accidents&keys=1",)),
    "desk.release_list": Visit("publisher", STAFF, lambda _: ("/desk/releases",)),
    "desk.screen": Visit("trainer", (OWN,), lambda ids: (f"/desk/questions/{ids.question}/screen",)),
    "desk_figures.questions": Visit("translator", STAFF, lambda _: ("/desk/figures",)),
    "desk_figures.question": Visit("translator", STAFF, lambda ids: (f"/desk/figures/questions/{ids.question}",)),
    "desk_figures.fairness": Visit("translator", STAFF, lambda _: ("/desk/figures/fairness",)),
    "desk_figures.reliability": Visit("translator", STAFF, lambda _: ("/desk/figures/reliability",)),
    "invigilation.sessions": Visit("acceptance", STAFF, lambda _: ("/invigilation/sessions",)),
    "invigilation.session": Visit(
        "examiner", STAFF,
        lambda ids: (
            f"/invigilation/sessions/{ids.running}?candidate={ids.person}", f"/invigilation/sessions/{ids.ended}",
        ),
    ),
    "invigilation.board": Visit(
        "examiner", STAFF, lambda ids: (f"/invigilation/sessions/{ids.running}/board?seat={ids.seat}",)
    ),
    "invigilation.requests": Visit("examination_supervisor", STAFF, lambda _: ("/invigilation/requests",)),
    "invigilation.seats": Visit("site_manager", STAFF, lambda _: ("/invigilation/seats",)),
    "supervision.attempts": Visit("supervisor_detachment", STAFF, lambda _: ("/supervision/attempts",)),
    "supervision.attempt": Visit("supervisor_detachment", STAFF, lambda ids: (f"/supervision/attempts/{ids.attempt}",)),
    "supervision.replay": Visit(
        "supervisor_detachment", STAFF, lambda ids: (f"/supervision/attempts/{ids.attempt}/replay",)
    ),
    "supervision.screen": Visit(
        "supervisor_detachment", (OWN,), lambda ids: (f"/supervision/attempts/{ids.attempt}/screen",)
    ),
    "supervision.log": Visit("audit_admin", STAFF, lambda _: ("/supervision/log",)),
}  # fmt: skip
NO_PAGES: Final = {  # the reports of an import and of a ZIP are looked at in test_bank_desk.py and test_booth.py: they want a file
    "static", "healthz", "exam.attempt", "exam.pulse", "exam.media", "certificates.sheet", "certificates.slip",
    "desk.medium", "desk.recording", "desk.empty_screen", "desk.template", "desk.import_report", "desk.import_progress", "desk.import_picture", "desk.zip_report", "desk.zip_progress", "desk.bulk_report", "desk.bulk_progress", "desk.export", "invigilation.roster_template", "invigilation.board_news", "invigilation.seats_news", "supervision.export",
}  # fmt: skip

ERRORS: Final = (  # each kind of error page, in the languages it can be had in
    (PUBLIC, "/xyz"), (PUBLIC, "/doors/ten"), (CANDIDATE, "/exam/xyz"), (CANDIDATE, "/exam/attempts/x/terminal"),
    (STAFF, "/supervision/log"),
)  # fmt: skip


def _ids(site: Site) -> Ids:
    with site.app.app_context():
        sessions = sessions_for(actor_as("examiner"))
        ended = next(one for one in reversed(sessions) if one.state == "ended")
        release, _ = bank.newest_release()
        open_ones = [(one, seating.board(one.session_id)) for one in sessions if one.state == "open"]
        running, row = next((one, rows[0]) for one, rows in open_ones if rows)
        return Ids(
            visit.resumed() or "", running.session_id, ended.session_id, row.attempt_id, row.candidate_id,
            next(question.id for question in bank.questions_of(release) if question.media),
            actor_as("trainer").account or "",
        )  # fmt: skip


def _by_role() -> Iterator[tuple[str | None, list[Visit]]]:
    for role in dict.fromkeys(one.role for one in PAGES.values()):
        yield role, [one for one in PAGES.values() if one.role == role]


def test_every_page_is_listed(site: Site) -> None:
    known = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert known == PAGES.keys() | NO_PAGES


@pytest.mark.parametrize(("role", "visits"), [pytest.param(*pair, id=str(pair[0])) for pair in _by_role()])
def test_pages(site: Site, windows: Windows, role: str | None, visits: list[Visit]) -> None:
    page, ids, own = windows.open(LAPTOP), _ids(site), ""
    if role == "seat":
        seat.sign_in(page, site.candidate("subject1"))
        own = page.url
    elif role:
        sign_in_staff(page, role, site.passwords[role])
    for number, language, path in _addresses(visits, ids):
        page.goto(own or path + (f"{'&' if '?' in path else '?'}lang={language}" if language else ""))
        page.wait_for_load_state("load")
        if language:
            assert page.locator("html").get_attribute("lang") in (language, f"{language}-CN")
        windows.look(page, f"{role}-{number}-{language}")


def _addresses(visits: list[Visit], ids: Ids) -> Iterator[tuple[int, str, str]]:
    for number, one in enumerate(visits):
        for language in one.languages:
            for path in one.paths(ids):
                yield number, language, path


@pytest.mark.parametrize("language", ["bo", "zh", "both"])
def test_every_stage_of_the_terminal(site: Site, windows: Windows, language: str) -> None:
    page = windows.open()
    seat.through_the_door_of_ten(page)
    _speak(page, language)
    windows.look(page, f"question-{language}")
    if page.locator(".picture").count():
        page.locator(".picture").first.click()
        windows.look(page, f"zoom-{language}")
        page.keyboard.press("Escape")
    page.locator(".bar [data-do='flag']").click()
    for act, stage in (("review", "review"), ("hand-in", "hand-in"), ("submit", "result")):
        page.locator(f"[data-do='{act}']").first.click()
        expect(page.locator(f".on-{stage}")).to_be_visible(timeout=15_000)
        _speak(page, language)
        windows.look(page, f"{stage}-{language}")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    windows.look(page, f"result-phone-{language}")


def _speak(page: Page, language: str) -> None:
    page.locator(f".tongues [data-with='{language}']").click()
    expect(page.locator(f".screen.lang-{language}")).to_be_visible()


def test_every_kind_of_error_page(windows: Windows) -> None:
    windows.expected = {401, 404, 405}
    for size in (LAPTOP, PHONE):
        page = windows.open(size)
        for languages, path in ERRORS:
            for language in languages:
                page.goto(f"{path}?lang={language}")
                assert page.locator("html").get_attribute("lang") in (language, f"{language}-CN")
                windows.look(page, f"error-{path.strip('/').replace('/', '-')}-{language}-{size['width']}")


def test_the_first_page_of_a_formal_site(site: Site, windows: Windows) -> None:
    """Under a name that is not this machine's own a demonstration has no doors: everybody gets what a formal site shows."""
    windows.url = f"http://hall.localhost:{urlsplit(site.url).port}"
    for size in (LAPTOP, PHONE):
        page = windows.open(size)
        page.goto("/")
        expect(page.locator(".entrance")).to_be_visible()
        windows.look(page, f"first-page-{size['width']}")
