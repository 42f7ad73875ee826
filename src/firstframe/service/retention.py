"""Forgetting: files and words that are older than the operator keeps them, and files that nothing points at.

Rows of jobs and of the ledger stay for ever, since money is accounted by them; what goes is their content.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, Connection, and_, delete, null, or_, select, update

from firstframe.service import idempotency
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.jobs import TERMINAL
from firstframe.service.storage import Storage
from firstframe.service.tables import accounts, assets, job_events, jobs, webhook_deliveries, workers
from firstframe.service.workflow import JobEngine
from firstframe.settings import Settings

logger = logging.getLogger(__name__)

FILES_PERIOD_SECONDS = 600.0
ROWS_PERIOD_SECONDS = 3600.0
ORPHANS_PERIOD_SECONDS = 24 * 3600.0
UNPUBLISHED_KEPT = timedelta(minutes=10)
ORPHANS_KEPT = timedelta(days=1)
"""Long enough for any upload under way to be written down."""
WORKERS_KEPT = timedelta(days=7)
WORKFLOWS_KEPT = timedelta(days=1)
BATCH = 200
MARK = "database"
OUR_FOLDERS = ("clips/", "first-frames/", "uploads/")


class Retention:
    """The chores that forget; each may run in several processes at once, and be cut off at any line."""

    def __init__(self, settings: Settings, database: Database, storage: Storage, queue: JobEngine) -> None:
        self._settings = settings
        self._database = database
        self._storage = storage
        self._queue = queue

    def forget_files(self) -> int:
        """Delete files past their days, and clips of attempts that were never published; returns how many."""
        with self._database.read() as connection:
            query = select(assets.c.id, assets.c.storage_key).outerjoin(jobs, jobs.c.id == assets.c.job_id)
            due = connection.execute(query.where(assets.c.deleted_at.is_(None), self._is_due()).limit(BATCH)).all()
        for asset_id, key in due:
            self._storage.delete(key)
            with self._database.write() as connection:
                connection.execute(update(assets).where(assets.c.id == asset_id).values(deleted_at=now()))
        return len(due)

    def sweep_orphans(self) -> int:
        """Delete files that no row knows, left by processes that died between file and row; returns how many.

        A storage that another database marked first is left alone: its files are not ours to judge.
        """
        mark = self._mark()
        if mark is None:
            return 0  # a database without accounts has made no files
        if not self._is_ours(mark):
            logger.warning("The storage belongs to another database; give each its own folder or bucket.")
            return 0
        old = now() - ORPHANS_KEPT
        stored = (key for key, at in self._storage.every() if at < old and key.startswith(OUR_FOLDERS))
        count = 0
        while batch := list(islice(stored, BATCH)):
            with self._database.read() as connection:
                query = select(assets.c.storage_key).where(assets.c.storage_key.in_(batch))
                known = set(connection.execute(query).scalars())
            orphans = [key for key in batch if key not in known]
            for key in orphans:
                self._storage.delete(key)
            count += len(orphans)
        if count:
            logger.warning("%d files that nothing pointed at were removed.", count)
        return count

    def forget_rows(self) -> None:
        """Delete what is past its days of words, events, deliveries, keys of idempotency, workers and workflows."""
        with self._database.write() as connection:
            idempotency.forget_old(connection)
            connection.execute(delete(workers).where(workers.c.stopped_at < now() - WORKERS_KEPT))
            if self._settings.keep_words_days:
                self._forget_words(connection, now() - timedelta(days=self._settings.keep_words_days))
        self._queue.forget(now() - WORKFLOWS_KEPT)

    def _mark(self) -> bytes | None:
        """What this database marks its storage with: its first account, when there is one."""
        with self._database.read() as connection:
            first = select(accounts.c.id).order_by(accounts.c.created_at, accounts.c.id).limit(1)
            account_id = connection.execute(first).scalar_one_or_none()
        return None if account_id is None else account_id.encode()

    def _is_ours(self, mark: bytes) -> bool:
        """Whether the storage carries `mark`; an unmarked one gets it."""
        if not self._storage.exists(MARK):
            self._storage.put(MARK, mark)
        return bool(self._storage.read(MARK) == mark)

    def _is_due(self) -> ColumnElement[bool]:
        over = jobs.c.state.in_(TERMINAL)
        never_published = and_(
            assets.c.kind == "clip",
            over,
            jobs.c.finished_at < now() - UNPUBLISHED_KEPT,
            or_(jobs.c.output_asset_id.is_(None), jobs.c.output_asset_id != assets.c.id),
        )
        if not self._settings.keep_files_days:
            return never_published
        before = now() - timedelta(days=self._settings.keep_files_days)
        return or_(
            never_published,
            and_(over, jobs.c.finished_at < before),
            and_(assets.c.kind == "upload", assets.c.created_at < before),
        )

    def _forget_words(self, connection: Connection, before: datetime) -> None:
        old = (jobs.c.state.in_(TERMINAL), jobs.c.finished_at < before)
        ids: Sequence[str] = list(connection.execute(select(jobs.c.id).where(*old, jobs.c.prompt != "")).scalars())
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            connection.execute(delete(job_events).where(job_events.c.job_id.in_(batch)))
            connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.job_id.in_(batch)))
            connection.execute(update(assets).where(assets.c.job_id.in_(batch)).values(details=null()))
            forgotten = {"prompt": "", "revised_prompt": None, "webhook_url": None, "base_url": None, "error": None}
            connection.execute(update(jobs).where(jobs.c.id.in_(batch)).values(forgotten))
