"""Taking an order: everything between a valid request and a queued job."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from firstframe.clip import SEED_MAX, ClipRequest
from firstframe.errors import AlreadyFinished, NotFound
from firstframe.service import assets, idempotency, jobs, limits, standing, webhooks
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.jobs import JobView, NewJob
from firstframe.service.keys import Caller
from firstframe.service.prices import PriceTable
from firstframe.service.storage import Storage
from firstframe.service.studio import Studio
from firstframe.settings import Settings

HOSTED_SLUG = "hailuo-2.3-fast"
LET_GO_KEPT = timedelta(minutes=30)

Enqueue = Callable[[Connection, str, str, str], None]
"""(connection, job id, engine, lane): queue the job in the transaction of the connection."""


@dataclass(frozen=True)
class Order:
    """A request with all that its caller said about it."""

    slug: str
    request: ClipRequest
    dialect: str
    idempotency_key: str | None = None
    webhook_url: str | None = None
    base_url: str | None = None
    """Where this server was reached, for the addresses that a webhook tells."""

    @cached_property
    def fingerprint(self) -> str:
        """What makes two orders the same."""
        return idempotency.fingerprint(self.slug, self.request, {"webhook_url": self.webhook_url})


class Intake:
    """Accepts orders, or says why not."""

    def __init__(
        self, settings: Settings, database: Database, storage: Storage, studio: Studio, enqueue: Enqueue
    ) -> None:
        self._settings = settings
        self._database = database
        self._storage = storage
        self._studio = studio
        self._enqueue = enqueue
        self._prices = PriceTable.parse(settings.prices)

    @property
    def slugs(self) -> list[str]:
        """Every model that can be asked for."""
        return [HOSTED_SLUG, *self._studio.engines]

    def prices_of(self, slug: str) -> dict[str, str]:
        """What the clips of a model cost, in credits, by "RESOLUTION/SECONDS". Raises `NotFound`."""
        return self._prices.of(self.engine_of(slug))

    def accept(self, caller: Caller, order: Order) -> JobView:
        """The job of the order: a new one, or the one that it repeats.

        Refusals that cost nothing come first; the picture is fetched and decoded only for who may and can pay. The
        last word is the transaction's, which holds the price, writes the job down, binds the key and queues.
        Raises `Forbidden`, `NotFound`, `InvalidParameter`, `IdempotencyMismatch`, `InsufficientCredits`, `QueueFull`,
        `Overloaded`, `ImageRejected`.
        """
        engine = self._judge(caller, order)
        price_micro = self._prices.price_micro(order.request.resolution, order.request.duration, engine)
        earlier = self._repeated(caller, order)
        if earlier:
            return earlier
        with self._database.read() as connection:
            before = standing.of(connection, caller.account_id, self._settings)
        before.require_active()
        before.require_credits(price_micro)
        before.require_room(more=1)
        self._storage.require_space(self._settings.disk_floor_bytes)
        picture = self._studio.judge(order.request.first_frame_image)
        return self._keep(caller, order, _new_job(caller, order, engine, price_micro, self._settings), picture)

    def _judge(self, caller: Caller, order: Order) -> str:
        caller.require("generate")
        if order.idempotency_key is not None:
            idempotency.check(order.idempotency_key)
        if order.webhook_url is not None:
            webhooks.check(order.webhook_url)
        return self.engine_of(order.slug)

    def engine_of(self, slug: str) -> str:
        """The engine behind a model. Raises `NotFound` for an unknown one."""
        if slug == HOSTED_SLUG:
            return self._settings.engine
        if slug not in self._studio.engines:
            raise NotFound(f"There is no model {slug!r}; there are: {', '.join(self.slugs)}.")
        return slug

    def _repeated(self, caller: Caller, order: Order) -> JobView | None:
        """The job that this order repeats: by its key, or one that its caller lost sight of and asks for again."""
        with self._database.read() as connection:
            if order.idempotency_key is not None:
                key, fingerprint = order.idempotency_key, order.fingerprint
                bound = idempotency.find(connection, caller.account_id, key, fingerprint)
                return replace(jobs.view(connection, bound), replayed=True) if bound else None
            since = now() - LET_GO_KEPT
            lost = jobs.find_let_go(connection, caller.account_id, order.fingerprint, since)
        return self._take_up(lost) if lost else None

    def _take_up(self, job_id: str) -> JobView | None:
        with self._database.write() as connection:
            if not jobs.take_up(connection, job_id):
                return None
            return replace(jobs.view(connection, job_id), replayed=True)

    def again(self, job_id: str) -> JobView:
        """A new job that asks for the same as one that ended without a clip, with its own hold, at the price of today.

        Once for each job; the new one can be tried again in its turn. Raises `NotFound`, also when the picture is
        gone, `InvalidParameter` for any other job, `AlreadyFinished` when it was tried again before,
        `AccountSuspended`, `InsufficientCredits`, `QueueFull`, `Overloaded`.
        """
        with self._database.read() as connection:
            old = jobs.view(connection, job_id)
            price_micro = self._prices.price_micro(old.request["resolution"], old.request["duration"], old.engine)
            job = jobs.again(connection, job_id, price_micro, _deadline(self._settings))
            picture = assets.first_frame_key(connection, job_id)
        self._storage.require_space(self._settings.disk_floor_bytes)
        try:
            return self._take(job, self._storage.read(picture))
        except IntegrityError:
            raise AlreadyFinished("This job was tried again before.") from None

    def _keep(self, caller: Caller, order: Order, job: NewJob, picture: bytes) -> JobView:
        try:
            return self._take(job, picture, order.idempotency_key)
        except IntegrityError:
            winner = self._repeated(caller, order)
            if winner is None:
                raise
            return winner

    def _take(self, job: NewJob, picture: bytes, idempotency_key: str | None = None) -> JobView:
        """Keep the picture and write the job down; a job that is refused leaves no picture."""
        frame = assets.first_frame(job.account_id, job.id, len(picture))
        self._storage.put(frame.storage_key, picture)
        try:
            with self._database.write() as connection:
                self._write(connection, job, frame, idempotency_key)
                return jobs.view(connection, job.id)
        except BaseException:
            self._storage.delete(frame.storage_key)
            raise

    def _write(self, connection: Connection, job: NewJob, frame: assets.Asset, idempotency_key: str | None) -> None:
        jobs.add(connection, job)
        if idempotency_key is not None:
            assert job.fingerprint is not None
            idempotency.remember(connection, job.account_id, idempotency_key, job.fingerprint, job.id)
        after = standing.of(connection, job.account_id, self._settings)
        after.require_active()
        after.require_room(more=0)
        lane = limits.lane(connection, job.account_id, after.limits.running, besides=job.id)
        jobs.put_in_lane(connection, job.id, lane)
        assets.add(connection, frame)
        self._enqueue(connection, job.id, job.engine, f"{job.account_id}/{lane}")


def _new_job(caller: Caller, order: Order, engine: str, price_micro: int, settings: Settings) -> NewJob:
    request = order.request
    seed = secrets.randbelow(SEED_MAX + 1) if request.seed is None else request.seed
    return NewJob(
        id=str(uuid4()),
        account_id=caller.account_id,
        key_id=caller.key_id,
        slug=order.slug,
        engine=engine,
        dialect=order.dialect,
        prompt=request.prompt,
        request=request.model_dump(mode="json", exclude={"first_frame_image", "prompt"}) | {"seed": seed},
        seed=seed,
        price_micro=price_micro,
        deadline_at=_deadline(settings),
        fingerprint=order.fingerprint,
        webhook_url=order.webhook_url,
        base_url=order.base_url,
    )


def _deadline(settings: Settings) -> datetime:
    return now() + timedelta(seconds=settings.deadline_seconds)
