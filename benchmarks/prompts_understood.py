"""How many prompts are read exactly: camera path, scene motions and unsupported acts, tuned and held out.

    uv run python benchmarks/prompts_understood.py            # both scores
    uv run python benchmarks/prompts_understood.py --misses   # and every tuned row that is not exact

A row counts only when everything in it is right. Misses among the held-out rows are counted, never shown.
"""

from __future__ import annotations

import argparse
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from firstframe.direction.model import CameraMove, Direction
from firstframe.direction.parser import parse

PROMPTS = Path(__file__).parents[1] / "tests" / "direction" / "prompts"
SECONDS = 6
SLOW_BELOW, FAST_ABOVE = 0.75, 1.3
WITHOUT_PACE = {"static"}


@dataclass(frozen=True)
class Row:
    """One prompt and what a director reads in it; `tuned.toml` explains the notation."""

    text: str
    camera: str
    motions: str
    unsupported: list[str]


def rows(split: str) -> list[Row]:
    """The rows of a split: `tuned`, an earlier round, or `held_out`, which is empty once its misses were looked at."""
    return [Row(**row) for row in _table("tuned" if split == "tuned" else "held_out").get(split, [])]


def rounds() -> list[str]:
    """Names of the rounds whose misses were looked at: what is left of each was read exactly when it was new."""
    return [split for split in _table("held_out") if split.startswith("round_")]


@cache
def _table(file: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((PROMPTS / f"{file}.toml").read_text(encoding="utf-8"))


@cache
def missed(split: str) -> dict[str, list[str]]:
    """The prompts of a split that are not read exactly, each with what is wrong."""
    found = {row.text: mistakes(row, parse(row.text, SECONDS)) for row in rows(split)}
    return {text: wrong for text, wrong in found.items() if wrong}


def mistakes(row: Row, direction: Direction) -> list[str]:
    """What a direction has wrong against a row, one sentence each; empty when it is exact."""
    found = []
    if not camera_agrees(row.camera, direction.camera):
        found.append(f"camera {camera_notation(direction.camera)!r}, expected {row.camera!r}")
    asked = {motion.kind for motion in direction.motions if motion.asked}
    if asked != set(row.motions.split()):
        found.append(f"motions {sorted(asked)}, expected {sorted(row.motions.split())}")
    held = all(any(words in snippet for snippet in direction.unsupported) for words in row.unsupported)
    known = all(any(words in snippet for words in row.unsupported) for snippet in direction.unsupported)
    if not (held and known):
        found.append(f"unsupported {list(direction.unsupported)}, expected {row.unsupported}")
    return found


def camera_notation(moves: tuple[CameraMove, ...]) -> str:
    """The camera path in the notation of `tuned.toml`."""
    if moves and not moves[0].asked and moves[0].move != "static":
        return "default"
    beats = [[_with_pace(move) for move in beat] for _, beat in groupby(moves, key=lambda move: move.start)]
    return " > ".join(" + ".join(sorted(beat)) for beat in beats)


def camera_agrees(expected: str, moves: tuple[CameraMove, ...]) -> bool:
    """Whether a path is the expected one; a family name in the expectation allows either direction."""
    wanted = [sorted(beat.strip().split(" + ")) for beat in expected.split(">")]
    got = [beat.split(" + ") for beat in camera_notation(moves).split(" > ")]
    return len(wanted) == len(got) and all(
        len(w) == len(g) and all(_same_move(a, b) for a, b in zip(w, g, strict=True))
        for w, g in zip(wanted, got, strict=True)
    )


def _with_pace(move: CameraMove) -> str:
    pace = " slow" if move.speed < SLOW_BELOW else " fast" if move.speed > FAST_ABOVE else ""
    return move.move + ("" if move.move in WITHOUT_PACE else pace)


def _same_move(wanted: str, got: str) -> bool:
    wanted_move, _, wanted_pace = wanted.strip().partition(" ")
    got_move, _, got_pace = got.strip().partition(" ")
    return wanted_pace == got_pace and (wanted_move == got_move or got_move.startswith(wanted_move + "_"))


def main() -> None:
    """Print the scores."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--misses", action="store_true", help="print every tuned row that is not exact")
    arguments = options.parse_args()
    for split in ("tuned", "held_out"):
        count, wrong = len(rows(split)), missed(split)
        if not count:
            continue
        exact = count - len(wrong)
        print(f"{split:9} {exact}/{count} exact, {100 * exact / count:.1f} %")
        if arguments.misses and split == "tuned":
            for text, sentences in wrong.items():
                print(f"  {text}\n    " + "\n    ".join(sentences))


if __name__ == "__main__":
    main()
