"""One thing for each event loop."""

from __future__ import annotations

import asyncio

from firstframe.api.loops import PerLoop


def test_each_loop_has_its_own_and_keeps_it() -> None:
    things: PerLoop[object] = PerLoop(object)

    async def two() -> tuple[object, object]:
        return things.here(), things.here()

    first, second = asyncio.run(two()), asyncio.run(two())
    assert first[0] is first[1]
    assert second[0] is second[1]
    assert first[0] is not second[0]
