"""Recordings for the tests: short, real sound files made on the spot, and a desk whose bank names two dialects."""

import io
import math
import struct
import wave
import zipfile

DIALECTS = """\
- {slug: kham, language: bo, names: {zh: 康方言, bo: ཁམས་སྐད།, en: Kham}}
- {slug: amdo, language: bo, names: {zh: 安多方言, bo: ཨ་མདོའི་སྐད།, en: Amdo}}
- {slug: putonghua, language: zh, names: {zh: 普通话, bo: རྒྱའི་སྤྱི་སྐད།, en: Putonghua}}
"""


def tone(pitch: int = 440, seconds: float = 0.3, loudness: float = 0.3) -> bytes:
    """A WAV file with a tone; another pitch is another recording."""
    rate, out = 16_000, io.BytesIO()
    samples = (
        int(32_000 * loudness * math.sin(2 * math.pi * pitch * step / rate)) for step in range(int(rate * seconds))
    )
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return out.getvalue()


def packed(**files: bytes) -> io.BytesIO:
    """A ZIP of these files; in names two underscores stand for a slash and one for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    out.seek(0)
    return out
