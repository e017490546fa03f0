"""The site's own copy of the question bank, written one block at a time."""

import fcntl
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ..bank.descriptions import changed, entry
from ..bank.normal import edited, new_block
from ..bank.schema import AltPart, ChapterPart, MediumPart, ShowsPart
from ..bank.yaml_source import Written, read_block
from ..domain.desk import NO_DESCRIPTION
from ..domain.errors import RuleBroken
from ..files import append_durably, write_durably
from .numbers import next_ids, numbers_in, short_name
from .shelf import Shelf
from .undo import Undo

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
UNDESCRIBED: Final = MediumPart(  # a picture that came with an import, until somebody says what it shows
    kind="scene",
    shows=ShowsPart(zh="导入的图片，待说明", en="imported, to be described"),
    alt=AltPart(**NO_DESCRIPTION.as_dict()),
)


class Workshop(Shelf):
    """The shelf with a hand that writes; it holds a lock over all processes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._undo = Undo()

    @contextmanager
    def writing(self, lasting: Path | None = None) -> Iterator[None]:
        """Nobody else writes meanwhile, in this process or another; what is on disk has been read.

        Whatever is raised within puts every file back as it was, also when it is the commit of the database that fails.
        `lasting`: a folder that holds what the files were as long as the writing lasts, for a process that is killed in it;
        what it holds already is put back if something is raised.
        """
        with self._lock, (self.folder.parent / "bank.lock").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self._refresh()
            self._undo = Undo(lasting)
            try:
                yield
            except BaseException:
                if self._undo.put_back():
                    self._media = None  # read anew, whatever was read meanwhile
                    self._refresh()
                self._undo.forget()
                raise
            self._undo.forget()

    def keep(self, path: Path) -> None:
        """Put a file under the undo of this writing before it is changed, in the copy or outside it; within `writing`."""
        self._undo.keep(path)

    def keep_recording(self, path: str, content: bytes) -> None:
        """Write a recording below `media/`, durably; within `writing`. Its name is new, so no question need be read again for it."""
        target = self.folder / "media" / path
        self._undo.keep(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.keep(target)
        write_durably(target, content, mode=0o644)
        self.bank.media_hashes[path] = sha256(content).hexdigest()
        self._media = self._media_stamps()

    def drop_recordings(self, paths: Iterable[str]) -> None:
        """Delete recordings below `media/`; within `writing`, together with the blocks that name them."""
        for path in paths:
            target = self.folder / "media" / path
            self._undo.keep(target)
            target.unlink(missing_ok=True)
            self.bank.media_hashes.pop(path, None)
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

    def replace_all(self, blocks: Mapping[str, str]) -> None:
        """Several questions' blocks, each file once; within `writing`. RuleBroken as in `replace`."""
        texts: dict[str, list[str]] = {}
        for question_id, block in blocks.items():
            file, place = self._found(question_id)
            chapter = self._chapters[file]
            self._check_readable(file, chapter.part, block, chapter.pieces.lines[place] - 1)
            texts.setdefault(file, [*chapter.pieces.blocks])[place] = block
        for file, found in texts.items():
            self._write(file, self._chapters[file].pieces.head + "".join(found))

    def take_all(
        self,
        new: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]],
        old: Mapping[str, Mapping[str, Any]] = NOTHING,
        pictures: Mapping[str, bytes] = NOTHING,
        known: Collection[str] = (),
        far: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> list[Written]:
        """Put new questions at the end of their chapters and change those that are there, all or none; within `writing`.

        `new`: fields without id, by subject and chapter; each gets the next free number. `old`: the fields to change by
        id. `pictures`: bytes by path below media/. `known`: ids that questions had, which are not given again.
        `far` is told how many are checked of all. RuleBroken('bank.question_unknown', 'desk.unreadable').
        """
        texts: dict[str, list[str]] = {}
        ids: list[str] = []
        total = len(old) + sum(map(len, new.values()))
        for question_id, values in old.items():
            file, place = self._found(question_id)
            blocks = texts.setdefault(file, [*self._chapters[file].pieces.blocks])
            blocks[place] = edited(blocks[place], values)
            ids.append(self._check_readable(file, self._chapters[file].part, blocks[place], 0).question.id)
            far(len(ids), total)
        for (subject, chapter), drafts in new.items():
            file = f"{subject}/{chapter}.yaml"
            if file in self._unreadable:  # what stands in it must not be lost
                raise RuleBroken("desk.unreadable", faults=[file])
            part = ChapterPart.model_validate({"subject": subject, "chapter": chapter, "questions": ()})
            there = self._chapters[file].pieces.blocks if file in self._chapters else ()
            blocks = texts.setdefault(file, [*there])
            if blocks and not blocks[-1].endswith("\n"):
                blocks[-1] += "\n"
            for question_id, values in zip(self._free_ids(subject, chapter, known), drafts, strict=False):
                blocks.append(new_block({**values, "id": question_id}))
                ids.append(self._check_readable(file, part, blocks[-1], 0).question.id)
                far(len(ids), total)
        for path, content in pictures.items():
            self.add_picture(path, content, UNDESCRIBED)
        self._write_all({file: self._head(file) + "".join(blocks) for file, blocks in texts.items()})
        return [self.question(question_id) for question_id in ids]

    def _free_ids(self, subject: str, chapter: str, known: Collection[str]) -> Iterator[str]:
        mine = [question_id for question_id, (file, _) in self._places.items() if file == f"{subject}/{chapter}.yaml"]
        files = self.folder.glob(f"{subject}/*.yaml")
        written = set[str]().union(*(numbers_in(file.read_text("utf-8", errors="replace")) for file in files))
        return next_ids(subject, short_name(chapter, mine), written | set(known))

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

    def _check_readable(self, file: str, part: ChapterPart, block: str, above: int) -> Written:
        written = read_block(self.bank, file, part, block, above)
        if isinstance(written, list):
            raise RuleBroken("desk.unreadable", faults=written)
        return written

    def _write(self, file: str, text: str) -> None:
        self._undo.keep(self.folder / file)
        write_durably(self.folder / file, text.encode("utf-8"), mode=0o644)
        self._read(file)
        self._index()


@cache
def workshop_at(folder: Path) -> Workshop:
    """The one workshop of a folder in this process."""
    return Workshop(folder)
