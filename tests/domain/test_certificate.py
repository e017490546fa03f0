"""The statement of a paper: what it says, what it hides, and that no letter of it can be changed."""

import string
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from examsys.domain.certificate import (
    MARK,
    Fault,
    Kind,
    Outcome,
    SheetFacts,
    Sitting,
    Verdict,
    key_name,
    mask_name,
    read_statement,
    sheet_number,
    sign_statement,
)
from examsys.domain.checkpoint import VerifierKey

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey(key_name(1), SECRET.public_key().public_bytes_raw())
FIRST = Sitting(
    "a" * 32, "b" * 32, 1, "07", "1A2B-3C4D-5E6F", "2026.11", ("bo", "zh"), "K-0107", "2026-11-22T01:00:00.000Z",
    "2026-11-22T01:31:00.000Z", Outcome("2026-11-22", 84, 100, 90, False),
)  # fmt: skip
SECOND = replace(FIRST, result_id="c" * 32, number=2, outcome=Outcome("2026-11-22", 96, 100, 90, True))
FACTS = SheetFacts(
    kind=Kind.ARCHIVE, number="2026-990001-7K3QZ9TD", issued_on="2026-11-22", site_id=1, office=("示范州车辆管理所", ""),
    unit=("示范县大队", ""), unit_code="990001", room=("一号考场", ""), session="2026-11-22-01", name=("扎西·多吉", ""),
    id_number="990001199001010010", serial="1226112200001", subject="subject1", licence_class="C1", reason="first",
    school="示范驾校", sittings=(FIRST, SECOND), photos=(), log_origin="examsys/site01/audit/1", log_size=4711,
    log_root="0123456789abcdef" * 4,
)  # fmt: skip
TEXT = sign_statement(FACTS, SECRET.sign)


def test_the_statement_comes_back_whole_and_masked() -> None:
    reading = read_statement(TEXT, [KEY])
    assert reading.verdict is Verdict.VALID
    stated = reading.statement
    assert stated is not None
    assert (stated.number, stated.licence_class, stated.log_size) == (FACTS.number, "C1", 4711)
    assert stated.outcomes == (FIRST.outcome, SECOND.outcome)
    assert (stated.name, stated.id_number) == ("扎*·**", "9900**********0010")
    assert stated.log_root == FACTS.log_root[:32]


def test_it_fits_the_dense_mode_of_a_qr() -> None:
    assert set(TEXT) <= set(string.ascii_uppercase + string.digits + ":")
    assert len(TEXT) < 700


def test_spaces_line_breaks_and_small_letters_do_no_harm() -> None:
    copied = "\n".join(TEXT[start : start + 40].lower() for start in range(0, len(TEXT), 40)) + " "
    assert read_statement(copied, [KEY]).verdict is Verdict.VALID


def test_every_changed_letter_is_seen() -> None:
    for place in range(len(TEXT)):
        other = "A" if TEXT[place] != "A" else "B"
        changed = TEXT[:place] + other + TEXT[place + 1 :]
        assert read_statement(changed, [KEY]).verdict is Verdict.BROKEN, place


def test_the_spare_bits_of_the_last_letter_are_no_way_in() -> None:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
        verdict = read_statement(TEXT[:-1] + letter, [KEY]).verdict
        assert (verdict is Verdict.VALID) == (letter == TEXT[-1])


def test_a_demonstration_is_never_valid() -> None:
    text = sign_statement(replace(FACTS, demonstration=True), SECRET.sign)
    assert read_statement(text, [KEY]).verdict is Verdict.DEMONSTRATION


def test_a_provisional_result_says_so() -> None:
    text = sign_statement(replace(FACTS, sittings=(replace(FIRST, provisional=True),)), SECRET.sign)
    reading = read_statement(text, [KEY])
    assert reading.statement is not None
    assert reading.statement.provisional


def test_another_site_or_another_key_is_told_apart() -> None:
    stranger = VerifierKey(key_name(2), KEY.public)
    forged = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    assert read_statement(TEXT, [stranger]).fault is Fault.UNKNOWN_KEY
    assert read_statement(sign_statement(FACTS, forged.sign), [KEY]).fault is Fault.SIGNATURE


@pytest.mark.parametrize(
    "text", ["", "hello", MARK, MARK + "ABC", MARK + "é" * 20, "https://example.org/1", MARK + "A" * 5000]
)
def test_anything_else_is_no_statement(text: str) -> None:
    assert read_statement(text, [KEY]).verdict is Verdict.BROKEN


def test_signed_nonsense_is_not_believed() -> None:
    import base64

    body = b'{"v":1}'
    text = MARK + base64.b32encode(SECRET.sign(b"examsys/sheet/1\0" + body) + body).decode().rstrip("=")
    assert read_statement(text, [KEY]).verdict is Verdict.BROKEN


def test_names_are_masked_sign_by_sign() -> None:
    assert mask_name("李雷") == "李*"
    assert mask_name("阿旺·洛桑 嘉措") == "阿*·** **"
    assert mask_name("") == ""


def test_a_number_names_year_unit_and_part_of_the_id() -> None:
    number = sheet_number("2026-11-22", "990001", "0193f0a0b0c07abc8def0123456789ab")
    assert number.startswith("2026-990001-")
    assert len(number) == 20
    assert number != sheet_number("2026-11-22", "990001", "0193f0a0b0c07abc8def0123456789ac")
