"""What numba lacks for tight pixel loops: stack arrays, unchecked loads, 16-bit products. No knowledge of pictures."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj
from numpy.typing import NDArray

from firstframe.engines.parallax.compiled_cache import CompiledCache

Plane = NDArray[np.uint8]
Halves = NDArray[np.int16]
Words = NDArray[np.int32]
Function = TypeVar("Function", bound=Callable[..., Any])

_CACHE_LINE_BYTES = 64
_alloca_once: Any = cgutils.alloca_once
_get_or_insert_function: Any = cgutils.get_or_insert_function
_populate_array: Any = arrayobj.populate_array
_njit: Any = numba.njit


def compiled(function: Function) -> Function:
    """Compile for the running processor, release the GIL while it runs, keep the result on disk where that is possible.

    Without numba's reference counting: compiled code can make no arrays but those of `stack_array`, and threads do not
    fight over the counters of the arrays they share. What it calls must be `inlined` and named by a global.
    """
    dispatcher = _njit(nogil=True, _nrt=False)(function)
    with suppress(RuntimeError):  # no folder can be written to, as in a sealed container: compile in every process
        dispatcher._cache = CompiledCache(function)
    return cast("Function", dispatcher)


def inlined(function: Function) -> Function:
    """Compile as a part of its callers. Only there does LLVM see that their stack arrays overlap with nothing."""
    return cast("Function", _njit(inline="always", _nrt=False)(function))


def formula(function: Function) -> Function:
    """Compile once and merge into callers as machine code: for functions of numbers alone, cheaper than `inlined`."""
    return cast("Function", _njit(forceinline=True, _nrt=False)(function))


int16 = cast("Callable[[int], int]", numba.int16)
"""Cut a number to 16 bits; see `int32`."""
int32 = cast("Callable[[int], int]", numba.int32)
"""Cut a number to 32 bits; numba computes with 64 unless told, which halves the width of vector code."""
truncated = cast("Callable[[float], int]", numba.int32)
"""A float cut to a whole int32."""
float32 = cast("Callable[[float], float]", numba.float32)
"""A number as single precision float."""


def stack_array(count: int, element: Any) -> Callable[[], Any]:
    """A function for compiled code: an uninitialised array of `count` elements on the stack of its caller."""
    numba_type: Any = numba.from_dtype(np.dtype(element))
    array_type = types.Array(numba_type, 1, "C")

    def emit(context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        data = _alloca_once(builder, context.get_data_type(numba_type), size=ir.Constant(ir.IntType(64), count))
        data.align = _CACHE_LINE_BYTES  # a store across two lines cannot be forwarded to the loads that follow it
        array = context.make_array(array_type)(context, builder)
        size, step = (context.get_constant(types.intp, n) for n in (count, numba_type.bitwidth // 8))
        _populate_array(array, data=data, shape=[size], strides=[step], itemsize=step, meminfo=None)
        return array._getvalue()

    @intrinsic
    def reserve(_typing: Any) -> Any:
        return array_type(), emit

    return cast("Callable[[], Any]", reserve)


def _address(context: Any, builder: Any, signature: Any, arguments: Any, place: int) -> Any:
    # Of element `arguments[place + 1]` of the array `arguments[place]`, without bounds check or negative indices.
    array = context.make_array(signature.args[place])(context, builder, arguments[place])
    index = context.cast(builder, arguments[place + 1], signature.args[place + 1], types.int64)
    return builder.gep(array.data, [index])


def _unaligned(builder: Any, address: Any, bits: int) -> Any:
    word = builder.load(builder.bitcast(address, ir.IntType(bits).as_pointer()))
    word.align = 1
    return word


@intrinsic
def _byte_at(_typing: Any, plane: Any, offset: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.zext(builder.load(_address(context, builder, signature, arguments, 0)), ir.IntType(16))

    return types.int16(plane, offset), emit


@intrinsic
def _four_bytes(_typing: Any, plane: Any, offset: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _unaligned(builder, _address(context, builder, signature, arguments, 0), 32)

    return types.int32(plane, offset), emit


@intrinsic
def _put(_typing: Any, target: Any, offset: Any, value: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        element = context.cast(builder, arguments[2], signature.args[2], signature.args[0].dtype)
        builder.store(element, _address(context, builder, signature, arguments, 0))
        return context.get_dummy_value()

    return types.none(target, offset, value), emit


def _copy(bits: int) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word = _unaligned(builder, _address(context, builder, signature, arguments, 2), bits)
        address = _address(context, builder, signature, arguments, 0)
        builder.store(word, builder.bitcast(address, ir.IntType(bits).as_pointer())).align = 1
        return context.get_dummy_value()

    @intrinsic
    def copy(_typing: Any, target: Any, to: Any, source: Any, at: Any) -> Any:
        return types.none(target, to, source, at), emit

    return copy


def _product(widen: str, shift: str | None) -> Any:
    def emit(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        wide = builder.mul(*(getattr(builder, widen)(factor, ir.IntType(32)) for factor in arguments))
        return builder.trunc(getattr(builder, shift)(wide, ir.IntType(32)(16)) if shift else wide, ir.IntType(16))

    @intrinsic
    def product(_typing: Any, a: Any, b: Any) -> Any:
        return types.int16(types.int16, types.int16), emit

    return product


@intrinsic
def _halved(_typing: Any, a: Any) -> Any:
    def emit(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.lshr(arguments[0], ir.IntType(16)(1))

    return types.int16(types.int16), emit


@intrinsic
def _ratio(_typing: Any, a: Any, b: Any) -> Any:
    def emit(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.fdiv(*arguments)

    return types.float32(types.float32, types.float32), emit


@intrinsic
def _prefetch(_typing: Any, plane: Any, offset: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        hint = ir.FunctionType(ir.VoidType(), [pointer, word, word, word])
        function = _get_or_insert_function(builder.module, hint, "llvm.prefetch.p0")
        builder.call(function, [_address(context, builder, signature, arguments, 0), word(0), word(3), word(1)])
        return context.get_dummy_value()

    return types.none(plane, offset), emit


prefetch = cast("Callable[[Plane, int], None]", _prefetch)
"""Ask the processor to bring the cache line of `plane[offset]` of a flat uint8 array near."""
byte_at = cast("Callable[[Plane, int], int]", _byte_at)
"""`plane[offset]` of a flat uint8 array as int16, unchecked."""
four_bytes = cast("Callable[[Plane, int], int]", _four_bytes)
"""The bytes `plane[offset:offset + 4]` of a flat uint8 array as one little-endian int32, unchecked."""
put = cast("Callable[[NDArray[Any], int, int], None]", _put)
"""`target[offset] = value` of a flat array, unchecked and cut to its type."""
copy_eight_bytes = cast("Callable[[NDArray[Any], int, NDArray[Any], int], None]", _copy(64))
"""Copy eight bytes from `source[at]` on to `target[to]` on, flat arrays of any types, unchecked."""
copy_four_bytes = cast("Callable[[NDArray[Any], int, NDArray[Any], int], None]", _copy(32))
"""Copy four bytes likewise."""
product_low = cast("Callable[[int, int], int]", _product("sext", None))
"""The lower 16 bits of the product of two int16."""
product_high = cast("Callable[[int, int], int]", _product("sext", "ashr"))
"""The upper 16 bits of the product of two int16: one vector instruction, where a shift of a wider product is four."""
product_high_unsigned = cast("Callable[[int, int], int]", _product("zext", "lshr"))
"""The upper 16 bits of the product of two int16 that stand for uint16."""
halved = cast("Callable[[int], int]", _halved)
"""Half of an int16 that stands for a uint16."""
ratio = cast("Callable[[float, float], float]", _ratio)
"""`a / b` in single precision without numba's test for zero."""
