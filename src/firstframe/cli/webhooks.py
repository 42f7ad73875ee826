"""`webhooks`: what is told to whom, and telling it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from firstframe.cli.operation import ROWS_MOST, AsJson, opened, show
from firstframe.errors import InvalidParameter

if TYPE_CHECKING:
    from firstframe.service.webhooks import Delivery

webhooks = typer.Typer(help="Webhooks: what jobs owe to the addresses that were given with them.")


@webhooks.command("list")
def list_webhooks(
    account: Annotated[str | None, typer.Argument(metavar="ACCOUNT", help="Of one account only.")] = None,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="pending, delivered, failed or disabled.")] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=ROWS_MOST, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List webhooks, newest first."""
    from firstframe.service.webhooks import State

    if state is not None and state not in get_args(State):
        raise InvalidParameter("state", state, " or ".join(get_args(State)))
    with opened() as service:
        if account is not None:
            service.administration.account(account)  # whoever misspells it is told
        found, total = service.administration.deliveries(state, account, limit)
    show([_row(delivery) for delivery in found], as_json)
    if not as_json and total > limit:
        typer.echo(f"{limit} of {total}; --limit shows more.", err=True)


@webhooks.command("resend")
def resend_webhook(
    webhook: Annotated[str, typer.Argument(metavar="WEBHOOK", help="Id of a webhook.")],
) -> None:
    """Tell a webhook that was delivered or given up once more, from the start of its schedule; a server sends it."""
    with opened() as service:
        typer.echo(service.administration.resend(webhook).state)


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "account": delivery.account_id,
        "job": delivery.job_id,
        "event": delivery.event,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "answer": delivery.last_answer,
        "next_at": delivery.next_at,
        "url": delivery.url,
    }
