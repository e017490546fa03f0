"""Marks keep how often the language was changed and recordings were played: what statistics need of a journal."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns; marks from before say nothing of either."""
    op.add_column("mark", sa.Column("switches", sa.SmallInteger(), nullable=True))
    op.add_column("mark", sa.Column("heard", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    """What was added stays: an older program does not read it."""
    raise RuntimeError("columns are never dropped")
