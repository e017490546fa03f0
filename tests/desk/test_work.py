"""The way of a question over the desk: who may do what, in which state, and that nobody's change is lost."""

from typing import Any

import pytest

from examsys.bank.fmt import format_bank
from examsys.db import here
from examsys.desk import checks, history, service
from examsys.desk.shelf import block_hash
from examsys.domain.bank import State, is_approved, is_released, is_stale, may_be_drawn
from examsys.domain.errors import RuleBroken
from tests.factories import House
from tests.people import JAMTSO, RINCHEN, YUNGDRUNG

ONE, TWO = "s1-road-001", "s1-road-002"
STEM = {
    "zh": "没有中心线的城市道路，最高时速为40公里。",
    "bo": "དཀྱིལ་ཐིག་མེད་པའི་གྲོང་ཁྱེར་ལམ་གཞུང་དུ་ཆུ་ཚོད་རེར་མྱུར་ཚད་མཐོ་ཤོས་སྤྱི་ལེ་30ཡིན།",
}


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
        stem = checks.workshop().question(ONE).question.stem
        done = service.translate(ONE, base(), {"stem": {"zh": stem.zh, "bo": STEM["bo"]}}, actor).question
        translation = done.translations["bo"]
        assert (translation.state, translation.made_by, translation.by) == ("draft", "person", "rinchen")


def test_nobody_approves_the_own_work(stamped: House) -> None:
    with stamped.inside():
        author, translator, reviewer = map(stamped.actor, (JAMTSO, RINCHEN, YUNGDRUNG))
        service.write(ONE, base(), {"difficulty": 2}, author)
        service.submit(ONE, "zh", author)
        with pytest.raises(RuleBroken, match="access.own_work"):
            service.approve(ONE, "zh", author)
        assert is_approved(service.approve(ONE, "zh", reviewer).question)
        stem = checks.workshop().question(ONE).question.stem
        service.translate(ONE, base(), {"stem": stem.as_dict()}, translator)
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
    [("submit", "review"), ("approve", "draft"), ("give_back", "draft"), ("restore", "draft")],
)
def test_a_deed_in_the_wrong_state_changes_nothing(stamped: House, deed: str, state: str) -> None:
    with stamped.inside():
        if state == "review":
            service.submit(ONE, "zh", stamped.actor(JAMTSO))
        before = checks.workshop().question(ONE).block
        more: dict[str, tuple[Any, ...]] = {
            "submit": ("zh",),
            "approve": ("zh",),
            "give_back": ("zh", "为何"),
            "restore": ("为何",),
        }
        with pytest.raises(RuleBroken, match="desk.wrong_state"):
            getattr(service, deed)(ONE, *more[deed], stamped.actor(YUNGDRUNG))
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
    draft = {
        "kind": "judge", "families": ["car"], "difficulty": 1, "source": {"law": "道路交通安全法", "article": "第四十四条"},
        "stem": {"zh": "路口没有信号灯时应当减速慢行。"}, "key": "right", "explanation": {"zh": "道路交通安全法第四十四条。"},
    }  # fmt: skip
    with stamped.inside():
        (made,) = service.create("subject1", "road_rules", [draft], stamped.actor(JAMTSO))
        assert made.question.id == "s1-road-003"
        assert not may_be_drawn(made.question)  # there is no Tibetan yet
        (other,) = service.create("subject3", "emergencies", [draft], stamped.actor(JAMTSO))
        assert other.question.id == "s3-emergencies-001"


def test_every_deed_is_a_version_and_an_entry(stamped: House) -> None:
    with stamped.inside():
        service.write(ONE, base(), {"difficulty": 2}, stamped.actor(JAMTSO))
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        service.give_back(ONE, "zh", "条款不对", stamped.actor(YUNGDRUNG))
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
