"""What a journal says of how a question was looked at: changes of language and recordings, by position."""

from typing import Any

from examsys.domain.attempt import MOST_COUNTED, Replayed, replay

START = {"kind": "start", "mono": 0, "at": "2026-11-22T01:00:00Z", "allowed": 1, "language": "bo"}


def read(*steps: dict[str, Any]) -> Replayed:
    """A journal that was released and started."""
    return replay([{"kind": "released", "mono": 0}, START, *steps])


def shown(position: int, ms: int, value: str | None = None) -> dict[str, Any]:
    """A question comes onto the screen; `value` where it is a list instead."""
    return {"kind": "shown", "position": position, "ms": ms, "value": value}


def language(value: str, ms: int = 0) -> dict[str, Any]:
    """The language is set."""
    return {"kind": "language", "value": value, "ms": ms}


def test_a_change_belongs_to_the_question_on_the_screen() -> None:
    replayed = read(shown(1, 1), language("zh"), language("bo"), shown(2, 2), language("both"))
    assert [replayed.looks(position) for position in (1, 2, 3)] == [(2, 0), (1, 0), (0, 0)]


def test_setting_the_language_that_is_set_is_no_change() -> None:
    assert read(shown(1, 1), language("bo")).looks(1) == (0, 0)


def test_a_change_before_the_first_question_or_over_the_list_of_open_ones_belongs_to_none() -> None:
    replayed = read(language("zh"), shown(1, 1), shown(1, 2, "review"), language("bo"))
    assert replayed.switches == {}


def test_recordings_are_counted_where_they_were_played() -> None:
    heard = {"kind": "audio", "position": 2, "value": "stem:bo", "ms": 5}
    assert read(shown(2, 1), heard, heard).looks(2) == (0, 2)


def test_whoever_plays_with_a_button_fits_the_column() -> None:
    replayed = read(shown(1, 1), *[language("zh"), language("bo")] * MOST_COUNTED)
    assert replayed.looks(1) == (MOST_COUNTED, 0)
