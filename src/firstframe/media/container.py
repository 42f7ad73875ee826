"""The containers that pictures come in: which format the bytes are, and the parts of them that a first frame needs.

A decoder walks every comment, thumbnail and animation frame it meets, in loops that a hostile file can make last for
minutes. So the containers whose parts Pillow reads in Python are cut down here first, in one linear pass.
"""

from __future__ import annotations

import re
import zlib

ACCEPTED = ("jpeg", "png", "webp", "avif", "gif")

PARTS_MAX = 100_000
"""Segments, chunks or blocks of one file; a real 20 MB picture has at most a few thousand."""
ICC_BYTES_MAX = 4 * 2**20
"""A colour profile, unpacked; the largest in use, for printing presses, have about half of it."""
SCANS_MAX = 32
"""Scans of one JPEG: each costs a pass over all pixels. Encoders write about ten."""

_MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF", "pdf"),
    (b"%!PS", "eps"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"8BPS", "psd"),
    (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cJXL ", "jxl"),
    (b"\x00\x00\x00\x0cjP  ", "jpeg2000"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"\x1a\x45\xdf\xa3", "video"),
)
_SVG = re.compile(rb"\s*(<\?xml|<!DOCTYPE\s+svg|<!--|<svg)", re.IGNORECASE)
_HTML = re.compile(rb"\s*<(!doctype\s+html|html|head|body)", re.IGNORECASE)
_JPEG_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_JPEG_EXTRAS = frozenset({*range(0xE0, 0xF0), 0xFE})
_JPEG_KEPT_EXTRAS = ((0xE0, b"JFIF\0"), (0xE1, b"Exif\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_JPEG_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT", b"IEND"})


class Malformed(Exception):
    """The container breaks its own rules or is built to waste time."""


class Truncated(Malformed):
    """The container ends before its picture does."""


def image_format(data: bytes) -> str:
    """Name the format of a file by its content alone: one of `ACCEPTED`, another known name, or "unknown"."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return _iso_brand(data)
    head = data[:1024]
    if _HTML.match(head):
        return "html"
    return "svg" if _SVG.match(head) and b"<svg" in data[:65536] else "unknown"


def essential(data: bytes, kind: str) -> bytes:
    """The same picture without comments, thumbnails, text and later frames; a whole WebP passes unchanged.

    Orientation and colour profile stay. Raises `Malformed` or `Truncated`.
    """
    reduce = {
        "jpeg": _essential_jpeg,
        "png": _essential_png,
        "webp": _whole_webp,
        "avif": _essential_avif,
        "gif": _essential_gif,
    }
    return reduce[kind](data)


def _iso_brand(data: bytes) -> str:
    size = min(int.from_bytes(data[:4], "big"), 4096)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    return "heic" if brands & {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"} else "video"


def _essential_jpeg(data: bytes) -> bytes:
    parts, at, scans = [data[:2]], 2, 0
    for _ in range(PARTS_MAX):
        if at >= len(data):
            raise Truncated
        if data[at] != 0xFF:
            raise Malformed
        if data[at + 1 : at + 2] == b"\xff":
            at = _after_fill(data, at)
            continue
        marker, end = _jpeg_segment(data, at)
        if marker == 0xDA:
            scans += 1
            found = _JPEG_NEXT_MARKER.search(data, end)
            # Files that lack only the end marker are common and whole enough; the decoder judges their pixels.
            end = found.start() if found else len(data)
        if marker not in _JPEG_EXTRAS or any(
            marker == code and data.startswith(name, at + 4) for code, name in _JPEG_KEPT_EXTRAS
        ):
            parts.append(data[at:end])
        if marker == 0xD9 or (marker == 0xDA and end == len(data)):
            return b"".join(parts)
        if scans > SCANS_MAX:
            raise Malformed
        at = end
    raise Malformed


def _after_fill(data: bytes, at: int) -> int:
    """Position of the last of a run of 0xFF bytes, which may pad the way to a marker."""
    run = re.compile(rb"\xff+").match(data, at)
    assert run is not None
    return run.end() - 1


def _jpeg_segment(data: bytes, at: int) -> tuple[int, int]:
    """Marker code and end of the segment at `at`."""
    if at + 2 > len(data):
        raise Truncated
    marker = data[at + 1]
    if marker in _JPEG_STANDALONE or marker in {0xD8, 0xD9}:
        return marker, at + 2
    end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    if end > len(data):
        raise Truncated
    return marker, end


def _essential_png(data: bytes) -> bytes:
    parts, at, profiles = [data[:8]], 8, 0
    pixels: list[bytes] = []
    for _ in range(PARTS_MAX):
        kind = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if len(kind) < 4 or end > len(data):
            raise Truncated
        profiles += kind == b"iCCP"
        if kind in _PNG_KEPT and (kind != b"iCCP" or (profiles == 1 and _profile_unpacks(data[at + 8 : end - 4]))):
            # Orientation may follow the pixels; put before them it is known before decoding.
            (pixels if kind in {b"IDAT", b"IEND"} else parts).append(data[at:end])
        if kind == b"IEND":
            return b"".join(parts + pixels)
        at = end
    raise Malformed


def _profile_unpacks(chunk: bytes) -> bool:
    """Whether an iCCP chunk (name, zero, method, zlib data) holds a profile of a sane size."""
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(chunk[chunk.index(b"\0") + 2 :], ICC_BYTES_MAX)
    except (zlib.error, ValueError):
        return False
    return unpacker.eof


def _essential_gif(data: bytes) -> bytes:
    at = 13 + _gif_palette(data, 10)
    parts = [data[:at]]
    for _ in range(PARTS_MAX):
        kind = data[at : at + 1]
        if kind == b"\x2c":
            end = _after_gif_blocks(data, at + 10 + _gif_palette(data, at + 9) + 1)
            return b"".join([*parts, data[at:end], b"\x3b"])
        if kind == b"\x00":
            at += 1  # Stray terminators between blocks are common and harmless.
            continue
        if kind != b"\x21":
            raise Truncated if not kind else Malformed
        end = _after_gif_blocks(data, at + 2)
        if data[at + 1 : at + 2] == b"\xf9":
            parts = [parts[0], data[at:end]]
        at = end
    raise Malformed


def _whole_webp(data: bytes) -> bytes:
    if int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise Truncated
    return data


def _essential_avif(data: bytes) -> bytes:
    """Under the brand of stills a decoder shows the primary picture, not the track of an animation."""
    return data[:8] + b"avif" + data[12:]


def _gif_palette(data: bytes, flags_at: int) -> int:
    """Bytes of the colour table announced by the flags at `flags_at`."""
    if flags_at >= len(data):
        raise Truncated
    flags = data[flags_at]
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_gif_blocks(data: bytes, at: int) -> int:
    try:
        while size := data[at]:
            at += size + 1
    except IndexError:
        raise Truncated from None
    return at + 1
