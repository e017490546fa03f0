"""Releases: of what is approved and whole, by two people, signed, compared with the one before."""

import pytest

from examsys.accounts.service import installation
from examsys.bank import service as bank
from examsys.db import here
from examsys.desk import releases, service
from examsys.domain.errors import RuleBroken
from tests.desk.test_work import ONE, TWO, base, stamped  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, YUNGDRUNG, ZHANGMING


def approved(house: House, *ids: str) -> None:
    for question_id in ids:
        service.submit(question_id, "zh", house.actor(JAMTSO))
        service.approve(question_id, "zh", house.actor(YUNGDRUNG))


def test_a_release_holds_what_is_approved_and_nothing_else(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        with pytest.raises(RuleBroken, match="desk.nothing_ready"):
            releases.propose("2026.1", "", stamped.actor(YUNGDRUNG))
        approved(stamped, ONE)
        proposal = releases.propose("2026.1", "", stamped.actor(YUNGDRUNG))
        release = releases.publish(proposal, stamped.actor(ZHANGMING))
        assert [question.id for question in bank.questions_of(release)] == [ONE]


def test_who_proposed_or_reviewed_does_not_publish(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
        proposal = releases.propose("2026.1", "", stamped.actor(YUNGDRUNG))
        with pytest.raises(RuleBroken, match="access.own_work"):
            releases.publish(proposal, stamped.actor(YUNGDRUNG))


def test_a_proposal_is_old_once_a_question_has_changed(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE, TWO)
        proposal = releases.propose("2026.1", "", stamped.actor(YUNGDRUNG))
        service.write(ONE, base(), {"difficulty": 3}, stamped.actor(JAMTSO))
        with pytest.raises(RuleBroken, match="desk.proposal_old"):
            releases.publish(proposal, stamped.actor(ZHANGMING))


def test_a_release_is_signed_by_the_site_and_compared_with_the_one_before(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
        first = releases.publish(releases.propose("2026.1", "", stamped.actor(YUNGDRUNG)), stamped.actor(ZHANGMING))
        approved(stamped, TWO)
        second = releases.publish(releases.propose("2026.2", "", stamped.actor(YUNGDRUNG)), stamped.actor(ZHANGMING))
        found = releases.compared(releases.contents_of(second), releases.contents_of(first))
        assert (found.new, found.gone, found.changed, found.same) == ((TWO,), (), (), 1)
        with here().reading() as raw:
            number, digest, signature = raw.one(
                "SELECT number, hash, signature FROM release WHERE release_id = ?", second
            )
        installation().keys.log.public_key().verify(bytes.fromhex(signature), bank.signed_bytes(number, digest))
