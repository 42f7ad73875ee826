"""What the first start prints."""

from __future__ import annotations

import ast
import shlex
from pathlib import Path

from firstframe.api import greeting
from firstframe.settings import Settings

URL = "http://127.0.0.1:8000"


def _text(key: str | None, **changes: object) -> str:
    return greeting.text(URL, Settings(data_dir=Path("data"), **changes), key)  # type: ignore[arg-type]


def test_first_start_prints_the_key_once_on_a_line_of_its_own() -> None:
    assert "API key: ff_x" in _text("ff_x").splitlines()
    assert f"{URL}/docs" in _text("ff_x")


def test_later_starts_print_no_key_and_no_request() -> None:
    assert "API key" not in _text(None)
    assert "curl" not in _text(None)


def test_requests_can_be_pasted() -> None:
    text = _text("ff_x", public_url="https://clips.test/")
    command = text[text.index("curl ") : text.index("or in Python")].replace("\\\n", "")
    assert shlex.split(command)[1] == "https://clips.test/v1/hailuo-2.3-fast"
    ast.parse(text[text.index("import base64") :])
