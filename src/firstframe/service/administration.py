"""What an operator does: accounts, keys, credits and statements. The command line and the admin API call this."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update

from firstframe.errors import InvalidParameter
from firstframe.service import accounts, keys, ledger
from firstframe.service.accounts import Account
from firstframe.service.database import Database
from firstframe.service.keys import SCOPES, Key
from firstframe.service.prices import in_credits
from firstframe.service.tables import accounts as accounts_table
from firstframe.service.tables import jobs, ledger_entries

STATEMENT_COLUMNS = ("time", "kind", "credits", "job", "model", "reason")
LIMITS = ("max_running", "max_queued", "rate_per_minute")


@dataclass(frozen=True)
class Administration:
    """The operator's hand on one database."""

    database: Database

    def create_account(self, name: str, credits_micro: int = 0) -> Account:
        """Open an account with a first grant."""
        if not name.strip():
            raise InvalidParameter("name", name, "a name that says whose account it is")
        with self.database.write() as connection:
            return accounts.create(connection, name.strip(), credits_micro)

    def accounts(self) -> list[Account]:
        """All accounts, oldest first."""
        with self.database.read() as connection:
            return accounts.every(connection)

    def set_limits(self, account_id: str, **limits: int | None) -> None:
        """Set any of max_running, max_queued, rate_per_minute; None goes back to the general limit.

        Raises `NotFound`, `InvalidParameter`.
        """
        for name, value in limits.items():
            if name not in LIMITS:
                raise InvalidParameter("limit", name, " or ".join(LIMITS))
            least = 0 if name == "rate_per_minute" else 1
            if value is not None and value < least:
                raise InvalidParameter(name, value, f"a whole number from {least}")
        with self.database.write() as connection:
            accounts.get(connection, account_id)
            connection.execute(update(accounts_table).where(accounts_table.c.id == account_id).values(limits))

    def grant(self, account_id: str, credits_micro: int, reason: str) -> Account:
        """Add credits, or take them when negative, for a reason that its statement will show.

        Raises `NotFound`, `InsufficientCredits`, `InvalidParameter` without a reason.
        """
        if not reason.strip():
            raise InvalidParameter("reason", reason, "why the credits move")
        with self.database.write() as connection:
            accounts.get(connection, account_id)
            ledger.grant(connection, account_id, credits_micro, reason.strip())
            return accounts.get(connection, account_id)

    def issue_key(
        self, account_id: str, name: str, scopes: Iterable[str], expires_at: datetime | None = None
    ) -> tuple[Key, str]:
        """A new key and its secret, which cannot be seen again. Raises `NotFound`, `InvalidParameter`."""
        wanted = frozenset(scopes)
        if not wanted or wanted - SCOPES:
            raise InvalidParameter("scopes", " ".join(sorted(wanted)), " ".join(sorted(SCOPES)))
        with self.database.write() as connection:
            accounts.get(connection, account_id)
            return keys.issue(connection, account_id, name, wanted, expires_at)

    def keys(self, account_id: str | None = None) -> list[Key]:
        """All keys, or those of one account, oldest first."""
        with self.database.read() as connection:
            return keys.every(connection, account_id)

    def revoke_key(self, key_id: str) -> None:
        """End a key at once. Raises `NotFound`."""
        with self.database.write() as connection:
            keys.revoke(connection, key_id)

    def statement(self, account_id: str, year: int, month: int) -> str:
        """The account's ledger of one month (UTC) as CSV, with the balance before and after. Raises `NotFound`."""
        if not 1 <= month <= 12:
            raise InvalidParameter("month", month, "1 to 12")
        begin = datetime(year, month, 1, tzinfo=UTC)
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        kept = ledger_entries.c
        query = (
            select(kept.created_at, kept.kind, kept.amount_micro, kept.job_id, jobs.c.slug, kept.reason)
            .outerjoin_from(ledger_entries, jobs, jobs.c.id == kept.job_id)
            .where(kept.account_id == account_id, kept.created_at < end)
            .order_by(kept.id)
        )
        with self.database.read() as connection:
            accounts.get(connection, account_id)
            rows = connection.execute(query).all()
        before = sum(row.amount_micro for row in rows if row.created_at < begin)
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(STATEMENT_COLUMNS)
        lines.writerow((begin.isoformat(), "balance", in_credits(before), "", "", "brought forward"))
        for row in rows:
            if row.created_at >= begin:
                said = (row.job_id or "", row.slug or "", _harmless(row.reason))
                lines.writerow((row.created_at.isoformat(), row.kind, in_credits(row.amount_micro), *said))
        after = sum(row.amount_micro for row in rows)
        lines.writerow((end.isoformat(), "balance", in_credits(after), "", "", "carried forward"))
        return text.getvalue()


def _harmless(reason: str) -> str:
    """Spreadsheets run what begins like a formula."""
    return "'" + reason if reason[:1] in "=+-@\t\r" else reason
