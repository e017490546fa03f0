"""Builds the application: settings, database, blueprints, guard, errors, headers."""

import logging
from typing import Any

from flask import Flask, g, request
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from .accounts import logins
from .accounts.logins import Login
from .accounts.service import Installation, installation, is_site, record
from .accounts.views import accounts, staff_context
from .bank.views import bank
from .certificates.views import certificates
from .config import ROOT, Settings
from .db import AWAY, append, connect, db, here
from .desk import (  # noqa: F401  their pages go on the desk
    booth_views,
    bulk_views,
    editor_views,
    exchange_views,
    hearing_views,
    history_views,
    import_views,
    picture_views,
    release_views,
    terms_views,
    typing_views,
)
from .desk.figures_views import desk_figures
from .desk.views import desk
from .domain.access import Actor
from .domain.entries import EntryKind
from .domain.errors import RuleBroken
from .exam import holding, service, terminal
from .exam.lane import AnswerLane
from .exam.views import exam
from .files import Store
from .invigilation.views import invigilation
from .keys import Keyring
from .migrations import HEAD
from .supervision.views import supervision
from .web import dress, errors, guard
from .web.cookies import read_cookie

LARGEST_BODY = 4 * 1024 * 1024
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
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 40, "max_overflow": 40},
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
    app.wsgi_app = AnswerLane(app, app.wsgi_app)  # type: ignore[method-assign, assignment]
    dress.install(app, _is_demonstration, settings.secure)
    _recognise(app)
    if settings.proxied:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)  # type: ignore[method-assign]
    errors.install(app, _report, AWAY)
    guard.install(app, _Loader())
    return app


def driver_url(url: str) -> str:
    """PostgreSQL is spoken to by psycopg 3, whatever the URL says."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


BLUEPRINTS = (accounts, bank, desk, exam, desk_figures, invigilation, certificates, supervision)


def _register(app: Flask) -> None:
    from .demo.doors import doors  # here, because making a demonstration makes an application

    for blueprint in (*BLUEPRINTS, doors):
        app.register_blueprint(blueprint)
    app.context_processor(staff_context)

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

    def owes_password(self, actor: Actor) -> bool:
        """Whether the account's password was handed out by somebody."""
        return logins.owes_password(actor.account)

    def terminal(self) -> Login | None:
        """The candidate's login, if this browser is a terminal."""
        login = terminal.login_here()
        return login if login is not None and login.attempt_id else None

    def may_see(self, login: Login, attempt_id: str) -> bool:
        """Whether the attempt is this candidate's."""
        return holding.may_see(login, attempt_id)

    def shows_both(self, login: Login) -> bool:
        """Whether the attempt is shown in both languages alike; not where the database is away."""
        try:
            return bool(login.attempt_id) and service.language_of(str(login.attempt_id)) == "both"
        except (RuleBroken, *AWAY):
            return False

    def refused(self, actor: Actor, reason: str) -> None:
        """An entry for whoever was turned away."""
        append(lambda raw: record(EntryKind.AUTH_REFUSED, actor, data={"reason": reason[:200]}, raw=raw))


def _report(error: BaseException) -> None:
    if isinstance(
        error, (RuleBroken, *AWAY)
    ):  # known; a hall that tries again would fill the log with where it was noticed
        log.error("%s %s: %s (%s)", request.method, request.path, error, error.__cause__)
    else:
        log.error("%s %s: %r", request.method, request.path, error, exc_info=error)


def _is_demonstration() -> bool:
    try:
        return is_site() and installation().is_demonstration
    except (RuleBroken, *AWAY):  # the page that says so must be made all the same
        return False
