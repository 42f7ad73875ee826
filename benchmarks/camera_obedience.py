"""Does the camera do what the words say? VBench-I2V's seven camera prompts on every picture, judged by its rules.

Frames come straight from the engine at a short edge of 384 pixels, every third one tracked. Exit code 1 below --least.
"""

from __future__ import annotations

import sys

from firstframe.engines import registry
from firstframe.engines.base import Engine
from measure import pictures, report
from measure.camera_rules import MOVES, moves_seen
from measure.rendering import lumas, task
from measure.tracker import track

SHORT_EDGE = 384
PROMPTS = {
    "pan_left": "camera pans left",
    "pan_right": "camera pans right",
    "tilt_up": "camera tilts up",
    "tilt_down": "camera tilts down",
    "zoom_in": "camera zooms in",
    "zoom_out": "camera zooms out",
    "static": "camera static",
}


def main() -> None:
    """Measure, print, and judge by --least."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    parser.add_argument("--least", type=float, default=0.99, help="share of obeyed prompts (default: 0.99)")
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    rows = [row(engine, picture) for picture in pictures.in_folder(options.images)]
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
    work = task(picture.path, PROMPTS[move], engine, short_edge=SHORT_EDGE)
    seen = moves_seen(track(lumas(engine, work, every=3)), work.size.short_edge)
    return "yes" if move in seen else "not: " + (" ".join(sorted(seen)) or "unclear")


if __name__ == "__main__":
    main()
