"""The desk of the question bank: versions of questions, remarks, proposed releases; a release says who proposed it and is signed."""

import sqlalchemy as sa
from alembic import op

from examsys.migrations import protect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three evidence tables, two columns."""
    op.create_table(
        "revision",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "revision_id", name=op.f("pk_revision")),
        info={"owner": "center", "evidence": True},
    )
    op.create_index("ix_revision_question", "revision", ["question"], unique=False)
    op.create_table(
        "remark",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("remark_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "remark_id", name=op.f("pk_remark")),
        info={"owner": "center", "evidence": True},
    )
    op.create_index("ix_remark_question", "remark", ["question"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "proposal_id", name=op.f("pk_proposal")),
        info={"owner": "center", "evidence": True},
    )
    op.add_column("release", sa.Column("proposed_by", sa.String(length=32), nullable=True))
    op.add_column("release", sa.Column("signature", sa.String(length=128), nullable=True))
    for table in ("proposal", "remark", "revision"):
        protect(op, table)


def downgrade() -> None:
    """Evidence is never dropped."""
    raise RuntimeError("evidence is never dropped")
