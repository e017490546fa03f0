"""Commands that prove: papers, the log, sheets; and the regrading after a question was voided."""

import json
import os
import sys
from pathlib import Path

import click

from .running import with_app


@click.group()
def paper() -> None:
    """Papers."""


@paper.command("redraw")
@click.argument("attempt")
@click.option("--json", "as_json", is_flag=True)
@with_app
def paper_redraw(attempt: str, as_json: bool) -> None:
    """Draw an attempt's paper again from its seed and prove that it is the same."""
    from ..exam.proof import redraw_paper

    proof = redraw_paper(attempt)
    click.echo(
        json.dumps(proof, ensure_ascii=False)
        if as_json
        else "\n".join(f"{name}: {value}" for name, value in proof.items())
    )


@click.group("log")
def log_() -> None:
    """The site's log."""


@log_.command("verify")
@click.option("--deep", is_flag=True, help="Also columns against bytes, and derived tables recomputed.")
@click.option("--against", type=click.Path(exists=True, path_type=Path), help="A checkpoint held elsewhere.")
@click.option("--json", "as_json", is_flag=True)
@with_app
def log_verify(deep: bool, against: Path | None, as_json: bool) -> None:
    """Check bytes, chains, tree and checkpoints; name every row that does not fit."""
    from ..supervision.service import verify_site

    report = verify_site(deep=deep, against=against.read_bytes() if against else None)
    click.echo(report.to_json() if as_json else report.to_text())
    sys.exit(0 if report.is_whole else 1)


@click.command()
@click.argument("question")
@click.option("--reason", required=True)
@with_app
def regrade(question: str, reason: str) -> None:
    """Void a question and grade anew every attempt that had it; the old results stay."""
    from ..bank import service as bank_service
    from ..exam import results

    attempts = results.regrade(bank_service.withdraw(question, reason), reason)
    click.echo(f"{question} voided, {len(attempts)} attempts regraded")
    for attempt in attempts:
        click.echo(attempt)


@click.group()
def certificate() -> None:
    """Papers given to people."""


@certificate.command("verify")
@click.argument("what")
@click.option("--json", "as_json", is_flag=True)
@with_app
def certificate_verify(what: str, as_json: bool) -> None:
    """Check a score sheet: a PDF file, or the text of its QR."""
    from ..certificates.service import verify_file, verify_text

    verdict = verify_file(Path(what).read_bytes()) if os.path.isfile(what) else verify_text(what)
    click.echo(json.dumps(verdict.as_dict(), ensure_ascii=False) if as_json else verdict.to_text())
    sys.exit(0 if verdict.holds else 1)
