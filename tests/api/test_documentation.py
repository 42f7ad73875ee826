"""`docs/api.md` names every route, every error a caller can meet, and every field of a request."""

from __future__ import annotations

from pathlib import Path

from firstframe import errors
from firstframe.api.app import create_app
from firstframe.api.openapi import clip_request_schema
from firstframe.errors import FirstframeError
from firstframe.settings import Settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
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
