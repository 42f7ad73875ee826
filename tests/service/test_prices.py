"""What clips cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from firstframe.clip import ClipRequest, Resolution
from firstframe.service.front import Service
from firstframe.service.prices import PriceTable


@pytest.mark.parametrize(
    ("resolution", "seconds", "price_micro"),
    [("768p", 6, 240_000), ("768p", 10, 400_000), ("1080p", 6, 410_000), ("1080p", 10, 680_000)],
)
def test_39_golden_prices(resolution: str, seconds: int, price_micro: int) -> None:
    assert PriceTable().price_micro(Resolution(resolution), seconds, "parallax") == price_micro


def test_the_operator_sets_prices_for_all_engines_or_for_one() -> None:
    table = PriceTable.parse("768p/6=0.2, parallax/768p/6=0,other/1080p/10=1.234567")
    assert table.price_micro(Resolution.P768, 6, "parallax") == 0
    assert table.price_micro(Resolution.P768, 6, "other") == 200_000
    assert table.price_micro(Resolution.P1080, 10, "other") == 1_234_567
    assert table.of("parallax") == {"768p/6": "0.00", "768p/10": "0.40", "1080p/6": "0.41", "1080p/10": "0.68"}
    assert table.engines == {"parallax", "other"}


@pytest.mark.parametrize(
    "entry",
    ["768p=1", "768p/7=1", "480p/6=1", "768p/6=-1", "768p/6=1.2.3", "768p/6=1e9", "a/b/768p/6=1", "768p/6=2000000"],
)
def test_a_bad_entry_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match=r"is not \[ENGINE/\]CLIP=CREDITS, where CLIP is 768p/6 or ") as refused:
        PriceTable.parse(f"768p/10=1, {entry}")
    assert repr(entry) in str(refused.value)


def test_a_clip_costs_what_its_engine_does(open_service: Callable[..., Service]) -> None:
    service = open_service(prices="768p/6=0.3, other/768p/6=0.05")
    caller = service.authenticate(service.first_start())
    request = ClipRequest(first_frame_image=b"picture", prompt="pan left", resolution=Resolution.P768)
    assert service.submit(caller, "other", request, dialect="test").price_micro == 50_000
    assert service.submit(caller, "hailuo-2.3-fast", request, dialect="test").price_micro == 300_000
    assert service.prices("other")["768p/6"] == "0.05"
