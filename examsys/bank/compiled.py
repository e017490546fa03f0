"""The bank in the form in which it starts fast: compiled once to JSON, kept under the hash of what it was made from.

JSON and not pickle: whoever could write to the cache could otherwise run code. A cache that is damaged, or was made from
other files or by another schema, is made again.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from examsys.bank.records import listed, question_from
from examsys.bank.report import Report, in_order
from examsys.bank.schema import SCHEMA_VERSION
from examsys.bank.yaml_source import BankSource, missing_media, read_bank, repeated_ids, source_files
from examsys.domain.bank import Question, content_of


class BankUnreadable(ValueError):  # noqa: N818  the name reads as the sentence it is
    """The bank's files cannot be made into questions; `report` names each fault."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.to_text())
        self.report = report


@dataclass(frozen=True)
class CompiledBank:
    """The questions by id, the descriptions of pictures by path (as in media.yaml), and the hash of the files behind them."""

    key: str
    questions: Mapping[str, Question]
    media: Mapping[str, Mapping[str, Any]]


def load_bank(folder: Path, cache: Path) -> CompiledBank:
    """The bank in `folder`, from the cache where it was compiled before; BankUnreadable where its files are faulty.

    Only the shape of the files is looked at, and that pictures exist; the rest is for `check_bank`.
    """
    key = source_key(folder)
    kept = cache / f"bank-{key}.json"
    values = read_cache(kept)
    if values is None:
        values = _compile(read_bank(folder))
        write_cache(kept, values)
    questions = (question_from(entry, content) for entry, content in values["questions"])
    return CompiledBank(key, {question.id: question for question in questions}, values["media"])


def source_key(folder: Path) -> str:
    """Hex SHA-256 over the schema's version and the name and bytes of every source file."""
    total = sha256(f"examsys/bank/{SCHEMA_VERSION}\0".encode())
    for path in source_files(folder):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _compile(bank: BankSource) -> dict[str, Any]:
    faults = [*bank.faults, *repeated_ids(bank)]
    faults += [fault for written in bank.written for fault in missing_media(written, bank)]
    if faults:
        raise BankUnreadable(Report(in_order(faults)))
    questions = sorted((written.question for written in bank.written), key=lambda question: question.id)
    return {
        "questions": [[listed(question), content_of(question)] for question in questions],
        "media": {path: part.model_dump(mode="json") for path, part in sorted(bank.media.items())},
    }


def read_cache(kept: Path) -> dict[str, Any] | None:
    """The values behind their own hash on the first line; None for a file that is not there or not whole."""
    try:
        digest, _, body = kept.read_bytes().partition(b"\n")
    except OSError:
        return None
    if sha256(body).hexdigest().encode() != digest:
        return None
    values: dict[str, Any] = json.loads(body)
    return values


def write_cache(kept: Path, values: dict[str, Any]) -> None:
    """Writes beside and renames, so that nobody reads half a file; a cache that cannot be written is done without."""
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    beside = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(beside, kept)
