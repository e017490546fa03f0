"""Papers are waited for as long as a crowded machine takes; no test finds another's drafts."""

import pytest

from examsys.certificates import checking, service


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "WAIT_SECONDS", 120.0)
    monkeypatch.setattr(checking, "READ_SECONDS", 120.0)
    service._drafts.clear()
