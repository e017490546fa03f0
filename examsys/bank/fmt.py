"""Brings a bank's files into normal form, and stamps new translations: which Chinese they were made from, and that a machine made them."""

from collections.abc import Collection
from pathlib import Path

from examsys.bank.blocks import split
from examsys.bank.normal import edited
from examsys.bank.yaml_source import Written, read_bank
from examsys.domain.bank import source_hash
from examsys.files import write_durably


def format_bank(folder: Path, again: Collection[str] = frozenset()) -> dict[str, int]:
    """Writes each question in normal form; stamps those that have no stamp, and anew those whose id is in `again`.

    Gives the number of questions that were changed by file, for files that were changed. Questions that cannot be read
    are left as they are.
    """
    bank = read_bank(folder)
    changed: dict[str, int] = {}
    for file in sorted({written.document.file for written in bank.written}):
        path = folder / file
        readable = {written.block: written for written in bank.written if written.document.file == file}
        pieces = split(path.read_bytes().decode("utf-8"))
        blocks = [_formatted(readable[block], again) if block in readable else block for block in pieces.blocks]
        count = sum(before != after for before, after in zip(pieces.blocks, blocks, strict=True))
        head = pieces.head.replace("\r\n", "\n")
        if count or head != pieces.head:
            write_durably(path, (head + "".join(blocks)).encode("utf-8"), mode=0o644)
            changed[file] = count
    return changed


def _formatted(written: Written, again: Collection[str]) -> str:
    question = written.question
    if written.part.translation and question.id not in again:
        return edited(written.block, {})
    stamp = {"bo": {"state": "draft", "made_by": "machine", "of": source_hash(question)}}
    return edited(written.block, {"translation": stamp})
