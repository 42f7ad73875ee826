"""Pictures by path and places for clips."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image as PillowImage

from firstframe import local_files
from firstframe.errors import ImageRejected, InvalidParameter


def test_a_path_becomes_the_bytes_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"picture")
    assert local_files.first_frame(tmp_path / "a.png") == b"picture"
    assert local_files.first_frame(str(tmp_path / "a.png")) == b"picture"


@pytest.mark.parametrize("url", ["http://example.com/a.png", "HTTPS://example.com/a.png", "data:image/png;base64,AA"])
def test_a_url_stays_a_url(url: str) -> None:
    assert local_files.first_frame(url) == url


def test_bytes_and_files_and_pillow_images_are_read() -> None:
    assert local_files.first_frame(b"picture") == b"picture"
    assert local_files.first_frame(io.BytesIO(b"picture")) == b"picture"
    png = local_files.first_frame(PillowImage.new("RGB", (2, 2)))
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG")


def test_a_file_that_never_ends_is_not_read_whole() -> None:
    zeros = local_files.first_frame("/dev/zero")
    assert len(zeros) == local_files.BYTES_READ_AT_MOST


@pytest.mark.parametrize(
    ("name", "reason"), [("missing.png", "not_found"), (".", "unreadable"), ("x" * 999, "unreadable")]
)
def test_an_unreadable_path_is_one_sentence(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ImageRejected) as caught:
        local_files.first_frame(tmp_path / name)
    assert caught.value.reason == reason
    assert name.strip(".") in caught.value.message


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("photos/garden.jpg", "garden.mp4"),
        (Path("garden.old.png"), "garden.old.mp4"),
        ("https://example.com/a/my%20dog.webp?size=1", "my dog.mp4"),
        ("https://example.com/", "clip.mp4"),
        ("https://example.com/..%2Fevil.png", "evil.mp4"),
        ("data:image/png;base64,AAAA", "clip.mp4"),
        ("-", "clip.mp4"),
        (b"bytes", "clip.mp4"),
    ],
)
def test_a_clip_is_named_after_its_picture(tmp_path: Path, image: str | Path | bytes, name: str) -> None:
    assert local_files.free_name(image, tmp_path) == tmp_path / name


def test_a_derived_name_never_replaces_a_file(tmp_path: Path) -> None:
    for taken in ("garden.mp4", "garden-2.mp4"):
        (tmp_path / taken).touch()
    assert local_files.free_name("garden.jpg", tmp_path) == tmp_path / "garden-3.mp4"


@pytest.mark.parametrize("output", ["clip.webm", "clip", "nowhere/clip.mp4", "folder.mp4"])
def test_an_impossible_output_is_refused_before_any_work(tmp_path: Path, output: str) -> None:
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(InvalidParameter, match=r"^output is "):
        local_files.checked_output(tmp_path / output)


def test_a_temporary_place_stays_only_with_a_clip_in_it() -> None:
    with local_files.temporary_output("garden.jpg") as path:
        path.touch()
    assert path.exists()
    assert path.name == "garden.mp4"
    path.unlink()
    path.parent.rmdir()
    with pytest.raises(RuntimeError, match="stopped"), local_files.temporary_output("garden.jpg") as gone:
        raise RuntimeError("stopped")
    assert not gone.parent.exists()
