"""A terminal at a seat, as the contract has it: JSON both ways, a cookie, a token."""

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import House, Seated
from tests.page import InspectingClient

KEY_NAMES = re.compile(
    "correct|answer_key|^key$|explan|fraction|right|sources|twins|enemies|bank_id|content_hash", re.I
)


def names_below(value: Any) -> Iterator[str]:
    """Every name in a JSON value, at any depth."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield name
            yield from names_below(below)
    elif isinstance(value, list):
        for below in value:
            yield from names_below(below)


class Kiosk:
    """One browser at one seat."""

    def __init__(self, app: Flask, address: str = "10.0.0.1") -> None:
        client = app.test_client()
        assert isinstance(client, InspectingClient)
        self.client, self.address = client, address
        self.csrf, self.attempt = "", ""
        self.seen: list[Any] = []  # every JSON answer before the end

    @classmethod
    def at(cls, house: House, seated: Seated, *, start: str | None = None) -> "Kiosk":
        """A terminal at which this candidate has signed in, and started if a language is given."""
        kiosk = cls(house.app)
        answer = kiosk.sign_in(seated.id_number, seated.code)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        if start:
            assert kiosk.start(start).status_code == 200
        return kiosk

    def call(self, method: str, path: str, body: Any = None, **kwargs: Any) -> TestResponse:
        """One call with the token; nothing that comes back before the end may name the key."""
        headers = {"X-CSRF-Token": self.csrf, "Accept": "application/json", **kwargs.pop("headers", {})}
        if body is not None:
            kwargs |= {
                "data": json.dumps(body),
                "content_type": "application/json",
            }  # ASCII: half a surrogate pair travels too
        environ = {"REMOTE_ADDR": self.address}
        answer = self.client.open(path, method=method, headers=headers, environ_overrides=environ, **kwargs)
        if answer.status_code >= 400:
            assert answer.mimetype == "application/problem+json", (
                f"{method} {path}: {answer.status_code} {answer.mimetype}"
            )
        if answer.is_json and answer.json is not None:
            leaks = {name for name in names_below(answer.json) if KEY_NAMES.search(name)}
            assert not leaks, f"{method} {path} names {leaks}"
        return answer

    def sign_in(self, id_number: Any, admission: Any) -> TestResponse:
        """Sign in; keeps what the terminal is told."""
        answer = self.call("POST", "/exam/sign-in", {"id_number": id_number, "admission": admission})
        if answer.status_code == 200:
            assert answer.json is not None
            self.csrf, self.attempt = answer.json["csrf"], answer.json["attempt"]
        return answer

    @property
    def path(self) -> str:
        """The address of the attempt."""
        return f"/exam/attempts/{self.attempt}"

    def sign_out(self) -> TestResponse:
        """Free the terminal."""
        return self.call("POST", "/exam/sign-out", {})

    def get(self) -> dict[str, Any]:
        """The attempt as it is now."""
        answer = self.call("GET", self.path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.json is not None
        found: dict[str, Any] = answer.json
        return found

    def start(self, language: Any = "bo") -> TestResponse:
        """Start the clock."""
        return self.call("POST", f"{self.path}/start", {"language": language})

    def answer(self, position: int, options: Any, seq: Any) -> TestResponse:
        """Send one answer."""
        return self.call("PUT", f"{self.path}/answers/{position}", {"options": options, "seq": seq})

    def view(self, *steps: Any) -> TestResponse:
        """Send what was on the screen."""
        return self.call("POST", f"{self.path}/view", {"steps": list(steps)})

    def submit(self) -> TestResponse:
        """Hand in."""
        return self.call("POST", f"{self.path}/submit", {})

    def play(self, house: House, wrong: int = 0) -> dict[str, Any]:
        """Answer everything, so many of them wrong, and hand in; the result."""
        for seq, (position, options) in enumerate(house.right_answers(self.attempt).items(), 1):
            other = [] if position <= wrong else options
            assert self.answer(position, other, seq).status_code == 200
        answer = self.submit()
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.json is not None
        result: dict[str, Any] = answer.json
        return result


def problem(answer: TestResponse) -> tuple[int, str]:
    """Status and type of a problem."""
    assert answer.mimetype == "application/problem+json", answer.get_data(as_text=True)[:200]
    assert answer.json is not None
    return answer.status_code, answer.json["type"]
