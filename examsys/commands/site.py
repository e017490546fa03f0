"""Commands about this installation and its database."""

from pathlib import Path

import click

from ..config import Settings
from .running import fail, with_app


@click.group()
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
    from ..bank import approvals
    from ..bank import service as bank_service

    release_id = bank_service.release_numbered(release) if release else bank_service.newest_release()[0]
    approvals.approve(office, number, day, subject, release_id)
    click.echo(f"entered: {office} {number} of {day}, {subject}, release {bank_service.release_number(release_id)}")


@site.command("furnish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--passwords",
    type=click.Path(dir_okay=False, path_type=Path),
    help="New file for the first passwords (mode 600); first-passwords.txt in the site's folder by default.",
)
@with_app
def site_furnish(file: Path, passwords: Path | None) -> None:
    """Make offices, rooms, staff and accounts as FILE (YAML) says, all or nothing; docs/site-example.yaml is an example."""
    from ..site import FileRefusedError, furnish, read_furnishing

    target = passwords or Settings().home / "first-passwords.txt"
    try:
        told = read_furnishing(file.read_text("utf-8"))
        made = furnish(told, target)
    except FileRefusedError as refused:
        fail("\n".join(f"refused: {fault}" for fault in refused.faults))
    except FileExistsError:
        fail(f"refused: {target} is there already: hand the passwords out and delete it, or name another file")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"refused: {error}")
    offices = len(told.offices)
    click.echo(f"made: {offices} offices, {len(told.agencies)} rooms, {made} accounts\nfirst passwords: {target}")


@site.command("tls")
@click.option("--host", "hosts", multiple=True, default=("127.0.0.1", "localhost"), show_default=True)
def site_tls(hosts: tuple[str, ...]) -> None:
    """Make the site's CA and a server certificate for these names and addresses."""
    from ..tls import make_certificates

    authority, certificate, key = make_certificates(Settings().home / "tls", hosts)
    click.echo(f"CA (put it into the terminals): {authority}\nserve --cert {certificate} --key {key}")


@click.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the schema of this software."""
    from ..app import driver_url
    from ..migrations import prepare

    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare(driver_url(settings.url), driver_url(settings.owner_url) if settings.owner_url else None)
