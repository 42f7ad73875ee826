"""Polls: who asks, and how is the job. Any number of them take one look at the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select

from firstframe.errors import FirstframeError, NotFound, Unauthorised
from firstframe.service import forecast, jobs, keys
from firstframe.service.forecast import Forecast, Forecaster
from firstframe.service.jobs import JobView
from firstframe.service.keys import Caller
from firstframe.service.tables import accounts, api_keys, assets
from firstframe.service.tables import jobs as job_table


@dataclass(frozen=True)
class Question:
    """How is the job, asks whoever holds the secret."""

    secret: str | None
    job_id: str


@dataclass(frozen=True)
class Seen:
    """A job that its owner asked for, and what can be said of it."""

    job: JobView
    forecast: Forecast


Answer = Seen | FirstframeError
"""`Unauthorised`, `Forbidden` and `NotFound` are answers like others: one caller's must not be another's."""


def answer(connection: Connection, forecaster: Forecaster, questions: Collection[Question]) -> dict[Question, Answer]:
    """The answer to each question; a single one takes a single statement."""
    callers, found = (_one if len(questions) == 1 else _many)(connection, questions)
    forecasts = {job.id: forecast.at_once(job) or forecaster.of(connection, job) for job in found.values()}

    def one(caller: Caller | Unauthorised, job_id: str) -> Answer:
        if isinstance(caller, Unauthorised):
            return caller
        try:
            caller.require("read")
        except FirstframeError as error:
            return error
        job = found.get(job_id)
        if job is None or job.account_id != caller.account_id:
            return NotFound(jobs.UNKNOWN)
        return Seen(job, forecasts[job_id])

    return {question: one(callers[question.secret], question.job_id) for question in questions}


Found = tuple[dict[str | None, Caller | Unauthorised], dict[str, JobView]]
"""Callers by secret, jobs by id."""


def _many(connection: Connection, questions: Collection[Question]) -> Found:
    def caller(secret: str | None) -> Caller | Unauthorised:
        try:
            return keys.authenticate(connection, secret)
        except Unauthorised as error:
            return error

    secrets = {question.secret for question in questions}
    found = jobs.views(connection, {question.job_id for question in questions})
    return {secret: caller(secret) for secret in secrets}, found


def _one(connection: Connection, questions: Collection[Question]) -> Found:
    (question,) = questions
    wanted = {"key": keys.id_in(question.secret), "job": question.job_id}
    row = connection.execute(_key_and_job(), wanted).mappings().one_or_none()
    try:
        caller = keys.prove(question.secret, {name: row[f"proof_{name}"] for name in _KEY} if row else None)
    except Unauthorised as error:
        return {question.secret: error}, {}
    found = {question.job_id: jobs.as_view(row)} if row and row["id"] is not None else {}
    return {question.secret: caller}, found


_KEY = ("id", "account_id", "secret_sha256", "scopes", "expires_at", "revoked_at")


@lru_cache
def _key_and_job() -> Select[Any]:
    """The key of an id and, beside it, the job of an id if it belongs to the same account."""
    key = api_keys.c
    own = and_(job_table.c.id == bindparam("job"), job_table.c.account_id == key.account_id)
    return (
        select(*(key[name].label(f"proof_{name}") for name in _KEY), *jobs.VIEW)
        .select_from(api_keys)
        .outerjoin(job_table, own)
        .outerjoin(accounts, accounts.c.id == job_table.c.account_id)
        .outerjoin(assets, assets.c.id == job_table.c.output_asset_id)
        .where(key.id == bindparam("key"))
    )
