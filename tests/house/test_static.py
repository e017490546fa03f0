"""What is served as it lies: nothing from elsewhere, licences beside what is not ours, fonts that have every sign."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fontTools.ttLib import TTFont

from tests.house.sources import ROOT

STATIC = ROOT / "static"
OURS = sorted(
    path for path in STATIC.rglob("*") if path.suffix in (".js", ".css", ".svg", ".html") and "vendor" not in path.parts
)
NAMES = {
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
}


def test_no_file_asks_for_anything_elsewhere() -> None:
    found = []
    for path in OURS:
        for address in re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"')]*", path.read_text("utf-8"), re.I):
            if address not in NAMES and not path.read_text("utf-8").count(f"// {address[2:]}"):
                found.append(f"{path.relative_to(ROOT)}: {address}")
    assert found == []


def test_no_script_runs_text() -> None:
    """`fresh.innerHTML` is the board's: a <template>, filled with what our own templates have escaped."""
    bad = re.compile(
        r"\beval\(|new Function\(|(?<!fresh)\.innerHTML\s*=|document\.write|insertAdjacentHTML|outerHTML\s*=|setTimeout\(\s*['\"]"
    )
    found = [
        f"{path.relative_to(ROOT)}: {hit}"
        for path in OURS
        if path.suffix == ".js"
        for hit in bad.findall(path.read_text("utf-8"))
    ]
    assert found == []


def test_what_is_not_ours_has_its_licence() -> None:
    folders = [path for path in STATIC.rglob("vendor") if path.is_dir()]
    for folder in folders:
        for part in folder.iterdir():
            names = [path.name.lower() for path in (part.rglob("*") if part.is_dir() else folder.iterdir())]
            assert any("licen" in name or "ofl" in name for name in names), part
    assert (STATIC / "fonts/OFL-jomolhari.txt").is_file()
    assert (STATIC / "fonts/OFL-noto.txt").is_file()


def signs(name: str) -> set[int]:
    """The characters of a font of ours."""
    with TTFont(STATIC / "fonts" / name, lazy=True) as font:
        return set(font.getBestCmap())


def gb2312(levels: range) -> set[int]:
    """The characters of these rows of GB 2312."""
    return {
        ord(bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", "ignore") or "一")
        for row in levels
        for cell in range(1, 95)
    }


def test_the_chinese_font_has_level_one_and_with_the_rare_one_level_two() -> None:
    common = signs("exam-sc.ttf")
    assert gb2312(range(16, 56)) - common == set()
    assert gb2312(range(56, 88)) - common - signs("exam-sc-rare.ttf") == set()


def test_the_tibetan_font_has_every_letter() -> None:
    unassigned = {0x0F48, *range(0x0F6D, 0x0F71), 0x0F98}
    not_in_jomolhari = {
        0x0F6B,
        0x0F6C,
        *range(0x0F8C, 0x0F90),
    }  # letters of Balti, signs of the Kalacakra: in no word of ours
    assert set(range(0x0F40, 0x0FBD)) - unassigned - signs("exam-bo.ttf") == not_in_jomolhari


@pytest.mark.parametrize("name", ["exam-bo", "exam-sc", "exam-sc-rare"])
def test_screen_and_paper_have_the_same_signs(name: str) -> None:
    assert signs(f"{name}.woff2") == signs(f"{name}.ttf")


def test_fonts_have_every_sign_of_the_pages_and_the_bank() -> None:
    chinese, tibetan = signs("exam-sc.ttf") | signs("exam-sc-rare.ttf"), signs("exam-bo.ttf")
    texts = [
        *(ROOT / "question_bank").rglob("*.yaml"),
        *(ROOT / "examsys/translations").rglob("*.po"),
        *(ROOT / "examsys/demo").glob("*.yaml"),
    ]
    letters = {ord(sign) for path in map(Path, texts) for sign in path.read_text("utf-8")}
    assert {chr(sign) for sign in letters if 0x4E00 <= sign <= 0x9FFF} - set(map(chr, chinese)) == set()
    assert {chr(sign) for sign in letters if 0x0F00 <= sign <= 0x0FFF} - set(map(chr, tibetan)) == set()


def of_stack(stack: str) -> set[int]:
    """What the faces of ours draw that a stack of tokens.css names, each within its range of fonts.css."""
    named = re.search(rf"{stack}: ([^;]+);", (STATIC / "base/tokens.css").read_text("utf-8"))
    faces = re.findall(
        r'font-family: "([^"]+)"; src: url\("([^"]+)"\)(?:.*unicode-range: ([^;]+);)?',
        (STATIC / "fonts/fonts.css").read_text("utf-8"),
    )
    assert named
    drawn: set[int] = set()
    for family, file, ranges in faces:
        if f'"{family}"' in named[1]:
            ends = [part.removeprefix("U+").split("-") for part in ranges.split(", ")] if ranges else [["0", "3FFFF"]]
            drawn |= {sign for sign in signs(file) if any(int(low, 16) <= sign <= int(high, 16) for low, high in ends)}
    return drawn


@pytest.mark.parametrize(("stack", "language"), [("--face", "zh"), ("--face-bo", "bo")])
def test_every_character_of_the_bank_has_a_glyph_in_our_faces_that_pages_name(stack: str, language: str) -> None:
    """Terminal and booklet draw with these stacks; a machine of an exam room may have no other font."""
    drawn, files = of_stack(stack), sorted((ROOT / "question_bank").glob("subject*/*.yaml"))
    said = {
        sign for path in files for text in _texts(yaml.safe_load(path.read_text("utf-8")), language) for sign in text
    }
    assert len(said) > 50
    assert {sign for sign in said if ord(sign) not in drawn and not sign.isspace()} == set()


def _texts(part: Any, language: str) -> Iterator[str]:
    """What a piece of YAML says in a language, however deep."""
    if isinstance(part, dict):
        if isinstance(part.get(language), str):
            yield part[language]
        for inner in part.values():
            yield from _texts(inner, language)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner, language)
