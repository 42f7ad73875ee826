"""`accounts`, `keys`, `credits`, `backup`, `restore`: what an operator does to a service that may be running."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from firstframe.cli import configuration
from firstframe.errors import InvalidParameter

if TYPE_CHECKING:
    from firstframe.service.front import Service

AccountId = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Id of an account.")]
DAYS_MOST = 36_500
"""A key that is to work longer needs no day on which it ends."""
ROWS_MOST = 1_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What callers wrote could move the cursor, or turn the direction of a line."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]

accounts = typer.Typer(help="Accounts: who pays for clips, and how much they may do.")
keys = typer.Typer(help="Keys: what callers identify themselves with.")
credits = typer.Typer(help="Credits: what clips cost.")


@accounts.command("list")
def list_accounts(as_json: AsJson = False) -> None:
    """List all accounts, oldest first."""
    from firstframe.service.prices import in_credits

    with opened() as service:
        rows = [asdict(account) for account in service.administration.accounts()]
    show([row | {"credits": in_credits(row.pop("balance_micro"))} for row in rows], as_json)


@accounts.command("create")
def create_account(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose account it is.")],
    opening: Annotated[str, typer.Option("--credits", metavar="CREDITS", help="Credits to begin with.")] = "0",
) -> None:
    """Open an account and print its id."""
    with opened() as service:
        typer.echo(service.administration.create_account(name, _micro(opening)).id)


@accounts.command("suspend")
def suspend_account(account: AccountId) -> None:
    """Let an account order nothing from now on; what it has ordered is made, and it can read on."""
    with opened() as service:
        service.administration.suspend(account)


@accounts.command("resume")
def resume_account(account: AccountId) -> None:
    """Let a suspended account order again."""
    with opened() as service:
        service.administration.suspend(account, suspended=False)


@accounts.command("limit")
def limit_account(
    account: AccountId,
    max_running: Annotated[int | None, typer.Option(metavar="N", help="Clips rendered at the same time.")] = None,
    max_queued: Annotated[int | None, typer.Option(metavar="N", help="Clips that wait at the same time.")] = None,
    rate_per_minute: Annotated[int | None, typer.Option(metavar="N", help="Requests in a minute.")] = None,
) -> None:
    """Set the limits of an account; those not named go back to the general ones."""
    limits = {"max_running": max_running, "max_queued": max_queued, "rate_per_minute": rate_per_minute}
    with opened() as service:
        service.administration.set_limits(account, **limits)


@keys.command("list")
def list_keys(
    account: Annotated[str | None, typer.Argument(metavar="ACCOUNT", help="Of one account only.")] = None,
    as_json: AsJson = False,
) -> None:
    """List keys, oldest first; their secrets are not kept and cannot be shown."""
    with opened() as service:
        if account is not None:
            service.administration.account(account)  # whoever misspells it is told
        rows = [asdict(key) | {"scopes": " ".join(sorted(key.scopes))} for key in service.administration.keys(account)]
    show(rows, as_json)


@keys.command("create")
def create_key(
    account: AccountId,
    name: Annotated[str, typer.Option(metavar="NAME", help="What the key is for.")] = "",
    scope: Annotated[list[str], typer.Option(metavar="SCOPE", help="generate, read or admin; may be repeated.")] = [  # noqa: B006  # typer reads it once
        "generate",
        "read",
    ],
    days: Annotated[float | None, typer.Option(metavar="N", help="Days until it expires; else never.")] = None,
) -> None:
    """Make a key and print it, this once."""
    expires_at = None if days is None else _in_days(days)
    with opened() as service:
        _, secret = service.administration.issue_key(account, name, scope, expires_at)
    typer.echo(secret)


@keys.command("revoke")
def revoke_key(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Id of a key, as `keys list` shows it.")],
) -> None:
    """End a key at once."""
    with opened() as service:
        service.administration.revoke_key(key)


@credits.command("grant", context_settings={"ignore_unknown_options": True})  # so that -5 is an amount
def grant_credits(
    account: AccountId,
    amount: Annotated[str, typer.Argument(metavar="CREDITS", help="How many; negative ones are taken away.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; the account's statement shows it.")],
    key: Annotated[
        str | None, typer.Option(metavar="KEY", help="Such as the invoice's number: under one key it is done once.")
    ] = None,
) -> None:
    """Add credits to an account and print its new balance."""
    from firstframe.service.prices import in_credits

    with opened() as service:
        typer.echo(in_credits(service.administration.grant(account, _micro(amount), reason, key).balance_micro))


@credits.command("refund")
def refund_clip(
    job: Annotated[str, typer.Argument(metavar="JOB", help="Id of a job that succeeded.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; the account's statement shows it.")],
    amount: Annotated[str | None, typer.Option("--credits", metavar="CREDITS", help="A part of its price.")] = None,
) -> None:
    """Give back what a clip cost, once, and print its account's new balance."""
    from firstframe.service.prices import in_credits

    part = None if amount is None else _micro(amount)
    with opened() as service:
        typer.echo(in_credits(service.administration.refund(job, reason, part).balance_micro))


@credits.command("statement")
def statement(
    account: AccountId,
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="A month, in UTC.")],
) -> None:
    """Print every movement of an account's credits in one month as CSV."""
    try:
        begin = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        raise InvalidParameter("month", month, "a year and a month such as 2026-11") from None
    with opened() as service:
        typer.echo(service.administration.statement(account, begin.year, begin.month), nl=False)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Archive to write.")],
    no_files: Annotated[
        bool, typer.Option("--no-files", help="The database alone, without pictures and clips.")
    ] = False,
) -> None:
    """Write everything the service keeps to one file; the service may be running."""
    with opened() as service:
        manifest = service.backup(file, files=not no_files)
    typer.echo(f"{file}: {sum(manifest.tables.values())} rows, {manifest.files} files.", err=True)


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="Archive that `backup` wrote.")]) -> None:
    """Fill an empty database and its storage from such a file; it may come from another kind of database."""
    from firstframe.service.front import Service

    manifest = Service.restore(configuration.judged(), file)
    typer.echo(f"{file}: {sum(manifest.tables.values())} rows, {manifest.files} files.", err=True)
    for key in manifest.missing:
        typer.echo(f"The archive does not have {key}.", err=True)


@contextmanager
def opened() -> Iterator[Service]:
    """The service of the settings, for one command."""
    from firstframe.service.front import Service

    service = Service.open(configuration.judged())
    try:
        yield service
    finally:
        service.stop(0)


def _in_days(days: float) -> datetime:
    if not 0 < days <= DAYS_MOST:  # not a number is neither
        raise InvalidParameter("days", days, f"more than 0, at most {DAYS_MOST}")
    return datetime.now(UTC) + timedelta(days=days)


def _micro(amount: str) -> int:
    from decimal import InvalidOperation

    from firstframe.service.prices import to_micro

    try:
        return to_micro(amount)
    except (InvalidOperation, ValueError, OverflowError):
        raise InvalidParameter("credits", amount, "a number such as 25 or 0.41") from None


def show(rows: list[dict[str, Any]], as_json: bool) -> None:
    """Print rows as JSON, or as a table with a line of names."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)] if rows else []
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return "-" if value in (None, "") else _CONTROL.sub(lambda found: ascii(found[0])[1:-1], str(value))
