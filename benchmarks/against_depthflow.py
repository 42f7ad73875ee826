"""The same picture with the same depth as a clip by DepthFlow and by firstframe, one after the other.

DepthFlow is no part of the project. It needs some 6 GB, and OpenGL, which Mesa's llvmpipe gives without a GPU:

    apt-get install libegl1 libgl1-mesa-dri
    uv venv /tmp/depthflow && uv pip install --python /tmp/depthflow depthflow imageio-ffmpeg
    uv run benchmarks/against_depthflow.py --python /tmp/depthflow/bin/python

Both make six seconds, 24 frames each, of a camera that moves sideways. Of DepthFlow only rendering and encoding count,
at x264's fastest preset and with the depth given; of firstframe everything from reading the picture to the file.
Exit code 1 when firstframe is less than --least times as fast; processor time says the same on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image

from firstframe import animation
from firstframe.clip import ClipRequest, Resolution
from firstframe.engines import registry
from firstframe.engines.base import Engine
from firstframe.engines.parallax.engine import ParallaxEngine
from measure import pictures, report
from measure.rendering import task

PEER = Path(__file__).parent / "peers" / "depthflow_clip.py"
PROMPT = "The camera trucks right."
SECONDS = 6


def main() -> None:
    """Measure, print, and judge by --least."""
    parser = report.arguments(__doc__)
    parser.add_argument("--python", type=Path, required=True, help="interpreter that has DepthFlow")
    parser.add_argument("--resolution", default="1080p")
    parser.add_argument("--count", type=int, default=1, help="pictures to compare on (default: 1)")
    parser.add_argument("--peer-seconds", type=int, default=SECONDS, help="let DepthFlow make less, and count it up")
    parser.add_argument("--least", type=float, default=25.0, help="how many times as fast (default: 25)")
    options = parser.parse_args()
    engine = registry.loaded("parallax")
    first, *found = pictures.in_folder(options.images)
    with tempfile.TemporaryDirectory() as folder:
        own(engine, first, options.resolution, Path(folder))  # the first clip of a process pays for imports
        rows = [row(engine, picture, options, Path(folder)) for picture in found[: options.count]]
    ratio = median(line["times as fast"] for line in rows)
    report.show(rows, {"times as fast, median": ratio}, options.json)
    sys.exit(ratio < options.least)


def row(engine: Engine, picture: pictures.FirstFrame, options: argparse.Namespace, folder: Path) -> report.Row:
    """Both clips of one picture."""
    theirs = depthflow(picture, options, folder)
    ours = own(engine, picture, options.resolution, folder)
    return {
        "picture": picture.name,
        "DepthFlow s": theirs["seconds"],
        "CPU s": theirs["cpu"],
        "firstframe s": ours["seconds"],
        "CPU s ": ours["cpu"],
        "times as fast": theirs["seconds"] / ours["seconds"],
        "by CPU": theirs["cpu"] / ours["cpu"],
        "by": theirs["renderer"],
    }


def depthflow(picture: pictures.FirstFrame, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """What DepthFlow's clip took: seconds and processor seconds, by which renderer. Every frame takes it as long."""
    analyst = ParallaxEngine()  # one of its own, for the other must not find the scene analysed
    work = task(picture.path, PROMPT, analyst, short_edge=Resolution(options.resolution).short_edge)
    Image.fromarray(work.first_frame).save(folder / "image.png")
    analyst.save_layers(work, folder / "layers")
    paths = [folder / "image.png", folder / "layers" / "single-sheet-depth.png", folder / "depthflow.mp4"]
    numbers = (work.size.width, work.size.height, options.peer_seconds)
    command = [options.python, PEER, *paths, *(str(number) for number in numbers)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout[done.stdout.rindex("{") :])
    more = SECONDS / options.peer_seconds
    return result | {"seconds": more * result["seconds"], "cpu": more * result["cpu"]}


def own(engine: Engine, picture: pictures.FirstFrame, resolution: str, folder: Path) -> dict[str, float]:
    """Seconds and processor seconds of the whole way from the picture to the file."""
    request = ClipRequest.parse(
        {"first_frame_image": picture.path.read_bytes(), "prompt": PROMPT, "resolution": resolution, "seed": 1}
    )
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    animation.make_clip(request, folder / "own.mp4", engine=engine)
    took, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF)
    return {"seconds": took, "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


if __name__ == "__main__":
    main()
