"""Progress on standard error: a bar on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from firstframe.cli import signals


class Watcher(Protocol):
    """Told what is being done, and how many frames of how many are finished; raises when the user wants to stop."""

    def stage(self, name: str) -> None:
        """The name of what begins now: "Reading the picture"."""
        ...

    def frames(self, done: int, total: int) -> None:
        """A `Tick`: `done` of `total` frames are rendered."""
        ...


@contextmanager
def watched() -> Iterator[Watcher]:
    """A watcher for the time of the block; the bar disappears with it."""
    if not sys.stderr.isatty():
        yield PlainLines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


class _Bar:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Starting", total=None)

    def stage(self, name: str) -> None:
        signals.raise_again()
        self._progress.update(self._task, description=name)

    def frames(self, done: int, total: int) -> None:
        signals.raise_again()
        self._progress.update(self._task, description="Rendering", completed=done, total=total)


class PlainLines:
    """One line for each stage and each quarter of the frames."""

    def __init__(self) -> None:
        self._quarter = 0

    def stage(self, name: str) -> None:
        signals.raise_again()
        print(f"{name} …", file=sys.stderr, flush=True)

    def frames(self, done: int, total: int) -> None:
        signals.raise_again()
        quarter = 4 * done // total
        if quarter > self._quarter:
            self._quarter = quarter
            print(f"Rendering: {done} of {total} frames", file=sys.stderr, flush=True)
