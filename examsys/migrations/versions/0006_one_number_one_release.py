"""A number belongs to one release and one proposal, also when two press at once."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two indexes."""
    op.create_index("uq_release_number", "release", ["site_id", "number"], unique=True)
    op.create_index("uq_proposal_number", "proposal", ["site_id", "number"], unique=True)


def downgrade() -> None:
    """Evidence is never dropped."""
    raise RuntimeError("evidence is never dropped")
