"""The pictures of the desk in a browser: chosen by their looks, taken in without leaving the sheet, described by two."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.served import Site, served
from tests.browser.test_bank_desk import at_the_desk
from tests.browser.window import Windows

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#c8161d"/></svg>'
)
FILE = {"name": "红圆.svg", "mimeType": "image/svg+xml", "buffer": SVG}


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """A demonstration of this journey's own: its bank changes."""
    with served(shutil.copytree(demonstration, tmp_path / "home")) as site:
        yield site


def test_a_picture_is_chosen_and_another_taken_in_while_the_question_is_being_written(
    site: Site, windows: Windows
) -> None:
    trainer, translator = (at_the_desk(site, windows, role) for role in ("trainer", "translator"))
    trainer.goto("/desk/new")
    trainer.fill("[name='stem.zh']", "图中的标志是什么意思？")
    trainer.get_by_role("button", name="选图").last.click()
    trainer.locator(".choosing [data-words]").fill("急弯")
    card = trainer.locator(".choosing .picture-card").first
    expect(trainer.locator(".choosing [data-found] .hint")).to_contain_text("张图片")
    expect(card).to_contain_text("弯")
    windows.look(trainer, "pictures-choose")
    path = card.get_attribute("data-path")
    card.click()
    expect(trainer.locator("[name='media']")).to_have_value(path or "")

    trainer.get_by_role("button", name="选图").last.click()
    trainer.get_by_text("加入新图片").click()
    trainer.set_input_files("#picture", {**FILE, "buffer": b"no picture"})
    trainer.fill("#shows", "红色圆形")
    trainer.fill("#alt-zh", "一个红色的圆")
    windows.expected = {422}
    trainer.get_by_role("button", name="收下图片").click()
    expect(trainer.locator(".choosing [role='alert']")).to_be_visible()
    windows.look(trainer, "pictures-refused")
    windows.expected = set()
    trainer.set_input_files("#picture", FILE)
    trainer.get_by_role("button", name="收下图片").click()
    expect(trainer.locator(".choosing")).to_be_hidden()
    taken = trainer.locator("[name='media']").input_value().split()[-1]
    assert taken.startswith("signs/p")
    expect(trainer.locator("[name='stem.zh']")).to_have_value("图中的标志是什么意思？")  # nothing typed was lost

    translator.goto("/desk/pictures?lacks=bo&lang=zh")
    windows.look(translator, "pictures-lacking")
    translator.locator(".picture-card").click()
    windows.look(translator, "picture-translate")
    translator.fill("#alt-bo", "སྒོར་དབྱིབས་དམར་པོ་ཞིག")
    translator.get_by_role("button", name="保存说明").click()
    expect(translator.locator(".notice.fine")).to_be_visible()
    expect(translator.get_by_text("没有需要改正的地方")).to_be_visible()

    trainer.goto(f"/desk/pictures/{taken}")
    trainer.fill("#alt-zh", "一个大红圆")
    trainer.get_by_role("button", name="保存说明").click()
    expect(trainer.get_by_text("待写藏文").first).to_be_visible()
    windows.look(trainer, "picture-described")
