"""Commands about the question bank."""

import sys
from pathlib import Path

import click

from ..config import Settings
from .running import with_app


@click.group()
def bank() -> None:
    """The question bank."""


@bank.command("check")
@click.option("--folder", type=click.Path(exists=True, path_type=Path), default=None)
@click.option("--json", "as_json", is_flag=True)
def bank_check(folder: Path | None, as_json: bool) -> None:
    """Name every fault of the bank by file, line, question and rule."""
    from ..bank.check import check_bank

    report = check_bank(folder or Settings().bank)
    click.echo(report.to_json() if as_json else report.to_text())
    sys.exit(0 if report.sound else 1)


@bank.command("fmt")
@click.argument("again", nargs=-1)
def bank_fmt(again: tuple[str, ...]) -> None:
    """Bring the files into normal form; stamp new translations as machine drafts. AGAIN: ids whose translation was made anew after the Chinese changed."""
    from ..bank.fmt import format_bank

    click.echo(f"written: {sum(format_bank(Settings().bank, again=frozenset(again)).values())}")


@bank.command("publish")
@click.argument("number")
@with_app
def bank_publish(number: str) -> None:
    """Publish the bank's files as an immutable release of this site."""
    from ..bank import service as bank_service
    from ..bank.compiled import load_bank

    settings = Settings()
    compiled = load_bank(settings.bank, settings.home / "cache")
    release = bank_service.publish(number, tuple(compiled.questions.values()), settings.bank / "media")
    click.echo(f"{number}: {len(compiled.questions)} questions, release {release}")
