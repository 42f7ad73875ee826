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
    """What a request wants of a file."""

    WHOLE = "whole"
    PART = "part"
    OUTSIDE = "outside"


def asked(range_header: str | None, if_range: str | None, etag: str, size: int) -> Asked:
    """Whether the headers ask for the whole file of `size` bytes, for parts of it, or for parts it does not have."""
    if range_header is None or (if_range is not None and if_range != etag) or not _RANGES.fullmatch(range_header):
        return Asked.WHOLE
    ranges = [part.strip().split("-") for part in range_header.partition("=")[2].split(",")]
    if any(len(number) > _DIGITS_MAX for part in ranges for number in part):
        return Asked.OUTSIDE
    if any(first and last and int(first) > int(last) for first, last in ranges):
        return Asked.WHOLE
    return Asked.PART if all(_lies_inside(first, last, size) for first, last in ranges) else Asked.OUTSIDE


def _lies_inside(first: str, last: str, size: int) -> bool:
    return int(first) < size if first else int(last) > 0
