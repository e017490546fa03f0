"""A clock that obeys the test."""

from datetime import UTC, datetime, timedelta

from examsys.clock import Instant, now


class Clock:
    """A clock that stands until it is told to move."""

    def __init__(self) -> None:
        real = now()
        # noon in Beijing, so that no test crosses midnight
        self.wall = datetime(real.wall.year, real.wall.month, real.wall.day, 4, tzinfo=UTC)
        self.mono, self.boot = 5_000_000_000, "a" * 32

    def instant(self) -> Instant:
        """The pretended present."""
        return Instant(self.wall, self.mono, self.boot)

    def advance(self, seconds: float) -> None:
        """Time passes."""
        self.wall += timedelta(seconds=seconds)
        self.mono += int(seconds * 1_000_000)

    def step(self, hours: float) -> None:
        """Somebody sets the wall clock."""
        self.wall += timedelta(hours=hours)

    def reboot(self, seconds: float) -> None:
        """The machine is off for a while and comes back with another monotonic clock."""
        self.wall += timedelta(seconds=seconds)
        self.mono, self.boot = 30_000_000, "b" * 32
