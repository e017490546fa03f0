"""A picture that somebody named alone says so, as long as it is the same picture."""

from datetime import date
from pathlib import Path

from examsys.bank.check import check_bank
from examsys.bank.naming import is_named, stamp
from examsys.bank.yaml_source import read_bank
from tests.bank.written import SVG, write_bank

SIGN = "signs/stop.svg"
DAY = date(2026, 11, 27)


def named(folder: Path) -> bool:
    return is_named(read_bank(folder), SIGN)


def test_a_named_picture_is_stamped_once_and_a_picture_drawn_anew_is_as_good_as_never_named(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    assert not named(folder)
    assert stamp(folder, {SIGN, "signs/none.svg"}, "machine", DAY) == 1
    assert stamp(folder, {SIGN}, "person", DAY) == 1
    text = (folder / "media/media.yaml").read_text("utf-8")
    assert text.count("named:") == 1
    assert "by: person" in text
    assert named(folder)
    assert check_bank(folder, Path("nowhere")).figures["pictures_named_alone"] == 1
    (folder / "media" / SIGN).write_text(SVG.replace("#c00", "#b00"), "utf-8")
    assert not named(folder)
