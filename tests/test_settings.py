"""Settings come from `FIRSTFRAME_…` variables, one per field, each with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from firstframe.settings import Settings


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_says_what_it_does(name: str) -> None:
    assert Settings.model_fields[name].description


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FIRSTFRAME_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FIRSTFRAME_THREADS", "3")
    settings = Settings()
    assert (settings.data_dir, settings.threads) == (tmp_path, 3)


def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTFRAME_THREADS", "-1")
    with pytest.raises(ValidationError, match="threads"):
        Settings()
