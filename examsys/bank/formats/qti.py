"""QTI 2.1, 2.2 and 3.0, read: a package with imsmanifest.xml, or one item alone. Names are compared without version.

Taken is an item with one choice interaction; its two languages stand in spans with `xml:lang`. Everything else is refused
one by one with the name of its interaction. What the bank knows beside that is in the keywords of the manifest.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from examsys.domain.bank import JUDGE_OPTIONS, Kind

from .drafts import Draft, DraftOption, Found
from .exchange import LETTERS, LIMITS, FileKind, Limits, Place, Reason, Refused
from .pictures import beside
from .tags import use_tags
from .texts import Said, from_html
from .xml import attribute, children, inside, local, parse_xml

MANIFEST = "imsmanifest.xml"
UNNAMED = "unnamed-"
"""How the identifier of an item begins whose question has no id of its own; QTI wants one."""

Parts = Mapping[str, bytes]


def version_of(namespace_or_type: str) -> FileKind | None:
    """The version that a namespace or a type of resource names."""
    text = namespace_or_type.lower()
    if "v3p0" in text or "asi_v3" in text:
        return FileKind.QTI30
    if "v2p2" in text:
        return FileKind.QTI22
    return FileKind.QTI21 if "v2p" in text else None


def read_package(file: str, parts: Parts, limits: Limits = LIMITS) -> tuple[FileKind, Found]:
    """The items of a package in the order of its manifest. Refused('qti.no_items', 'file.too_many_rows', as `parse_xml`)."""
    root = parse_xml(parts[MANIFEST], MANIFEST, limits)
    found, kinds = Found(), []
    found.media = beside({name: part for name, part in parts.items() if not name.endswith(".xml")})
    for resource in inside(root, "resource"):
        kind, href = version_of(attribute(resource, "type")), attribute(resource, "href")
        if not attribute(resource, "type").lower().startswith("imsqti_item"):
            if attribute(resource, "type").lower().startswith("imsqti"):
                found.passed_over.append(Reason("qti.no_item", Place(file, 0, href[:80])))
            continue
        kinds += [kind] if kind else []
        found.drafts.append(_of_package(Place(file, len(found.drafts) + 1, href), parts, resource, limits))
        if len(found.drafts) > limits.rows:
            raise Refused("file.too_many_rows", most=str(limits.rows))
    if not found.drafts:
        raise Refused("qti.no_items", cell=MANIFEST)
    return (kinds or [FileKind.QTI21])[0], found


def _of_package(place: Place, parts: Parts, resource: Element, limits: Limits) -> Draft:
    """The draft of one resource; an item that cannot be read is refused alone."""
    name = posixpath.normpath(place.cell)
    name = name if name in parts else posixpath.normpath(unquote(place.cell))  # addresses, says the standard
    if name.startswith(("/", "..")) or "://" in place.cell or name not in parts:
        draft = Draft(place)
        draft.give_up("qti.item_missing", name=place.cell[:80])
        return draft
    try:
        draft = draft_of(place, parse_xml(parts[name], name, limits), posixpath.dirname(name))
    except Refused as broken:
        draft = Draft(place)
        draft.give_up(broken.key, **broken.facts)
        return draft
    use_tags(draft, _keywords(resource))
    return draft


def _keywords(resource: Element) -> Iterator[str]:
    for keyword in inside(resource, "keyword"):
        yield "".join(keyword.itertext()).strip()


def draft_of(place: Place, item: Element, folder: str = "") -> Draft:
    """The draft of an item; `folder` is where it lies in its package, to which its pictures are relative."""
    name = attribute(item, "identifier")
    draft = Draft(place, literal=True, id="" if name.startswith(UNNAMED) else name)
    draft.cells = {"zh": f"{place.cell}/itemBody", "key": f"{place.cell}/correctResponse"}
    bodies = list(inside(item, "itembody"))
    found = [part for part in item.iter() if local(part).endswith("interaction")]
    if len(found) != 1 or local(found[0]) != "choiceinteraction" or not bodies:
        draft.give_up("kind.unsupported", text=", ".join(local(part) for part in found)[:40] or "-")
        return draft
    interaction = found[0]
    choices = list(inside(interaction, "simplechoice"))
    names = [attribute(choice, "identifier") for choice in choices]
    letters = _letters(names)
    for choice, letter in zip(choices, letters, strict=True):
        said = _said(draft, choice, f"{letter}_zh", folder)
        draft.options.append(DraftOption(said.zh, said.bo, said.pictures[0] if said.pictures else "", letter))
    stem = _said(draft, bodies[0], "zh", folder)
    draft.zh, draft.bo, draft.pictures = stem.zh, stem.bo, list(stem.pictures)
    feedbacks = list(inside(item, "modalfeedback"))
    if len(feedbacks) > 1:
        draft.warn("feedback.left_out", "explanation_zh")
    for feedback in feedbacks[:1]:
        said = _said(draft, feedback, "explanation_zh", folder)
        draft.explanation_zh, draft.explanation_bo = said.zh, said.bo
    draft.fixed_order = attribute(interaction, "shuffle").lower() == "false"
    _read_key(draft, item, interaction, dict(zip(names, letters, strict=True)))
    return draft


def _letters(names: list[str]) -> list[str]:
    """The letters of choices: their own identifiers where these are letters, else by order; beyond six `z`."""
    lowered = [name.lower() for name in names]
    if all(name in LETTERS and name for name in lowered) and len(set(lowered)) == len(lowered):
        return lowered
    return [LETTERS[number] if number < len(LETTERS) else "z" for number in range(len(names))]


def _read_key(draft: Draft, item: Element, interaction: Element, letters: Mapping[str, str]) -> None:
    """What is right: the correct response, else what the mapping gives points for."""
    wanted = attribute(interaction, "responseidentifier")
    declared = [part for part in children(item, "responsedeclaration") if attribute(part, "identifier") == wanted]
    right: set[str] = set()
    multiple = False
    for declaration in declared:
        multiple = attribute(declaration, "cardinality").lower() == "multiple"
        for correct in children(declaration, "correctresponse"):
            right |= {(value.text or "").strip() for value in children(correct, "value")}
        if not right:
            right = {
                attribute(entry, "mapkey") for entry in inside(declaration, "mapentry")
                if attribute(entry, "mappedvalue").strip().strip("+0.") and not attribute(entry, "mappedvalue").startswith("-")
            }  # fmt: skip
    if set(letters) == set(JUDGE_OPTIONS):
        draft.kind, draft.options, draft.right = Kind.JUDGE.value, [], frozenset(right)
        draft.fixed_order = False
        return
    if multiple:
        draft.kind = Kind.MULTIPLE.value
    draft.right = frozenset(letters.get(name, "z") for name in right)


def _said(draft: Draft, part: Element, of: str, folder: str) -> Said:
    """Texts and pictures of a part, without the choices in it."""
    said = from_html(_html(part))
    if said.stripped:
        draft.warn("text.markup_removed", of)
    said.pictures = [
        name if name.startswith(("data:", "http")) else posixpath.normpath(posixpath.join(folder, name))
        for name in said.pictures
    ]
    return said


_DROPPED = ("simplechoice", "feedbackinline", "rubricblock", "templateinline")
_HELD = ("prompt", "itembody", "choiceinteraction", "contentbody", "modalfeedback")


def _html(part: Element, inner: bool = False) -> str:
    """The content of a part as HTML without namespaces; what is QTI's own becomes a block."""
    if inner and local(part) in _DROPPED:
        return _escape(part.tail or "")
    name = "div" if local(part) in _HELD or not inner else local(part)
    kept = {key: attribute(part, key) for key in ("lang", "src", "data") if attribute(part, key)}
    given = "".join(f' {key}="{_escape(value)}"' for key, value in kept.items())
    content = _escape(part.text or "") + "".join(_html(child, True) for child in part)
    return f"<{name}{given}>{content}</{name}>" + (_escape(part.tail or "") if inner else "")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
