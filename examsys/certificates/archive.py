"""The papers as kept: their rows, and their files sealed under the key of the person whom they are about."""

from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..accounts.service import installation
from ..accounts.service import key_of_person as key_of_person
from ..db import Raw, here
from ..domain.certificate import Kind
from ..domain.errors import RuleBroken
from ..keys import seal, unseal

_COLUMNS = "sheet_id, candidate_id, attempt_id, kind, number, result_id, states, supersedes, checkpoint, statement, pdf, file, at"


class Kept(NamedTuple):
    """The row of a paper that was issued; hashes as hex."""

    sheet_id: str
    candidate_id: str
    attempt_id: str
    kind: str
    number: str
    result_id: str
    states: str
    supersedes: str | None
    checkpoint: int
    statement: str
    pdf: str
    file: str
    at: str


def write(row: Kept, raw: Raw) -> None:
    """Write the row of a paper in the open transaction."""
    raw.run(
        f"INSERT INTO sheet (site_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(installation().site_id, *row),
    )


def newest(candidate_id: str, kind: Kind, raw: Raw) -> Kept | None:
    """The paper of this kind that a candidate holds now."""
    row = raw.one(
        f"SELECT {_COLUMNS} FROM sheet WHERE site_id = ? AND candidate_id = ? AND kind = ? ORDER BY sheet_id DESC LIMIT 1",
        *(installation().site_id, candidate_id, kind.value),
    )
    return Kept(*row) if row else None


def numbered(number: str, raw: Raw) -> Kept | None:
    """The paper with this number."""
    row = raw.one(f"SELECT {_COLUMNS} FROM sheet WHERE site_id = ? AND number = ?", installation().site_id, number)
    return Kept(*row) if row else None


def issued(candidate_id: str) -> list[Kept]:
    """All papers of a candidate, oldest first."""
    with here().reading() as raw:
        rows = raw.all(
            f"SELECT {_COLUMNS} FROM sheet WHERE site_id = ? AND candidate_id = ? ORDER BY sheet_id",
            *(installation().site_id, candidate_id),
        )
    return [Kept(*row) for row in rows]


def keep(person_id: str, sheet_id: str, pdf: bytes) -> str:
    """Store a file that nobody can read once the person's key is gone; returns its place. RuleBroken('person.erased')."""
    with here().reading() as raw:
        key = key_of_person(person_id, raw)
    return installation().store.keep(seal(AESGCM(key), pdf, b"sheet/" + sheet_id.encode()))


def read(row: Kept) -> bytes:
    """The file of a paper. RuleBroken('person.erased'), or 'sheet.damaged' when what is stored is not what was issued."""
    with here().reading() as raw:
        person = raw.one(
            "SELECT person_id FROM candidate WHERE site_id = ? AND candidate_id = ?",
            *(installation().site_id, row.candidate_id),
        )
        key = key_of_person(person[0], raw)
    try:
        return unseal(AESGCM(key), installation().store.read(row.file), b"sheet/" + row.sheet_id.encode())
    except (OSError, ValueError, InvalidTag) as error:
        raise RuleBroken("sheet.damaged", number=row.number) from error
