"""The doctor: looks at everything that must agree, and says in sentences what does not."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from firstframe.errors import FirstframeError
from firstframe.service import jobs, ledger, migrations, workers
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.storage import Storage
from firstframe.service.tables import assets, webhook_deliveries
from firstframe.service.tables import jobs as jobs_table
from firstframe.service.workflow import JobEngine
from firstframe.settings import Settings

LATE = timedelta(minutes=1)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    faults: tuple[str, ...]
    """A sentence for each fault; empty when all is well."""


class Inspection:
    """Reads, and changes nothing but a probe file."""

    def __init__(self, settings: Settings, database: Database, storage: Storage, queue: JobEngine) -> None:
        self._settings = settings
        self._database = database
        self._storage = storage
        self._queue = queue

    def run(self) -> list[Finding]:
        """Look at everything; a part that cannot be looked at is a fault of its own."""
        looks: dict[str, Callable[[], Iterable[str]]] = {
            "database": self._database_faults,
            "ledger": self._ledger_faults,
            "jobs": self._job_faults,
            "files": self._file_faults,
            "storage": self._storage_faults,
            "workers": self._worker_faults,
            "webhooks": self._webhook_faults,
            "signing key": self._signing_faults,
        }
        return [Finding(name, tuple(_seen(look))) for name, look in looks.items()]

    def _database_faults(self) -> Iterable[str]:
        with self._database.read() as connection:
            revision = migrations.current(connection)
        if revision != migrations.newest():
            yield f"The tables are at revision {revision}; this program works with {migrations.newest()}."

    def _ledger_faults(self) -> Iterable[str]:
        with self._database.read() as connection:
            return ledger.faults(connection)

    def _job_faults(self) -> Iterable[str]:
        with self._database.read() as connection:
            active = jobs.active(connection)
            late = select(jobs_table.c.id).where(jobs_table.c.state.in_(jobs.ACTIVE))
            overdue = connection.execute(late.where(jobs_table.c.deadline_at < now() - LATE)).scalars().all()
        yield from (f"Job {job_id} waits, and nothing will take it up." for job_id in self._queue.abandoned(active))
        yield from (f"Job {job_id} is past its deadline and still active." for job_id in overdue)

    def _file_faults(self) -> Iterable[str]:
        with self._database.read() as connection:
            query = select(assets.c.id, assets.c.storage_key, assets.c.file_size, assets.c.kind)
            kept = connection.execute(query.where(assets.c.deleted_at.is_(None))).all()
        for asset in kept:
            size = self._storage.size(asset.storage_key)
            if size is None:
                yield f"The file of the {asset.kind} {asset.id} is missing: {asset.storage_key}."
            elif size != asset.file_size:
                yield f"The file of the {asset.kind} {asset.id} has {size} bytes instead of {asset.file_size}."

    def _storage_faults(self) -> Iterable[str]:
        self._storage.check()
        self._storage.require_space(self._settings.disk_floor_bytes)
        return ()

    def _worker_faults(self) -> Iterable[str]:
        with self._database.read() as connection:
            alive = {engine for worker in workers.every(connection) if worker.is_alive for engine in worker.engines}
            query = select(jobs_table.c.engine, func.count()).where(jobs_table.c.state == "queued")
            waiting = connection.execute(query.group_by(jobs_table.c.engine)).all()
        for engine, count in waiting:
            if engine not in alive:
                yield f"{count} jobs wait for the engine {engine}, which no live worker has."

    def _webhook_faults(self) -> Iterable[str]:
        failed = select(func.count()).select_from(webhook_deliveries).where(webhook_deliveries.c.state == "failed")
        with self._database.read() as connection:
            count = connection.execute(failed).scalar_one()
        if count:
            yield f"{count} webhooks were given up after all their attempts."

    def _signing_faults(self) -> Iterable[str]:
        path = self._settings.data_dir / "signing.key"
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by others; set its mode to 600."


def _seen(look: Callable[[], Iterable[str]]) -> list[str]:
    try:
        return list(look())
    except FirstframeError as error:
        return [error.message]
