"""Assets: the record of every file that the service keeps. A clip is public only through its job's pointer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, or_, select

from firstframe.errors import NotFound
from firstframe.service.clock import now
from firstframe.service.signing import GONE
from firstframe.service.tables import assets, jobs


@dataclass(frozen=True)
class Asset:
    """One file: where it lies and what it is."""

    id: str
    account_id: str
    job_id: str | None
    kind: str
    storage_key: str
    content_type: str
    file_name: str
    file_size: int
    attempt: int | None = None
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class StoredFile:
    """A file to be sent to someone who holds a signed address."""

    path: Path | None
    """Where it lies on this host; None when it lies in a bucket."""
    size: int
    content_type: str
    file_name: str
    storage_key: str


def first_frame(account_id: str, job_id: str, size: int) -> Asset:
    """The record of the picture that a job was ordered with."""
    key = f"first-frames/{job_id}"
    return Asset(str(uuid4()), account_id, job_id, "first_frame", key, "application/octet-stream", "first-frame", size)


def clip(account_id: str, job_id: str, attempt: int, slug: str, size: int, report: dict[str, Any]) -> Asset:
    """The record of the clip that one attempt made; the key holds the attempt, so attempts never share a file."""
    asset_id = str(uuid4())
    name = f"{slug}-{job_id[:8]}.mp4"
    return Asset(
        id=asset_id,
        account_id=account_id,
        job_id=job_id,
        kind="clip",
        storage_key=f"clips/{job_id}/{attempt}-{asset_id}.mp4",
        content_type="video/mp4",
        file_name=name,
        file_size=size,
        attempt=attempt,
        details={"report": report | {"output": name}},
    )


def upload(account_id: str, picture_format: str, size: int) -> Asset:
    """The record of a picture that an account keeps here to make clips of; its format as its content tells it."""
    asset_id = str(uuid4())
    name = f"{asset_id}.{picture_format}"
    return Asset(asset_id, account_id, None, "upload", f"uploads/{name}", f"image/{picture_format}", name, size)


def add(connection: Connection, asset: Asset) -> None:
    """Write the record down."""
    connection.execute(_ADD, vars(asset) | {"created_at": now()})


_ADD = insert(assets)


def first_frame_key(connection: Connection, job_id: str) -> str:
    """Where the picture of a job lies. Raises `NotFound`."""
    query = select(assets.c.storage_key).where(assets.c.job_id == job_id, assets.c.kind == "first_frame")
    key = connection.execute(query).scalar_one_or_none()
    if key is None:
        raise NotFound("The first frame of this job is gone.")
    return str(key)


def published(connection: Connection, asset_id: str) -> Asset:
    """The clip of that id, if a job points at it, or the upload of that id. Raises `NotFound`."""
    query = (
        select(assets)
        .outerjoin(jobs, jobs.c.output_asset_id == assets.c.id)
        .where(
            assets.c.id == asset_id,
            assets.c.deleted_at.is_(None),
            or_(jobs.c.id.is_not(None), assets.c.kind == "upload"),
        )
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(GONE)
    return Asset(**{name: row[name] for name in Asset.__dataclass_fields__})
