"""The prompt optimizer: rules that write a fuller prompt, and never one that asks for something else.

It keeps the caller's words and appends sentences about what the parser understood. Every sentence is tried on the
parser first: it stays only when camera, unsupported words and scene motions come out the same.
"""

from __future__ import annotations

from firstframe.clip import PROMPT_MAX_CHARACTERS
from firstframe.direction.model import CameraMove, Direction, SceneMotion
from firstframe.direction.parser import parse
from firstframe.direction.sentences import (
    CAMERA_SENTENCES,
    CLOSING_SENTENCES,
    MOTION_SENTENCES,
    PACE_WORDS,
    STRENGTH_WORDS,
)


def optimise(prompt: str, direction: Direction) -> str:
    """Write a fuller prompt: the words of `prompt` unchanged, then what will be seen, in at most 2000 characters.

    `direction` is the reading of `prompt`; reading the result gives the same camera moves and unsupported words, and at
    least the same scene motions. Deterministic; a prompt that leaves no room comes back as it is.
    """
    seconds = round(max((move.end for move in direction.camera), default=6.0)) or 6
    revised = prompt.rstrip()
    for sentence in _additions(direction, is_chinese=_is_chinese(prompt)):
        if _already_said(sentence, revised):
            continue
        longer = f"{revised}{_link(revised)}{sentence}"
        if len(longer) <= PROMPT_MAX_CHARACTERS and _same(parse(longer, seconds), direction):
            revised = longer
    return revised if revised != prompt.rstrip() else prompt


def _additions(direction: Direction, is_chinese: bool) -> list[str]:
    """What may be appended, in order; soft motions go together, for one alone would read as all that is wanted."""
    language = "zh" if is_chinese else "en"
    camera = [_camera_sentence(direction.camera[0], language)] if len(direction.camera) == 1 else []
    asked = [_motion_sentence(motion, language) for motion in direction.motions if motion.asked]
    soft = [_motion_sentence(motion, language) for motion in direction.motions if not motion.asked]
    together = [(" " if language == "en" else "").join(soft)] if soft else []
    return [*camera, *asked, *together, *CLOSING_SENTENCES[language]]


def _camera_sentence(move: CameraMove, language: str) -> str:
    """The move in words, with its pace."""
    pace = min(PACE_WORDS[language], key=lambda word: abs(word[0] - move.speed))[1]
    return CAMERA_SENTENCES[language][move.move].format(pace=pace).replace("  ", " ")


def _motion_sentence(motion: SceneMotion, language: str) -> str:
    """The motion in words, with its strength."""
    manner = min(STRENGTH_WORDS[language], key=lambda word: abs(word[0] - motion.strength))[1]
    return MOTION_SENTENCES[language][motion.kind].format(manner=manner).replace("  ", " ").replace(" .", ".")


def _already_said(sentence: str, text: str) -> bool:
    """Whether the prompt has these very words."""
    return sentence.rstrip(".。").lower() in text.lower()


def _same(read: Direction, direction: Direction) -> bool:
    camera = [(m.move, m.start, m.end, m.speed) for m in read.camera]
    wanted = [(m.move, m.start, m.end, m.speed) for m in direction.camera]
    kinds = {(m.kind, m.strength, m.heading) for m in read.motions}
    asked = {(m.kind, m.strength, m.heading) for m in direction.motions}
    return camera == wanted and read.unsupported == direction.unsupported and kinds == asked


def _link(text: str) -> str:
    """What stands between the caller's words and ours."""
    if not text:
        return ""
    if text[-1] in "。！？；，":
        return ""
    return " " if text[-1] in ".!?;:,\"'”’)]】»" else "。" if _is_chinese(text) else ". "


def _is_chinese(text: str) -> bool:
    return sum("一" <= character <= "鿿" for character in text) * 3 > len(text.replace(" ", ""))
