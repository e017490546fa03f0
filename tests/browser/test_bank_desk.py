"""The desk: a trainer writes a question, a translator translates it, a reviewer approves both, a publisher puts a release in force."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Site, served
from tests.browser.window import LAPTOP, Windows, sign_in_staff

STEM = "在高原公路上遇到牦牛群横过道路时，应当怎样做？"
OPTIONS = ("停车等候牛群通过", "连续鸣喇叭驱赶", "从牛群中间穿过", "用远光灯照射牛群")
STEM_BO = "མཐོ་སྒང་གི་གཞུང་ལམ་དུ་གཡག་ཁྱུས་ལམ་བརྒལ་བ་ལ་ཐུག་སྐབས། ཇི་ལྟར་བྱེད་དགོས་སམ།"
OPTIONS_BO = (
    "འཁོར་ལོ་བཀག་ནས་གཡག་ཁྱུ་འགྲོ་བར་སྒུག་པ།",
    "བསྟུད་མར་བརྡ་དུང་བཏང་ནས་འདེད་པ།",
    "གཡག་ཁྱུའི་དཀྱིལ་ནས་འགྲོ་བ།",
    "ཐག་རིང་གི་གློག་སྒྲོན་གྱིས་གཡག་ཁྱུར་འཕྲོ་བ།",
)


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """A demonstration of this journey's own: its bank changes."""
    with served(shutil.copytree(demonstration, tmp_path / "home")) as site:
        yield site


def at_the_desk(site: Site, windows: Windows, role: str) -> Page:
    page = windows.open(LAPTOP)
    sign_in_staff(page, role, site.passwords[role])
    page.goto("/desk/?lang=zh")
    windows.look(page, f"board-{role}")
    return page


def step(page: Page, question: str, act: str, reason: str = "") -> None:
    page.goto(f"/desk/questions/{question}")
    if reason:
        page.fill("[name='reason']", reason)
    page.get_by_role("button", name=act, exact=True).click()
    expect(page.locator(".notice.fine")).to_be_visible()


def test_a_question_from_the_first_word_to_a_release(site: Site, windows: Windows) -> None:
    trainer, translator, reviewer, publisher = (
        at_the_desk(site, windows, role) for role in ("trainer", "translator", "reviewer", "publisher")
    )
    question = _write(trainer, windows)
    step(trainer, question, "提交审核")
    step(reviewer, question, "退回(填理由)", "解析再写明白些")
    windows.look(reviewer, "returned")
    trainer.goto(f"/desk/questions/{question}")
    trainer.fill(
        "[name='explanation.zh']", "《道路交通安全法》第38条：没有信号的道路上，应当在确保安全、畅通的原则下通行。"
    )
    trainer.get_by_role("button", name="保存汉文").click()
    expect(trainer.locator(".notice.fine")).to_be_visible()
    step(trainer, question, "提交审核")
    step(reviewer, question, "审核通过")
    _translate(translator, windows, question)
    step(translator, question, "提交藏文审核")
    step(reviewer, question, "审定藏文")
    reviewer.goto(f"/desk/questions/{question}/history")
    expect(reviewer.locator("section.card")).to_have_count(9)
    windows.look(reviewer, "history")
    _release(reviewer, publisher, windows, question)


def _release(reviewer: Page, publisher: Page, windows: Windows, question: str) -> None:
    """One question instead of 661: both see which papers are lost, and neither gets there without saying that they know it."""
    reviewer.goto("/desk/releases")
    card = reviewer.locator("section.card").first
    expect(card).to_contain_text("不能再抽卷")
    reviewer.fill("[name='number']", "2026.2")
    reviewer.fill("[name='note']", "第一批")
    windows.expected = {409}
    reviewer.get_by_role("button", name="提交启用").click()
    expect(card.locator(".notice.alarm")).to_be_visible()
    expect(reviewer.locator("[name='number']")).to_have_value("2026.2")
    expect(reviewer.locator("[name='note']")).to_have_value("第一批")
    windows.look(reviewer, "papers-lost")
    reviewer.check("#propose [name='knowing']")
    reviewer.get_by_role("button", name="提交启用").click()
    expect(reviewer.locator(".notice.fine")).to_be_visible()
    windows.look(reviewer, "proposed")
    publisher.goto("/desk/")
    expect(publisher.locator("h1")).to_contain_text("待启用")
    publisher.get_by_role("link", name="查看").first.click()
    card = publisher.locator("section.card.is-attention")
    expect(card).to_contain_text(question)
    card.get_by_role("button", name="启用", exact=True).click()
    expect(card.locator(".notice.alarm")).to_be_visible()
    card.locator("[name='knowing']").check()
    windows.look(publisher, "known")
    card.get_by_role("button", name="启用", exact=True).click()
    windows.expected = set()
    expect(publisher.locator(".notice.fine")).to_contain_text("2026.2")
    expect(publisher.locator("section.card").first).to_contain_text(question)
    windows.look(publisher, "published")


def test_a_remark_keeps_its_lines(site: Site, windows: Windows) -> None:
    page = at_the_desk(site, windows, "trainer")
    page.goto("/desk/questions/s1-road-001")
    page.fill("#words", "第二行\n第三行")
    page.get_by_role("button", name="提出意见").click()
    expect(page.locator("#remarks p").first).to_be_visible()
    assert "第二行\n第三行" in page.locator("#remarks p").first.inner_text()


def _write(page: Page, windows: Windows) -> str:
    """A new question with its checks: what is missing is said, nothing that was typed is lost."""
    page.goto("/desk/new")
    page.select_option("[name='chapter']", "local_law")
    page.fill("[name='stem.zh']", STEM)
    windows.expected = {422}
    page.get_by_role("button", name="建立试题").click()
    expect(page.locator(".notice.alarm:visible").first).to_be_visible()
    expect(page.locator("[name='stem.zh']")).to_have_value(STEM)
    windows.expected = set()
    for letter, text in zip("abcd", OPTIONS, strict=True):
        page.fill(f"[name='option.{letter}.zh']", text)
    page.check("[name='key'][value='a']")
    page.fill("[name='explanation.zh']", "《道路交通安全法》第38条。")
    page.fill("[name='law.0']", "道路交通安全法")
    with page.expect_response(lambda answer: "/lint" in answer.url):
        page.fill("[name='article.0']", "第三十八条")
    expect(page.frame_locator("iframe").locator(".screen")).to_contain_text(OPTIONS[0])
    windows.look(page, "new")
    page.get_by_role("button", name="建立试题").click()
    page.wait_for_url("**/desk/questions/s1-local-*")
    windows.look(page, "written")
    return page.url.rsplit("/", 1)[1]


def _translate(page: Page, windows: Windows, question: str) -> None:
    """The checks speak at the field as the translator types; a wrong sign is named before it is saved."""
    page.goto("/desk/questions?bo=none")
    page.get_by_role("link", name=question).click()
    page.fill("[name='stem.bo']", STEM_BO.replace("སམ།", "སམ་།"))
    expect(page.locator("[id='stem.bo-faults'] .error").first).to_be_visible()
    windows.look(page, "faults")
    page.fill("[name='stem.bo']", STEM_BO)
    for letter, text in zip("abcd", OPTIONS_BO, strict=True):
        page.fill(f"[name='option.{letter}.bo']", text)
    page.fill(
        "[name='explanation.bo']",
        "ལམ་གཞུང་འགྲིམ་འགྲུལ་བདེ་འཇགས་བཅའ་ཁྲིམས་ཀྱི་དོན་ཚན་38པར་གསལ་བ་ལྟར། བརྡ་རྟགས་མེད་པའི་ལམ་དུ་བདེ་འཇགས་ཡིན་པ་ཁག་ཐེག་བྱས་ནས་འགྲོ་དགོས།",
    )
    page.get_by_role("button", name="保存藏文").click()
    expect(page.locator(".notice.fine")).to_be_visible()
    windows.look(page, "translated")


def test_two_authors_at_one_question(site: Site, windows: Windows) -> None:
    first, second = at_the_desk(site, windows, "trainer"), at_the_desk(site, windows, "trainer")
    address = "/desk/questions/s1-road-001"
    for page in (first, second):
        page.goto(address)
    first.fill("[name='explanation.zh']", "《道路交通安全法实施条例》第38条：黄灯亮时，越过停止线的可以通行。")
    first.get_by_role("button", name="保存汉文").click()
    expect(first.locator(".notice.fine")).to_be_visible()
    second.select_option("[name='difficulty']", "3")
    windows.expected = {409}
    second.get_by_role("button", name="保存汉文").click()
    expect(second.locator("h1")).to_contain_text("已被他人修改")
    windows.look(second, "both")
    windows.expected = set()
    second.get_by_role("link", name="保留对方的内容并查看").click()
    expect(second.locator("[name='explanation.zh']")).to_have_value(
        "《道路交通安全法实施条例》第38条：黄灯亮时，越过停止线的可以通行。"
    )
    expect(second.locator("[name='difficulty']")).to_have_value("1")


def test_a_translator_is_shown_what_was_changed_in_the_chinese(site: Site, windows: Windows) -> None:
    trainer, translator = (at_the_desk(site, windows, role) for role in ("trainer", "translator"))
    address = "/desk/questions/s1-road-001"
    for page in (trainer, translator):
        page.goto(address)
    trainer.fill("[name='explanation.zh']", "《道路交通安全法实施条例》第38条：黄灯亮时，越过停止线的可以通行。")
    trainer.get_by_role("button", name="保存汉文").click()
    expect(trainer.locator(".notice.fine")).to_be_visible()
    translator.fill("[name='stem.bo']", translator.input_value("[name='stem.bo']").replace("།", "། །", 1))
    windows.expected = {409}
    translator.get_by_role("button", name="保存藏文").click()
    expect(translator.locator("section.card").first.locator("del").last).to_have_text("继续")
    windows.look(translator, "chinese-changed")
    windows.expected = set()
    translator.get_by_role("button", name="以我的内容为准").click()
    expect(translator.locator(".notice.fine")).to_be_visible()
    expect(translator.locator(".heading .actions")).to_contain_text("译文过期")
    expect(translator.locator(".save")).to_contain_text("与现有汉文相符")
    windows.look(translator, "still-out-of-date")
    translator.get_by_role("button", name="保存藏文").click()
    expect(translator.locator(".heading .actions")).not_to_contain_text("译文过期")


def test_what_was_typed_outlives_a_sign_in_that_ran_out(site: Site, windows: Windows) -> None:
    page = at_the_desk(site, windows, "trainer")
    address, words = "/desk/questions/s1-road-005", "《道路交通安全法》第38条：我写了半小时的解析。"
    page.goto(address)
    page.select_option("[name='difficulty']", "3")
    elsewhere = page.context.new_page()
    elsewhere.goto("/desk/")
    elsewhere.get_by_role("button", name="退出登录").click()
    expect(elsewhere.locator("#username")).to_be_visible()
    windows.expected = {401}
    page.fill("[name='explanation.zh']", words)
    expect(page.locator(".fault-list")).to_contain_text("登录已失效")
    windows.look(page, "signed-out")
    page.get_by_role("button", name="保存汉文").click()
    expect(page.locator("h1")).to_contain_text("登录")
    windows.expected = set()
    sign_in_staff(page, "translator", site.passwords["translator"])
    page.goto(address)
    expect(page.locator("#kept")).to_be_hidden()  # what somebody else typed
    page.get_by_role("button", name="退出登录").click()
    sign_in_staff(page, "trainer", site.passwords["trainer"])
    page.goto(address)
    expect(page.locator("#kept")).to_be_visible()
    windows.look(page, "kept")
    page.get_by_role("button", name="恢复到表单").click()
    expect(page.locator("[name='explanation.zh']")).to_have_value(words)
    expect(page.locator("[name='difficulty']")).to_have_value("3")
    page.get_by_role("button", name="保存汉文").click()
    expect(page.locator(".notice.fine")).to_be_visible()
    page.reload()
    expect(page.locator("#kept")).to_be_hidden()
    expect(page.locator("[name='explanation.zh']")).to_have_value(words)


def test_a_new_question_has_the_chapters_of_its_subject_and_is_told_what_it_lacks(site: Site, windows: Windows) -> None:
    page = at_the_desk(site, windows, "trainer")
    page.goto("/desk/new")
    page.select_option("[name='subject']", "subject3")
    expect(page.locator("[name='chapter']")).to_have_value("safe_driving")
    expect(page.locator("[name='chapter'] optgroup:not([disabled]) option")).to_have_count(7)
    windows.expected = {422}
    page.get_by_role("button", name="建立试题").click()
    expect(page.locator("[id='stem.zh-faults']")).to_have_text("题干未填。")
    expect(page.locator("[name='subject']")).to_have_value("subject3")
    windows.look(page, "empty")


FOREIGN = """题库导出 2025
编号,问题内容,一,二,三,四,参考值,讲解
7,下长坡时怎样控制车速？,挂低速挡,空挡滑行,熄火滑行,踩离合器滑行,1,道路交通安全法实施条例第70条
8,通过落石路段前应当怎样做？,停车查看山坡,确认安全后通过,在路段中停车拍照,鸣喇叭后高速冲过,3,
9,没有答案的题目？,甲,乙,丙,丁,,
"""


def test_somebody_elses_file_is_read_mapped_and_taken_over(site: Site, windows: Windows, tmp_path: Path) -> None:
    """Columns that nobody knows and answers as bit masks: first nothing is taken, then what the trainer says they mean."""
    file = tmp_path / "导出.csv"
    file.write_bytes(FOREIGN.encode("gbk"))
    page = at_the_desk(site, windows, "trainer")
    page.goto("/desk/exchange")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="先查看").click()
    columns = page.locator("select[name^='column.']")
    expect(columns).to_have_count(8)
    windows.look(page, "unknown-columns")
    for place, field in enumerate(("", "zh", "a_zh", "b_zh", "c_zh", "d_zh", "key", "explanation_zh")):
        columns.nth(place).select_option(field)
    page.fill("[name='heading_row.0']", "2")
    page.select_option("[name='keys']", "bits")
    page.get_by_role("button", name="按此重新读取").click()
    expect(page.locator("h1")).to_contain_text("2")
    windows.look(page, "report")
    page.fill("[name='law']", "道路交通安全法实施条例")
    page.fill("[name='article']", "第七十条")
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.locator(".notice.fine")).to_contain_text("2")
    windows.look(page, "taken")
    page.goto("/desk/questions?text=落石路段前")
    page.locator("td a[href*='/desk/questions/s']").first.click()
    expect(page.locator("[name='key'][value='a']")).to_be_checked()
    expect(page.locator("[name='key'][value='b']")).to_be_checked()
    windows.look(page, "imported-question")


def test_a_whole_chapter_is_submitted_with_progress_and_sent_back_with_one_reason(site: Site, windows: Windows) -> None:
    trainer, reviewer = (at_the_desk(site, windows, role) for role in ("trainer", "reviewer"))
    trainer.goto("/desk/questions?subject=subject1&chapter=road_rules")
    trainer.locator("[name='all']").check()
    trainer.locator("[name='act']").select_option("submit-zh")
    trainer.get_by_role("button", name="办理").click()
    expect(trainer.get_by_text("全部办完")).to_be_visible(timeout=90_000)
    windows.look(trainer, "bulk-done")
    reviewer.goto("/desk/questions?state=review")
    reviewer.locator("[name='all']").check()
    reviewer.locator("[name='act']").select_option("return-zh")
    windows.expected = {422}
    reviewer.get_by_role("button", name="办理").click()
    expect(reviewer.get_by_text("请填写理由")).to_be_visible()
    windows.expected = set()
    reviewer.go_back()
    reviewer.locator("[name='reason']").fill("条款请再核对")
    reviewer.locator("[name='all']").check()
    reviewer.locator("[name='act']").select_option("return-zh")
    reviewer.get_by_role("button", name="办理").click()
    expect(reviewer.get_by_text("全部办完")).to_be_visible(timeout=90_000)
