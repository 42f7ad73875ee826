"""How large the pictures inside an AVIF file really are, read from their AV1 sequence headers.

The size in an AVIF header is a promise that the decoder believes: a 3 kB file that promises 512×512 pixels can hold a
frame of 256 megapixels, which costs half a gigabyte before anyone notices. This module reads the coded sizes instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firstframe.media.container import Malformed, Truncated

_SEQUENCE_HEADER = 1
_ITEMS_MAX = 4096


def coded_pixels(data: bytes) -> list[int]:
    """Pixels of each coded picture in an AVIF file: colour, alpha, tiles, thumbnails.

    Raises `Malformed` or `Truncated`. Source: ISO/IEC 14496-12 (meta, iinf, iloc), AV1 specification 5.3 and 5.5.
    """
    try:
        return [_largest_frame(payload) for payload in _coded_items(memoryview(data))]
    except (IndexError, ValueError) as error:
        raise Malformed from error


@dataclass
class _Reader:
    """Big-endian numbers from a buffer, in order."""

    data: memoryview
    at: int = 0

    def number(self, size: int) -> int:
        self.at += size
        if self.at > len(self.data):
            raise IndexError
        return int.from_bytes(self.data[self.at - size : self.at], "big")


@dataclass
class _Bits:
    """Bit fields from a buffer, in order."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> int:
        end = self.at + count
        if end > 8 * len(self.data):
            raise IndexError
        first, last = self.at // 8, (end + 7) // 8
        self.at = end
        return (int.from_bytes(self.data[first:last], "big") >> (8 * last - end)) & ((1 << count) - 1)


def _boxes(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    at = 0
    while at + 8 <= len(data):
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = len(data) if size == 0 else at + size
        if end > len(data):
            raise Truncated
        if end < at + head:
            raise Malformed
        yield bytes(data[at + 4 : at + 8]), data[at + head : end]
        at = end


def _coded_items(data: memoryview) -> Iterator[bytes]:
    meta = dict(_boxes(dict(_boxes(data)).get(b"meta", data[:4])[4:]))
    # Without a primary item the decoder would fall back to an animation track, which is not judged here.
    if not {b"pitm", b"iinf", b"iloc"} <= meta.keys():
        raise Malformed
    coded = {item for item, kind in _item_kinds(meta[b"iinf"]) if kind == b"av01"}
    budget = 2 * len(data)
    for item, method, extents in _item_locations(meta[b"iloc"]):
        if item in coded:
            if method > 1:
                raise Malformed
            source = data if method == 0 else meta.get(b"idat", data[:0])
            payload = b"".join(source[start : start + length if length else len(source)] for start, length in extents)
            budget -= len(payload)
            if budget < 0:
                raise Malformed
            yield payload


def _item_kinds(box: memoryview) -> Iterator[tuple[int, bytes]]:
    for kind, entry in _boxes(box[4 + (2 if box[0] == 0 else 4) :]):
        if kind == b"infe" and entry[0] >= 2:
            width = 2 if entry[0] == 2 else 4
            yield int.from_bytes(entry[4 : 4 + width], "big"), bytes(entry[6 + width : 10 + width])


def _item_locations(box: memoryview) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Item, construction method and (offset, length) pairs; a length of 0 means to the end."""
    reader, version = _Reader(box, 4), box[0]
    sizes = reader.number(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    count = reader.number(4 if version == 2 else 2)
    if count > _ITEMS_MAX:
        raise Malformed
    for _ in range(count):
        item = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        base = reader.number(base_size)
        extents = []
        for _ in range(reader.number(2)):
            reader.number(index_size)
            extents.append((base + reader.number(offset_size), reader.number(length_size)))
        yield item, method, extents


def _largest_frame(payload: bytes) -> int:
    sizes = [_frame_pixels(body) for kind, body in _units(payload) if kind == _SEQUENCE_HEADER]
    return max(sizes, default=0)


def _units(payload: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each open bitstream unit (AV1 5.3)."""
    at = 0
    while at < len(payload):
        header = payload[at]
        at += 2 if header & 4 else 1
        size = len(payload) - at
        if header & 2:
            size, at = _leb128(payload, at)
        # Only sequence headers are read, and none is longer than this.
        yield header >> 3 & 15, payload[at : at + min(size, 1024)]
        at += size


def _leb128(payload: bytes, at: int) -> tuple[int, int]:
    """A number of up to eight groups of seven bits, lowest first, and the position after it (AV1 4.10.5)."""
    value = 0
    for group in range(8):
        value |= (payload[at + group] & 127) << (7 * group)
        if payload[at + group] < 128:
            return value, at + group + 1
    raise Malformed


def _frame_pixels(header: bytes) -> int:
    """Largest frame that a sequence header allows (AV1 5.5.1)."""
    bits = _Bits(header)
    bits.take(4)
    if bits.take(1):
        bits.take(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.take(4) + 1, bits.take(4) + 1
    return (bits.take(width_bits) + 1) * (bits.take(height_bits) + 1)


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = 0
    if bits.take(1):
        bits.take(64)
        if bits.take(1):
            _skip_variable_length(bits)
        if bits.take(1):
            delay_bits = bits.take(5) + 1
            bits.take(42)
    display_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay_bits and bits.take(1):
            bits.take(2 * delay_bits + 1)
        if display_delay and bits.take(1):
            bits.take(4)


def _skip_variable_length(bits: _Bits) -> None:
    zeros = 0
    while not bits.take(1):
        zeros += 1
    bits.take(zeros if zeros < 32 else 0)
