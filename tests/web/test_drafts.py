"""Tibetan that no translator released is called a draft wherever it shows, on a formal site too, until one has released all of it."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from deploy import catalogues
from examsys.certificates import service
from examsys.web import language
from tests.certificates.papers import finished, joined, text_of
from tests.factories import House

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
SAID, DEMONSTRATION = "藏文译稿（未审定）", "演示样张"


@SQLITE
@pytest.mark.parametrize("page", ["/certificates/check", "/nowhere"])
def test_a_formal_page_in_tibetan_says_that_nobody_released_it(house: House, page: str) -> None:
    house.make_formal()
    with house.restarted() as again:
        client = again.test_client()
        tibetan, chinese = (client.get(f"{page}?lang={one}").get_data(as_text=True) for one in ("bo", "zh"))
    assert SAID in tibetan
    assert DEMONSTRATION not in tibetan
    assert SAID not in chinese


def test_a_released_catalogue_is_no_draft_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    released = Catalog("bo")
    for message in catalogues.read("bo"):
        released.add(message.id, message.string) if message.id else None
    for catalogue, is_draft in ((catalogues.read("bo"), True), (released, False)):
        compiled = gettext.GNUTranslations(io.BytesIO(catalogues.mo_bytes(catalogue)))
        monkeypatch.setitem(language._CATALOGUES, "bo", compiled)
        assert language.is_draft("bo") is is_draft
    assert not language.is_draft("zh")


@SQLITE
def test_a_paper_no_longer_says_it_when_the_words_are_released(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, seated = finished(house)
    monkeypatch.setattr("examsys.certificates.gathering.is_draft", lambda _language: False)
    with house.inside():
        pdf, _ = service.sheet_for(seated.attempt_id)
    assert SAID not in joined(text_of(pdf, tmp_path))
