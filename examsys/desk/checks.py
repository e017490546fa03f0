"""What the checks of the bank say of a question at the desk: as it stands, or as a change would make it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..accounts.service import installation
from ..bank.check import DICTIONARY, faults_of, group_faults
from ..bank.languages import lexicon_of
from ..bank.normal import edited, new_block
from ..bank.report import Fault
from ..bank.yaml_source import Written, read_lexicon
from ..domain.errors import RuleBroken
from ..domain.tibetan import Level, Lexicon
from .workshop import Workshop, workshop_at

UNTRANSLATED = "translation.missing"  # only a warning for the Chinese, which goes its way first


@dataclass(frozen=True, slots=True)
class Draft:
    """A question under work: as it would be, and what the checks say of it; `written` is None where it cannot even be read."""

    block: str
    written: Written | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether it may go to a reviewer."""
        return self.written is not None and not any(fault.level is Level.ERROR for fault in self.faults)


def workshop() -> Workshop:
    """The workshop of this site."""
    return workshop_at(installation().settings.home / "bank")


def try_out(question_id: str, changes: Mapping[str, Any]) -> Draft:
    """What a change would make of a question, for the checks while somebody types; nothing is written."""
    written = workshop().question(question_id)
    return _draft(written, edited(written.block, changes))


def try_new(subject: str, chapter: str, values: Mapping[str, Any]) -> Draft:
    """The same for a question that is not there yet, and can have no Tibetan."""
    block = new_block({**values, "id": f"s{subject[-1]}-new-000"})
    tried = workshop().read_new(subject, chapter, block)
    if isinstance(tried, list):
        return Draft(block, None, tuple(tried))
    return Draft(block, tried, tuple(fault for fault in faults(tried) if not _is_tibetan(fault)))


def faults(written: Written) -> list[Fault]:
    """What the checks say of a question by itself and among the others of the bank; near-duplicates are left to `bank check`."""
    shop = workshop()
    others = [one for one in shop.questions() if one.question.id != written.question.id]
    among = [fault for fault in group_faults([*others, written]) if fault.question == written.question.id]
    return [*faults_of(written, shop.bank, lexicon()), *among]


def check_sound(written: Written, language: str) -> None:
    """RuleBroken('desk.has_faults') with the faults where a question, or its translation, still breaks a rule or is not whole."""
    errors = [fault for fault in faults(written) if fault.level is Level.ERROR or fault.message_key == UNTRANSLATED]
    mine = [fault for fault in errors if _is_tibetan(fault) == (language == "bo")]
    if mine:
        raise RuleBroken("desk.has_faults", faults=mine)


def _is_tibetan(fault: Fault) -> bool:
    """Whether it is the translator who mends this, also where the Chinese ran away from its Tibetan."""
    if fault.message_key.startswith("zh."):
        return False
    return fault.rule.startswith("BO") or fault.rule in ("QB09", "QB11")


def lexicon() -> Lexicon:
    """What is known about Tibetan words, from the site's copy of the bank."""
    folder = workshop().folder
    files = (folder / "lexicon.yaml", folder / "glossary.yaml")
    return _lexicon(folder, tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files))


@lru_cache(maxsize=2)
def _lexicon(folder: Path, _changed: tuple[int, ...]) -> Lexicon:
    return lexicon_of(*read_lexicon(folder), DICTIONARY)


def _draft(written: Written, block: str) -> Draft:
    tried = workshop().read_again(written, block)
    if isinstance(tried, list):
        return Draft(block, None, tuple(tried))
    return Draft(block, tried, tuple(faults(tried)))
