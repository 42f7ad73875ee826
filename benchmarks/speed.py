"""How long six seconds take in a warm process, next to encoding the very same frames alone.

Each picture is timed on its own content: nothing was analysed before. "cached" is a second prompt on the picture, whose
scene is known by then. Run it on an idle machine.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from statistics import median

from firstframe import animation
from firstframe.clip import ClipRequest, Resolution
from firstframe.engines import registry
from firstframe.engines.base import Engine
from firstframe.media.colour import Yuv420
from firstframe.media.video import VideoWriter
from measure import pictures, report
from measure.rendering import task

SECOND_PROMPT = "The camera slowly pans left."


def main() -> None:
    """Measure and print."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    parser.add_argument("--resolution", default="1080p", choices=[str(edge) for edge in Resolution])
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    *timed, first = pictures.in_folder(options.images)
    with tempfile.TemporaryDirectory() as folder:
        clip_seconds(
            engine, first, first.prompt, options.resolution, Path(folder)
        )  # the first clip of a process pays for imports
        peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before frames are kept for encoding
        rows = [row(engine, picture, options.resolution, Path(folder)) for picture in timed]
    summary = {
        "total, median s": median(row["total"] for row in rows),
        "ratio, median": median(row["ratio"] for row in rows),
        "cached, median s": median(row["cached"] for row in rows),
        "cached ratio, median": median(row["cached ratio"] for row in rows),
        "peak memory of the first clip, MiB": peak_mib,
    }
    report.show(rows, summary, options.json)


def row(engine: Engine, picture: pictures.FirstFrame, resolution: str, folder: Path) -> report.Row:
    """One clip, its frames encoded alone, and a clip with other words on the same picture, all under the same load."""
    timings = clip_seconds(engine, picture, picture.prompt, resolution, folder)
    alone = encode_seconds(engine, picture, picture.prompt, resolution, folder)
    cached = clip_seconds(engine, picture, SECOND_PROMPT, resolution, folder)["total"]
    again = encode_seconds(engine, picture, SECOND_PROMPT, resolution, folder)
    return {
        "picture": picture.name,
        **timings,
        "encode alone": alone,
        "ratio": timings["total"] / alone,
        "cached": cached,
        "its encode": again,
        "cached ratio": cached / again,
    }


def clip_seconds(
    engine: Engine, first_frame: pictures.FirstFrame, prompt: str, resolution: str, folder: Path
) -> dict[str, float]:
    """Timings of one whole clip."""
    fields = {"first_frame_image": first_frame.path.read_bytes(), "prompt": prompt, "resolution": resolution, "seed": 1}
    return animation.make_clip(ClipRequest.parse(fields), folder / "clip.mp4", engine=engine).timings


def encode_seconds(
    engine: Engine, first_frame: pictures.FirstFrame, prompt: str, resolution: str, folder: Path
) -> float:
    """Seconds that the encoder alone takes for the frames of that clip, held in memory."""
    work = task(first_frame.path, prompt, engine, short_edge=Resolution(resolution).short_edge)
    frames = [
        Yuv420(frame.y.copy(), frame.u.copy(), frame.v.copy())
        for frame in engine.render(work, animation.ignore_progress)
    ]
    begin = time.perf_counter()
    with VideoWriter(folder / "again.mp4", work.size, metadata={}) as writer:
        for frame in frames:
            writer.write(frame)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
