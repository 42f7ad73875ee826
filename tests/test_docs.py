"""What the documentation shows is what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

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


def python_blocks(document: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", document, re.MULTILINE | re.DOTALL)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The README's `serve`, on a free port: its address and the key it prints."""
    command = next(line for line in shell_commands(README) if " serve" in line).replace("8000", "0")
    process = subprocess.Popen(
        [sys.executable, "-m", *shlex.split(command)[2:]],
        env=os.environ | {"FIRSTFRAME_DATA_DIR": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        shown = ""
        while "API key: " not in shown:
            line = process.stdout.readline()
            assert line, f"serve ended after {shown}"
            shown += line
        yield re.findall(r"http://\S+", shown)[0], re.findall(r"API key: (\S+)", shown)[0]
    finally:
        process.terminate()
        process.communicate(timeout=60)


def test_the_api_sample_runs(tmp_path: Path, server: tuple[str, str]) -> None:
    url, key = server
    sample = next(block for block in python_blocks(README) if "requests.post" in block)
    sample = sample.replace("http://127.0.0.1:8000", url).replace("YOUR_API_KEY", key)
    done = subprocess.run([sys.executable, "-c", sample], cwd=ROOT, check=True, capture_output=True, text=True)
    address = re.findall(r'http://[^"]+', done.stdout)[0]
    with urlopen(address) as answer:  # our own server
        (tmp_path / "clip.mp4").write_bytes(answer.read())
    assert probe(tmp_path / "clip.mp4").frames == 144


def test_the_python_sample_runs(tmp_path: Path) -> None:
    sample = next(block for block in python_blocks(README) if "firstframe.animate" in block)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run([sys.executable, "-c", sample], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("cat.mp4 144 ")
    assert (tmp_path / "cat.mp4").exists()


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
