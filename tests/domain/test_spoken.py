"""What sounds: the very words, a file that is there, and ears that are not the voice's own."""

from dataclasses import replace

import pytest

from examsys.domain.access import Hand, check_four_eyes
from examsys.domain.bank import Kind, Option, Recording, Text, Translation, source_hash, words_hash
from examsys.domain.errors import RuleBroken
from examsys.domain.spoken import Condition, silent_texts, sounding, spoken_texts
from tests.domain.banks import make_question

STEM = Text("题", "བོད།")


def recording(words: str = STEM.bo, **more: object) -> Recording:
    fields: dict[str, object] = {
        "language": "bo", "dialect": "kham", "path": "audio/kham/x.ogg", "sha256": "1" * 64, "of": words_hash(words),
        "speaker": "kham-01", "approved_by": "rinchen",
    }  # fmt: skip
    return Recording(**{**fields, **more})  # type: ignore[arg-type]


def test_right_and_wrong_and_pictures_are_not_read_out() -> None:
    judge = make_question(1, kind=Kind.JUDGE)
    assert [text.place for text in spoken_texts(judge)] == ["stem"]
    drawn = make_question(2, options=(Option("a", Text("甲", "ཀ")), Option("b")))
    assert [text.place for text in spoken_texts(drawn)] == ["stem", "a"]


@pytest.mark.parametrize(
    ("more", "condition"),
    [
        ({}, Condition.SOUNDS),
        ({"of": words_hash("ཁ")}, Condition.STALE),
        ({"approved_by": None}, Condition.WAITING),
        ({"approved_by": "kham-01"}, Condition.WAITING),
        ({"sha256": ""}, Condition.WAITING),
        ({"dialect": "amdo"}, Condition.MISSING),
    ],
)
def test_a_recording_sounds_only_for_its_very_words_and_with_a_second_pair_of_ears(
    more: dict[str, object], condition: Condition
) -> None:
    question = make_question(1, kind=Kind.JUDGE, stem=STEM, audio=(recording(**more),))
    (text,) = spoken_texts(question)
    assert text.condition("kham") is condition
    heard = sounding(question).audio
    assert bool(heard) == (condition is Condition.SOUNDS or more.get("dialect") == "amdo")


def test_what_does_not_sound_is_not_in_the_content_and_a_hash_names_what_was_heard() -> None:
    silent = make_question(1, kind=Kind.JUDGE, stem=STEM)
    waiting = replace(silent, audio=(recording(approved_by=None),))
    approved = replace(silent, audio=(recording(),))
    assert sounding(waiting).content_hash == silent.content_hash
    assert sounding(approved).content_hash != silent.content_hash
    assert sounding(silent) is silent
    assert sounding(approved) is approved


def test_an_option_keeps_only_what_sounds_of_it() -> None:
    option = Option("a", STEM, None, (recording(), recording(words="ཁ", dialect="amdo")))
    heard = sounding(make_question(1, options=(option,)))
    assert [one.dialect for one in heard.options[0].audio] == ["kham"]


def test_a_paper_is_whole_in_a_dialect_only_if_every_text_of_it_sounds() -> None:
    option = Option("a", STEM, None, (recording(),))
    question = make_question(1, stem=STEM, audio=(recording(),), options=(option, Option("b", Text("乙", "ཁ"))))
    assert silent_texts([question], "kham") == 1
    assert silent_texts([question], "amdo") == 3
    assert silent_texts([replace(question, options=(option,))], "kham") == 0


def test_nobody_approves_the_own_voice_and_who_publishes_had_no_part_in_a_recording() -> None:
    with pytest.raises(RuleBroken, match="access.own_work"):
        check_four_eyes(Hand.LISTENER, "rinchen", {Hand.SPEAKER: {"rinchen"}})
    check_four_eyes(Hand.LISTENER, "jamtso", {Hand.SPEAKER: {"rinchen"}})
    for hand in (Hand.SPEAKER, Hand.LISTENER):
        with pytest.raises(RuleBroken, match="access.own_work"):
            check_four_eyes(Hand.PUBLISHER, "rinchen", {hand: {"rinchen"}})


def test_a_recording_of_a_translation_of_an_older_chinese_does_not_sound() -> None:
    question = make_question(
        1, kind=Kind.JUDGE, stem=STEM, audio=(recording(), recording(words=STEM.zh, language="zh", dialect="putonghua"))
    )
    made_from = {"bo": Translation("approved", "person", source_hash(question))}
    fresh = replace(question, translations=made_from)
    assert sounding(fresh) is fresh
    older = replace(fresh, stem=Text(STEM.zh, STEM.bo), explanation=Text("另", question.explanation.bo))
    (text,) = spoken_texts(older)
    assert (text.condition("kham"), text.condition("putonghua")) == (Condition.STALE, Condition.SOUNDS)
    assert [one.dialect for one in sounding(older).audio] == ["putonghua"]
    assert silent_texts([older], "kham") == 1


def test_a_voice_that_may_not_be_heard_does_not_sound() -> None:
    question = make_question(
        1, kind=Kind.JUDGE, stem=STEM, audio=(recording(), recording(dialect="amdo", speaker="amdo-01"))
    )
    assert [one.speaker for one in sounding(question, {"kham-01"}).audio] == ["amdo-01"]
