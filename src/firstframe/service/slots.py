"""Lasting names for workers: the first free slot of a data directory, held by a file lock that dies with its process.

A worker that is killed and started again gets its old name back, and with it the jobs it left unfinished.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from firstframe.errors import ServiceUnavailable

SLOTS_MAX = 256


@dataclass(frozen=True)
class Slot:
    """A name that no other live process on this data directory has."""

    name: str
    _lock: IO[bytes]

    def release(self) -> None:
        """Let another process take the name."""
        self._lock.close()


def claim(folder: Path, prefix: str) -> Slot:
    """The first free one of `prefix`-1, `prefix`-2, …"""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, SLOTS_MAX + 1):
        name = f"{prefix}-{number}"
        lock = (folder / f"{name}.lock").open("ab")
        if _lock(lock):
            return Slot(name, lock)
        lock.close()
    raise ServiceUnavailable(f"All {SLOTS_MAX} worker names of this data directory are taken.")


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    os.set_inheritable(file.fileno(), False)
    return True
