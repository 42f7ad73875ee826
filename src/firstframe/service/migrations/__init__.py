"""The history of the tables, run from package data. A file here never changes once released; a new one follows it."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from firstframe.errors import ServiceUnavailable


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to `revision`, or to the newest, inside the caller's transaction.

    Raises `ServiceUnavailable` when a newer version of the program has already moved the database on.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    found = current(connection)
    if found is not None and found not in known():
        raise ServiceUnavailable(
            f"The database is at revision {found}, which this version does not know; install the newer version again."
        )
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def current(connection: Connection) -> str | None:
    """The revision of the tables; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def known() -> set[str]:
    """Every revision that this version of the program can start from."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def newest() -> str:
    """The revision this version of the program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
