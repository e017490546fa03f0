"""A proposed release can be withdrawn, which frees its number; it names the papers that its proposer knew would be lost."""

import sqlalchemy as sa
from alembic import op

from examsys.migrations import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One evidence table, two columns, one index less and one more."""
    op.create_table(
        "withdrawn_proposal",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "proposal_id", name=op.f("pk_withdrawn_proposal")),
        info={"owner": "center", "evidence": True},
    )
    protect(op, "withdrawn_proposal")
    op.add_column("proposal", sa.Column("turn", sa.SmallInteger(), nullable=False, server_default="0"))
    op.add_column("proposal", sa.Column("lost", sa.String(length=400), nullable=True))
    op.drop_index("uq_proposal_number", "proposal")
    op.create_index("uq_proposal_number", "proposal", ["site_id", "number", "turn"], unique=True)


def downgrade() -> None:
    """Evidence is never dropped."""
    raise RuntimeError("evidence is never dropped")
