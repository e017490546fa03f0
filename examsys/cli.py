"""The commands of the house: python -m examsys … Each that lists or checks has --json and exits non-zero when it finds a fault."""

import os
from pathlib import Path

import click

from .commands.bank import bank
from .commands.record import certificate, log_, paper, regrade
from .commands.running import fail
from .commands.site import db, site
from .config import Settings


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
    os.environ["EXAMSYS_PROXIED"] = "1" if behind_proxy else "0"
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
        from .domain.errors import RuleBroken

        try:
            make_demonstration(settings, 12, file, click.echo)
        except RuleBroken as broken:
            fail(f"refused: no demonstration in {settings.home}: {broken}")
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


for _command in (site, db, bank, paper, log_, regrade, certificate):
    main.add_command(_command)
