"""Counting days by the two Orders, and dates as people read them."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsys.domain import dates

# National Day 2026 as an example: 1 to 7 October off, Sunday 27 September and Saturday 10 October worked.
CALENDAR = dates.Calendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    extra_working_days=frozenset({date(2026, 9, 27), date(2026, 10, 10)}),
    years=frozenset({2026}),
)
DAYS = st.dates(date(2026, 2, 1), date(2026, 10, 31))


def test_three_working_days_pass_over_the_holiday() -> None:
    assert dates.after_working_days(date(2026, 9, 30), 3, CALENDAR) == date(2026, 10, 10)
    assert dates.after_working_days(date(2026, 9, 26), 1, CALENDAR) == date(2026, 9, 27)
    assert dates.after_working_days(date(2026, 10, 3), 0, CALENDAR) == date(2026, 10, 3)


def test_a_booking_is_cancelled_a_working_day_ahead() -> None:
    assert dates.before_working_days(date(2026, 10, 8), 1, CALENDAR) == date(2026, 9, 30)


def test_a_term_of_order_163_ends_on_a_working_day() -> None:
    assert dates.end_of_term(date(2026, 9, 28), 3, CALENDAR) == date(2026, 10, 8)
    assert dates.end_of_term(date(2026, 9, 27), 3, CALENDAR) == date(2026, 9, 30)
    assert dates.after_calendar_days(date(2026, 9, 28), 3) == date(2026, 10, 1)


@given(DAYS, st.integers(1, 20))
def test_a_term_of_working_days_holds_as_many(day: date, count: int) -> None:
    last = dates.after_working_days(day, count, CALENDAR)
    assert CALENDAR.is_working_day(last)
    assert dates.working_days_between(day, last, CALENDAR) == count
    assert dates.before_working_days(last + timedelta(days=1), count, CALENDAR) > day


@given(DAYS, st.integers(0, 30))
def test_a_term_of_calendar_days_is_never_cut(day: date, count: int) -> None:
    last = dates.end_of_term(day, count, CALENDAR)
    assert last >= day + timedelta(days=count)
    assert dates.working_days_between(day + timedelta(days=count - 1), last, CALENDAR) == 1


def test_a_year_nobody_entered_is_not_guessed() -> None:
    with pytest.raises(dates.CalendarUnknown, match="2027"):
        dates.after_working_days(date(2026, 12, 31), 3, CALENDAR)


@pytest.mark.parametrize("call", [dates.after_working_days, dates.before_working_days, dates.end_of_term])
def test_a_negative_term_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match="negative"):
        call(date(2026, 5, 5), -1, CALENDAR)  # type: ignore[operator]


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert dates.working_days_between(date(2026, 5, 8), date(2026, 5, 4), CALENDAR) == 0


@given(st.datetimes(timezones=st.sampled_from([UTC, dates.BEIJING, timezone(timedelta(hours=-5))])))
def test_an_instant_reads_back_to_the_millisecond(wall: datetime) -> None:
    if not 2 <= wall.year <= 9998:
        return
    text = dates.rfc3339(wall)
    assert len(text) == 24
    assert text.endswith("Z")
    assert timedelta(0) <= wall - datetime.fromisoformat(text) < timedelta(milliseconds=1)


def test_dates_as_each_reader_has_them() -> None:
    wall = datetime(2026, 11, 22, 6, 2, 9, tzinfo=UTC)
    assert dates.rfc3339(wall) == "2026-11-22T06:02:09.000Z"
    assert dates.moment_text(wall, "zh") == "2026年11月22日 14:02"
    assert dates.moment_text(wall, "bo") == "2026ལོའི་ཟླ་11པའི་ཚེས་22ཉིན 14:02"
    assert dates.moment_text(wall, "en", seconds=True) == "2026-11-22 14:02:09"
    assert dates.date_text(date(2026, 3, 5), "zh") == "2026年3月5日"
    assert dates.date_text(date(2026, 3, 5), "bo") == "2026ལོའི་ཟླ་3པའི་ཚེས་5ཉིན"


def test_the_office_day_begins_in_beijing() -> None:
    assert dates.beijing_day(datetime(2026, 11, 21, 16, 0, tzinfo=UTC)) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("seconds", "zh", "bo", "en"),
    [
        (0, "0秒", "སྐར་ཆ་0", "0 s"),
        (45 * 60, "45分钟", "སྐར་མ་45", "45 min"),
        (90 * 60, "1小时30分钟", "ཆུ་ཚོད་1དང་སྐར་མ་30", "1 h 30 min"),
        (125, "2分钟5秒", "སྐར་མ་2དང་སྐར་ཆ་5", "2 min 5 s"),
        (3600, "1小时", "ཆུ་ཚོད་1", "1 h"),
    ],
)
def test_durations_as_each_reader_has_them(seconds: int, zh: str, bo: str, en: str) -> None:
    assert [dates.duration_text(seconds, language) for language in ("zh", "bo", "en")] == [zh, bo, en]


@given(st.integers(0, 10**6), st.dates())
def test_both_languages_hold_the_same_numbers_and_clean_script(seconds: int, day: date) -> None:
    def digits(text: str) -> list[str]:
        return "".join(sign if sign.isdigit() else " " for sign in text).split()

    for zh, bo in [
        (dates.duration_text(seconds, "zh"), dates.duration_text(seconds, "bo")),
        (dates.date_text(day, "zh"), dates.date_text(day, "bo")),
    ]:
        assert digits(zh) == digits(bo)
        assert unicodedata.normalize("NFC", bo) == bo
        assert "་་" not in bo


def test_an_instant_without_a_zone_and_a_negative_duration_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        dates.rfc3339(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        dates.duration_text(-1, "zh")
