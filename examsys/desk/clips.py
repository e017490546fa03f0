"""What was recorded, as a file: its type told by content, never by name, and what is too large or too small to be a text."""

import re
from typing import Final

from ..domain.errors import RuleBroken

SMALLEST: Final = 400  # bytes: less is not half a second of anything
LARGEST: Final = 4_000_000  # bytes: 40 s of uncompressed speech
SHORTEST: Final = 0.3  # seconds
TO_CODE: Final = {"m4a", "aac", "flac"}  # what phones write and not every browser plays: kept only once ffmpeg coded it

_SEGMENT, _TRACKS, _CLUSTER = 0x18538067, 0x1654AE6B, 0x1F43B675  # ids of WebM's elements (RFC 8794, 9559)
_FARTHEST: Final = 65_536  # bytes into a file where its tracks must have been named
_HANDLER: Final = re.compile(rb"hdlr.{8}([a-z]{4})", re.DOTALL)  # of a track of MP4 (ISO/IEC 14496-12)
_UNKNOWN: Final = 0xFFFF_FF00  # the length of a sound that was not known when the file was begun
_CODEC: Final = re.compile(rb"[AVS]_[A-Z0-9_/]+")


def kind_of(content: bytes) -> str:
    """What a recording is: webm, ogg, wav, mp3, or one of `TO_CODE`.

    RuleBroken('audio.too_large', 'audio.too_short', 'audio.not_audio', 'audio.cut_off').
    """
    if len(content) > LARGEST:
        raise RuleBroken("audio.too_large", most=LARGEST // 1_000_000)
    found = _told_by(content)
    if found is None:
        raise RuleBroken("audio.not_audio")
    if len(content) < SMALLEST:
        raise RuleBroken("audio.too_short")
    if found in _WHOLE:
        _WHOLE[found](content)
    return found


def _told_by(content: bytes) -> str | None:
    """By the first bytes that each format has; a container must also name a codec of sound and none of pictures."""
    head = content[:4_096]
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] and _codecs(_tracks(content)) == {b"A_OPUS"} else None
    if head.startswith(b"OggS"):
        return "ogg" if head[28:36] == b"OpusHead" or head[28:35] == b"\x01vorbis" else None
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE" and b"fmt " in head:
        return "wav"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "mp3"
    if head[4:8] == b"ftyp":
        tracks = set(_HANDLER.findall(content))  # of a file that is cut off none are named
        return "m4a" if b"vide" not in tracks and (b"soun" in tracks or b"moov" not in content) else None
    if head.startswith(b"fLaC"):
        return "flac"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "aac"
    return None


def check_length(seconds: float) -> None:
    """RuleBroken('audio.too_short') for what no text can be said in."""
    if seconds < SHORTEST:
        raise RuleBroken("audio.too_short")


def _check_wav(content: bytes) -> None:
    """The sound that a WAV file announces must be in it; one that was written as it came announces none."""
    place, rate = 12, 0
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        if name == b"fmt ":
            rate = int.from_bytes(content[place + 16 : place + 20], "little")  # bytes of a second
        if name == b"data":
            there = len(content) - place - 8
            if there < size < _UNKNOWN:
                raise RuleBroken("audio.cut_off")
            check_length(min(size or there, there) / max(rate, 1))
            return
        place += 8 + size + size % 2
    raise RuleBroken("audio.cut_off")


def _check_ogg(content: bytes) -> None:
    """The last page of an Ogg file must be whole."""
    page = content.rfind(b"OggS")
    lengths = content[page + 27 : page + 27 + content[page + 26]] if page + 26 < len(content) else b""
    if not lengths or page + 27 + len(lengths) + sum(lengths) > len(content):
        raise RuleBroken("audio.cut_off")


def _check_mp4(content: bytes) -> None:
    """The table of an MP4 file is often its end."""
    if b"moov" not in content:
        raise RuleBroken("audio.cut_off")


_WHOLE: Final = {"wav": _check_wav, "ogg": _check_ogg, "m4a": _check_mp4}


def _tracks(content: bytes) -> bytes:
    """The part of a WebM file that names its codecs; empty where there is none before the sound begins."""
    place = 0
    while place < min(len(content), _FARTHEST):
        name, place = _number(content, place, keep_length=True)
        size, place = _number(content, place, keep_length=False)
        if name == _TRACKS:
            return content[place : place + size]
        if name == _CLUSTER or place > len(content):
            break
        if name != _SEGMENT:  # whose children follow at once
            place += size
    return b""


def _codecs(tracks: bytes) -> set[bytes]:
    """The codecs that tracks of WebM name, each in an element of its own."""
    found = set()
    for start in (match.end() for match in re.finditer(b"\x86", tracks)):
        size, place = _number(tracks, start, keep_length=False)
        found.add(tracks[place : place + size])
    return {name for name in found if _CODEC.fullmatch(name)}


def _number(content: bytes, place: int, *, keep_length: bool) -> tuple[int, int]:
    """A number of EBML at a place, and the place after it: its first bits tell how many bytes it has; an id keeps them."""
    first = content[place] if place < len(content) else 0
    length = 9 - first.bit_length()
    if length > 8:
        return 0, len(content) + 1
    value = int.from_bytes(content[place : place + length], "big")
    return value if keep_length else value & ((1 << 7 * length) - 1), place + length
