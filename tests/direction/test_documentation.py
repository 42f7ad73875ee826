"""The page on directions says what the vocabulary and the parser say."""

from __future__ import annotations

import re
from pathlib import Path

from firstframe.direction.model import Direction
from firstframe.direction.parser import parse
from firstframe.direction.vocabulary import BRACKET_COMMANDS, CAMERA_MOVES, CHINESE_COMMANDS, SCENE_MOTIONS, SPEEDS
from prompts_understood import missed, rows

PAGE = (Path(__file__).parents[2] / "docs" / "direction.md").read_text(encoding="utf-8")


def table(marker: str) -> list[list[str]]:
    """Cells of the rows of the table that follows a marker, without its head."""
    text = PAGE.split(f"<!-- {marker} -->")[1].split("<!-- end -->")[0]
    lines = [line for line in text.strip().splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_moves() -> None:
    chinese = {move: words for words, move in CHINESE_COMMANDS.items()}
    english = {move: f"[{words.capitalize()}]" for words, move in BRACKET_COMMANDS.items()}
    cells = table("table: moves")
    assert [row[0] for row in cells] == CAMERA_MOVES
    for move, command, command_chinese, words in cells:
        assert command == english.get(move, f"[{move.replace('_', ' ').capitalize()}]")
        assert command_chinese == chinese.get(move, "–")
        assert [found.move for found in parse(command, 6).camera] == [move]
        assert [(found.move, found.asked) for found in parse(words, 6).camera] == [(move, True)]


def test_speeds() -> None:
    said = {word.strip(): float(pace) for pace, words in table("table: speeds") for word in words.split(",")}
    assert said == SPEEDS | {"no word": 1.0}


def test_motions() -> None:
    cells = table("table: motions")
    assert [row[0] for row in cells] == SCENE_MOTIONS
    for kind, words in cells:
        assert kind in {motion.kind for motion in parse(words, 6).motions if motion.asked}


def test_examples() -> None:
    for prompt, *cells in table("examples"):
        assert cells == example(parse(prompt, 6))


def example(direction: Direction) -> list[str]:
    camera = [
        f"{m.move} {m.start:g}–{m.end:g} s ×{m.speed:g}" + ("" if m.asked else " (chosen)") for m in direction.camera
    ]
    motions = [f"{m.kind} {m.strength:g}" + ("" if m.asked else " (invited)") for m in direction.motions]
    return [", ".join(part) or "–" for part in (camera, motions, direction.unsupported)]


def test_scores() -> None:
    cells = table("score")
    assert [row[0] for row in cells] == [split.replace("_", " ") for split in ("tuned", "held_out") if rows(split)]
    for name, count, percent in cells:
        split = name.replace(" ", "_")
        total = len(rows(split))
        exact = total - len(missed(split))
        assert (int(count), percent) == (total, f"{100 * exact / total:.1f} %")


def test_code_on_the_page_runs() -> None:
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code is not None
    space: dict[str, object] = {}
    exec(code.group(1), space)
    assert str(space["revised"]).startswith("Her hair blows")
