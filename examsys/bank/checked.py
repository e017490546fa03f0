"""The check of a bank that was checked before: the same files, the same rules, the same report."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from examsys.bank import check
from examsys.bank.compiled import read_cache, write_cache
from examsys.bank.report import Fault, Report
from examsys.domain.tibetan import Level

_RULES = ("bank", "domain")  # packages whose code decides what a check says


def checked_bank(folder: Path, cache: Path, dictionary: Path = check.DICTIONARY) -> Report:
    """As `check_bank`, from the cache where nothing has changed: no file of the bank, no rule, not the dictionary."""
    kept = cache / f"check-{_key(folder, dictionary)}.json"
    values = read_cache(kept)
    if values is not None:
        faults = (Fault(**{**fault, "level": Level(fault["level"])}) for fault in values["faults"])
        return Report(tuple(faults), values["figures"])
    report = check.check_bank(folder, dictionary)
    plain = json.loads(json.dumps(report.figures, ensure_ascii=False))
    write_cache(kept, {"faults": [asdict(fault) for fault in report.faults], "figures": plain})
    return report


def _key(folder: Path, dictionary: Path) -> str:
    total = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "recipe" not in path.parts):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    code = Path(__file__).resolve().parent.parent
    for package in _RULES:
        for path in sorted((code / package).rglob("*.py")):
            total.update(sha256(path.read_bytes()).digest())
    if dictionary.exists():
        total.update(f"{dictionary} {dictionary.stat().st_mtime_ns} {dictionary.stat().st_size}".encode())
    return total.hexdigest()
