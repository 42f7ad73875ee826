"""The history of the tables, run from package data. A file here never changes once released; a new one follows it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from firstframe.errors import ServiceUnavailable


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision, inside the caller's transaction.

    Raises `ServiceUnavailable` when a newer version of the program has already moved the database on.
    """
    config = _config()
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise ServiceUnavailable(
            f"The database is at revision {current}, which this version does not know; install the newer version again."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


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
