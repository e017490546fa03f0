"""The press: the one child process that prints, signs and reads PDFs, so that the exam server never loads or waits for those libraries.

`python -m examsys.certificates.press` takes orders on its standard input and answers on its standard output, one at a time, until the
input ends (also when the server dies). A frame is two lengths, then a JSON object and a body.
"""

import gc
import json
import logging
import os
import struct
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")
SAMPLE = '<html lang="zh-CN"><title>-</title><body class="slip"><p>考试 2026</p><p lang="bo">རྒྱུགས་སྤྲོད།</p></body></html>'


def frame(head: dict[str, Any], body: bytes) -> bytes:
    """One order or answer as bytes."""
    packed = json.dumps(head).encode()
    return LENGTHS.pack(len(packed), len(body)) + packed + body


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None at the end of the stream."""
    start = stream.read(LENGTHS.size)
    if len(start) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(start)
    found: dict[str, Any] = json.loads(stream.read(head))
    return found, stream.read(body)


def carry_out(order: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Do one order: `print` (HTML to a signed PDF), `read` (what a PDF shows of itself) or `warm` (load all, print a sample)."""
    if order["do"] == "read":
        from .pades import read_paper

        return asdict(read_paper(body, [text.encode() for text in order["authorities"]])), b""
    html = SAMPLE if order["do"] == "warm" else body.decode()
    return {}, _signer(order["keys"]).sign(_printer().print(html, order["style"]))


@cache
def _printer() -> Any:
    from .pdf import Printer

    return Printer()


@cache
def _signer(folder: str) -> Any:
    from .pades import PaperSigner

    return PaperSigner(Path(folder))


def main() -> None:
    """Work until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes to the log, not between the frames
    logging.disable(logging.CRITICAL)
    gc.disable()  # a page leaves its garbage behind in one go: collecting while it is made takes a third longer
    while True:
        taken = read_frame(sys.stdin.buffer)
        if taken is None:
            return
        try:
            head, body = carry_out(*taken)
            answer = frame({"ok": True, **head}, body)
        except (ImportError, OSError) as error:  # a library or one of its native parts is not there
            answer = frame({"ok": False, "unavailable": True, "error": repr(error)}, b"")
        except Exception as error:
            answer = frame({"ok": False, "unavailable": False, "error": repr(error)}, b"")
        try:
            answers.write(answer)
            answers.flush()
        except BrokenPipeError:  # the server has ended meanwhile: nobody waits for this paper
            os._exit(0)
        gc.collect()
        gc.freeze()  # what is left are the libraries: not looked at again


if __name__ == "__main__":
    main()
