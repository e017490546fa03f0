"""Moodle's GIFT: read and written. Tibetan stands in multilang spans, the rest in `[id:]` and `[tag:]` comments.

Pictures are named as `@@PLUGINFILE@@/name` and travel beside the text in a package, as Moodle's "GIFT with media" has it.
Taken are choice and true/false; matching, numbers, short answers and essays are refused one by one.
"""

import re
from collections.abc import Iterator, Sequence

from examsys.domain.bank import RIGHT, WRONG, Kind

from .drafts import Draft, DraftOption, Found
from .exchange import LETTERS, LIMITS, Limits, Place, Reason, Refused, Row
from .headings import chapter_of
from .tags import tags_of, use_tags
from .texts import Said, from_html, to_html

_SPECIAL = re.compile(r"[\\~=#{}:]")
_NOTE = re.compile(r"\[(id|tag):((?:\\\]|[^\]])*)\]")
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]")
_TITLE = re.compile(r"^\s*::((?:\\.|[^:\\]|:(?!:))*)::")
_ANSWER = re.compile(r"([=~])\s*(?:%(-?[\d.]+)%)?((?:\\.|[^=~\\])*)", re.DOTALL)
_BLANK = "_____"


def looks_like_gift(text: str) -> bool:
    """Whether a text holds answers in braces: {T}, {=right ~wrong}."""
    return re.search(r"(?<!\\)\{\s*(T|F|TRUE|FALSE)\b\s*[#}]|(?<!\\)\{[^{}]*(?<!\\)[=~]", text) is not None


def read_gift(file: str, text: str, limits: Limits = LIMITS) -> Found:
    """The questions of a GIFT text. Refused('file.too_many_rows')."""
    found, chapter = Found(), ""
    for line, lines in _blocks(text):
        category = next((part for part in lines if part.startswith("$CATEGORY:")), None)
        if category is not None:
            chapter = chapter_of(category.rpartition("/")[2].strip()) or ""
            found.passed_over.append(Reason("moodle.category", Place(file, line, category[10:].strip()[:80])))
        notes = [part.lstrip()[2:] for part in lines if part.lstrip().startswith("//")]
        body = [part for part in lines if not part.lstrip().startswith("//") and not part.startswith("$CATEGORY:")]
        if not "".join(body).strip():
            continue
        found.drafts.append(_draft(Place(file, line), "\n".join(body), " ".join(notes), chapter))
        if len(found.drafts) > limits.rows:
            raise Refused("file.too_many_rows", most=str(limits.rows))
    return found


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Blocks between empty lines, with the number of their first line; a comment belongs to what follows it at once."""
    block: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _draft(place: Place, body: str, notes: str, chapter: str) -> Draft:
    draft = Draft(place, literal=True)
    named = _NOTE.findall(notes)
    draft.id = next((value for name, value in named if name == "id"), "")
    use_tags(draft, [value.replace("\\]", "]") for name, value in named if name == "tag"])
    draft.chapter = draft.chapter or chapter
    body = _TITLE.sub("", body, count=1)
    braces = list(re.finditer(r"(?<!\\)[{}]", body))
    if [match.group() for match in braces] != ["{", "}"]:
        draft.give_up("gift.braces")
        return draft
    begin, end = (match.start() for match in braces)
    before, after = body[:begin], body[end + 1 :]
    form = _FORMAT.match(before)
    inherited = form.group(1) if form else ""
    stem = _said(draft, f"{before.rstrip()} {_BLANK} {after.strip()}" if after.strip() else before, "zh")
    draft.zh, draft.bo, draft.pictures = stem.zh, stem.bo, list(stem.pictures)
    answers, _, explanation = body[begin + 1 : end].partition("####")
    said = _said(draft, explanation, "explanation_zh", inherited)
    draft.explanation_zh, draft.explanation_bo = said.zh, said.bo
    _read_answers(draft, answers.strip(), inherited)
    return draft


def _read_answers(draft: Draft, answers: str, inherited: str) -> None:
    judged = re.match(r"(T|TRUE|F|FALSE)\s*(?:#.*)?$", answers, re.DOTALL)
    if judged:
        draft.kind, draft.right = Kind.JUDGE.value, frozenset([RIGHT if judged.group(1)[0] == "T" else WRONG])
        return
    found = _ANSWER.findall(answers)
    signs = [sign for sign, _, _ in found]
    if answers.startswith("#") or "~" not in signs or any(re.search(r"(?<!\\)->", text) for _, _, text in found):
        what = "numerical" if answers.startswith("#") else "essay" if not answers else "shortanswer, matching"
        draft.give_up("kind.unsupported", text=what)
        return
    right = set()
    for number, (sign, weight, text) in enumerate(found):
        letter = LETTERS[number] if number < len(LETTERS) else "z"
        words, *feedback = re.split(r"(?<!\\)#", text, maxsplit=1)
        if any(map(str.strip, feedback)):
            draft.warn("feedback.left_out", "options_zh")
        said = _said(draft, words, "options_zh", inherited)
        draft.options.append(DraftOption(said.zh, said.bo, said.pictures[0] if said.pictures else ""))
        if sign == "=" or (weight and _number(weight) > 0):
            right.add(letter)
    draft.kind = Kind.SINGLE.value if "=" in signs else Kind.MULTIPLE.value
    draft.right = frozenset(right)


def _said(draft: Draft, text: str, of: str, inherited: str = "") -> Said:
    """Texts and pictures of a piece; without a format of its own it has that of the stem, which is HTML unless [plain]."""
    form = _FORMAT.match(text)
    bare = _unescaped(_FORMAT.sub("", text, count=1))
    if (form.group(1) if form else inherited) == "plain":
        return Said(zh=bare)
    said = from_html(bare)
    if said.stripped:
        draft.warn("text.markup_removed", of)
    return said


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda sign: "\n" if sign.group(1) == "n" else sign.group(1), text, flags=re.DOTALL)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: f"\\{sign.group()}", text)


def write_gift(rows: Sequence[Row]) -> str:
    """Rows as GIFT."""
    return "\n".join(map(_block, rows))


def _block(row: Row) -> str:
    notes = [f"[id:{row.id}]"] if row.id else []
    notes += [f"[tag:{tag}]" for tag in tags_of(row)]
    lines = [f"// {' '.join(notes)}"] if notes else []
    title = f"::{_escaped(row.id)}::" if row.id else ""
    lines.append(f"{title}[html]{_html(row.stem.zh, row.stem.bo, row.pictures)}{{")
    if row.kind is Kind.JUDGE:
        lines.append("TRUE" if RIGHT in row.key else "FALSE")
    else:
        share = f"{100 / len(row.key):.5f}".rstrip("0").rstrip(".")
        for option in row.options:
            right = option.id in row.key
            sign = ("=" if right else "~") if row.kind is Kind.SINGLE else f"~%{share if right else -100}%"
            pictures = (option.picture,) if option.picture else ()
            lines.append(f"{sign}[html]{_html(option.text.zh, option.text.bo, pictures)}")
    if row.explanation.zh:
        lines.append(f"####[html]{_html(row.explanation.zh, row.explanation.bo)}")
    return "\n".join([*lines, "}", ""])


def _html(zh: str, bo: str, pictures: Sequence[str] = ()) -> str:
    images = "".join(f'<img src="@@PLUGINFILE@@/{picture}" alt="">' for picture in pictures)
    return _escaped(to_html(zh, bo, pictures=images))
