"""Recordings as files: the type is told by content; levelled where ffmpeg is, else as they came; hostile ZIPs harm nobody."""

import io
import os
import shutil
import stat
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from examsys.desk import checks, clip_zip, clips, hearing, levelling, workshop
from examsys.domain.errors import RuleBroken
from examsys.domain.spoken import spoken_texts
from tests.desk.sounds import packed, tone, webm
from tests.desk.test_booth import studio  # noqa: F401
from tests.desk.test_work import ONE, TWO, stamped  # noqa: F401
from tests.factories import SVG, House
from tests.people import JAMTSO, RINCHEN

FFMPEG_IS_HERE = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="NOT TESTED: no ffmpeg on this machine")
SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
WEBM = webm(b"A_OPUS", sound=b"V_VP8" + bytes(600))
MP4 = b"\x00\x00\x00\x18ftypM4A " + bytes(12) + b"moov" + b"hdlr" + bytes(8) + b"soun" + bytes(600)
OGG = b"OggS" + b"\x00" * 22 + b"\x01\x08OpusHead" + b"OggS" + b"\x00" * 22 + b"\x02\xff\xff" + b"\x01" * 510

# Two passes, as levelling asks for them: the first prints what it measured, the second writes a file.
FFMPEG = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
for last; do :; done
if [ "$last" = - ]; then echo '{ "input_i" : "%s", "input_tp" : "%s", "input_lra" : "1.0", "input_thresh" : "-30.0", "target_offset" : "0.1" }' >&2
else printf 'OggS coded' > "$last"; fi
exit %s
"""


def install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, loudness: tuple[str, str] = ("-23.5", "-3.0"), status: int = 0
) -> Path:
    """A child that behaves like ffmpeg; returns where it notes its calls."""
    folder.mkdir(exist_ok=True)
    program = folder / "ffmpeg"
    program.write_text(FFMPEG % (*loudness, status))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder / "calls"


# -- types ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (tone(), "wav"),
        (tone()[:40] + bytes(4) + tone()[44:], "wav"),
        (WEBM, "webm"),
        (OGG, "ogg"),
        (b"ID3" + bytes(600), "mp3"),
        (b"\xff\xfb" + bytes(600), "mp3"),
        (MP4, "m4a"),
        (b"fLaC" + bytes(600), "flac"),
        (b"\xff\xf1" + bytes(600), "aac"),
    ],
)
def test_a_type_is_told_by_content(content: bytes, kind: str) -> None:
    assert clips.kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (SVG.encode(), "audio.not_audio"),
        (b"", "audio.not_audio"),
        (b"<script>" * 100, "audio.not_audio"),
        (webm(b"V_VP9"), "audio.not_audio"),
        (webm(b"A_OPUS", b"V_AV1"), "audio.not_audio"),
        (webm(), "audio.not_audio"),
        (webm(b"A_OPUS", kind=b"matroska"), "audio.not_audio"),
        (b"\x1a\x45\xdf\xa3" + b"webm" + bytes(600), "audio.not_audio"),
        (b"\x1a\x45\xdf\xa3" + b"\xff" * 700, "audio.not_audio"),
        (b"PK\x03\x04" + bytes(600), "audio.not_audio"),
        (tone(seconds=0.005), "audio.too_short"),
        (tone(seconds=0.29), "audio.too_short"),
        (tone()[:5_000], "audio.cut_off"),
        (tone()[:36] + bytes(600), "audio.cut_off"),
        (OGG[:-1], "audio.cut_off"),
        (b"\x00\x00\x00\x18ftypM4A " + bytes(600), "audio.cut_off"),
        (MP4 + b"hdlr" + bytes(8) + b"vide" + bytes(600), "audio.not_audio"),
        (tone() + bytes(clips.LARGEST), "audio.too_large"),
    ],
)
def test_what_is_no_recording_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        clips.kind_of(content)
    assert refused.value.key == key


# -- levelling -----------------------------------------------------------------------------------------------


def test_without_ffmpeg_a_recording_is_kept_as_it_came(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert levelling.level(tone(), "wav") == levelling.Levelled(tone(), "wav", False)


def test_with_ffmpeg_the_second_pass_applies_what_the_first_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = install(tmp_path / "bin", monkeypatch)
    assert levelling.level(tone(), "wav") == levelling.Levelled(b"OggS coded", "ogg", True)
    first, second = calls.read_text().splitlines()
    assert "-f wav" in first
    assert "loudnorm=I=-16:TP=-1.5:LRA=11:print_format=json" in first
    assert "measured_I=-23.5:measured_TP=-3.0" in second
    assert "-ar 48000 -ac 1 -c:a libopus -b:a 24k" in second


def test_what_ffmpeg_cannot_read_is_refused_and_so_is_silence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path / "broken", monkeypatch, status=1)
    with pytest.raises(RuleBroken, match="audio.damaged"):
        levelling.level(tone(), "wav")
    install(tmp_path / "silent", monkeypatch, loudness=("-inf", "-70.1"))
    with pytest.raises(RuleBroken, match="audio.silent"):
        levelling.level(tone(), "wav")


def test_a_sound_too_short_to_have_a_loudness_is_kept_as_it_came(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(tmp_path / "bin", monkeypatch, loudness=("-inf", "-9.0"))
    assert levelling.level(tone(), "wav").done is False


def test_an_ffmpeg_that_hangs_is_ended_and_the_recording_kept_as_it_came(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "ffmpeg").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "ffmpeg").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(levelling, "LONGEST_SECONDS", 0.2)
    assert levelling.level(tone(), "wav").done is False


@FFMPEG_IS_HERE
def test_a_quiet_and_a_loud_recording_come_out_equally_loud() -> None:
    made = [levelling.level(tone(seconds=4, loudness=loudness), "wav") for loudness in (0.03, 0.6)]
    assert [clips.kind_of(one.content) for one in made] == ["ogg", "ogg"]
    measured = []
    for one in made:
        said = subprocess.run(
            ["ffmpeg", "-nostdin", "-hide_banner", "-f", "ogg", "-i", "pipe:0", "-af", "ebur128", "-f", "null", "-"],
            input=one.content, capture_output=True, check=True,
        ).stderr.decode()  # fmt: skip
        measured.append(float(said.rpartition("I:")[2].split()[0]))
    assert all(abs(loudness + 16) < 1 for loudness in measured), measured


PHONE = [("m4a", "ipod", "aac"), ("m4a", "3gp", "aac"), ("aac", "adts", "aac"), ("flac", "flac", "flac")]


def coded(folder: Path, muxer: str, codec: str, seconds: float = 2) -> bytes:
    """A tone as another recorder writes it."""
    target = folder / "coded"
    given = ["-i", "pipe:0", "-c:a", codec, "-f", muxer, str(target)]
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *given]
    subprocess.run(command, input=tone(seconds=seconds), check=True)
    return target.read_bytes()


@FFMPEG_IS_HERE
@pytest.mark.parametrize(("kind", "muxer", "codec"), PHONE)
def test_what_phones_record_is_coded_where_ffmpeg_is_and_else_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, muxer: str, codec: str
) -> None:
    content = coded(tmp_path, muxer, codec)
    assert clips.kind_of(content) == kind
    made = levelling.level(content, kind)
    assert (made.kind, made.done, clips.kind_of(made.content)) == ("ogg", True, "ogg")
    monkeypatch.setattr(levelling, "is_installed", lambda: False)
    with pytest.raises(RuleBroken, match="audio.to_code"):
        levelling.level(content, kind)


@FFMPEG_IS_HERE
@pytest.mark.parametrize(
    ("muxer", "codec"),
    [
        ("mp3", "libmp3lame"),
        ("flac", "flac"),
        ("adts", "aac"),
        ("ipod", "aac"),
        ("webm", "libopus"),
        ("ogg", "libopus"),
    ],
)
def test_half_a_recording_and_one_shorter_than_a_syllable_are_refused_by_name(
    tmp_path: Path, muxer: str, codec: str
) -> None:
    whole = coded(tmp_path, muxer, codec)
    assert levelling.level(whole, clips.kind_of(whole)).done
    for content, key in ((whole[: len(whole) // 2], "cut_off"), (coded(tmp_path, muxer, codec, 0.1), "too_short")):
        with pytest.raises(RuleBroken, match=f"audio.{key}"):
            levelling.level(content, clips.kind_of(content))


# -- ZIPs ----------------------------------------------------------------------------------------------------


def taken(house: House, stream: io.BytesIO, voice: str = "kham-01") -> dict[str, str]:
    """By file what became of it: "taken", or the key of the refusal."""
    with house.inside():
        rows = clip_zip.take(stream, voice, house.actor(RINCHEN))
    return {row.name: row.refused.key if row.refused else "taken" for row in rows}


@SQLITE
def test_a_zip_of_clips_is_taken_with_a_row_for_each_file(studio: House) -> None:  # noqa: F811
    files = {
        f"{ONE}.stem.bo.kham.wav": tone(300), f"clips/{TWO}.a.bo.kham.WAV": tone(310), f"{TWO}.b.bo.kham.mp3": tone(320),
        f"{TWO}.c.bo.amdo.wav": tone(330), f"{TWO}.c.zh.kham.wav": tone(340), f"{TWO}.c.bo.kham.wav": SVG.encode(),
        "s1-road-999.stem.bo.kham.wav": tone(350), f"{ONE}.a.bo.kham.wav": tone(360), "notes.txt": b"x",
        f"copy/{ONE}.stem.bo.kham.wav": tone(370), "__MACOSX/._x": b"x",
    }  # fmt: skip
    assert taken(studio, packed(**files)) == {
        f"{ONE}.stem.bo.kham.wav": "taken",
        f"clips/{TWO}.a.bo.kham.WAV": "taken",
        f"{TWO}.b.bo.kham.mp3": "taken",  # a WAV under a wrong name: told by content
        f"{TWO}.c.bo.amdo.wav": "audio.other_dialect",
        f"{TWO}.c.zh.kham.wav": "audio.other_dialect",
        f"{TWO}.c.bo.kham.wav": "audio.not_audio",
        "s1-road-999.stem.bo.kham.wav": "bank.question_unknown",
        f"{ONE}.a.bo.kham.wav": "audio.text_unknown",
        "notes.txt": "audio.not_named",
        f"copy/{ONE}.stem.bo.kham.wav": "audio.named_twice",
        "__MACOSX/._x": "audio.not_named",
    }
    with studio.inside():
        texts = spoken_texts(checks.workshop().question(TWO).question)
    assert [[one.path.rpartition(".")[2] for one in text.recordings] for text in texts] == [
        [],
        ["wav"],
        ["wav"],
        [],
        [],
    ]


@SQLITE
@pytest.mark.parametrize(
    "name",
    ["../{}", "/{}", "a/../../{}", "c:{}", "..\\{}", "\\\\server\\{}"],
    ids=["up", "root", "deep", "drive", "back", "unc"],
)
def test_a_name_that_leads_out_of_the_zip_is_refused_by_name(studio: House, name: str) -> None:  # noqa: F811
    path = name.format(f"{ONE}.stem.bo.kham.wav")
    before = sorted(studio.settings.home.rglob("*"))
    assert set(taken(studio, packed(**{path: tone()})).values()) == {"audio.zip_path"}
    assert [path for path in sorted(studio.settings.home.rglob("*.wav")) if path not in before] == []


@SQLITE
def test_links_locks_lies_and_bombs_are_refused_one_by_one(
    studio: House,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        link = zipfile.ZipInfo(f"{ONE}.stem.bo.kham.wav")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(f"{TWO}.a.bo.kham.wav", tone() + bytes(60_000_000))  # a small file that becomes a large one
        archive.writestr(zipfile.ZipInfo(f"{TWO}.b.bo.kham.wav"), tone(300))
        archive.writestr(f"{TWO}.c.bo.kham.wav", tone(310), zipfile.ZIP_LZMA)
        archive.writestr(f"{TWO}.d.bo.kham.wav", tone(320))
    content = bytearray(out.getvalue())
    assert len(content) < 200_000
    place = content.index(tone(300)[100:200])  # a stored file whose bytes are not those of its checksum
    content[place : place + 4] = b"\xff\xff\xff\xff"
    assert taken(studio, io.BytesIO(bytes(content))) == {
        f"{ONE}.stem.bo.kham.wav": "audio.zip_entry",
        f"{TWO}.a.bo.kham.wav": "audio.too_large",
        f"{TWO}.b.bo.kham.wav": "audio.zip_damaged",
        f"{TWO}.c.bo.kham.wav": "audio.zip_entry",
        f"{TWO}.d.bo.kham.wav": "taken",
    }
    locked = bytearray(packed(**{f"{TWO}.a.bo.kham.wav": tone()}).getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", locked, locked.index(signature) + offset, 1)
    assert set(taken(studio, io.BytesIO(bytes(locked))).values()) == {"audio.zip_entry"}
    monkeypatch.setattr(clip_zip, "MOST_UNPACKED", 15_000)
    found = taken(studio, packed(**{f"{TWO}.{one}.bo.kham.wav": tone(400 + place) for place, one in enumerate("abc")}))
    assert list(found.values()) == ["taken", "audio.zip_too_large", "audio.zip_too_large"]


@SQLITE
def test_what_is_no_zip_or_has_too_many_files_is_refused_as_a_whole(
    studio: House,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut = packed(**{f"{ONE}.stem.bo.kham.wav": tone()}).getvalue()[:-30]
    for content in (b"", tone(), cut, b"PK\x05\x06" + b"\xff" * 18):
        with pytest.raises(RuleBroken, match="audio.not_a_zip"):
            taken(studio, io.BytesIO(content))
    with pytest.raises(RuleBroken, match="audio.zip_empty"):
        taken(studio, packed(**{"clips/": b""}))
    monkeypatch.setattr(clip_zip, "MOST_FILES", 1)
    with pytest.raises(RuleBroken, match="audio.zip_too_many"):
        taken(studio, packed(a=b"x", b=b"y"))
    with pytest.raises(RuleBroken, match="audio.no_consent"):
        taken(studio, packed(a=b"x"), "kham-03")


@SQLITE
def test_a_zip_sent_under_the_wrong_speaker_is_put_right_by_who_sent_it_and_by_nobody_else(studio: House) -> None:  # noqa: F811
    files = {f"{ONE}.stem.bo.kham.wav": tone(300), f"{TWO}.a.bo.kham.wav": tone(310)}
    others = {name: tone(400) for name in files}
    assert set(taken(studio, packed(**files)).values()) == {"taken"}
    assert set(taken(studio, packed(**files)).values()) == {"taken"}  # the same once more keeps nothing twice
    assert set(taken(studio, packed(**others), "kham-02").values()) == {"audio.recorded"}  # another sound
    with studio.inside():
        by_another = clip_zip.take(packed(**files), "kham-02", studio.actor(JAMTSO))
        assert [row.refused.key for row in by_another if row.refused] == ["audio.recorded"] * 2
        rows = clip_zip.take(packed(**files), "kham-02", studio.actor(RINCHEN))
        assert [(row.refused, row.was) for row in rows] == [(None, "kham-01")] * 2
        (recording,) = checks.workshop().question(ONE).question.audio
        assert recording.speaker == "kham-02"
        hearing.approve(f"{ONE}.stem", "kham", recording.path, studio.actor(JAMTSO))
    assert list(taken(studio, packed(**files)).values()) == ["audio.recorded_approved", "taken"]


@SQLITE
def test_a_disk_that_is_full_is_told_in_its_row_and_what_was_taken_before_in_theirs(
    studio: House,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, written = workshop.write_durably, []

    def failing(path: Path, content: bytes, mode: int = 0o600) -> None:
        if path.suffix == ".wav":
            written.append(path)
            if len(written) == 2:
                raise OSError(28, "No space left on device")
        real(path, content, mode=mode)

    monkeypatch.setattr(workshop, "write_durably", failing)
    files = {f"{ONE}.stem.bo.kham.wav": tone(300), f"{TWO}.a.bo.kham.wav": tone(310), f"{TWO}.b.bo.kham.wav": tone(320)}
    assert list(taken(studio, packed(**files)).values()) == ["taken", "audio.not_stored", "taken"]
