"""The site's own copy of the question bank, read question by question; what changed on disk since is read anew."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..bank.blocks import Blocks, split
from ..bank.report import Fault
from ..bank.schema import ChapterPart
from ..bank.yaml_source import BankSource, Written, read_block, read_chapter_head, read_media
from ..domain.errors import RuleBroken

Stamp = tuple[int, int]  # modified at (ns), size: which bytes of a file were read
AUDIO = "audio"  # the folder of recordings below media/
_PATH = re.compile(r"[a-z0-9_]+(?:/[A-Za-z0-9_.-]+)+")


def block_hash(block: str) -> str:
    """By which an editor says what the own change was made on."""
    return sha256(block.encode("utf-8")).hexdigest()


def files_named_in(folder: Path) -> set[str]:
    """The paths below `media/` that the chapters of a bank name, also those chapters that cannot be read."""
    texts = (path.read_text("utf-8", errors="replace") for path in folder.glob("subject*/*.yaml"))
    return {path for text in texts for path in _PATH.findall(text)}


@dataclass(frozen=True)
class Chapter:
    """One chapter file as it was read."""

    stamp: Stamp
    pieces: Blocks
    part: ChapterPart
    entries: tuple[Written | list[Fault], ...]


class Shelf:
    """The files below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bank = BankSource(folder)
        self._chapters: dict[str, Chapter] = {}
        self._unreadable: dict[str, Stamp] = {}
        self._media: tuple[tuple[str, Stamp], ...] | None = None
        self._places: dict[str, tuple[str, int]] = {}
        self._lock = threading.RLock()

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
            self.read_pictures()
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
        stamp = _stamp(path)
        try:
            pieces = split(path.read_bytes().decode("utf-8"))
            part = read_chapter_head(self.bank, file, pieces)
        except UnicodeDecodeError:
            part = None
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

    def read_pictures(self) -> None:
        """Take what changed below media/; of the questions only those are read anew that name a changed file."""
        before, self.bank, self._media = self.bank, read_media(self.folder), self._media_stamps()
        changed_files = _differing(before.media_hashes, self.bank.media_hashes)
        touched = changed_files | _differing(before.media, self.bank.media)
        if before.dialects != self.bank.dialects:
            self._chapters = {}
        for file, chapter in self._chapters.items():
            entries = tuple(
                read_block(self.bank, file, chapter.part, block, line - 1)
                if touched & set(_PATH.findall(block))
                else entry
                for block, line, entry in zip(chapter.pieces.blocks, chapter.pieces.lines, chapter.entries, strict=True)
            )
            self._chapters[file] = replace(chapter, entries=entries)
        self._index()


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    """The keys under which two maps do not hold the same."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_size
