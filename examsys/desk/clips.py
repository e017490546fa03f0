"""What was recorded, as a file: its type told by content, never by name, and what is too large or too small to be a text."""

import re
from typing import Final

from ..domain.errors import RuleBroken

SMALLEST: Final = 400  # bytes: less is not half a second of anything
LARGEST: Final = 4_000_000  # bytes: 40 s of uncompressed speech

_SEGMENT, _TRACKS, _CLUSTER = 0x18538067, 0x1654AE6B, 0x1F43B675  # ids of WebM's elements (RFC 8794, 9559)
_FARTHEST: Final = 65_536  # bytes into a file where its tracks must have been named
_CODEC: Final = re.compile(rb"[AVS]_[A-Z][A-Z0-9]+")


def kind_of(content: bytes) -> str:
    """The ending that a recording's name shall have: webm, ogg, wav or mp3. RuleBroken('audio.too_large', 'audio.too_short', 'audio.not_audio')."""
    if len(content) > LARGEST:
        raise RuleBroken("audio.too_large", most=LARGEST // 1_000_000)
    found = _told_by(content)
    if found is None:
        raise RuleBroken("audio.not_audio")
    if len(content) < SMALLEST:
        raise RuleBroken("audio.too_short")
    return found


def _told_by(content: bytes) -> str | None:
    """By the first bytes that each format has; a container must also name a codec of sound and none of pictures."""
    head = content[:4_096]
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] and set(_CODEC.findall(_tracks(content))) == {b"A_OPUS"} else None
    if head.startswith(b"OggS"):
        return "ogg" if head[28:36] == b"OpusHead" or head[28:35] == b"\x01vorbis" else None
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE" and b"fmt " in head:
        return "wav"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "mp3"
    return None


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


def _number(content: bytes, place: int, *, keep_length: bool) -> tuple[int, int]:
    """A number of EBML at a place, and the place after it: its first bits tell how many bytes it has; an id keeps them."""
    first = content[place] if place < len(content) else 0
    length = 9 - first.bit_length()
    if length > 8:
        return 0, len(content) + 1
    value = int.from_bytes(content[place : place + length], "big")
    return value if keep_length else value & ((1 << 7 * length) - 1), place + length
