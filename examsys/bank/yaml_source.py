"""Reads the question bank's YAML: from text to questions, with the line of everything that is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from examsys.bank.blocks import Blocks, split
from examsys.bank.questions import question_of
from examsys.bank.report import Fault
from examsys.bank.schema import (
    AUDIO_TYPES,
    PICTURES,
    BlueprintsPart,
    ChapterPart,
    DialectPart,
    LexiconPart,
    MediumPart,
    QuestionPart,
    TermPart,
)
from examsys.domain.bank import Question
from examsys.domain.spoken import sounding
from examsys.domain.tibetan import Level

Shape = TypeVar("Shape")
Path_ = Sequence[str | int]
_GLOSSARY = TypeAdapter(tuple[TermPart, ...])
_LEXICON = TypeAdapter(LexiconPart)
_BLUEPRINTS = TypeAdapter(tuple[BlueprintsPart, ...])
_DIALECTS = TypeAdapter(tuple[DialectPart, ...])


@dataclass(frozen=True)
class Document:
    """A YAML file that could be parsed: its values and, for line numbers, the nodes they came from."""

    file: str
    values: Any
    node: yaml.Node | None
    above: int = 0  # lines of the file before those that were parsed

    def line(self, path: Path_ = ()) -> int:
        """The line, from 1, of the value at `path`, or of the last part of the path that exists."""
        node = self.node
        line = self.above + (1 if node is None else node.start_mark.line + 1)
        for step in path:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = self.above + node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is None:
                    continue  # pydantic also names the branch of a union, which the file does not have
                node, line = pair[1], self.above + pair[0].start_mark.line + 1
        return line


@dataclass(frozen=True)
class Written:
    """A question with the block of lines in which it is written."""

    question: Question
    part: QuestionPart
    document: Document
    block: str

    @cached_property
    def released(self) -> Question:
        """The question as a release would hold it: with only the recordings that sound."""
        return sounding(self.question)

    def line(self, *path: str | int) -> int:
        """The line of a field of the question."""
        return self.document.line((0, *path))


@dataclass
class BankSource:
    """Everything read from a bank's folder, and the faults met on the way."""

    folder: Path
    written: list[Written] = field(default_factory=list)
    media: dict[str, MediumPart] = field(default_factory=dict)
    media_hashes: dict[str, str] = field(default_factory=dict)
    media_document: Document | None = None
    blueprints: tuple[BlueprintsPart, ...] = ()
    lexicon: LexiconPart = field(default_factory=LexiconPart)
    glossary: tuple[TermPart, ...] = ()
    dialects: tuple[DialectPart, ...] = ()
    faults: list[Fault] = field(default_factory=list)


def source_files(folder: Path) -> list[Path]:
    """All files that the compiled bank depends on, in one order on every machine."""
    patterns = ("subject*/*.yaml", "blueprints.yaml", "media/**/*")
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return sorted(path for path in found if path.suffix in {".yaml", *PICTURES, *AUDIO_TYPES})


def read_bank(folder: Path) -> BankSource:
    """Reads a bank; what cannot be read is left out and named in `faults`."""
    bank = read_media(folder)
    for path in sorted(folder.glob("subject*/*.yaml")):
        _read_chapter(bank, path)
    bank.blueprints = _shaped(bank, "blueprints.yaml", _BLUEPRINTS) or ()
    _read_words(bank)
    return bank


def read_lexicon(folder: Path) -> tuple[LexiconPart, tuple[TermPart, ...]]:
    """What the bank knows about Tibetan words: its lexicon and its glossary; what cannot be read is empty."""
    bank = BankSource(folder)
    _read_words(bank)
    return bank.lexicon, bank.glossary


def _read_words(bank: BankSource) -> None:
    if (bank.folder / "lexicon.yaml").is_file():
        bank.lexicon = _shaped(bank, "lexicon.yaml", _LEXICON) or LexiconPart()
    if (bank.folder / "glossary.yaml").is_file():
        bank.glossary = _shaped(bank, "glossary.yaml", _GLOSSARY) or ()


def read_media(folder: Path) -> BankSource:
    """A bank of which only the pictures, recordings, their descriptions and the dialects have been read."""
    bank = BankSource(folder)
    _read_media(bank)
    return bank


def parse(file: str, text: str, above: int = 0) -> Document:
    """Parses YAML text by the safe loader; raises yaml.YAMLError with the line, also for a key that stands twice."""
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Document(file, None, None, above)
        _refuse_double_keys(node)
        return Document(file, loader.construct_document(node), node, above)
    finally:
        loader.dispose()


def _parsed(bank: BankSource, file: str) -> Document | None:
    try:
        return parse(file, (bank.folder / file).read_text("utf-8"))
    except FileNotFoundError:
        bank.faults.append(Fault(file, 1, "", "QB01", Level.ERROR, "file.missing"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        bank.faults.append(_unreadable(file, error))
    return None


def _shaped(bank: BankSource, file: str, shape: TypeAdapter[Shape]) -> Shape | None:
    document = _parsed(bank, file)
    if document is None:
        return None
    try:
        return shape.validate_python(document.values)
    except ValidationError as error:
        bank.faults += _shape_faults(document, error)
        return None


def _read_media(bank: BankSource) -> None:
    document = bank.media_document = _parsed(bank, "media/media.yaml")
    entries = document.values if document and isinstance(document.values, dict) else {}
    for path, entry in entries.items():
        try:
            bank.media[path] = MediumPart.model_validate(entry)
        except ValidationError as error:
            bank.faults += _shape_faults(document, error, (path,)) if document else ()
    if (bank.folder / "dialects.yaml").is_file():
        bank.dialects = _shaped(bank, "dialects.yaml", _DIALECTS) or ()
    root = bank.folder / "media"
    for path in source_files(bank.folder):
        if path.is_relative_to(root) and path.suffix != ".yaml":
            bank.media_hashes[path.relative_to(root).as_posix()] = _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=50_000)
def _digest(path: Path, _modified: int) -> str:
    """Hex SHA-256 of a file; one that has not changed is not read again."""
    return sha256(path.read_bytes()).hexdigest()


def _read_chapter(bank: BankSource, path: Path) -> None:
    """Reads a chapter question by question, so that one bad question does not hide the others."""
    file = path.relative_to(bank.folder).as_posix()
    try:
        pieces = split(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        bank.faults.append(_unreadable(file, error))
        return
    chapter = read_chapter_head(bank, file, pieces)
    if chapter is None:
        return
    for block, line in zip(pieces.blocks, pieces.lines, strict=True):
        written = read_block(bank, file, chapter, block, line - 1)
        if isinstance(written, Written):
            bank.written.append(written)
        else:
            bank.faults += written


def read_chapter_head(bank: BankSource, file: str, pieces: Blocks) -> ChapterPart | None:
    """Subject and chapter of a file; None with a fault where they cannot be read, or the questions stand in another style."""
    try:
        document = parse(file, pieces.head)
    except yaml.YAMLError as error:
        bank.faults.append(_unreadable(file, error))
        return None
    whole = document.values
    if isinstance(whole, dict) and whole.get("questions") not in (None, []):
        bank.faults.append(Fault(file, document.line(["questions"]), "", "QB02", Level.ERROR, "schema", "questions"))
        return None
    try:
        return ChapterPart.model_validate({**whole, "questions": ()} if isinstance(whole, dict) else whole)
    except ValidationError as error:
        bank.faults += _shape_faults(document, error)
        return None


def read_block(bank: BankSource, file: str, chapter: ChapterPart, block: str, above: int) -> Written | list[Fault]:
    """One question from its block, `above` lines below the file's beginning; or everything that keeps it from being read."""
    try:
        document = parse(file, block, above)
    except yaml.YAMLError as error:
        return [_unreadable(file, error, above)]
    row = document.values[0] if isinstance(document.values, list) and document.values else None
    try:
        part = QuestionPart.model_validate(row)
    except ValidationError as error:
        name = str(row.get("id", "")) if isinstance(row, dict) else ""
        return list(_shape_faults(document, error, (0,), name))
    return Written(question_of(chapter, part, bank.media, bank.media_hashes), part, document, block)


def repeated_ids(bank: BankSource) -> Iterator[Fault]:
    """Faults about questions that have the id of another one."""
    seen: dict[str, Written] = {}
    for written in bank.written:
        first = seen.setdefault(written.question.id, written)
        if first is not written:
            other = f"{first.document.file}:{first.line('id')}"
            place = written.document.file, written.line("id"), written.question.id
            yield Fault(*place, "QB03", Level.ERROR, "question.id_taken", other)


def missing_media(written: Written, bank: BankSource) -> Iterator[Fault]:
    """Faults about pictures and recordings of a question that have no file, or pictures that nobody described."""
    part = written.part
    pictures = [*part.media, *(option.picture for option in part.options if option.picture)]
    recordings = [*part.audio, *(recording for option in part.options for recording in option.audio)]
    for path in [*pictures, *(recording.file for recording in recordings)]:
        if path not in bank.media_hashes:
            yield _media_fault(written, "media.no_file", path)
    for path in pictures:
        if path not in bank.media:
            yield _media_fault(written, "media.not_described", path)


def _media_fault(written: Written, key: str, path: str) -> Fault:
    line = written.line("media" if path in written.part.media else "options")
    return Fault(written.document.file, line, written.question.id, "QB05", Level.ERROR, key, path)


def _shape_faults(document: Document, error: ValidationError, start: Path_ = (), question: str = "") -> Iterator[Fault]:
    for detail in error.errors(include_url=False, include_input=False):
        path = [step for step in detail["loc"] if isinstance(step, str | int)]
        own = detail.get("ctx", {}).get("error")
        key = str(own) if isinstance(own, ValueError) else "schema"
        passage = ".".join(map(str, path)) + ("" if own else f": {detail['msg']}")
        yield Fault(document.file, document.line([*start, *path]), question, "QB02", Level.ERROR, key, passage)


def _unreadable(file: str, error: Exception, above: int = 0) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return Fault(file, above + (mark.line + 1 if mark else 1), "", "QB01", Level.ERROR, "file.unreadable", str(problem))


def _refuse_double_keys(node: yaml.Node) -> None:
    """YAML takes the last of two equal keys without a word; for an author that is a lost line."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key.value} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
            _refuse_double_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_double_keys(value)
