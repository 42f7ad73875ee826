"""Idempotency-Key: the same key with the same request is the same job, for a day.

A key is bound to its job in the very transaction that accepts the job, so there is never a key without its job, nor
a key that a crash leaves locked. What a caller is answered on a repeat is made from the job, as the first time.
"""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from firstframe.clip import ClipRequest
from firstframe.errors import IdempotencyMismatch, InvalidParameter
from firstframe.service.clock import now
from firstframe.service.tables import idempotency_keys

KEPT = timedelta(hours=24)
KEY_MAX_CHARACTERS = 255


def fingerprint(slug: str, request: ClipRequest, extras: dict[str, str | None]) -> str:
    """What makes two requests the same: model, words, parameters as given, and the picture's bytes or address."""
    picture = request.first_frame_image
    content = {
        "slug": slug,
        "picture": sha256(picture if isinstance(picture, bytes) else picture.encode()).hexdigest(),
        **request.model_dump(mode="json", exclude={"first_frame_image"}),
        **extras,
    }
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def check(key: str) -> None:
    """Raise `InvalidParameter` unless `key` may be one."""
    if not (0 < len(key) <= KEY_MAX_CHARACTERS and key.isprintable()):
        raise InvalidParameter("Idempotency-Key", key, f"1 to {KEY_MAX_CHARACTERS} printable characters")


def find(connection: Connection, account_id: str, key: str, request_fingerprint: str) -> str | None:
    """The job that the account made with `key` within a day. Raises `IdempotencyMismatch` for another request."""
    kept = idempotency_keys.c
    query = select(kept.job_id, kept.fingerprint).where(
        kept.account_id == account_id, kept.key == key, kept.created_at > now() - KEPT
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.fingerprint != request_fingerprint:
        raise IdempotencyMismatch("This Idempotency-Key was used for a different request; use a new one for each.")
    return str(row.job_id)


def remember(connection: Connection, account_id: str, key: str, request_fingerprint: str, job_id: str) -> None:
    """Bind `key` to a new job. Raises `sqlalchemy.exc.IntegrityError` when another process was first."""
    forget_old(connection)
    connection.execute(
        insert(idempotency_keys).values(
            account_id=account_id, key=key, fingerprint=request_fingerprint, job_id=job_id, created_at=now()
        )
    )


def forget_old(connection: Connection) -> None:
    """Remove the keys that are older than a day."""
    connection.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at <= now() - KEPT))
