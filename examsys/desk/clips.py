"""What was recorded, as a file: its type told by content, never by name, and what is too large or too small to be a text."""

import re
from typing import Final

from ..domain.errors import RuleBroken

SMALLEST: Final = 400  # bytes: less is not half a second of anything
LARGEST: Final = 4_000_000  # bytes: 40 s of uncompressed speech

_CLUSTER: Final = b"\x1f\x43\xb6\x75"  # where the names of codecs end and the sound begins
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
        codecs = set(_CODEC.findall(head.partition(_CLUSTER)[0]))
        return "webm" if b"webm" in head[:64] and codecs == {b"A_OPUS"} else None
    if head.startswith(b"OggS"):
        return "ogg" if head[28:36] == b"OpusHead" or head[28:35] == b"\x01vorbis" else None
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE" and b"fmt " in head:
        return "wav"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "mp3"
    return None
