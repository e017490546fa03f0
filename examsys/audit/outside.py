"""What is checked beside the tree itself: the checkpoints kept outside the database, those held elsewhere, what waits, the triggers."""

from collections.abc import Iterable

from ..db import Raw
from ..domain.checkpoint import NoteRefused, notes_in, open_note
from ..domain.merkle import root_of
from .findings import Findings
from .service import LogOf
from .stream import LogSeen, rows


def check_file(log: LogOf, notes: dict[int, str], seen: LogSeen, found: Findings) -> None:
    """The checkpoints outside the database against those in it: what was cut off or rolled back is missing there."""
    name = notes_file(log)
    try:
        kept = notes_in((log.folder / name).read_bytes()) if (log.folder / name).exists() else []
    except NoteRefused:
        found.broken("file.unreadable", "file", name)
        return
    if not kept:
        if notes:
            found.broken("file.missing", "file", name, count=len(notes))
        return
    newest, last, sizes = max(notes, default=0), 0, set()
    for number, note in enumerate(kept, 1):
        size = _size_of(note)
        sizes.add(size)
        if notes.get(size, "").encode() != note:
            _note_differs(log, number, note, size, newest, found)
        elif size < last:  # the same note twice says nothing new
            found.broken("file.shrinks", "file", f"{name}:{number}", size=size, before=last)
        last = size
    lacking = sorted(set(notes) - sizes)
    for size in lacking:
        if size == newest:
            found.unseen("file.behind", "checkpoint", size)
        else:
            found.broken("file.lacks", "checkpoint", size)
    found.holds("log.checkpoints", count=len(notes), size=newest)


def _note_differs(log: LogOf, number: int, note: bytes, size: int, newest: int, found: Findings) -> None:
    row = f"{notes_file(log)}:{number}"
    try:
        open_note(note, [log.verifier])
    except NoteRefused:
        found.broken("file.altered", "file", row)
        return
    if size > newest:
        found.broken("database.rolled_back", "checkpoint", size, size=size, newest=newest)
    else:
        found.broken("checkpoint.missing", "checkpoint", size, size=size)


def _size_of(note: bytes) -> int:
    try:
        return int(note.split(b"\n", 2)[1])
    except (IndexError, ValueError):
        return 0


def notes_file(log: LogOf) -> str:
    """Under which name a log's checkpoints lie outside the database."""
    return f"{log.origin.replace('/', '-')}.notes"


def check_unsealed(site_id: int, raw: Raw, found: Findings) -> None:
    """What waits for the sealer: entries that are in no tree yet, and no others."""
    waiting = raw.one("SELECT COUNT(*) FROM unsealed WHERE site_id = ?", site_id)[0]
    if waiting:
        found.unseen("log.unsealed", "unsealed", "", count=waiting)
    lost = "SELECT u.entry_id FROM unsealed u LEFT JOIN entry e ON e.site_id = u.site_id AND e.entry_id = u.entry_id WHERE u.site_id = ? AND e.entry_id IS NULL"
    for (entry_id,) in rows(raw, lost, site_id):
        found.broken("entry.missing", "entry", entry_id, index="")
    placed = "SELECT u.entry_id FROM unsealed u JOIN leaf l ON l.site_id = u.site_id AND l.entry_id = u.entry_id WHERE u.site_id = ?"
    for (entry_id,) in rows(raw, placed, site_id):
        found.broken("unsealed.placed", "unsealed", entry_id)
    stray = (
        "SELECT e.entry_id FROM entry e WHERE e.site_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM leaf l WHERE l.site_id = e.site_id AND l.entry_id = e.entry_id)"
        " AND NOT EXISTS (SELECT 1 FROM unsealed u WHERE u.site_id = e.site_id AND u.entry_id = e.entry_id)"
    )
    for (entry_id,) in rows(raw, stray, site_id):
        found.broken("entry.stray", "entry", entry_id)


def check_against(log: LogOf, held: bytes, seen: LogSeen, raw: Raw, found: Findings) -> None:
    """Checkpoints that somebody else kept: each must be the beginning of this log's tree."""
    try:
        notes = notes_in(held)
    except NoteRefused as error:
        found.broken("against.refused", "file", "", why=type(error).__name__)
        return
    for number, note in enumerate(notes, 1):
        try:
            opened = open_note(note, [log.verifier])
        except NoteRefused as error:
            found.broken("against.refused", "file", number, why=type(error).__name__)
            continue
        if opened.size > seen.tree.size:
            found.broken("against.larger", "checkpoint", opened.size, size=opened.size, leaves=seen.tree.size)
        elif _root_at(log, opened.size, seen, raw) != opened.root:
            found.broken("against.differs", "checkpoint", opened.size, size=opened.size)
        else:
            found.holds("against.same", size=opened.size)


def _root_at(log: LogOf, size: int, seen: LogSeen, raw: Raw) -> bytes:
    known = seen.roots.get(size)
    if known is not None:
        return known
    sql = "SELECT hash FROM leaf WHERE site_id = ? AND epoch = ? AND idx < ? ORDER BY idx"
    return root_of(bytes(row[0]) for row in rows(raw, sql, log.site_id, log.epoch, size))


def check_triggers(raw: Raw, tables: Iterable[str], found: Findings) -> None:
    """Whether the database itself still refuses to change or delete evidence, by the very triggers that were made, and has no others."""
    there = dict(_triggers_of_server(raw) if raw.lock else raw.all(_TRIGGERS_OF_FILE))
    needed = {name: (table, meant) for table in tables for name, meant in _meant(raw, table)}
    lacking = [name for name, (_, meant) in needed.items() if there.get(name) != meant]
    foreign = sorted(there.keys() - needed.keys())
    for name in lacking:
        found.broken("trigger.missing", needed[name][0], name)
    for name in foreign:
        found.broken("trigger.foreign", "trigger", name)
    if not lacking and not foreign:
        found.holds("triggers")


_TRIGGERS_OF_FILE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
# PostgreSQL keeps no text: what fires, for what (bits of tgtype), under which condition, and what the function does.
_EACH_ROW_BEFORE_CHANGE, _BEFORE_TRUNCATE = 1 | 2 | 8 | 16, 2 | 32
_REFUSES = "BEGIN RAISE EXCEPTION 'evidence: %', TG_TABLE_NAME; END"


def _meant(raw: Raw, table: str) -> Iterable[tuple[str, str]]:
    if raw.lock:
        yield f"{table}_no_change", f"{table} {_EACH_ROW_BEFORE_CHANGE} {_REFUSES}"
        yield f"{table}_no_truncate", f"{table} {_BEFORE_TRUNCATE} {_REFUSES}"
        return
    for act in ("UPDATE", "DELETE"):
        name = f"{table}_no_{act.lower()}"
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE {act} ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'evidence: {table}'); END",
        )


def _triggers_of_server(raw: Raw) -> Iterable[tuple[str, str]]:
    sql = (
        "SELECT t.tgname, c.relname, t.tgtype, p.prosrc, t.tgqual IS NULL, t.tgenabled IN ('O', 'A') FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
    )
    for name, table, kind, source, always, enabled in raw.all(sql):
        yield name, f"{table} {kind} {source.strip()}" if always and enabled else ""
