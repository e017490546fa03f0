"""Whether an SVG drawing is safe to send to a browser and gives nothing away by hidden words."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

LARGEST = 20 * 1024
"""Bytes; a drawing of flat shapes stays far below."""

_SHAPES = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"])
_FRAMES = frozenset(["svg", "g", "defs", "symbol", "use", "clipPath", "mask", "pattern", "marker"])
_TAGS = _SHAPES | _FRAMES | {"linearGradient", "radialGradient", "stop"}
_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_INSTRUCTION = re.compile(rb"<\?(?!xml[\s?])")
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|@import|expression\(", re.IGNORECASE)


def svg_faults(content: bytes) -> Iterator[tuple[str, str]]:
    """Message ids and passages of what is wrong with a drawing: only shapes, nothing that acts or loads.

    No `text` either: inside an img it falls back to whatever font the machine has, so words on signs are drawn as strokes.
    """
    if len(content) > LARGEST:
        yield "svg.too_large", str(len(content))
    if _DECLARATION.search(content) or _INSTRUCTION.search(content):
        yield "svg.declaration", ""  # entities stand there; such a file is not even parsed
        return
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        yield "svg.unreadable", str(error)
        return
    if _local(root.tag) != "svg" or "viewBox" not in root.attrib:
        yield "svg.no_view_box", _local(root.tag)
    for element in root.iter():
        yield from _element_faults(element)


def words_of(content: bytes) -> str:
    """The words that are drawn, in the order of the file; "" for what cannot be read."""
    try:
        return "".join(ElementTree.fromstring(content).itertext()) if not _DECLARATION.search(content) else ""
    except (ElementTree.ParseError, ValueError, LookupError):
        return ""


def _element_faults(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or _local(element.tag) not in _TAGS:
        yield "svg.forbidden_element", _local(str(element.tag))
    for name, value in element.attrib.items():
        local = _local(name).lower()
        if local.startswith("on"):
            yield "svg.event_handler", local
        elif _REFERENCE.search(value) or (local in ("href", "src") and not value.startswith("#")):
            yield "svg.outside_reference", value[:60]


def _local(name: str) -> str:
    return name.rpartition("}")[2]
