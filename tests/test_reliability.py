"""The table of promises: each has its test or its script, and what is pinned is pinned by hash."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = {int(number): row for number, row in re.findall(r"^\| (\d+) \|(.*)\|$", TABLE, re.MULTILINE)}
NAMES = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^(?:async )?def (test_\d\d_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
}


def test_every_promise_has_its_row() -> None:
    assert sorted(ROWS) == list(range(1, 35))


@pytest.mark.parametrize("number", sorted(ROWS))
def test_every_row_is_shown_by_a_test_or_a_script(number: int) -> None:
    scripts = re.findall(r"benchmarks/\w+\.py", ROWS[number])
    assert all((ROOT / script).exists() for script in scripts)
    assert scripts or any(name.startswith(f"test_{number:02}_") for name in NAMES)
    assert scripts or f"-k test_{number:02}_" in ROWS[number]


def test_34_every_package_is_pinned_by_its_hash() -> None:
    """What the lock names can be nothing else; known flaws are for `uv audit`, which asks a database elsewhere."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    files = [file for package in packages for file in [*package.get("wheels", []), package.get("sdist")] if file]
    assert len(files) > 100
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]) for file in files)
    local = {package["name"] for package in packages if not (package.get("wheels") or package.get("sdist"))}
    assert local == {"firstframe"}
