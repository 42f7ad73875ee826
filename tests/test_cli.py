"""The command line as its users meet it: exit codes, streams, files left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstframe.cli import run
from firstframe.media.video import probe
from firstframe.settings import settings

ROOT = Path(__file__).parent.parent
CAT = ROOT / "examples" / "cat.png"
PROGRAM = [sys.executable, "-m", "firstframe"]


def firstframe(
    *arguments: str | Path, folder: Path, given: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=folder,
        input=given,
        env=os.environ | (environment or {}),
        capture_output=True,
        timeout=240,
        check=False,
    )


def test_generate_prints_one_report_and_writes_the_clip(tmp_path: Path) -> None:
    done = firstframe(
        *("generate", CAT, "The cat breathes, slow pan right", "-o", "clip.mp4", "--seed", "5"),
        *("--resolution", "768p", "--json"),
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stderr.decode()
    report = json.loads(done.stdout)
    assert list(report) == (
        "output engine seed width height fps frames seconds prompt revised_prompt direction plan timings".split()
    )
    assert (report["output"], report["engine"], report["seed"]) == ("clip.mp4", "parallax", 5)
    assert [move["move"] for move in report["direction"]["camera"]] == ["pan_right"]
    found = probe(tmp_path / "clip.mp4")
    assert (found.width, found.height, found.frames, found.seconds) == (report["width"], 768, 144, 6.0)
    assert os.listdir(tmp_path) == ["clip.mp4"]
    assert b"Rendering: 144 of 144 frames" in done.stderr
    assert b"\x1b" not in done.stderr, "colours and cursor movements belong to terminals alone"


def test_generate_without_a_name_takes_the_pictures_and_prints_the_path(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"older")
    done = firstframe(
        *("generate", "-", "static camera", "--resolution", "768p", "--no-prompt-optimizer"),
        folder=tmp_path,
        given=CAT.read_bytes(),
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b"clip-2.mp4\n"
    assert (tmp_path / "clip.mp4").read_bytes() == b"older"
    assert probe(tmp_path / "clip-2.mp4").frames == 144


def test_explain_renders_nothing(tmp_path: Path) -> None:
    done = firstframe("explain", CAT, "She walks. [Push in]", "--json", "--save-layers", "layers", folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    report = json.loads(done.stdout)
    assert [move["move"] for move in report["direction"]["camera"]] == ["push_in"]
    assert report["direction"]["unsupported"]
    assert report["plan"]
    assert report["layers"]
    assert {str(path.relative_to(tmp_path)) for path in (tmp_path / "layers").iterdir()} == set(report["layers"])
    assert os.listdir(tmp_path) == ["layers"]


def test_explain_tells_people_in_lines(tmp_path: Path) -> None:
    done = firstframe("explain", CAT, "She walks while the camera pans left", folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert "Camera: pan_left 0–6 s" in text
    assert "Not performed: “" in text


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["generate", "{cat}"], "Missing argument 'PROMPT'; see `firstframe generate --help`."),
        (["generate", "{cat}", "pan left", "--duration", "7"], "duration is '7'; allowed: 6 or 10 (seconds)."),
        (["generate", "{cat}", "pan left", "--resolution", "4k"], "resolution is '4k'; allowed: "),
        (["generate", "{cat}", "pan left", "--seed", "x"], "seed is 'x'; allowed: "),
        (["generate", "{cat}", "pan left", "--engine", "hailuo"], "engine is 'hailuo'; allowed: parallax."),
        (["generate", "{cat}", " "], "prompt is ' '; allowed: "),
        (["generate", "{cat}", "pan left", "-o", "clip.gif"], "output is 'clip.gif'; allowed: "),
        (["generate", "{cat}", "pan left", "-o", "no/clip.mp4"], "output is 'no/clip.mp4'; allowed: "),
        (["generate", "missing.png", "pan left"], "There is no picture at missing.png; check the path."),
        (["generate", "{cat}", "pan left", "--bitrate", "1"], "No such option"),
        (["explain", "http://127.0.0.1:9/a.png", "pan left"], "The picture"),
        (["animate"], "No such command 'animate'"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    complaint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([argument.format(cat=CAT) for argument in arguments]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    last = streams.err.splitlines()[-1]
    assert last.startswith("firstframe: " + complaint), streams.err
    assert last.endswith(".")
    assert "Traceback" not in streams.err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_picture_is_bad_input(tmp_path: Path) -> None:
    done = firstframe("generate", "-", "pan left", folder=tmp_path, given=b"no picture at all")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines()[-1].startswith("firstframe: ")
    assert not list(tmp_path.iterdir())


def test_without_a_command_the_help_is_pointed_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    streams = capsys.readouterr()
    assert (streams.out, streams.err) == ("", "firstframe: Missing command; see `firstframe --help`.\n")


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = firstframe("doctor", folder=tmp_path, environment={"FIRSTFRAME_THREADS": "many"})
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"firstframe: FIRSTFRAME_THREADS is 'many': ")


def test_the_unexpected_is_a_failure_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(name: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("firstframe.engines.registry.loaded", broken)
    assert run(["explain", str(CAT), "pan left"]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("firstframe: unexpected RuntimeError: broken; ")
    monkeypatch.setenv("FIRSTFRAME_DEBUG", "1")
    settings.cache_clear()
    assert run(["explain", str(CAT), "pan left"]) == 1
    settings.cache_clear()
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_clip_leaves_nothing(tmp_path: Path, number: signal.Signals, exit_code: int) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "generate", str(CAT), "pan left", "-o", "clip.mp4", "--duration", "10"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(b"Rendering"):
            break
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"], "the clip is being written"
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == exit_code
    assert out == b""
    assert b"Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_an_interrupt_while_starting_is_quiet(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "generate", str(CAT), "pan left"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == b"firstframe: interrupted."
    assert not list(tmp_path.iterdir())


def test_on_a_terminal_there_is_a_bar(tmp_path: Path) -> None:
    leader, follower = os.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "generate", str(CAT), "static camera", "-o", "clip.mp4", "--resolution", "768p", "--json"],
        cwd=tmp_path,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=follower,
    )
    os.close(follower)
    shown = read_terminal(leader)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Rendering" in shown
    assert "━" in shown
    assert json.loads(out)["output"] == "clip.mp4"


def read_terminal(leader: int) -> str:
    """Everything the program shows until it closes the terminal."""
    shown, deadline = b"", time.monotonic() + 240
    while time.monotonic() < deadline:
        try:
            shown += os.read(leader, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            break
    os.close(leader)
    return shown.decode(errors="replace")


def test_engines_lists_licence_and_hardware(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["engines", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == ["parallax"]
    assert all(row["licence"] and row["hardware"] for row in rows)


@pytest.fixture
def no_service_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FIRSTFRAME_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.usefixtures("no_service_yet")
def test_doctor_makes_a_real_clip_and_then_looks_at_the_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0, capsys.readouterr().out
    before = [line.split(":")[0] for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert before == ["ok    program", "ok    settings", "ok    data folder", "ok    engine and encoder"]
    assert run(["accounts", "create", "Ann"]) == 0
    capsys.readouterr()
    assert run(["doctor"]) == 0, capsys.readouterr().out
    after = capsys.readouterr().out.splitlines()
    assert "ok    ledger: in order" in after


@pytest.mark.usefixtures("no_service_yet")
def test_doctor_tells_what_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise OSError("no encoder")

    monkeypatch.setattr("firstframe.animate", broken)
    assert run(["doctor"]) == 1
    assert "FAIL  engine and encoder: OSError: no encoder" in capsys.readouterr().out


def test_importing_the_package_stays_light() -> None:
    code = "import sys, firstframe; print(sorted({'numpy','cv2','numba','pydantic','av','typer'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
