"""Where the flat of papers is not yet part of the application, its tests make it so."""

import pytest

import examsys.app
from examsys.certificates.views import certificates


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    if certificates not in examsys.app.BLUEPRINTS:
        monkeypatch.setattr(examsys.app, "BLUEPRINTS", (*examsys.app.BLUEPRINTS, certificates))
