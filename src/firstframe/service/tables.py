"""Every table of the service, as SQLAlchemy Core. `migrations/` builds them; a test holds the two together.

Money is whole micro-credits (1 credit = 1 000 000); times are aware UTC; identifiers are UUID texts unless said.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite, which knows no time zones, keeps it as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Counter = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up by itself only in a column of the very type INTEGER."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("balance_micro", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("max_running", Integer),
    Column("max_queued", Integer),
    Column("rate_per_minute", Integer),
    Column("webhook_secrets", Text, nullable=False, server_default=""),
    Column("suspended_at", Moment),
    CheckConstraint("balance_micro >= 0", name="balance_not_negative"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("secret_sha256", String(64), nullable=False),
    Column("last_four", String(4), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("key_id", ForeignKey("api_keys.id"), nullable=False),
    Column("slug", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("dialect", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("revised_prompt", Text),
    Column("request", JSON, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("price_micro", BigInteger, nullable=False),
    Column("progress", Float, nullable=False, server_default=text("0")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("attempts_given_back", Integer, nullable=False, server_default=text("0")),
    Column("worker", Text),
    Column("error", Text),
    Column("error_code", String(64)),
    Column("output_asset_id", String(36)),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("deadline_at", Moment, nullable=False),
    Column("fingerprint", String(64)),
    Column("lane", Integer, nullable=False, server_default=text("0")),
    Column("let_go_at", Moment),
    Column("webhook_url", Text),
    Column("base_url", Text),
    Column("retry_of", String(36)),
    CheckConstraint(
        "state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired')", name="state_known"
    ),
    CheckConstraint("price_micro >= 0", name="price_not_negative"),
    Index("ix_jobs_account_id_created_at", "account_id", "created_at"),
    Index("ix_jobs_state_deadline_at", "state", "deadline_at"),
    Index("ix_jobs_account_id_fingerprint", "account_id", "fingerprint"),
    Index("ix_jobs_state_engine_error_code", "state", "engine", "error_code"),
    Index("uq_jobs_retry_of", "retry_of", unique=True),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("job_id", ForeignKey("jobs.id")),
    Column("kind", String(16), nullable=False),
    Column("amount_micro", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("idempotency_key", String(255)),
    CheckConstraint("kind IN ('grant', 'hold', 'settle', 'release')", name="kind_known"),
    Index("uq_ledger_entries_account_id_idempotency_key", "account_id", "idempotency_key", unique=True),
    Index("uq_ledger_entries_job_id_kind", "job_id", "kind", unique=True),
    Index(
        "uq_ledger_entries_job_id_closed_once",
        "job_id",
        unique=True,
        sqlite_where=text("kind IN ('settle', 'release')"),
        postgresql_where=text("kind IN ('settle', 'release')"),
    ),
)

job_events = Table(
    "job_events",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("job_id", ForeignKey("jobs.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("data", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
)

assets = Table(
    "assets",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("job_id", ForeignKey("jobs.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("storage_key", Text, nullable=False, unique=True),
    Column("content_type", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_size", BigInteger, nullable=False),
    Column("attempt", Integer),
    Column("details", JSON),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    CheckConstraint("kind IN ('first_frame', 'clip', 'upload')", name="kind_known"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("job_id", ForeignKey("jobs.id"), nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

rate_windows = Table(
    "rate_windows",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("full_at", Double, nullable=False),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("job_id", ForeignKey("jobs.id"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("event", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_at", Moment, nullable=False),
    Column("last_answer", Text),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    CheckConstraint("state IN ('pending', 'delivered', 'failed', 'disabled')", name="state_known"),
    Index("ix_webhook_deliveries_state_next_at", "state", "next_at"),
)

stage_seconds = Table(
    "stage_seconds",
    metadata,
    Column("engine", String(64), primary_key=True),
    Column("stage", String(16), primary_key=True),
    Column("at_most", Double, primary_key=True),
    Column("clips", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
)

chores = Table(
    "chores",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("taken_at", Moment),
    Column("done_at", Moment),
)

workers = Table(
    "workers",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("engines", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("beats", BigInteger, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("stopped_at", Moment),
)
