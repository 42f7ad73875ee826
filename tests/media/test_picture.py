"""Callers' pictures: every accepted form gives the right pixels, everything else a clear refusal."""

from __future__ import annotations

import base64
import urllib.parse
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageFile
from tests.media.conftest import Site, page
from tests.media.files import avif_claiming, chunk, encoded, gif, icc_profile, jpeg_claiming, png, scene, webp_claiming

from firstframe.clip import FrameSize
from firstframe.errors import ImageRejected
from firstframe.media import picture
from firstframe.media.picture import decode, image_format, read, resize

SRGB_D50 = np.array([[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]])
DISPLAY_P3_D50 = np.array([[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]])


def reason(data: bytes) -> str:
    with pytest.raises(ImageRejected) as caught:
        decode(data)
    assert caught.value.message.endswith(".")
    return caught.value.reason


def far(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> int:
    assert a.shape == b.shape
    return int(np.abs(a.astype(int) - b.astype(int)).max())


# What comes in


def test_bytes_are_taken_as_they_are() -> None:
    assert read(b"anything") == b"anything"


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(bytes(range(256))).decode(),
        base64.b64encode(bytes(range(256))).decode().rstrip("="),
        base64.urlsafe_b64encode(bytes(range(256))).decode(),
        "\n".join(base64.encodebytes(bytes(range(256))).decode().splitlines()) + "  ",
        "data:image/png;base64," + base64.b64encode(bytes(range(256))).decode(),
        "DATA:;charset=x;BASE64," + base64.b64encode(bytes(range(256))).decode(),
        "data:image/png;base64," + urllib.parse.quote(base64.b64encode(bytes(range(256))), safe=""),
        "data:application/octet-stream," + urllib.parse.quote(bytes(range(256))),
    ],
)
def test_text_forms(text: str) -> None:
    assert read(text) == bytes(range(256))


def test_a_url_is_fetched(site: Site) -> None:
    site.pages["/a.png"] = page(b"picture")
    assert read(f"  {site.url}/a.png\n", allow="127.0.0.1") == b"picture"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "empty"),
        (b"", "empty"),
        ("   ", "empty"),
        ("data:image/png;base64,", "empty"),
        ("data:image/png;base64", "unreadable"),
        ("data:image/png;base64,***", "unreadable"),
        ("holiday.png", "unreadable"),
        ("./holiday.png", "unreadable"),
        ("abcde", "unreadable"),
        ("naïve", "unreadable"),
        ("file:///etc/passwd", "address_refused"),
        ("ftp://example.com/a.png", "address_refused"),
        ("C:\\holiday.png", "address_refused"),
        (bytes(picture.BYTES_MAX + 1), "too_many_bytes"),
        ("A" * (picture.BYTES_MAX * 4 // 3 + 8), "too_many_bytes"),
        ("data:;base64," + "A" * (picture.BYTES_MAX * 4 // 3 + 8), "too_many_bytes"),
    ],
)
def test_other_sources_are_refused(source: str | bytes, expected: str) -> None:
    with pytest.raises(ImageRejected) as caught:
        read(source)
    assert caught.value.reason == expected


def test_no_path_is_ever_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "abcd").write_bytes(encoded(scene(), "PNG"))
    monkeypatch.chdir(tmp_path)
    assert read("abcd") == base64.b64decode("abcd")
    for path in ("./abcd", str(tmp_path / "abcd"), f"file://{tmp_path}/abcd"):
        with pytest.raises(ImageRejected):
            decode(read(path))


# Formats and modes


@pytest.mark.parametrize(
    ("kind", "options", "tolerance"),
    [
        ("JPEG", {"quality": 95, "subsampling": 0}, 6),
        ("JPEG", {"quality": 95, "subsampling": 0, "progressive": True}, 6),
        ("PNG", {}, 0),
        ("WEBP", {"lossless": True}, 0),
        ("WEBP", {"quality": 95}, 12),
        ("AVIF", {"quality": 95, "subsampling": "4:4:4"}, 6),
    ],
)
def test_formats(kind: str, options: dict[str, object], tolerance: int) -> None:
    data = encoded(scene(), kind, **options)
    assert image_format(data) == kind.lower()
    assert far(decode(data), scene()) <= tolerance


def test_gif() -> None:
    indexed = Image.fromarray(scene()).quantize(64)
    assert far(decode(encoded(indexed, "GIF")), np.asarray(indexed.convert("RGB"))) == 0


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_gives_its_first_frame(kind: str) -> None:
    frames = [Image.new("RGB", (300, 260), colour) for colour in ("#204060", "#ff0000", "#00ff00")]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    assert far(decode(data), np.asarray(frames[0])) <= 5


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(kind: str, orientation: int) -> None:
    """A picture stored so that `orientation` describes it comes out as the scene."""
    stored = {
        1: scene(),
        2: scene()[:, ::-1],
        3: scene()[::-1, ::-1],
        4: scene()[::-1],
        5: scene().swapaxes(0, 1),
        6: np.rot90(scene(), 1),
        7: scene()[::-1, ::-1].swapaxes(0, 1),
        8: np.rot90(scene(), -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    lossless = {"WEBP": {"lossless": True}, "JPEG": {"quality": 100, "subsampling": 0}}.get(kind, {})
    data = encoded(np.ascontiguousarray(stored), kind, exif=exif.tobytes(), **lossless)
    assert far(decode(data), scene()) <= (12 if kind == "AVIF" else 4)


def test_png_orientation_after_the_pixels() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(np.ascontiguousarray(np.rot90(scene(), 1)), "PNG")
    data = data.replace(chunk(b"IEND", b""), chunk(b"eXIf", exif.tobytes()) + chunk(b"IEND", b""))
    assert far(decode(data), scene()) == 0


def test_nonsense_exif_is_no_reason_to_refuse() -> None:
    assert far(decode(encoded(scene(), "PNG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + bytes(40))), scene()) == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "PA", "RGBA", "RGB"])
def test_png_modes(mode: str) -> None:
    image = Image.fromarray(scene()).convert(mode) if mode != "PA" else Image.fromarray(scene()).quantize(32)
    expected = image.convert("RGB")
    assert far(decode(encoded(image, "PNG")), np.asarray(expected)) == 0


def test_sixteen_bit_grey_is_scaled_not_clipped() -> None:
    levels = np.linspace(0, 65535, 300 * 260).reshape(260, 300).astype(np.uint16)
    expected = np.rint(levels / 257).astype(np.uint8)
    assert far(decode(encoded(Image.fromarray(levels), "PNG")), np.dstack([expected] * 3)) == 0


def test_sixteen_bit_colour() -> None:
    wide = scene()[..., ::-1].astype(np.uint16) * 257
    _, data = cv2.imencode(".png", wide)
    assert far(decode(data.tobytes()), scene()) == 0


@pytest.mark.parametrize("ink", [(0, 255, 255, 0), (255, 0, 255, 0), (0, 0, 0, 255), (0, 0, 0, 0), (0, 128, 0, 64)])
def test_cmyk(ink: tuple[int, int, int, int]) -> None:
    image = Image.new("CMYK", (300, 260), ink)
    c, m, y, k = ink
    expected = [round((255 - part) * (255 - k) / 255) for part in (c, m, y)]
    assert np.abs(decode(encoded(image, "JPEG", quality=100))[130, 150].astype(int) - expected).max() <= 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_transparent_pixels_become_white(kind: str) -> None:
    image = Image.new("RGBA", (300, 260), (200, 30, 30, 255))
    image.paste((10, 10, 10, 0), (0, 0, 150, 260))
    pixels = decode(encoded(image, kind, **({"lossless": True} if kind == "WEBP" else {})))
    assert np.abs(pixels[130, 40].astype(int) - 255).max() <= 1
    assert np.abs(pixels[130, 260].astype(int) - (200, 30, 30)).max() <= 3


def test_half_transparent_pixels_are_blended() -> None:
    assert decode(encoded(Image.new("RGBA", (300, 260), (100, 0, 255, 128)), "PNG"))[0, 0].tolist() == [177, 127, 255]


def test_a_transparent_colour_key_becomes_white() -> None:
    image = Image.new("RGB", (300, 260), (1, 2, 3))
    image.paste((9, 9, 9), (0, 0, 100, 260))
    pixels = decode(encoded(image, "PNG", transparency=(1, 2, 3)))
    assert pixels[0, 200].tolist() == [255, 255, 255]
    assert pixels[0, 50].tolist() == [9, 9, 9]


# Colour profiles


def linear_srgb_to_bytes(linear: NDArray[np.float64]) -> NDArray[np.uint8]:
    clipped = np.clip(linear, 0, 1)
    curved = np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return np.rint(255 * curved).astype(np.uint8)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_wide_gamut_picture_is_converted(kind: str) -> None:
    """Expected values by the definition of the profile: gamma 2.2, Display P3 primaries."""
    colour = np.array([180, 90, 60])
    data = encoded(
        Image.new("RGB", (300, 260), tuple(colour.tolist())), kind, icc_profile=icc_profile(DISPLAY_P3_D50, 2.2)
    )
    expected = linear_srgb_to_bytes(np.linalg.inv(SRGB_D50) @ DISPLAY_P3_D50 @ ((colour / 255) ** 2.2))
    assert np.abs(expected.astype(int) - colour).max() > 8
    assert np.abs(decode(data)[130, 150].astype(int) - expected).max() <= 3


def test_an_srgb_profile_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert far(decode(encoded(scene(), "PNG", icc_profile=profile)), scene()) == 0


@pytest.mark.parametrize("profile", [b"nonsense", bytes(200), icc_profile(DISPLAY_P3_D50, 2.2)[:200], bytes(5 * 2**20)])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_broken_profile_is_ignored(kind: str, profile: bytes) -> None:
    assert far(decode(encoded(scene(), kind, lossless=True, icc_profile=profile)), scene()) == 0


@pytest.mark.parametrize("body", [b"", b"name", b"name\0\0nonsense", b"name\0\0" + zlib.compress(bytes(900))[:9]])
def test_a_broken_profile_chunk_is_ignored(body: bytes) -> None:
    assert decode(png(320, 256, extra=chunk(b"iCCP", body))).shape == (256, 320, 3)


def test_a_profile_for_other_channels_is_ignored() -> None:
    image = Image.new("CMYK", (300, 260), (0, 255, 255, 0))
    profile = icc_profile(DISPLAY_P3_D50, 2.2)
    assert far(decode(encoded(image, "JPEG", icc_profile=profile)), decode(encoded(image, "JPEG"))) == 0
    grey = Image.new("L", (300, 260), 77)
    assert decode(encoded(grey, "PNG", icc_profile=profile))[0, 0].tolist() == [77, 77, 77]


# Limits


@pytest.mark.parametrize(("width", "height"), [(256, 256), (640, 256), (256, 640)])
def test_the_smallest_and_the_longest_pass(width: int, height: int) -> None:
    assert decode(png(width, height)).shape == (height, width, 3)


@pytest.mark.parametrize(
    ("data", "expected", "named"),
    [
        (png(255, 300), "too_small", ("255×300", "256")),
        (png(1, 1), "too_small", ("1×1",)),
        (png(641, 256), "aspect_ratio", ("641×256", "2:5", "5:2")),
        (png(256, 641), "aspect_ratio", ("256×641",)),
        (png(20_000, 300, raw=b""), "aspect_ratio", ("20000×300",)),
        (png(8000, 5001, raw=b""), "too_many_pixels", ("40.0", "40")),
        (png(30_000, 30_000, raw=b""), "too_many_pixels", ("900.0", "40")),
        (png(2**31 - 1, 2**31 - 1, raw=b""), "too_many_pixels", ("40",)),
        (jpeg_claiming(65_500, 65_500), "too_many_pixels", ("4290.2",)),
        (webp_claiming(16_384, 16_384), "too_many_pixels", ("268.4",)),
        (gif((65_535, 65_535), (256, 256)), "too_many_pixels", ("4294.8",)),
        (gif((256, 256), (65_535, 65_535)), "too_many_pixels", ("4294.8",)),
        (encoded(Image.new("L", (300, 200)), "AVIF"), "too_small", ("300×200",)),
        (b"", "empty", ()),
        (bytes(picture.BYTES_MAX + 1), "too_many_bytes", ("20.0 MB", "20 MB")),
    ],
)
def test_each_limit_names_the_value_and_what_is_accepted(data: bytes, expected: str, named: tuple[str, ...]) -> None:
    with pytest.raises(ImageRejected) as caught:
        decode(data)
    assert caught.value.reason == expected
    assert all(text in caught.value.message for text in named), caught.value.message


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_the_size_is_judged_before_the_pixels_are_decoded(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(Image.new("L", (300, 200)), kind)
    monkeypatch.setattr(picture, "pillow_strips", lambda _: pytest.fail("decoded"))
    for plugin in picture.DECODERS:
        for thing in vars(plugin).values():
            if isinstance(thing, type) and issubclass(thing, ImageFile.ImageFile):
                monkeypatch.setattr(thing, "load", lambda _: pytest.fail("decoded"))
    assert reason(data) == "too_small"


def test_the_size_is_named_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with pytest.raises(ImageRejected, match="200×300"):
        decode(encoded(Image.new("L", (300, 200)), "PNG", exif=exif.tobytes()))


def test_animated_webp_has_its_own_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Image.fromarray(scene()), Image.fromarray(scene()[::-1].copy())]
    animated = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    monkeypatch.setattr(picture, "ANIMATED_WEBP_PIXELS_MAX", 320 * 256 - 1)
    assert reason(animated) == "too_many_pixels"
    assert decode(encoded(frames[0], "WEBP")).shape == (256, 320, 3)


def test_an_avif_that_holds_more_than_it_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = avif_claiming(300, 260, coded=scene(700, 600))
    monkeypatch.setattr(picture, "PIXELS_MAX", 400_000)
    assert reason(forged) == "too_many_pixels"
    assert decode(encoded(scene(), "AVIF")).shape == (256, 320, 3)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"/>', "svg"),
        (b'<?xml version="1.0"?>\n<!-- hi --><svg/>', "svg"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 500 500\n", "eps"),
        (b"\xc5\xd0\xd3\xc6" + bytes(100), "eps"),
        (b"%PDF-1.7\n", "pdf"),
        (encoded(scene(), "BMP"), "bmp"),
        (encoded(scene(), "TIFF"), "tiff"),
        (encoded(scene(), "ICO"), "ico"),
        (encoded(scene(), "JPEG2000"), "jpeg2000"),
        (encoded(scene(), "PPM"), "unknown"),
        (encoded(scene(), "TGA"), "unknown"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(500), "heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp41" + bytes(500), "video"),
        (b"8BPS\0\x01" + bytes(500), "psd"),
        (b"<!doctype html><title>404</title>", "html"),
        (b"GIF", "unknown"),
        (b"RIFF\0\0\0\0WAVEfmt ", "unknown"),
        (b"hello", "unknown"),
        (bytes(1000), "unknown"),
    ],
)
def test_other_formats_are_named_and_refused(data: bytes, name: str) -> None:
    assert image_format(data) == name
    assert reason(data) == "unsupported_format"


def test_a_polyglot_is_what_its_first_bytes_say() -> None:
    data = encoded(scene(), "GIF") + b"<script>alert(1)</script>" + encoded(scene(), "PNG")
    assert decode(data).shape == (256, 320, 3)


# The first frame


@pytest.mark.parametrize("size", [FrameSize(160, 128), FrameSize(640, 512), FrameSize(320, 256)])
def test_resizing_keeps_the_whole_picture(size: FrameSize) -> None:
    resized = resize(scene(), size)
    assert resized.shape == (size.height, size.width, 3)
    for y, x in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        assert np.abs(resized[y, x].astype(int) - scene()[y, x]).max() <= 3


def test_resizing_to_the_same_size_changes_nothing() -> None:
    assert far(resize(scene(), FrameSize(320, 256)), scene()) == 0


def test_shrinking_averages_instead_of_skipping() -> None:
    stripes = np.zeros((512, 512, 3), np.uint8)
    stripes[:, ::2] = 200
    assert np.abs(resize(stripes, FrameSize(256, 256)).astype(int) - 100).max() <= 1


def test_a_rounding_difference_in_aspect_is_no_reason_to_crop() -> None:
    wide = np.zeros((1080, 1921, 3), np.uint8)
    wide[:, :1] = wide[:, -1:] = 255
    resized = resize(wide, FrameSize(1920, 1080))
    assert resized[0, 0].tolist() == resized[0, -1].tolist() == [255, 255, 255]


def test_another_aspect_is_cropped_about_the_centre() -> None:
    picture = np.zeros((256, 512, 3), np.uint8)
    picture[:, 128:384] = 255
    assert resize(picture, FrameSize(128, 128)).min() == 255
