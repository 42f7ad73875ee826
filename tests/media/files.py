"""Picture files made in memory: ordinary ones through Pillow, hostile ones byte by byte."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def scene(width: int = 320, height: int = 256) -> NDArray[np.uint8]:
    """A smooth picture in which every corner has its own colour, so that no two orientations look alike."""
    x = np.linspace(0, 1, width)[None, :]
    y = np.linspace(0, 1, height)[:, None]
    planes = (220 * x + 0 * y, 200 * y + 0 * x, 60 + 150 * (1 - x) * (1 - y))
    return np.rint(np.dstack(planes)).astype(np.uint8)


def encoded(picture: Image.Image | NDArray[np.uint8], kind: str, **options: object) -> bytes:
    """The picture as a file of the format that Pillow calls `kind`."""
    buffer = io.BytesIO()
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *, extra: bytes = b"", raw: bytes | None = None) -> bytes:
    """A black 8-bit grey PNG with `extra` chunks before the pixels; `raw` replaces what its pixel data unpack to."""
    pixels = zlib.compress(bytes((width + 1) * height) if raw is None else raw, 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG_MAGIC + chunk(b"IHDR", header) + extra + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def gif(screen: tuple[int, int], frame: tuple[int, int], extra: bytes = b"") -> bytes:
    """A GIF of a few bytes that claims these sizes."""
    head = b"GIF89a" + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + bytes(6)
    return head + extra + b"\x2c" + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x02\x02\x4c\x01\x00;"


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose frame header claims another size."""
    data = encoded(scene(), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def webp_claiming(width: int, height: int) -> bytes:
    """A small extended WebP whose canvas claims another size."""
    data = encoded(Image.fromarray(scene()), "WEBP", exif=b"Exif\0\0" + Image.Exif().tobytes())
    at = data.index(b"VP8X") + 12
    return data[:at] + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + data[at + 6 :]


def avif_claiming(width: int, height: int, coded: NDArray[np.uint8]) -> bytes:
    """An AVIF that promises one size and holds another."""
    data = encoded(coded, "AVIF", speed=10)
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def icc_profile(colorants: NDArray[np.float64], gamma: float) -> bytes:
    """A display profile: `colorants` are the XYZ of red, green and blue in columns, adapted to D50."""

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(values: NDArray[np.float64]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(fixed(float(v)) for v in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    text = b"test display\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78 + (-len(text) % 4))
    tags = {b"desc": description, b"wtpt": xyz(np.array([0.9642, 1.0, 0.8249]))}
    tags |= {name: xyz(colorants[:, i]) for i, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        padded = value + bytes(-len(value) % 4)
        table += name + struct.pack(">II", at + len(body), len(value))
        body += padded
    size = struct.pack(">I", 128 + len(table) + len(body))
    header = size + bytes(4) + b"\x02\x40\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    header += fixed(0.9642) + fixed(1.0) + fixed(0.8249)
    return header + bytes(128 - len(header)) + table + body
