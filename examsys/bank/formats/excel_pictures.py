"""Pictures in a workbook: those that lie on cells (drawings), and those inside cells as WPS Office puts them (DISPIMG)."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from .drafts import Picture
from .exchange import LIMITS, Limits
from .tables import Table
from .xml import attribute, children, inside, local, parse_xml

_IN_CELL = re.compile(r'DISPIMG\(\s*"([^"]+)"')
Parts = Mapping[str, bytes]


def lay_pictures(parts: Parts, tables: Sequence[Table], limits: Limits = LIMITS) -> None:
    """Tell each table which pictures of the workbook lie on its cells."""
    sheets = sheet_parts(parts, limits)
    in_cells = _cell_images(parts, limits)
    for table in tables:
        for row, cells in enumerate(table.rows):
            for column, text in enumerate(cells):
                named = _IN_CELL.search(text) if "DISPIMG" in text else None
                if named:
                    cells[column] = ""
                    _lay(table, (row, column), in_cells.get(named.group(1), named.group(1)), parts)
        for place, part in _anchored(parts, sheets.get(table.name, ""), limits):
            _lay(table, place, part, parts)


def _lay(table: Table, place: tuple[int, int], part: str, parts: Parts) -> None:
    """Put a picture on its cell; one that is not in the workbook keeps its name and is missed later."""
    name = posixpath.basename(part)
    picture = Picture(name, parts[part]) if part in parts else name
    laid = table.pictures.setdefault(place, [])
    if picture not in laid:
        laid.append(picture)


def sheet_parts(parts: Parts, limits: Limits) -> dict[str, str]:
    """The part of each sheet by its title."""
    workbook = parts.get("xl/workbook.xml")
    if workbook is None:
        return {}
    targets = _relations(parts, "xl/workbook.xml", limits)
    return {
        attribute(sheet, "name"): targets.get(attribute(sheet, "id"), "")
        for sheet in inside(parse_xml(workbook, "xl/workbook.xml", limits), "sheet")
    }


def _anchored(parts: Parts, sheet: str, limits: Limits) -> Iterator[tuple[tuple[int, int], str]]:
    """Row and column from 0 of each picture that a sheet's drawing anchors, with its part."""
    drawings = [part for part in _relations(parts, sheet, limits).values() if "/drawings/drawing" in part]
    for drawing in drawings:
        if drawing not in parts:
            continue
        images = _relations(parts, drawing, limits)
        for anchor in parse_xml(parts[drawing], drawing, limits):
            start = next(children(anchor, "from"), None)
            if start is None:
                continue
            place = {local(child): int(child.text or 0) for child in start if (child.text or "").isdecimal()}
            for blip in inside(anchor, "blip"):
                yield (place.get("row", 0), place.get("col", 0)), images.get(attribute(blip, "embed"), "?")


def _cell_images(parts: Parts, limits: Limits) -> dict[str, str]:
    """The part of each picture that WPS keeps for DISPIMG, by its id."""
    name = "xl/cellimages.xml"
    if name not in parts:
        return {}
    images, found = _relations(parts, name, limits), {}
    for picture in inside(parse_xml(parts[name], name, limits), "pic"):
        ids = [attribute(named, "name") for named in inside(picture, "cnvpr")]
        blips = [images.get(attribute(blip, "embed"), "?") for blip in inside(picture, "blip")]
        if ids and blips:
            found[ids[0]] = blips[0]
    return found


def _relations(parts: Parts, part: str, limits: Limits) -> dict[str, str]:
    """What a part's relations lead to, by id; links outside the workbook are left out."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if not part or relations not in parts:
        return {}
    found = {}
    for relation in inside(parse_xml(parts[relations], relations, limits), "relationship"):
        target = attribute(relation, "target")
        if attribute(relation, "targetmode") != "External":
            found[attribute(relation, "id")] = posixpath.normpath(
                target[1:] if target.startswith("/") else posixpath.join(folder, target)
            )
    return found
