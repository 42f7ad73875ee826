"""What a caller hands in, turned into the pixels of a first frame. Judges files by content, and before decoding them.

Nothing here opens a path: callers of the HTTP API reach `read` with text of their own.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import urllib.parse
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import AvifImagePlugin, GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from firstframe.clip import ASPECT_MAX, FrameSize
from firstframe.errors import ImageRejected
from firstframe.media.avif import coded_pixels
from firstframe.media.container import ACCEPTED, ICC_BYTES_MAX, Malformed, Truncated, essential, image_format
from firstframe.media.fetch import fetch
from firstframe.media.srgb import Strips, orientation, pillow_strips, pixels, upright

__all__ = ["decode", "image_format", "judge", "read", "resize"]

BYTES_MAX = 20 * 2**20
PIXELS_MAX = 40_000_000
ANIMATED_WEBP_PIXELS_MAX = 10_000_000
"""Lower, because libwebp needs four canvases to show one frame of an animation."""
CODED_PIXELS_MAX = 3 * PIXELS_MAX
"""All coded pictures of an AVIF file together: colour, transparency, and a thumbnail or gain map."""
SHORT_SIDE_MIN = 256
_FORMAT_NAMES = "JPEG, PNG, WebP, AVIF or GIF"

DECODERS = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
"""Named, so that Pillow has what it needs without loading its decoders for forty other formats."""

# Pillow's own bomb check comes first in `Image.open`; it only warns between one and two times its limit.
Image.MAX_IMAGE_PIXELS = PIXELS_MAX
warnings.simplefilter("error", Image.DecompressionBombWarning)
PngImagePlugin.MAX_TEXT_CHUNK = ICC_BYTES_MAX


def read(source: str | bytes, *, allow: str | None = None) -> bytes:
    """Turn what a caller sent into a file's bytes: an http(s) URL, a data URL, base64 text, or the bytes themselves.

    `allow` overrides the operator's allow list for URLs. The content is not judged here.
    Raises `ImageRejected` with reason empty, unreadable, too_many_bytes, or one of `media.fetch.fetch`.
    """
    if isinstance(source, bytes):
        data = source
    else:
        text = source.strip()
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", text)
        if scheme is None:
            data = _from_base64(text)
        elif scheme[1].lower() == "data":
            data = _from_data_url(text)
        else:
            data = fetch(text, limit_bytes=BYTES_MAX, allow=allow)
    _judge_bytes(len(data))
    return data


def decode(data: bytes) -> NDArray[np.uint8]:
    """Decode a picture file to sRGB pixels of shape (h, w, 3), upright, on white where it was transparent.

    Raises `ImageRejected` with reason empty, too_many_bytes, unsupported_format, too_many_pixels, too_small,
    aspect_ratio, truncated or unreadable; everything that the header tells is judged before any pixel is decoded.
    """
    with _opened(data) as (picture, turned):
        return upright(pixels(picture, _strips(picture, data)), turned)


def judge(data: bytes) -> None:
    """Raise what `decode` would, after decoding every pixel too; their colours, half of its time, are left alone."""
    with _opened(data) as (picture, _):
        _strips(picture, data)


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[Image.Image, int]]:
    """The picture and its orientation, as far as the header tells; what goes wrong within is the picture's fault."""
    _judge_bytes(len(data))
    kind = image_format(data)
    if kind not in ACCEPTED:
        what = "of an unknown format" if kind == "unknown" else f"of format {kind.upper()}"
        raise ImageRejected("unsupported_format", f"The file is {what}; accepted are {_FORMAT_NAMES} pictures.")
    try:
        if kind == "avif":
            _judge_coded_size(data)
        with Image.open(io.BytesIO(essential(data, kind)), formats=[kind.upper()]) as picture:
            turned = orientation(picture)
            _judge_size(picture, turned)
            yield picture, turned
    except ImageRejected:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        count = re.search(r"\d+", str(bomb))
        raise _too_many_pixels(int(count[0]) if count else PIXELS_MAX + 1, PIXELS_MAX) from None
    except Exception as error:
        # A decoder that is fed hostile bytes may raise anything; whatever it is, the picture is not usable.
        raise _unreadable(kind, error) from error


def resize(rgb: NDArray[np.uint8], size: FrameSize) -> NDArray[np.uint8]:
    """The first frame: the picture at the size of the clip, shape (size.height, size.width, 3).

    Area averaging when shrinking, Lanczos when enlarging. A picture whose aspect ratio differs by more than a pixel
    is cropped about its centre.
    """
    height, width = rgb.shape[:2]
    scale = max(size.width / width, size.height / height)
    if width * scale > size.width + 1 or height * scale > size.height + 1:
        crop_width, crop_height = min(width, round(size.width / scale)), min(height, round(size.height / scale))
        left, top = (width - crop_width) // 2, (height - crop_height) // 2
        rgb = rgb[top : top + crop_height, left : left + crop_width]
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(rgb, (size.width, size.height), interpolation=method), np.uint8)


def _from_base64(text: str) -> bytes:
    _judge_bytes(max(len(text) * 3 // 4 - 2, 1) if text else 0)
    compact = "".join(text.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (binascii.Error, ValueError):
        sentence = "first_frame_image is neither an http(s) URL nor a data URL, and not valid base64 text either."
        raise ImageRejected("unreadable", sentence) from None


def _from_data_url(url: str) -> bytes:
    head, comma, body = url.partition(",")
    if not comma:
        raise ImageRejected("unreadable", "The data URL has no comma; write data:image/png;base64,… .")
    if head.lower().endswith(";base64"):
        return _from_base64(urllib.parse.unquote(body) if "%" in body else body)
    return urllib.parse.unquote_to_bytes(body)


def _judge_bytes(count: int) -> None:
    if count <= 0:
        raise ImageRejected("empty", "The picture is empty; send a file that has content.")
    if count > BYTES_MAX:
        sentence = f"The picture has {count / 2**20:.1f} MB; at most {BYTES_MAX // 2**20} MB are accepted."
        raise ImageRejected("too_many_bytes", sentence)


def _judge_size(picture: Image.Image, turned: int) -> None:
    width, height = picture.size if turned < 5 else picture.size[::-1]
    short, long = min(width, height), max(width, height)
    limit = ANIMATED_WEBP_PIXELS_MAX if picture.format == "WEBP" and _is_animated(picture) else PIXELS_MAX
    if width * height > limit:
        raise _too_many_pixels(width * height, limit)
    if short < SHORT_SIDE_MIN:
        sentence = f"The picture has {width}×{height} pixels; its short side must have at least {SHORT_SIDE_MIN}."
        raise ImageRejected("too_small", sentence)
    if long / short > ASPECT_MAX:
        sentence = f"The picture has {width}×{height} pixels; its aspect ratio must lie between 2:5 and 5:2."
        raise ImageRejected("aspect_ratio", sentence)


def _strips(picture: Image.Image, data: bytes) -> Strips:
    """Decoded rows. Stills in WebP go through OpenCV, which needs a quarter of the memory that Pillow does."""
    if picture.format == "AVIF" and _is_animated(picture):
        raise Malformed
    if picture.format != "WEBP" or _is_animated(picture):
        return pillow_strips(picture)
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if bgr is None or bgr.shape[:2] != (picture.height, picture.width):
        raise Malformed
    swap = cv2.COLOR_BGRA2RGBA if bgr.shape[2] == 4 else cv2.COLOR_BGR2RGB
    return lambda top, bottom: Image.fromarray(cv2.cvtColor(bgr[top:bottom], swap))


def _judge_coded_size(data: bytes) -> None:
    coded = coded_pixels(data)
    if max(coded, default=0) > PIXELS_MAX or sum(coded) > CODED_PIXELS_MAX:
        raise _too_many_pixels(max(coded), PIXELS_MAX)


def _is_animated(picture: Image.Image) -> bool:
    return bool(getattr(picture, "is_animated", False))


def _too_many_pixels(count: int, limit: int) -> ImageRejected:
    sentence = f"The picture has {count / 1e6:.1f} megapixels; at most {limit // 10**6} are accepted."
    return ImageRejected("too_many_pixels", sentence)


def _unreadable(kind: str, error: Exception) -> ImageRejected:
    if isinstance(error, Truncated | EOFError) or "truncated" in str(error):
        return ImageRejected("truncated", f"The {kind.upper()} picture is cut off; send the whole file.")
    return ImageRejected("unreadable", f"The {kind.upper()} picture is damaged and cannot be read.")
