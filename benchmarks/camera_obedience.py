"""Does the camera do what the words say? VBench-I2V's seven camera prompts on every picture, judged by its rules.

Frames come straight from the engine at a short edge of 384 pixels, every fourth one tracked. With `--rules 2.0`, the
two that VBench-2.0 adds, the orbit and the oblique shot, at 768 pixels: limits on a move depend on the size a little.
Exit code 1 below --least.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines import registry
from firstframe.engines.base import Engine
from measure import pictures, report
from measure.camera_rules import MOVES, ORBIT_STEP_FRAMES, is_oblique, is_orbit, moves_seen
from measure.rendering import lumas, task
from measure.tracker import track

SHORT_EDGE, SHORT_EDGE_2 = 384, 768
PROMPTS = {
    "pan_left": "camera pans left",
    "pan_right": "camera pans right",
    "tilt_up": "camera tilts up",
    "tilt_down": "camera tilts down",
    "zoom_in": "camera zooms in",
    "zoom_out": "camera zooms out",
    "static": "camera static",
}
PROMPTS_2 = {
    "orbits": "The camera orbits around in a clockwise direction.",
    "oblique": "First-person perspective, oblique shot, airborne dolly movement.",
}
EVERY = 4
"""Frames between two that are tracked; the rules of VBench-2.0 look at every twentieth."""


def main() -> None:
    """Measure, print, and judge by --least."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    parser.add_argument("--rules", choices=("i2v", "2.0"), default="i2v", help="VBench-I2V or VBench-2.0")
    parser.add_argument("--least", type=float, default=0.99, help="share of obeyed prompts (default: 0.99)")
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    judge = row_2 if options.rules == "2.0" else row
    rows = [judge(engine, picture) for picture in pictures.in_folder(options.images)]
    cells = [cell for line in rows for name, cell in line.items() if name != "picture"]
    obeyed = sum(cell == "yes" for cell in cells)
    share = obeyed / len(cells)
    report.show(rows, {"obeyed": f"{obeyed} of {len(cells)}", "share": share}, options.json)
    sys.exit(share < options.least)


def row(engine: Engine, picture: pictures.FirstFrame) -> report.Row:
    """For each move "yes", or what was seen instead."""
    return {"picture": picture.name} | {move: verdict(engine, picture, move) for move in MOVES}


def verdict(engine: Engine, picture: pictures.FirstFrame, move: str) -> str:
    """Render the picture with the move's prompt, track, and judge."""
    tracks, size = tracked(engine, picture, PROMPTS[move], SHORT_EDGE)
    return said(move in moves_seen(tracks, size.short_edge), moves_seen(tracks, size.short_edge))


def row_2(engine: Engine, picture: pictures.FirstFrame) -> report.Row:
    """The same for the two rules that VBench-2.0 adds."""
    line: report.Row = {"picture": picture.name}
    for name, prompt in PROMPTS_2.items():
        tracks, size = tracked(engine, picture, prompt, SHORT_EDGE_2)
        seen = moves_seen(tracks, size.short_edge)
        looks = tracks[:: ORBIT_STEP_FRAMES // EVERY]
        line[name] = said(is_oblique(seen) if name == "oblique" else is_orbit(looks, size.width, size.height), seen)
    return line


def tracked(
    engine: Engine, picture: pictures.FirstFrame, prompt: str, short_edge: int
) -> tuple[NDArray[np.float32], FrameSize]:
    """Tracks of every fourth frame, and the size of the frames."""
    work = task(picture.path, prompt, engine, short_edge=short_edge)
    return track(lumas(engine, work, every=EVERY)), work.size


def said(obeyed: bool, seen: set[str]) -> str:
    """A cell of the table."""
    return "yes" if obeyed else "not: " + (" ".join(sorted(seen)) or "unclear")


if __name__ == "__main__":
    main()
