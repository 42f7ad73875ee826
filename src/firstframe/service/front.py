"""The one door to the service: what every dialect and the command line call.

>>> service = Service.open(settings()); service.start()
>>> job = service.submit(service.authenticate(key), "hailuo-2.3-fast", request, dialect="segmind-v1")
>>> service.wait(caller, job.id, seconds=300).state
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Condition, Lock
from time import monotonic

from firstframe.clip import ClipRequest
from firstframe.engines.base import Engine
from firstframe.errors import FirstframeError, NotFound, ServiceUnavailable
from firstframe.media.container import image_format
from firstframe.service import (
    accounts,
    archive,
    assets,
    census,
    first_start,
    forecast,
    history,
    jobs,
    keys,
    limits,
    polls,
    prices,
    retention,
    signing,
    webhooks,
    workers,
)
from firstframe.service.accounts import Account
from firstframe.service.administration import Administration
from firstframe.service.archive import Manifest
from firstframe.service.assets import StoredFile
from firstframe.service.census import Census
from firstframe.service.clock import now
from firstframe.service.courier import Courier, news, sender
from firstframe.service.database import Database, address
from firstframe.service.forecast import Forecast, Forecaster
from firstframe.service.history import JobEvent, Page, Search
from firstframe.service.housekeeping import Housekeeper
from firstframe.service.inspection import Finding, Inspection
from firstframe.service.intake import Intake, Order
from firstframe.service.jobs import Glance, JobView
from firstframe.service.keys import Caller
from firstframe.service.limits import Allowance
from firstframe.service.polls import Answer, Question
from firstframe.service.retention import Retention
from firstframe.service.storage import Storage
from firstframe.service.studio import Studio
from firstframe.service.webhooks import Delivery
from firstframe.service.workers import WorkerView
from firstframe.service.workflow import JobEngine
from firstframe.service.workplace import Workplace
from firstframe.settings import Settings

__all__ = ["Caller", "JobView", "Service", "StoredFile"]

logger = logging.getLogger(__name__)

WAIT_POLL_SECONDS = 0.25
CENSUS_SECONDS = 5.0
ADDRESS_STEPS = 100
"""A job's address stays the same for a hundredth of its life, so that caches and clients may compare it."""


class Service:
    """Accounts, jobs and clips of one deployment, seen from one process."""

    def __init__(self, settings: Settings, database: Database, storage: Storage, studio: Studio) -> None:
        self.settings = settings
        self.database = database
        self.storage = storage
        self.administration = Administration(database, self._ring)
        self._studio = studio
        self._signer = signing.Signer(_signing_secret(settings))
        self._queue = JobEngine(database.url)
        self._intake = Intake(settings, database, storage, studio, self._queue.enqueue)
        self._workplace = Workplace(settings, database, storage, studio, self._queue, self._ring)
        self._forecaster = Forecaster(settings.worker_concurrency)
        self._changed = Condition()
        self._counting = Lock()
        self._census: Census | None = None
        self._counted_at = 0.0
        self._courier = Courier(database, lambda job: news(job, self.file_token), sender(settings.fetch_allow))
        self._housekeeper = Housekeeper(database, self._queue, self._ring)
        self._housekeeper.add(self._workplace.beat, workers.BEAT_SECONDS)
        self._housekeeper.add(self._back_up, archive.NIGHTLY_PERIOD_SECONDS)
        keeper = Retention(settings, database, storage, self._queue)
        self._housekeeper.add(keeper.forget_files, retention.FILES_PERIOD_SECONDS)
        self._housekeeper.add(keeper.forget_rows, retention.ROWS_PERIOD_SECONDS)
        self._housekeeper.add(keeper.sweep_orphans, retention.ORPHANS_PERIOD_SECONDS)

    @classmethod
    def open(
        cls, settings: Settings, engines: Mapping[str, Engine] | None = None, studio: Studio | None = None
    ) -> Service:
        """Open database and storage, making and migrating what is missing.

        `engines` stand in for the registered ones, `studio` for everything that makes clips.
        """
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database(address(settings.database_url, settings.data_dir))
        archive.before_migration(database, settings.data_dir / "backups")
        database.migrate(settings.data_dir / "backups")
        storage = Storage.open(settings.storage_url, settings.data_dir)
        return cls(settings, database, storage, studio or Studio.of_the_house(engines))

    def start(self, *, worker: bool = True, engines: Sequence[str] | None = None) -> None:
        """Begin the chores, and with `worker` also make clips in this process, with `engines` or with all it has.

        Raises `InvalidParameter` for an engine that is not here.
        """
        self._housekeeper.start()
        self._courier.start()
        if worker:
            self._workplace.open(engines)

    def stop(self, drain_seconds: float = 10.0) -> None:
        """End the worker and the chores; renders that are not done by then are taken up again, here or elsewhere."""
        self._workplace.close(drain_seconds)
        self._housekeeper.stop()
        self._courier.stop()
        self._queue.close()
        self.database.close()

    def ready(self) -> dict[str, str]:
        """Name of each part → "ok", or a sentence that says what is wrong."""
        return {
            "database": _verdict(self.database.check),
            "storage": _verdict(self.storage.check),
            "worker": _verdict(self._require_worker),
        }

    def backup(self, path: Path, *, files: bool = True) -> Manifest:
        """Write everything, or with `files` false the database alone, to one file; the service may be running."""
        return archive.backup(self.database, self.storage if files else None, path)

    @classmethod
    def restore(cls, settings: Settings, path: Path) -> Manifest:
        """Fill the empty database and the storage of `settings` from such a file.

        Raises `ServiceUnavailable` unless the database is empty, `NotFound`, `MalformedRequest`.
        """
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database(address(settings.database_url, settings.data_dir))
        queue = JobEngine(database.url)
        try:
            return archive.restore(path, database, Storage.open(settings.storage_url, settings.data_dir), queue)
        finally:
            queue.close()
            database.close()

    def doctor(self) -> list[Finding]:
        """Whether ledger, jobs, files, workers and settings agree; reads only."""
        return Inspection(self.settings, self.database, self.storage, self._queue).run()

    def census(self) -> Census:
        """The numbers of the whole deployment, at most `CENSUS_SECONDS` old. Raises `ServiceUnavailable`."""
        with self._counting:
            if self._census is None or monotonic() - self._counted_at > CENSUS_SECONDS:
                with self.database.read() as connection:
                    self._census = census.take(connection)
                self._counted_at = monotonic()
            return self._census

    def workers(self) -> list[WorkerView]:
        """All workers of this deployment, by name."""
        with self.database.read() as connection:
            return workers.every(connection)

    def first_start(self) -> str | None:
        """In an empty database, make the demo account and return its key's secret, this once; otherwise None."""
        with self.database.write() as connection:
            return first_start.make_demo(connection, prices.to_micro(self.settings.demo_credits))

    def is_demo_only(self) -> bool:
        """Whether no key works but the demo key: then the server should be reached from this machine only."""
        with self.database.read() as connection:
            return first_start.is_demo_only(connection)

    def authenticate(self, secret: str | None) -> Caller:
        """Who holds this key. Raises `Unauthorised`."""
        with self.database.glance() as connection:
            return keys.authenticate(connection, secret)

    def balance_micro(self, caller: Caller) -> int:
        """Balance of the caller's account in micro-credits."""
        with self.database.read() as connection:
            return accounts.get(connection, caller.account_id).balance_micro

    def slugs(self) -> list[str]:
        """Every model that can be asked for."""
        return self._intake.slugs

    def prices(self, slug: str) -> dict[str, str]:
        """What the clips of a model cost, in credits, by "RESOLUTION/SECONDS". Raises `NotFound`."""
        return self._intake.prices_of(slug)

    def submit(
        self,
        caller: Caller,
        slug: str,
        request: ClipRequest,
        *,
        dialect: str,
        idempotency_key: str | None = None,
        webhook_url: str | None = None,
        base_url: str | None = None,
    ) -> JobView:
        """Accept a job: judge the picture, then hold the price, write the job down and queue it in one transaction.

        With a known `idempotency_key`, or after `let_go`, it is the earlier job, marked `replayed`. `base_url` is
        where this server was reached, for the addresses that the webhook tells.
        Raises `NotFound` for an unknown slug, `Forbidden`, `InvalidParameter`, `IdempotencyMismatch`,
        `InsufficientCredits`, `QueueFull`, `Overloaded`, `ImageRejected`.
        """
        order = Order(slug, request, dialect, idempotency_key, webhook_url, base_url)
        return self._intake.accept(caller, order)

    def retry(self, job_id: str) -> JobView:
        """Order anew what a job of any account ended without; see `Intake.again`."""
        return self._intake.again(job_id)

    def admit(self, caller: Caller) -> Allowance | None:
        """Count one order against the account's rate; None when it has no limit. Raises `TooManyRequests`."""
        with self.database.jot() as connection:
            return limits.admit(connection, caller.account_id, self.settings, now().timestamp())

    def let_go(self, caller: Caller, job_id: str) -> None:
        """Note that the caller has gone without its answer: the same request, sent again, takes the job up."""
        with self.database.write() as connection:
            jobs.let_go(connection, job_id, caller.account_id)

    def job(self, caller: Caller, job_id: str) -> JobView:
        """The caller's job. Raises `NotFound`, also for another account's."""
        caller.require("read")
        with self.database.read() as connection:
            return jobs.view(connection, job_id, caller.account_id)

    def glance(self, job_ids: Collection[str]) -> dict[str, Glance]:
        """Jobs of any account at a glance, for those who may see them and wait for a change."""
        with self.database.read() as connection:
            return jobs.glance(connection, job_ids)

    @property
    def looks_are_short(self) -> bool:
        """Whether `look` only reads a file of this host, which takes less time than handing it to a thread."""
        return self.database.is_sqlite

    def look(self, questions: Collection[Question]) -> dict[Question, Answer]:
        """The answers to many polls. Raises `ServiceUnavailable`."""
        with self.database.glance() as connection:
            return polls.answer(connection, self._forecaster, questions)

    def forecast(self, job: JobView) -> Forecast:
        """The job's place in the queue and the time that it will still take, as far as can be told."""
        if known := forecast.at_once(job):
            return known
        with self.database.read() as connection:
            return self._forecaster.of(connection, job)

    def wait(self, caller: Caller, job_id: str, seconds: float) -> JobView:
        """The job once it is over, or as it is after `seconds`. Raises `NotFound`."""
        until = monotonic() + seconds
        while True:
            job = self.job(caller, job_id)
            left = until - monotonic()
            if job.is_over or left <= 0:
                return job
            with self._changed:
                self._changed.wait(min(left, WAIT_POLL_SECONDS))

    def cancel(self, caller: Caller, job_id: str) -> JobView:
        """End the caller's job and give its price back. Raises `NotFound`, `AlreadyFinished`."""
        caller.require("generate")
        with self.database.write() as connection:
            cancelled = jobs.cancel(connection, job_id, caller.account_id)
        self._ring()
        return cancelled

    def webhook_secrets(self, caller: Caller, *, rotate: bool = False) -> list[str]:
        """The secrets that sign the account's webhooks, newest first; with `rotate` a new one goes before the last."""
        caller.require("generate")
        with self.database.write() as connection:
            return (webhooks.rotate if rotate else webhooks.secrets_of)(connection, caller.account_id)

    def deliveries(self, caller: Caller, job_id: str) -> list[Delivery]:
        """What the caller's job owed its webhook, and how that went. Raises `NotFound`."""
        self.job(caller, job_id)
        with self.database.read() as connection:
            return webhooks.of_job(connection, job_id)

    def events(self, caller: Caller, job_id: str, after: int = 0) -> tuple[JobView, list[JobEvent]]:
        """The caller's job, and its events with a number above `after`, of one moment. Raises `NotFound`."""
        caller.require("read")
        with self.database.read() as connection:
            return jobs.view(connection, job_id, caller.account_id), history.events(connection, job_id, after)

    def history(self, caller: Caller, search: Search) -> Page:
        """The caller's jobs that `search` asks for."""
        caller.require("read")
        with self.database.read() as connection:
            return history.page(connection, caller.account_id, search)

    def account(self, caller: Caller) -> Account:
        """The caller's account."""
        caller.require("read")
        with self.database.read() as connection:
            return accounts.get(connection, caller.account_id)

    def upload(self, caller: Caller, source: str | bytes) -> tuple[str, str]:
        """Keep a picture for later requests; returns its signed name and its file name. Raises `ImageRejected`."""
        caller.require("generate")
        with self.database.read() as connection:
            accounts.require_active(connection, caller.account_id)
        picture = self._studio.judge(source)
        asset = assets.upload(caller.account_id, image_format(picture), len(picture))
        self.storage.put(asset.storage_key, picture)
        with self.database.write() as connection:
            assets.add(connection, asset)
        return self._signer.token(asset.id, self._address_ends()), asset.file_name

    def read_file(self, token: str) -> bytes:
        """The content behind a signed name. Raises `NotFound` when the name was altered or has expired."""
        return self.storage.read(self.open_file(token).storage_key)

    def file_token(self, job: JobView) -> str:
        """A signed, expiring, URL-safe name for the job's clip. Raises `NotFound` when there is none."""
        if job.output is None:
            raise NotFound("This job has no clip.")
        return self._signer.token(job.output.asset_id, self._address_ends())

    def open_file(self, token: str) -> StoredFile:
        """The file behind a signed name. Raises `NotFound` when the name was altered or has expired."""
        asset_id = self._signer.asset_id(token, now())
        with self.database.read() as connection:
            found = assets.published(connection, asset_id)
        path = self.storage.path(found.storage_key)
        return StoredFile(path, found.file_size, found.content_type, found.file_name, found.storage_key)

    def _address_ends(self) -> datetime:
        step = max(1, self.settings.url_seconds // ADDRESS_STEPS)
        end = now().timestamp() + self.settings.url_seconds
        return datetime.fromtimestamp(-(-end // step) * step, tz=now().tzinfo)

    def _back_up(self) -> None:
        archive.nightly(self.database, self.settings.data_dir / "backups", self.settings.backup_keep)

    def _require_worker(self) -> None:
        if not any(worker.is_alive for worker in self.workers()):
            raise ServiceUnavailable("No worker is alive; start one, or clips will only queue.")

    def _ring(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _verdict(check: Callable[[], None]) -> str:
    try:
        check()
    except FirstframeError as error:
        return error.message
    return "ok"


def _signing_secret(settings: Settings) -> bytes:
    given = settings.signing_secret.get_secret_value()
    return given.encode() if given else signing.load_or_create(settings.data_dir / "signing.key")
