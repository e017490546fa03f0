"""The way of a question over the desk: who may do what, in which state, and that nobody's change is lost."""

from datetime import date
from typing import Any

import pytest

from examsys.bank.fmt import format_bank
from examsys.bank.normal import edited
from examsys.bank.yaml_source import Written
from examsys.db import here
from examsys.desk import checks, history, service
from examsys.desk.shelf import block_hash
from examsys.desk.workshop import Workshop
from examsys.domain.access import Role
from examsys.domain.bank import (
    State,
    is_approved,
    is_read_back,
    is_released,
    is_stale,
    may_be_drawn,
    source_hash,
    translation_hash,
)
from examsys.domain.desk import Deed
from examsys.domain.errors import RuleBroken
from tests.factories import House, move_in
from tests.people import JAMTSO, RINCHEN, YUNGDRUNG, Staff, id_number

ONE, TWO = "s1-road-001", "s1-road-002"
STEM = {
    "zh": "没有中心线的城市道路，最高时速为40公里。",
    "bo": "དཀྱིལ་ཐིག་མེད་པའི་གྲོང་ཁྱེར་ལམ་གཞུང་དུ་ཆུ་ཚོད་རེར་མྱུར་ཚད་མཐོ་ཤོས་སྤྱི་ལེ་30ཡིན།",
}
OTHER_BO = STEM["bo"].replace("མཐོ་ཤོས་", "ཆེ་ཤོས་")
DRAFT: dict[str, Any] = {
    "kind": "judge", "families": ["car"], "difficulty": 1, "source": {"law": "道路交通安全法", "article": "第四十四条"},
    "stem": {"zh": "路口没有信号灯时应当减速慢行。"}, "key": "right", "explanation": {"zh": "道路交通安全法第四十四条。"},
}  # fmt: skip
SONAM = Staff("索朗", "", id_number(990), "sonam", Role.TRANSLATOR, "vehicle_office")


@pytest.fixture
def stamped(desk: House) -> House:
    """Both questions with a machine's draft of the Tibetan."""
    format_bank(desk.settings.home / "bank")
    return desk


def base(question_id: str = ONE) -> str:
    return block_hash(checks.workshop().question(question_id).block)


def test_an_author_s_change_makes_the_tibetan_stale_and_takes_the_question_out_of_the_draw(stamped: House) -> None:
    with stamped.inside():
        assert may_be_drawn(checks.workshop().question(ONE).question)
        changed = service.write(ONE, base(), {"stem": STEM}, stamped.actor(JAMTSO)).question
        assert changed.stem.zh == STEM["zh"]
        assert (changed.state, changed.author) == (State.DRAFT, "jamtso")
        assert is_stale(changed, "bo")
        assert not may_be_drawn(changed)


def test_a_change_touches_no_other_line_of_the_file(stamped: House) -> None:
    path = stamped.settings.home / "bank/subject1/road_rules.yaml"
    before = path.read_text("utf-8").splitlines()
    with stamped.inside():
        service.write(ONE, base(), {"difficulty": 3}, stamped.actor(JAMTSO))
    after = path.read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        "    state: draft",
        "    author: jamtso",
        "    difficulty: 3",
    ]
    assert [line for line in before if line not in after] == ["    difficulty: 1"]


def test_the_second_of_two_authors_is_told_and_nothing_of_the_first_is_lost(stamped: House) -> None:
    with stamped.inside():
        opened = base()
        service.write(ONE, opened, {"difficulty": 2}, stamped.actor(JAMTSO))
        with pytest.raises(service.ChangedMeanwhile) as told:
            service.write(ONE, opened, {"difficulty": 3}, stamped.actor(JAMTSO))
        assert "difficulty: 3" in told.value.mine
        assert "difficulty: 2" in told.value.theirs
        assert checks.workshop().question(ONE).question.difficulty == 2


def test_a_translator_changes_only_the_tibetan(stamped: House) -> None:
    with stamped.inside():
        actor = stamped.actor(RINCHEN)
        with pytest.raises(RuleBroken, match="desk.chinese_changed"):
            service.translate(ONE, base(), {"stem": STEM}, actor)
        done = service.translate(ONE, base(), texts(stem=OTHER_BO), actor).question
        translation = done.translations["bo"]
        assert (translation.state, translation.made_by, translation.by) == ("draft", "person", "rinchen")


def read_back(question_id: str = ONE) -> dict[str, Any]:
    """Stamps the Tibetan of a question as a machine's draft that was read back; returns the stamp."""
    shop = checks.workshop()
    written = shop.question(question_id)
    stamp = {
        "state": "draft", "made_by": "machine", "of": source_hash(written.question),
        "read_back": {"by": "person", "day": date(2026, 7, 1), "text": translation_hash(written.question, "bo"), "agrees": True},
    }  # fmt: skip
    with shop.writing():
        shop.replace(question_id, edited(written.block, {"translation": {"bo": stamp}}))
    return stamp


def texts(question_id: str = ONE, **changes: str) -> dict[str, Any]:
    """The sheet of a translator: the texts of a judge question as they stand, some with other Tibetan."""
    question = checks.workshop().question(question_id).question
    found = {"stem": question.stem.as_dict(), "explanation": question.explanation.as_dict()}
    return {name: {**text, **({"bo": changes[name]} if name in changes else {})} for name, text in found.items()}


def stamp_of(written: Written) -> dict[str, Any]:
    return written.part.translation["bo"].model_dump(exclude_none=True)


def test_a_tibetan_saved_as_it_was_is_no_new_translation(stamped: House) -> None:
    with stamped.inside():
        before = read_back()
        assert stamp_of(service.translate(ONE, base(), texts(), stamped.actor(RINCHEN))) == before
        assert history.versions(ONE) == []


def test_a_tibetan_said_to_fit_a_changed_chinese_keeps_its_maker_and_its_reading_back(stamped: House) -> None:
    with stamped.inside():
        before = read_back()
        changed = service.write(ONE, base(), {"stem": {**texts()["stem"], "zh": STEM["zh"]}}, stamped.actor(JAMTSO))
        assert is_stale(changed.question, "bo")
        done = service.translate(ONE, base(), texts(), stamped.actor(RINCHEN))
        assert stamp_of(done) == {**before, "of": source_hash(changed.question)}
        assert is_read_back(done.question, "bo")


def test_an_approval_ends_when_the_tibetan_is_said_to_fit_a_changed_chinese(stamped: House) -> None:
    with stamped.inside():
        service.submit(ONE, "bo", stamped.actor(RINCHEN))
        service.approve(ONE, "bo", stamped.actor(YUNGDRUNG))
        service.write(ONE, base(), {"stem": {**texts()["stem"], "zh": STEM["zh"]}}, stamped.actor(JAMTSO))
        done = service.translate(ONE, base(), texts(), stamped.actor(RINCHEN))
        assert stamp_of(done)["state"] is State.DRAFT
        assert "reviewed_by" not in stamp_of(done)


def test_who_saves_the_same_twice_is_not_told_of_somebody_else(stamped: House) -> None:
    with stamped.inside():
        opened, mine = base(), texts(stem=OTHER_BO)
        first = service.translate(ONE, opened, mine, stamped.actor(RINCHEN))
        assert service.translate(ONE, opened, mine, stamped.actor(RINCHEN)).block == first.block
        opened = base()
        first = service.write(ONE, opened, {"difficulty": 3}, stamped.actor(JAMTSO))
        assert service.write(ONE, opened, {"difficulty": 3}, stamped.actor(JAMTSO)).block == first.block
        assert [version.deed for version in history.versions(ONE)] == ["write"] * 3


def test_who_changed_nothing_overwrites_nobody(stamped: House) -> None:
    with stamped.inside():
        opened, mine = base(), texts()
        service.translate(ONE, opened, texts(stem=OTHER_BO), stamped.actor(RINCHEN))
        done = service.translate(ONE, opened, mine, stamped.actor(RINCHEN))
        assert done.question.stem.bo == OTHER_BO


def test_a_tibetan_made_from_an_older_chinese_is_out_of_date_also_when_it_is_saved_over_the_newer_one(
    stamped: House,
) -> None:
    with stamped.inside():
        opened, seen = base(), source_hash(checks.workshop().question(ONE).question)
        service.write(ONE, opened, {"stem": {**texts()["stem"], "zh": STEM["zh"]}}, stamped.actor(JAMTSO))
        mine = texts(stem=OTHER_BO)
        with pytest.raises(service.ChangedMeanwhile) as told:
            service.translate(ONE, opened, mine, stamped.actor(RINCHEN), of=seen)
        assert told.value.opened is not None
        assert "stem.zh" in [change.field for change in history.difference(told.value.opened, told.value.theirs)]
        done = service.translate(ONE, base(), mine, stamped.actor(RINCHEN), of=seen)
        assert is_stale(done.question, "bo")


def test_nobody_approves_what_they_wrote_before_a_colleague_touched_it(stamped: House) -> None:
    with stamped.inside():
        move_in(SONAM, stamped.units, "2026-01-01")
        first, second = stamped.actor(RINCHEN), stamped.actor(SONAM)
        service.translate(ONE, base(), texts(stem=OTHER_BO), first)
        service.translate(ONE, base(), texts(stem=STEM["bo"]), second)
        service.submit(ONE, "bo", second)
        with pytest.raises(RuleBroken, match="access.own_work"):
            service.approve(ONE, "bo", first)
        service.approve(ONE, "bo", stamped.actor(YUNGDRUNG))
        service.translate(ONE, base(), texts(explanation=texts()["explanation"]["bo"] + "།"), second)
        service.submit(ONE, "bo", second)
        assert is_released(
            service.approve(ONE, "bo", first).question, "bo"
        )  # the earlier words have an approval of their own


def test_nobody_s_answers_wait_while_the_desk_checks_a_question_and_writes_its_file(
    stamped: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[int] = []

    def watched(name: str) -> None:
        real = getattr(Workshop, name)

        def method(*args: Any, **more: Any) -> Any:
            turns.append(here().thread.depth)
            return real(*args, **more)

        monkeypatch.setattr(Workshop, name, method)

    for name in ("question", "replace", "take_all"):
        watched(name)
    with stamped.inside():
        service.write(ONE, base(), {"difficulty": 3}, stamped.actor(JAMTSO))
        service.create("subject1", "road_rules", [DRAFT], stamped.actor(JAMTSO))
    assert set(turns) == {0}


def test_a_deed_that_cannot_be_kept_leaves_the_file_as_it_was(stamped: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> str:
        raise OSError(28, "No space left on device")

    with stamped.inside():
        before = checks.workshop().question(ONE).block
        monkeypatch.setattr(history, "keep", full)
        with pytest.raises(OSError, match="No space"):
            service.write(ONE, base(), {"difficulty": 3}, stamped.actor(JAMTSO))
        assert checks.workshop().question(ONE).block == before


def test_nobody_approves_the_own_work(stamped: House) -> None:
    with stamped.inside():
        author, translator, reviewer = map(stamped.actor, (JAMTSO, RINCHEN, YUNGDRUNG))
        service.write(ONE, base(), {"difficulty": 2}, author)
        service.submit(ONE, "zh", author)
        with pytest.raises(RuleBroken, match="access.own_work"):
            service.approve(ONE, "zh", author)
        assert is_approved(service.approve(ONE, "zh", reviewer).question)
        service.translate(ONE, base(), texts(stem=OTHER_BO), translator)
        service.submit(ONE, "bo", translator)
        with pytest.raises(RuleBroken, match="access.own_work"):
            service.approve(ONE, "bo", translator)
        assert is_released(service.approve(ONE, "bo", reviewer).question, "bo")


def test_a_change_after_the_approval_ends_it(stamped: House) -> None:
    with stamped.inside():
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        service.approve(ONE, "zh", stamped.actor(YUNGDRUNG))
        changed = service.write(ONE, base(), {"difficulty": 3}, stamped.actor(JAMTSO))
        assert not is_approved(changed.question)
        assert changed.part.approval is None


def test_approval_by_hand_in_the_file_counts_only_for_the_words_it_names(stamped: House) -> None:
    path = stamped.settings.home / "bank/subject1/road_rules.yaml"
    with stamped.inside():
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        service.approve(ONE, "zh", stamped.actor(YUNGDRUNG))
        path.write_text(path.read_text("utf-8").replace("最高时速为30公里", "最高时速为50公里"), "utf-8")
        assert not is_approved(checks.workshop().question(ONE).question)


@pytest.mark.parametrize(
    ("deed", "state"),
    [(Deed.SUBMIT, "review"), (Deed.APPROVE, "draft"), (Deed.RETURN, "draft"), (Deed.RESTORE, "draft")],
)
def test_a_deed_in_the_wrong_state_changes_nothing(stamped: House, deed: Deed, state: str) -> None:
    with stamped.inside():
        if state == "review":
            service.submit(ONE, "zh", stamped.actor(JAMTSO))
        before = checks.workshop().question(ONE).block
        with pytest.raises(RuleBroken, match="desk.wrong_state"):
            service.do(deed, ONE, "zh", "为何", stamped.actor(YUNGDRUNG))
        assert checks.workshop().question(ONE).block == before


def test_a_question_with_an_error_does_not_go_to_the_reviewer(stamped: House) -> None:
    with stamped.inside():
        options = [{"id": name, "zh": zh} for name, zh in (("a", "停车"), ("b", "鸣喇叭"), ("c", "以上都对"))]
        service.write(TWO, base(TWO), {"options": options}, stamped.actor(JAMTSO))
        with pytest.raises(RuleBroken, match="desk.has_faults"):
            service.submit(TWO, "zh", stamped.actor(JAMTSO))


def test_tibetan_that_became_stale_does_not_keep_the_chinese_from_the_reviewer(stamped: House) -> None:
    with stamped.inside():
        service.write(ONE, base(), {"stem": STEM}, stamped.actor(JAMTSO))
        assert service.submit(ONE, "zh", stamped.actor(JAMTSO)).question.state is State.REVIEW
        with pytest.raises(RuleBroken, match="desk.has_faults"):
            service.submit(ONE, "bo", stamped.actor(RINCHEN))


def test_what_would_be_no_question_is_refused_and_says_what_is_missing(stamped: House) -> None:
    with stamped.inside():
        before = checks.workshop().question(TWO).block
        with pytest.raises(RuleBroken, match="desk.unreadable") as refused:
            service.write(TWO, base(TWO), {"key": ["a", "b"]}, stamped.actor(JAMTSO))
        assert "key.single_has_one" in str(refused.value.facts)
        assert checks.workshop().question(TWO).block == before
        assert history.versions(TWO) == []


def test_a_new_question_takes_the_next_number_of_its_chapter(stamped: House) -> None:
    with stamped.inside():
        (made,) = service.create("subject1", "road_rules", [DRAFT], stamped.actor(JAMTSO))
        assert made.question.id == "s1-road-003"
        assert not may_be_drawn(made.question)  # there is no Tibetan yet
        (other,) = service.create("subject3", "emergencies", [DRAFT], stamped.actor(JAMTSO))
        assert other.question.id == "s3-emergencies-001"


def test_every_deed_is_a_version_and_an_entry(stamped: House) -> None:
    with stamped.inside():
        service.write(ONE, base(), {"difficulty": 2}, stamped.actor(JAMTSO))
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        service.do(Deed.RETURN, ONE, "zh", "条款不对", stamped.actor(YUNGDRUNG))
        found = history.versions(ONE)
        assert [(version.deed, version.reason) for version in found] == [
            ("return", "条款不对"),
            ("submit", ""),
            ("write", ""),
            ("write", history.CAME),
        ]
        (change,) = history.difference(found[1].block, found[0].block)
        assert (change.field, [(piece.sort, piece.words) for piece in change.pieces]) == (
            "state",
            [("gone", "review"), ("new", "draft")],
        )
        with here().reading() as raw:
            kinds = [row[0] for row in raw.all("SELECT kind FROM entry ORDER BY entry_id")]
        assert kinds[-3:] == ["question.draft", "question.review", "question.return"]


def test_a_difference_is_cut_at_tshegs_and_between_signs() -> None:
    pieces = history.pieces("时速为30公里", "时速为40公里")
    assert [(piece.sort, piece.words) for piece in pieces] == [
        ("same", "时速为"),
        ("gone", "30"),
        ("new", "40"),
        ("same", "公里"),
    ]
    pieces = history.pieces("ཁ་ལོ་བ་ཡིན།", "ཁ་ལོ་པ་ཡིན།")
    assert [(piece.sort, piece.words) for piece in pieces][1:3] == [("gone", "བ་"), ("new", "པ་")]
