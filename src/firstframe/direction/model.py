"""`Direction`: the prompt understood. What a film director tells a crew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CameraMove:
    """One camera move between two moments of the clip."""

    move: str
    """One of `vocabulary.CAMERA_MOVES`, seen from the camera: pan_left moves the picture to the right."""
    start: float
    """Begin, in seconds from frame 0."""
    end: float
    """End, in seconds."""
    speed: float = 1.0
    """1.0 is an unhurried move, 0.5 slow, 2.0 fast."""
    asked: bool = True
    """False when the words name no move and this one was chosen for them."""


@dataclass(frozen=True)
class SceneMotion:
    """One thing that moves inside the scene."""

    kind: str
    """One of `vocabulary.SCENE_MOTIONS`."""
    strength: float = 1.0
    """1.0 is natural, 0.5 gentle, 2.0 strong."""
    heading: str | None = None
    """left, right, up or down, when the prompt says where it moves to."""
    asked: bool = True
    """False when only the nouns invite the motion: do without it where the picture does not show the thing."""
    detail: str | None = None
    """One of `details.DETAILS` for its kind, when the words say what exactly moves: petals, dust, lightning, steam."""


@dataclass(frozen=True)
class Direction:
    """Camera moves, scene motions, and what the words ask that no motion of ours can perform."""

    camera: tuple[CameraMove, ...]
    motions: tuple[SceneMotion, ...]
    unsupported: tuple[str, ...]
    """The words of the prompt that cannot be performed, verbatim ("walks", "runs her hand through her hair")."""
    subjects: tuple[str, ...] = ()
    """Nouns that name the main thing, most important first ("woman", "black handbag")."""
    notes: tuple[str, ...] = ()
    """Every automatic choice with its reason ("no camera move named: slow push_in chosen")."""

    def report(self) -> dict[str, Any]:
        """JSON-able form, as the commands and the API print it."""
        return {
            "camera": [
                {"move": m.move, "start": round(m.start, 3), "end": round(m.end, 3), "speed": m.speed}
                | ({} if m.asked else {"asked": False})
                for m in self.camera
            ],
            "motions": [
                {"kind": m.kind, "strength": m.strength}
                | ({"heading": m.heading} if m.heading else {})
                | ({"detail": m.detail} if m.detail else {})
                | ({} if m.asked else {"asked": False})
                for m in self.motions
            ],
            "unsupported": list(self.unsupported),
            "subjects": list(self.subjects),
            "notes": list(self.notes),
        }
