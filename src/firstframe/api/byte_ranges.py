"""The `Range` header: which requests ask for a part of a file, and whether the file has that part.

Source: RFC 9110, section 14. A header that is malformed, of another unit, or bound to another version of the file is
no range request at all, and the whole file is the right answer.
"""

from __future__ import annotations

import re
from enum import Enum

_RANGES = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)(?:\s*,\s*(?:\d+-\d*|-\d+))*\s*", re.ASCII | re.IGNORECASE)
_DIGITS_MAX = 18


class Asked(Enum):
    """What a request wants of a file, when it is not one part of it."""

    WHOLE = "whole"
    PARTS = "several parts"
    OUTSIDE = "what the file does not have"


def asked(range_header: str | None, if_range: str | None, etag: str, size: int) -> Asked | range:
    """What the headers ask of a file of `size` bytes; the positions of its bytes when that is one part."""
    if range_header is None or (if_range is not None and if_range != etag) or not _RANGES.fullmatch(range_header):
        return Asked.WHOLE
    parts = [part.strip().split("-") for part in range_header.partition("=")[2].split(",")]
    if any(len(number) > _DIGITS_MAX for part in parts for number in part):
        return Asked.OUTSIDE
    if any(first and last and int(first) > int(last) for first, last in parts):
        return Asked.WHOLE
    positions = [_positions(first, last, size) for first, last in parts]
    if not all(positions):
        return Asked.OUTSIDE
    return positions[0] if len(positions) == 1 else Asked.PARTS


def _positions(first: str, last: str, size: int) -> range:
    """The bytes of `size` that a part names; empty when it lies outside."""
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(int(last) + 1, size) if last else size)
