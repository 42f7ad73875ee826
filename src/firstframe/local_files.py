"""Files of the person at this machine: first frames by path, and places for new clips.

Only the command line and the Python API use it; the server never reads a path that a caller names.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, TypeGuard
from urllib.parse import unquote, urlsplit

from firstframe.errors import ImageRejected, InvalidParameter

STANDARD_INPUT = "-"
BYTES_READ_AT_MOST = 20_000_001
"""One more than a first frame may have, so that a larger one is refused without being read whole."""


class PillowImage(Protocol):
    """What is used of a Pillow image, so that Pillow need not be imported to name it."""

    def save(self, fp: BinaryIO, format: str) -> None:
        """Write the picture into `fp`."""
        ...


Image = str | Path | bytes | BinaryIO | PillowImage
"""A path, an http(s) or data URL, `-` for standard input, file bytes, a binary file object or a Pillow image."""


def first_frame(image: Image) -> str | bytes:
    """The picture as `ClipRequest.first_frame_image` takes it: the URL itself, or the bytes of the file.

    Raises `ImageRejected` (not_found, unreadable, empty) for a path that cannot be read.
    """
    if isinstance(image, bytes) or _is_url(image):
        return image
    if isinstance(image, str | Path):
        return _read(image)
    if hasattr(image, "read"):
        return image.read(BYTES_READ_AT_MOST)
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def free_name(image: Image, folder: Path) -> Path:
    """A path in `folder` named after `image` where nothing is yet: NAME.mp4, NAME-2.mp4, NAME-3.mp4 …"""
    stem = _stem(image)
    path, number = folder / f"{stem}.mp4", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.mp4", number + 1
    return path


def checked_output(output: str | Path) -> Path:
    """`output` as a path. Raises `InvalidParameter`, before any work is done, when no MP4 can be put there."""
    output = Path(output)
    if output.suffix.lower() != ".mp4" or output.is_dir():
        raise InvalidParameter("output", str(output), "a file name that ends in .mp4")
    if not output.parent.is_dir():
        raise InvalidParameter("output", str(output), "a file name in a folder that exists")
    return output


@contextmanager
def temporary_output(image: Image) -> Iterator[Path]:
    """A name in a new temporary folder; the folder stays when the block succeeds and goes when it fails."""
    folder = Path(tempfile.mkdtemp(prefix="firstframe-"))
    try:
        yield free_name(image, folder)
    except BaseException:
        folder.rmdir()
        raise


def _is_url(image: Image) -> TypeGuard[str]:
    return isinstance(image, str) and re.match(r"https?://|data:", image, re.IGNORECASE) is not None


def _read(path: str | Path) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(BYTES_READ_AT_MOST)
    try:
        with Path(path).open("rb") as file:
            return file.read(BYTES_READ_AT_MOST)
    except FileNotFoundError:
        raise ImageRejected("not_found", f"There is no picture at {path}; check the path.") from None
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise ImageRejected("unreadable", f"{path} cannot be read as a picture: {why}.") from None


def _stem(image: Image) -> str:
    name = getattr(image, "name", None) if not isinstance(image, str) else image
    if not isinstance(name, str) or name == STANDARD_INPUT or name.lower().startswith("data:"):
        return "clip"
    path = unquote(urlsplit(name).path) if _is_url(name) else name
    return re.sub(r"[^\w.()+ -]", "_", (PurePosixPath if _is_url(name) else Path)(path).stem) or "clip"
