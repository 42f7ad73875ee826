"""`engines` and `doctor`: what this installation has and whether it works."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from firstframe.cli import FAILURE, configuration

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def engines(as_json: AsJson = False) -> None:
    """List the engines with their licence, hardware, what they accept, and what a clip of theirs costs."""
    from firstframe.engines import registry
    from firstframe.service.prices import PriceTable

    prices = PriceTable.parse(configuration.judged().prices)
    if as_json:
        rows = [asdict(spec) | {"prices": prices.of(spec.name)} for spec in registry.specs()]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("engine", "licence", "hardware", "resolutions", "seconds", "credits")
    for spec in registry.specs():
        seconds = " ".join(str(number) for number in spec.durations)
        credits = "\n".join(f"{clip}: {price}" for clip, price in prices.of(spec.name).items())
        table.add_row(spec.name, spec.licence, spec.hardware, " ".join(spec.resolutions), seconds, credits)
    Console().print(table)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    is_well: bool
    sentence: str


def doctor() -> None:
    """Check that clips can be made here and that what the service keeps agrees, and show every setting.

    Exit code 1 when something is wrong.
    """
    settings = configuration.judged()
    failed = False
    for check in _checks():
        typer.echo(f"{'ok  ' if check.is_well else 'FAIL'}  {check.name}: {check.sentence}")
        failed |= not check.is_well
    for line in configuration.effective(settings):
        typer.echo(f"      {line}")
    if failed:
        raise typer.Exit(FAILURE)


def _checks() -> Iterator[Check]:
    yield _tried("program", _program)
    yield _settings()
    yield _tried("data folder", _data_folder)
    yield _tried("engine and encoder", _smallest_clip)
    yield from _service()


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except Exception as error:  # whatever is wrong is the finding
        return Check(name, False, f"{type(error).__name__}: {error}")


def _service() -> list[Check]:
    """What the service's own inspection finds; nothing where no service was ever started."""
    from firstframe.errors import FirstframeError
    from firstframe.service.front import Service
    from firstframe.settings import settings

    if not settings().database_url and not (settings().data_dir / "firstframe.db").exists():
        return []
    try:
        service = Service.open(settings())
    except FirstframeError as error:
        return [Check("service", False, error.message)]
    try:
        findings = service.doctor()
    finally:
        service.stop(0)
    return [Check(found.name, not found.faults, " ".join(found.faults) or "in order") for found in findings]


def _settings() -> Check:
    unknown = configuration.unknown()
    return Check("settings", not unknown, f"{' and '.join(unknown)} is no setting" if unknown else "all make sense")


def _program() -> str:
    return (
        f"firstframe {version('firstframe')}, Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores"
    )


def _data_folder() -> str:
    from firstframe.settings import settings

    folder = settings().data_dir
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    with tempfile.TemporaryFile(dir=nearest):
        return f"{folder} can be written"


def _smallest_clip() -> str:
    """Make a real clip of a plain picture, so that compiling, rendering and encoding are all tried."""
    from PIL import Image

    from firstframe import animate
    from firstframe.media.video import probe

    with tempfile.TemporaryDirectory(prefix="firstframe-") as folder:
        clip = animate(
            Image.linear_gradient("L"), "static camera", output=Path(folder) / "doctor.mp4", resolution="768p", seed=0
        )
        found = probe(clip.path)
    return f"{clip.engine} made {found} in {clip.timings['total']:.1f} s"
