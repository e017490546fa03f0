"""Builds the application: settings, database, blueprints, guard, errors, headers."""

import hashlib
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request, url_for
from flask_login import LoginManager, UserMixin, current_user

from .accounts import logins
from .accounts.logins import Login
from .accounts.service import Installation, installation, record
from .config import ROOT, Settings
from .db import append, connect, db, here
from .domain.access import Actor
from .domain.entries import EntryKind
from .domain.errors import RuleBroken
from .exam import service as exam_service
from .exam import terminal
from .exam.views import exam
from .files import Store
from .keys import Keyring
from .migrations import HEAD
from .web import errors, guard
from .web.cookies import read_cookie
from .web.language import TAGS, choose, language, text

LARGEST_BODY = 4 * 1024 * 1024
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'; frame-src 'self'"
)
STAFF_IDLE_SECONDS, STAFF_MOST_SECONDS = 3_600, 12 * 3_600
log = logging.getLogger("examsys")


class StaffUser(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of a staff member who is signed in."""

    def __init__(self, login: Login, actor: Actor) -> None:
        self.id = actor.account
        self.login, self.actor = login, actor


def create_app(settings: Settings | None = None) -> Flask:
    """The application of one site."""
    settings = settings or Settings()
    app = Flask("examsys", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    keys = Keyring(settings.home)
    settings.home.mkdir(parents=True, exist_ok=True)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=driver_url(settings.url),
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 40, "max_overflow": 40, "pool_pre_ping": not settings.is_sqlite},
        SECRET_KEY=keys.secret("pages.key"),
        SECURE=settings.secure,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        SESSION_COOKIE_NAME="page",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    db.init_app(app)
    with app.app_context():
        app.extensions["examsys.database"] = connect(app, db.engine)
    app.extensions["examsys.installation"] = Installation(settings, keys, Store(settings.home / "files"))
    _register(app)
    _dress(app)
    _recognise(app)
    errors.install(app, _report)
    guard.install(app, _Loader())
    return app


def driver_url(url: str) -> str:
    """PostgreSQL is spoken to by psycopg 3, whatever the URL says."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


BLUEPRINTS = (exam,)


def _register(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

    app.add_url_rule("/healthz", "healthz", healthz)


@guard.public
def healthz() -> tuple[dict[str, str], int]:
    """Whether the database answers and its schema is current."""
    try:
        with here().reading() as raw:
            found = raw.one("SELECT version_num FROM alembic_version")
    except Exception:
        return {"status": "no database"}, 503
    return ({"status": "ok"}, 200) if found and found[0] == HEAD else ({"status": "schema"}, 503)


def _recognise(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app)

    @manager.request_loader  # type: ignore[untyped-decorator]
    def load(_request: Any) -> StaffUser | None:
        return _staff_user()


def _staff_user() -> StaffUser | None:
    token = read_cookie("desk")
    login = logins.find(token) if token else None
    if login is None:
        return None
    actor = logins.actor_of_login(login, STAFF_IDLE_SECONDS, STAFF_MOST_SECONDS)
    if actor is None:
        return None
    logins.touch(login)
    return StaffUser(login, actor)


class _Loader:
    """What the guard asks of the floors above it."""

    def staff(self) -> tuple[Actor, str] | None:
        """Through Flask-Login, which remembers it for the request."""
        if not current_user.is_authenticated:
            return None
        g.login = current_user.login
        return current_user.actor, current_user.login.csrf

    def terminal(self) -> Login | None:
        """The candidate's login, if this browser is a terminal."""
        login = terminal.login_here()
        return login if login is not None and login.attempt_id else None

    def may_see(self, login: Login, attempt_id: str) -> bool:
        """Whether the attempt is this candidate's."""
        return exam_service.may_see(login, attempt_id)

    def refused(self, actor: Actor, reason: str) -> None:
        """An entry for whoever was turned away."""
        append(lambda raw: record(EntryKind.AUTH_REFUSED, actor, data={"reason": reason[:200]}, raw=raw))


def _report(error: BaseException) -> None:
    log.error("%s %s: %r", request.method, request.path, error, exc_info=error)


def _dress(app: Flask) -> None:
    """What every page has: language, versioned addresses of static files, tokens, headers."""

    @app.before_request
    def choose_language() -> None:
        g.language = choose(request.args.get("lang"), ("zh", "en", "bo"), request.cookies.get("language"))

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "lang": TAGS[language()],
            "language": language(),
            "demonstration": _is_demonstration(),
            "drafts": _is_demonstration(),
            "csrf_token": guard.csrf_token,
            "asset": asset,
        }

    for name, spoken in (("_", None), ("_zh", "zh"), ("_bo", "bo")):
        app.jinja_env.globals[name] = _translator(spoken)

    @app.after_request
    def finish(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = CSP
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if request.endpoint != "static" and "max-age" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = "no-store"
        if app.config["SECURE"]:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        wanted = request.args.get("lang")
        if wanted in TAGS and request.method == "GET":
            response.set_cookie("language", wanted, samesite="Lax", secure=app.config["SECURE"], httponly=True)
        return response


def _translator(spoken: str | None) -> Any:
    def translate(msgid: str, /, **facts: object) -> str:
        return text(spoken or language(), msgid, **facts)

    return translate


def _is_demonstration() -> bool:
    return is_site() and installation().is_demonstration


@lru_cache(maxsize=500)
def _version(path: str) -> str:
    return hashlib.sha256((ROOT / "static" / Path(path)).read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """The address of a static file, changing with its content."""
    return url_for("static", filename=path, v=_version(path))
