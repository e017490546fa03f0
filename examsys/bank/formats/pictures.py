"""Pictures that come with questions: what they are by their content, and whether the bank may have them."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote

from PIL import Image

from examsys.bank.svg import svg_faults

from .exchange import LIMITS, Limits, Refused

TAKEN = ("svg", "png", "jpg", "webp")
"""Types of pictures that the bank serves."""

ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,(.*)", re.DOTALL | re.IGNORECASE)
_BY_LIBRARY = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
_OF_DRAWINGS = {
    "svg.too_large": "picture.svg_too_large",
    "svg.declaration": "picture.svg_declaration",
    "svg.unreadable": "picture.svg_unreadable",
    "svg.no_view_box": "picture.svg_no_view_box",
    "svg.forbidden_element": "picture.svg_element",
    "svg.event_handler": "picture.svg_script",
    "svg.outside_reference": "picture.svg_outside",
}
"""What the bank says against a drawing, as the reason of an import that names the picture."""

_OTHER = {"gif", "bmp", "tif", "tiff", "emf", "wmf", "ico", "avif", "heic"}


def type_of(content: bytes) -> str:
    """The type of a picture by its content: svg, png, jpg, webp, gif, bmp; "" for none of these."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if content[:2] == b"BM":
        return "bmp"
    return "svg" if re.search(rb"<(\w+:)?svg[\s>]", content[:2_000]) else ""


def is_picture_name(name: str) -> bool:
    """Whether a name ends as pictures' names do."""
    return _ending(name) in {*TAKEN, *_OTHER, *ENDINGS}


def rightly_named(name: str, kind: str) -> str:
    """The name with the ending of what it is; the same name where it told the truth."""
    ending = _ending(name)
    if ENDINGS.get(ending, ending) == kind:
        return name
    return f"{name[: -len(ending) - 1] if is_picture_name(name) else name}.{kind}"


def picture_faults(content: bytes, limits: Limits = LIMITS) -> Iterator[tuple[str, str]]:
    """Message ids and passages of what keeps a picture out of the bank."""
    kind = type_of(content)
    if len(content) > limits.picture:
        yield "picture.too_large", str(len(content))
    elif kind not in TAKEN:
        yield "picture.type_unknown", kind or "?"
    elif kind == "svg":
        for key, passage in svg_faults(content):
            yield _OF_DRAWINGS[key], passage
    else:
        yield from _photograph_faults(content, kind, limits)


def _photograph_faults(content: bytes, kind: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """A photograph is opened as a browser opens it: to the last dot, but never one of absurd size."""
    try:
        with Image.open(BytesIO(content), formats=[_BY_LIBRARY[kind]]) as image:
            width, height = image.size
            if width * height > limits.pixels:
                yield "picture.too_many_dots", f"{width} × {height}"
            else:
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        yield "picture.too_many_dots", "?"
    except Exception:  # the library raises whatever the first damaged part makes of it
        yield "picture.damaged", ""


def find(name: str, media: Mapping[str, bytes]) -> str | None:
    """The name in `media` that a file's reference means: as written, below `media/`, or the only one called so."""
    wanted = clean_name(name)
    for known in (name, _path(name), wanted):
        if known in media:
            return known
    last = wanted.rpartition("/")[2].casefold()
    called_so = [known for known in media if known.rpartition("/")[2].casefold() == last]
    return called_so[0] if len(called_so) == 1 else None


def beside(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a package by the names under which its questions look for them; no two become one."""
    names = {name: clean_name(name) for name in parts}
    return {name if clean != name and clean in parts else clean: parts[name] for name, clean in names.items()}


def clean_name(reference: str) -> str:
    """A reference without what programs put before a file's name."""
    return _path(reference).removeprefix("media/")


def _path(reference: str) -> str:
    name = unquote(reference.strip()).replace("\\", "/").split("?")[0]
    name = name.removeprefix("@@PLUGINFILE@@/").removeprefix("./")
    while name.startswith("../"):
        name = name[3:]
    return name


def from_data(reference: str) -> bytes | None:
    """The bytes of a picture that stands in the text itself as a `data:` address; None for any other reference."""
    found = _DATA.match(reference)
    return decoded(found.group(1)) if found else None


def decoded(base64_text: str) -> bytes:
    """Bytes of base64 with any line breaks; Refused('picture.not_base64')."""
    try:
        return base64.b64decode("".join(base64_text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("picture.not_base64") from error


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower()
