"""Polls: who asks, and how is the job. Any number of them take one look at the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from firstframe.errors import FirstframeError, NotFound, Unauthorised
from firstframe.service import forecast, jobs, keys
from firstframe.service.forecast import Forecast, Forecaster
from firstframe.service.jobs import JobView
from firstframe.service.keys import Caller


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
    """The answer to each question."""
    callers = {secret: _caller(connection, secret) for secret in {question.secret for question in questions}}
    found = jobs.views(connection, {question.job_id for question in questions})
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


def _caller(connection: Connection, secret: str | None) -> Caller | Unauthorised:
    try:
        return keys.authenticate(connection, secret)
    except Unauthorised as error:
        return error
