"""One journey over TLS with the site's own authority: the chain is right, and cookies cannot leave the host or go in the clear."""

import http.client
import json
import shutil
import socket
import ssl
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser import seat
from tests.browser.served import run, served
from tests.browser.window import Windows


def test_a_journey_over_tls(demonstration: Path, tmp_path: Path, browser: Browser, pictures: Path) -> None:
    home = shutil.copytree(demonstration, tmp_path / "home")
    made = run(home, "site", "tls")
    assert made.returncode == 0, made.stderr
    folder = home / "tls"
    certificate, key = str(folder / "server.pem"), str(folder / "server.key")
    with served(home, "--cert", certificate, "--key", key, tls=True) as secure:
        _chain_holds(secure.url, folder / "ca.pem")
        windows = Windows(browser, secure.url, pictures, "tls")
        # The test's browser does not know the site's authority; Python has just checked it.
        page = windows.open(ignore_https_errors=True)
        seat.sign_in(page, secure.candidate("subject1"))
        seat.start(page, "both")
        seat.option(page, 0).click()
        seat.saved(page)
        windows.look(page, "both")
        cookie = next(cookie for cookie in page.context.cookies() if cookie["name"].endswith("seat"))
        assert cookie["name"] == "__Host-seat"
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
        page.reload()
        expect(page.locator(".grid .answered")).to_have_count(1)
        windows.close()
        assert not windows.faults, windows.faults


def _chain_holds(url: str, authority: Path) -> None:
    """Checked against the site's authority alone, by name and by address; nothing older than TLS 1.2 is spoken."""
    port = int(url.rsplit(":", 1)[1])
    trusting = ssl.create_default_context(cafile=str(authority))
    for name in ("127.0.0.1", "localhost"):
        with trusting.wrap_socket(socket.create_connection(("127.0.0.1", port), 5), server_hostname=name) as line:
            assert line.version() in ("TLSv1.2", "TLSv1.3")
    call = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=10)
    call.request("GET", "/healthz")
    answer = call.getresponse()
    assert json.loads(answer.read()) == {"status": "ok"}
    assert "max-age=" in (answer.headers["Strict-Transport-Security"] or "")
    call.close()
