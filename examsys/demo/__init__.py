"""The demonstration: a prefecture with a finished morning and candidates who can start, made through the real services."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..accounts import service as accounts
from ..app import create_app, driver_url
from ..bank.compiled import load_bank
from ..clock import now
from ..config import Settings
from ..db import append
from ..desk import exchange
from ..domain.bank import may_be_drawn
from ..domain.dates import beijing_day
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..exam import entering, upkeep
from ..files import write_durably
from ..invigilation import service as invigilation
from ..migrations import prepare
from . import morning, people, staging

SEATS = 40
CLASSES = ("C1", "C2", "D", "B2")


def make_demonstration(settings: Settings, candidates: int, out: Path, say: Callable[[str], object]) -> None:
    """Fill an empty database and write the account file (mode 600). RuleBroken('site.already') for one that is not empty."""
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare(driver_url(settings.url), driver_url(settings.owner_url) if settings.owner_url else None)
    with create_app(settings).app_context():
        _refuse_if_site()
        say("  demonstration: offices and staff …")
        accounts.make_site(1, "甘孜州驾驶理论考试(演示)", "དཀར་མཛེས་ཁུལ་རིགས་གཞུང་རྒྱུགས་ལེན། མ་དཔེ།", "demo")
        day = beijing_day(now().wall).isoformat()
        ids = people.make_units()
        rooms = people.make_rooms(ids)
        staff = people.make_staff(ids, day)
        say("  demonstration: question bank …")
        compiled = load_bank(settings.bank, settings.home / "cache")
        morning.publish(tuple(filter(may_be_drawn, compiled.questions.values())), settings.bank / "media")
        exchange.pull(settings.bank)
        say("  demonstration: a finished morning …")
        told = morning.play(rooms[0])
        say("  demonstration: candidates who can start …")
        live = make_live(rooms[0], ids, day, candidates)
        append(lambda raw: accounts.record(EntryKind.DEMO_CREATED, data={"candidates": len(live)}, raw=raw))
        upkeep.seal_log()
    document = {"accounts": staff, "candidates": live, "morning": told}
    write_durably(out, json.dumps(document, ensure_ascii=False, indent=1).encode())


def _refuse_if_site() -> None:
    if accounts.is_site():
        raise RuleBroken("site.already")


def make_live(room_id: str, ids: Mapping[str, str], day: str, count: int) -> list[dict[str, Any]]:
    """Candidates of today, each checked in and released, forty to a session."""
    live: list[dict[str, Any]] = []
    agency = people.script()["agencies"][0]
    for start in range(0, count, SEATS):
        room = (
            room_id
            if not start
            else invigilation.make_room(
                ids[agency["code"]],
                f"{agency['room_zh']} {start // SEATS + 1}",
                f"{agency['room_bo']} {start // SEATS + 1}",
                SEATS,
            )
        )
        numbers = range(100 + start, 100 + min(count, start + SEATS))
        lines = [people.candidate_line(number, *_kind(number)) for number in numbers]
        session_id = staging.open_session(room, day, lines)
        live += _check_in_all(session_id, lines)
    if not count:
        staging.open_session(room_id, day, [])
    return live


def _kind(number: int) -> tuple[str, str, str]:
    """Subject, class and language of the n-th live candidate: every fourth takes Subject 3."""
    subject = "科目三安全文明驾驶常识" if number % 4 == 3 else "科目一"
    return subject, "C1", ("藏文", "汉文", "藏汉双语")[number % 3]


def _check_in_all(session_id: str, lines: list[dict[str, str]]) -> list[dict[str, Any]]:
    examiner, made = staging.actor_as("examiner"), []
    for booking, line in zip(entering.bookings(session_id), lines, strict=True):
        admission = invigilation.check_in(session_id, booking.candidate_id, examiner)
        made.append(
            {
                "id_number": line["身份证明号码"],
                "admission": admission.code,
                "subject": booking.subject,
                "licence_class": booking.licence_class,
                "language": booking.language,
            }
        )
    invigilation.release_all(session_id, examiner)
    return made
