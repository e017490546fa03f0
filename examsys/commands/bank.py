"""Commands about the question bank."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..config import Settings
from ..domain.bank import may_be_drawn
from .running import with_app

if TYPE_CHECKING:
    from ..desk.exchange import Exchanged


@click.group()
def bank() -> None:
    """The question bank."""


@bank.command("check")
@click.option("--folder", type=click.Path(exists=True, path_type=Path), default=None)
@click.option("--json", "as_json", is_flag=True)
def bank_check(folder: Path | None, as_json: bool) -> None:
    """Name every fault of the bank by file, line, question and rule."""
    from ..bank.checked import checked_bank

    report = checked_bank(folder or Settings().bank, Settings().home / "cache")
    click.echo(report.to_json() if as_json else report.to_text())
    sys.exit(0 if report.sound else 1)


@bank.command("fmt")
@click.argument("again", nargs=-1)
def bank_fmt(again: tuple[str, ...]) -> None:
    """Bring the files into normal form; stamp new translations as machine drafts. AGAIN: ids whose translation was made anew after the Chinese changed."""
    from ..bank.fmt import format_bank

    click.echo(f"written: {sum(format_bank(Settings().bank, again=frozenset(again)).values())}")


@bank.group("readback")
def readback() -> None:
    """Reading the Tibetan back: somebody who has not seen the Chinese says what it means."""


@readback.command("sheet")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--match", default="", help="Only ids that begin like this.")
@click.option("--again", is_flag=True, help="Also what was read back already.")
def readback_sheet(out: Path, match: str, again: bool) -> None:
    """Write the Tibetan alone, for a reader who fills in meaning (in Chinese), answer and doubts; explanations go into a second file."""
    from ..bank import readback as reading
    from ..bank.yaml_source import read_bank

    questions = [written.question for written in read_bank(Settings().bank).written]
    wanted = [question for question in questions if question.id.startswith(match)]
    rows, after = reading.sheet(wanted, again), reading.explanations(wanted, again)
    out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    out.with_suffix(".explanations.json").write_text(json.dumps(after, ensure_ascii=False, indent=1), "utf-8")
    click.echo(f"{len(rows)} questions")


@readback.command("compare")
@click.argument("readings", type=click.Path(exists=True, path_type=Path))
@click.option("--sheet", type=click.Path(exists=True, path_type=Path), required=True, help="What the reader was given.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def readback_compare(readings: Path, sheet: Path, out: Path) -> None:
    """Put a reader's JSON beside the Chinese; whoever compares adds "agrees": true or false to each row."""
    from ..bank import readback as reading
    from ..bank.yaml_source import read_bank

    questions = {written.question.id: written.question for written in read_bank(Settings().bank).written}
    found = reading.readings_of(json.loads(readings.read_text("utf-8")))
    rows = reading.compared(questions, found, json.loads(sheet.read_text("utf-8")))
    out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    other, changed = sum(not row["same_answer"] for row in rows), len(found) - len(rows)
    click.echo(f"{len(rows)} readings, {other} with another answer; {changed} of texts that are others by now")


@readback.command("stamp")
@click.argument("compared", type=click.Path(exists=True, path_type=Path))
@click.option("--by", type=click.Choice(["machine", "person"]), required=True, help="Who read.")
def readback_stamp(compared: Path, by: Literal["machine", "person"]) -> None:
    """Write into the questions that agreed that their Tibetan, as it stands, was read back."""
    from ..bank import readback as reading
    from ..clock import now
    from ..domain.dates import beijing_day

    rows = json.loads(compared.read_text("utf-8"))
    agreed = {row["id"]: row["bo"]["text"] for row in rows if row.get("agrees") is True}
    count = reading.stamp(Settings().bank, agreed, by, beijing_day(now().wall))
    click.echo(f"{count} questions stamped, {len(rows) - len(agreed)} not agreed")


@bank.command("named")
@click.argument("compared", type=click.Path(exists=True, path_type=Path))
@click.option("--by", type=click.Choice(["machine", "person"]), required=True, help="Who named them.")
def named(compared: Path, by: Literal["machine", "person"]) -> None:
    """Write into the pictures that somebody who saw them alone named what they mean: JSON rows of "picture" and "agrees"."""
    from ..bank import naming
    from ..clock import now
    from ..domain.dates import beijing_day

    rows = json.loads(compared.read_text("utf-8"))
    agreed = {row["picture"] for row in rows if row.get("agrees") is True}
    count = naming.stamp(Settings().bank, agreed, by, beijing_day(now().wall))
    click.echo(f"{count} pictures stamped, {len(rows) - len(agreed)} not agreed")


@bank.command("publish")
@click.argument("number")
@with_app
def bank_publish(number: str) -> None:
    """Publish the bank's files as an immutable release of this site."""
    from ..bank import service as bank_service
    from ..bank.compiled import load_bank

    settings = Settings()
    compiled = load_bank(settings.bank, settings.home / "cache")
    questions = tuple(filter(may_be_drawn, compiled.questions.values()))
    release = bank_service.publish(number, questions, settings.bank / "media")
    click.echo(f"{number}: {len(questions)} of {len(compiled.questions)} questions, release {release}")


@bank.command("pull")
@click.option("--prefer", is_flag=True, help="What both sides changed: take the folder's.")
@with_app
def bank_pull(prefer: bool) -> None:
    """Bring the bank's folder into this site's working copy: questions and descriptions of pictures one by one, other files whole."""
    from ..desk import exchange

    _tell_exchanged(exchange.pull(Settings().bank, prefer=prefer))


@bank.command("push")
@click.option("--prefer", is_flag=True, help="What both sides changed: take the desk's.")
@with_app
def bank_push(prefer: bool) -> None:
    """Write what the desk changed into the bank's folder: questions and descriptions of pictures one by one, other files whole."""
    from ..desk import exchange

    _tell_exchanged(exchange.push(Settings().bank, prefer=prefer))


def _tell_exchanged(report: "Exchanged") -> None:
    for name in report.new:
        click.echo(f"new       {name}")
    for name in report.changed:
        click.echo(f"changed   {name}")
    for name in report.moved:
        click.echo(f"moved     {name}")
    for name in report.conflicts:
        click.echo(f"CONFLICT  {name}: changed on both sides, left as it was (--prefer to take it over)")
    for name in report.gone:
        click.echo(f"gone      {name}: taken away on one side, left on the other (--prefer to bring it back)")
    for name in report.unreadable:
        click.echo(f"UNREADABLE {name}: left as it was")
    click.echo(
        f"{len(report.new)} new, {len(report.changed)} changed, {len(report.moved)} moved, {report.same} the same, {len(report.conflicts)} conflicts; "
        f"{len(report.files)} files written"
    )
    sys.exit(1 if report.conflicts or report.unreadable else 0)
