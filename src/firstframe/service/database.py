"""The database: connections, transactions and their locks. SQLite in WAL mode, or PostgreSQL through psycopg 3."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from firstframe.errors import ServiceUnavailable
from firstframe.service import migrations
from firstframe.service.clock import now

AWAY = "The database does not answer; try again in a moment."
BUSY_TIMEOUT_MS = 30_000
_WRITES = "firstframe_writes"
_NOT_WAITING_FOR_THE_DISK = text("SET LOCAL synchronous_commit = off")
_SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def address(database_url: str, data_dir: Path) -> URL:
    """The address of the database; an empty `database_url` is the SQLite file of `data_dir`."""
    url = make_url(database_url or f"sqlite:///{data_dir / 'firstframe.db'}")
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


class Database:
    """One pool of connections, with transactions that say whether they write."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self._writer = self.engine.execution_options(**{_WRITES: True})
        self._turn = Lock()
        self._aside: Connection | None = None
        self._aside_turn = Lock()
        self._notes: Connection | None = None
        self.failures: Counter[str] = Counter()
        """How often the database was "away", and how often it refused a "statement", since this process began."""

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this host."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database. Raises `ServiceUnavailable` when it is away."""
        with _translated(self.failures), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """For a few short questions, each of its own moment; on SQLite this never waits for the pool.

        Raises `ServiceUnavailable` when the database is away.
        """
        if not self.is_sqlite:
            with self.read() as connection:
                yield connection
            return
        with self._aside_turn, _translated(self.failures):
            self._aside = self._aside or _outside_transactions(self.url)
            yield self._aside

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; on SQLite it has the write lock from its start, so it never meets a conflict.

        Raises `ServiceUnavailable` when the database is away or stays locked.
        """
        # SQLite lets those who wait for its lock sleep and try again, some of them for seconds; threads take turns.
        turn = _in_turn(self._turn) if self.is_sqlite else nullcontext()
        with turn, _translated(self.failures), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def jot(self) -> Iterator[Connection]:
        """For a short note that may be lost should the machine itself fail: it does not wait for the disk.

        On SQLite each statement is a transaction of its own. Raises `ServiceUnavailable` when the database is away.
        """
        if not self.is_sqlite:
            with self.write() as connection:
                connection.execute(_NOT_WAITING_FOR_THE_DISK)
                yield connection
            return
        with _in_turn(self._turn), _translated(self.failures):
            self._notes = self._notes or _outside_transactions(self.url, synchronous="NORMAL")
            yield self._notes

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that reads one moment of the database, however long it takes."""
        if self.is_sqlite:
            with self.read() as connection:
                yield connection
            return
        frozen = self.engine.execution_options(isolation_level="REPEATABLE READ")
        with _translated(self.failures), frozen.begin() as connection:
            yield connection

    def migrate(self, backups: Path | None = None) -> None:
        """Bring the tables to this version; safe to call from several processes at once.

        With `backups`, an SQLite database that has to change is first copied into that folder.
        """
        if backups is not None and self.is_sqlite and self.will_change():
            self._copy(backups / f"before-{migrations.newest()}-{now():%Y%m%dT%H%M%S}.db")
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(7306)"))
            migrations.upgrade(connection)

    def will_change(self) -> bool:
        """Whether the tables are of an older version, which `migrate` would change."""
        with self.read() as connection:
            return migrations.current(connection) in migrations.known() - {migrations.newest()}

    def _copy(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(path),))
        finally:
            connection.close()
        path.chmod(0o600)

    def check(self) -> None:
        """Raises `ServiceUnavailable` when the database does not answer."""
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close every pooled connection."""
        with self._aside_turn, self._turn:
            for connection in (self._aside, self._notes):
                if connection is not None:
                    connection.close()
                    connection.engine.dispose()
            self._aside = self._notes = None
        self.engine.dispose()


@contextmanager
def _translated(failures: Counter[str]) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        kind = "away" if _is_away(error) else "statement"
        failures[kind] += 1
        if kind == "statement":
            raise
        raise ServiceUnavailable(AWAY) from error


@contextmanager
def _in_turn(turn: Lock) -> Iterator[None]:
    if not turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
        raise ServiceUnavailable(AWAY)
    try:
        yield
    finally:
        turn.release()


def _is_away(error: OperationalError) -> bool:
    """Whether the database, not the statement, is at fault; SQLite reports a wrong statement as operational too."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _SQLITE_AWAY


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(url, pool_size=10, max_overflow=30, pool_pre_ping=True, hide_parameters=True)


def _sqlite_engine(url: URL) -> Engine:
    # The driver would open transactions on its own, and only before the first write; SQLAlchemy opens them instead.
    patience = {"timeout": BUSY_TIMEOUT_MS / 1000}
    engine = create_engine(url, pool_size=10, max_overflow=30, connect_args=patience, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _outside_transactions(url: URL, synchronous: str = "FULL") -> Connection:
    """A connection to an SQLite file of which each statement is a transaction, without the cost of beginning one."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    connection = engine.connect()
    connection.exec_driver_sql(f"PRAGMA synchronous={synchronous}")
    return connection


def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
