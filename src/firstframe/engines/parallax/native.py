"""What numba lacks for tight pixel loops: stack arrays and unaligned four-byte loads. No knowledge of pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Words = NDArray[np.int32]
Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile for the running processor, release the GIL while it runs, keep the result on disk."""
    return cast("Function", njit(nogil=True, cache=True)(function))


def inlined(function: Function) -> Function:
    """Compile as a part of the callers' bodies, so that their stack arrays are known not to overlap."""
    return cast("Function", njit(nogil=True, cache=True, forceinline=True)(function))


int32 = cast("Callable[[int], int]", numba.int32)
"""Cut a number to 32 bits; numba computes with 64 unless told, which halves the width of vector code."""

_carray: Any = vars(numba)["carray"]
words_at = cast("Callable[[Any, tuple[int], type], Words]", _carray)
"""The int32 array of a shape at a pointer of `stack_words`."""


def stack_words(count: int) -> Callable[[], Any]:
    """A function for compiled code that reserves `count` int32 on the stack of its caller and gives the pointer."""

    def emit(context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        size = ir.Constant(ir.IntType(64), count)
        return _alloca_once(builder, context.get_data_type(types.int32), size=size)

    @intrinsic
    def reserve(_typing: Any) -> Any:
        return _pointer(types.int32)(), emit

    return cast("Callable[[], Any]", reserve)


@intrinsic
def _four_bytes(_typing: Any, plane: Any, offset: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        index = context.cast(builder, arguments[1], signature.args[1], types.int64)
        pointer = builder.bitcast(builder.gep(array.data, [index]), ir.IntType(32).as_pointer())
        word = builder.load(pointer)
        word.align = 1
        return word

    return types.int32(plane, offset), emit


four_bytes = cast("Callable[[Plane, int], int]", _four_bytes)
"""The bytes `plane[offset:offset + 4]` of a flat uint8 array as one little-endian int32, without a bounds check."""

_alloca_once: Any = cgutils.alloca_once
_pointer: Any = types.CPointer
