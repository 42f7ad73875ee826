"""How long six seconds of 1080p take in a warm process, next to encoding the very same frames alone.

Each picture is timed on its own content: nothing was analysed before. Run it on an idle machine.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from statistics import median

from firstframe import animation
from firstframe.clip import ClipRequest
from firstframe.engines import registry
from firstframe.engines.base import Engine
from firstframe.media.colour import Yuv420
from firstframe.media.video import VideoWriter
from firstframe.settings import settings
from measure import pictures, report
from measure.rendering import task


def main() -> None:
    """Measure and print."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    *timed, first = pictures.in_folder(options.images)
    with tempfile.TemporaryDirectory() as folder:
        clip_seconds(engine, first, Path(folder))  # the first clip of a process pays for imports
        peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before frames are kept for encoding
        rows = [row(engine, picture, Path(folder)) for picture in timed]
    summary = {
        "total, median s": median(row["total"] for row in rows),
        "ratio, median": median(row["ratio"] for row in rows),
        "peak memory of the first clip, MiB": peak_mib,
    }
    report.show(rows, summary, options.json)


def row(engine: Engine, picture: pictures.FirstFrame, folder: Path) -> report.Row:
    """One clip and, right after it under the same load, its frames encoded alone."""
    timings = clip_seconds(engine, picture, folder)
    alone = encode_seconds(engine, picture, folder)
    return {"picture": picture.name, **timings, "encode alone": alone, "ratio": timings["total"] / alone}


def clip_seconds(engine: Engine, first_frame: pictures.FirstFrame, folder: Path) -> dict[str, float]:
    """Timings of one whole clip."""
    request = ClipRequest.parse(
        {"first_frame_image": first_frame.path.read_bytes(), "prompt": first_frame.prompt, "seed": 1}
    )
    return animation.make_clip(request, folder / "clip.mp4", engine=engine).timings


def encode_seconds(engine: Engine, first_frame: pictures.FirstFrame, folder: Path) -> float:
    """Seconds that the encoder alone takes for the frames of that clip, held in memory."""
    work = task(first_frame.path, first_frame.prompt, engine)
    frames = [
        Yuv420(frame.y.copy(), frame.u.copy(), frame.v.copy())
        for frame in engine.render(work, animation.ignore_progress)
    ]
    begin = time.perf_counter()
    with VideoWriter(folder / "again.mp4", work.size, metadata={}, threads=settings().threads) as writer:
        for frame in frames:
            writer.write(frame)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
