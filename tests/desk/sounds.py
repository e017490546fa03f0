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


def webm(*codecs: bytes, kind: bytes = b"webm", sound: bytes = bytes(600)) -> bytes:
    """A WebM file as browsers write it: a table that names where things are comes before the tracks with their codecs."""

    def element(name: str, body: bytes) -> bytes:
        return bytes.fromhex(name) + (1 << 56 | len(body)).to_bytes(8, "big") + body

    seek = element("114d9b74", bytes.fromhex("1f43b675") + b"V_VP8" + bytes.fromhex("1654ae6b"))
    tracks = element("1654ae6b", b"".join(element("ae", element("86", codec)) for codec in codecs))
    return element("1a45dfa3", element("4282", kind)) + element("18538067", seek + tracks + element("1f43b675", sound))


def packed(**files: bytes) -> io.BytesIO:
    """A ZIP of these files; in names two underscores stand for a slash and one for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    out.seek(0)
    return out
