"""What is copied out of a paper is what stands on it, sign for sign, in both scripts."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from examsys.certificates import typeset
from examsys.certificates.pdf import printable
from examsys.domain.certificate import Kind, SheetFacts
from tests.certificates.papers import joined, text_of
from tests.certificates.test_pdf import FACTS, FIRST, printed

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
STACKS = ("བསྒྲུབས་རྒྱལ་མཚན་བརྒྱུད་འཛིན།", "བཀྲ་ཤིས་རྡོ་རྗེ།", "རྫོགས་སྒྲོལ་མ།", "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ།", "ལྷ་མོ་སྐྱིད།", "དབྱངས་ཅན་ལྷ་མཚོ།")
RARE = ("阿卜杜热合曼·𬭚㛃禤", "䶮堃", "鿍𫖮𬸪", "李〇")
# As it was set; and as people mark it with a mouse, where lines of neighbouring cells mix if a cell has several: so with no regrade.
WAYS = {"as set": (("-raw",), FACTS.sittings), "as marked": (("-enc", "UTF-8"), (FIRST,))}


class Nodes(HTMLParser):
    """The texts of a page's body, each between two tags."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.texts = False, list[str]()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside |= tag == "body"

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.texts.append(joined(data))


def texts_of(html: str) -> list[str]:
    nodes = Nodes()
    nodes.feed(printable(html))
    return nodes.texts


def unlike(app: Flask, facts: SheetFacts, folder: Path, *how: str) -> list[str]:
    """The texts of a paper's page that its PDF does not give back."""
    with app.app_context():
        texts = texts_of(typeset.page_of(facts, "EXAMSYS1:ABC234"))
    assert len(texts) > 30
    said = joined(text_of(printed(app, facts), folder, *how))
    return [text for text in texts if text not in said]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("formal", [False, True], ids=["demonstration", "formal"])
def test_every_text_of_a_paper_copies_out(app: Flask, kind: Kind, formal: bool, way: str, tmp_path: Path) -> None:
    how, sittings = WAYS[way]
    facts = replace(FACTS, kind=kind, sittings=sittings, demonstration=not formal, drafts=not formal)
    assert unlike(app, facts, tmp_path, *how) == []


@pytest.mark.parametrize("name", [*STACKS, *RARE])
def test_a_name_copies_out_in_the_order_of_its_letters(app: Flask, name: str, tmp_path: Path) -> None:
    """In the order in which it is typed: a stack's letters from the top down, then its vowel."""
    facts = replace(FACTS, name=("李雷", name) if name in STACKS else (name, ""), sittings=(FIRST,))
    said = text_of(printed(app, facts), tmp_path)
    assert joined(name) in joined(said)
    assert said.count("\ufffd") == 0


@pytest.mark.parametrize("kind", list(Kind))
def test_every_fact_copies_out_right_in_both_scripts(app: Flask, kind: Kind, tmp_path: Path) -> None:
    flat = joined(text_of(printed(app, replace(FACTS, kind=kind)), tmp_path))
    expected = {"84/100" if kind is Kind.SLIP else "96/100", "演示样张·无效", "科目一", "C1", FACTS.number}
    if kind is Kind.ARCHIVE:
        expected |= {
            "扎西·多吉",
            FACTS.id_number,
            FACTS.serial,
            "示范驾驶员培训学校",
            "1A2B-3C4D-5E6F",
            "2026.11",
            "K-0107",
        }
        expected |= {
            "09:00:00–09:31:09",
            "藏文→藏汉双语→汉文",
            "2026年11月22日",
            FACTS.log_root,
            "examsys/site01/audit/1·4711",
        }
        expected |= {"བཀྲ་ཤིས་རྡོ་རྗེ།", "དཔེ་སྟོན་ཁུལ་འཁོར་ལོ་དོ་དམ་ཁང་།", "2026ལོའི་ཟླ་11པའི་ཚེས་22ཉིན"}
    assert not {fact for fact in expected if joined(fact) not in flat}
