"""What happens once: a job tried again, credits granted under a key, a chore that one host does for all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add a column to jobs and one to the ledger, each with an index that lets a value in once, and a table."""
    op.add_column("jobs", sa.Column("retry_of", sa.String(36)))
    op.create_index("uq_jobs_retry_of", "jobs", ["retry_of"], unique=True)
    op.add_column("ledger_entries", sa.Column("idempotency_key", sa.String(255)))
    op.create_index(
        "uq_ledger_entries_account_id_idempotency_key",
        "ledger_entries",
        ["account_id", "idempotency_key"],
        unique=True,
    )
    op.create_table(
        "chores",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
        sa.Column("done_at", sa.DateTime(timezone=True)),
    )
