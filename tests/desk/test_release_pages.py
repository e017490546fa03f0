"""The page of releases and the queues of the board: who sees what before deciding, and errors that stand beside their form."""

import pytest

from examsys.desk import releases
from tests.bank.test_views import at_desk
from tests.desk.test_releases import approved, in_force, one_less
from tests.desk.test_work import ONE, TWO, stamped  # noqa: F401
from tests.factories import House
from tests.page import InspectingClient, Page
from tests.people import YUNGDRUNG, ZHANGMING

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def send(browser: InspectingClient, address: str, **fields: str) -> tuple[int, Page]:
    """A form as the page of releases would send it."""
    (token, *_) = [
        form["fields"]["csrf_token"] for form in browser.page("/desk/releases").forms if "csrf_token" in form["fields"]
    ]
    answer = browser.post(address, data={"csrf_token": token, **fields}, follow_redirects=True)
    return answer.status_code, Page(answer.text)


def test_the_publisher_sees_the_difference_and_the_lost_papers_before_the_button(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        in_force(stamped)
        one_less(stamped)
        proposal = releases.propose("2", "", stamped.actor(YUNGDRUNG), knowing=True)
    publisher = at_desk(stamped, ZHANGMING)
    text = publisher.page("/desk/releases").text
    assert "与现行题库版本1相比" in text
    assert "不能再抽卷" in text
    assert "藏文尚未审定" in text
    assert f"/desk/questions/{TWO}" in publisher.page("/desk/releases").links
    status, page = send(publisher, f"/desk/releases/{proposal}/publish")
    assert status == 409
    assert "将无法再抽取" in page.text
    assert send(publisher, f"/desk/releases/{proposal}/publish", knowing="1")[0] == 200


def test_what_was_typed_stays_beside_the_error(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        in_force(stamped)
    status, page = send(at_desk(stamped, YUNGDRUNG), "/desk/releases/propose", number="1", note="第二次")
    assert status == 409
    (form,) = [form for form in page.forms if form["action"] == "/desk/releases/propose"]
    assert (form["fields"]["number"], form["fields"]["note"]) == ("1", "第二次")


def test_an_old_proposal_has_no_button_to_publish_it(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE, TWO)
        releases.propose("1", "", stamped.actor(YUNGDRUNG))
        one_less(stamped)
        (old,) = releases.waiting()
    actions = [form["action"] for form in at_desk(stamped, ZHANGMING).page("/desk/releases").forms]
    assert f"/desk/releases/{old.proposal_id}/publish" not in actions
    reviewer = at_desk(stamped, YUNGDRUNG)
    page = reviewer.page("/desk/releases")
    assert TWO in page.text
    assert "启用前题目已有改动" in page.text
    status, page = send(reviewer, f"/desk/releases/{old.proposal_id}/anew")
    assert status == 200
    assert "启用前题目已有改动" not in page.text


def test_a_publisher_refuses_with_a_reason_that_the_reviewer_reads(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
        proposal = releases.propose("1", "", stamped.actor(YUNGDRUNG))
    publisher = at_desk(stamped, ZHANGMING)
    assert send(publisher, f"/desk/releases/{proposal}/refuse")[0] == 422
    assert send(publisher, f"/desk/releases/{proposal}/refuse", reason="再等两题")[0] == 200
    assert "再等两题" in at_desk(stamped, YUNGDRUNG).page("/desk/releases").text


def test_publisher_and_reviewer_find_on_the_board_what_waits_for_them(stamped: House) -> None:  # noqa: F811
    with stamped.inside():
        approved(stamped, ONE)
    reviewer = at_desk(stamped, YUNGDRUNG)
    assert "1道题可列入下一版本" in reviewer.page("/desk/").text.replace(" ", "")
    with stamped.inside():
        releases.propose("1", "", stamped.actor(YUNGDRUNG))
    page = at_desk(stamped, ZHANGMING).page("/desk/")
    assert "1个题库版本待启用" in page.text.replace(" ", "")
    assert "/desk/releases" in page.links
    with stamped.inside():
        one_or_other = releases.waiting()
        assert len(one_or_other) == 1
    assert "道题可列入下一版本" not in reviewer.page("/desk/").text
