"""The rules of the house, read from the syntax tree: who may import whom, how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "firstframe"
MODULES = sorted(PACKAGE.rglob("*.py"))
LINES_AT_MOST = 400

LEVELS = [
    {"errors", "settings"},
    {"logs"},
    {"clip"},
    {"direction", "media"},
    {"engines"},
    {"animation"},
    {"service"},
    {"local_files", "api"},
    {""},
    {"cli"},
    {"__main__"},
]
"""From the ground up; "" is the package's own `__init__`. A room imports from the levels below and from itself."""

SINGLE_IMPORTERS = {
    "dbos": ("service/workflow",),
    "sqlalchemy": ("service",),
    "alembic": ("service",),
    "psycopg": ("service",),
    "obstore": ("service/storage",),
    "av": ("media/video",),
    "httpx2": ("media/fetch",),
    "httpcore2": ("media/fetch",),
    "cv2": ("engines/parallax", "media/picture", "media/colour"),
    "numba": ("engines/parallax", "media/picture", "media/colour"),
    "torch": ("engines/diffusion",),
    "diffusers": ("engines/diffusion",),
    "transformers": ("engines/diffusion",),
    "fastapi": ("api",),
    "uvicorn": ("api",),
    "prometheus_client": ("api/measures",),
    "typer": ("cli",),
    "rich": ("cli",),
}


def imported_by(module: Path) -> Iterator[tuple[str, int]]:
    """Every module name that `module` imports, absolute, with its line; function bodies and TYPE_CHECKING included."""
    package = module.relative_to(SOURCE).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parent = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*parent, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def room_of(name: str) -> str:
    """The room of a dotted name inside the package: `firstframe.media.video` → media, `firstframe.animate` → ""."""
    parts = name.split(".")
    known = set().union(*LEVELS)
    return parts[1] if len(parts) > 1 and parts[1] in known else ""


def level_of(room: str) -> int:
    return next(number for number, rooms in enumerate(LEVELS) if room in rooms)


def room_of_file(module: Path) -> str:
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def test_every_room_has_a_level() -> None:
    assert {room_of_file(module) for module in MODULES} <= set().union(*LEVELS)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(module: Path) -> None:
    own = room_of_file(module)
    offences = [
        f"line {line}: {name}"
        for name, line in imported_by(module)
        if name.split(".")[0] == "firstframe" and (room := room_of(name)) != own and level_of(room) >= level_of(own)
    ]
    assert not offences, f"{module.relative_to(SOURCE)} imports from its own level or above: {offences}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_have_one_importer(module: Path) -> None:
    place = module.relative_to(PACKAGE).with_suffix("").as_posix()
    offences = [
        f"line {line}: {name}"
        for name, line in imported_by(module)
        if (owners := SINGLE_IMPORTERS.get(name.split(".")[0])) is not None
        and not any(place == owner or place.startswith(owner + "/") for owner in owners)
    ]
    assert not offences, f"{place} may not import {offences}"


@pytest.mark.parametrize("package", sorted({m.parent for m in MODULES}), ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_folder_says_what_lives_there(package: Path) -> None:
    init = package / "__init__.py"
    assert init.exists(), f"{package} holds modules but is no package"
    assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "file",
    sorted(path for folder in ("src", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_files_stay_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LINES_AT_MOST


def test_the_reader_of_imports_sees_through_functions_and_relative_names(tmp_path: Path) -> None:
    names = {name for name, _ in imported_by(PACKAGE / "engines" / "registry.py")}
    assert "firstframe.engines.parallax.engine.ParallaxEngine" in names
    assert room_of("firstframe.media.video") == "media"
    assert room_of("firstframe.animate") == ""
