"""The office's approval of papers in Tibetan, as entered: without one a formal site opens no session on them."""

from ..accounts.service import installation, record
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import HOUSE, Actor
from ..domain.dates import rfc3339
from ..domain.entries import EntryKind
from .service import release_number


def approve(office: str, number: str, day: str, subject: str, release_id: str, actor: Actor = HOUSE) -> str:
    """Enter the office's approval of Tibetan papers of one subject from one release; returns its id. RuleBroken('bank.no_release')."""
    release_number(release_id)
    site_id, approval_id = installation().site_id, new_id()

    def work(raw: Raw) -> None:
        raw.run(
            "INSERT INTO approval (site_id, approval_id, office, number, day, subject, release_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(site_id, approval_id, office, number, day, subject, release_id, rfc3339(now().wall)),
        )
        data = {"office": office, "number": number, "day": day, "subject": subject, "release": release_id}
        record(EntryKind.POLICY_TIBETAN_APPROVED, actor, about=approval_id, data=data, raw=raw)

    append(work)
    return approval_id


def is_approved(subject: str, release_id: str) -> bool:
    """Whether an approval covers the Tibetan papers of a subject from this release."""
    with here().reading() as raw:
        sql = "SELECT 1 FROM approval WHERE site_id = ? AND subject = ? AND release_id = ?"
        return raw.one(sql, installation().site_id, subject, release_id) is not None
