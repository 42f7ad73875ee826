"""A wrong setting is one sentence and exit code 2, before a command does anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from firstframe.cli import inspection, run
from firstframe.settings import Settings, settings


@pytest.fixture(autouse=True)
def _fresh_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("FIRSTFRAME_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield
    settings.cache_clear()


COMMANDS = {
    "generate": ["generate", "photo.jpg", "pan left"],
    "explain": ["explain", "photo.jpg", "pan left"],
    "serve": ["serve", "--port", "0"],
    "worker": ["worker"],
    "doctor": ["doctor"],
    "accounts": ["accounts", "list"],
    "backup": ["backup", "archive.tar"],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_bad_entry_of_the_allow_list_is_named(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIRSTFRAME_FETCH_ALLOW", "images.example, 10.0.0.0/99")
    assert run(arguments) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err == (
        "firstframe: FIRSTFRAME_FETCH_ALLOW is 'images.example, 10.0.0.0/99': '10.0.0.0/99' in the allow list is "
        "neither a host, a host with a port, nor a network.\n"
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("THREADS", "many", "FIRSTFRAME_THREADS is 'many': input should be a valid integer"),
        ("ENGINE", "hailuo", "FIRSTFRAME_ENGINE is 'hailuo': there is parallax"),
        (
            "PRICES",
            "768p/7=1",
            "FIRSTFRAME_PRICES is '768p/7=1': '768p/7=1' is not [ENGINE/]CLIP=CREDITS, where CLIP is",
        ),
        ("DATABASE_URL", "mysql://ann:secret@db/x", "FIRSTFRAME_DATABASE_URL is set, but should be sqlite:///FILE or"),
        ("STORAGE_URL", "ftp://ann:secret@files", "FIRSTFRAME_STORAGE_URL is set, but should be file:///FOLDER, or"),
        ("SIGNING_SECRET", "secret", "FIRSTFRAME_SIGNING_SECRET is set, but should have at least 16 characters"),
        ("PUBLIC_URL", "here", "FIRSTFRAME_PUBLIC_URL is 'here': should be an address such as https://clips.example"),
    ],
)
def test_the_sentence_names_the_setting_and_no_secret(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"FIRSTFRAME_{name}", value)
    assert run(["doctor"]) == 2
    streams = capsys.readouterr()
    assert streams.err.startswith(f"firstframe: {sentence}")
    assert (streams.out, streams.err.count("\n")) == ("", 1)
    assert "secret@" not in streams.err


def test_the_doctor_shows_where_every_setting_comes_from(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("firstframe.cli.inspection._checks", lambda: [inspection._settings()])
    monkeypatch.setenv("FIRSTFRAME_DATABASE_URL", "postgresql://ann:hushhush@db/firstframe")
    monkeypatch.setenv("FIRSTFRAME_METRICS_TOKEN", "hushhush hushhush")
    assert run(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "ok    settings: all make sense\n" in shown
    assert f"      FIRSTFRAME_DATA_DIR={tmp_path / 'data'} (environment)\n" in shown
    assert "      FIRSTFRAME_DATABASE_URL=postgresql://ann:…@db/firstframe (environment)\n" in shown
    assert "      FIRSTFRAME_METRICS_TOKEN=(set) (environment)\n" in shown
    assert "      FIRSTFRAME_SIGNING_SECRET= (default)\n" in shown
    assert "      FIRSTFRAME_THREADS=0 (default)\n" in shown
    assert shown.count("      FIRSTFRAME_") == len(Settings.model_fields)
    assert "hushhush" not in shown


def test_the_doctor_finds_a_slip_of_the_pen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("firstframe.cli.inspection._checks", lambda: [inspection._settings()])
    monkeypatch.setenv("FIRSTFRAME_TREADS", "3")
    assert run(["doctor"]) == 1
    assert "FAIL  settings: FIRSTFRAME_TREADS is no setting\n" in capsys.readouterr().out
