"""`docs/api.md` names every route, error and field; `docs/operations.md` names what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from firstframe import errors
from firstframe.api.app import create_app
from firstframe.api.openapi import clip_request_schema
from firstframe.errors import FirstframeError
from firstframe.service.prices import PriceTable
from firstframe.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = (DOCS / "api.md").read_text(encoding="utf-8")
OPERATIONS = (DOCS / "operations.md").read_text(encoding="utf-8")
NEVER_SENT = {"listen_refused", "invalid_setting"}


def test_every_route_is_there() -> None:
    paths = create_app(None, Settings()).openapi()["paths"]  # type: ignore[arg-type]  # only its routes are read
    for path, item in paths.items():
        for method in item:
            assert f"`{method.upper()} {path}`" in DOCUMENT


def test_every_code_is_there() -> None:
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    codes = {error.code for error in classes if issubclass(error, FirstframeError)}
    assert not [code for code in codes - NEVER_SENT if f"`{code}`" not in DOCUMENT]


def test_every_field_is_there() -> None:
    for name in clip_request_schema()["properties"]:
        assert f"| `{name}` |" in DOCUMENT


def test_prices_are_there() -> None:
    for clip, price in PriceTable().of("any").items():
        assert f"| `{clip}` | {price} |" in OPERATIONS


@pytest.mark.parametrize("command", re.findall(r"^uv run firstframe (.*)$", OPERATIONS, re.MULTILINE))
def test_every_command_of_the_operator_s_page_is_real(command: str) -> None:
    reference = (DOCS / "cli.md").read_text(encoding="utf-8")
    words = shlex.split(command)
    name = " ".join(words[:2] if f"## `firstframe {words[0]}`" in reference and len(words) > 1 else words[:1])
    section = re.search(rf"^#+ `firstframe {name}`\n(.*?)(?=^#+ `|\Z)", reference, re.MULTILINE | re.DOTALL)
    assert section, name
    assert not [word for word in words if word.startswith("--") and f"`{word}" not in section[1]]


def test_every_setting_that_the_operator_s_page_names_is_one() -> None:
    named = set(re.findall(r"FIRSTFRAME_[A-Z0-9_]*[A-Z0-9]", OPERATIONS + DOCUMENT))
    assert len(named) > 10
    assert named <= {f"FIRSTFRAME_{name.upper()}" for name in Settings.model_fields}
