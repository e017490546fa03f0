"""The editor over HTTP: what is typed is not lost, what is refused is said in words at its field, two at once see both."""

import re
from typing import Any

import pytest

from examsys.desk import checks, service, sheet
from examsys.domain.bank import source_hash
from examsys.domain.errors import RuleBroken
from tests.accounts.desk import Desk
from tests.desk.test_work import DRAFT, ONE, OTHER_BO, STEM, TWO, base, read_back, stamp_of, stamped, texts  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, RINCHEN

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)

NEW = {
    "subject": "subject1", "chapter": "road_rules", "kind": "single", "families": ["car", "bus"], "difficulty": "3",
    "law.0": "新法", "article.0": "第九条", "stem.zh": "换一道题？", "option.a.zh": "甲甲", "option.b.zh": "乙乙",
    "option.c.zh": "丙丙", "key": ["a", "b"], "explanation.zh": "第九条。", "fixed_order": "1", "twins": "ab", "enemies": ONE,
}  # fmt: skip


def ticked(page: str, name: str, value: str) -> bool:
    return re.search(rf'name="{name}" value="{value}"[^>]* checked', page) is not None


def at_field(page: str, field: str) -> str:
    """What is said at a field."""
    found = re.search(rf'id="{re.escape(field)}-faults"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert found, field
    return re.sub(r"\s*<[^>]*>\s*", " ", found[1]).strip()


def sheet_of(house: House, question: str = ONE, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a question's sheet."""
    with house.inside():
        written = checks.workshop().question(question)
        values = sheet.values(written.part)
        seen = source_hash(written.question)
        opened = base(question)
    fields: dict[str, Any] = {"base": opened, "made_from": seen}
    fields |= {name: str(values[name]) for name in ("kind", "difficulty", "twins", "enemies", "media")}
    fields |= {name: values[name] for name in ("families", "key")}
    for name in ("stem", "explanation"):
        fields |= {f"{name}.{language}": values[name][language] for language in ("zh", "bo")}
    for row, (law, article) in enumerate(values["sources"]):
        fields |= {f"law.{row}": law, f"article.{row}": article}
    for letter, option in values["options"].items():
        fields |= {f"option.{letter}.{name}": option[name] for name in ("zh", "bo", "picture")}
    return fields | changes


@pytest.mark.parametrize("address", ["/desk/new", f"/desk/questions/{TWO}/write"])
def test_nothing_that_was_typed_is_lost_when_a_sheet_is_refused(stamped: House, address: str) -> None:  # noqa: F811
    desk = Desk(stamped.app, JAMTSO)
    answer = desk.post(address, **{**sheet_of(stamped, TWO), **NEW})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for words in ("新法", "第九条", "换一道题？", "甲甲", "丙丙"):
        assert words in page
    assert [ticked(page, "key", letter) for letter in "abc"] == [True, True, False]
    assert [ticked(page, "families", one) for one in ("car", "bus", "moto")] == [True, True, False]
    assert ticked(page, "fixed_order", "1")
    assert re.search(r'name="twins" value="ab"', page)
    assert re.search(rf'name="enemies" value="{ONE}"', page)
    assert "<option selected>3" in page


def test_an_empty_new_question_is_told_field_by_field_what_it_lacks(stamped: House) -> None:  # noqa: F811
    answer = Desk(stamped.app, JAMTSO).post("/desk/new", subject="subject1", chapter="road_rules", kind="single")
    page = answer.get_data(as_text=True)
    assert at_field(page, "stem.zh") == "题干未填。"
    assert at_field(page, "explanation.zh") == "解析未填。"
    assert at_field(page, "source") == "法规或条款未填。"
    assert at_field(page, "families") == "未勾选准驾车型。"
    assert not re.search(r"schema|Input should|valid (dictionary|tuple)", page)


def test_a_wrong_key_or_name_is_told_at_its_field(stamped: House) -> None:  # noqa: F811
    desk = Desk(stamped.app, JAMTSO)
    page = desk.post("/desk/new", **NEW).get_data(as_text=True)
    assert at_field(page, "key") == "单选题只能有一个正确选项。"
    page = desk.post("/desk/new", **{**NEW, "twins": "甲 乙", "enemies": "一号", "media": "牛.svg"}).get_data(
        as_text=True
    )
    assert [at_field(page, name)[:6] for name in ("twins", "enemies", "media")] == [
        "组名只用小写",
        "此处填写试题",
        "此处填写图片",
    ]


def test_a_chapter_of_the_other_subject_is_refused(stamped: House) -> None:  # noqa: F811
    desk = Desk(stamped.app, JAMTSO)
    answer = desk.post("/desk/new", **{**NEW, "key": ["a"], "chapter": "case_analysis"})
    assert answer.status_code == 422
    assert at_field(answer.get_data(as_text=True), "chapter") == "该科目没有此章节。"
    assert not (stamped.settings.home / "bank/subject1/case_analysis.yaml").exists()


def test_what_keeps_a_question_from_the_reviewer_is_said_in_words(stamped: House) -> None:  # noqa: F811
    desk = Desk(stamped.app, JAMTSO)
    with stamped.inside():
        service.write(ONE, base(), {"enemies": ["s1-road-999"]}, stamped.actor(JAMTSO))
    answer = desk.post(f"/desk/questions/{ONE}/step", act="submit-zh")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert at_field(page, "enemies") == "要避开的试题不存在。 s1-road-999"
    assert "question.enemy_unknown" not in page


def test_enemies_that_are_not_there_and_lonely_or_crowded_twins_are_named_at_the_desk(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        author = stamped.actor(JAMTSO)
        lonely = service.write(ONE, base(), {"twins": "speed", "enemies": ["s1-road-999"]}, author)
        assert {"question.enemy_unknown", "question.twin_alone"} <= {one.message_key for one in checks.faults(lonely)}
        with pytest.raises(RuleBroken, match=r"desk\.has_faults"):
            service.submit(ONE, "zh", author)
        service.write(TWO, base(TWO), {"twins": "speed"}, author)
        draft = {**DRAFT, "twins": "speed", "stem": {"zh": "路口应当减速慢行吗？"}}
        (third,) = service.create("subject1", "road_rules", [draft], author)
        assert "question.more_than_two_twins" in [one.message_key for one in checks.faults(third)]
        tried = checks.try_out(TWO, {"enemies": ["s1-road-998"]})
        assert "question.enemy_unknown" in [one.message_key for one in tried.faults]


def test_tibetan_within_the_chinese_is_for_its_author_to_mend(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        author, translator = stamped.actor(JAMTSO), stamped.actor(RINCHEN)
        stem = texts()["stem"]
        service.write(ONE, base(), {"stem": {**stem, "zh": stem["zh"] + "དཔེ།"}}, author)
        with pytest.raises(RuleBroken, match=r"desk\.has_faults"):
            service.submit(ONE, "zh", author)
        service.translate(ONE, base(), texts(), translator)
        assert service.submit(ONE, "bo", translator).part.translation["bo"].state == "review"


def test_who_presses_save_twice_is_told_once_that_it_was_saved(stamped: House) -> None:  # noqa: F811
    desk = Desk(stamped.app, RINCHEN)
    sent = sheet_of(stamped, **{"stem.bo": OTHER_BO})
    answers = [desk.post(f"/desk/questions/{ONE}/translate", **sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    page = desk.page(f"/desk/questions/{ONE}").text
    assert "已保存" in page
    with stamped.inside():
        assert stamp_of(checks.workshop().question(ONE))["by"] == "rinchen"


def test_an_unchanged_tibetan_is_not_called_written_by_who_pressed_save(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        before = read_back()
    desk = Desk(stamped.app, RINCHEN)
    desk.post(f"/desk/questions/{ONE}/translate", **sheet_of(stamped))
    with stamped.inside():
        assert stamp_of(checks.workshop().question(ONE)) == before
    assert "未作任何更改" in desk.page(f"/desk/questions/{ONE}").text


def test_a_translator_whose_chinese_was_changed_sees_how_and_stays_out_of_date_until_it_is_compared(
    stamped: House,  # noqa: F811
) -> None:
    desk = Desk(stamped.app, RINCHEN)
    sent = sheet_of(stamped, **{"stem.bo": OTHER_BO})
    with stamped.inside():
        service.write(ONE, base(), {"stem": {**texts()["stem"], "zh": STEM["zh"]}}, stamped.actor(JAMTSO))
    answer = desk.post(f"/desk/questions/{ONE}/translate", **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "<del>30</del><ins>40</ins>" in re.sub(r"\s+", "", page) or "<ins>4</ins>" in page
    assert "译文过期" in page
    assert not re.search(r"[0-9a-f]{64}", re.sub(r'value="[^"]*"', "", page))
    (newer,) = re.findall(r'name="base" value="([0-9a-f]{64})"', page)
    assert desk.post(f"/desk/questions/{ONE}/translate", **{**sent, "base": newer}).status_code == 302
    with stamped.inside():
        assert "translation.stale" in [one.message_key for one in checks.faults(checks.workshop().question(ONE))]
    desk.post(f"/desk/questions/{ONE}/translate", **sheet_of(stamped))
    with stamped.inside():
        assert "translation.stale" not in [one.message_key for one in checks.faults(checks.workshop().question(ONE))]


def test_a_tibetan_that_is_not_there_does_not_go_to_the_reviewer(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        service.translate(ONE, base(), {"stem": {"zh": texts()["stem"]["zh"]}}, stamped.actor(RINCHEN))
        with pytest.raises(RuleBroken, match=r"desk\.has_faults"):
            service.submit(ONE, "bo", stamped.actor(RINCHEN))
        service.submit(ONE, "zh", stamped.actor(JAMTSO))


def test_a_tibetan_passage_is_marked_as_tibetan(stamped: House) -> None:  # noqa: F811
    desk = Desk(stamped.app, RINCHEN)
    with stamped.inside():
        service.translate(ONE, base(), texts(stem=STEM["bo"].replace("ཡིན།", "ཡིན་།")), stamped.actor(RINCHEN))
    page = desk.post(f"/desk/questions/{ONE}/step", act="submit-bo").get_data(as_text=True)
    assert re.search(r'<b lang="bo">[^<]*[\u0f00-\u0fff]', page)
    told = desk.post(f"/desk/questions/{ONE}/lint", **sheet_of(stamped)).get_json()["faults"]
    assert "bo" in [one["lang"] for one in told]


def test_a_new_question_is_not_blamed_for_the_tibetan_it_cannot_have(stamped: House) -> None:  # noqa: F811
    told = Desk(stamped.app, JAMTSO).post("/desk/lint", **{**NEW, "key": ["a"]}).get_json()["faults"]
    assert "QB09" not in [one["rule"] for one in told]


def test_mine_over_theirs_leaves_the_fields_that_i_did_not_touch(stamped: House) -> None:  # noqa: F811
    desk = Desk(stamped.app, JAMTSO)
    sent = sheet_of(stamped, difficulty="3")
    with stamped.inside():
        longer = texts()["explanation"]["zh"] + "注意限速标志。"
        explanation = {**texts()["explanation"], "zh": longer}
        service.write(ONE, base(), {"explanation": explanation}, stamped.actor(JAMTSO))
    page = desk.post(f"/desk/questions/{ONE}/write", **sent).get_data(as_text=True)
    hidden = dict(re.findall(r'name="(base|opened)" value="([0-9a-f]{64})"', page))
    assert desk.post(f"/desk/questions/{ONE}/write", **{**sent, **hidden}).status_code == 302
    with stamped.inside():
        question = checks.workshop().question(ONE).question
        assert (question.difficulty, question.explanation.zh) == (3, longer)
