"""QTI 2.1, 2.2 and 3.0, written: a package of one item a question, with its pictures and a manifest.

Everything is carried: Tibetan in spans with `xml:lang`, the explanation as modal feedback, the rest as keywords in the
manifest. The two options of a judge question are called `right` and `wrong`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from examsys.domain.bank import RIGHT, WRONG, Kind, Text

from .exchange import FileKind, Row
from .headings import JUDGE_WORDS
from .qti import MANIFEST, UNNAMED
from .tags import tags_of

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class _Version:
    """How a version calls things: namespaces of item and manifest, type of a resource, whether names have hyphens."""

    namespace: str
    manifest: str
    resource: str
    hyphens: bool
    scheme: str

    def name(self, words: str) -> str:
        """An element or attribute of QTI, from words between spaces."""
        first, *others = words.split()
        return "-".join((first, *others)) if self.hyphens else first + "".join(word.title() for word in others)

    def element(self, words: str) -> str:
        """The name of an element of QTI itself."""
        return f"qti-{self.name(words)}" if self.hyphens else self.name(words)


_IMS = "http://www.imsglobal.org/xsd"
_VERSIONS: Mapping[FileKind, _Version] = {
    FileKind.QTI21: _Version(f"{_IMS}/imsqti_v2p1", f"{_IMS}/imscp_v1p1", "imsqti_item_xmlv2p1", False, "QTIv2.1 Package"),
    FileKind.QTI22: _Version(f"{_IMS}/imsqti_v2p2", f"{_IMS}/imscp_v1p1", "imsqti_item_xmlv2p2", False, "QTIv2.2 Package"),
    FileKind.QTI30: _Version(
        f"{_IMS}/imsqtiasi_v3p0", f"{_IMS}/qti/qtiv3p0/imscp_v1p1", "imsqti_item_xmlv3p0", True, "QTI Package"
    ),
}  # fmt: skip
_LOM = "http://ltsc.ieee.org/xsd/LOM"


def qti_files(rows: Sequence[Row], kind: FileKind) -> dict[str, bytes]:
    """The files of a package in this version, pictures included."""
    version = _VERSIONS[kind]
    manifest = Element("manifest", {"xmlns": version.manifest, "xmlns:imsmd": _LOM, "identifier": "examsys-questions"})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = version.scheme
    SubElement(metadata, "schemaversion").text = {"QTI Package": "3.0.0"}.get(version.scheme, "1.0.0")
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    files: dict[str, bytes] = {}
    for number, row in enumerate(rows, start=1):
        href = f"items/q{number:05d}.xml"
        resource = SubElement(resources, "resource", identifier=f"r{number:05d}", type=version.resource, href=href)
        general = SubElement(SubElement(SubElement(resource, "metadata"), "imsmd:lom"), "imsmd:general")
        for tag in [*([f"id:{row.id}"] if row.id else []), *tags_of(row)]:
            SubElement(SubElement(general, "imsmd:keyword"), "imsmd:string", language="en").text = tag
        for path in (href, *(f"media/{name}" for name in row.shown)):
            SubElement(resource, "file", href=path)
        files[href] = _bytes(_item(row, version, number))
        files.update({f"media/{name}": row.media[name] for name in row.shown})
    return {MANIFEST: _bytes(manifest), **files}


def _item(row: Row, version: _Version, number: int) -> Element:
    item = Element(version.element("assessment item"), {
        "xmlns": version.namespace, "identifier": _identifier(row.id) or f"{UNNAMED}{number:05d}",
        "title": row.id or row.stem.zh[:60], "adaptive": "false", version.name("time dependent"): "false",
    })  # fmt: skip
    cardinality = "multiple" if row.kind is Kind.MULTIPLE else "single"
    declaration = SubElement(item, version.element("response declaration"), {
        "identifier": "RESPONSE", "cardinality": cardinality, version.name("base type"): "identifier",
    })  # fmt: skip
    correct = SubElement(declaration, version.element("correct response"))
    for name in sorted(row.key):
        SubElement(correct, version.element("value")).text = name
    for identifier, base in (("SCORE", "float"), ("FEEDBACK", "identifier")):
        SubElement(item, version.element("outcome declaration"), {
            "identifier": identifier, "cardinality": "single", version.name("base type"): base,
        })  # fmt: skip
    body = SubElement(item, version.element("item body"))
    for picture in row.pictures:
        SubElement(SubElement(body, "p"), "img", src=f"../media/{picture}", alt="")
    _interaction(body, row, version)
    template = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"
    if not version.hyphens:
        template = f"http://www.imsglobal.org/question/qti_{version.namespace[-4:]}/rptemplates/match_correct"
    SubElement(item, version.element("response processing"), template=template)
    if row.explanation.zh:
        feedback = SubElement(item, version.element("modal feedback"), {
            version.name("outcome identifier"): "FEEDBACK", version.name("show hide"): "show", "identifier": "explanation",
        })  # fmt: skip
        holder = SubElement(feedback, "qti-content-body") if version.hyphens else feedback
        _write_text(holder, row.explanation)
    return item


def _interaction(body: Element, row: Row, version: _Version) -> None:
    most = "0" if row.kind is Kind.MULTIPLE else "1"
    interaction = SubElement(body, version.element("choice interaction"), {
        version.name("response identifier"): "RESPONSE", "shuffle": "false" if _keeps_order(row) else "true",
        version.name("max choices"): most,
    })  # fmt: skip
    _write_text(SubElement(interaction, version.element("prompt")), row.stem)
    if row.kind is Kind.JUDGE:
        for name, word in zip((RIGHT, WRONG), JUDGE_WORDS, strict=True):
            SubElement(interaction, version.element("simple choice"), identifier=name).text = word
    for option in row.options:
        choice = SubElement(interaction, version.element("simple choice"), identifier=option.id)
        if option.picture:
            SubElement(choice, "img", src=f"../media/{option.picture}", alt="")
        else:
            _write_text(choice, option.text)


def _keeps_order(row: Row) -> bool:
    return row.fixed_order or row.kind is Kind.JUDGE


def _write_text(parent: Element, words: Text) -> None:
    """Chinese alone as text, both languages in a span each."""
    if not words.bo:
        parent.text = words.zh
        return
    for language, text in words.as_dict().items():
        SubElement(parent, "span", {_LANG: language}).text = text


def _identifier(name: str) -> str:
    """The name if QTI allows it as an identifier, else nothing."""
    return name if re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.ASCII) else ""


def _bytes(root: Element) -> bytes:
    if "manifest" in str(root.tag):
        indent(root, " ")
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content
