"""`jobs`: what everybody has ordered, and the operator's hand on it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from firstframe.cli.operation import ROWS_MOST, AsJson, opened, show
from firstframe.errors import InvalidParameter

if TYPE_CHECKING:
    from firstframe.service.jobs import JobView

jobs = typer.Typer(help="Jobs: what everybody has ordered.")

JobId = Annotated[str, typer.Argument(metavar="JOB", help="Id of a job, which is its request_id.")]


@jobs.command("list")
def list_jobs(
    account: Annotated[str | None, typer.Argument(metavar="ACCOUNT", help="Of one account only.")] = None,
    state: Annotated[
        str | None, typer.Option(metavar="STATE", help="queued, running, succeeded, failed, cancelled or expired.")
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=ROWS_MOST, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List jobs, newest first, without their prompts."""
    from firstframe.service.history import Search
    from firstframe.service.jobs import ACTIVE, TERMINAL

    if state not in (None, *ACTIVE, *TERMINAL):
        raise InvalidParameter("state", state, " or ".join((*ACTIVE, *TERMINAL)))
    search = Search(per_page=limit, states=(state,) if state else ())
    with opened() as service:
        if account is not None:
            service.administration.account(account)  # whoever misspells it is told
        found = service.administration.jobs(search, account)
    show([_row(job) for job in found.jobs], as_json)
    if not as_json and found.total > limit:
        typer.echo(f"{limit} of {found.total}; --limit shows more.", err=True)


@jobs.command("show")
def show_job(job: JobId) -> None:
    """Print one job as JSON, with its parameters, events and webhooks."""
    with opened() as service:
        found, events, deliveries = service.administration.job(job)
    details = _row(found) | {
        "request": found.request,
        "error": found.error,
        "deadline_at": found.deadline_at,
        "events": [asdict(event) for event in events],
        "webhooks": [asdict(delivery) for delivery in deliveries],
    }
    typer.echo(json.dumps(details, ensure_ascii=False, indent=2, default=str))


@jobs.command("cancel")
def cancel_job(job: JobId) -> None:
    """End a job that waits or is being made, and give its price back."""
    with opened() as service:
        typer.echo(service.administration.cancel_job(job).state)


@jobs.command("retry")
def retry_job(job: JobId) -> None:
    """Order again what a job was to make that failed, was cancelled or has expired; prints the new job's id.

    It costs today's price, if it succeeds, and names the old job. Each job can be tried again once.
    """
    with opened() as service:
        typer.echo(service.retry(job).id)


def _row(job: JobView) -> dict[str, Any]:
    from firstframe.service.prices import in_credits

    return {
        "id": job.id,
        "account": job.account_id,
        "model": job.slug,
        "engine": job.engine,
        "state": job.state,
        "code": job.error_code,
        "progress": f"{job.progress:.0%}",
        "attempts": job.attempts,
        "retry_of": job.retry_of,
        "price": in_credits(job.price_micro),
        "created_at": job.created_at,
        "finished_at": job.finished_at,
    }
