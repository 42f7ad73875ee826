"""Files made to hurt: each ends in the right picture or a clean refusal, within 5 s of processor time and 300 MB."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.media.files import PNG_MAGIC, chunk, encoded, gif, jpeg_claiming, png, scene, webp_claiming

MEGABYTES_MAX = 300
SIZE = "320×256"
BIG = "8000×5000"


def after_jpeg_start(extra: bytes) -> bytes:
    data = encoded(scene(), "JPEG")
    return data[:2] + extra + data[2:]


def in_gif(extra: bytes) -> bytes:
    data = encoded(Image.fromarray(scene()).quantize(16), "GIF")
    at = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    return data[:at] + extra + data[at:]


def many_scans(count: int, width: int, height: int) -> bytes:
    data = encoded(Image.new("L", (width, height), 128), "JPEG", progressive=True)
    last = data[[m.start() for m in re.finditer(b"\xff\xda", data)][-1] : -2]
    return data[:-2] + last * count + data[-2:]


def large(kind: str, mode: str = "RGB", **options: object) -> bytes:
    return encoded(Image.new(mode, (8000, 5000)), kind, **options)


CORPUS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    # Sizes that are lies
    "png-900-megapixels": (lambda: png(30_000, 30_000, raw=bytes(10_000)), {"too_many_pixels"}),
    "png-40-megapixels-without-pixels": (lambda: png(8000, 5000, raw=b""), {"truncated", "unreadable", BIG}),
    "png-pixels-that-inflate-on": (lambda: png(320, 256, raw=bytes(100_000_000)), {SIZE, "unreadable"}),
    "jpeg-40-megapixels-without-pixels": (lambda: jpeg_claiming(8000, 5000), {"truncated", "unreadable", BIG}),
    "webp-canvas-without-pixels": (lambda: webp_claiming(8000, 5000), {"truncated", "unreadable"}),
    "gif-40-megapixels-without-pixels": (lambda: gif((8000, 5000), (8000, 5000)), {"truncated", "unreadable", BIG}),
    # Small parts that unpack to large ones
    "png-text-bombs": (
        lambda: png(320, 256, extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(2**20 - 1), 9)) * 10_000),
        {SIZE},
    ),
    "png-profile-bomb": (
        lambda: png(320, 256, extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))),
        {SIZE},
    ),
    "png-many-profiles": (
        lambda: png(320, 256, extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(4_000_000), 9)) * 4_000),
        {SIZE},
    ),
    "png-international-text-bomb": (
        lambda: png(320, 256, extra=chunk(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(bytes(100_000_000), 9))),
        {SIZE},
    ),
    # Many small parts
    "png-a-million-chunks": (lambda: png(320, 256, extra=chunk(b"tEXt", b"a\0b") * 1_200_000), {"unreadable"}),
    "png-ninety-thousand-chunks": (lambda: png(320, 256, extra=chunk(b"tEXt", b"a\0b") * 90_000), {SIZE}),
    "jpeg-millions-of-segments": (lambda: after_jpeg_start(b"\xff\xfe\0\x02" * 4_900_000), {"unreadable"}),
    "jpeg-millions-of-fill-bytes": (lambda: after_jpeg_start(b"\xff" * 19_000_000), {SIZE}),
    "jpeg-millions-of-junk-bytes": (lambda: after_jpeg_start(bytes(19_000_000)), {"unsupported_format"}),
    "jpeg-large-comments": (lambda: after_jpeg_start((b"\xff\xfe\xff\xff" + bytes(65_533)) * 300), {SIZE}),
    "jpeg-a-thousand-scans": (lambda: many_scans(1000, 8000, 5000), {"unreadable"}),
    "jpeg-as-many-scans-as-are-accepted": (lambda: many_scans(26, 2000, 2000), {"2000×2000"}),
    "gif-quadratic-comment": (lambda: in_gif(b"\x21\xfe" + (b"\xff" + b"x" * 255) * 77_000 + b"\0"), {SIZE}),
    "gif-one-byte-blocks": (lambda: in_gif(b"\x21\xfe" + b"\x01x" * 9_900_000 + b"\0"), {SIZE}),
    "gif-millions-of-extensions": (lambda: in_gif(b"\x21\xfe\0" * 6_000_000), {"unreadable"}),
    # Large and honest
    "large-png": (lambda: large("PNG", "RGBA", compress_level=1), {BIG}),
    "large-jpeg": (lambda: large("JPEG"), {BIG}),
    "large-webp": (lambda: large("WEBP", quality=20, method=0), {BIG}),
    "large-gif": (lambda: large("GIF"), {BIG}),
    # Broken
    "png-header-only": (lambda: PNG_MAGIC, {"truncated"}),
    "png-wrong-checksum": (lambda: encoded(scene(), "PNG").replace(b"IDAT", b"IDAT\1", 1), {"unreadable", "truncated"}),
    "jpeg-start-only": (lambda: b"\xff\xd8\xff", {"truncated"}),
    "webp-header-only": (lambda: b"RIFF\xff\xff\xff\xffWEBPVP8 ", {"truncated", "unreadable"}),
    "avif-header-only": (lambda: b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", {"truncated", "unreadable"}),
    "avif-endless-box": (lambda: b"\0\0\0\x18ftypavif\0\0\0\0avifmif1\0\0\0\0meta", {"truncated", "unreadable"}),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in CORPUS.items():
        (folder / name).write_bytes(make())
    return decode_all(sorted(folder.iterdir()))


def decode_all(paths: list[Path]) -> dict[str, dict[str, object]]:
    command = [sys.executable, Path(__file__).with_name("decode_apart.py"), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {str(line["file"]): line for line in lines}


@pytest.mark.parametrize("name", CORPUS)
def test_27_hostile_file(name: str, reports: dict[str, dict[str, object]]) -> None:
    assert reports[name]["outcome"] in CORPUS[name][1]
    assert isinstance(reports[name]["grown_mb"], float)
    assert reports[name]["grown_mb"] <= MEGABYTES_MAX


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_27_damaged_files(kind: str, tmp_path: Path) -> None:
    """Cut off or changed anywhere, a file gives a picture of its own size or a refusal, never anything else."""
    chance = random.Random(kind)
    whole = encoded(scene(), kind)
    for number in range(60):
        data = bytearray(whole[: chance.randrange(len(whole))] if number % 2 else whole)
        for _ in range(chance.randrange(1, 6) if number % 2 == 0 else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / f"{number:02}").write_bytes(data)
    outcomes = {str(report["outcome"]) for report in decode_all(sorted(tmp_path.iterdir())).values()}
    refusals = {
        "truncated",
        "unreadable",
        "unsupported_format",
        "empty",
        "too_many_pixels",
        "too_small",
        "aspect_ratio",
    }
    assert {outcome for outcome in outcomes - refusals if not re.fullmatch(r"\d+×\d+", outcome)} == set()
    assert outcomes & {"truncated", "unreadable"}
