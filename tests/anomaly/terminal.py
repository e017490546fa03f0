"""A terminal on the line: plain HTTP over one kept connection, as a browser at a seat speaks it; and a room full of them under load."""

import http.client
import json
import random
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LINE_FAULTS = (OSError, http.client.HTTPException)


class Answer(NamedTuple):
    """What came back."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def problem(self) -> tuple[int, str]:
        """Status and type of a problem."""
        assert self.kind == "application/problem+json", (self.status, self.kind, self.body[:300])
        found = self.json
        assert found["status"] == self.status
        assert found["title"]
        return self.status, found["type"]


class Terminal:
    """One seat: a connection, cookies and a token. A line that was closed while it stood idle is opened again once, as browsers do;
    all other faults are raised.
    """

    def __init__(self, port: int, timeout: float = 30) -> None:
        self.port, self.timeout = port, timeout
        self.cookies: dict[str, str] = {}
        self.csrf, self.attempt = "", ""
        self.questions: list[dict[str, Any]] = []
        self.line: http.client.HTTPConnection | None = None

    def call(
        self, method: str, path: str, body: Any = None, *, token: bool = True, raw: bytes | None = None, **headers: str
    ) -> Answer:
        """One request. `body` goes as JSON; `raw` as it is."""
        sent = {
            "Accept": "application/json, application/pdf",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if token and self.csrf:
            sent["X-CSRF-Token"] = self.csrf
        if self.line is not None:
            with suppress(ConnectionError):
                return self._once(method, path, data, sent)
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        return self._once(method, path, data, sent)

    def _once(self, method: str, path: str, data: bytes | None, sent: Mapping[str, str]) -> Answer:
        assert self.line is not None
        try:
            self.line.request(method, path, data, dict(sent))
            with self.line.getresponse() as answer:
                return self._taken(answer)
        except LINE_FAULTS:
            self.hang_up()
            raise

    def _taken(self, answer: http.client.HTTPResponse) -> Answer:
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition("=")
            self.cookies[name] = value.partition(";")[0]
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, answer.headers.get_content_type(), answer.read(), headers)

    def hang_up(self) -> None:
        """Drop the line; cookies and token stay."""
        if self.line is not None:
            self.line.close()
            self.line = None

    def __del__(self) -> None:
        self.hang_up()

    @property
    def path(self) -> str:
        """The address of the attempt."""
        return f"/exam/attempts/{self.attempt}"

    def sign_in(self, id_number: object, admission: object) -> Answer:
        """Sign in; keeps what the terminal is told."""
        answer = self.call("POST", "/exam/sign-in", {"id_number": id_number, "admission": admission}, token=False)
        if answer.status == 200:
            self.csrf, self.attempt = answer.json["csrf"], answer.json["attempt"]
        return answer

    def start(self, language: str = "bo") -> Answer:
        """Start the clock; keeps the questions."""
        answer = self.call("POST", f"{self.path}/start", {"language": language})
        if answer.status == 200:
            self.questions = answer.json["questions"]
        return answer

    def get(self) -> Answer:
        """The attempt as it is."""
        return self.call("GET", self.path)

    def answer(self, position: int, options: object, seq: object) -> Answer:
        """Send one answer."""
        return self.call("PUT", f"{self.path}/answers/{position}", {"options": options, "seq": seq})

    def submit(self) -> Answer:
        """Hand in."""
        return self.call("POST", f"{self.path}/submit", {})

    def option(self, position: int, number: int = 0) -> str:
        """The id of an option."""
        found: str = self.questions[position - 1]["options"][number]["id"]
        return found


def seat(port: int, id_number: str, code: str, *, start: bool = True) -> Terminal:
    """A terminal at which somebody has signed in, and started unless said otherwise."""
    terminal = Terminal(port)
    signed = terminal.sign_in(id_number, code)
    assert signed.status == 200, signed.body
    if start:
        begun = terminal.start()
        assert begun.status == 200, begun.body
    return terminal


@dataclass
class Kept:
    """What a terminal knows: by (position, seq) the receipt and options of each acknowledged answer; what it sent in vain."""

    receipts: dict[tuple[int, int], tuple[str, list[str]]] = field(default_factory=dict)
    doubts: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    seq: int = 0

    def newest(self) -> dict[str, tuple[int, list[str]]]:
        """By position, the newest acknowledged seq and options."""
        found: dict[str, tuple[int, list[str]]] = {}
        for (position, seq), (_, options) in sorted(self.receipts.items(), key=lambda item: item[0][1]):
            found[str(position)] = (seq, options)
        return found


class Room:
    """Terminals that save without pause, each in a thread, until they are told to stop or the line is gone."""

    def __init__(self, terminals: Sequence[Terminal]) -> None:
        self.terminals = terminals
        self.kept = [Kept() for _ in terminals]
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self) -> None:
        """Everybody answers, as fast as receipts come."""
        self._stop.clear()
        self._threads = [
            threading.Thread(target=self._answer, args=(terminal, kept), daemon=True)
            for terminal, kept in zip(self.terminals, self.kept, strict=True)
        ]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Nobody sends anything more; what is under way is waited for."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()

    @property
    def receipts(self) -> int:
        """How many answers were acknowledged so far."""
        return sum(len(kept.receipts) for kept in self.kept)

    def _answer(self, terminal: Terminal, kept: Kept) -> None:
        pick = random.Random(f"{terminal.attempt} {kept.seq}")
        while not self._stop.is_set() and self.one(terminal, kept, pick):
            pass

    def one(self, terminal: Terminal, kept: Kept, pick: random.Random) -> int:
        """Send one answer and note what became of it; its status, 0 without a line."""
        kept.seq += 1
        question = pick.choice(terminal.questions)
        position, options = question["position"], [pick.choice(question["options"])["id"]]
        try:
            answer = terminal.answer(position, options, kept.seq)
        except LINE_FAULTS:
            kept.statuses.append(0)
            kept.doubts[(position, kept.seq)] = options
            return 0
        kept.statuses.append(answer.status)
        if answer.status == 200:
            kept.receipts[(position, kept.seq)] = (answer.json["receipt"], options)
        else:
            kept.doubts[(position, kept.seq)] = options
        return answer.status

    def lost(self) -> list[str]:
        """What was acknowledged and is not there: read back at each terminal, as its page would after a reload."""
        gone = []
        for terminal, kept in zip(self.terminals, self.kept, strict=True):
            terminal.hang_up()  # the line may lead to a server that is no more
            found = terminal.get()
            assert found.status == 200, found.body
            stored = found.json["answers"]
            for position, (seq, options) in kept.newest().items():
                later = [sent for (place, other), sent in kept.doubts.items() if str(place) == position and other > seq]
                if stored.get(position) not in [options, *later]:
                    gone.append(f"{terminal.attempt} {position}: {options} is {stored.get(position)}")
        return gone
