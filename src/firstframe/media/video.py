"""Frames to MP4 and back: an encoder that runs beside the renderer, a probe, a decoder. Only this module imports PyAV.

Why these encoder settings, with their measurements: docs/video.md.
"""

from __future__ import annotations

import os
import queue
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np

from firstframe.clip import FRAMES_PER_SECOND, FrameSize
from firstframe.errors import EngineFailed
from firstframe.media.colour import Plane, Yuv420

PRESET = "superfast"
CRF = 20
# One shot, one closed group of pictures: a later key frame would make sharpness jump. Frame 0 gets 1.25 times the bits.
X264_PARAMS = {"mbtree": "1", "rc-lookahead": "10", "keyint": "250", "scenecut": "0", "zones": "0,0,b=1.25"}
THREADS = 2
"""Of the encoder, on every machine: x264 shares frames out among its threads, so another number is another file."""
QUEUE_FRAMES = 8
_BT709 = 1
_LIMITED_RANGE = 1
_TAG_NAMES = {"encoder": "encoding_tool"}
"""The MP4 muxer reads the tag that players show as `encoder` under this name."""


@dataclass(frozen=True)
class VideoInfo:
    """What a video file says about itself; `colour` holds range, primaries, transfer and matrix, 1 being BT.709."""

    width: int
    height: int
    frames: int
    frames_per_second: float
    seconds: float
    codec: str
    pixel_format: str
    colour: Mapping[str, int]
    metadata: Mapping[str, str]
    faststart: bool


class VideoWriter:
    """Encode frames to an H.264 MP4 file that appears at `destination` whole or not at all.

    A context manager. Frames are encoded in a thread of their own, so that rendering and encoding overlap.
    `metadata` knows the keys title, comment, description and encoder; MP4 has no place for others.
    The same frames, metadata and `threads` give the same bytes, on any number of cores.
    Raises `EngineFailed` from `write` or at the end when encoding fails or no frame was written.
    """

    def __init__(
        self,
        destination: Path,
        size: FrameSize,
        *,
        metadata: Mapping[str, str],
        threads: int = THREADS,
        frames_per_second: int = FRAMES_PER_SECOND,
    ) -> None:
        self._destination = destination
        self._temporary = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}.part")
        self._size = size
        self._metadata = metadata
        self._threads = threads
        self._frames_per_second = frames_per_second
        self._frames: queue.Queue[av.VideoFrame | None] = queue.Queue(QUEUE_FRAMES)
        self._failure: Exception | None = None
        self._abandoned = False
        self._ended = False
        self._written = 0

    def __enter__(self) -> Self:
        self._temporary.touch(exist_ok=False)
        self._thread = threading.Thread(target=self._run, name="encode", daemon=True)
        self._thread.start()
        return self

    def write(self, frame: Yuv420) -> None:
        """Queue a copy of the frame; waits while the encoder is behind.

        Raises `EngineFailed` when the encoder has failed, `ValueError` for a frame of another size.
        """
        picture = _to_picture(frame, self._size)
        picture.pts = self._written
        self._raise_failure()
        self._frames.put(picture)
        self._written += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._abandoned = kind is not None
        try:
            self._frames.put(None)
            self._thread.join()
            if kind is None:
                self._raise_failure()
                self._publish()
        finally:
            self._temporary.unlink(missing_ok=True)

    def _publish(self) -> None:
        if not self._written:
            raise EngineFailed("The clip has no frames.")
        with self._temporary.open("rb+") as file:
            os.fsync(file.fileno())
        self._temporary.replace(self._destination)

    def _raise_failure(self) -> None:
        if self._failure is not None:
            # Only the system's own words: the full text of these errors holds paths of this machine.
            what = getattr(self._failure, "strerror", None) or type(self._failure).__name__
            raise EngineFailed(f"The clip could not be encoded: {what}.") from self._failure

    def _run(self) -> None:
        try:
            self._encode()
        except Exception as error:
            self._failure = error
            # The writer may be waiting for room in the queue: take frames until it has seen the failure.
            while not self._ended:
                self._take()

    def _take(self) -> av.VideoFrame | None:
        """The next frame, or None at the end or when the clip was given up."""
        picture = self._frames.get()
        self._ended = picture is None
        return None if self._abandoned else picture

    def _encode(self) -> None:
        with av.open(str(self._temporary), "w", format="mp4", options={"movflags": "+faststart"}) as container:
            container.metadata.update({_TAG_NAMES.get(key, key): text for key, text in self._metadata.items()})
            stream = container.add_stream("libx264", rate=self._frames_per_second)
            stream.width, stream.height, stream.pix_fmt = self._size.width, self._size.height, "yuv420p"
            context = stream.codec_context
            context.color_range = _LIMITED_RANGE
            context.color_primaries = context.color_trc = context.colorspace = _BT709
            context.thread_count, context.thread_type = self._threads, "FRAME"
            context.options = {
                "preset": PRESET,
                "crf": str(CRF),
                "x264-params": ":".join(f"{name}={value}" for name, value in X264_PARAMS.items()),
            }
            while (picture := self._take()) is not None:
                container.mux(stream.encode(picture))
            if not self._abandoned:
                container.mux(stream.encode(None))


def probe(path: Path) -> VideoInfo:
    """Read what a video file says about itself, without decoding. Raises `FileNotFoundError` or `av.FFmpegError`."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert stream.average_rate is not None
        assert stream.duration is not None
        assert stream.time_base is not None
        return VideoInfo(
            width=stream.width,
            height=stream.height,
            frames=stream.frames,
            frames_per_second=float(stream.average_rate),
            seconds=float(stream.duration * stream.time_base),
            codec=context.name,
            pixel_format=str(stream.pix_fmt),
            colour={
                "range": int(context.color_range),
                "primaries": int(context.color_primaries),
                "transfer": int(context.color_trc),
                "matrix": int(context.colorspace),
            },
            metadata=dict(container.metadata),
            faststart=_is_faststart(path),
        )


def decode_frames(path: Path, indices: Sequence[int] | None = None) -> Iterator[Yuv420]:
    """Decode all frames, or those at `indices` in that order. Raises `IndexError` for a frame that is not there."""
    wanted = None if indices is None else set(indices)
    pending = list(indices or ())
    held: dict[int, Yuv420] = {}
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for index, picture in enumerate(container.decode(video=0)):
            if wanted is None:
                yield _from_picture(picture)
            elif index in wanted:
                held[index] = _from_picture(picture)
            while pending and pending[0] in held:
                yield held[pending.pop(0)]
            if wanted is not None and not pending:
                return
    if pending:
        raise IndexError(f"the video has no frame {pending[0]}")


def _planes(picture: av.VideoFrame) -> list[Plane]:
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]
        for plane in picture.planes
    ]


def _to_picture(frame: Yuv420, size: FrameSize) -> av.VideoFrame:
    picture = av.VideoFrame(size.width, size.height, "yuv420p")
    for target, plane in zip(_planes(picture), (frame.y, frame.u, frame.v), strict=True):
        if target.shape != plane.shape:
            raise ValueError(f"a plane of shape {plane.shape} does not belong to a frame of {size.width}×{size.height}")
        target[...] = plane
    return picture


def _from_picture(picture: av.VideoFrame) -> Yuv420:
    y, u, v = (plane.copy() for plane in _planes(picture))
    return Yuv420(y, u, v)


def _is_faststart(path: Path) -> bool:
    """Whether the index (`moov`) lies before the media data (`mdat`), so that playing starts before the last byte."""
    with path.open("rb") as file:
        while len(header := file.read(8)) == 8:
            size, kind = int.from_bytes(header[:4], "big"), header[4:]
            if kind in {b"moov", b"mdat"}:
                return kind == b"moov"
            file.seek((int.from_bytes(file.read(8), "big") - 16) if size == 1 else size - 8, os.SEEK_CUR)
    return False
