"""A member of staff at a browser: signed in through the page, every form sent with its token."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.page import InspectingClient, Page
from tests.people import PASSWORD, Staff


class Desk:
    """One browser at one desk."""

    def __init__(self, app: Flask, person: Staff | None = None) -> None:
        client = app.test_client()
        assert isinstance(client, InspectingClient)
        self.client = client
        if person is not None:
            answer = self.sign_in(person.username, PASSWORD)
            assert answer.status_code == 303, answer.get_data(as_text=True)

    def sign_in(self, username: str, password: str, **more: str) -> TestResponse:
        """The sign-in form, filled in."""
        return self.post("/staff/sign-in", username=username, password=password, **more)

    def token(self) -> str:
        """The token of this browser's forms."""
        page = Page(self.client.get("/staff/sign-in", follow_redirects=True).get_data(as_text=True))
        return next((form["fields"]["csrf_token"] for form in page.forms if form["method"] == "post"), "")

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    def do(self, path: str, **fields: Any) -> Page:
        """Send a form that must be taken; returns the page that it leads to."""
        answer = self.post(path, **fields)
        assert answer.status_code == 303, f"{path}: {answer.status_code} {answer.get_data(as_text=True)[-900:]}"
        return self.page(answer.headers["Location"])

    def page(self, path: str) -> Page:
        """A page that must be there."""
        return self.client.page(path)

    def status(self, path: str) -> int:
        """What a page answers."""
        return self.client.get(path).status_code
