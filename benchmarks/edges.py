"""Would a move show a flaw? Scores around the subject's outline, and how far straight lines would be bowed.

Nothing is rendered. Columns:

  outline     trust in the subject's outline alone, 0 to 1
  ghost       share of what a move uncovers that looks like the subject beside it
  seam        how unlike its surroundings the fill behind the outline is in structure
  change      how far the fill right beside the outline differs from the picture there, in Lab
  confidence  outline times how clean these three are; under 0.5 the picture is played as one sheet
  layers      sheets that an orbit is played on
  bow MOVE    largest bow of straight lines at full relief, as a share of the chord; at most the limit is ever shown
  relief MOVE share of the relief that is left so that no line is bowed beyond the limit

Exit code 1 when an outline beyond the upper limit of a score has a layer of its own.
"""

from __future__ import annotations

import re
import sys

from firstframe.engines.parallax.engine import ParallaxEngine
from firstframe.engines.parallax.scene.flaws import CHANGE, GHOST, SEAM
from firstframe.engines.parallax.straight import BOW_LIMIT
from measure import pictures, report
from measure.rendering import task

SHORT_EDGE = 768
PROMPTS = {"orbit": "the camera orbits to the right around the subject", "push": "the camera pushes in"}


def main() -> None:
    """Measure, print, and judge."""
    options = report.arguments(__doc__).parse_args()
    engine = ParallaxEngine()
    rows = [row(engine, picture) for picture in pictures.in_folder(options.images)]
    limits = {"limits of ghost": GHOST, "limits of seam": SEAM, "limits of change": CHANGE, "limit of bow": BOW_LIMIT}
    broken = [line["picture"] for line in rows if line["layers"].endswith("subject") and is_flawed(line)]
    report.show(rows, limits | {"flawed with a layer of their own": broken or "none"}, options.json)
    sys.exit(bool(broken))


def row(engine: ParallaxEngine, picture: pictures.FirstFrame) -> report.Row:
    """The scores of one picture."""
    plans = {
        name: engine.plan(task(picture.path, words, engine, short_edge=SHORT_EDGE)) for name, words in PROMPTS.items()
    }
    notes = " ".join(plans["orbit"]["notes"])
    line: report.Row = {
        "picture": picture.name,
        "outline": number(r"trusted at ([\d.]+) \(evidence", notes),
        "ghost": number(r"ghost ([\d.]+)", notes),
        "seam": number(r"seam ([\d.]+)", notes),
        "change": number(r"change ([\d.]+)", notes),
        "confidence": plans["orbit"]["confidence"],
        "layers": " ".join(plans["orbit"]["layers"]),
    }
    for name, plan in plans.items():
        bows = [limit for limit in plan["limits"] if limit["what"].startswith("bow")]
        line |= {f"bow {name}": bows[0]["at_full_amplitude"] if bows else "-"}
        line |= {f"relief {name}": bows[0]["amplitude"] if bows else 1.0}
    return line


def number(pattern: str, text: str) -> float | str:
    """The first number that the pattern captures, or a dash."""
    found = re.search(pattern, text)
    return float(found[1]) if found else "-"


def is_flawed(line: report.Row) -> bool:
    """True when a score lies beyond its upper limit."""
    scores = ((line["ghost"], GHOST[1]), (line["seam"], SEAM[1]), (line["change"], CHANGE[1]))
    return any(isinstance(score, float) and score > most for score, most in scores)


if __name__ == "__main__":
    main()
