"""Every picture with its prompt becomes a clip: exact size, frame count and duration, and frame 0 is the first frame.

Frame 0 is decoded and compared with the resized first frame. Exit code 1 when a gate is missed: PSNR-Y of at least
42 dB in the median and 40 dB in the worst case, everything else exact.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from firstframe import animation
from firstframe.clip import Clip, ClipRequest
from firstframe.engines import registry
from firstframe.engines.base import Engine
from firstframe.media import picture
from firstframe.media.colour import to_yuv420
from firstframe.media.video import decode_frames, probe
from measure import pictures, report
from measure.fidelity import psnr

MEDIAN_DB, WORST_DB = 42.0, 40.0


def main() -> None:
    """Measure, print, and judge."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    parser.add_argument("--resolution", default="1080p")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the clips in this folder")
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = pictures.in_folder(options.images)
        rows = [row(engine, first_frame, options.resolution, folder) for first_frame in found]
    decibels = [line["PSNR-Y dB"] for line in rows]
    exact = all(line["exact"] == "yes" for line in rows)
    summary = {"clips": len(rows), "median dB": median(decibels), "worst dB": min(decibels), "all exact": exact}
    report.show(rows, summary, options.json)
    sys.exit(not exact or median(decibels) < MEDIAN_DB or min(decibels) < WORST_DB)


def row(engine: Engine, first_frame: pictures.FirstFrame, resolution: str, folder: Path) -> report.Row:
    """Make one clip and measure it."""
    request = ClipRequest.parse(
        {
            "first_frame_image": first_frame.path.read_bytes(),
            "prompt": first_frame.prompt,
            "resolution": resolution,
            "seed": 1,
        }
    )
    clip = animation.make_clip(request, folder / f"{first_frame.name}.mp4", engine=engine)
    return {
        "picture": first_frame.name,
        "size": f"{clip.size.width}×{clip.size.height}",
        "exact": "yes" if is_exact(clip) else "NO",
        "PSNR-Y dB": psnr_of_frame_0(clip, request),
        "seconds": clip.timings["total"],
        "MB": clip.path.stat().st_size / 1e6,
        "camera": " ".join(move["move"] for move in clip.direction["camera"]),
    }


def is_exact(clip: Clip) -> bool:
    """Whether the file has the size, frames and duration that were ordered."""
    found = probe(clip.path)
    shape = (found.width, found.height, found.frames, found.seconds)
    return shape == (clip.size.width, clip.size.height, clip.frames, float(clip.seconds))


def psnr_of_frame_0(clip: Clip, request: ClipRequest) -> float:
    """PSNR in dB between the luma of the decoded frame 0 and of the first frame resized to the clip."""
    pixels = picture.decode(picture.read(request.first_frame_image))
    wanted = to_yuv420(picture.resize(pixels, clip.size))
    return psnr(next(decode_frames(clip.path, [0])).y, wanted.y)


if __name__ == "__main__":
    main()
