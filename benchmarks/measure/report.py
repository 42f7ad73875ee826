"""Results as a small table with the machine they were measured on, or as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from measure.pictures import EXAMPLES

Row = dict[str, Any]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser with the options that every benchmark has: `--images`, `--json`."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, default=EXAMPLES, metavar="DIR", help="default: examples/")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def show(rows: list[Row], summary: Row, as_json: bool) -> None:
    """Print rows with equal keys, the summary and the machine on standard output."""
    if as_json:
        print(json.dumps({"rows": rows, "summary": summary, "machine": machine()}, indent=2))
        return
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*(_text(value) for value in row.values()))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    for name, value in summary.items():
        print(f"{name}: {_text(value)}")
    print(machine())


def machine() -> str:
    """One line: processor, cores, memory, Python, version of this program."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Machine: {_processor()}, {os.cpu_count()} cores, {memory_gib:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, firstframe {version('firstframe')}"
    )


def _processor() -> str:
    names = Path("/proc/cpuinfo")
    lines = names.read_text().splitlines() if names.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _text(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}"
