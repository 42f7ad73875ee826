"""What an operator does: accounts, keys, credits, statements, and everybody's jobs.

The command line and the admin API call this.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select, update

from firstframe.errors import InvalidParameter
from firstframe.service import accounts, history, idempotency, jobs, keys, ledger, webhooks
from firstframe.service.accounts import Account
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.history import JobEvent, Page, Search
from firstframe.service.jobs import JobView
from firstframe.service.keys import SCOPES, Caller, Key
from firstframe.service.ledger import Entry
from firstframe.service.prices import MICRO, in_credits
from firstframe.service.tables import accounts as accounts_table
from firstframe.service.tables import jobs as jobs_table
from firstframe.service.tables import ledger_entries
from firstframe.service.webhooks import Delivery

STATEMENT_COLUMNS = ("time", "kind", "credits", "job", "model", "reason")
GRANT_MOST_MICRO = 10**9 * MICRO
LIMIT_MOST = 1_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LIMITS = ("max_running", "max_queued", "rate_per_minute")


@dataclass(frozen=True)
class Administration:
    """The operator's hand on one database; `on_change` is told when it ends a job."""

    database: Database
    on_change: Callable[[], None] = lambda: None

    def create_account(self, name: str, credits_micro: int = 0) -> Account:
        """Open an account with a first grant. Raises `InvalidParameter`."""
        _require_words("name", name, "a name that says whose account it is")
        if credits_micro < 0:
            raise InvalidParameter("credits", f"{Decimal(credits_micro) / MICRO:f}", "0 or more")
        with self.database.write() as connection:
            return accounts.create(connection, name.strip(), credits_micro)

    def accounts(self, limit: int | None = None, offset: int = 0) -> list[Account]:
        """All accounts, or a part of them, oldest first."""
        with self.database.read() as connection:
            return accounts.every(connection, limit, offset)

    def count_accounts(self) -> int:
        """How many accounts there are."""
        with self.database.read() as connection:
            return accounts.count(connection)

    def account(self, account_id: str) -> Account:
        """One account. Raises `NotFound`."""
        with self.database.read() as connection:
            return accounts.get(connection, account_id)

    def require_admin(self, caller: Caller) -> None:
        """Raise `Forbidden` unless the caller's key has the scope admin, and its account is in good standing."""
        caller.require("admin")
        with self.database.read() as connection:
            accounts.require_active(connection, caller.account_id)

    def suspend(self, account_id: str, suspended: bool = True) -> Account:
        """Let an account order nothing from now on, or let it again. Raises `NotFound`."""
        with self.database.write() as connection:
            accounts.suspend(connection, account_id, suspended)
            return accounts.get(connection, account_id)

    def set_limits(self, account_id: str, **limits: int | None) -> None:
        """Set any of max_running, max_queued, rate_per_minute; None goes back to the general limit.

        Raises `NotFound`, `InvalidParameter`.
        """
        for name, value in limits.items():
            if name not in LIMITS:
                raise InvalidParameter("limit", name, " or ".join(LIMITS))
            least = 0 if name == "rate_per_minute" else 1
            if value is not None and not least <= value <= LIMIT_MOST:
                raise InvalidParameter(name, value, f"a whole number from {least} to {LIMIT_MOST}")
        if not limits:
            return
        with self.database.write() as connection:
            accounts.get(connection, account_id)
            connection.execute(update(accounts_table).where(accounts_table.c.id == account_id).values(limits))

    def grant(self, account_id: str, credits_micro: int, reason: str, key: str | None = None) -> Account:
        """Add credits, or take them when negative, for a reason that its statement will show.

        Under the same `key`, which is kept as long as the ledger, once.
        Raises `NotFound`, `InsufficientCredits`, `IdempotencyMismatch`, `InvalidParameter` without a reason.
        """
        _require_words("reason", reason, "why the credits move")
        if key is not None:
            idempotency.check(key)
        if not 0 < abs(credits_micro) <= GRANT_MOST_MICRO:
            allowed = f"not 0, and at most {in_credits(GRANT_MOST_MICRO)} at once"
            raise InvalidParameter("credits", in_credits(credits_micro), allowed)
        with self.database.write() as connection:
            accounts.get(connection, account_id)
            ledger.grant(connection, account_id, credits_micro, reason.strip(), key)
            return accounts.get(connection, account_id)

    def refund(self, job_id: str, reason: str, credits_micro: int | None = None) -> Account:
        """Give back what a delivered clip cost, or a part of it, once.

        Raises `NotFound`, `InvalidParameter`, `AlreadyFinished` when that was done before.
        """
        _require_words("reason", reason, "why the credits move")
        with self.database.write() as connection:
            job = jobs.view(connection, job_id)
            if job.state != "succeeded":
                raise InvalidParameter("job", job.state, "a job that succeeded; others were not charged")
            amount = job.price_micro if credits_micro is None else credits_micro
            if not 0 < amount <= job.price_micro:
                raise InvalidParameter(
                    "credits", in_credits(amount), f"more than 0, at most {in_credits(job.price_micro)}"
                )
            ledger.refund(connection, job.account_id, job_id, amount, reason.strip())
            return accounts.get(connection, job.account_id)

    def issue_key(
        self, account_id: str, name: str, scopes: Iterable[str], expires_at: datetime | None = None
    ) -> tuple[Key, str]:
        """A new key and its secret, which cannot be seen again. Raises `NotFound`, `InvalidParameter`."""
        wanted = frozenset(scopes)
        if not wanted or wanted - SCOPES:
            raise InvalidParameter("scopes", " ".join(sorted(wanted)), " ".join(sorted(SCOPES)))
        if _CONTROL.search(name):
            raise InvalidParameter("name", name, "what the key is for, without control characters")
        if expires_at is not None and expires_at <= now():
            raise InvalidParameter("expires_at", expires_at.isoformat(), "a time to come")
        with self.database.write() as connection:
            accounts.get(connection, account_id)
            return keys.issue(connection, account_id, name, wanted, expires_at)

    def keys(self, account_id: str | None = None) -> list[Key]:
        """All keys, or those of one account, oldest first."""
        with self.database.read() as connection:
            return keys.every(connection, account_id)

    def revoke_key(self, key_id: str) -> Key:
        """End a key at once. Raises `NotFound`."""
        with self.database.write() as connection:
            keys.revoke(connection, key_id)
            return next(key for key in keys.every(connection) if key.id == key_id)

    def jobs(self, search: Search, account_id: str | None = None) -> Page:
        """The jobs that `search` asks for, of one account or of all."""
        with self.database.read() as connection:
            return history.page(connection, account_id, search)

    def job(self, job_id: str) -> tuple[JobView, list[JobEvent], list[Delivery]]:
        """One job with its events and webhooks. Raises `NotFound`."""
        with self.database.read() as connection:
            found = jobs.view(connection, job_id)
            return found, history.events(connection, job_id), webhooks.of_job(connection, job_id)

    def cancel_job(self, job_id: str) -> JobView:
        """End a job of any account and give its price back. Raises `NotFound`, `AlreadyFinished`."""
        with self.database.write() as connection:
            ended = jobs.cancel(connection, job_id, None)
        self.on_change()
        return ended

    def deliveries(
        self, state: str | None = None, account_id: str | None = None, limit: int = 20, offset: int = 0
    ) -> tuple[list[Delivery], int]:
        """Webhooks of that state and account, or of any, newest first, and how many there are."""
        with self.database.read() as connection:
            return webhooks.page(connection, state, account_id, limit, offset)

    def resend(self, delivery_id: str) -> Delivery:
        """Tell a webhook again, from the start of its schedule. Raises `NotFound`, `AlreadyFinished` if pending."""
        with self.database.write() as connection:
            return webhooks.resend(connection, delivery_id, now())

    def entries(self, account_id: str, limit: int = 20, offset: int = 0) -> tuple[list[Entry], int]:
        """The account's ledger, newest first, and how many entries it has. Raises `NotFound`."""
        with self.database.read() as connection:
            accounts.get(connection, account_id)
            return ledger.page(connection, account_id, limit, offset)

    def statement(self, account_id: str, year: int, month: int) -> str:
        """The account's ledger of one month (UTC) as CSV, with the balance before and after. Raises `NotFound`."""
        if not (1 <= month <= 12 and 2000 <= year < 3000):
            raise InvalidParameter("month", f"{year}-{month}", "a month of this millennium such as 2026-11")
        begin = datetime(year, month, 1, tzinfo=UTC)
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        kept = ledger_entries.c
        query = (
            select(kept.created_at, kept.kind, kept.amount_micro, kept.job_id, jobs_table.c.slug, kept.reason)
            .outerjoin_from(ledger_entries, jobs_table, jobs_table.c.id == kept.job_id)
            .where(kept.account_id == account_id, kept.created_at >= begin, kept.created_at < end)
            .order_by(kept.id)
        )
        earlier = select(func.coalesce(func.sum(kept.amount_micro), 0))
        earlier = earlier.where(kept.account_id == account_id, kept.created_at < begin)
        with self.database.read() as connection:
            accounts.get(connection, account_id)
            rows = connection.execute(query).all()
            before = int(connection.execute(earlier).scalar_one())
        return _statement(rows, before, begin, end)


def _statement(rows: Sequence[Row[*tuple[Any, ...]]], before_micro: int, begin: datetime, end: datetime) -> str:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(STATEMENT_COLUMNS)
    lines.writerow((begin.isoformat(), "balance", in_credits(before_micro), "", "", "brought forward"))
    for row in rows:
        said = (row.job_id or "", row.slug or "", _harmless(row.reason))
        kind = ledger.told_kind(row.kind, row.job_id)
        lines.writerow((row.created_at.isoformat(), kind, in_credits(row.amount_micro), *said))
    after_micro = before_micro + sum(row.amount_micro for row in rows)
    lines.writerow((end.isoformat(), "balance", in_credits(after_micro), "", "", "carried forward"))
    return text.getvalue()


def _require_words(parameter: str, text: str, allowed: str) -> None:
    """Control characters would reach terminals and statements."""
    if not text.strip() or _CONTROL.search(text):
        raise InvalidParameter(parameter, text, f"{allowed}, without control characters")


def _harmless(reason: str) -> str:
    """Spreadsheets run what begins like a formula."""
    return "'" + reason if reason[:1] in "=+-@\t\r" else reason
