"""The engine, loaded once for each file of tests."""

from __future__ import annotations

import pytest

from firstframe.engines.parallax.engine import ParallaxEngine


@pytest.fixture(scope="module")
def engine() -> ParallaxEngine:
    engine = ParallaxEngine()
    engine.load()
    return engine
