"""XML from strangers: no declarations of types or entities, no network, limited depth; names without namespaces."""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .exchange import LIMITS, Limits, Refused

_CHINESE = re.compile(rb"""\s*<\?xml[^>]*\sencoding=["']gb(?:2312|k|18030)["'][^>]*\?>""", re.IGNORECASE)


def parse_xml(content: bytes, name: str = "", limits: Limits = LIMITS) -> Element:
    """The root of an XML file. Refused: 'xml.entities', 'xml.too_deep', 'xml.unreadable'; `name` is the part of a package."""
    depth = 0
    root: Element | None = None
    try:
        content = _readable(content)
        for event, element in iterparse(BytesIO(content), ("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            if depth > limits.depth:
                raise Refused("xml.too_deep", cell=name, most=str(limits.depth))
    except DefusedXmlException as error:
        raise Refused("xml.entities", cell=name) from error
    except (ParseError, LookupError, ValueError) as error:
        raise Refused("xml.unreadable", cell=name, problem=str(error)[:80]) from error
    if root is None:
        raise Refused("xml.unreadable", cell=name, problem="-")
    return root


def _readable(content: bytes) -> bytes:
    """What is declared to be in a Chinese code page in UTF-8, for the parser knows none of them. ValueError."""
    declared = _CHINESE.match(content)
    return content[declared.end() :].decode("gb18030").encode() if declared else content


def local(element: Element) -> str:
    """The bare name of an element in small letters: `simplechoice` of `qti-simple-choice` as of `simpleChoice`."""
    name = str(element.tag).rpartition("}")[2].lower()
    return name.removeprefix("qti-").replace("-", "")


def attribute(element: Element, name: str) -> str:
    """An attribute by its bare name (`maxchoices` for maxChoices and max-choices); "" where there is none."""
    for full, value in element.attrib.items():
        if full.rpartition("}")[2].lower().replace("-", "") == name:
            return value
    return ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children with one of these bare names."""
    return (child for child in element if local(child) in names)


def inside(element: Element, *names: str) -> Iterator[Element]:
    """All descendants with one of these bare names."""
    return (found for found in element.iter() if found is not element and local(found) in names)
