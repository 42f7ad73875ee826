"""What eyes notice without knowing why: jitter, breathing sharpness, flicker, and loops that do not close.

Frames come straight from the engine, at a short edge of 480 pixels unless told. Columns:

  jitter          median second difference of tracks in an eased pan, px/frame²
  floor           the same for a shift of the first frame that is exact (by Fourier transform): what the tracker adds
  swing %         how far sharpness leaves its smooth course in a slow pan, peak to peak
  kept sharpness  from 0.5 to 1 s, where little has moved yet, as a share of the first frame's, at 1080p
  flicker         VBench's temporal flickering of the picture's own prompt, 1 is none
  loop dB         PSNR(last frame, frame 0) − PSNR(frame 1, frame 0) with --loop; negative is a jump
"""

from __future__ import annotations

from itertools import islice, pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from firstframe.engines import registry
from firstframe.engines.base import Engine
from measure import pictures, report
from measure.fidelity import psnr, sharpness
from measure.rendering import Luma, lumas, task
from measure.tracker import GRID, track

SHORT_EDGE = 480
PAN, SLOW_PAN = "camera pans right", "camera pans right very slowly"
SMOOTH_FRAMES = 25


def main() -> None:
    """Measure and print."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    rows = [row(engine, picture) for picture in pictures.in_folder(options.images)]
    excess = [line["jitter"] - line["floor"] for line in rows]
    summary = {
        "worst jitter above floor": max(excess),
        "worst swing %": max(line["swing %"] for line in rows),
        "worst loop dB": min(line["loop dB"] for line in rows),
    }
    report.show(rows, summary, options.json)


def row(engine: Engine, picture: pictures.FirstFrame) -> report.Row:
    """Four short clips of one picture, measured."""

    def rendered(prompt: str, loop: bool = False) -> list[Luma]:
        return list(lumas(engine, task(picture.path, prompt, engine, short_edge=SHORT_EDGE, loop=loop)))

    pan = track(rendered(PAN))
    slow = np.array([sharpness(inner(frame)) for frame in rendered(SLOW_PAN)])
    own = rendered(picture.prompt)
    loop = rendered(picture.prompt, loop=True)
    return {
        "picture": picture.name,
        "jitter": jitter(pan),
        "floor": jitter(track(shifted(own[0], middle_path(pan)))),
        "swing %": 100 * swing(slow[1:]),
        "kept sharpness": kept_sharpness(engine, picture),
        "flicker": flicker(own),
        "loop dB": psnr(loop[-1], loop[0]) - psnr(loop[1], loop[0]),
    }


def inner(frame: Luma) -> Luma:
    """The middle four fifths, which borders and what enters over them do not touch."""
    height, width = frame.shape
    return frame[height // 10 : -height // 10, width // 10 : -width // 10]


def kept_sharpness(engine: Engine, picture: pictures.FirstFrame) -> float:
    """What resampling leaves of the first frame's sharpness."""
    frames = lumas(engine, task(picture.path, SLOW_PAN, engine))
    course = [sharpness(inner(frame)) for frame in islice(frames, 25)]
    return median(course[12:]) / course[0]


def jitter(tracks: NDArray[np.float32]) -> float:
    """Median length of the second difference of the inner points' tracks (frames, 100, 2), px/frame²."""
    points = tracks.reshape(-1, GRID, GRID, 2)[:, 2:-2, 2:-2]
    return float(np.median(np.linalg.norm(np.diff(points, 2, axis=0), axis=-1)))


def middle_path(tracks: NDArray[np.float32]) -> NDArray[np.float64]:
    """The eased path (frames, 2) in px from nothing to where the median point went."""
    way = np.median(tracks[-1] - tracks[0], axis=0)
    time = np.linspace(0, 1, len(tracks))
    return (time**3 * (10 - 15 * time + 6 * time**2))[:, None] * way


def shifted(frame: Luma, path_px: NDArray[np.float64]) -> list[Luma]:
    """The frame moved by each x, y of the path exactly, wrapping around, by the Fourier shift theorem."""
    height, width = frame.shape
    spectrum = np.fft.rfft2(frame)
    across, down = np.fft.rfftfreq(width)[None, :], np.fft.fftfreq(height)[:, None]
    moved = (np.fft.irfft2(spectrum * np.exp(-2j * np.pi * (across * x + down * y)), frame.shape) for x, y in path_px)
    return [np.clip(np.rint(picture), 0, 255).astype(np.uint8) for picture in moved]


def swing(course: NDArray[np.float64]) -> float:
    """Peak-to-peak share by which a course leaves its own smoothed course; single frames out of 144 are forgiven."""
    half = SMOOTH_FRAMES // 2
    weights = np.hanning(SMOOTH_FRAMES + 2)[1:-1]
    smooth = np.convolve(np.pad(course, half, mode="reflect", reflect_type="odd"), weights / weights.sum(), "valid")
    low, high = np.percentile(course / smooth - 1, (1, 99))
    return float(high - low)


def flicker(frames: list[Luma]) -> float:
    """(255 − mean absolute difference of neighbouring frames) / 255, VBench's formula on luma."""
    steps = [np.mean(np.abs(b.astype(np.int16) - a)) for a, b in pairwise(frames)]
    return float(1 - np.mean(steps) / 255)


if __name__ == "__main__":
    main()
