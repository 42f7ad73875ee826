"""What operators need: suspended accounts, and how long the stages of clips took."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add a column to accounts, a table of counts, and the index that counting jobs takes."""
    op.add_column("accounts", sa.Column("suspended_at", sa.DateTime(timezone=True)))
    op.create_table(
        "stage_seconds",
        sa.Column("engine", sa.String(64), primary_key=True),
        sa.Column("stage", sa.String(16), primary_key=True),
        sa.Column("at_most", sa.Double, primary_key=True),
        sa.Column("clips", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
    )
    op.create_index("ix_jobs_state_engine_error_code", "jobs", ["state", "engine", "error_code"])
