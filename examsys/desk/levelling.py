"""Recordings made equally loud and coded to Opus by ffmpeg where it is installed; else they stay as they came.

Two passes of `loudnorm` (EBU R 128): one measures, one applies what was measured, which comes within half a LU of the aim. ffmpeg
runs as a child with a time limit, is told the format instead of guessing it, and may open nothing but the file that it is given.
"""

import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Final

from ..domain.errors import RuleBroken
from . import clips

AIM: Final = "loudnorm=I=-16:TP=-1.5:LRA=11"  # LUFS, dBTP, LU
MEASURED: Final = ("input_i", "input_tp", "input_lra", "input_thresh", "target_offset")
SILENCE: Final = -50.0  # dBTP: nothing that is louder was said
LONGEST_SECONDS: Final = 30  # for each pass
DEMUXERS: Final = {
    **{"webm": "matroska", "ogg": "ogg", "wav": "wav", "mp3": "mp3"},
    **{"m4a": "mov", "aac": "aac", "flac": "flac"},
}
_TIME: Final = r"(\d+):(\d+):([\d.]+)"
_ANNOUNCED: Final = re.compile(f"Duration: {_TIME}")
_READ: Final = re.compile(f"time={_TIME}")
_GUESSED: Final = "Estimating duration from bitrate"
_ENDED: Final = ("File ended prematurely", "Input buffer exhausted")
MOST_MISSING: Final = 0.2  # seconds of what a file announces


@dataclass(frozen=True, slots=True)
class Levelled:
    """A recording as it is kept: its bytes, the ending of its name, and whether ffmpeg made it so."""

    content: bytes
    kind: str
    done: bool


def is_installed() -> bool:
    """Whether this machine has ffmpeg."""
    return shutil.which("ffmpeg") is not None


def level(content: bytes, kind: str) -> Levelled:
    """The recording at the common loudness, mono, 48 kHz, Opus 24 kbit/s in Ogg; or as it came.

    RuleBroken('audio.damaged') for what ffmpeg cannot read, 'audio.silent' for what has no sound, 'audio.cut_off', 'audio.too_short';
    'audio.to_code' for what may not stay as it came and cannot be coded here.
    """
    if not is_installed():
        return _as_it_came(content, kind)
    with tempfile.TemporaryDirectory(prefix="examsys-audio-") as folder:
        source, target = Path(folder) / f"in.{kind}", Path(folder) / "out.ogg"
        source.write_bytes(content)
        try:
            said = _run(source, kind, f"{AIM}:print_format=json", "-f", "null", "-")
            _check_whole(said)
            measured = _measured(said)
            if measured is None:
                return _as_it_came(content, kind)
            applied = ":".join(f"{_OPTION[name]}={measured[name]}" for name in MEASURED)
            coded = ("-ar", "48000", "-ac", "1", "-c:a", "libopus", "-b:a", "24k", "-map_metadata", "-1", "-f", "ogg")
            _run(source, kind, f"{AIM}:{applied}:linear=true", *coded, str(target))
        except subprocess.TimeoutExpired:
            return _as_it_came(content, kind)
        return Levelled(target.read_bytes(), "ogg", True)


def _as_it_came(content: bytes, kind: str) -> Levelled:
    if kind in clips.TO_CODE:
        raise RuleBroken("audio.to_code", kind=kind.upper())
    return Levelled(content, kind, False)


_OPTION: Final = {
    "input_i": "measured_I",
    "input_tp": "measured_TP",
    "input_lra": "measured_LRA",
    "input_thresh": "measured_thresh",
    "target_offset": "offset",
}


def _run(source: Path, kind: str, filters: str, *output: str) -> str:
    """One pass; what ffmpeg said. RuleBroken('audio.damaged'), subprocess.TimeoutExpired."""
    command = [
        *("ffmpeg", "-nostdin", "-hide_banner", "-y", "-protocol_whitelist", "file,pipe", "-f", DEMUXERS[kind]),
        *("-i", str(source), "-vn", "-sn", "-dn", "-af", filters, *output),
    ]
    done = subprocess.run(command, capture_output=True, timeout=LONGEST_SECONDS, check=False)
    if done.returncode:
        raise RuleBroken("audio.damaged")
    return done.stderr.decode("utf-8", errors="replace")


def _check_whole(said: str) -> None:
    """What ffmpeg read must be as long as a text, and as long as the file announces. RuleBroken('audio.cut_off', 'audio.too_short')."""
    read = _seconds(_READ.findall(said))
    announced = None if _GUESSED in said else _seconds(_ANNOUNCED.findall(said))
    if any(words in said for words in _ENDED) or (read and announced and announced - read > MOST_MISSING):
        raise RuleBroken("audio.cut_off")
    if read is not None:
        clips.check_length(read)


def _seconds(found: list[tuple[str, str, str]]) -> float | None:
    """The last of these times; None where none was told."""
    return int(found[-1][0]) * 3600 + int(found[-1][1]) * 60 + float(found[-1][2]) if found else None


def _measured(said: str) -> dict[str, Any] | None:
    """What the first pass found, in the last JSON object that it printed; None for a sound that is too short (0.4 s) to have a loudness.

    RuleBroken('audio.damaged', 'audio.silent').
    """
    start, end = said.rfind("{"), said.rfind("}")
    try:
        found: dict[str, Any] = json.loads(said[start : end + 1])
        values = {name: float(found[name]) for name in MEASURED}
    except (ValueError, KeyError, TypeError):
        raise RuleBroken("audio.damaged") from None
    if not values["input_tp"] > SILENCE:
        raise RuleBroken("audio.silent")
    return values if all(map(isfinite, values.values())) else None
