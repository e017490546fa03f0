"""Moodle XML: read and written; everything is carried (Tibetan as multilang spans, pictures as files, the rest as tags).

Taken are `multichoice` and `truefalse`; other types are refused one by one. Letters of options are by order.
"""

import base64
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from examsys.domain.bank import RIGHT, WRONG, Kind, Text

from .drafts import Draft, DraftOption, Found, Picture, Shown
from .exchange import LETTERS, LIMITS, Limits, Place, Reason, Refused, Row
from .headings import chapter_of
from .pictures import clean_name, decoded, find
from .tags import tags_of, use_tags
from .texts import Said, from_html, tidy, to_html
from .xml import attribute, children, local

_KINDS = {"multichoice", "truefalse", "multichoiceset"}


def read_moodle(file: str, root: Element, limits: Limits = LIMITS) -> Found:
    """The questions of a `quiz`. Refused('file.too_many_rows')."""
    found, chapter = Found(), ""
    for number, question in enumerate(children(root, "question"), start=1):
        if attribute(question, "type") == "category":
            path = _words(next(children(question, "category"), None)).zh
            chapter = chapter_of(path.rpartition("/")[2]) or ""
            found.passed_over.append(Reason("moodle.category", Place(file, number, path[:80])))
            continue
        found.drafts.append(_draft(Place(file, number, f"question[{number}]"), question, chapter))
        if len(found.drafts) > limits.rows:
            raise Refused("file.too_many_rows", most=str(limits.rows))
    return found


def _draft(place: Place, question: Element, chapter: str) -> Draft:
    draft, kind = Draft(place, literal=True), attribute(question, "type").lower()
    draft.cells = {"zh": f"{place.cell}/questiontext", "key": f"{place.cell}/answer"}
    if kind not in _KINDS:
        draft.give_up("kind.unsupported", text=kind[:40])
        return draft
    parts = {local(child): child for child in question if local(child) not in ("answer", "tags")}
    stem, draft.pictures = _said(draft, parts.get("questiontext"), "zh")
    draft.zh, draft.bo = stem.zh, stem.bo
    explanation, _ = _said(draft, parts.get("generalfeedback"), "explanation_zh")
    draft.explanation_zh, draft.explanation_bo = explanation.zh, explanation.bo
    draft.id, draft.chapter = _words(parts.get("idnumber")).zh, chapter
    use = [_words(tag).zh for tags in children(question, "tags") for tag in children(tags, "tag")]
    use_tags(draft, use)
    draft.chapter = draft.chapter or chapter
    answers = list(children(question, "answer"))
    if kind == "truefalse":
        draft.kind = Kind.JUDGE.value
        right = [tidy("".join(answer.itertext())).lower() for answer in answers if _fraction(answer) > 0]
        draft.right = frozenset(RIGHT if word.startswith("true") else WRONG for word in right)
        return draft
    single = "single" not in parts or (parts["single"].text or "").strip().lower() in ("true", "1")
    draft.kind = Kind.SINGLE.value if single and kind == "multichoice" else Kind.MULTIPLE.value
    if "shuffleanswers" in parts and (parts["shuffleanswers"].text or "").strip().lower() in ("false", "0"):
        draft.fixed_order = True
    _read_answers(draft, answers)
    return draft


def _read_answers(draft: Draft, answers: Sequence[Element]) -> None:
    """Options, and those that are right: of single choice the full mark, of several each with a share."""
    least = 99.0 if draft.kind == Kind.SINGLE.value else 0.0
    right = set()
    for number, answer in enumerate(answers):
        letter = LETTERS[number] if number < len(LETTERS) else "z"
        draft.cells[f"{letter}_zh"] = f"{draft.place.cell}/answer[{number + 1}]"
        said, pictures = _said(draft, answer, f"{letter}_zh")
        draft.options.append(DraftOption(said.zh, said.bo, pictures[0] if pictures else ""))
        if _words(next(children(answer, "feedback"), None)).zh:
            draft.warn("feedback.left_out", f"{letter}_zh")
        if _fraction(answer) > least:
            right.add(letter)
    draft.right = frozenset(right)


def _said(draft: Draft, part: Element | None, of: str) -> tuple[Said, list[Shown]]:
    """Texts and pictures of a part. Each part has files of its own: `image.png` of two parts are two pictures."""
    if part is None:
        return Said(), []
    written = "".join((text.text or "") for text in children(part, "text"))
    files = _files(draft, part, of)
    if attribute(part, "format") == "plain_text":
        return Said(zh=written), []
    said = from_html(written)
    if said.stripped:
        draft.warn("text.markup_removed", of)
    names = [(name, find(name, files)) for name in said.pictures]
    return said, [Picture(known, files[known]) if known else name for name, known in names]


def _files(draft: Draft, part: Element, of: str) -> dict[str, bytes]:
    files = {}
    for file in children(part, "file"):
        name = clean_name(attribute(file, "path").strip("/") + "/" + attribute(file, "name")).lstrip("/")
        try:
            files[name] = decoded(file.text or "")
        except Refused as broken:
            draft.refuse(broken.key, of, name=name[:80])
    return files


def _words(part: Element | None) -> Said:
    return Said() if part is None else from_html("".join(part.itertext()).strip())


def _fraction(answer: Element) -> float:
    try:
        return float(attribute(answer, "fraction") or 0)
    except ValueError:
        return 0.0


def write_moodle(rows: Sequence[Row]) -> bytes:
    """Rows as a quiz, with a category for each chapter."""
    quiz, category = Element("quiz"), ""
    for row in rows:
        path = "/".join(part for part in ("$course$", row.subject, row.chapter) if part)
        if path != category and row.chapter:
            category = path
            named = SubElement(SubElement(quiz, "question", type="category"), "category")
            SubElement(named, "text").text = path
        _write_question(quiz, row)
    indent(quiz, " ")
    content: bytes = tostring(quiz, encoding="utf-8", xml_declaration=True)
    return content


def _write_question(quiz: Element, row: Row) -> None:
    question = SubElement(quiz, "question", type="truefalse" if row.kind is Kind.JUDGE else "multichoice")
    SubElement(SubElement(question, "name"), "text").text = row.id or row.stem.zh[:60]
    _write_part(question, "questiontext", row.stem, row, row.pictures)
    _write_part(question, "generalfeedback", row.explanation, row)
    SubElement(question, "defaultgrade").text = "1"
    if row.id:
        SubElement(question, "idnumber").text = row.id
    if row.kind is Kind.JUDGE:
        for word, name in ((RIGHT, "true"), (WRONG, "false")):
            answer = SubElement(
                question, "answer", fraction="100" if word in row.key else "0", format="moodle_auto_format"
            )
            SubElement(answer, "text").text = name
    else:
        SubElement(question, "single").text = "true" if row.kind is Kind.SINGLE else "false"
        SubElement(question, "shuffleanswers").text = "false" if row.fixed_order else "true"
        SubElement(question, "answernumbering").text = "ABCD"
        share = f"{100 / len(row.key):.5f}".rstrip("0").rstrip(".")
        for option in row.options:
            answer = _write_part(question, "answer", option.text, row, (option.picture,) if option.picture else ())
            answer.set("fraction", share if option.id in row.key else "0")
    tags = SubElement(question, "tags")
    for tag in tags_of(row):
        SubElement(SubElement(tags, "tag"), "text").text = tag


def _write_part(question: Element, name: str, words: Text, row: Row, pictures: Sequence[str] = ()) -> Element:
    part = SubElement(question, name, format="html")
    images = "".join(f'<img src="@@PLUGINFILE@@/{picture}" alt="">' for picture in pictures)
    SubElement(part, "text").text = to_html(words.zh, words.bo, pictures=images)
    for picture in pictures:
        folder, _, last = picture.rpartition("/")
        file = SubElement(part, "file", name=last, path=f"/{folder}/" if folder else "/", encoding="base64")
        file.text = base64.b64encode(row.media[picture]).decode()
    return part
