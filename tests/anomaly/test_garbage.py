"""Whatever is sent, the answer is a problem with the right status: never a fault, never a stack trace, never anything lost."""

import json
import random
import socket
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.anomaly.conftest import Hall
from tests.anomaly.terminal import Answer, Terminal

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
JUNK: list[Any] = [
    None, True, 0, -1, 1, 1.5, 1e308, 2**70, "", "x", "\ud800", "\x00", "a" * 5_000, [], [[]], {}, {"a": {}}, ["\ud800"], [None], [{}],
    "<script>alert(1)</script>", "བོད་", "\u202e", "shown", "language", "flag", "audio",
]  # fmt: skip
BODIES = [
    b"", b"{", b"[1", b"NaN", b'{"options":NaN,"seq":1}', b'{"seq":' + b"9" * 5_000 + b"}", b"[" * 50_000, b'{"a":1}more', b"\xef\xbb\xbf{}",
    b'"\\ud800"', b"csrf_token=%ff&a=%00", b"\xff\xfe\x00", b'{"id_number":"\xff"}', b"null", b"1e999",
]  # fmt: skip
FIELDS = (
    "id_number",
    "admission",
    "options",
    "seq",
    "language",
    "steps",
    "kind",
    "username",
    "password",
    "csrf_token",
    "minutes",
    "reason",
)
HEADERS: list[dict[str, str]] = [
    {}, {}, {}, {"Content-Type": "text/html"}, {"Content-Type": "application/json; charset=utf-16"}, {"Content-Type": "multipart/form-data"},
    {"Content-Type": "application/x-www-form-urlencoded"}, {"Accept-Language": "\xff\xfe"}, {"Accept-Language": "bo;q=x, ;;,a" * 200},
    {"Cookie": "seat=\xff; desk=%00"}, {"Cookie": "page=eyJ.x.y; language=../.."}, {"Cookie": "seat=" + "a" * 4_000}, {"Accept": "\xff/*;q=2"},
    {"Range": "bytes=9-1"}, {"If-None-Match": '"'}, {"X-CSRF-Token": "\xff"},
]  # fmt: skip


def addresses(hall: Hall, attempt: str) -> list[str]:
    """Every address of the house, with things in it that do not exist or are no names at all; and the candidate's own."""
    found = [
        "/static/%00",
        "/static/..%2f..%2fpyproject.toml",
        "/%ff%fe",
        "//x",
        "/exam/media/%00.svg",
        f"/certificates/attempts/{attempt}/sheet.pdf",
    ]
    for rule in hall.house.app.url_map.iter_rules():
        for text, number in (("x", 1), ("%00%ff", 10**30), (attempt, 3)):
            url = rule.rule
            for name in rule.arguments:
                kind = "<int:" if f"<int:{name}>" in url else "<path:" if f"<path:{name}>" in url else "<"
                url = url.replace(f"{kind}{name}>", str(number) if kind == "<int:" else text)
            found.append(url)
    return [url for url in dict.fromkeys(found) if not url.endswith(("sign-out", "submit", "/spoil"))]


def thing(pick: random.Random) -> Any:
    """What nobody meant to send."""
    if pick.random() < 0.3:
        steps = [
            {name: pick.choice(JUNK) for name in ("kind", "position", "value", "ms")} for _ in range(pick.randrange(4))
        ]
        return {"steps": steps}
    return {name: pick.choice(JUNK) for name in FIELDS if pick.random() < 0.7}


def send(terminal: Terminal, pick: random.Random, urls: list[str]) -> tuple[str, Answer]:
    method, url = pick.choice(("GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")), pick.choice(urls)
    if pick.random() < 0.3:
        method, url = pick.choice(
            (("POST", f"{terminal.path}/view"), ("PUT", f"{terminal.path}/answers/{pick.randrange(1, 11)}"))
        )
    raw = pick.choice(BODIES) if pick.random() < 0.3 else json.dumps(thing(pick)).encode()
    headers = pick.choice(HEADERS)
    return f"{method} {url} {raw[:200]!r} {headers}", terminal.call(method, url, raw=raw, **headers)


@SQLITE
def test_a_thousand_requests_of_garbage(hall: Callable[..., Hall]) -> None:
    made = hall(2)
    terminal, other = made.terminals()
    chosen = [terminal.option(1)]
    assert terminal.answer(1, chosen, 10**9).status == 200
    pick, urls, seen = random.Random(20261122), addresses(made, terminal.attempt), Counter[int]()
    for _ in range(1_000):
        what, answer = send(terminal, pick, urls)
        seen[answer.status] += 1
        assert answer.status < 500, what
        assert b"Traceback" not in answer.body, what
    assert len(seen) > 5
    assert {"1": chosen}.items() <= terminal.get().json["answers"].items()
    assert other.answer(1, [other.option(1)], 1).status == 200
    assert "Traceback" not in made.site.said
    assert made.broken() == ""


@SQLITE
def test_bodies_of_ten_megabytes(hall: Callable[..., Hall]) -> None:
    made = hall(1)
    (terminal,) = made.terminals()
    for method, path in (
        ("POST", "/exam/sign-in"),
        ("PUT", f"{terminal.path}/answers/1"),
        ("POST", f"{terminal.path}/view"),
    ):
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
        head += f"Cookie: seat={terminal.cookies['seat']}\r\nX-CSRF-Token: {terminal.csrf}\r\n"
        for framing in (f"Content-Length: {10 * 2**20}\r\n", "Transfer-Encoding: chunked\r\n"):
            chunked = framing.startswith("T")  # nobody says how long it is: refused unread
            assert status_of(made.site.port, (head + framing + "\r\n").encode(), chunked) == (400 if chunked else 413)
    assert terminal.answer(1, [terminal.option(1)], 1).status == 200


def status_of(port: int, head: bytes, chunked: bool) -> int:
    """The status for a body of 10 MiB, also where the server answers and hangs up before the end of it."""
    block = b" " * 65_536
    if chunked:
        block = b"10000\r\n" + block + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head)
        try:
            for _ in range(160):
                line.sendall(block)
            line.sendall(b"0\r\n\r\n" if chunked else b"")
        except OSError:
            pass  # the answer is there already
        return int(line.makefile("rb").readline().split()[1])


@SQLITE
def test_nobody_is_blocked_by_a_slow_reader(hall: Callable[..., Hall]) -> None:
    made = hall(2)
    terminal, slow = made.terminals()
    lines = []
    for _ in range(60):  # more than there are threads; each asks for the paper again and again and reads nothing
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.connect(("127.0.0.1", made.site.port))
        line.sendall(
            f"GET {slow.path} HTTP/1.1\r\nHost: x\r\nCookie: seat={slow.cookies['seat']}\r\n\r\n".encode() * 20
        )
        lines.append(line)
    for seq in range(1, 21):
        assert terminal.answer(1, [terminal.option(1)], seq).status == 200
    for line in lines:
        line.close()
    assert slow.get().status == 200
