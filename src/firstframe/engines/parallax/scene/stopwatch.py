"""How long each part of the analysis took."""

from __future__ import annotations

from time import perf_counter


class Stopwatch:
    """Adds up seconds per part into a dictionary that the caller may hand in."""

    def __init__(self, seconds: dict[str, float] | None = None) -> None:
        self.seconds = seconds if seconds is not None else {}
        self._last = perf_counter()

    def restart(self) -> None:
        """Book nothing for the time since the last lap."""
        self._last = perf_counter()

    def lap(self, part: str) -> None:
        """Book the time since the last lap under that name."""
        now = perf_counter()
        self.seconds[part] = self.seconds.get(part, 0.0) + now - self._last
        self._last = now
