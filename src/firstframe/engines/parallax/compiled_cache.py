"""A cache on disk for compiled functions that notices every change; numba's own looks only at the function's file."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
from numba.core import caching

_FunctionCache: Any = caching.FunctionCache


class CompiledCache(_FunctionCache):  # type: ignore[misc] # numba gives it no types
    """numba's cache, whose keys also tell what is inlined from elsewhere and which constants were compiled in."""

    @cached_property
    def _fingerprint(self) -> str:
        return fingerprint(self._py_func)

    def _index_key(self, signature: Any, codegen: Any) -> Any:
        return *super()._index_key(signature, codegen), self._fingerprint


def fingerprint(function: FunctionType) -> str:
    """Hash of all that is compiled into `function`: code and constants, its own and of what it calls by global name."""
    digest = hashlib.sha256(Path(__file__).with_name("native.py").read_bytes())
    pending, seen = [function], {function}
    while pending:
        code, names = pending[0].__code__, pending.pop(0).__globals__
        numbers = [constant for constant in code.co_consts if isinstance(constant, int | float | tuple)]
        digest.update(code.co_code + repr(numbers).encode())
        for name in code.co_names:
            value = getattr(names.get(name), "py_func", names.get(name))
            if isinstance(value, FunctionType) and value not in seen:
                seen.add(value)
                pending.append(value)
            elif isinstance(value, int | float | tuple | np.generic):
                digest.update(f"{name}={value!r}".encode())
            elif isinstance(value, np.ndarray):
                digest.update(value.tobytes())
    return digest.hexdigest()
