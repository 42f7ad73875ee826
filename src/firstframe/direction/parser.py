"""Words to `Direction`: the one reading of a prompt, for every engine."""

from __future__ import annotations


from firstframe.direction import beats, defaults
from firstframe.direction.actions import find_actions
from firstframe.direction.camera import Mention, find_mentions
from firstframe.direction.model import CameraMove, Direction, SceneMotion
from firstframe.direction.motions import Cue, find_cues, inferred_motions, scene_motions
from firstframe.direction.subjects import find_subjects
from firstframe.direction.text import Prompt

_HARMLESS_TO_FORBID = frozenset({"shake", "dolly_zoom", "rack_focus", "roll", "roll_left", "roll_right", "static", "hold"})
"""Moves whose prohibition leaves a gentle default allowed."""


def parse(prompt: str, seconds: int, loop: bool = False) -> Direction:
    """Read a prompt as a direction for a clip of `seconds`; never raises, whatever the text.

    What the words leave open is chosen and said in `notes`; what cannot be performed is quoted in `unsupported`.
    """
    read = Prompt(prompt)
    mentions = find_mentions(read)
    spans = [(mention.start, mention.end) for mention in mentions if mention.bracket is None]
    cues = find_cues(read, spans)
    unsupported = find_actions(read, spans + _verb_spans(cues), [mention.start for mention in mentions])
    camera, camera_notes = _camera(read, mentions, cues, unsupported, seconds, loop)
    motions, motion_notes = _motions(read, cues, spans)
    return Direction(
        camera=camera,
        motions=motions,
        unsupported=unsupported,
        subjects=find_subjects(read, spans),
        notes=(*_bracket_notes(read, mentions), *camera_notes, *motion_notes),
    )


def _verb_spans(cues: tuple[Cue, ...]) -> list[tuple[int, int]]:
    return [(cue.start, cue.end) for cue in cues]


def _camera(
    read: Prompt, mentions: tuple[Mention, ...], cues: tuple[Cue, ...], unsupported: tuple[str, ...], seconds: int, loop: bool
) -> tuple[tuple[CameraMove, ...], tuple[str, ...]]:
    named = tuple(mention for mention in mentions if not mention.negated)
    waits_for = cues[0].start if cues and not unsupported else None
    path = beats.camera_path(read, named, seconds, waits_for)
    if path.moves:
        return path.moves, path.notes
    forbidden = any(mention.negated and mention.family not in _HARMLESS_TO_FORBID for mention in mentions)
    move, note = defaults.default_move(read, seconds, loop, forbidden)
    return (move,), (note,)


def _motions(
    read: Prompt, cues: tuple[Cue, ...], camera_spans: list[tuple[int, int]]
) -> tuple[tuple[SceneMotion, ...], tuple[str, ...]]:
    """What is asked for; only when nothing is, what the nouns invite."""
    asked = scene_motions(read, cues, camera_spans)
    restless_only = all(cue.strength is not None for cue in cues)
    if asked and not restless_only:
        return asked, ()
    kinds = {motion.kind for motion in asked}
    inferred = [(motion, noun) for motion, noun in inferred_motions(read) if motion.kind not in kinds]
    notes = tuple(f'no scene motion asked for: soft {motion.kind} added, because of "{noun}"' for motion, noun in inferred)
    return asked + tuple(motion for motion, _ in inferred), notes


def _bracket_notes(read: Prompt, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    understood = {mention.bracket for mention in mentions}
    return tuple(
        f"[{bracket.content}] is no camera command: left out"
        for number, bracket in enumerate(read.brackets)
        if number not in understood
    )


