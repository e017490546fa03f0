"""Supervision: searching attempts, looking at one, verifying, exporting. Every viewing is an entry of the log."""

from ..accounts.service import installation
from ..audit.verify import snapshot
from .report import Report
from .verification import Progress, verify


def verify_site(deep: bool = False, against: bytes | None = None, progress: Progress | None = None) -> Report:
    """Verify this whole site. `against`: checkpoints that somebody else kept. `progress` hears (part, rows done)."""
    with snapshot() as raw:
        return verify(installation().log, raw, deep, against, progress)
