"""Recordings: the voices with their consent; a booking names the dialect of an audio paper."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, one column."""
    op.create_table(
        "speaker",
        sa.Column("site_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("speaker_id", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("dialect", sa.String(length=60), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.Column("consent", sa.String(length=10), nullable=True),
        sa.Column("consent_by", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "speaker_id", name=op.f("pk_speaker")),
        info={"owner": "site", "evidence": False},
    )
    op.create_index("uq_speaker_slug", "speaker", ["site_id", "slug"], unique=True)
    op.add_column("candidate", sa.Column("dialect", sa.String(length=60), nullable=True))


def downgrade() -> None:
    """Evidence is never dropped."""
    raise RuntimeError("evidence is never dropped")
