"""What a clip costs: a table by resolution and duration, times a factor by engine. One credit is meant as a dollar."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from firstframe.clip import Resolution

MICRO = 1_000_000
"""Micro-credits in a credit; money is always whole micro-credits."""

PRICES_MICRO: dict[tuple[Resolution, int], int] = {
    (Resolution.P768, 6): 240_000,
    (Resolution.P768, 10): 400_000,
    (Resolution.P1080, 6): 410_000,
    (Resolution.P1080, 10): 680_000,
}


ENGINE_FACTORS: dict[str, Decimal] = {}
"""How much dearer or cheaper an engine is than the table; engines that are not named cost what it says."""


def price_micro(resolution: Resolution, seconds: int, engine: str) -> int:
    """Price of one clip in micro-credits."""
    price = PRICES_MICRO[resolution, seconds] * ENGINE_FACTORS.get(engine, Decimal(1))
    return int(price.to_integral_value(rounding=ROUND_HALF_EVEN))


def to_micro(credits: float | Decimal | str) -> int:
    """Credits as whole micro-credits."""
    return int((Decimal(str(credits)) * MICRO).to_integral_value(rounding=ROUND_HALF_EVEN))


def in_credits(amount_micro: int) -> str:
    """Micro-credits as people read them: "0.41", "100.00", "0.000001"."""
    amount = Decimal(amount_micro) / MICRO
    text = f"{amount:.6f}"
    return text[:-4] + text[-4:].rstrip("0")
