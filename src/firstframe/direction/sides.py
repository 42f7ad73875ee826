"""To which side a camera move goes, where other words than its own tell."""

from __future__ import annotations

import re
from dataclasses import replace

from firstframe.direction.mention import Mention
from firstframe.direction.text import Prompt

_TRUCKS = frozenset({"truck_left", "truck_right"})
_SIDE_LATER = re.compile(r"(?:[^\W\d_]+\s){1,8}?(?:to|towards?) the (left|right)\b(?! of\b| side of\b)")
_OPEN_TO_SIDES = frozenset({"orbit", "pan", "truck"})


def without_tracking_aside(prompt: Prompt, chosen: list[Mention]) -> list[Mention]:
    """Tracking somebody to a side is a truck alone: "tracks to the left, keeping up with the car"."""
    sentences = [prompt.clauses[prompt.clause_at(m.start)].sentence for m in chosen if m.family in _TRUCKS]
    return [
        m for m in chosen
        if m.family != "tracking" or prompt.clauses[prompt.clause_at(m.start)].sentence not in sentences
    ]  # fmt: skip


def with_late_side(prompt: Prompt, mention: Mention) -> Mention:
    """The mention with the side that its clause names later: "orbits a bottle of oil to the left"."""
    clause = prompt.clauses[prompt.clause_at(mention.start)]
    later = _SIDE_LATER.match(prompt.plain[mention.end : clause.end].strip() + " ")
    if mention.family not in _OPEN_TO_SIDES or later is None:
        return mention
    passed = prompt.words_between(mention.end, mention.end + later.end(1) + 1)
    if any(word.tag in "ZVGPW" for word in passed):
        return mention
    return replace(mention, family=f"{mention.family}_{later.group(1)}")
