"""The commands put together."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from firstframe.cli import clips, inspection, jobs, operation, server, webhooks

app = typer.Typer(
    help="One image and one sentence in, one video out.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"firstframe {version('firstframe')}")
        raise typer.Exit()


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


app.command()(clips.generate)
app.command()(clips.explain)
app.command()(server.serve)
app.command()(server.worker)
app.command()(inspection.engines)
app.command()(inspection.doctor)
app.command()(operation.backup)
app.command()(operation.restore)
app.add_typer(operation.accounts, name="accounts")
app.add_typer(operation.keys, name="keys")
app.add_typer(operation.credits, name="credits")
app.add_typer(jobs.jobs, name="jobs")
app.add_typer(webhooks.webhooks, name="webhooks")
