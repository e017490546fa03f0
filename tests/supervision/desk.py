"""A supervisor at a desk: a browser that has signed in, and the finished exams that it looks at."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from examsys.exam import upkeep
from examsys.supervision import service
from examsys.supervision.report import Report
from tests.exam.kiosk import Kiosk
from tests.factories import House, Seated
from tests.page import InspectingClient, Page
from tests.people import PASSWORD, Person, Staff, candidate


@dataclass
class Desk:
    """One browser of a member of staff."""

    client: InspectingClient
    csrf: str = ""

    @classmethod
    def of(cls, house: House, person: Staff) -> "Desk":
        """A desk at which this person has signed in."""
        client = house.app.test_client()
        assert isinstance(client, InspectingClient)
        with house.inside():
            from examsys.accounts import logins

            token, login = logins.sign_in(person.username, PASSWORD, "127.0.0.1")
        client.set_cookie("desk", token)
        return cls(client, login.csrf)

    def get(self, path: str) -> TestResponse:
        """Load a page or file."""
        return self.client.get(path)

    def page(self, path: str) -> Page:
        """Load a page and read it."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
        return Page(answer.get_data(as_text=True))

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Press a button."""
        return self.client.post(path, data={"csrf_token": self.csrf, **fields})


def finished(house: House, count: int = 1, wrong: int = 0, language: str = "bo") -> list[Seated]:
    """Candidates who have handed in; the log is sealed."""
    people: list[Person] = [candidate(number) for number in range(1, count + 1)]
    seated = house.seated(*people)
    for one in seated:
        kiosk = Kiosk.at(house, one, start=language)
        assert kiosk.view({"kind": "shown", "position": 1, "value": "question", "ms": 10}).status_code == 204
        kiosk.play(house, wrong)
    seal(house)
    return seated


def seal(house: House) -> None:
    """Seal what is new."""
    with house.inside():
        upkeep.seal_log()


def verified(house: House, deep: bool = True, against: bytes | None = None) -> Report:
    """What the verification of the whole site finds."""
    with house.inside():
        return service.verify_site(deep, against)
