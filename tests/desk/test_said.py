"""What was done at the desk is in the log: whoever changes it in the database is named."""

import pytest

from examsys.desk import history, releases, service
from tests.desk.test_work import ONE, stamped  # noqa: F401
from tests.factories import House
from tests.people import JAMTSO, YUNGDRUNG, ZHANGMING
from tests.supervision.desk import seal, verified


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE revision SET block = 'x' WHERE deed = 'submit'", "column.differs revision block"),
        ("UPDATE revision SET account = NULL WHERE deed = 'submit'", "column.differs revision account"),
        ("DELETE FROM revision WHERE deed = 'submit'", "row.missing revision"),
        ("UPDATE remark SET words = '很好'", "column.differs remark words"),
        ("UPDATE proposal SET questions = '{}'", "column.differs proposal questions"),
        ("UPDATE proposal SET lost = 's1_car' WHERE number = 'W'", "column.differs proposal lost"),
        ("UPDATE withdrawn_proposal SET reason = 'x'", "column.differs withdrawn_proposal reason"),
        ("DELETE FROM withdrawn_proposal", "row.missing withdrawn_proposal"),
        ("UPDATE release SET proposed_by = NULL WHERE number = 'R'", "column.differs release proposed_by"),
    ],
)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_was_done_at_the_desk_cannot_be_changed_unseen(stamped: House, change: str, said: str) -> None:  # noqa: F811
    with stamped.inside():
        service.submit(ONE, "zh", stamped.actor(JAMTSO))
        history.remark(ONE, "条款不对", stamped.actor(YUNGDRUNG))
        service.approve(ONE, "zh", stamped.actor(YUNGDRUNG))
        releases.withdraw(releases.propose("W", "", stamped.actor(YUNGDRUNG)), "不急", stamped.actor(ZHANGMING))
        releases.publish(releases.propose("R", "", stamped.actor(YUNGDRUNG)), stamped.actor(ZHANGMING))
    seal(stamped)
    assert verified(stamped).broken == []
    table, act = change.split()[1 if change.startswith("UPDATE") else 2], change.split()[0].lower()
    stamped.write(f"DROP TRIGGER {table}_no_{act}")
    stamped.write(change)
    assert said in [f"{one.what} {one.table} {one.facts.get('column', '')}".strip() for one in verified(stamped).broken]
