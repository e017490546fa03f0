"""A furnished site with candidates at their seats, served by its real server."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from examsys.config import Settings
from examsys.db import here
from examsys.supervision.service import verify_site
from tests.anomaly.site import Site
from tests.anomaly.terminal import Terminal, seat
from tests.factories import House, Seated
from tests.people import candidate


@dataclass
class Hall:
    """A served site, its people, and the candidates who may start."""

    site: Site
    house: House
    seated: list[Seated]

    def terminals(self, count: int | None = None, first: int = 0) -> list[Terminal]:
        """Candidates who have signed in and started."""
        return [seat(self.site.port, one.id_number, one.code) for one in self.seated[first:][:count]]

    def broken(self) -> str:
        """What verifying all finds, beside the running server or after it, without waiting for a seal; empty when all holds."""
        with self.house.inside():
            report = verify_site(deep=True)
            here().close()
        return "" if report.is_whole else report.to_text()


@pytest.fixture
def hall(house: House, settings: Settings, bank_folder: object) -> Iterator[Callable[..., Hall]]:
    """Makes a hall: `hall(20)`, with that many candidates, served."""
    made: list[Site] = []

    def make(count: int = 4, *, engine: str = "granian", start: bool = True, **environment: str) -> Hall:
        seated = house.seated(*(candidate(number) for number in range(count)))
        with house.inside():
            here().close()
        environment = {"EXAMSYS_BANK": os.environ["EXAMSYS_BANK"], "DATABASE_URL": settings.database_url, **environment}
        site = Site(settings.home, environment, engine)
        made.append(site)
        return Hall(site.start() if start else site, house, seated)

    yield make
    for site in made:
        site.stop()
