"""Signed, expiring addresses of files: a token says which asset and until when, and an HMAC says that we said so."""

from __future__ import annotations

import hmac
import os
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from firstframe.errors import NotFound

_SIGNATURE_BYTES = 32
_BODY = struct.Struct(">16sQ")
GONE = "This address is not valid or has expired; ask for the job again to get a fresh one."


class Signer:
    """Makes and checks tokens with one secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def token(self, asset_id: str, expires_at: datetime) -> str:
        """A URL-safe token for the asset, good until `expires_at` (whole seconds)."""
        body = _BODY.pack(UUID(asset_id).bytes, int(expires_at.timestamp()))
        return urlsafe_b64encode(body + self._signature(body)).rstrip(b"=").decode()

    def asset_id(self, token: str, at: datetime) -> str:
        """The asset that `token` names. Raises `NotFound` when it was altered, made elsewhere, or has expired."""
        try:
            raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except ValueError:
            raise NotFound(GONE) from None
        body, signature = raw[: _BODY.size], raw[_BODY.size :]
        # Base64 has spare bits at the end, so only the very text that we made is taken.
        exact = urlsafe_b64encode(raw).rstrip(b"=").decode() == token
        if not hmac.compare_digest(signature, self._signature(body)) or not exact:
            raise NotFound(GONE)
        packed_id, expires = _BODY.unpack(body)
        if datetime.fromtimestamp(expires, UTC) <= at:
            raise NotFound(GONE)
        return str(UUID(bytes=packed_id))

    def _signature(self, body: bytes) -> bytes:
        return hmac.new(self._secret, body, sha256).digest()[:_SIGNATURE_BYTES]


def load_or_create(path: Path) -> bytes:
    """The secret kept at `path`, made on first use and readable by its owner only."""
    if not path.exists():
        _create(path)
    return path.read_bytes()


def _create(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        # A link, unlike a rename, fails when another process was first: both then read the same secret.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
