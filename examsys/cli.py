"""The commands of the house: python -m examsys … Each that lists or checks has --json and exits non-zero when it finds a fault."""

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from .config import Settings


def fail(message: str) -> NoReturn:
    """Say what is wrong and leave with 1."""
    click.echo(message, err=True)
    sys.exit(1)


def with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command inside the application of this home, and turn a broken rule into a line on standard error."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from .app import create_app
        from .domain.errors import RuleBroken

        with create_app().app_context():
            try:
                return command(*args, **kwargs)
            except RuleBroken as broken:
                fail(str(broken))

    return wrapped


@click.group()
def main() -> None:
    """Theory exams in Tibetan and Chinese, and the record that proves them."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--cert", type=click.Path(exists=True), help="TLS certificate (PEM).")
@click.option("--key", type=click.Path(exists=True), help="Its private key (PEM).")
@click.option("--behind-proxy", is_flag=True, help="A proxy on this machine ends TLS.")
@click.option("--demo", "demonstration", is_flag=True, help="Make the demonstration first, if there is none.")
@click.option("--engine", type=click.Choice(["granian", "gunicorn"]), default="granian", show_default=True)
def serve(
    host: str, port: int, cert: str | None, key: str | None, behind_proxy: bool, demonstration: bool, engine: str
) -> None:
    """Serve the site with the production server."""
    loopback = host in ("127.0.0.1", "::1", "localhost")
    if not loopback and not (cert and key) and not behind_proxy:
        fail("refused: a host other than loopback needs --cert and --key, or --behind-proxy")
    if demonstration:
        _demonstration_if_none(port)
    _check_schema()
    os.environ["EXAMSYS_LOOPBACK"] = "1" if loopback and not behind_proxy else "0"
    os.environ["EXAMSYS_SECURE"] = "1" if (cert and key) or behind_proxy else "0"
    from .serving import become_sole_server
    from .serving import serve as run

    if Settings().is_sqlite:
        try:
            os.close(become_sole_server(Settings().home))  # asked here for a clear word; the worker takes it for good
        except BlockingIOError as held:
            fail(f"refused: {held}")
    run(host, port, cert, key, engine)


def _demonstration_if_none(port: int) -> None:
    settings = Settings()
    file = settings.home / "demo.json"
    if not file.exists():
        from .demo import make_demonstration

        make_demonstration(settings, 12, file, click.echo)
    click.echo(
        f"""
  examsys · 演示样张 · 无效 — a demonstration: nothing here is an exam, nothing leaves this machine
  open      http://127.0.0.1:{port}/
  accounts  {file}
  data      {settings.home}
  stop      Ctrl+C      start afresh: stop, delete the data folder, make run
"""
    )


def _check_schema() -> None:
    import sqlite3

    from .migrations import HEAD

    settings = Settings()
    if not settings.is_sqlite:
        return  # /healthz says it
    try:
        found = (
            sqlite3.connect(settings.url.removeprefix("sqlite:///"))
            .execute("SELECT version_num FROM alembic_version")
            .fetchone()[0]
        )
    except (sqlite3.Error, TypeError):
        fail(f"{settings.home} holds no site yet: make one with `init` or `demo`")
    if found != HEAD:
        fail(f"the database's schema is {found}, this software needs {HEAD}: run `db upgrade`")


@main.command()
@click.option("--candidates", default=12, show_default=True, help="How many live candidates, checked in and released.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write accounts and candidates (mode 600)."
)
def demo(candidates: int, out: Path | None) -> None:
    """Fill an empty database with a demonstration prefecture."""
    from .demo import make_demonstration
    from .domain.errors import RuleBroken

    settings = Settings()
    try:
        make_demonstration(settings, candidates, out or settings.home / "demo.json", click.echo)
    except RuleBroken as broken:
        fail(f"refused: {broken}")


@main.command()
@click.option(
    "--id", "site_id", type=click.IntRange(1, 999), required=True, help="The site's number, unique in the prefecture."
)
@click.option("--name", required=True, help="Its Chinese name.")
@click.option("--name-bo", required=True, help="Its Tibetan name.")
@click.option("--profile", type=click.Choice(["formal", "practice"]), default="formal", show_default=True)
def init(site_id: int, name: str, name_bo: str, profile: str) -> None:
    """Make an empty database a site, with its keys and its first security administrator."""
    from .app import create_app, driver_url
    from .domain.errors import RuleBroken
    from .migrations import prepare
    from .site import make_formal_site

    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare(driver_url(settings.url), driver_url(settings.owner_url) if settings.owner_url else None)
    with create_app(settings).app_context():
        try:
            password = make_formal_site(site_id, name, name_bo, profile)
        except RuleBroken as broken:
            fail(f"refused: {broken}")
    click.echo(
        f"site {site_id} made in {settings.home}\nsecurity administrator: admin  password (shown once): {password}"
    )


@main.group()
def site() -> None:
    """This installation."""


@site.command("approve")
@click.option("--office", required=True, help="Who approved.")
@click.option("--number", required=True, help="Under which number.")
@click.option("--day", required=True, help="When (YYYY-MM-DD).")
@click.option("--subject", type=click.Choice(["subject1", "subject3"]), required=True)
@click.option("--release", default=None, help="Number of the bank release; the newest by default.")
@with_app
def site_approve(office: str, number: str, day: str, subject: str, release: str | None) -> None:
    """Enter the office's approval of papers in Tibetan, without which a formal site opens no session on them."""
    from .bank import service as bank_service

    release_id = bank_service.release_numbered(release) if release else bank_service.newest_release()[0]
    bank_service.approve(office, number, day, subject, release_id)
    click.echo(f"entered: {office} {number} of {day}, {subject}, release {bank_service.release_number(release_id)}")


@site.command("tls")
@click.option("--host", "hosts", multiple=True, default=("127.0.0.1", "localhost"), show_default=True)
def site_tls(hosts: tuple[str, ...]) -> None:
    """Make the site's CA and a server certificate for these names and addresses."""
    from .tls import make_certificates

    authority, certificate, key = make_certificates(Settings().home / "tls", hosts)
    click.echo(f"CA (put it into the terminals): {authority}\nserve --cert {certificate} --key {key}")


@main.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the schema of this software."""
    from .app import driver_url
    from .migrations import prepare

    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare(driver_url(settings.url), driver_url(settings.owner_url) if settings.owner_url else None)


@main.group()
def bank() -> None:
    """The question bank."""


@bank.command("check")
@click.option("--folder", type=click.Path(exists=True, path_type=Path), default=None)
@click.option("--json", "as_json", is_flag=True)
def bank_check(folder: Path | None, as_json: bool) -> None:
    """Name every fault of the bank by file, line, question and rule."""
    from .bank.check import check_bank

    report = check_bank(folder or Settings().bank)
    click.echo(report.to_json() if as_json else report.to_text())
    sys.exit(0 if report.sound else 1)


@bank.command("fmt")
@click.argument("again", nargs=-1)
def bank_fmt(again: tuple[str, ...]) -> None:
    """Stamp new translations as machine drafts; AGAIN: ids whose translation was made anew after the Chinese changed."""
    from .bank.fmt import stamp_translations

    click.echo(f"stamped: {sum(stamp_translations(Settings().bank, again=frozenset(again)).values())}")


@bank.command("publish")
@click.argument("number")
@with_app
def bank_publish(number: str) -> None:
    """Publish the bank's files as an immutable release of this site."""
    from .bank import service as bank_service
    from .bank.compiled import load_bank

    settings = Settings()
    compiled = load_bank(settings.bank, settings.home / "cache")
    release = bank_service.publish(number, tuple(compiled.questions.values()), settings.bank / "media")
    click.echo(f"{number}: {len(compiled.questions)} questions, release {release}")


@main.group()
def paper() -> None:
    """Papers."""


@paper.command("redraw")
@click.argument("attempt")
@click.option("--json", "as_json", is_flag=True)
@with_app
def paper_redraw(attempt: str, as_json: bool) -> None:
    """Draw an attempt's paper again from its seed and prove that it is the same."""
    from .exam.proof import redraw_paper

    proof = redraw_paper(attempt)
    click.echo(
        json.dumps(proof, ensure_ascii=False)
        if as_json
        else "\n".join(f"{name}: {value}" for name, value in proof.items())
    )


@main.group("log")
def log_() -> None:
    """The site's log."""


@log_.command("verify")
@click.option("--deep", is_flag=True, help="Also columns against bytes, and derived tables recomputed.")
@click.option("--against", type=click.Path(exists=True, path_type=Path), help="A checkpoint held elsewhere.")
@click.option("--json", "as_json", is_flag=True)
@with_app
def log_verify(deep: bool, against: Path | None, as_json: bool) -> None:
    """Check bytes, chains, tree and checkpoints; name every row that does not fit."""
    from .supervision.service import verify_site

    report = verify_site(deep=deep, against=against.read_bytes() if against else None)
    click.echo(report.to_json() if as_json else report.to_text())
    sys.exit(0 if report.is_whole else 1)


@main.command()
@click.argument("question")
@click.option("--reason", required=True)
@with_app
def regrade(question: str, reason: str) -> None:
    """Void a question and grade anew every attempt that had it; the old results stay."""
    from .bank import service as bank_service
    from .exam import results

    attempts = results.regrade(bank_service.withdraw(question, reason), reason)
    click.echo(f"{question} voided, {len(attempts)} attempts regraded")
    for attempt in attempts:
        click.echo(attempt)


@main.group()
def certificate() -> None:
    """Papers given to people."""


@certificate.command("verify")
@click.argument("what")
@click.option("--json", "as_json", is_flag=True)
@with_app
def certificate_verify(what: str, as_json: bool) -> None:
    """Check a score sheet: a PDF file, or the text of its QR."""
    from .certificates.service import verify_file, verify_text

    verdict = verify_file(Path(what).read_bytes()) if os.path.isfile(what) else verify_text(what)
    click.echo(json.dumps(verdict.as_dict(), ensure_ascii=False) if as_json else verdict.to_text())
    sys.exit(0 if verdict.holds else 1)
