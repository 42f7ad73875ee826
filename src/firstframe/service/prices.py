"""What a clip costs: a table by resolution, duration and engine. One credit is meant as a dollar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from firstframe.clip import Resolution

MICRO = 1_000_000
"""Micro-credits in a credit; money is always whole micro-credits."""
CREDITS_MAX = 1_000_000

PRICES_MICRO: dict[tuple[Resolution, int], int] = {
    (Resolution.P768, 6): 240_000,
    (Resolution.P768, 10): 400_000,
    (Resolution.P1080, 6): 410_000,
    (Resolution.P1080, 10): 680_000,
}
"""Of every engine that the operator's table does not name."""

_ENTRY = re.compile(r"(?:(?P<engine>[a-z0-9_-]+)/)?(?P<resolution>[0-9]+p)/(?P<seconds>[0-9]+)=(?P<credits>[0-9.]+)")


@dataclass(frozen=True)
class PriceTable:
    """The prices of one deployment."""

    _of_engine: Mapping[tuple[str, Resolution, int], int] = field(default_factory=dict)
    _of_any: Mapping[tuple[Resolution, int], int] = field(default_factory=lambda: PRICES_MICRO)

    @classmethod
    def parse(cls, text: str) -> PriceTable:
        """The usual prices, but for what a list such as `768p/6=0.2, parallax/1080p/10=0` names.

        Raises `ValueError` naming the entry that is not `RESOLUTION/SECONDS=CREDITS` or
        `ENGINE/RESOLUTION/SECONDS=CREDITS`.
        """
        of_engine: dict[tuple[str, Resolution, int], int] = {}
        of_any = dict(PRICES_MICRO)
        for entry in filter(None, (part.strip() for part in text.split(","))):
            engine, cell, price = _parsed(entry)
            if engine:
                of_engine[engine, *cell] = price
            else:
                of_any[cell] = price
        return cls(of_engine, of_any)

    def price_micro(self, resolution: Resolution, seconds: int, engine: str) -> int:
        """Price of one clip in micro-credits."""
        return self._of_engine.get((engine, resolution, seconds), self._of_any[resolution, seconds])

    def of(self, engine: str) -> dict[str, str]:
        """The engine's prices in credits as people read them, by "RESOLUTION/SECONDS"."""
        return {
            f"{resolution}/{seconds}": in_credits(self.price_micro(resolution, seconds, engine))
            for resolution, seconds in PRICES_MICRO
        }

    @property
    def engines(self) -> set[str]:
        """Engines that the table names."""
        return {engine for engine, _, _ in self._of_engine}


def to_micro(credits: float | Decimal | str) -> int:
    """Credits as whole micro-credits."""
    return int((Decimal(str(credits)) * MICRO).to_integral_value(rounding=ROUND_HALF_EVEN))


def in_credits(amount_micro: int) -> str:
    """Micro-credits as people read them: "0.41", "100.00", "0.000001"."""
    amount = Decimal(amount_micro) / MICRO
    text = f"{amount:.6f}"
    return text[:-4] + text[-4:].rstrip("0")


def _parsed(entry: str) -> tuple[str | None, tuple[Resolution, int], int]:
    match = _ENTRY.fullmatch(entry)
    try:
        if match is None:
            raise ValueError
        cell = (Resolution(match["resolution"]), int(match["seconds"]))
        price = to_micro(match["credits"])
        if cell not in PRICES_MICRO or price > CREDITS_MAX * MICRO:
            raise ValueError
    except (ValueError, ArithmeticError):
        cells = " or ".join(f"{resolution}/{seconds}" for resolution, seconds in PRICES_MICRO)
        raise ValueError(f"{entry!r} is not [ENGINE/]CLIP=CREDITS, where CLIP is {cells}") from None
    return match["engine"], cell, price
