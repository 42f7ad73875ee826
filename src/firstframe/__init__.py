"""One image and one sentence in, one video out: the Python API. Importing it loads nothing heavy.

>>> clip = firstframe.animate("photo.jpg", "The camera slowly pushes in.", output="clip.mp4")
>>> clip.path, clip.frames, clip.direction["camera"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from firstframe.clip import Clip
    from firstframe.local_files import Image

__all__ = ["animate"]


def animate(
    image: Image,
    prompt: str,
    *,
    output: str | Path | None = None,
    duration: int = 6,
    resolution: str = "1080p",
    prompt_optimizer: bool = True,
    seed: int | None = None,
    loop: bool = False,
    engine: str = "parallax",
    progress: Callable[[float], None] | None = None,
) -> Clip:
    """Make a clip of `image` that does what `prompt` says, and return it with the report of how it was made.

    `image` is a path, an http(s) or data URL, the bytes of a picture file, a binary file object or a Pillow image.
    `duration` is 6 or 10 seconds, `resolution` "768p" or "1080p" (the short edge); the same `seed` gives the same
    clip. The file goes to `output`, replacing what is there, or without `output` to a new folder in the system's
    temporary place, which is the caller's to delete. `progress` is called with the share done, 0.0 … 1.0, and may
    raise to stop: then nothing is left behind.

    Raises `firstframe.errors.InvalidParameter`, `ImageRejected` and `EngineFailed`, all `FirstframeError`; `OSError`
    when the file cannot be written.
    """
    from contextlib import nullcontext

    from firstframe import animation, local_files
    from firstframe.clip import ClipRequest
    from firstframe.engines import registry

    place = local_files.temporary_output(image) if output is None else nullcontext(local_files.checked_output(output))
    request = ClipRequest.parse(
        {
            "first_frame_image": local_files.first_frame(image),
            "prompt": prompt,
            "duration": duration,
            "resolution": resolution,
            "prompt_optimizer": prompt_optimizer,
            "seed": seed,
            "loop": loop,
        }
    )
    report = progress or (lambda share: None)
    with place as destination:
        return animation.make_clip(
            request,
            destination,
            engine=registry.loaded(engine),
            tick=lambda done, total: report(done / total),
        )


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("firstframe")
    raise AttributeError(f"module 'firstframe' has no attribute {name!r}")
