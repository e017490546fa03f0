"""What every answer carries: headers, the language of the page, versioned addresses of static files, the words of both scripts."""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, current_app, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from . import guard
from .language import TAGS, is_draft, language, text

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'; frame-src 'self'"
)
YEAR_SECONDS = 31_536_000
Start = Callable[..., Any]


class Headers:
    """A WSGI layer that adds the same headers to every answer, whatever made it."""

    def __init__(self, app: Callable[[dict[str, Any], Start], Iterable[bytes]], secure: bool) -> None:
        self.app = app
        self.always = [
            ("Content-Security-Policy", CSP),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ]
        if secure:
            self.always.append(("Strict-Transport-Security", f"max-age={YEAR_SECONDS}"))

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """One request."""

        def begin(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            headers += self.always
            if not any(name == "Cache-Control" for name, _ in headers):
                headers.append(("Cache-Control", "no-store"))
            return start(status, headers, *fault)

        return self.app(environ, begin)


class PageSession(SecureCookieSessionInterface):
    """Flask's session carries notices from one staff page to the next; the terminal's calls have none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None means none: Flask then neither reads nor writes a cookie."""
        if request.path.startswith("/exam/attempts/"):
            return self.make_null_session(app)
        return super().open_session(app, request)


def install(app: Flask, is_demonstration: Callable[[], bool], secure: bool) -> None:
    """Dress every answer of the app."""
    app.wsgi_app = Headers(app.wsgi_app, secure)  # type: ignore[method-assign, assignment]
    app.session_interface = PageSession()
    for name, spoken in (("_", None), ("_zh", "zh"), ("_bo", "bo")):
        app.jinja_env.globals[name] = _translator(spoken)

    @app.context_processor
    def context() -> dict[str, Any]:
        demonstration = is_demonstration()
        return {
            "lang": TAGS[language()],
            "language": language(),
            "demonstration": demonstration,
            "drafts": is_draft("bo"),
            "csrf_token": guard.csrf_token,
            "asset": asset,
        }

    @app.after_request
    def remember_language(response: Response) -> Response:
        if request.query_string and request.method == "GET" and request.args.get("lang") in TAGS:
            response.set_cookie("language", request.args["lang"], samesite="Lax", secure=secure, httponly=True)
        if request.endpoint == "static" and "v" in request.args:
            response.cache_control.no_cache = None
            response.cache_control.max_age = YEAR_SECONDS
            response.cache_control.immutable = True
        return response


def _translator(spoken: str | None) -> Any:
    def translate(msgid: str, /, **facts: object) -> str:
        return text(spoken or language(), msgid, **facts)

    return translate


@lru_cache(maxsize=500)
def _version(folder: str, path: str) -> str:
    return hashlib.sha256((Path(folder) / path).read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """The address of a static file, changing with its content."""
    return url_for("static", filename=path, v=_version(str(current_app.static_folder), path))
