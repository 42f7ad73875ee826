"""What the documentation shows is what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from firstframe.media.video import probe

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])

WRITE_CLI_REFERENCE = "uv run typer firstframe.cli.application utils docs --name firstframe --output docs/cli.md"


def test_the_command_reference_is_up_to_date(tmp_path: Path) -> None:
    command = shlex.split(WRITE_CLI_REFERENCE)[2:]
    command[-1] = str(tmp_path / "cli.md")
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == (tmp_path / "cli.md").read_text(encoding="utf-8"), f"Run `{WRITE_CLI_REFERENCE}`."


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_local_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert not [target for target in targets if target and not (document.parent / target).exists()]


def shell_commands(document: str) -> list[str]:
    """The lines of all `sh` blocks, those continued by a backslash joined."""
    blocks = re.findall(r"^```sh\n(.*?)^```", document, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line]


def test_the_first_command_makes_a_clip(tmp_path: Path) -> None:
    first = shell_commands(README)[0]
    install, _, generate = first.partition(" && ")
    assert install == "pip install uv"
    assert generate.startswith("uv run firstframe generate ")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    arguments = shlex.split(generate)[3:]
    subprocess.run([sys.executable, "-m", "firstframe", *arguments], cwd=tmp_path, check=True, capture_output=True)
    clip = probe(tmp_path / arguments[arguments.index("-o") + 1])
    assert (clip.frames, min(clip.width, clip.height)) == (144, 1080)


def test_the_second_command_runs_these_tests() -> None:
    assert shell_commands(README)[1] == "uv run pytest"


@pytest.mark.parametrize(
    "command", [line for line in shell_commands(README) if "firstframe" in line or "benchmarks/" in line]
)
def test_every_command_named_exists_with_its_options(command: str) -> None:
    words = shlex.split(command.partition("uv run ")[2])
    program = [sys.executable, *words[1:2]] if words[0] == "python" else [sys.executable, "-m", *words[:2]]
    shown = subprocess.run(
        [*program, "--help"], cwd=ROOT, env=os.environ | {"COLUMNS": "200"}, check=True, capture_output=True, text=True
    ).stdout
    assert not [word for word in words if re.match(r"--?[a-z]", word) and word not in shown]
