"""From an opened Pillow picture of any mode to upright 8-bit sRGB pixels: profile, transparency, depth, orientation.

Works in strips, so that besides the decoded picture and the result nothing large is held.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageCms

from firstframe.media.container import ICC_BYTES_MAX

BACKGROUND = 255
"""Transparent pixels become white: most cut-outs are product shots and logos made for white pages."""

_STRIP_PIXELS = 2**18
_SRGB = ImageCms.createProfile("sRGB")
_SIXTEEN_BIT = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
_GREY_MODES = frozenset({"1", "L", "LA", "La"}) | _SIXTEEN_BIT


def orientation(picture: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none or it cannot be read. From 5 on, width and height swap."""
    if picture.format == "PNG" and "exif" not in picture.info:
        return 1  # Pillow would decode the whole picture to look for a late one; `media.container` has moved it ahead.
    try:
        value = picture.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:
        # EXIF is written by thousands of programs and read by this one only for a hint.
        return 1
    return value if value in range(1, 9) else 1


Strips = Callable[[int, int], Image.Image]
"""Rows `top` to `bottom` of a decoded picture."""


def pillow_strips(picture: Image.Image) -> Strips:
    """Decode with Pillow. Raises whatever the decoder raises."""
    picture.load()
    return lambda top, bottom: picture.crop((0, top, picture.width, bottom))


def pixels(picture: Image.Image, strips: Strips) -> NDArray[np.uint8]:
    """Pixels in sRGB, shape (h, w, 3), not yet upright. `picture` gives size and profile, `strips` what was decoded.

    An embedded ICC profile is applied when it fits the picture; a broken one is ignored, as browsers do.
    """
    width, height = picture.size
    result = np.empty((height, width, 3), np.uint8)
    rows = max(1, _STRIP_PIXELS // width)
    colours = _Colours(strips(0, 1), picture.info.get("icc_profile"))
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        result[top:bottom] = colours.srgb(strips(top, bottom))
    return result


def upright(rgb: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Undo an EXIF orientation. Source: CIPA DC-008 (Exif 2.32), tag 0x0112."""
    if orientation in (5, 6, 7, 8):
        rgb = rgb.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        rgb = rgb[::-1]
    if orientation in (2, 3, 6, 7):
        rgb = rgb[:, ::-1]
    return np.ascontiguousarray(rgb)


class _Colours:
    """How the pixels of one picture become sRGB."""

    def __init__(self, sample: Image.Image, profile: bytes | None) -> None:
        self._sixteen_bit = sample.mode in _SIXTEEN_BIT
        self._transparent = sample.has_transparency_data and not self._sixteen_bit
        self._mode = "CMYK" if sample.mode == "CMYK" else "L" if sample.mode in _GREY_MODES else "RGB"
        self._transform = _profile_transform(profile, self._mode)

    def srgb(self, strip: Image.Image) -> NDArray[np.uint8]:
        colour = _eight_bit(strip) if self._sixteen_bit else strip.convert("RGBA") if self._transparent else strip
        alpha = np.asarray(colour.getchannel("A")) if self._transparent else None
        colour = colour.convert(self._mode)
        if self._transform is not None:
            colour = self._transform.apply(colour)
        rgb = np.asarray(colour.convert("RGB"))
        return rgb if alpha is None else _on_background(rgb, alpha)


def _eight_bit(strip: Image.Image) -> Image.Image:
    levels = np.asarray(strip).astype(np.uint32)
    return Image.fromarray(((np.minimum(levels, 65535) * 255 + 32767) // 65535).astype(np.uint8))


def _on_background(rgb: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    weight = alpha[..., None].astype(np.uint32)
    return ((rgb * weight + BACKGROUND * (255 - weight) + 127) // 255).astype(np.uint8)


def _profile_transform(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    if not profile or len(profile) > ICC_BYTES_MAX:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if (source.profile.profile_description or "").startswith("sRGB"):
            return None
        intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        return ImageCms.buildTransform(source, _SRGB, mode, "RGB", intent, flags)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
