"""Recordings that come as a ZIP of files named by text and dialect (s1-road-001.stem.bo.kham.wav): each row taken, or refused and why."""

import logging
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from ..bank.dialects import dialect_named
from ..domain.access import Actor
from ..domain.bank import words_hash
from ..domain.errors import RuleBroken
from . import booth, clips, recordings, speakers

log = logging.getLogger("examsys")
LARGEST_ZIP: Final = 100_000_000  # bytes as sent
MOST_FILES: Final = 3_000
MOST_UNPACKED: Final = 600_000_000  # bytes of all files together
METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_NAME = re.compile(r"^(s[13]-[a-z]+-[0-9]{3,4}\.(?:stem|[a-f]))\.(zh|bo)\.([a-z][a-z0-9_-]*)\.[a-z0-9]{2,4}$")


@dataclass(frozen=True, slots=True)
class Row:
    """A file of the ZIP: taken, or the refusal (a RuleBroken) that says why not. `instead`, `was`: as in `booth.Kept`."""

    name: str
    refused: RuleBroken | None = None
    levelled: bool = False
    instead: bool = False
    was: str = ""


def take(
    stream: IO[bytes], voice: str, actor: Actor, far: Callable[[int, int], None] = lambda _done, _of: None
) -> list[Row]:
    """Take every file that can be taken; a row for each file of the ZIP, folders left out. `far` is told how many of how many are done.

    RuleBroken('audio.not_a_zip', 'audio.zip_empty', 'audio.zip_too_many') for the whole, 'audio.speaker_unknown', 'audio.no_consent'.
    """
    speaker = speakers.to_record(voice)
    with _opened(stream) as packed:
        files = [info for info in packed.infolist() if not info.is_dir()]
        if not files:
            raise RuleBroken("audio.zip_empty")
        if len(files) > MOST_FILES:
            raise RuleBroken("audio.zip_too_many", most=MOST_FILES)
        found = []
        for row in _rows(packed, files, speaker, actor):
            found.append(row)
            far(len(found), len(files))
        return found


def _opened(stream: IO[bytes]) -> zipfile.ZipFile:
    """The ZIP with its list of files, which is read at once; RuleBroken('audio.not_a_zip')."""
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise RuleBroken("audio.not_a_zip") from None


def _rows(
    packed: zipfile.ZipFile, files: list[zipfile.ZipInfo], speaker: speakers.Voice, actor: Actor
) -> Iterator[Row]:
    unpacked, seen = 0, set[str]()
    for info in files:
        name = info.filename
        try:
            text, language = _text(info, speaker)
            if text in seen:
                raise RuleBroken("audio.named_twice")
            seen.add(text)
            content = _content(packed, info)
            unpacked += len(content)
            if unpacked > MOST_UNPACKED:
                raise RuleBroken("audio.zip_too_large", most=MOST_UNPACKED // 1_000_000)
            _written, spoken = recordings.text_of(text)
            kept = booth.keep(text, speaker.slug, content, words_hash(spoken.words(language)), actor)
            yield Row(name, levelled=kept.levelled, instead=kept.instead, was=kept.was)
        except RuleBroken as broken:
            yield Row(name, broken)
        except OSError as error:  # the disk is full: what was taken before is taken, and its rows are told
            log.error("clip %s: %r", name, error, exc_info=error)
            yield Row(name, RuleBroken("audio.not_stored"))


def _text(info: zipfile.ZipInfo, speaker: speakers.Voice) -> tuple[str, str]:
    """Text and language that a file's name says. RuleBroken for a name, dialect or kind of entry that is not taken."""
    path = info.filename
    if path.startswith("/") or "\\" in path or ":" in path or ".." in path.split("/"):
        raise RuleBroken("audio.zip_path")
    if stat.S_ISLNK(info.external_attr >> 16) or info.flag_bits & 0x1 or info.compress_type not in METHODS:
        raise RuleBroken("audio.zip_entry")
    match = _NAME.match(path.rpartition("/")[2].lower())
    if match is None:
        raise RuleBroken("audio.not_named")
    text, language, dialect = match.groups()
    if dialect != speaker.dialect or language != dialect_named(dialect).language:
        raise RuleBroken("audio.other_dialect", speaker=speaker.slug)
    return text, language


def _content(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The file's bytes, read only as far as a recording may be long, whatever the ZIP says of its length."""
    try:
        with packed.open(info) as file:
            content = file.read(clips.LARGEST + 1)
            if len(content) <= clips.LARGEST:
                file.read(1)  # the end: only there the checksum is compared
            return content
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError, zlib.error):
        raise RuleBroken("audio.zip_damaged") from None
