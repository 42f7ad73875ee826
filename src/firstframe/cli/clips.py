"""`generate` and `explain`: one picture, one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from firstframe.cli import configuration, summary
from firstframe.cli.progress import Watcher, watched

if TYPE_CHECKING:
    from firstframe.clip import ClipRequest
    from firstframe.engines.base import Engine

Image = Annotated[str, typer.Argument(metavar="IMAGE", help="First frame: a path, an http(s) URL, or - for stdin.")]
Prompt = Annotated[str, typer.Argument(metavar="PROMPT", help="What should happen, in your own words.")]
Duration = Annotated[str, typer.Option(metavar="6|10", help="Length in seconds.")]
ShortEdge = Annotated[str, typer.Option(metavar="768p|1080p", help="Length of the short edge.")]
Seed = Annotated[str | None, typer.Option(metavar="N", help="Same seed, same clip.", show_default="random")]
Loop = Annotated[bool, typer.Option("--loop", help="Make the last frame flow into the first.")]
EngineName = Annotated[str, typer.Option("--engine", metavar="NAME", help="See `firstframe engines`.")]
PlainPrompt = Annotated[bool, typer.Option("--no-prompt-optimizer", help="Write no revised prompt.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]


def generate(
    image: Image,
    prompt: Prompt,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="MP4 to write, replacing what is there. Default: NAME.mp4 in this folder after the image's name, "
            "or NAME-2.mp4 … when that exists.",
            show_default=False,
        ),
    ] = None,
    duration: Duration = "6",
    resolution: ShortEdge = "1080p",
    seed: Seed = None,
    loop: Loop = False,
    engine: EngineName = "parallax",
    no_prompt_optimizer: PlainPrompt = False,
    as_json: AsJson = False,
) -> None:
    """Make a clip: IMAGE becomes frame 0, and what PROMPT says happens.

    Prints the path of the clip on standard output (with --json the whole report) and progress on standard error.
    """
    from firstframe import animation, local_files

    configuration.judged()
    destination = local_files.checked_output(output) if output else local_files.free_name(image, Path())
    with watched() as watcher:
        request, loaded = _begin(
            watcher,
            image,
            engine,
            prompt=prompt,
            duration=duration,
            resolution=resolution,
            seed=seed,
            loop=loop,
            prompt_optimizer=not no_prompt_optimizer,
        )
        clip = animation.make_clip(request, destination, engine=loaded, tick=watcher.frames)
    if as_json:
        _print_json(clip.report())
    else:
        typer.echo(summary.of_clip(clip), err=True)
        typer.echo(str(clip.path))


def explain(
    image: Image,
    prompt: Prompt,
    duration: Duration = "6",
    resolution: ShortEdge = "1080p",
    seed: Seed = None,
    loop: Loop = False,
    engine: EngineName = "parallax",
    no_prompt_optimizer: PlainPrompt = False,
    save_layers: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Also write the layers, mattes and depth as pictures.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what `generate` would do and why, without rendering: how PROMPT was understood and what will be done."""
    from firstframe import animation

    configuration.judged()
    with watched() as watcher:
        request, loaded = _begin(
            watcher,
            image,
            engine,
            prompt=prompt,
            duration=duration,
            resolution=resolution,
            seed=seed,
            loop=loop,
            prompt_optimizer=not no_prompt_optimizer,
        )
        report = animation.explain(request, engine=loaded, save_layers=save_layers)
    if as_json:
        _print_json(report)
    else:
        typer.echo(summary.of_explanation(report))


def _begin(watcher: Watcher, image: str, engine: str, **fields: object) -> tuple[ClipRequest, Engine]:
    from firstframe import local_files
    from firstframe.clip import ClipRequest
    from firstframe.engines import registry

    registry.engine(engine)
    watcher.stage("Reading the picture")
    request = ClipRequest.parse({"first_frame_image": local_files.first_frame(image), **fields})
    watcher.stage(f"Loading the engine {engine}")
    loaded = registry.loaded(engine)
    watcher.stage("Analysing the picture")
    return request, loaded


def _print_json(report: dict[str, Any]) -> None:
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
