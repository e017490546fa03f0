"""The one client of the tests: it looks at every answer of every test, whatever the test itself asks.

Never a fault of the house, never a stack trace; the headers that keep scripts out; problems in their form. Every page has a
title and a language, says in which language each run of Tibetan and Chinese is, has a token in every form, no id twice, no
script or style of its own, nothing from elsewhere, and no message that the catalogues lack.
"""

import json
import re
from collections import Counter
from gettext import NullTranslations
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from examsys.web.language import catalogue

TIBETAN, HAN = re.compile("[\u0f00-\u0fff]"), re.compile("[\u3400-\u9fff]")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
ELSEWHERE = re.compile("^(?:[a-z]+:)?//", re.I)
ADDRESSES = frozenset({"src", "href", "action", "formaction", "poster", "data"})


class _Missing(NullTranslations):
    """Stands behind a catalogue and notes what that did not have."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def gettext(self, message: str) -> str:
        if re.search("[a-z]{2}", message):
            self.seen.add(message)
        return message


MISSING: dict[str, _Missing] = {}


def watch_catalogues() -> None:
    """Note from now on every message that the Chinese or the Tibetan catalogue lacks."""
    for language in ("zh", "bo"):
        if language not in MISSING:
            MISSING[language] = _Missing()
            catalogue(language).add_fallback(MISSING[language])


class Page(HTMLParser):
    """A page as the tests read it, and what is wrong with it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.title, self.text = "", ""
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.data: dict[str, Any] = {}
        self._open: list[tuple[str, str | None]] = []  # tag, language in force
        self._script: dict[str, str | None] | None = None
        self.lang: str | None = None
        self.feed(html)
        self._finish(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        above = self._open[-1][1] if self._open else None
        if tag not in VOID:
            self._open.append((tag, named.get("lang") or above))
        if tag == "html":
            self.lang = named.get("lang")
        self._look(tag, named)
        if tag == "form":
            self.forms.append(
                {"method": (named.get("method") or "get").lower(), "action": named.get("action"), "fields": {}}
            )
        elif tag in ("input", "select", "textarea", "button") and named.get("name") and self.forms:
            self.forms[-1]["fields"][named["name"]] = named.get("value") or ""
        elif tag == "script":
            self._script = named
        elif tag == "a" and named.get("href"):
            self.links.append(str(named["href"]))

    def _look(self, tag: str, named: dict[str, str | None]) -> None:
        if named.get("id"):
            self.ids[str(named["id"])] += 1
        for name, value in named.items():
            if name.startswith("on"):
                self.faults.append(f"event handler {name} on <{tag}>")
            if name == "style":
                self.faults.append(f"style attribute on <{tag}>")
            if name in ADDRESSES and value and (ELSEWHERE.match(value) or value.lower().startswith("javascript:")):
                self.faults.append(f"address elsewhere: {value}")
        if tag == "style":
            self.faults.append("inline <style>")
        if tag == "img" and "alt" not in named:
            self.faults.append("picture without a text")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                break
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        tag, lang = self._open[-1] if self._open else ("", None)
        if self._script is not None:
            self._script_text(data)
        elif tag == "title":
            self.title += data
        elif tag != "style":
            self.text += data + " "
            self._language(data, lang)

    def _script_text(self, data: str) -> None:
        assert self._script is not None
        if self._script.get("type") in ("application/json", "text/template"):
            if self._script.get("id"):
                self.data[str(self._script["id"])] = data
        elif data.strip():
            self.faults.append("inline <script>")

    def _language(self, data: str, lang: str | None) -> None:
        if TIBETAN.search(data) and not (lang or "").startswith("bo"):
            self.faults.append(f"Tibetan under lang={lang}: {data.strip()[:40]}")
        if HAN.search(data) and not (lang or "").startswith("zh"):
            self.faults.append(f"Chinese under lang={lang}: {data.strip()[:40]}")

    def _finish(self, html: str) -> None:
        if not html.lstrip().lower().startswith("<!doctype html>"):
            self.faults.append("no doctype")
        if not self.title.strip():
            self.faults.append("no title")
        if not self.lang:
            self.faults.append("no language")
        self.faults += [f"id twice: {name}" for name, times in self.ids.items() if times > 1]
        for form in self.forms:
            if form["method"] == "post" and "csrf_token" not in form["fields"]:
                self.faults.append(f"form without a token: {form['action']}")
        if re.search(r"%\([a-z_]+\)[sd]", self.text):
            self.faults.append("a message without its facts")


class InspectingClient(FlaskClient):
    """A browser that looks at everything it is given."""

    faults_expected = False

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # type: ignore[override]
        """Ask, and look at the answer."""
        for missing in MISSING.values():
            missing.seen.clear()
        response = super().open(*args, **kwargs)
        response.get_data()
        response.close()  # a file that was sent
        inspect(response, self.faults_expected)
        return response

    def page(self, path: str, **kwargs: Any) -> Page:
        """A page that must be there."""
        response = self.get(path, **kwargs)
        assert response.status_code == 200, f"{path}: {response.status_code} {response.get_data(as_text=True)[:300]}"
        return Page(response.get_data(as_text=True))


def inspect(response: TestResponse, faults_expected: bool = False) -> None:
    """Fail for whatever no answer of the house may be."""
    where, body = f"{response.request.method} {response.request.path}", response.get_data()
    assert faults_expected or response.status_code != 500, f"{where}: a fault of the house: {body[:300]!r}"
    assert b"Traceback" not in body, f"{where}: a stack trace"
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, f"{where}: no policy for scripts"
    assert "unsafe" not in policy, f"{where}: unsafe policy for scripts"
    assert response.headers.get("X-Content-Type-Options") == "nosniff", where
    if response.mimetype == "application/problem+json":
        problem = json.loads(body)
        assert problem["status"] == response.status_code, where
        assert problem["type"], where
        assert problem["title"], where
    elif response.mimetype == "text/html" and body and response.status_code not in (301, 302, 303, 307, 308):
        faults = Page(body.decode()).faults
        assert not faults, f"{where}: {faults}"
    for language, missing in MISSING.items():
        assert not missing.seen, f"{where}: the {language} catalogue lacks {sorted(missing.seen)}"
