"""The booth's services: what waits, what is kept, who may approve, and what a changed word does."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from examsys.accounts.service import installation
from examsys.bank import service as bank
from examsys.db import here
from examsys.desk import (
    booth,
    checks,
    consent,
    coverage,
    exchange,
    hearing,
    history,
    levelling,
    recordings,
    releases,
    service,
    speakers,
)
from examsys.desk.workshop import Workshop
from examsys.domain.access import Actor
from examsys.domain.bank import chinese_hash, is_approved, words_hash
from examsys.domain.errors import RuleBroken
from examsys.domain.spoken import Condition, spoken_texts
from tests.desk.sounds import DIALECTS, tone
from tests.desk.test_releases import approved
from tests.desk.test_work import ONE, TWO, base, stamped  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, RINCHEN, YUNGDRUNG, ZHANGMING
from tests.supervision.desk import seal, verified

TODAY = "2026-01-01"


@pytest.fixture
def studio(stamped: House, monkeypatch: pytest.MonkeyPatch) -> House:  # noqa: F811
    """A desk with dialects and three voices of Kham: one from a village, Rinchen, and Jamtso who gave no consent. Without ffmpeg."""
    monkeypatch.setattr(levelling, "is_installed", lambda: False)
    (stamped.settings.home / "bank/dialects.yaml").write_text(DIALECTS, "utf-8")
    with stamped.inside():
        assert speakers.enter("阿旺", "kham", TODAY, False, stamped.actor(RINCHEN)) == "kham-01"
        assert speakers.enter("仁青", "kham", TODAY, True, stamped.actor(RINCHEN)) == "kham-02"
        assert speakers.enter("降措", "kham", "", True, stamped.actor(JAMTSO)) == "kham-03"
    return stamped


def words_of(text: str, language: str = "bo") -> str:
    return words_hash(recordings.text_of(text)[1].words(language))


def keep(house: House, text: str, voice: str = "kham-01", content: bytes = b"") -> str:
    return booth.keep(text, voice, content or tone(), words_of(text), house.actor(RINCHEN)).file


def sound(house: House, *texts: str) -> None:
    """Texts recorded by Rinchen's hand and approved by Jamtso."""
    for pitch, text in enumerate(texts, 300):
        hearing.approve(text, "kham", keep(house, text, content=tone(pitch)), house.actor(JAMTSO))


def condition(text: str, dialect: str = "kham") -> Condition:
    return recordings.text_of(text)[1].condition(dialect)


def test_the_queue_has_every_text_once_and_forgets_what_was_read_out(studio: House) -> None:
    with studio.inside():
        names = [one.id for one in booth.queue("kham")]
        assert names == [f"{ONE}.stem", f"{TWO}.stem", *(f"{TWO}.{option}" for option in "abcd")]
        assert booth.queue("kham")[0].words.startswith("དཀྱིལ")
        assert booth.queue("putonghua")[0].words.startswith("没有")
        keep(studio, f"{ONE}.stem")
        assert [one.id for one in booth.queue("kham")] == names[1:]
        assert len(booth.queue("amdo")) == len(names)
        assert booth.queue("kham", "subject3") == []
        with pytest.raises(RuleBroken, match="audio.dialect_unknown"):
            booth.queue("lhasa")


def test_a_voice_is_handed_what_it_has_read_out_too_and_may_take_it_anew(studio: House) -> None:
    with studio.inside():
        sound(studio, f"{ONE}.stem")
        keep(studio, f"{TWO}.stem", content=tone(500))
        own = {one.id: one for one in booth.queue("kham", voice="kham-01") if one.file}
        assert [(one.id, one.approved) for one in own.values()] == [(f"{ONE}.stem", True), (f"{TWO}.stem", False)]
        assert not any(one.file for one in booth.queue("kham", voice="kham-02"))
        assert keep(studio, f"{TWO}.stem", content=tone(600)) != own[f"{TWO}.stem"].file


def test_a_reason_of_long_ago_is_not_told_where_the_words_were_changed_since(studio: House) -> None:
    with studio.inside():
        hearing.send_back(f"{TWO}.a", "kham", keep(studio, f"{TWO}.a"), "有噪音", studio.actor(JAMTSO))
        assert [one.told for one in booth.queue("kham") if one.id == f"{TWO}.a"] == ["有噪音"]
        keep(studio, f"{TWO}.a", content=tone(500))
    path = studio.settings.home / "bank/subject1/road_rules.yaml"
    path.write_text(path.read_text("utf-8").replace("bo: བཀག་ནས་ལམ་སྤྲོད།", "bo: བཀག་ནས་ལམ་སྟེར།"), "utf-8")
    with studio.inside():
        assert [(one.stale, one.told) for one in booth.queue("kham") if one.id == f"{TWO}.a"] == [(True, "")]


def test_what_was_kept_is_on_disk_and_in_the_block_for_a_server_that_starts_anew(studio: House) -> None:
    with studio.inside():
        file = keep(studio, f"{TWO}.a")
    again = Workshop(studio.settings.home / "bank")
    (row,) = again.question(TWO).part.options[0].audio
    assert (row.file, row.dialect, row.language, row.speaker, row.approved_by) == (file, "kham", "bo", "kham-01", None)
    assert (studio.settings.home / "bank/media" / file).read_bytes() == tone()
    assert re.fullmatch(r"audio/kham/s1-road-002-a-[0-9a-f]{16}\.wav", file)


def test_recording_leaves_the_question_and_its_approval_as_they_are(studio: House) -> None:
    with studio.inside():
        approved(studio, ONE)
        before = chinese_hash(checks.workshop().question(ONE).question)
        sound(studio, f"{ONE}.stem")
        after = checks.workshop().question(ONE).question
        assert is_approved(after)
        assert chinese_hash(after) == before
        assert [version.deed for version in history.versions(ONE)][:2] == ["hear", "record"]
    assert [entry["data"]["question"] for entry in studio.entries("question.record")] == [ONE]
    assert len(studio.entries("question.hear")) == 1


def test_without_consent_nothing_is_recorded_also_when_it_was_taken_back(studio: House) -> None:
    with studio.inside():
        with pytest.raises(RuleBroken, match="audio.no_consent"):
            keep(studio, f"{ONE}.stem", "kham-03")
        speakers.consent_to("kham-03", TODAY, studio.actor(RINCHEN))
        keep(studio, f"{ONE}.stem", "kham-03")
        speakers.consent_to("kham-03", "", studio.actor(RINCHEN))
        with pytest.raises(RuleBroken, match="audio.no_consent"):
            keep(studio, f"{TWO}.stem", "kham-03")
        with pytest.raises(RuleBroken, match="audio.speaker_unknown"):
            keep(studio, f"{TWO}.stem", "kham-09")
        assert not list((studio.settings.home / "bank/media/audio").rglob("*002*"))


def files(house: House) -> set[str]:
    media = house.settings.home / "bank/media"
    return {path.relative_to(media).as_posix() for path in (media / "audio").rglob("*") if path.is_file()}


def test_a_consent_taken_back_silences_every_recording_of_that_voice_and_no_other(studio: House) -> None:
    speakers_of = {"kham-01": (f"{ONE}.stem", f"{TWO}.a"), "kham-02": (f"{TWO}.stem", f"{TWO}.b")}
    with studio.inside():
        kept = {
            voice: {keep(studio, text, voice, tone(pitch + 10 * place)) for place, text in enumerate(texts)}
            for pitch, (voice, texts) in enumerate(speakers_of.items(), 400)
        }
        assert consent.held()["kham-01"] == consent.Held(2, 0)
        assert consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN)) == 2
        assert [condition(text) for text in speakers_of["kham-01"]] == [Condition.MISSING] * 2
        assert [condition(text) for text in speakers_of["kham-02"]] == [Condition.WAITING] * 2
        assert consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN)) == 0
        assert checks.faults(checks.workshop().question(TWO)) == []
    assert files(studio) == kept["kham-02"]
    assert len(studio.entries("question.silence")) == 2
    assert [entry["data"]["consent"] for entry in studio.entries("audio.speaker")][3:] == [None]


def test_no_file_of_a_voice_that_took_its_consent_back_stays_also_not_one_that_was_sent_back(studio: House) -> None:
    with studio.inside():
        sent_back = keep(studio, f"{TWO}.stem")
        hearing.send_back(f"{TWO}.stem", "kham", sent_back, "有噪音", studio.actor(JAMTSO))
        keep(studio, f"{ONE}.stem", content=tone(500))
        keep(studio, f"{ONE}.stem", content=tone(600))
        assert len(files(studio)) == 3
        consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN))
    assert files(studio) == set()


def test_a_clip_that_is_under_way_when_the_consent_is_taken_back_is_not_kept(
    studio: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def level(content: bytes, kind: str) -> levelling.Levelled:
        consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN))
        return levelling.Levelled(content, kind, False)

    monkeypatch.setattr(levelling, "level", level)
    with studio.inside():
        with pytest.raises(RuleBroken, match="audio.no_consent"):
            keep(studio, f"{ONE}.stem")
        assert condition(f"{ONE}.stem") is Condition.MISSING
    assert files(studio) == set()


def test_without_consent_nothing_is_approved_or_released_even_where_taking_back_was_broken_off(studio: House) -> None:
    with studio.inside():
        approved(studio, ONE, TWO)
        sound(studio, f"{ONE}.stem")
        waits = keep(studio, f"{TWO}.stem", content=tone(800))
        speakers.consent_to("kham-01", "", studio.actor(RINCHEN))  # and then the power failed
        assert hearing.waiting("kham", studio.actor(JAMTSO)) == []
        with pytest.raises(RuleBroken, match="audio.no_consent"):
            hearing.approve(f"{TWO}.stem", "kham", waits, studio.actor(JAMTSO))
        assert [question.audio for question in releases.ready()] == [(), ()]
        assert consent.held()["kham-01"] == consent.Held(2, 1)
        assert consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN)) == 2


def test_a_consent_given_again_while_recordings_are_taken_out_keeps_the_rest(
    studio: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consent, "A_TURN", 1)
    turn = consent._take_out

    def once(speaker: speakers.Voice, reason: str, actor: Actor) -> int:
        taken = turn(speaker, reason, actor)
        if taken:
            speakers.consent_to(speaker.slug, TODAY, actor)
        return taken

    monkeypatch.setattr(consent, "_take_out", once)
    with studio.inside():
        keep(studio, f"{ONE}.stem")
        keep(studio, f"{TWO}.stem", content=tone(500))
        assert consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN)) == 1
        assert consent.held()["kham-01"] == consent.Held(1, 0)


def test_where_a_recording_cannot_be_taken_out_its_file_is_put_back(
    studio: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with studio.inside():
        file = keep(studio, f"{ONE}.stem")
        monkeypatch.setattr(history, "keep", full)
        with pytest.raises(OSError, match="No space"):
            consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN))
        assert condition(f"{ONE}.stem") is Condition.WAITING
        assert files(studio) == {file}
        monkeypatch.undo()
        assert consent.take_back("kham-01", "已撤回同意", studio.actor(RINCHEN)) == 1


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("UPDATE speaker SET consent = '2025-01-01' WHERE slug = 'kham-03'", "consent"),
        ("UPDATE speaker SET consent_by = NULL WHERE slug = 'kham-01'", "consent_by"),
        ("UPDATE speaker SET account = (SELECT account FROM speaker WHERE slug = 'kham-02') WHERE slug = 'kham-01'", "account"),
        ("UPDATE speaker SET name = (SELECT name FROM speaker WHERE slug = 'kham-02') WHERE slug = 'kham-01'", "name"),
        ("UPDATE speaker SET dialect = 'amdo' WHERE slug = 'kham-01'", "dialect"),
    ],
)  # fmt: skip
def test_whose_voice_it_is_cannot_be_changed_unseen(studio: House, change: str, column: str) -> None:
    with studio.inside():
        speakers.consent_to("kham-03", TODAY, studio.actor(RINCHEN))
        speakers.consent_to("kham-03", "", studio.actor(RINCHEN))
    seal(studio)
    assert verified(studio).broken == []
    studio.write(change)
    assert ["column.differs", "speaker", column] in [
        [one.what, one.table, one.facts.get("column")] for one in verified(studio).broken
    ]


def test_a_voice_is_known_by_number_and_its_name_is_sealed(studio: House) -> None:
    with studio.inside():
        assert [(one.slug, one.name) for one in speakers.voices()][0] == ("kham-01", "阿旺")
        with here().reading() as raw:
            raw_name = bytes(raw.one("SELECT name FROM speaker WHERE slug = ?", "kham-01")[0])
        assert "阿旺".encode() not in raw_name
    told = studio.entries("audio.speaker")[0]["data"]
    named = {"name": sha256(raw_name).hexdigest()}
    assert told == {"speaker": "kham-01", "dialect": "kham", "consent": TODAY, "own": False, **named}
    studio.write("DELETE FROM person_key WHERE person_id = (SELECT speaker_id FROM speaker WHERE slug = ?)", "kham-01")
    with studio.inside():
        assert speakers.voice("kham-01").name == ""
    assert studio.broken() == []


def test_a_voice_entered_wrongly_is_corrected_and_the_log_says_how(studio: House) -> None:
    with studio.inside():
        assert speakers.correct("kham-01", "阿旺 扎西", "amdo", True, studio.actor(RINCHEN)) == "amdo-01"
        voice = speakers.voice("amdo-01")
        assert (voice.name, voice.dialect, voice.consent) == ("阿旺 扎西", "amdo", TODAY)
        assert "amdo" in speakers.own_dialects(studio.actor(RINCHEN))
        assert speakers.correct("amdo-01", "阿旺", "amdo", None, studio.actor(JAMTSO)) == "amdo-01"
        assert speakers.enter("卓嘎", "kham", TODAY, False, studio.actor(RINCHEN)) == "kham-04"  # no number twice
        before = len(studio.entries("audio.speaker"))
        speakers.correct("amdo-01", "阿旺", "amdo", None, studio.actor(JAMTSO))  # nothing differs
        assert len(studio.entries("audio.speaker")) == before
    assert studio.entries("audio.speaker")[3]["data"]["corrected"]["slug"] == "amdo-01"
    seal(studio)
    assert verified(studio).broken == []
    studio.write("UPDATE speaker SET slug = 'amdo-02' WHERE slug = 'amdo-01'")
    assert [one.facts.get("column") for one in verified(studio).broken] == ["slug"]


def test_the_dialect_of_a_voice_that_was_ever_recorded_stays(studio: House) -> None:
    with studio.inside():
        file = keep(studio, f"{ONE}.stem")
        hearing.send_back(f"{ONE}.stem", "kham", file, "有噪音", studio.actor(JAMTSO))
        with pytest.raises(RuleBroken, match="audio.has_recordings"):
            speakers.correct("kham-01", "阿旺", "amdo", None, studio.actor(RINCHEN))
        assert speakers.correct("kham-01", "阿汪", "kham", None, studio.actor(RINCHEN)) == "kham-01"
        assert speakers.voice("kham-01").name == "阿汪"


def test_whose_voice_it_is_cannot_be_corrected_around_four_eyes(studio: House) -> None:
    with studio.inside():
        keep(studio, f"{TWO}.stem", "kham-02")
        with pytest.raises(RuleBroken, match="access.own_work"):  # leave the own voice, then approve it
            speakers.correct("kham-02", "仁青", "kham", False, studio.actor(RINCHEN))
        speakers.correct("kham-02", "仁青", "kham", False, studio.actor(JAMTSO))
        assert speakers.voice("kham-02").account is None
        sound(studio, f"{ONE}.stem")
        with pytest.raises(RuleBroken, match="access.own_work"):  # Jamtso has approved this voice
            speakers.correct("kham-01", "阿旺", "kham", True, studio.actor(JAMTSO))


@pytest.mark.parametrize("day", ["2999-01-01", "gestern", "2026-13-01"])
def test_a_consent_has_a_day_that_has_been(studio: House, day: str) -> None:
    with studio.inside(), pytest.raises(RuleBroken, match="audio.bad_day"):
        speakers.enter("某某", "kham", day, False, studio.actor(RINCHEN))


def test_only_a_second_speaker_of_the_dialect_approves(studio: House) -> None:
    with studio.inside():
        by_rinchen = keep(studio, f"{ONE}.stem", "kham-02")
        with pytest.raises(RuleBroken, match="audio.not_a_speaker"):  # a reviewer who speaks no dialect
            hearing.approve(f"{ONE}.stem", "kham", by_rinchen, studio.actor(YUNGDRUNG))
        with pytest.raises(RuleBroken, match="access.own_work"):  # the own voice
            hearing.approve(f"{ONE}.stem", "kham", by_rinchen, studio.actor(RINCHEN))
        assert condition(f"{ONE}.stem") is Condition.WAITING
        hearing.approve(f"{ONE}.stem", "kham", by_rinchen, studio.actor(JAMTSO))
        assert condition(f"{ONE}.stem") is Condition.SOUNDS
        by_hand = keep(studio, f"{TWO}.stem", "kham-01")
        with pytest.raises(RuleBroken, match="access.own_work"):  # the hand that took it, whosever voice it names
            hearing.approve(f"{TWO}.stem", "kham", by_hand, studio.actor(RINCHEN))


def test_what_waits_to_be_heard_is_without_the_own_voice(studio: House) -> None:
    with studio.inside():
        keep(studio, f"{ONE}.stem", "kham-02")
        assert [one.id for one in hearing.waiting("kham", studio.actor(JAMTSO))] == [f"{ONE}.stem"]
        assert hearing.waiting("kham", studio.actor(RINCHEN)) == []
        assert hearing.waiting("amdo", studio.actor(JAMTSO)) == []


def test_a_recording_whose_file_is_missing_is_not_approved_but_can_be_sent_back(studio: House) -> None:
    text = f"{ONE}.stem"
    with studio.inside():
        file = keep(studio, text)
        (studio.settings.home / "bank/media" / file).unlink()
        (heard,) = hearing.waiting("kham", studio.actor(JAMTSO))
        assert heard.there is False
        with pytest.raises(RuleBroken, match="audio.missing"):
            hearing.approve(text, "kham", file, studio.actor(JAMTSO))
        hearing.send_back(text, "kham", file, "文件缺失", studio.actor(JAMTSO))
        assert [one.told for one in booth.queue("kham") if one.id == text] == ["文件缺失"]


def test_a_yes_is_for_the_very_file_that_was_heard(studio: House) -> None:
    with studio.inside():
        first = keep(studio, f"{ONE}.stem")
        second = keep(studio, f"{ONE}.stem", content=tone(500))
        assert first != second
        with pytest.raises(RuleBroken, match="audio.changed"):
            hearing.approve(f"{ONE}.stem", "kham", first, studio.actor(JAMTSO))
        hearing.approve(f"{ONE}.stem", "kham", second, studio.actor(JAMTSO))


def test_another_sound_in_the_approved_file_is_silent_and_named(studio: House) -> None:
    with studio.inside():
        file = keep(studio, f"{ONE}.stem")
        hearing.approve(f"{ONE}.stem", "kham", file, studio.actor(JAMTSO))
        assert condition(f"{ONE}.stem") is Condition.SOUNDS
        path = checks.workshop().folder / "media" / file
        replaced = path.with_name("other")  # another inode: as a copy over it makes
        replaced.write_bytes(tone(900))
        replaced.replace(path)
        (path.parent / "seen").mkdir()  # the folder's time is what the workshop looks at
        written = checks.workshop().question(ONE)
        assert condition(f"{ONE}.stem") is Condition.WAITING
        assert "audio.other_than_heard" in [fault.message_key for fault in checks.faults(written)]


def test_what_is_sent_back_waits_for_a_voice_again_and_says_why(studio: House) -> None:
    with studio.inside():
        file = keep(studio, f"{TWO}.b")
        with pytest.raises(RuleBroken, match="desk.reason_missing"):
            hearing.send_back(f"{TWO}.b", "kham", file, " ", studio.actor(JAMTSO))
        hearing.send_back(f"{TWO}.b", "kham", file, "读成了另一个词", studio.actor(JAMTSO))
        (queued,) = [one for one in booth.queue("kham") if one.id == f"{TWO}.b"]
        assert queued.told == "读成了另一个词"
        assert not queued.stale


def test_a_changed_word_silences_its_recording_until_it_is_recorded_again(studio: House) -> None:
    with studio.inside():
        sound(studio, f"{ONE}.stem")
        assert condition(f"{ONE}.stem") is Condition.SOUNDS
        stem = checks.workshop().question(ONE).question.stem
        changed = {"zh": stem.zh, "bo": stem.bo.replace("30", "40")}
        service.translate(ONE, base(), {"stem": changed}, studio.actor(RINCHEN))
        assert condition(f"{ONE}.stem") is Condition.STALE
        assert [one.stale for one in booth.queue("kham") if one.id == f"{ONE}.stem"] == [True]
        assert checks.workshop().question(ONE).released.audio == ()
        keep(studio, f"{ONE}.stem", content=tone(700))
        assert condition(f"{ONE}.stem") is Condition.WAITING


def test_a_clip_of_words_that_have_changed_since_is_not_taken(studio: House) -> None:
    with studio.inside():
        with pytest.raises(RuleBroken, match="audio.words_changed"):
            booth.keep(f"{ONE}.stem", "kham-01", tone(), words_hash("བོད།"), studio.actor(RINCHEN))
        for text in (f"{ONE}.a", f"{ONE}.explanation", "../x.stem", "s1-road-001"):
            with pytest.raises(RuleBroken, match="audio.text_unknown"):
                booth.keep(text, "kham-01", tone(), "0" * 64, studio.actor(RINCHEN))


def test_the_same_clip_sent_twice_is_kept_once(studio: House) -> None:
    with studio.inside():
        assert keep(studio, f"{ONE}.stem") == keep(studio, f"{ONE}.stem")
        assert [version.deed for version in history.versions(ONE)].count("record") == 1


def test_a_recording_of_another_voice_is_not_taken_over_in_silence(studio: House) -> None:
    with studio.inside():
        first = keep(studio, f"{ONE}.stem", "kham-01")
        of = words_of(f"{ONE}.stem")
        for content, hand in ((tone(), JAMTSO), (tone(500), RINCHEN)):  # the very same clip neither, but by who took it
            with pytest.raises(RuleBroken, match="audio.recorded") as refused:
                booth.keep(f"{ONE}.stem", "kham-02", content, of, studio.actor(hand))
            assert refused.value.facts == {"speaker": "kham-01"}
        hearing.approve(f"{ONE}.stem", "kham", first, studio.actor(JAMTSO))
        with pytest.raises(RuleBroken, match="audio.recorded_approved"):
            keep(studio, f"{ONE}.stem", "kham-02", tone(500))
        assert condition(f"{ONE}.stem") is Condition.SOUNDS
    assert files(studio) == {first}


def test_of_two_voices_that_read_the_same_text_out_at_once_the_second_is_told(
    studio: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def level(content: bytes, kind: str) -> levelling.Levelled:
        monkeypatch.setattr(levelling, "level", lambda content, kind: levelling.Levelled(content, kind, False))
        keep(studio, f"{ONE}.stem", "kham-01", tone(500))
        return levelling.Levelled(content, kind, False)

    monkeypatch.setattr(levelling, "level", level)
    with studio.inside():
        with pytest.raises(RuleBroken, match="audio.recorded"):
            keep(studio, f"{ONE}.stem", "kham-02")
        assert recordings.text_of(f"{ONE}.stem")[1].recordings[0].speaker == "kham-01"


def test_a_voice_takes_its_own_recording_anew_and_is_told_that_an_approval_went_for_it(studio: House) -> None:
    def again(pitch: int) -> bool:
        of = words_of(f"{ONE}.stem")
        return booth.keep(f"{ONE}.stem", "kham-01", tone(pitch), of, studio.actor(RINCHEN)).instead

    with studio.inside():
        assert [again(pitch) for pitch in (400, 500)] == [False, False]
        sound(studio, f"{ONE}.stem")
        assert again(600)
        assert condition(f"{ONE}.stem") is Condition.WAITING


def test_once_it_was_sent_back_or_its_words_changed_another_voice_may_read_a_text_out(studio: House) -> None:
    with studio.inside():
        file = keep(studio, f"{ONE}.stem", "kham-01")
        hearing.send_back(f"{ONE}.stem", "kham", file, "有噪音", studio.actor(JAMTSO))
        keep(studio, f"{ONE}.stem", "kham-02", tone(500))
        stem = checks.workshop().question(ONE).question.stem
        changed = {"zh": stem.zh, "bo": stem.bo.replace("30", "40")}
        service.translate(ONE, base(), {"stem": changed}, studio.actor(RINCHEN))
        keep(studio, f"{ONE}.stem", "kham-01", tone(600))


def test_a_changed_chinese_puts_the_recording_of_its_tibetan_out_of_date_and_nobody_reads_that_out(
    studio: House,
) -> None:
    with studio.inside():
        sound(studio, f"{ONE}.stem")
        waits = keep(studio, f"{TWO}.stem", content=tone(600))
        for question in (ONE, TWO):
            stem = checks.workshop().question(question).question.stem
            changed = {"zh": stem.zh + "！", "bo": stem.bo}
            service.write(question, base(question), {"stem": changed}, studio.actor(JAMTSO))
        assert [condition(f"{question}.stem") for question in (ONE, TWO)] == [Condition.STALE] * 2
        assert booth.queue("kham") == []
        assert [one.id for one in booth.queue("putonghua")][:1] == [f"{ONE}.stem"]
        assert (
            coverage.by_chapter(checks.workshop().questions())["subject1", "road_rules"]["kham"][Condition.SOUNDS] == 0
        )
        assert hearing.waiting("kham", studio.actor(JAMTSO)) == []
        with pytest.raises(RuleBroken, match="audio.words_changed"):
            hearing.approve(f"{TWO}.stem", "kham", waits, studio.actor(JAMTSO))


def test_recordings_in_two_dialects_and_comments_stay_side_by_side(studio: House) -> None:
    with studio.inside():
        speakers.enter("卓嘎", "amdo", TODAY, False, studio.actor(RINCHEN))
        keep(studio, f"{TWO}.a")
        keep(studio, f"{TWO}.a", "amdo-01", tone(600))
        keep(studio, f"{TWO}.stem", content=tone(650))
        question = checks.workshop().question(TWO).question
        assert [[one.dialect for one in text.recordings] for text in spoken_texts(question)][:2] == [
            ["kham"],
            ["kham", "amdo"],
        ]
        service.write(TWO, base(TWO), {"difficulty": 3}, studio.actor(JAMTSO))
        assert checks.faults(checks.workshop().question(TWO)) == []


def test_a_release_holds_what_sounds_and_keeps_its_files(studio: House) -> None:
    with studio.inside():
        approved(studio, ONE, TWO)
        silent = checks.workshop().question(TWO).released.content_hash
        sound(studio, f"{ONE}.stem")
        keep(studio, f"{TWO}.stem", content=tone(800))  # nobody has listened to it
        release = releases.publish(releases.propose("2026.1", "", studio.actor(YUNGDRUNG)), studio.actor(ZHANGMING))
        one, two = bank.questions_of(release)
        assert [recording.dialect for recording in one.audio] == ["kham"]
        assert (two.audio, two.content_hash) == ((), silent)
        assert installation().store.read(one.audio[0].sha256) == tone(300)
    assert studio.broken() == []


def test_a_proposal_is_old_once_another_recording_sounds(studio: House) -> None:
    with studio.inside():
        approved(studio, ONE)
        proposal = releases.propose("2026.1", "", studio.actor(YUNGDRUNG))
        keep(studio, f"{ONE}.stem")
        hearing.approve(f"{ONE}.stem", "kham", keep(studio, f"{ONE}.stem"), studio.actor(JAMTSO))
        with pytest.raises(RuleBroken, match="desk.proposal_old"):
            releases.publish(proposal, studio.actor(ZHANGMING))


def test_coverage_counts_texts_by_chapter_and_dialect(studio: House) -> None:
    with studio.inside():
        sound(studio, f"{TWO}.stem", f"{TWO}.a", f"{TWO}.b")
        keep(studio, f"{ONE}.stem")
        counts = coverage.by_chapter(checks.workshop().questions())["subject1", "road_rules"]
        assert counts["kham"] == {Condition.SOUNDS: 3, Condition.WAITING: 1, Condition.MISSING: 2}
        assert (coverage.share(counts["kham"]), coverage.share(counts["amdo"])) == (50, 0)
        cells = coverage.of_question(checks.workshop().question(TWO))[1].cells
        assert [cells[name][0] for name in ("kham", "amdo")] == [Condition.SOUNDS, Condition.MISSING]


def test_recordings_and_dialects_go_over_with_pull_and_push(studio: House, folder: Path) -> None:
    with studio.inside():
        file = keep(studio, f"{ONE}.stem")
        report = exchange.push(folder)
        assert {f"media/{file}", "dialects.yaml"} <= set(report.files)
        assert ONE in report.changed
        again = exchange.pull(folder)
        assert (again.changed, again.conflicts, again.files) == ([], [], [])


def test_only_recordings_that_a_question_names_are_pushed(studio: House, folder: Path) -> None:
    with studio.inside():
        sent_back, stays = keep(studio, f"{ONE}.stem"), keep(studio, f"{TWO}.stem", "kham-02", tone(500))
        hearing.send_back(f"{ONE}.stem", "kham", sent_back, "有噪音", studio.actor(JAMTSO))
        exchange.push(folder)
    assert (folder / "media" / stays).exists()
    assert not (folder / "media" / sent_back).exists()
