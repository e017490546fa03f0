"""The first schema: persons, units, bank, sessions, attempts, sheets and the log."""

import sqlalchemy as sa
from alembic import op

from examsys.migrations import protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EVIDENCE = (
    "approval",
    "attempt",
    "candidate",
    "checkpoint",
    "content",
    "decision",
    "entry",
    "leaf",
    "lot",
    "mark",
    "release",
    "request",
    "result",
    "session",
    "sheet",
    "site",
    "step",
    "withdrawal",
)


def upgrade() -> None:
    """Make all tables and the triggers of the evidence."""
    op.create_table(
        "account",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "account_id", name=op.f("pk_account")),
        info={"owner": "site", "evidence": False},
    )
    op.create_index("uq_account_username", "account", ["site_id", "username"], unique=True)
    op.create_table(
        "approval",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("approval_id", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("release_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "approval_id", name=op.f("pk_approval")),
        info={"owner": "center", "evidence": True},
    )
    op.create_table(
        "attempt",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("candidate_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("room_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("examiner", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("licence_class", sa.String(length=2), nullable=False),
        sa.Column("profile", sa.String(length=10), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=False),
        sa.Column("paper_hash", sa.String(length=64), nullable=False),
        sa.Column("release_id", sa.String(length=32), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "attempt_id", name=op.f("pk_attempt")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_attempt_day", "attempt", ["day", "unit_id"], unique=False)
    op.create_index("ix_attempt_person", "attempt", ["person_id"], unique=False)
    op.create_index("ix_attempt_session", "attempt", ["session_id"], unique=False)
    op.create_index("uq_attempt_number", "attempt", ["site_id", "candidate_id", "number"], unique=True)
    op.create_table(
        "candidate",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("candidate_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("serial", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("licence_class", sa.String(length=2), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("school", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=4), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "candidate_id", name=op.f("pk_candidate")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_candidate_person", "candidate", ["person_id"], unique=False)
    op.create_index("ix_candidate_session", "candidate", ["session_id"], unique=False)
    op.create_table(
        "checkpoint",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "epoch", "size", name=op.f("pk_checkpoint")),
        info={"owner": "site", "evidence": True},
    )
    op.create_table(
        "content",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_content")),
        info={"owner": "center", "evidence": True},
    )
    op.create_table(
        "decision",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "request_id", name=op.f("pk_decision")),
        info={"owner": "site", "evidence": True},
    )
    op.create_table(
        "entry",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=True),
        sa.Column("object", sa.String(length=32), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "entry_id", name=op.f("pk_entry")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_entry_actor", "entry", ["actor"], unique=False)
    op.create_index("ix_entry_kind_at", "entry", ["kind", "at"], unique=False)
    op.create_index("ix_entry_object", "entry", ["object"], unique=False)
    op.create_table(
        "leaf",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "epoch", "idx", name=op.f("pk_leaf")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("uq_leaf_entry", "leaf", ["site_id", "entry_id"], unique=True)
    op.create_table(
        "live",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Integer(), nullable=False),
        sa.Column("newest_seq", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=4), nullable=True),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("answered", sa.SmallInteger(), nullable=False),
        sa.Column("wrong", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("late", sa.SmallInteger(), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("moves", sa.SmallInteger(), nullable=False),
        sa.Column("admission", sa.String(length=64), nullable=False),
        sa.Column("hold", sa.String(length=64), nullable=True),
        sa.Column("hold_seen", sa.Integer(), nullable=False),
        sa.Column("makeup", sa.String(length=10), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "attempt_id", name=op.f("pk_live")),
        info={"owner": "local", "evidence": False},
    )
    op.create_index("ix_live_running", "live", ["state"], unique=False)
    op.create_index("ix_live_session", "live", ["session_id"], unique=False)
    op.create_table(
        "login",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("login_id", sa.String(length=64), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=32), nullable=True),
        sa.Column("attempt_id", sa.String(length=32), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "login_id", name=op.f("pk_login")),
        info={"owner": "local", "evidence": False},
    )
    op.create_index("ix_login_account", "login", ["account_id"], unique=False)
    op.create_index("ix_login_attempt", "login", ["attempt_id"], unique=False)
    op.create_table(
        "lot",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("lot_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("object", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "lot_id", name=op.f("pk_lot")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_lot_object", "lot", ["object"], unique=False)
    op.create_table(
        "mark",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("result_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("chosen", sa.String(length=60), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("shown_ms", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=4), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "result_id", "position", name=op.f("pk_mark")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_mark_content", "mark", ["content"], unique=False)
    op.create_table(
        "overdue",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "request_id", name=op.f("pk_overdue")),
        info={"owner": "local", "evidence": False},
    )
    op.create_table(
        "person",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("id_index", sa.String(length=64), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("name_bo", sa.LargeBinary(), nullable=True),
        sa.Column("id_number", sa.LargeBinary(), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "person_id", name=op.f("pk_person")),
        info={"owner": "local", "evidence": False},
    )
    op.create_index("ix_person_id_index", "person", ["id_index"], unique=False)
    op.create_table(
        "person_key",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "person_id", name=op.f("pk_person_key")),
        info={"owner": "local", "evidence": False},
    )
    op.create_table(
        "post",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("valid_to", sa.String(length=10), nullable=True),
        sa.Column("granted_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "post_id", name=op.f("pk_post")),
        info={"owner": "site", "evidence": False},
    )
    op.create_index("ix_post_person", "post", ["person_id"], unique=False)
    op.create_table(
        "refusal",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("refusal_id", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "refusal_id", name=op.f("pk_refusal")),
        info={"owner": "local", "evidence": False},
    )
    op.create_index("ix_refusal_address", "refusal", ["address", "at"], unique=False)
    op.create_index("ix_refusal_who", "refusal", ["who", "at"], unique=False)
    op.create_table(
        "release",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("release_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("published_by", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "release_id", name=op.f("pk_release")),
        info={"owner": "center", "evidence": True},
    )
    op.create_table(
        "request",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.String(length=30), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "request_id", name=op.f("pk_request")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_request_session", "request", ["session_id"], unique=False)
    op.create_table(
        "result",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("result_id", sa.String(length=32), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("full_mark", sa.SmallInteger(), nullable=False),
        sa.Column("pass_mark", sa.SmallInteger(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "result_id", name=op.f("pk_result")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_result_attempt", "result", ["attempt_id"], unique=False)
    op.create_table(
        "room",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("room_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_bo", sa.String(length=160), nullable=False),
        sa.Column("seats", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "room_id", name=op.f("pk_room")),
        info={"owner": "center", "evidence": False},
    )
    op.create_index("ix_room_unit", "room", ["unit_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("room_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "session_id", name=op.f("pk_session")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_session_day", "session", ["day"], unique=False)
    op.create_index("ix_session_unit", "session", ["unit_id"], unique=False)
    op.create_table(
        "session_live",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("examiner", sa.String(length=32), nullable=True),
        sa.Column("release_id", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "session_id", name=op.f("pk_session_live")),
        info={"owner": "local", "evidence": False},
    )
    op.create_table(
        "sheet",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sheet_id", sa.String(length=32), nullable=False),
        sa.Column("candidate_id", sa.String(length=32), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("result_id", sa.String(length=32), nullable=False),
        sa.Column("states", sa.String(length=64), nullable=False),
        sa.Column("supersedes", sa.String(length=32), nullable=True),
        sa.Column("checkpoint", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "sheet_id", name=op.f("pk_sheet")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("ix_sheet_candidate", "sheet", ["candidate_id"], unique=False)
    op.create_index("uq_sheet_number", "sheet", ["site_id", "number"], unique=True)
    op.create_table(
        "site",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_bo", sa.String(length=160), nullable=False),
        sa.Column("profile", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site")),
        info={"owner": "center", "evidence": True},
    )
    op.create_table(
        "step",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "attempt_id", "number", name=op.f("pk_step")),
        info={"owner": "site", "evidence": True},
    )
    op.create_index("uq_step_answer", "step", ["site_id", "attempt_id", "position", "seq"], unique=True)
    op.create_table(
        "tick",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("boot", sa.String(length=32), nullable=False),
        sa.Column("mono", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_tick")),
        info={"owner": "local", "evidence": False},
    )
    op.create_table(
        "unit",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_bo", sa.String(length=160), nullable=False),
        sa.Column("parent", sa.String(length=32), nullable=True),
        sa.Column("supervised_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "unit_id", name=op.f("pk_unit")),
        info={"owner": "center", "evidence": False},
    )
    op.create_index("ix_unit_supervised_by", "unit", ["supervised_by"], unique=False)
    op.create_table(
        "unsealed",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "entry_id", name=op.f("pk_unsealed")),
        info={"owner": "local", "evidence": False},
    )
    op.create_table(
        "withdrawal",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "content", name=op.f("pk_withdrawal")),
        info={"owner": "center", "evidence": True},
    )
    for table in EVIDENCE:
        protect(op, table)


def downgrade() -> None:
    """There is no way back from the first schema."""
    raise RuntimeError("evidence is never dropped")
