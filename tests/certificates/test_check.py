"""The public page where anybody checks a paper, and the check of files behind it."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from werkzeug.test import TestResponse

from examsys.certificates import service, typeset
from examsys.certificates.checking import Checked, Standing, verify_file, verify_text
from examsys.certificates.signing import sheet_key, signing_identity
from examsys.certificates.worker import PRESS
from examsys.domain.certificate import Fault, Verdict, sign_statement
from examsys.domain.checkpoint import VerifierKey
from tests.certificates.papers import finished
from tests.factories import House
from tests.page import InspectingClient

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def paper(house: House) -> tuple[bytes, str, str]:
    """A score sheet, its number, and the text of its QR."""
    _, seated = finished(house)
    with house.inside():
        pdf, number = service.sheet_for(seated.attempt_id)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        return pdf, number, str(read.docinfo["/statement"])


def send(client: InspectingClient, language: str = "zh", **fields: Any) -> TestResponse:
    return client.post(f"/certificates/check?lang={language}", data=fields, content_type="multipart/form-data")


@pytest.mark.parametrize(("language", "word"), [("zh", "演示"), ("bo", "དཔེ་སྟོན"), ("en", "Demonstration")])
def test_the_text_of_a_qr_is_answered_in_three_languages(
    client: InspectingClient, paper: tuple[bytes, str, str], language: str, word: str
) -> None:
    _, number, text = paper
    answer = send(client, language, text=text)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert word in said
    assert number in said
    assert "扎*" in said
    assert "Valid:" not in said


def test_a_file_is_checked_too(client: InspectingClient, paper: tuple[bytes, str, str]) -> None:
    said = send(client, "en", file=(io.BytesIO(paper[0]), "sheet.pdf")).get_data(as_text=True)
    assert "Demonstration" in said
    assert "Not valid" not in said


def test_one_changed_letter_of_the_text_is_seen(client: InspectingClient, paper: tuple[bytes, str, str]) -> None:
    text = paper[2]
    changed = text[:200] + ("A" if text[200] != "A" else "B") + text[201:]
    said = send(client, "en", text=changed).get_data(as_text=True)
    assert "Not valid" in said
    assert paper[1] not in said, "what nobody signed is not shown"


def test_one_changed_byte_of_a_file_is_seen_and_what_was_issued_is_shown(
    house: House, paper: tuple[bytes, str, str]
) -> None:
    changed = bytearray(paper[0])
    changed[3_000] ^= 1
    with house.inside():
        checked = verify_file(bytes(changed))
    assert checked.reading.verdict is Verdict.BROKEN
    assert checked.reading.fault is Fault.FILE_CHANGED
    assert checked.reading.statement is not None
    assert checked.reading.statement.number == paper[1]
    assert checked.standing is Standing.CURRENT


def test_what_is_added_after_signing_is_seen(house: House, paper: tuple[bytes, str, str]) -> None:
    with house.inside():
        assert verify_file(paper[0] + b"\n%added").reading.fault is Fault.FILE_CHANGED


def test_a_file_saved_anew_has_lost_its_signature(house: House, paper: tuple[bytes, str, str]) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper[0])) as read:
        del read.Root.AcroForm, read.pages[0].Annots
        read.save(saved)
    with house.inside():
        assert verify_file(saved.getvalue()).reading.fault is Fault.FILE_UNSIGNED


def test_a_file_signed_by_another_site_is_not_believed(
    house: House, paper: tuple[bytes, str, str], tmp_path: Path
) -> None:
    from examsys.certificates.pades import PaperSigner, identity
    from examsys.clock import now

    stranger, _ = identity(tmp_path / "stranger", "somebody else", now().wall)
    unsigned = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper[0])) as read:
        del read.Root.AcroForm, read.pages[0].Annots
        read.save(unsigned)
    with house.inside():
        forged = PaperSigner(stranger.folder).sign(unsigned.getvalue())
        assert verify_file(forged).reading.fault is Fault.FILE_SIGNER


def test_a_formal_paper_is_valid_here_and_by_its_public_key_alone(house: House, paper: tuple[bytes, str, str]) -> None:
    """The same facts without the mark of a demonstration: known here only under its own number."""
    from dataclasses import replace

    from examsys.certificates.gathering import gather
    from examsys.clock import new_id, now
    from examsys.domain.certificate import Kind

    [(candidate_id,)] = house.rows("SELECT candidate_id FROM sheet")
    with house.inside():
        facts, _ = gather(candidate_id, Kind.ARCHIVE, new_id(), now(), None)
        formal = replace(facts, demonstration=False, drafts=False)
        text = sign_statement(formal, service.installation().keys.sheet.sign)
        order = {"do": "print", "keys": str(signing_identity().folder), "style": typeset.STYLE}
        _, pdf = PRESS.order(order, typeset.page_of(formal, text).encode()).result(60)
        checked = verify_file(pdf)
        key = sheet_key().vkey()
        assert checked.reading.verdict is Verdict.VALID
        assert checked.standing is Standing.UNKNOWN
        from examsys.domain.checkpoint import parse_vkey

        assert verify_text(text, [parse_vkey(key)]).reading.verdict is Verdict.VALID
        other = VerifierKey(sheet_key().name, bytes(32))
        assert verify_text(text, [other]).reading.verdict is Verdict.BROKEN


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7 nothing", b"%PDF-" + b"\0" * 5000, b"PK\x03\x04", b"\xff" * 100])
def test_any_other_file_is_no_paper_of_ours(client: InspectingClient, junk: bytes) -> None:
    answer = send(client, "en", file=(io.BytesIO(junk), "x.pdf"))
    assert answer.status_code == 200
    assert "Not valid" in answer.get_data(as_text=True)


def test_markup_in_the_text_stays_text(client: InspectingClient) -> None:
    said = send(client, "en", text="<script>alert(1)</script>").get_data(as_text=True)
    assert "<script>alert" not in said


def test_the_page_opens_in_every_language(client: InspectingClient) -> None:
    for language in ("zh", "bo", "en"):
        assert client.page(f"/certificates/check?lang={language}").forms


def test_the_command_line_says_demonstration_and_never_valid(house: House, paper: tuple[bytes, str, str]) -> None:
    with house.inside():
        checked: Checked = service.verify_file(paper[0])
    assert checked.holds
    assert "verdict: demonstration" in checked.to_text()
    assert "valid" not in checked.to_text()
    assert checked.as_dict()["statement"]["number"] == paper[1]
