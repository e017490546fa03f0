"""The site's own copy of the question bank, read question by question and written one block at a time."""

import fcntl
import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ..bank.blocks import Blocks, split
from ..bank.descriptions import changed, entry
from ..bank.normal import edited, new_block
from ..bank.report import Fault
from ..bank.schema import AltPart, ChapterPart, MediumPart, ShowsPart
from ..bank.yaml_source import BankSource, Written, read_block, read_chapter_head, read_media
from ..domain.desk import NO_DESCRIPTION
from ..domain.errors import RuleBroken
from ..files import append_durably, write_durably
from .undo import Undo

Stamp = tuple[int, int]  # modified at (ns), size: which bytes of a file were read
AUDIO = "audio"  # the folder of recordings below media/
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
UNDESCRIBED: Final = MediumPart(  # a picture that came with an import, until somebody says what it shows
    kind="scene",
    shows=ShowsPart(zh="导入的图片，待说明", en="imported, to be described"),
    alt=AltPart(**NO_DESCRIPTION.as_dict()),
)
_NUMBER = re.compile(r"^(s[13]-[a-z]+-)([0-9]+)$")


def block_hash(block: str) -> str:
    """By which an editor says what the own change was made on."""
    return sha256(block.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Chapter:
    """One chapter file as it was read."""

    stamp: Stamp
    pieces: Blocks
    part: ChapterPart
    entries: tuple[Written | list[Fault], ...]


class Workshop:
    """The files below one folder. Reading takes what changed on disk since; writing holds a lock over all processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bank = BankSource(folder)
        self._chapters: dict[str, Chapter] = {}
        self._unreadable: dict[str, Stamp] = {}
        self._media: tuple[tuple[str, Stamp], ...] | None = None
        self._places: dict[str, tuple[str, int]] = {}
        self._lock = threading.RLock()
        self._undo = Undo()

    @property
    def there(self) -> bool:
        """Whether the site has a copy at all."""
        return self.folder.is_dir()

    # -- reading ---------------------------------------------------------------------------------------------

    def questions(self) -> list[Written]:
        """All questions that can be read, by file and place. RuleBroken('desk.no_copy')."""
        with self._lock:
            self._refresh()
            return [
                entry for chapter in self._chapters.values() for entry in chapter.entries if isinstance(entry, Written)
            ]

    def question(self, question_id: str) -> Written:
        """One question; RuleBroken('bank.question_unknown')."""
        with self._lock:
            self._refresh()
            file, place = self._found(question_id)
            entry = self._chapters[file].entries[place]
            assert isinstance(entry, Written)
            return entry

    def read_again(self, written: Written, block: str) -> Written | list[Fault]:
        """The question as another block would make it, or what keeps it from being read; nothing is written."""
        with self._lock:
            file = written.document.file
            return read_block(self.bank, file, self._chapters[file].part, block, written.document.above)

    def read_new(self, subject: str, chapter: str, block: str) -> Written | list[Fault]:
        """A question that is not there yet, as this block would make it in a chapter; nothing is written."""
        with self._lock:
            self._refresh()
            part = ChapterPart.model_validate({"subject": subject, "chapter": chapter, "questions": ()})
            return read_block(self.bank, f"{subject}/{chapter}.yaml", part, block, 0)

    def _found(self, question_id: str) -> tuple[str, int]:
        if question_id not in self._places:
            raise RuleBroken("bank.question_unknown", question=question_id)
        return self._places[question_id]

    def _refresh(self) -> None:
        if not self.there:
            raise RuleBroken("desk.no_copy")
        media = self._media_stamps()
        if media != self._media:
            self.bank, self._media, self._chapters = read_media(self.folder), media, {}
        files = {path.relative_to(self.folder).as_posix(): _stamp(path) for path in self.folder.glob("subject*/*.yaml")}
        known = {file: chapter.stamp for file, chapter in self._chapters.items()} | self._unreadable
        if files == known:
            return
        for file in sorted(files):
            if known.get(file) != files[file]:
                self._read(file)
        self._chapters = {file: self._chapters[file] for file in sorted(files) if file in self._chapters}
        self._unreadable = {file: stamp for file, stamp in self._unreadable.items() if file in files}
        self._index()

    def _index(self) -> None:
        self._places = {
            entry.question.id: (file, place)
            for file, chapter in self._chapters.items()
            for place, entry in enumerate(chapter.entries)
            if isinstance(entry, Written)
        }

    def _media_stamps(self) -> tuple[tuple[str, Stamp], ...]:
        """Pictures file by file; recordings by their folders alone: thousands of files, never changed, whose names carry their content."""
        media = self.folder / "media"
        places = [place for place in media.iterdir() if place.name != AUDIO] if media.is_dir() else []
        files = [place for place in (self.folder / "dialects.yaml", *places) if place.is_file()]
        files += [path for place in places for path in place.rglob("*") if path.is_file()]
        spoken = [place for place in (media / AUDIO, *(media / AUDIO).glob("*/")) if place.is_dir()]
        return tuple(sorted((path.as_posix(), _stamp(path)) for path in (*files, *spoken)))

    def _read(self, file: str) -> None:
        path = self.folder / file
        stamp, text = _stamp(path), path.read_bytes().decode("utf-8", errors="replace")
        pieces = split(text)
        part = read_chapter_head(self.bank, file, pieces)
        if part is None:  # the check names what is wrong with it; the other files are worked on
            self._unreadable[file] = stamp
            self._chapters.pop(file, None)
            return
        self._unreadable.pop(file, None)
        before = self._chapters.get(file)
        kept = dict(zip(before.pieces.blocks, before.entries, strict=True)) if before else {}
        entries = tuple(
            self._entry(file, part, block, line - 1, kept)
            for block, line in zip(pieces.blocks, pieces.lines, strict=True)
        )
        self._chapters[file] = Chapter(stamp, pieces, part, entries)

    def _entry(
        self, file: str, part: ChapterPart, block: str, above: int, kept: dict[str, Written | list[Fault]]
    ) -> Written | list[Fault]:
        """A block that was read before need not be read again, unless it has moved."""
        before = kept.get(block)
        if isinstance(before, Written) and before.document.above == above:
            return before
        return read_block(self.bank, file, part, block, above)

    # -- writing ---------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else writes meanwhile, in this process or another; what is on disk has been read.

        Whatever is raised within puts every file back as it was, also when it is the commit of the database that fails.
        """
        with self._lock, (self.folder.parent / "bank.lock").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self._refresh()
            self._undo = Undo()
            try:
                yield
            except BaseException:
                self._undo.put_back()
                self._media = None  # read anew, whatever was read meanwhile
                self._refresh()
                raise

    def keep(self, path: Path) -> None:
        """Put a file under the undo of this writing before it is changed, in the copy or outside it; within `writing`."""
        self._undo.keep(path)

    def keep_recording(self, path: str, content: bytes) -> None:
        """Write a recording below `media/`, durably; within `writing`. Its name is new, so no question need be read again for it."""
        target = self.folder / "media" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self.keep(target)
        write_durably(target, content, mode=0o644)
        self.bank.media_hashes[path] = sha256(content).hexdigest()
        self._media = self._media_stamps()

    def replace(self, question_id: str, block: str) -> Written:
        """Write a question's block into its file; within `writing`. RuleBroken('bank.question_unknown', 'desk.unreadable')."""
        file, place = self._found(question_id)
        chapter = self._chapters[file]
        self._check_readable(file, chapter.part, block, chapter.pieces.lines[place] - 1)
        blocks = [*chapter.pieces.blocks]
        blocks[place] = block
        self._write(file, chapter.pieces.head + "".join(blocks))
        return self.question(question_id)

    def take_all(
        self,
        new: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]],
        old: Mapping[str, Mapping[str, Any]] = NOTHING,
        pictures: Mapping[str, bytes] = NOTHING,
    ) -> list[Written]:
        """Put new questions at the end of their chapters and change those that are there, all or none; within `writing`.

        `new`: fields without id, by subject and chapter; each gets the next free number. `old`: the fields to change by
        id. `pictures`: bytes by path below media/. RuleBroken('bank.question_unknown', 'desk.unreadable').
        """
        texts: dict[str, list[str]] = {}
        ids: list[str] = []
        for question_id, values in old.items():
            file, place = self._found(question_id)
            blocks = texts.setdefault(file, [*self._chapters[file].pieces.blocks])
            blocks[place] = edited(blocks[place], values)
            ids.append(self._check_readable(file, self._chapters[file].part, blocks[place], 0).question.id)
        for (subject, chapter), drafts in new.items():
            file = f"{subject}/{chapter}.yaml"
            part = ChapterPart.model_validate({"subject": subject, "chapter": chapter, "questions": ()})
            there = self._chapters[file].pieces.blocks if file in self._chapters else ()
            blocks = texts.setdefault(file, [*there])
            for question_id, values in zip(self._next_ids(subject, chapter), drafts, strict=False):
                blocks.append(new_block({**values, "id": question_id}))
                ids.append(self._check_readable(file, part, blocks[-1], 0).question.id)
        for path, content in pictures.items():
            self.add_picture(path, content, UNDESCRIBED)
        self._write_all({file: self._head(file) + "".join(blocks) for file, blocks in texts.items()})
        return [self.question(question_id) for question_id in ids]

    def _next_ids(self, subject: str, chapter: str) -> Iterator[str]:
        """Numbers that no question of this prefix has had, upwards."""
        prefix = f"s{subject[-1]}-{self.short_name(subject, chapter)}-"
        known = (match for match in map(_NUMBER.match, self._places) if match and match[1] == prefix)
        return (f"{prefix}{number:03d}" for number in count(max((int(match[2]) for match in known), default=0) + 1))

    def short_name(self, subject: str, chapter: str) -> str:
        """The middle of a chapter's ids: what most of its questions have, or the chapter's first word."""
        found = [
            written.question.id.split("-")[1]
            for written in self.questions()
            if (written.question.subject, written.question.chapter) == (subject, chapter)
        ]
        return max(sorted(set(found)), key=found.count) if found else chapter.split("_")[0]

    def _head(self, file: str) -> str:
        if file in self._chapters:
            head = self._chapters[file].pieces.head
            return head if head.endswith("\n") else head + "\n"
        subject, chapter = file.removesuffix(".yaml").split("/")
        return f"subject: {subject}\nchapter: {chapter}\nquestions:\n"

    def _write_all(self, texts: Mapping[str, str]) -> None:
        """All files; `writing` puts them back if one fails."""
        for file, text in texts.items():
            self._undo.keep(self.folder / file)
            (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
            write_durably(self.folder / file, text.encode("utf-8"), mode=0o644)
        self._refresh()

    def add_picture(self, path: str, content: bytes, described: MediumPart) -> None:
        """Put a picture and its description (as in media.yaml) beside the others; within `writing`."""
        target = self.folder / "media" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        for file in (target, self.folder / "media/media.yaml"):
            self._undo.keep(file)
        write_durably(target, content, mode=0o644)
        append_durably(self.folder / "media/media.yaml", entry(path, described).encode("utf-8"))

    def describe_picture(self, path: str, described: MediumPart) -> None:
        """Another description for a picture, the others untouched; within `writing`."""
        file = self.folder / "media/media.yaml"
        self._undo.keep(file)
        text = changed(file.read_text("utf-8"), lambda one, before: entry(path, described) if one == path else before)
        write_durably(file, text.encode("utf-8"), mode=0o644)

    def read_pictures(self, shown_by: Collection[str] = ()) -> None:
        """Take changed pictures and descriptions without reading every question anew: only those that show them."""
        self.bank, self._media = read_media(self.folder), self._media_stamps()
        for file in {self._found(question_id)[0] for question_id in shown_by}:
            self._chapters.pop(file)
            self._read(file)
        self._index()

    def _check_readable(self, file: str, part: ChapterPart, block: str, above: int) -> Written:
        written = read_block(self.bank, file, part, block, above)
        if isinstance(written, list):
            raise RuleBroken("desk.unreadable", faults=[f"{fault.message_key} {fault.passage}" for fault in written])
        return written

    def _write(self, file: str, text: str) -> None:
        self._undo.keep(self.folder / file)
        write_durably(self.folder / file, text.encode("utf-8"), mode=0o644)
        self._read(file)
        self._index()


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@cache
def workshop_at(folder: Path) -> Workshop:
    """The one workshop of a folder in this process."""
    return Workshop(folder)
