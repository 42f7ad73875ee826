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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_url", "mysql://db/firstframe"),
        ("database_url", "sqlite://"),
        ("database_url", "postgresql://db:port/firstframe"),
        ("storage_url", "ftp://files"),
        ("storage_url", "s3://"),
        ("public_url", "clips.example"),
        ("public_url", "https://clips.example:99999"),
        ("public_url", "https://clips.example/?a=b"),
        ("signing_secret", "short"),
        ("metrics_token", "short"),
        ("worker_name", "../elsewhere"),
        ("deadline_seconds", "nan"),
        ("deadline_seconds", "1e300"),
        ("keep_files_days", "1000000"),
        ("log_format", "xml"),
    ],
)
def test_values_that_make_no_sense_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name):
        Settings.model_validate({name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_url", "sqlite:////var/lib/firstframe/firstframe.db"),
        ("database_url", "postgresql://ann:secret@db:5432/firstframe"),
        ("database_url", "postgresql+psycopg:///firstframe?host=/run/postgresql"),
        ("storage_url", "file:///srv/clips"),
        ("storage_url", "s3://bucket/folder"),
        ("public_url", "https://clips.example:8443/api"),
        ("worker_name", "gpu-1.example"),
    ],
)
def test_values_that_make_sense_are_taken(name: str, value: str) -> None:
    assert getattr(Settings.model_validate({name: value}), name) == value


def test_a_folder_is_no_file_and_may_begin_with_a_tilde(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ValidationError, match="data_dir"):
        Settings(data_dir=tmp_path / "file")
    assert Settings(data_dir=Path("~/clips")).data_dir == Path.home() / "clips"


def test_an_empty_variable_is_an_absent_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTFRAME_THREADS", "")
    monkeypatch.setenv("FIRSTFRAME_DATA_DIR", "")
    assert Settings() == Settings(
        threads=0, data_dir=Settings.model_fields["data_dir"].get_default(call_default_factory=True)
    )
