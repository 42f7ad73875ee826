"""The settings, judged before a command begins: a wrong one is one sentence now, and not a surprise later."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from firstframe.errors import InvalidSetting

if TYPE_CHECKING:
    from pydantic import ValidationError

    from firstframe.settings import Settings

_PRIVATE = frozenset({"database_url", "storage_url", "signing_secret", "metrics_token"})
"""Never shown: they may hold passwords."""


def judged() -> Settings:
    """The settings of this process. Raises `InvalidSetting`, and pydantic's `ValidationError` for single values."""
    from firstframe.settings import settings

    found = settings()
    for name, judge in _judges().items():
        value = getattr(found, name)
        try:
            judge(value)
        except ValueError as error:
            raise InvalidSetting(name, value, str(error)) from None
    return found


def effective(found: Settings) -> list[str]:
    """Every setting as a line, with its value, unless that is private, and where it comes from."""
    from pydantic import SecretStr

    from firstframe import logs

    lines = []
    for name in type(found).model_fields:
        value = getattr(found, name)
        text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        shown = logs.harmless("(set)" if text and isinstance(value, SecretStr) else text)
        origin = "environment" if name in found.model_fields_set else "default"
        lines.append(f"FIRSTFRAME_{name.upper()}={shown} ({origin})")
    return lines


def unknown() -> list[str]:
    """Variables of the environment that look like settings and are none, a slip of the pen perhaps."""
    from firstframe.settings import Settings

    known = {f"FIRSTFRAME_{name.upper()}" for name in Settings.model_fields}
    ours = {name.upper() for name in os.environ if name.upper().startswith("FIRSTFRAME_")}
    return sorted(name for name in ours - known if not name.startswith("FIRSTFRAME_TEST_"))


def complaint(error: ValidationError) -> str:
    """The sentence for a value that its own field refuses."""
    first = error.errors()[0]
    name = str(first["loc"][0])
    said = first["msg"].removeprefix("Value error, ")
    shown = "set, but" if name in _PRIVATE else f"{first['input']!r}:"
    return f"FIRSTFRAME_{name.upper()} is {shown} {said[:1].lower()}{said[1:]}."


def _judges() -> dict[str, Callable[[str], object]]:
    """What only a room above the settings can judge."""
    from firstframe.media.addresses import AllowList
    from firstframe.service.prices import PriceTable

    return {"fetch_allow": AllowList.parse, "engine": _engine, "prices": PriceTable.parse}


def _engine(name: str) -> None:
    from firstframe.engines import registry

    if name not in registry.names():
        raise ValueError(f"there is {' and '.join(registry.names())}")
