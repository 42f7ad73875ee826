"""Reports as a few lines for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from firstframe.clip import Clip


def of_clip(clip: Clip) -> str:
    """What was made, how the words were understood, and what could not be done."""
    size = f"{clip.size.width} × {clip.size.height}, {clip.frames} frames, {clip.seconds} s"
    timings = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in clip.timings.items())
    return "\n".join([f"Made {size}, seed {clip.seed}.", *_direction(clip.direction), f"Took {timings}."])


def of_explanation(report: dict[str, Any]) -> str:
    """What would be made, how the words were understood, and the plan with its reasons."""
    size = f"{report['width']} × {report['height']}, {report['frames']} frames, {report['seconds']} s"
    revised = [f"Revised prompt: {report['revised_prompt']}"] if report["revised_prompt"] else []
    plan = json.dumps(report["plan"], ensure_ascii=False, indent=2)
    return "\n".join([f"Engine {report['engine']}: {size}.", *_direction(report["direction"]), *revised, "Plan:", plan])


def _direction(direction: dict[str, Any]) -> list[str]:
    moves = ", ".join(_move(move) for move in direction["camera"])
    motions = ", ".join(motion["kind"] for motion in direction["motions"])
    lines = [f"Camera: {moves or 'static'}.", f"In the scene: {motions or 'nothing moves'}."]
    if direction["unsupported"]:
        lines.append("Not performed: " + ", ".join(f"“{words}”" for words in direction["unsupported"]) + ".")
    return lines + [f"Note: {note}" for note in direction.get("notes", [])]


def _move(move: dict[str, Any]) -> str:
    return f"{move['move']} {move['start']:g}–{move['end']:g} s"
