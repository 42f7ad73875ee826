"""What `deploy/` and the documentation name is what the program has: settings, commands, options, files."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import yaml

from firstframe.cli.application import app
from firstframe.settings import Settings

ROOT = Path(__file__).parent.parent
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
CONTAINERFILE = ROOT / "deploy" / "container" / "Containerfile"
COMPOSE = ROOT / "deploy" / "container" / "compose.yaml"
WRITTEN = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "deploy").rglob("*")]
    if path.is_file()
)
CALL = re.compile(r"(?:^|[\s/=])(?<!--now )(?:firstframe|run --rm api) ((?:[a-z]+ ?)+(?:[-A-Z<].*)?)")
"""A call of the program; `systemctl enable --now firstframe` names a unit instead."""
FOR_TESTS = {"FIRSTFRAME_TEST_REQUIRE_ALL"}
WORKER_SETTINGS = {"AWS_ENDPOINT_URL", "AWS_ALLOW_HTTP", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def _commands() -> dict[str, set[str]]:
    """Every command, with its options."""
    found: dict[str, set[str]] = {}

    def walk(words: list[str], command: object) -> None:
        for name, inner in getattr(command, "commands", {}).items():
            walk([*words, name], inner)
        options = {option for parameter in command.params for option in parameter.opts}  # type: ignore[attr-defined]
        found[" ".join(words)] = {*options, "--help", "-h"}

    walk([], typer.main.get_command(app))
    return found


COMMANDS = _commands()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_setting_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bFIRSTFRAME_[A-Z0-9_]*[A-Z0-9]", path.read_text(encoding="utf-8"))) - FOR_TESTS
    assert named <= {f"FIRSTFRAME_{name.upper()}" for name in Settings.model_fields}


def _calls(path: Path) -> Iterator[list[str]]:
    """The words behind `firstframe` of each call in a unit, a compose file's comments, or a `sh` block."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    if path.suffix == ".md":
        text = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    for line in text.splitlines():
        if found := CALL.search(line):
            yield shlex.split(found[1], comments=True)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_named_exists(path: Path) -> None:
    for words in _calls(path) if path.suffix in (".md", ".service", ".yaml") else ():
        name = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in COMMANDS), None)
        assert name, words
        options = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert options <= COMMANDS[name], words


def test_the_calls_are_found() -> None:
    calls = [words for path in WRITTEN if path.suffix in (".md", ".service", ".yaml") for words in _calls(path)]
    assert ["worker"] in calls
    assert ["accounts", "create", "NAME", "--credits", "100"] in calls


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert text.count("/opt/firstframe/bin/firstframe ") == 1
    copy = tmp_path / unit.name
    copy.write_text(text.replace("/opt/firstframe/bin/firstframe", sys.executable), encoding="utf-8")
    verdict = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
    assert (verdict.returncode, verdict.stderr) == (0, "")


def test_units_give_the_drain_its_time() -> None:
    for unit in UNITS:
        seconds = re.search(r"^TimeoutStopSec=(\d+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        assert seconds
        assert int(seconds[1]) > 2 * Settings.model_fields["drain_seconds"].default


def test_the_container_runs_what_exists_as_nobody_in_particular() -> None:
    text = CONTAINERFILE.read_text(encoding="utf-8")
    entry = [json.loads(line.partition(" ")[2]) for line in text.splitlines() if re.match(r"(ENTRYPOINT|CMD) ", line)]
    assert entry == [["firstframe"], ["serve", "--host", "0.0.0.0"]]
    assert set(entry[1][1::2]) <= COMMANDS["serve"]
    assert re.search(r"^USER 10001", text, re.MULTILINE)
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in copied.split())
    ignored = (CONTAINERFILE.parent / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in ignored if line.startswith("!")}
    assert kept == {
        name for names in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in names.split()
    }


def test_the_compose_file_starts_what_exists() -> None:
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    for name in ("api", "worker"):
        command = services[name]["command"]
        assert {word for word in command[1:] if word.startswith("--")} <= COMMANDS[command[0]]
        assert services[name]["read_only"]
        settings = {f"FIRSTFRAME_{field.upper()}" for field in Settings.model_fields}
        assert set(services[name]["environment"]) <= settings | WORKER_SETTINGS
        assert set(services[name]["depends_on"]) <= set(services)
    assert services["worker"]["healthcheck"] == {"disable": True}
