"""Migrations: from nothing to today's tables, any number of times, by any number of processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from firstframe.errors import ServiceUnavailable
from firstframe.service.database import Database, address
from firstframe.service.migrations import newest
from firstframe.service.tables import metadata

INSERT_ACCOUNT = "INSERT INTO accounts (id, name, balance_micro, created_at) VALUES ('a', 'kept', 0, '2026-11-22')"


def test_an_empty_database_gets_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == newest()


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    return kind != "table" or name in metadata.tables


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text(INSERT_ACCOUNT))
    database.migrate()
    with database.read() as connection:
        assert connection.execute(text("SELECT name FROM accounts")).scalars().all() == ["kept"]


def test_processes_that_start_together_do_not_meet(tmp_path: Path, database_url: str) -> None:
    databases = [Database(address(database_url, tmp_path)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Database.migrate, databases))
    for database in databases:
        database.close()


def test_13_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ServiceUnavailable, match=r"9999.*newer version"):
        database.migrate()


def test_a_wrong_statement_is_not_taken_for_a_database_that_is_away(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))


def test_sqlite_waits_for_locks_and_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    database = Database(address("", tmp_path))
    with database.read() as connection:
        read = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")}
    database.close()
    assert read == {"journal_mode": "wal", "foreign_keys": 1}
    assert (tmp_path / "firstframe.db").exists()


def test_a_database_that_is_away_is_service_unavailable() -> None:
    database = Database(address("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1", Path()))
    with pytest.raises(ServiceUnavailable):
        database.check()
    database.close()
