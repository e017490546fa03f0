"""Pictures of the desk: taken in by what they are, described in both languages, each by those who may."""

from io import BytesIO

import pytest
from PIL import Image

from examsys.bank.yaml_source import read_media
from examsys.desk import checks, pictures, service
from examsys.desk.shelf import block_hash
from examsys.domain.bank import State, is_approved, words_hash
from examsys.domain.errors import RuleBroken
from tests.factories import House
from tests.people import JAMTSO, RINCHEN, YUNGDRUNG, ZHANGMING

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#c8161d"/></svg>'


def png() -> bytes:
    """A picture of one dot."""
    made = BytesIO()
    Image.new("RGB", (1, 1)).save(made, "PNG")
    return made.getvalue()


TOLD = {"kind": "sign", "shows": "停车让行", "alt.zh": "红色的方块"}
BO = "གྲུ་བཞི་དམར་པོ་ཞིག"


def take(desk: House, name: str = "red_square.svg", content: bytes = SVG) -> str:
    return pictures.keep(name, content, TOLD, desk.actor(JAMTSO))


def base(path: str) -> str:
    return words_hash(pictures.picture(path).part.alt.zh)


def test_a_picture_is_taken_in_and_waits_for_its_tibetan(desk: House) -> None:
    with desk.inside():
        path = take(desk)
        assert path == "signs/red_square.svg"
        assert pictures.find(path) is not None
        assert (pictures.picture(path).lacks, pictures.picture(path).used) == ("bo", ())
        pictures.translate(path, base(path), BO, desk.actor(RINCHEN))
        assert pictures.picture(path).lacks == ""
        assert [one.path for one in pictures.gallery(text="方块")] == [path]
    assert [row[0] for row in desk.rows("SELECT kind FROM entry WHERE kind LIKE 'bank.picture'")] == [
        "bank.picture"
    ] * 2


def test_a_picture_is_named_by_what_it_is_and_a_chinese_name_gives_way(desk: House) -> None:
    with desk.inside():
        assert take(desk, "photo.svg", png()) == "signs/photo.png"
        assert take(desk, "微信图片.jpg", SVG).startswith("signs/p")


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a...", SVG.replace(b"<rect", b"<script>alert(1)</script><rect"), SVG + b" " * 3_000_001],
    ids=["nothing", "gif", "script", "too large"],
)
def test_what_could_do_harm_or_cannot_be_shown_is_refused_by_name(desk: House, content: bytes) -> None:
    with desk.inside():
        with pytest.raises(RuleBroken, match=r"desk\.picture_refused"):
            take(desk, content=content)
        assert pictures.gallery(text="red_square") == []


def test_a_name_that_is_there_is_not_written_over(desk: House) -> None:
    with desk.inside():
        take(desk)
        with pytest.raises(RuleBroken, match=r"desk\.picture_taken"):
            take(desk)


def shown(desk: House) -> tuple[str, str]:
    """A question with a picture, approved by its reviewer; its id and the picture's path."""
    path = take(desk)
    pictures.translate(path, base(path), BO, desk.actor(RINCHEN))
    written = checks.workshop().question("s1-road-001")
    service.write("s1-road-001", block_hash(written.block), {"media": [path]}, desk.actor(JAMTSO))
    service.submit("s1-road-001", "zh", desk.actor(JAMTSO))
    service.approve("s1-road-001", "zh", desk.actor(YUNGDRUNG))
    return "s1-road-001", path


def test_another_chinese_makes_a_draft_of_the_question_and_the_tibetan_old(desk: House) -> None:
    with desk.inside():
        question, path = shown(desk)
        assert is_approved(checks.workshop().question(question).question)
        pictures.describe(path, base(path), {**TOLD, "alt.zh": "红色的正方形"}, desk.actor(JAMTSO))
        now = checks.workshop().question(question)
        assert now.question.media[0].alt.zh == "红色的正方形"
        assert (now.question.state, now.question.approval) == (State.DRAFT, None)
        assert pictures.picture(path).lacks == "bo"
        assert "media.tibetan_missing" in [fault.message_key for fault in checks.faults(now)]
        pictures.translate(path, base(path), BO, desk.actor(RINCHEN))
        assert pictures.picture(path).lacks == ""


def test_the_second_of_two_is_told_and_nothing_is_written_over(desk: House) -> None:
    with desk.inside():
        path = take(desk)
        opened = base(path)
        pictures.describe(path, opened, {**TOLD, "alt.zh": "红色的正方形"}, desk.actor(JAMTSO))
        with pytest.raises(RuleBroken, match=r"desk\.description_changed"):
            pictures.describe(path, opened, {**TOLD, "alt.zh": "一个方块"}, desk.actor(ZHANGMING))
        with pytest.raises(RuleBroken, match=r"desk\.description_changed"):
            pictures.translate(path, opened, BO, desk.actor(RINCHEN))
        assert pictures.picture(path).part.alt.zh == "红色的正方形"


def test_who_described_a_picture_does_not_approve_the_question_that_shows_it(desk: House) -> None:
    with desk.inside():
        question, path = shown(desk)
        pictures.describe(path, base(path), {**TOLD, "alt.zh": "红色的正方形"}, desk.actor(YUNGDRUNG))
        pictures.translate(path, base(path), BO, desk.actor(RINCHEN))
        service.submit(question, "zh", desk.actor(JAMTSO))
        with pytest.raises(RuleBroken, match=r"access\.own_work"):
            service.approve(question, "zh", desk.actor(YUNGDRUNG))


def test_one_description_changes_and_all_other_lines_stay(desk: House) -> None:
    file = desk.settings.home / "bank/media/media.yaml"
    with desk.inside():
        path = take(desk)
        before = file.read_text("utf-8").splitlines()
        pictures.translate(path, base(path), BO, desk.actor(RINCHEN))
    after = file.read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == ["    bo: པར་རིས།"]
    assert read_media(desk.settings.home / "bank").faults == []


def test_nothing_of_a_picture_stays_when_the_database_refuses(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise OSError("full")

    with desk.inside():
        monkeypatch.setattr(pictures, "record", refuse)
        with pytest.raises(OSError, match="full"):
            take(desk)
        assert pictures.gallery(text="red_square") == []
        assert not (desk.settings.home / "bank/media/signs/red_square.svg").exists()
