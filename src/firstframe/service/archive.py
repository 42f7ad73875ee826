"""Backup and restore: one tar file that any database and any storage of ours can be filled from.

`manifest.json`, then `tables/NAME.jsonl` of one moment of the database, then `files/KEY`. The database comes first, so
every file that its rows name was there when they were read. A restore goes from SQLite to PostgreSQL, from a folder to
a bucket, and from an older version of the tables to today's.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, DateTime, MetaData, Row, Table, func, insert, inspect, select, text, update

from firstframe.errors import MalformedRequest, NotFound, ServiceUnavailable
from firstframe.service import jobs, migrations, turns
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.storage import Storage
from firstframe.service.tables import assets, metadata
from firstframe.service.tables import jobs as jobs_table
from firstframe.service.workflow import JobEngine

FORMAT = 1
OF_THE_MOMENT = frozenset({"workers", "rate_windows", "chores"})
"""Tables that mean nothing elsewhere or later."""
BATCH = 500
NIGHTLY = timedelta(hours=24)
NIGHTLY_NAME = "nightly backup"
NIGHTLY_PERIOD_SECONDS = 3600.0


@dataclass(frozen=True)
class Manifest:
    """What an archive holds."""

    format: int
    program: str
    revision: str
    made_at: str
    tables: dict[str, int]
    """Name → number of rows."""
    files: int
    missing: tuple[str, ...]
    """Keys that rows named and the storage did not have."""


def backup(database: Database, storage: Storage | None, path: Path) -> Manifest:
    """Write an archive to `path`, which appears only when complete; without `storage`, of the database alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(draft, "w") as archive:
            manifest = _fill(archive, database, storage)
        os.chmod(draft, 0o600)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def nightly(database: Database, folder: Path, keep: int) -> None:
    """Back the database up, without files, unless any host did within a day; keep the newest `keep` of this folder.

    A backup that fails is tried again when its turn is over, here or elsewhere.
    """
    if not keep:
        return
    if _is_our_turn(database):
        backup(database, None, folder / f"nightly-{now():%Y%m%dT%H%M%S}.tar")
        with database.write() as connection:
            turns.done(connection, NIGHTLY_NAME)
    made = sorted(folder.glob("nightly-*.tar"))
    for old in made[:-keep]:
        old.unlink()


def _is_our_turn(database: Database) -> bool:
    with database.write() as connection:
        return turns.take(connection, NIGHTLY_NAME, NIGHTLY)


def before_migration(database: Database, folder: Path) -> None:
    """Archive the tables of a server, as they are, if this program is about to change them.

    Of an SQLite file, `Database.migrate` keeps a copy itself.
    """
    if not database.is_sqlite and database.will_change():
        path = folder / f"before-{migrations.newest()}-{now():%Y%m%dT%H%M%S}.tar"
        backup(database, None, path)


def restore(path: Path, database: Database, storage: Storage, queue: JobEngine) -> Manifest:
    """Fill an empty database and its storage from an archive; jobs that were not over are queued again.

    Files come first and the database in one transaction, so a restore that is cut off can simply be repeated.
    Raises `ServiceUnavailable` unless the database is empty, `MalformedRequest` when the file is no archive of ours.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive)
        with database.read() as connection:
            _require_empty(connection)
        for member in archive:
            if member.name.startswith("files/"):
                storage.put(member.name.removeprefix("files/"), _content(archive, member).read())
        with database.write() as connection:
            _require_empty(connection)
            _fill_tables(connection, archive, manifest)
            _queue_again(connection, queue, datetime.fromisoformat(manifest.made_at))
    return manifest


def _fill(archive: tarfile.TarFile, database: Database, storage: Storage | None) -> Manifest:
    with database.snapshot() as connection:
        made_at = now().isoformat()
        revision = migrations.current(connection) or migrations.newest()
        dumps = {table.name: _dump(connection, table) for table in _tables(connection, revision) if _is_kept(table)}
        keys = connection.execute(select(assets.c.storage_key).where(assets.c.deleted_at.is_(None))).scalars().all()
    counts = {name: dump.count(b"\n") for name, dump in dumps.items()}
    missing = [key for key in keys if storage is not None and not storage.exists(key)]
    present = [key for key in keys if storage is not None and key not in set(missing)]
    program = version("firstframe")
    manifest = Manifest(FORMAT, program, revision, made_at, counts, len(present), tuple(missing))
    _put(archive, "manifest.json", json.dumps(asdict(manifest), indent=1).encode())
    for name, dump in dumps.items():
        _put(archive, f"tables/{name}.jsonl", dump)
    for key in present:
        assert storage is not None
        _put(archive, f"files/{key}", storage.read(key))
    return manifest


def _tables(connection: Connection, revision: str) -> Sequence[Table]:
    """Our tables, each after those it points at; of an older revision, as the database has them."""
    if revision == migrations.newest():
        return metadata.sorted_tables
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in metadata.tables)
    return found.sorted_tables


def _dump(connection: Connection, table: Table) -> bytes:
    rows = connection.execute(select(table).order_by(*table.primary_key.columns))
    return b"".join(json.dumps(_plain(row), ensure_ascii=False).encode() + b"\n" for row in rows)


def _plain(row: Row[Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row._mapping.items()}


def _put(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mtime = int(now().timestamp())
    archive.addfile(member, io.BytesIO(content))


def _is_kept(table: Table) -> bool:
    return table.name not in OF_THE_MOMENT


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path) as archive:
            yield archive
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except tarfile.TarError:
        raise MalformedRequest(f"{path} is no archive of this program.") from None


def _manifest(archive: tarfile.TarFile) -> Manifest:
    try:
        said = json.load(_content(archive, archive.getmember("manifest.json")))
        found = Manifest(**said | {"missing": tuple(said["missing"])})
    except (KeyError, TypeError, ValueError):
        raise MalformedRequest("The file is no archive of this program.") from None
    if found.format != FORMAT or found.revision not in migrations.known():
        raise MalformedRequest(f"The archive was made by firstframe {found.program}, which is newer; install that.")
    return found


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    if content is None:
        raise MalformedRequest("The archive holds something that is not a file.")
    return content


def _require_empty(connection: Connection) -> None:
    if not inspect(connection).has_table("accounts"):
        return
    if connection.execute(text("SELECT count(*) FROM accounts")).scalar_one():
        raise ServiceUnavailable("The database is not empty; restore into a new one.")


def _fill_tables(connection: Connection, archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Rows go into the tables of the archive's own revision; the migrations then bring them to today's."""
    migrations.upgrade(connection, manifest.revision)
    for name in manifest.tables:
        table = Table(name, MetaData(), autoload_with=connection)
        lines = _content(archive, archive.getmember(f"tables/{name}.jsonl"))
        rows = [_typed(table, json.loads(line)) for line in lines]
        for start in range(0, len(rows), BATCH):
            connection.execute(insert(table), rows[start : start + BATCH])
        _set_counter(connection, table)
    migrations.upgrade(connection)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    moments = {column.name for column in table.columns if isinstance(column.type, DateTime)}

    def typed(name: str, value: Any) -> Any:
        if isinstance(value, str):
            return datetime.fromisoformat(value) if name in moments and value else value.replace("\x00", "\ufffd")
        return value

    return {name: typed(name, value) for name, value in row.items()}


def _set_counter(connection: Connection, table: Table) -> None:
    """PostgreSQL's counters do not notice rows that bring their own numbers."""
    if connection.dialect.name == "sqlite" or "id" not in table.c or table.c.id.type.python_type is not int:
        return
    highest = connection.execute(select(func.max(table.c.id))).scalar()
    if highest is not None:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, highest)))


def _queue_again(connection: Connection, queue: JobEngine, made_at: datetime) -> None:
    """Jobs that were not over begin anew, with the time that they had left."""
    columns = jobs_table.c
    waiting: Sequence[Any] = connection.execute(
        select(columns.id, columns.engine, columns.account_id, columns.lane, columns.deadline_at).where(
            columns.state.in_(jobs.ACTIVE)
        )
    ).all()
    for job in waiting:
        again = {"state": "queued", "progress": 0, "worker": None, "deadline_at": job.deadline_at + (now() - made_at)}
        connection.execute(update(jobs_table).where(columns.id == job.id).values(again))
        queue.enqueue(connection, job.id, job.engine, f"{job.account_id}/{job.lane}")
