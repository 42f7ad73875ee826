"""What goes in and what comes out: `ClipRequest`, `Resolution`, `FrameSize`, `Clip`. Plain data without I/O.

This is the one place that validates a request; every dialect and the command line build a `ClipRequest`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from firstframe.errors import InvalidParameter

FRAMES_PER_SECOND = 24
ASPECT_MIN, ASPECT_MAX = 2 / 5, 5 / 2
PROMPT_MAX_CHARACTERS = 2000
SEED_MAX = 2**32 - 1


class Resolution(StrEnum):
    """The length of the short edge of the clip."""

    P768 = "768p"
    P1080 = "1080p"

    @property
    def short_edge(self) -> int:
        """Pixels of the short edge: 768 or 1080."""
        return int(self.value.removesuffix("p"))


@dataclass(frozen=True)
class FrameSize:
    """Width and height of a frame in pixels, both even (4:2:0 chroma needs it)."""

    width: int
    height: int

    @property
    def short_edge(self) -> int:
        """The smaller of width and height, in pixels."""
        return min(self.width, self.height)

    @classmethod
    def for_picture(cls, width: int, height: int, resolution: Resolution) -> FrameSize:
        """Size of the clip of a `width` × `height` picture: short edge by resolution, long edge by aspect ratio.

        The ratio is limited to 2:5 … 5:2. 16:9 gives 1366×768 or 1920×1080, as the hosted model does.
        """
        ratio = min(max(width / height, ASPECT_MIN), ASPECT_MAX)
        short = resolution.short_edge
        long = 2 * round(short * max(ratio, 1 / ratio) / 2)
        return cls(long, short) if ratio >= 1 else cls(short, long)


def _whole_number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else value


def _truth(value: object) -> object:
    words = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
    return words.get(value.strip().lower(), value) if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _seed(value: object) -> object:
    value = None if value == "" else value
    number = int(value) if isinstance(value, str) and value.strip().lstrip("-").isdecimal() else value
    return None if number == -1 else number


Truth = Annotated[bool, Field(strict=True), BeforeValidator(_truth)]


class ClipRequest(BaseModel):
    """One order: a first frame and a prompt, with the parameters of the hosted model plus `seed` and `loop`.

    Field names, values and defaults follow the hosted model's page; numbers and booleans may come as text.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    first_frame_image: str | bytes = Field(
        description="Picture whose pixels become frame 0: URL, data URL, bare base64, or the bytes themselves.",
    )
    prompt: str = Field(description="What should happen, in plain language or camera commands such as [Push in].")
    duration: Annotated[Literal[6, 10], BeforeValidator(_whole_number)] = Field(
        default=6, description="Length of the clip in seconds."
    )
    resolution: Annotated[Resolution, BeforeValidator(_lower)] = Field(
        default=Resolution.P1080, description="Length of the short edge."
    )
    prompt_optimizer: Truth = Field(
        default=True, description="Let the prompt optimizer write a fuller prompt; it is returned as revised_prompt."
    )
    seed: Annotated[int | None, Field(strict=True, ge=0, le=SEED_MAX), BeforeValidator(_seed)] = Field(
        default=None, description="Same request and seed give the same clip; absent or -1 picks one."
    )
    loop: Truth = Field(default=False, description="Make the last frame flow into the first.")

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> ClipRequest:
        """Build a request from raw fields; unknown fields are ignored.

        Raises `InvalidParameter` naming the first offending field, its value and what is allowed.
        """
        try:
            request = cls.model_validate({k: v for k, v in fields.items() if v is not None})
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            raise InvalidParameter(name, fields.get(name), ALLOWED[name]) from None
        for name in ("first_frame_image", "prompt"):
            value = getattr(request, name)
            if not value.strip() or (isinstance(value, str) and not is_storable(value)):
                raise InvalidParameter(name, value, ALLOWED[name])
        if len(request.prompt) > PROMPT_MAX_CHARACTERS:
            raise InvalidParameter("prompt", f"{len(request.prompt)} characters", ALLOWED["prompt"])
        return request


_HALF_PAIR = re.compile("[\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether databases keep the text as it is: no NUL, and no half of a surrogate pair."""
    return "\x00" not in text and (text.isascii() or not _HALF_PAIR.search(text))


ALLOWED = {
    "first_frame_image": "a picture as http(s) URL, data URL, base64 text or file (required)",
    "prompt": f"text of 1 to {PROMPT_MAX_CHARACTERS} characters (required)",
    "duration": "6 or 10 (seconds)",
    "resolution": '"768p" or "1080p"',
    "prompt_optimizer": "true or false",
    "seed": f"a whole number from 0 to {SEED_MAX}, or -1 for a random one",
    "loop": "true or false",
}


@dataclass(frozen=True)
class Clip:
    """A finished video on disk and the report of how it was made."""

    path: Path
    engine: str
    seed: int
    size: FrameSize
    seconds: int
    prompt: str
    revised_prompt: str | None
    direction: dict[str, Any]
    plan: dict[str, Any]
    timings: dict[str, float] = field(default_factory=dict)
    fps: int = FRAMES_PER_SECOND

    @property
    def frames(self) -> int:
        """Number of frames: seconds × 24."""
        return self.seconds * self.fps

    @property
    def bytes(self) -> bytes:
        """The MP4 file itself."""
        return self.path.read_bytes()

    def report(self) -> dict[str, Any]:
        """The JSON-able report that `--json` prints and the service stores; timings are in seconds."""
        return {
            "output": str(self.path),
            "engine": self.engine,
            "seed": self.seed,
            "width": self.size.width,
            "height": self.size.height,
            "fps": self.fps,
            "frames": self.frames,
            "seconds": self.seconds,
            "prompt": self.prompt,
            "revised_prompt": self.revised_prompt,
            "direction": self.direction,
            "plan": self.plan,
            "timings": self.timings,
        }
