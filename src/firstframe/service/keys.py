"""API keys: `ff_<id>_<43 characters>`, 256 random bits of which only the SHA-256 is stored.

A slow hash would protect guessable secrets only, and cost every request a tenth of a second.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from firstframe.errors import Forbidden, NotFound, Unauthorised
from firstframe.service.clock import now
from firstframe.service.tables import api_keys

SCOPES = frozenset({"generate", "read", "admin"})
MISSING = "Missing Authorization or x-api-key in header"
REFUSED = "Unauthorized. API key is invalid or may have expired..."
_ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True)
class Caller:
    """Who a request comes from, as its key proves."""

    account_id: str
    key_id: str
    scopes: frozenset[str]

    def require(self, scope: str) -> None:
        """Raise `Forbidden` unless the key has `scope`; `generate` includes `read`."""
        if scope not in self.scopes and not (scope == "read" and "generate" in self.scopes):
            raise Forbidden(f"This key lacks the scope {scope}; use a key that has it.", scope=scope)


@dataclass(frozen=True)
class Key:
    """What may be shown of a key."""

    id: str
    account_id: str
    name: str
    last_four: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def issue(
    connection: Connection,
    account_id: str,
    name: str,
    scopes: Iterable[str] = ("generate", "read"),
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """A new key and its secret, which cannot be seen again."""
    key_id = "".join(secrets.choice(_ID_ALPHABET) for _ in range(10))
    secret = f"ff_{key_id}_{secrets.token_urlsafe(32)}"
    key = Key(key_id, account_id, name, secret[-4:], frozenset(scopes), now(), expires_at, None)
    connection.execute(
        insert(api_keys).values(
            id=key_id,
            account_id=account_id,
            name=name,
            secret_sha256=_digest(secret),
            last_four=key.last_four,
            scopes=" ".join(sorted(key.scopes)),
            created_at=key.created_at,
            expires_at=expires_at,
        )
    )
    return key, secret


def authenticate(connection: Connection, secret: str | None) -> Caller:
    """The caller that holds `secret`. Raises `Unauthorised` when it is absent, unknown, expired or revoked."""
    return prove(secret, connection.execute(_key_of_id(), {"wanted": id_in(secret)}).mappings().one_or_none())


def id_in(secret: str | None) -> str:
    """The id of the key that `secret` claims to be; empty when it cannot be any."""
    parts = (secret or "").split("_", 2)
    return parts[1] if len(parts) == 3 else ""


def prove(secret: str | None, found: Mapping[str, Any] | RowMapping | None) -> Caller:
    """The caller that holds `secret`, given the row of the key that it claims to be. Raises `Unauthorised`."""
    if not secret:
        raise Unauthorised(MISSING)
    # An unknown id is compared too, so that time does not tell which ids exist.
    expected = found["secret_sha256"] if found else _digest("")
    if not hmac.compare_digest(_digest(secret), expected) or found is None or not _is_live(found):
        raise Unauthorised(REFUSED)
    return Caller(found["account_id"], found["id"], frozenset(found["scopes"].split()))


@lru_cache
def _key_of_id() -> Select[Any]:
    """Built once: every request asks this, and building the statement costs as much as running it."""
    return select(api_keys).where(api_keys.c.id == bindparam("wanted"))


def revoke(connection: Connection, key_id: str) -> None:
    """End a key at once. Raises `NotFound`; revoking twice is fine."""
    changed = connection.execute(
        update(api_keys).where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None)).values(revoked_at=now())
    )
    if changed.rowcount == 0 and not any(key.id == key_id for key in every(connection)):
        raise NotFound(f"There is no key {key_id}.")


def every(connection: Connection, account_id: str | None = None) -> list[Key]:
    """All keys, or those of one account, oldest first."""
    query = select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)
    if account_id is not None:
        query = query.where(api_keys.c.account_id == account_id)
    return [_key(row) for row in connection.execute(query).mappings()]


def _key(row: RowMapping) -> Key:
    return Key(
        id=row["id"],
        account_id=row["account_id"],
        name=row["name"],
        last_four=row["last_four"],
        scopes=frozenset(row["scopes"].split()),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
    )


def _is_live(row: Mapping[str, Any] | RowMapping) -> bool:
    return row["revoked_at"] is None and (row["expires_at"] is None or row["expires_at"] > now())


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
