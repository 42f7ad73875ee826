"""The clip as a file: exact length and tags, the first frame kept, whole or absent, the same bytes every time."""

from __future__ import annotations

import itertools
import resource
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.media.files import scene

from firstframe.clip import FrameSize
from firstframe.errors import Cancelled, EngineFailed
from firstframe.media import video
from firstframe.media.colour import Yuv420, to_yuv420
from firstframe.media.video import VideoInfo, VideoWriter, decode_frames, probe

SIZE = FrameSize(160, 96)
METADATA = {
    "title": "A cat — “purring”",
    "comment": "Made by firstframe",
    "description": "line one\nline two",
    "encoder": "firstframe 0.1.0",
}


def frames(count: int, size: FrameSize = SIZE) -> Iterator[Yuv420]:
    """A window that slides over a larger picture."""
    wide = np.tile(scene(320, 256), (1, 2, 1))[:, : size.width + 200]
    for index in range(count):
        left = index * 2 % 200
        yield to_yuv420(np.ascontiguousarray(wide[: size.height, left : left + size.width]))


def noise(count: int, size: FrameSize = SIZE) -> Iterator[Yuv420]:
    chance = np.random.default_rng(3)
    for _ in range(count):
        yield to_yuv420(chance.integers(0, 256, (size.height, size.width, 3), dtype=np.uint8))


def write_all(destination: Path, source: Iterable[Yuv420], size: FrameSize = SIZE, **options: object) -> Path:
    settings = {"metadata": METADATA, "threads": 2} | options
    with VideoWriter(destination, size, **settings) as writer:  # type: ignore[arg-type]  # options of the writer
        for frame in source:
            writer.write(frame)
    return destination


def write(destination: Path, count: int = 24, **options: object) -> Path:
    return write_all(destination, frames(count), **options)


def frames_then(error: BaseException, count: int) -> Iterator[Yuv420]:
    yield from frames(count)
    raise error


def psnr(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    return float(10 * np.log10(255**2 / max(np.mean((a.astype(float) - b) ** 2), 1e-9)))


@pytest.mark.parametrize("count", [144, 240])
def test_what_the_file_says(tmp_path: Path, count: int) -> None:
    assert probe(write(tmp_path / "clip.mp4", count)) == VideoInfo(
        width=160,
        height=96,
        frames=count,
        frames_per_second=24.0,
        seconds=count / 24,
        codec="h264",
        pixel_format="yuv420p",
        colour={"range": 1, "primaries": 1, "transfer": 1, "matrix": 1},
        metadata=METADATA | {"major_brand": "isom", "minor_version": "512", "compatible_brands": "isomiso2avc1mp41"},
        faststart=True,
    )


def test_every_frame_decodes_in_order_and_close_to_what_was_written(tmp_path: Path) -> None:
    decoded = list(decode_frames(write(tmp_path / "clip.mp4", 48)))
    assert len(decoded) == 48
    for got, wanted in zip(decoded, frames(48), strict=True):
        assert psnr(got.y, wanted.y) > 38
        assert psnr(got.u, wanted.u) > 38
        assert psnr(got.v, wanted.v) > 38


def test_timestamps_are_exact(tmp_path: Path) -> None:
    """Read from the container's own tables: every sample lasts one tick of 24 per second, and the first shows at 0."""
    data = write(tmp_path / "clip.mp4", 144).read_bytes()
    timescale = int.from_bytes(data[data.index(b"mdhd") + 16 :][:4], "big")
    times = data[data.index(b"stts") + 8 :]
    assert int.from_bytes(times[:4], "big") == 1
    assert int.from_bytes(times[4:8], "big") == 144
    assert int.from_bytes(times[8:12], "big") * 24 == timescale


def test_colour_is_tagged_in_the_container_too(tmp_path: Path) -> None:
    data = write(tmp_path / "clip.mp4").read_bytes()
    assert data[data.index(b"colrnclx") + 8 :][:7] == b"\0\1\0\1\0\1\0"


def test_one_key_frame_and_no_later_one(tmp_path: Path) -> None:
    abrupt = itertools.chain(frames(100), noise(40), frames(100))
    data = write_all(tmp_path / "clip.mp4", abrupt).read_bytes()
    sync = data[data.index(b"stss") + 8 :]
    assert int.from_bytes(sync[:4], "big") == 1
    assert int.from_bytes(sync[4:8], "big") == 1


@pytest.mark.parametrize(("make", "decibels"), [(frames, 42), (noise, 32)])
def test_the_first_frame_is_kept(
    tmp_path: Path, make: Callable[[int, FrameSize], Iterator[Yuv420]], decibels: float
) -> None:
    """Pure noise is the worst there is; `benchmarks/first_frame.py` judges real pictures."""
    size = FrameSize(320, 240)
    clip = write_all(tmp_path / "clip.mp4", make(24, size), size)
    assert psnr(next(decode_frames(clip, [0])).y, next(make(1, size)).y) >= decibels


def test_the_same_frames_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.mp4", 60), write(tmp_path / "b.mp4", 60)
    assert first.read_bytes() == second.read_bytes()
    other = write(tmp_path / "c.mp4", 60, metadata={"title": "other"})
    assert other.read_bytes() != first.read_bytes()


def test_a_frame_may_be_overwritten_after_it_was_written(tmp_path: Path) -> None:
    reused = Yuv420.empty(SIZE)
    with VideoWriter(tmp_path / "reused.mp4", SIZE, metadata=METADATA, threads=2) as writer:
        for frame in frames(24):
            reused.y[...], reused.u[...], reused.v[...] = frame.y, frame.u, frame.v
            writer.write(reused)
            reused.y[...] = 0
    assert (tmp_path / "reused.mp4").read_bytes() == write(tmp_path / "clip.mp4").read_bytes()


def test_another_frame_rate(tmp_path: Path) -> None:
    found = probe(write(tmp_path / "clip.mp4", 30, frames_per_second=30))
    assert (found.frames_per_second, found.seconds, found.frames) == (30.0, 1.0, 30)


def test_an_earlier_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    earlier = tmp_path / "clip.mp4"
    earlier.write_bytes(b"earlier")
    with pytest.raises(Cancelled):
        write_all(earlier, frames_then(Cancelled("The job was cancelled."), 1))
    assert earlier.read_bytes() == b"earlier"
    write(earlier)
    assert probe(earlier).frames == 24
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


@pytest.mark.parametrize("after", [0, 1, 20, 100])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_crash_in_the_middle_leaves_nothing(tmp_path: Path, after: int, error: type[BaseException]) -> None:
    running = set(threading.enumerate())
    with pytest.raises(error):
        write_all(tmp_path / "clip.mp4", frames_then(error(), after))
    assert list(tmp_path.iterdir()) == []
    assert set(threading.enumerate()) <= running


def test_no_file_appears_before_the_end(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "clip.mp4", SIZE, metadata={}) as writer:
        for frame in frames(30):
            writer.write(frame)
        assert not (tmp_path / "clip.mp4").exists()
    assert (tmp_path / "clip.mp4").exists()


def test_an_encoder_that_cannot_start_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "PRESET", "nonsense")
    with pytest.raises(EngineFailed, match="could not be encoded"):
        write_all(tmp_path / "clip.mp4", itertools.repeat(next(frames(1))))
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_that_fails_at_the_end_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "PRESET", "nonsense")
    with pytest.raises(EngineFailed, match="could not be encoded"):
        write_all(tmp_path / "clip.mp4", frames(1))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limit_bytes", [1_000, 300_000])
def test_a_full_disk_is_reported(tmp_path: Path, limit_bytes: int) -> None:
    """A limit on file size stands in for a full disk: writing fails in the middle, or when the file is closed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        with pytest.raises(EngineFailed, match="could not be encoded: File too large") as caught:
            write_all(tmp_path / "clip.mp4", noise(60))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(tmp_path) not in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "no" / "clip.mp4")


def test_a_frame_of_another_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="160×96"):
        write_all(tmp_path / "clip.mp4", frames(5, FrameSize(160, 98)))
    assert list(tmp_path.iterdir()) == []


def test_a_clip_without_frames_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match="no frames"):
        write(tmp_path / "clip.mp4", 0)
    assert list(tmp_path.iterdir()) == []


def test_frames_by_index(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", 30)
    every = list(decode_frames(clip))
    for picked in ([0], [29, 3, 3, 0], []):
        got = list(decode_frames(clip, picked))
        assert len(got) == len(picked)
        assert all((frame.y == every[index].y).all() for frame, index in zip(got, picked, strict=True))
    with pytest.raises(IndexError, match="30"):
        list(decode_frames(clip, [0, 30]))


def test_a_file_whose_index_comes_last_is_no_faststart(tmp_path: Path) -> None:
    box = b"\0\0\0\x08free" + (16).to_bytes(4, "big") + b"mdat" + bytes(8) + b"\0\0\0\x08moov"
    (tmp_path / "late").write_bytes(box)
    (tmp_path / "wide").write_bytes(b"\0\0\0\1free" + (24).to_bytes(8, "big") + bytes(8) + b"\0\0\0\x08moov")
    (tmp_path / "none").write_bytes(b"\0\0\0\x08free")
    assert [video._is_faststart(tmp_path / name) for name in ("late", "wide", "none")] == [False, True, False]
