"""Papers given to people: the facts that they state, and the signed statement in their QR that is checked without a server."""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .checkpoint import VerifierKey
from .identity import mask_id_number
from .log import NotCanonical, canonical, decode

MARK = "EXAMSYS1:"  # every statement begins with it
ROOT_DIGITS = 32  # hex digits of the checkpoint's root in a statement: 128 bits
_SIGNED = b"examsys/sheet/1\0"
_SIGNATURE = 64
_LONGEST = 4_000
_NUMBER_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: none that is taken for another
_MIDDLE_DOTS = "·•・‧"


class Kind(StrEnum):
    """Which paper it is."""

    ARCHIVE = "archive"  # 考试成绩单
    SLIP = "slip"  # 考生回执


class Verdict(StrEnum):
    """What a check says. A demonstration is never anything else than a demonstration."""

    VALID = "valid"
    DEMONSTRATION = "demonstration"
    BROKEN = "broken"


class Fault(StrEnum):
    """Why a paper is not believed."""

    NO_STATEMENT = "no_statement"  # not a statement of ours at all
    UNKNOWN_KEY = "unknown_key"  # of a site whose key is not known here
    SIGNATURE = "signature"  # a letter was changed, or somebody else made it
    FILE_UNSIGNED = "file_unsigned"
    FILE_CHANGED = "file_changed"  # the statement holds, but the file is not as it was signed
    FILE_SIGNER = "file_signer"  # signed by a certificate that is not known here
    OTHER_FACTS = "other_facts"  # known here under this number, with other facts


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result as a statement carries it."""

    day: str
    score: int
    full_mark: int
    pass_mark: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """One attempt as the sheet prints it. Instants are RFC 3339; `number` 2 is the make-up."""

    attempt_id: str
    result_id: str
    number: int
    seat: str
    paper: str
    release: str
    languages: tuple[str, ...]
    examiner: str  # post number
    started_at: str | None
    ended_at: str | None
    outcome: Outcome
    regraded: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """All that a score sheet or slip states. Texts come in pairs (zh, bo); a Tibetan one may be empty."""

    kind: Kind
    number: str
    issued_on: str  # ISO date
    site_id: int
    office: tuple[str, str]
    unit: tuple[str, str]
    unit_code: str
    room: tuple[str, str]
    session: str
    name: tuple[str, str]
    id_number: str
    serial: str
    subject: str
    licence_class: str
    reason: str
    school: str
    sittings: tuple[Sitting, ...]
    photos: tuple[str, ...]  # data: addresses, at most three
    log_origin: str
    log_size: int
    log_root: str  # hex
    demonstration: bool = False
    drafts: bool = False
    practice_paper: bool = False  # the short paper of a demonstration, no exam
    rebook_days: int = 0
    replaces: str | None = None  # the number of the paper before

    @property
    def newest(self) -> Sitting:
        """The sitting that decides."""
        return self.sittings[-1]

    @property
    def provisional(self) -> bool:
        """Whether a second signature is still owed for any result."""
        return any(sitting.provisional for sitting in self.sittings)

    @property
    def masked_name(self) -> str:
        """The name as a slip and a statement show it."""
        return mask_name(self.name[0])

    @property
    def masked_id(self) -> str:
        """The ID number as a slip and a statement show it."""
        return mask_id_number(self.id_number)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the QR says: enough to see whether a paper was altered, too little to learn who it is about."""

    site_id: int
    kind: Kind
    number: str
    issued_on: str
    name: str
    id_number: str
    unit_code: str
    subject: str
    licence_class: str
    outcomes: tuple[Outcome, ...]
    log_size: int
    log_root: str
    provisional: bool
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of a check; `statement` is there whenever its signature held, so that a changed paper shows what was issued."""

    verdict: Verdict
    fault: Fault | None = None
    statement: Statement | None = None


def mask_name(name: str) -> str:
    """A name with its first sign only; middle dots and spaces stay, so that the length of each part can be compared."""
    return name[:1] + "".join(sign if sign in _MIDDLE_DOTS or sign == " " else "*" for sign in name[1:])


def sheet_number(day: str, unit_code: str, sheet_id: str) -> str:
    """The number of a paper: year, unit and eight signs from its id, so that no counter has to be shared between sites."""
    value = int(sheet_id[-16:], 16) & (1 << 40) - 1
    signs = "".join(_NUMBER_SIGNS[value >> shift & 31] for shift in range(35, -1, -5))
    return f"{day[:4]}-{unit_code}-{signs}"


def key_name(site_id: int) -> str:
    """The name under which a site signs statements."""
    return f"examsys/site{site_id:02d}/sheet"


def statement_of(facts: SheetFacts) -> Statement:
    """The statement of a paper: names and ID number masked."""
    return Statement(
        facts.site_id, facts.kind, facts.number, facts.issued_on, facts.masked_name, facts.masked_id, facts.unit_code,
        facts.subject, facts.licence_class, tuple(sitting.outcome for sitting in facts.sittings), facts.log_size,
        facts.log_root[:ROOT_DIGITS], facts.provisional, facts.demonstration,
    )  # fmt: skip


def sign_statement(facts: SheetFacts, sign: Callable[[bytes], bytes]) -> str:
    """The text of the QR: mark, then signature and canonical JSON in base32, the densest code of a QR that survives copying by hand."""
    body = canonical(_record(statement_of(facts)))
    return MARK + base64.b32encode(sign(_SIGNED + body) + body).decode().rstrip("=")


def read_statement(text: str, keys: Iterable[VerifierKey]) -> Reading:
    """Check a statement by the keys of the sites that one knows. Spaces, line breaks and small letters do no harm."""
    signed = _unpacked("".join(text.split()).upper())
    try:
        body = signed[_SIGNATURE:]
        statement = _statement(decode(body))
    except (NotCanonical, ValueError, KeyError, TypeError):
        return Reading(Verdict.BROKEN, Fault.SIGNATURE if signed else Fault.NO_STATEMENT)
    known = [key for key in keys if key.name == key_name(statement.site_id)]
    if not known:
        return Reading(Verdict.BROKEN, Fault.UNKNOWN_KEY)
    if not any(_holds(key, signed[:_SIGNATURE], body) for key in known):
        return Reading(Verdict.BROKEN, Fault.SIGNATURE)
    return Reading(Verdict.DEMONSTRATION if statement.demonstration else Verdict.VALID, None, statement)


def _unpacked(text: str) -> bytes:
    if not text.startswith(MARK) or len(text) > _LONGEST:
        return b""
    letters = text.removeprefix(MARK)
    try:
        signed = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        return letters.encode()  # a statement of ours, but not as it was
    whole = (
        base64.b32encode(signed).decode().rstrip("=") == letters
    )  # the last letter has bits to spare: they must be 0
    return signed if whole else letters.encode()


def _holds(key: VerifierKey, signature: bytes, body: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, _SIGNED + body)
    except InvalidSignature:
        return False
    return True


def _record(statement: Statement) -> dict[str, Any]:
    return {
        "v": 1, "s": statement.site_id, "k": statement.kind.value, "n": statement.number, "d": statement.issued_on,
        "p": statement.name, "i": statement.id_number, "u": statement.unit_code, "j": statement.subject,
        "c": statement.licence_class,
        "r": [[each.day, each.score, each.full_mark, each.pass_mark, int(each.passed)] for each in statement.outcomes],
        "l": [statement.log_size, statement.log_root], "o": int(statement.provisional), "x": int(statement.demonstration),
    }  # fmt: skip


def _statement(record: Mapping[str, Any]) -> Statement:
    """The statement of a record; ValueError, KeyError or TypeError when it is none."""
    if record["v"] != 1 or record["x"] not in (0, 1):
        raise ValueError("not a statement of this kind")
    outcomes = tuple(
        Outcome(day, score, full, needed, bool(passed)) for day, score, full, needed, passed in record["r"]
    )
    size, root = record["l"]
    return Statement(
        record["s"], Kind(record["k"]), record["n"], record["d"], record["p"], record["i"], record["u"], record["j"],
        record["c"], outcomes, size, root, bool(record["o"]), bool(record["x"]),
    )  # fmt: skip
