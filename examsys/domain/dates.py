"""Terms in days as the two Orders count them, and how dates, times and durations are written for each reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

Language = Literal["zh", "bo", "en"]
BEIJING = timezone(timedelta(hours=8), "UTC+08:00")  # the one official time of the country, no summer time
_DAY = timedelta(days=1)

_DATE: dict[Language, str] = {
    "zh": "{0.year}年{0.month}月{0.day}日",
    "bo": "{0.year}ལོའི་ཟླ་{0.month}པའི་ཚེས་{0.day}ཉིན",
    "en": "{0.year}-{0.month:02}-{0.day:02}",
}
_HOURS: dict[Language, str] = {"zh": "{}小时", "bo": "ཆུ་ཚོད་{}", "en": "{} h"}
_MINUTES: dict[Language, str] = {"zh": "{}分钟", "bo": "སྐར་མ་{}", "en": "{} min"}
_SECONDS: dict[Language, str] = {"zh": "{}秒", "bo": "སྐར་ཆ་{}", "en": "{} s"}
_BETWEEN: dict[Language, str] = {"zh": "", "bo": "དང་", "en": " "}


class CalendarUnknown(LookupError):  # noqa: N818  named by what happened
    """The working days of this year were not entered: an office's term must not be guessed."""


@dataclass(frozen=True)
class Calendar:
    """Which days the office works, as the State Council arranges them year by year (holidays.yaml).

    `extra_working_days` are weekend days worked to make up for a holiday; `years` are those that were entered.
    """

    holidays: frozenset[date]
    extra_working_days: frozenset[date]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day; CalendarUnknown for a year that was not entered."""
        if day.year not in self.years:
            raise CalendarUnknown(str(day.year))
        if day in self.extra_working_days:
            return True
        return day.weekday() < 5 and day not in self.holidays


def after_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The last day of a term of `count` working days, the day of the event not counted (Order 162 Art. 110: 1, 3, 5).

    With count 0 the day itself. Terms of 10 and 30 days are not in Art. 110: use after_calendar_days.
    """
    return _nth_working_day(day, count, calendar, _DAY)


def before_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The latest day that leaves `count` working days before `day`: cancelling a booking, Order 162 Art. 46."""
    return _nth_working_day(day, count, calendar, -_DAY)


def after_calendar_days(day: date, count: int) -> date:
    """The last day of a term of `count` days that Order 162 does not make working days (10, 20, 30), first not counted."""
    _check_count(count)
    return day + count * _DAY


def end_of_term(day: date, count: int, calendar: Calendar) -> date:
    """The last day of a term after Order 163 Art. 36: calendar days, and on to the next working day if it ends on none."""
    last = after_calendar_days(day, count)
    while not calendar.is_working_day(last):
        last += _DAY
    return last


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie after `first` up to and with `last`; 0 when `last` is not later."""
    return sum(calendar.is_working_day(day) for day in _days_after(first, last))


def rfc3339(wall: datetime) -> str:
    """An instant for records and machines: UTC, milliseconds (cut, not rounded), as in 2026-11-22T06:02:11.123Z."""
    return _aware(wall).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def beijing_day(wall: datetime) -> date:
    """The day that the office's calendar shows at this instant."""
    return _aware(wall).astimezone(BEIJING).date()


def date_text(day: date, language: Language) -> str:
    """A day for readers. The Tibetan form is the one that Tibetan papers in China print, with the same digits."""
    return _DATE[language].format(day)


def moment_text(wall: datetime, language: Language, *, seconds: bool = False) -> str:
    """An instant for readers: date and 24-hour clock in Beijing time."""
    local = _aware(wall).astimezone(BEIJING)
    return f"{date_text(local.date(), language)} {local:{'%H:%M:%S' if seconds else '%H:%M'}}"


def duration_text(seconds: int, language: Language) -> str:
    """A length of time for readers; parts that are 0 are left out, below 0 is a ValueError."""
    _check_count(seconds)
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    counted = ((_HOURS, hours), (_MINUTES, minutes), (_SECONDS, rest))
    parts = [unit[language].format(number) for unit, number in counted if number]
    return _BETWEEN[language].join(parts) if parts else _SECONDS[language].format(0)


def _nth_working_day(day: date, count: int, calendar: Calendar, step: timedelta) -> date:
    _check_count(count)
    while count:
        day += step
        count -= calendar.is_working_day(day)
    return day


def _days_after(first: date, last: date) -> Iterator[date]:
    return (first + number * _DAY for number in range(1, (last - first).days + 1))


def _check_count(count: int) -> None:
    if count < 0:
        raise ValueError("a term or duration is not negative")


def _aware(wall: datetime) -> datetime:
    if wall.utcoffset() is None:
        raise ValueError("an instant needs its zone")
    return wall
