"""Accounts whose password somebody else handed out are asked to change it; those that are there already are not."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column with a default."""
    op.add_column("account", sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """What was added stays: an older program does not read it."""
    raise RuntimeError("columns are never dropped")
