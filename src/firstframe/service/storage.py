"""Files: first frames and clips in a folder of this host or in an S3-compatible bucket, by key."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import AzureStore, GCSStore, LocalStore, ObjectStore, S3Store, from_url

from firstframe.errors import NotFound, Overloaded, ServiceUnavailable

REFUSED = "The storage takes no files; its operator must look at its space and its permissions."
_KEY = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*(\.[a-z0-9]+)?")


class Storage:
    """Objects by key. Keys are made by the service alone: lower-case words and slashes, never a caller's text."""

    def __init__(self, store: ObjectStore, folder: Path | None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, storage_url: str, data_dir: Path) -> Storage:
        """The storage at `storage_url`; an empty one is the folder `files` in `data_dir`, made when missing.

        `s3://bucket/folder` takes keys, region and endpoint from the AWS_… variables of the environment.
        """
        if storage_url and not storage_url.startswith("file:"):
            return cls(from_url(storage_url), None)
        folder = Path(storage_url.removeprefix("file:").removeprefix("//")) if storage_url else data_dir / "files"
        return cls(LocalStore(folder, mkdir=True), folder)

    def put(self, key: str, content: bytes | Path) -> int:
        """Keep bytes or a file under `key`, whole or not at all; returns the size in bytes.

        Raises `ServiceUnavailable` when the storage does not take it.
        """
        try:
            obstore.put(self._store, _checked(key), content)
            path = self.path(key)
            if path is not None:
                _flush(path)
        except (OSError, BaseError) as error:
            raise ServiceUnavailable(REFUSED) from error
        return len(content) if isinstance(content, bytes) else content.stat().st_size

    def read(self, key: str) -> bytes:
        """The bytes under `key`. Raises `NotFound`."""
        try:
            return bytes(obstore.get(self._store, _checked(key)).bytes())
        except FileNotFoundError:
            raise NotFound("The file is gone.") from None

    def read_part(self, key: str, start: int, end: int) -> bytes:
        """The bytes under `key` from `start` up to but without `end`. Raises `NotFound`."""
        try:
            return bytes(obstore.get_range(self._store, _checked(key), start=start, end=end))
        except FileNotFoundError:
            raise NotFound("The file is gone.") from None

    def address(self, key: str, good_for: timedelta) -> str | None:
        """An address in the bucket from which anyone can read for that time, or None when there is no bucket."""
        if not isinstance(self._store, S3Store | GCSStore | AzureStore):
            return None
        return obstore.sign(self._store, "GET", _checked(key), good_for)

    def delete(self, key: str) -> None:
        """Remove what is under `key`, if anything."""
        try:
            obstore.delete(self._store, _checked(key))
        except FileNotFoundError:
            return

    def exists(self, key: str) -> bool:
        """Whether something is kept under `key`."""
        return self.size(key) is not None

    def size(self, key: str) -> int | None:
        """Bytes kept under `key`; None when there is nothing."""
        try:
            return obstore.head(self._store, _checked(key))["size"]
        except FileNotFoundError:
            return None

    def path(self, key: str) -> Path | None:
        """Where the file lies on this host, or None when it lies in a bucket."""
        return self._folder / _checked(key) if self._folder else None

    def every(self) -> Iterator[tuple[str, datetime]]:
        """Key and last change of each object."""
        for batch in obstore.list(self._store):
            for found in batch:
                yield found["path"], found["last_modified"]

    def free_bytes(self) -> int | None:
        """What the folder's disk has left; None for a bucket."""
        return shutil.disk_usage(self._folder).free if self._folder else None

    def require_space(self, floor_bytes: int) -> None:
        """Raise `Overloaded` when the folder's disk has less than `floor_bytes` left; a bucket has no floor."""
        free_bytes = self.free_bytes()
        if free_bytes is not None and free_bytes < floor_bytes:
            raise Overloaded("The server is short of disk space; its operator must make room.", retry_after_seconds=60)

    def check(self) -> None:
        """Raises `ServiceUnavailable` when nothing can be written."""
        key = f"probe-{os.getpid()}"
        self.put(key, b"ok")
        self.delete(key)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise NotFound("There is no such file.")
    return key


def _flush(path: Path) -> None:
    """Make the file and its name outlive a power cut, as the database's commit does."""
    for target in (path, path.parent):
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
