"""One deed for many questions: each as if it were done alone."""

import pytest

from examsys.desk import bulk, checks, history, service
from examsys.desk.shelf import block_hash
from examsys.domain.bank import State
from examsys.domain.desk import Deed
from examsys.domain.errors import RuleBroken
from tests.desk.test_work import ONE, TWO, stamped  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, RINCHEN, YUNGDRUNG


def done(house: House, deed: Deed, ids: list[str], reason: str = "", language: str = "zh") -> bulk.Job:
    person = JAMTSO if deed is Deed.SUBMIT else YUNGDRUNG
    job = bulk.begin(deed, ids, language, reason, house.actor(person))
    assert job.over.wait(30)
    assert not job.failed
    return job


def states(*ids: str) -> list[State]:
    return [checks.workshop().question(one).question.state for one in ids]


def test_all_that_may_go_go_and_the_others_are_named_with_their_reason(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        job = done(stamped, Deed.SUBMIT, [ONE, TWO, "s1-road-999"])
        assert job.changed == 1
        assert [(name, broken.key) for name, broken in job.refused] == [
            (ONE, "desk.wrong_state"),
            ("s1-road-999", "bank.question_unknown"),
        ]
        assert states(ONE, TWO) == [State.REVIEW, State.REVIEW]
        assert [one.deed for one in history.versions(TWO)][:1] == ["submit"]


def test_a_missing_reason_is_told_before_the_first(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        with pytest.raises(RuleBroken, match=r"desk\.reason_missing"):
            bulk.begin(Deed.RETURN, [ONE], "zh", " ", stamped.actor(YUNGDRUNG))
        assert states(ONE) == [State.REVIEW]


def test_who_wrote_one_of_many_does_not_approve_that_one(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        changed = checks.workshop().question(ONE)
        service.write(ONE, block_hash(changed.block), {"difficulty": 3}, stamped.actor(YUNGDRUNG))
        for one in (ONE, TWO):
            service.submit(one, "zh", stamped.actor(JAMTSO))
        job = done(stamped, Deed.APPROVE, [ONE, TWO])
        assert [(name, broken.key) for name, broken in job.refused] == [(ONE, "access.own_work")]
        assert states(ONE, TWO) == [State.REVIEW, State.APPROVED]


def test_nobody_looks_into_another_s_deed(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        job = done(stamped, Deed.SUBMIT, [ONE])
        with pytest.raises(RuleBroken, match=r"desk\.bulk_unknown"):
            bulk.job_of(job.job_id, stamped.actor(RINCHEN))


def test_what_cannot_be_kept_is_not_written(stamped: House, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def refuse(*_given: object) -> None:
        raise OSError("full")

    with stamped.inside():
        before = states(ONE, TWO)
        monkeypatch.setattr(history, "keep", refuse)
        job = bulk.begin(Deed.SUBMIT, [ONE, TWO], "zh", "", stamped.actor(JAMTSO))
        assert job.over.wait(30)
        assert job.failed
        assert states(ONE, TWO) == before
