"""Files by key: whole or not at all, and never outside their folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstframe.errors import NotFound, ServiceUnavailable
from firstframe.service.storage import Storage


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage.open("", tmp_path)


def test_what_is_put_is_read_and_deleted(storage: Storage, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"moving picture")
    assert storage.put("clips/a/1-b.mp4", film) == 14
    assert storage.read("clips/a/1-b.mp4") == b"moving picture"
    assert storage.exists("clips/a/1-b.mp4")
    assert [key for key, _ in storage.every()] == ["clips/a/1-b.mp4"]
    path = storage.path("clips/a/1-b.mp4")
    assert path is not None
    assert path.read_bytes() == b"moving picture"
    for _ in range(2):
        storage.delete("clips/a/1-b.mp4")
    assert not storage.exists("clips/a/1-b.mp4")
    with pytest.raises(NotFound):
        storage.read("clips/a/1-b.mp4")


def test_the_folder_may_be_named_by_address(tmp_path: Path) -> None:
    storage = Storage.open(f"file://{tmp_path / 'elsewhere'}", tmp_path / "data")
    storage.put("clips/a", b"x")
    assert (tmp_path / "elsewhere" / "clips" / "a").read_bytes() == b"x"


TRAVERSALS = [
    "../secret", "a/../../secret", "/etc/passwd", "a//b", "a/./b", "..", ".", "", "a/", "/a", "C:\\a", "a\\..\\b",
    "a%2f..", "%2e%2e/a", "a\x00b", "a\nb", "..%c0%af", "~/a", "a/..", "file:///etc/passwd", "A/B", "a b", "a/.hidden",
    "ａ", "a.b.c",
]  # fmt: skip


@pytest.mark.parametrize("key", TRAVERSALS)
def test_32_keys_that_could_leave_the_folder_are_not_found(storage: Storage, key: str) -> None:
    for use in (storage.read, storage.exists, storage.delete, storage.path, lambda k: storage.put(k, b"x")):
        with pytest.raises(NotFound):
            use(key)


@given(st.text(alphabet="./\\%a-", max_size=12))
def test_32_no_key_leaves_the_folder(key: str) -> None:
    storage = Storage(None, Path("/folder"))  # type: ignore[arg-type]  # only paths are asked for
    try:
        path = storage.path(key)
    except NotFound:
        return
    assert path is not None
    assert path.resolve().is_relative_to("/folder")


def test_a_folder_that_takes_no_files_is_service_unavailable(tmp_path: Path) -> None:
    storage = Storage.open("", tmp_path)
    (tmp_path / "files").rmdir()
    (tmp_path / "files").write_bytes(b"a file where the folder should be")
    with pytest.raises(ServiceUnavailable, match="space"):
        storage.check()
