"""Every word for people stands in the catalogues, in the office's own terms, and the Tibetan ones keep the lint."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import catalogues
from examsys.bank.spelling import dictionary_lookup
from examsys.domain.tibetan import Level, Lexicon, lint_text

HAN = re.compile("[\u3400-\u9fff]")
DICTIONARY = Path("/usr/share/hunspell/bo_CN.dic")
NEVER = ("尝试", "会话", "座椅", "释放", "发布", "花名册", "提交试卷表单", "案件", "证人", "毕业证", "中文")
# What the English says, and the office's word for it (design/words.md).
OFFICE_WORDS = {
    r"\bscore sheets?\b": "成绩单",
    r"\bslip\b": "回执|凭条",
    r"\bmake-up\b": "补考",
    r"\bhand(ed|ing)? in\b": "交卷",
    r"\broster": "考生名单",
    r"\badmission code\b": "验证码",
    r"\bcheckpoint": "封存点",
    r"(?<!kept )\bsealed\b": "封存",
    r"\bcosign": "上级联署",
    r"\bregrad": "重新评分",
    r"\bresult voided\b": "取消成绩",
    r"\bseats?\b": "考台",
    r"\bterminal": "考试终端",
    r"\brelease of the (question )?bank\b": "题库版本",
    r"\bentr(y|ies)\b": "日志",
    r"\bacceptance post\b": "受理岗",
    r"\bsupervision post\b": "监督岗",
    r"\bdemonstration sample\b": "演示样张 · 无效",
    r"\btibetan draft translation\b": "藏文译稿（未审定）",
    r"^flag(ged)?\b": "标记",
    r"^exam records?$": "考试记录",
}


def entries(language: str) -> Iterator[tuple[str, str]]:
    """All texts of a catalogue with their translations."""
    for message in catalogues.read(language):
        if message.id:
            yield str(message.id), str(message.string)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_catalogue_holds_exactly_the_words_of_the_sources(language: str) -> None:
    known = dict(entries(language))
    wanted = catalogues.wanted(language)
    assert [text for text in wanted if not known.get(text)] == [], "translate, then run `make catalogues`"
    assert [text for text in known if text not in wanted] == [], "nobody says this any more: run `make catalogues`"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_compiled_catalogue_is_the_readable_one(language: str) -> None:
    catalogue = catalogues.read(language)
    assert catalogues.file_of(language, "mo").read_bytes() == catalogues.mo_bytes(catalogue)
    assert not [message.id for message in catalogue if message.fuzzy]
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_fill_in_the_same_facts(language: str) -> None:
    differing = [
        text for text, said in entries(language) if catalogues.placeholders(text) != catalogues.placeholders(said)
    ]
    assert differing == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_is_copied_from_the_source(language: str) -> None:
    assert [text for text, said in entries(language) if text == said and re.search("[A-Za-z]{3}", text)] == []


def test_chinese_has_no_tibetan_and_none_of_the_words_that_the_office_never_says() -> None:
    wrong = [(said, word) for _, said in entries("zh") for word in NEVER if word in said]
    assert wrong == []
    assert [said for _, said in entries("zh") if re.search("[\u0f00-\u0fff]", said)] == []


@pytest.mark.parametrize("english", OFFICE_WORDS)
def test_chinese_says_it_as_the_office_does(english: str) -> None:
    pattern, words = re.compile(english, re.IGNORECASE), OFFICE_WORDS[english].split("|")
    named = [(text, said) for text, said in entries("zh") if pattern.search(text)]
    assert [(text, said) for text, said in named if not any(word in said for word in words)] == []


def test_papers_are_never_called_a_licence_or_a_pass_certificate() -> None:
    papers = re.compile(r"score sheet|slip", re.IGNORECASE)
    named = [said for text, said in entries("zh") if papers.search(text) and "no licence" not in text]
    assert [said for said in named if "驾驶证" in said or "合格证" in said] == []


def test_tibetan_has_no_han() -> None:
    assert [said for _, said in entries("bo") if HAN.search(said)] == []


def test_tibetan_keeps_the_lint() -> None:
    lexicon = Lexicon(dictionary_lookup(DICTIONARY))
    faults = [
        (said, finding.rule, finding.passage)
        for _, said in entries("bo")
        for finding in lint_text(re.sub(r"\{\w+\}|%\(\w+\)s", "1", said), lexicon)
        if finding.level is Level.ERROR
    ]
    assert faults == []


def test_unreleased_tibetan_is_marked_as_a_draft() -> None:
    marked = [catalogues.DRAFT in message.auto_comments for message in catalogues.read("bo") if message.id]
    assert all(marked), "once translators release entries, this test counts them instead"
    assert "MACHINE DRAFT" in catalogues.file_of("bo").read_text("utf-8").partition("msgid")[0]
