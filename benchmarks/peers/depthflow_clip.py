"""One clip by DepthFlow, run by an interpreter that has it: IMAGE DEPTH OUTPUT WIDTH HEIGHT SECONDS.

Prints JSON with the seconds and processor seconds of rendering and encoding, without imports and start-up. The encoder
is set to its fastest preset, so that DepthFlow is not charged for its own slow one.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

FRAMES_PER_SECOND = 24


def main() -> None:
    """Render one clip and tell how long it took."""
    image, depth, output, *numbers = sys.argv[1:]
    width, height, seconds = (int(number) for number in numbers)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
        os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"
        scene = prepared(Path(image), Path(depth))
        begin, cpu = time.perf_counter(), processor_seconds()
        scene.main(width=width, height=height, fps=FRAMES_PER_SECOND, time=seconds, output=output)
        took, cpu = time.perf_counter() - begin, processor_seconds() - cpu
    frames, renderer = scene.frame, scene.opengl.info["GL_RENDERER"]
    json.dump({"seconds": took, "cpu": cpu, "frames": frames, "renderer": renderer}, sys.stdout)


def prepared(image: Path, depth: Path):
    """A scene with its picture and depth loaded, whose camera moves sideways."""
    from depthflow.scene import DepthScene

    class Truck(DepthScene):
        def update(self) -> None:
            self.state.offset = (0.4 * self.tau * self.tau * (3 - 2 * self.tau), 0.0)

    scene = Truck(backend="headless")
    scene.input(np.array(Image.open(image).convert("RGB")), depth=np.array(Image.open(depth).convert("L")))
    scene.ffmpeg.h264(preset="ultrafast")
    return scene


def processor_seconds() -> float:
    """Of this process and of the encoder that it started and that has ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
