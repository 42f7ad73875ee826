"""Words to `Direction`: the one reading of a prompt, for every engine."""

from __future__ import annotations

from firstframe.direction import beats, defaults
from firstframe.direction.actions import Act, find_acts
from firstframe.direction.camera import find_mentions
from firstframe.direction.cues import Cues, find_cues
from firstframe.direction.mention import Mention
from firstframe.direction.model import CameraMove, Direction, SceneMotion
from firstframe.direction.motions import inferred_motions, scene_motions
from firstframe.direction.subjects import find_subjects, naming_words
from firstframe.direction.text import Prompt, Word

_HARMLESS_TO_FORBID = frozenset(
    {"shake", "dolly_zoom", "rack_focus", "roll", "roll_left", "roll_right", "static", "hold"}
)
"""Moves whose prohibition leaves a gentle default allowed."""


def parse(prompt: str, seconds: int, loop: bool = False) -> Direction:
    """Read a prompt as a direction for a clip of `seconds`; never raises, whatever the text.

    What the words leave open is chosen and said in `notes`; what cannot be performed is quoted in `unsupported`.
    """
    read = Prompt(prompt)
    mentions = find_mentions(read)
    spans = [(mention.start, mention.end) for mention in mentions if mention.bracket is None]
    cues = find_cues(read, spans)
    acts = find_acts(
        read, spans + [(cue.start, cue.end) for cue in cues.asked], [mention.start for mention in mentions]
    )
    names = naming_words(read, spans + [(act.verb_start, act.verb_start + 1) for act in acts])
    camera, camera_notes = _camera(read, mentions, cues, acts, seconds) or _default(names, mentions, seconds, loop)
    motions, motion_notes = _motions(read, names, cues, spans)
    return Direction(
        camera=camera,
        motions=motions,
        unsupported=tuple(dict.fromkeys(read.quoted(act.start, act.end) for act in acts)),
        subjects=find_subjects(read, names),
        notes=(*_bracket_notes(read, mentions), *camera_notes, *motion_notes),
    )


_Moves = tuple[tuple[CameraMove, ...], tuple[str, ...]]


def _camera(
    read: Prompt, mentions: tuple[Mention, ...], cues: Cues, acts: tuple[Act, ...], seconds: int
) -> _Moves | None:
    """The camera path that the words name; None when they name none."""
    named = tuple(mention for mention in mentions if not mention.negated)
    waits_for = cues.asked[0].start if cues.asked and not acts else None
    path = beats.camera_path(read, named, float(seconds), waits_for)
    return (path.moves, path.notes) if path.moves else None


def _default(names: tuple[Word, ...], mentions: tuple[Mention, ...], seconds: int, loop: bool) -> _Moves:
    forbidden = any(mention.negated and mention.family not in _HARMLESS_TO_FORBID for mention in mentions)
    move, note = defaults.default_move(names, float(seconds), loop, forbidden)
    return (move,), (note,)


def _motions(
    read: Prompt, names: tuple[Word, ...], cues: Cues, camera_spans: list[tuple[int, int]]
) -> tuple[tuple[SceneMotion, ...], tuple[str, ...]]:
    """What is asked for; and when nothing is, or only what never stands still, what the nouns invite."""
    asked = scene_motions(read, cues.asked, camera_spans)
    if any(cue.strength is None for cue in cues.asked):
        return asked, ()
    settled = cues.forbidden | {motion.kind for motion in asked}
    inferred = [(motion, noun) for motion, noun in inferred_motions(read, names) if motion.kind not in settled]
    notes = tuple(
        f'no scene motion asked for: soft {motion.kind} added, because of "{noun}"' for motion, noun in inferred
    )
    return asked + tuple(motion for motion, _ in inferred), notes


def _bracket_notes(read: Prompt, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    understood = {mention.bracket for mention in mentions}
    return tuple(
        f"[{bracket.content}] is no camera command: left out"
        for number, bracket in enumerate(read.brackets)
        if number not in understood
    )
