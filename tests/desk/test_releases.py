"""Releases: of what is approved and whole, by two people, signed, compared with the one before."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from examsys.accounts.service import installation
from examsys.bank import service as bank
from examsys.db import here
from examsys.desk import checks, releases, service
from examsys.desk.outlook import Compared, compared, contents_of, outlook
from examsys.domain.desk import Deed
from examsys.domain.errors import RuleBroken
from tests.bank.test_views import at_desk
from tests.desk.test_work import ONE, TWO, base, stamped  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, RINCHEN, YUNGDRUNG, ZHANGMING


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
        found = compared(contents_of(second), contents_of(first))
        assert (found.new, found.gone, found.changed, found.same) == ((TWO,), (), (), 1)
        with here().reading() as raw:
            number, digest, signature = raw.one(
                "SELECT number, hash, signature FROM release WHERE release_id = ?", second
            )
        installation().keys.log.public_key().verify(bytes.fromhex(signature), bank.signed_bytes(number, digest))


def test_two_who_press_at_once_make_one_release_of_a_number(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
        reviewer, publisher = stamped.actor(YUNGDRUNG), stamped.actor(ZHANGMING)

    def together(act: Callable[[], str]) -> list[str]:
        gate = Barrier(2)

        def press(_hand: int) -> str:
            with stamped.inside():
                gate.wait()
                try:
                    act()
                except RuleBroken as broken:
                    return broken.key
            return "done"

        with ThreadPoolExecutor(2) as hands:
            return sorted(hands.map(press, range(2)))

    assert together(lambda: releases.propose("2026.1", "", reviewer)) == ["desk.number_taken", "done"]
    with stamped.inside():
        (proposal,) = releases.waiting()
    assert together(lambda: releases.publish(proposal.proposal_id, publisher)) == ["desk.number_taken", "done"]
    assert stamped.rows("SELECT count(*) FROM release WHERE number = '2026.1'") == [(1,)]


def test_the_list_of_the_release_names_the_state_of_tibetan_that_was_approved(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
        stem = checks.workshop().question(ONE).question.stem.as_dict()
        service.translate(ONE, base(), {"stem": stem}, stamped.actor(RINCHEN))
        for act in (service.submit, service.approve):
            act(ONE, "bo", stamped.actor(RINCHEN if act is service.submit else YUNGDRUNG))
        releases.publish(releases.propose("2026.1", "", stamped.actor(YUNGDRUNG)), stamped.actor(ZHANGMING))
    assert "藏文已审定" in at_desk(stamped, YUNGDRUNG).page("/bank/questions").text


# -- what a release would change, and papers that would be lost --------------------------------------------------


def in_force(house: House) -> None:
    """A first release of both questions: the small paper of two can be drawn."""
    approved(house, ONE, TWO)
    releases.publish(releases.propose("1", "", house.actor(YUNGDRUNG)), house.actor(ZHANGMING))


def one_less(house: House) -> None:
    service.do(Deed.RETURN, TWO, "zh", "再看看", house.actor(YUNGDRUNG))


def test_before_it_is_published_a_release_says_what_it_would_change(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        in_force(stamped)
        one_less(stamped)
        change = outlook(releases.ready())
        assert (change.against, change.compared) == ("1", Compared((), (TWO,), (), 1))
        assert change.unreleased == (ONE,)
        (paper,) = [one for one in change.papers if one.paper.name == "two"]
        assert [(cell.kind.value, cell.have, cell.need) for cell in paper.missing] == [("single", 0, 1)]
        assert change.lost == ("two",)


def test_a_paper_is_lost_only_if_proposer_and_publisher_both_say_that_they_know_it(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        in_force(stamped)
        one_less(stamped)
        reviewer, publisher = stamped.actor(YUNGDRUNG), stamped.actor(ZHANGMING)
        with pytest.raises(RuleBroken, match="desk.papers_lost"):
            releases.propose("2", "", reviewer)
        proposal = releases.propose("2", "", reviewer, knowing=True)
        with pytest.raises(RuleBroken, match="desk.papers_lost"):
            releases.publish(proposal, publisher)
        releases.publish(proposal, publisher, knowing=True)
        with here().reading() as raw:
            bodies = [
                bytes(row[0]).decode()
                for row in raw.all(
                    "SELECT body FROM entry WHERE kind IN (?, ?) ORDER BY entry_id", "bank.proposed", "bank.released"
                )
            ]
        assert ['"lost":"two"' in body for body in bodies[-4:]] == [False, False, True, True]


def test_a_proposer_who_did_not_know_is_asked_again(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
        proposal = releases.propose("2", "", stamped.actor(YUNGDRUNG))  # nothing is in force yet: nothing is lost
        approved(stamped, TWO)
        releases.publish(releases.propose("1", "", stamped.actor(YUNGDRUNG)), stamped.actor(ZHANGMING))
        with pytest.raises(RuleBroken, match="desk.proposer_unaware"):
            releases.publish(proposal, stamped.actor(ZHANGMING), knowing=True)


def test_a_proposal_that_became_old_names_what_changed_and_its_number_is_not_lost(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE, TWO)
        reviewer, publisher = stamped.actor(YUNGDRUNG), stamped.actor(ZHANGMING)
        releases.propose("1", "第一版", reviewer)
        one_less(stamped)
        (old,) = releases.waiting()
        assert releases.changed_since(old, releases.ready()) == (TWO,)
        releases.propose_anew(old.proposal_id, reviewer)
        (new,) = releases.waiting()
        assert (new.number, new.note, set(new.contents)) == ("1", "第一版", {ONE})
        with pytest.raises(RuleBroken, match="desk.proposal_ended"):
            releases.publish(old.proposal_id, publisher)
        releases.publish(new.proposal_id, publisher)


def test_a_withdrawn_proposal_gives_its_number_back_and_ends_once(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
        reviewer, publisher = stamped.actor(YUNGDRUNG), stamped.actor(ZHANGMING)
        first = releases.propose("1", "", reviewer)
        releases.withdraw(first, "还有题要改", publisher)
        with pytest.raises(RuleBroken, match="desk.proposal_ended"):
            releases.withdraw(first, "", reviewer)
        assert releases.waiting() == []
        assert [one.ended.reason for one in releases.withdrawn() if one.ended] == ["还有题要改"]
        second = releases.propose("1", "", reviewer)
        releases.publish(second, publisher)
        with pytest.raises(RuleBroken, match="desk.proposal_ended"):
            releases.withdraw(second, "", reviewer)
