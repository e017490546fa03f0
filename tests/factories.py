"""Makes what tests need through the services of the house: a small prefecture, a small bank, sessions, candidates at their seats."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from examsys.accounts import logins
from examsys.accounts import service as accounts
from examsys.app import create_app, driver_url
from examsys.bank import service as bank
from examsys.clock import now
from examsys.config import Settings
from examsys.db import Raw, append, here
from examsys.domain.access import Actor
from examsys.domain.bank import Kind, Medium, Option, Question, Text
from examsys.domain.dates import beijing_day
from examsys.exam import entering, upkeep
from examsys.exam.form import form_of
from examsys.files import Store
from examsys.invigilation import service as invigilation
from examsys.migrations import prepare
from examsys.supervision.service import verify_site
from tests.domain.banks import make_question
from tests.people import DROLMA, PASSWORD, STAFF, TASHI, Person, Staff

SEATS = 60
# name: kind, who it belongs to, who watches it
UNITS: dict[str, tuple[str, str | None, str | None]] = {
    "detachment": ("detachment", None, None),
    "vehicle_office": ("vmo", "detachment", "detachment"),
    "kangding": ("brigade", None, "vehicle_office"),
    "litang": ("brigade", None, "vehicle_office"),
    "kangding_agency": ("agency", None, "kangding"),
    "litang_agency": ("agency", None, "litang"),
}
ROOMS = {"kangding": "kangding_agency", "litang": "litang_agency"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#c00"/></svg>'
BLUEPRINTS = """\
- valid_from: 2022-04-01
  blueprints:
    s1_car:
      {subject: subject1, families: [car], points: 10, minutes: 45, pass_mark: 90, cells: {road: [3, 3, 1], fines: [1, 1, 1]}}
    s3_theory:
      {subject: subject3, families: [car, moto], points: 20, minutes: 30, pass_mark: 90, cells: {driving: [2, 2, 1]}}
    demo10:
      {subject: subject1, families: [car], points: 10, minutes: 10, pass_mark: 90, demonstration: true, cells: {road: [4, 4, 2]}}
"""


# -- the bank ------------------------------------------------------------------------------------------------


def write_bank(folder: Path) -> Path:
    """The part of a small bank that is read from disk: blueprints and one picture."""
    (folder / "media").mkdir(parents=True, exist_ok=True)
    (folder / "media/stop.svg").write_text(SVG, "utf-8")
    (folder / "blueprints.yaml").write_text(BLUEPRINTS, "utf-8")
    return folder


def small_bank(folder: Path) -> list[Question]:
    """Three times what a paper draws, so that a make-up shares nothing; one question in five shows a picture or has pictures as options."""
    digest = Store(folder).keep(SVG.encode())
    picture = Medium("stop.svg", digest, Text("红色八边形", "དམར་པོ།"))
    drawn = tuple(Option(name, None, picture) for name in "abcd")
    questions: list[Question] = []
    cells = {("subject1", "road"): (12, 12, 6), ("subject1", "fines"): (4, 4, 4), ("subject3", "driving"): (6, 6, 3)}
    for (subject, chapter), counts in cells.items():
        for kind, count in zip(Kind, counts, strict=True):
            for _ in range(count):
                number = len(questions)
                more: dict[str, Any] = {"subject": subject, "id": f"t-{chapter}-{number:03d}"}
                if number % 5 == 0:
                    more["media"] = (picture,)
                elif number % 5 == 1 and kind is Kind.SINGLE:
                    more["options"] = drawn
                questions.append(make_question(number, chapter, kind, **more))
    return questions


# -- the prefecture ------------------------------------------------------------------------------------------


def furnish(settings: Settings, profile: str = "demo") -> None:
    """Migrate an empty database and move everybody in; what was made is told in `<home>/facts.json`."""
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare(driver_url(settings.url), settings.owner_url)
    app = create_app(settings)
    with app.app_context():
        accounts.make_site(1, "考试中心", "རྒྱུགས་གནས།", profile)
        day, units = beijing_day(now().wall).isoformat(), {}
        for name, (kind, parent, watcher) in UNITS.items():
            above = [units[unit] if unit else None for unit in (parent, watcher)]
            units[name] = accounts.make_unit(kind, name, f"单位{name}", "སྡེ་ཚན།", *above)
        rooms = {
            name: invigilation.make_room(units[unit], f"{name}考场", "རྒྱུགས་ཁང་།", SEATS) for name, unit in ROOMS.items()
        }
        posts = {person.username: move_in(person, units, day) for person in STAFF}
        release = bank.publish("T-1", small_bank(settings.home / "files"), settings.bank / "media")
        facts = {"units": units, "rooms": rooms, "posts": posts, "release": release}
        (settings.home / "facts.json").write_text(json.dumps(facts), "utf-8")
        here().close()


def move_in(person: Staff, units: dict[str, str], day: str) -> str:
    """Give a member of staff a person, a post and an account; returns the post."""
    person_id = accounts.make_person(person.id_number, person.name, person.name_bo)
    post = accounts.grant_post(person_id, units[person.unit], person.role, f"N-{person.username[:8]}", day)
    logins.make_account(person_id, person.username, PASSWORD)
    return post


def roster_of(
    people: list[Person], subject: str = "subject1", licence_class: str = "C1", language: str = "bo"
) -> bytes:
    """A roster file with these people."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        ["流水号", "姓名", "藏文姓名", "身份证明号码", "考试科目", "准驾车型", "考试原因", "驾驶培训机构", "语言"]
    )
    for number, person in enumerate(people):
        row = [
            f"T{number:09d}",
            person.name,
            person.name_bo,
            person.id_number,
            subject,
            licence_class,
            "first",
            "驾校",
            language,
        ]
        writer.writerow(row)
    return file.getvalue().encode()


@dataclass(frozen=True)
class Seated:
    """A candidate who was checked in."""

    session_id: str
    candidate_id: str
    attempt_id: str
    id_number: str
    code: str
    seat: str


class House:
    """A site with its people, as tests handle it."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.settings = app, settings
        facts = json.loads((settings.home / "facts.json").read_text("utf-8"))
        self.units: dict[str, str] = facts["units"]
        self.rooms: dict[str, str] = facts["rooms"]
        self.posts: dict[str, str] = facts["posts"]
        self.release_id: str = facts["release"]

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Where services can be called."""
        with self.app.app_context():
            yield

    @contextmanager
    def restarted(self) -> Iterator[Flask]:
        """The same site as a server that was started again would serve it."""
        again = create_app(self.settings)
        again.test_client_class = self.app.test_client_class
        yield again
        with again.app_context():
            here().close()

    def actor(self, person: Staff) -> Actor:
        """A member of staff, as they act."""
        with self.inside():
            account = logins.account_named(person.username)
            assert account is not None
            return logins.actor_of(account, accounts.posts_of(account.person_id)[0], "127.0.0.1")

    def session(self, *people: Person, room: str = "kangding", subject: str = "subject1") -> str:
        """A session that its examiner has taken over; the examiner of the room's county is the only one in the lot."""
        names = {staff.username: staff for staff in STAFF}
        acceptance, examiner = (
            names[name] for name in (("yangjen", "drolma") if room == "kangding" else ("tenzin", "pasang"))
        )
        with self.inside():
            day = beijing_day(now().wall).isoformat()
            session_id = invigilation.create_session(self.rooms[room], day, self.actor(acceptance))
            if people:
                report = invigilation.import_roster(
                    session_id, roster_of(list(people), subject), self.actor(acceptance)
                )
                assert not report.refused, report
            invigilation.match_examiner(session_id, self.actor(acceptance))
            invigilation.take_over(session_id, self.actor(examiner))
        return session_id

    def check_in_all(self, session_id: str, examiner: Staff) -> list[Seated]:
        """Everybody on the roster at a seat, not yet released."""
        with self.inside():
            made = []
            for booking in entering.bookings(session_id):
                admission = invigilation.check_in(session_id, booking.candidate_id, self.actor(examiner))
                id_number = accounts.person(booking.person_id).id_number
                made.append(
                    Seated(
                        session_id,
                        booking.candidate_id,
                        admission.attempt_id,
                        id_number,
                        admission.code,
                        admission.seat,
                    )
                )
        return made

    def seated(self, *people: Person, released: bool = True, subject: str = "subject1") -> list[Seated]:
        """People at their seats in Drolma's room, released unless said otherwise."""
        session_id = self.session(*(people or (TASHI,)), subject=subject)
        made = self.check_in_all(session_id, DROLMA)
        if released:
            with self.inside():
                invigilation.release_all(session_id, self.actor(DROLMA))
        return made

    # -- looking into the record ---------------------------------------------------------------------------

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """What the database says."""
        with self.inside(), here().reading() as raw:
            return [tuple(row) for row in raw.all(sql, *values)]

    def entries(self, kind: str, about: str | None = None) -> list[dict[str, Any]]:
        """The entries of a kind, oldest first."""
        found = [
            json.loads(bytes(row[0]))
            for row in self.rows("SELECT body FROM entry WHERE kind = ? ORDER BY entry_id", kind)
        ]
        return [entry for entry in found if about is None or entry["object"] == about]

    def steps(self, attempt_id: str) -> list[dict[str, Any]]:
        """The journal of an attempt."""
        sql = "SELECT body FROM step WHERE attempt_id = ? ORDER BY number"
        return [json.loads(bytes(row[0])) for row in self.rows(sql, attempt_id)]

    def right_answers(self, attempt_id: str) -> dict[int, list[str]]:
        """The right options of a paper by position, as a terminal would send them."""
        with self.inside():
            positions = form_of(1, attempt_id).paper.positions
            keys = {position.number: bank.key_of(position.content_hash) for position in positions}
        return {
            position.number: [option.id for option in position.options if option.bank_id in keys[position.number]]
            for position in positions
        }

    def broken(self) -> list[str]:
        """Seal the log, verify the whole site, and name what does not hold."""
        with self.inside():
            upkeep.seal_log()
            return [f"{found.what} {found.table} {found.row}" for found in verify_site(deep=True).broken]

    def write(self, sql: str, *values: Any) -> None:
        """Change the database behind the services' back, as a test of a fault must."""

        def work(raw: Raw) -> None:
            raw.run(sql, *values)

        with self.inside():
            append(work)

    def make_formal(self) -> None:
        """What somebody with the database's password can do: take the site's trigger away and change its row."""
        self.write("DROP TRIGGER site_no_update" if self.settings.is_sqlite else "DROP TRIGGER site_no_change ON site")
        self.write("UPDATE site SET profile = 'formal'")
