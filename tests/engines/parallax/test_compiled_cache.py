"""The cache of compiled functions: what must make it compile anew."""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numpy as np
import pytest

from firstframe.engines.parallax import cells
from firstframe.engines.parallax.compiled_cache import CompiledCache, fingerprint

OUTER = "def outer(x):\n    return inner(x) * FACTOR + TABLE[0]"
INNER = "def inner(x):\n    return x + 1"


def made(outer: str = OUTER, inner: str = INNER, factor: int = 2, first: int = 3) -> FunctionType:
    names: dict[str, Any] = {"FACTOR": factor, "TABLE": np.array([first, 4])}
    exec(inner, names)
    exec(outer, names)
    function = names["outer"]
    assert isinstance(function, FunctionType)
    return function


def test_nothing_changed() -> None:
    assert fingerprint(made()) == fingerprint(made())
    assert fingerprint(made(inner=INNER + "  # the same, with a remark")) == fingerprint(made())


@pytest.mark.parametrize(
    "changed",
    [
        made(outer=OUTER.replace("+", "-")),
        made(inner=INNER.replace("+", "-")),
        made(inner=INNER.replace("1", "7")),
        made(factor=5),
        made(first=9),
    ],
    ids=["own code", "code called", "number in code called", "constant", "table"],
)
def test_every_change_is_noticed(changed: FunctionType) -> None:
    assert fingerprint(changed) != fingerprint(made())


def test_functions_that_call_each_other_are_hashed_once() -> None:
    names: dict[str, Any] = {}
    exec("def a(x):\n    return b(x)\n\ndef b(x):\n    return a(x)", names)
    assert fingerprint(names["a"])


def test_the_kernel_uses_it() -> None:
    assert isinstance(vars(cells.draw_cells)["_cache"], CompiledCache)
