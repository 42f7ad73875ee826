"""The operator's commands, on a database of their own."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from firstframe.cli import run
from firstframe.cli.operation import show
from firstframe.clip import ClipRequest
from firstframe.service.front import Service
from firstframe.settings import Settings, settings

Command = Callable[..., str]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Run a command on the database in `tmp_path`; gives what it prints."""
    monkeypatch.setenv("FIRSTFRAME_DATA_DIR", str(tmp_path / "data"))

    def invoke(*arguments: str, exit_code: int = 0) -> str:
        settings.cache_clear()
        capsys.readouterr()
        assert run(list(arguments)) == exit_code
        streams = capsys.readouterr()
        return streams.err if exit_code else streams.out.strip()

    yield invoke
    settings.cache_clear()


def test_an_account_is_opened_and_listed(command: Command) -> None:
    account = command("accounts", "create", "Ann", "--credits", "10")
    rows = json.loads(command("accounts", "list", "--json"))
    assert [(row["id"], row["name"], row["credits"]) for row in rows] == [(account, "Ann", "10.00")]
    assert account in command("accounts", "list")


def test_a_key_works_until_it_is_revoked(command: Command, tmp_path: Path) -> None:
    account = command("accounts", "create", "Ann")
    secret = command("keys", "create", account, "--name", "shop", "--days", "30", "--scope", "read")
    service = Service.open(Settings(data_dir=tmp_path / "data"))
    try:
        assert service.authenticate(secret).account_id == account
    finally:
        service.stop(0)
    (row,) = json.loads(command("keys", "list", account, "--json"))
    assert (row["name"], row["scopes"], row["last_four"]) == ("shop", "read", secret[-4:])
    assert secret not in command("keys", "list")
    command("keys", "revoke", row["id"])
    assert json.loads(command("keys", "list", "--json"))[0]["revoked_at"]


def test_credits_come_and_go_and_are_accounted_for(command: Command) -> None:
    account = command("accounts", "create", "Ann", "--credits", "1")
    assert command("credits", "grant", account, "2.5", "--reason", "thanks") == "3.50"
    assert command("credits", "grant", account, "-1.25", "--reason", "a mistake") == "2.25"
    (row,) = json.loads(command("accounts", "list", "--json"))
    month = row["created_at"][:7]
    lines = list(csv.DictReader(io.StringIO(command("credits", "statement", account, month))))
    assert [line["credits"] for line in lines[1:-1]] == ["1.00", "2.50", "-1.25"]
    assert lines[-1]["credits"] == "2.25"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["credits", "grant", "ACCOUNT", "many", "--reason", "x"], "credits is 'many'; allowed: a number"),
        (["credits", "grant", "ACCOUNT", "-5", "--reason", "x"], ""),
        (["credits", "grant", "nobody", "5", "--reason", "x"], "There is no account nobody."),
        (["credits", "statement", "ACCOUNT", "november"], "month is 'november'; allowed: a year and a month"),
        (["keys", "create", "ACCOUNT", "--scope", "everything"], "scopes is 'everything'; allowed: "),
        (["keys", "revoke", "none"], ""),
        (["accounts", "create", " "], "name is ' '; allowed: "),
        (["accounts", "limit", "ACCOUNT", "--max-running", "0"], "max_running is 0; allowed: "),
        (["accounts", "create", "x", "--credits", "-1"], "credits is '-1'; allowed: 0 or more"),
        (["accounts", "create", "a\x1b[2Jb"], "name is 'a\\x1b[2Jb'; allowed: "),
        (["credits", "grant", "ACCOUNT", "5", "--reason", "a\x07b"], "reason is 'a\\x07b'; allowed: "),
        (["keys", "create", "ACCOUNT", "--name", "a\x07b"], "name is 'a\\x07b'; allowed: "),
        *((["keys", "create", "ACCOUNT", "--days", days], "days is ") for days in ("nan", "inf", "1e10", "-1", "0")),
        *(([room, "list", "nope"], "There is no account nope.") for room in ("jobs", "keys", "webhooks")),
        *(([room, "list", "--limit", str(10**23)], "Invalid value for '--limit'") for room in ("jobs", "webhooks")),
        (["worker", "--engines", ""], "engines is ''; allowed: "),
    ],
)
def test_what_cannot_be_done_is_one_sentence(command: Command, arguments: list[str], complaint: str) -> None:
    account = command("accounts", "create", "Ann")
    said = command(*[account if word == "ACCOUNT" else word for word in arguments], exit_code=2)
    assert said.startswith("firstframe: " + complaint)
    assert said.count("\n") == 1


def test_a_backup_fills_an_empty_place(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = command("accounts", "create", "Ann", "--credits", "3")
    command("accounts", "limit", account, "--max-running", "2")
    command("backup", str(tmp_path / "archive.tar"))
    monkeypatch.setenv("FIRSTFRAME_DATA_DIR", str(tmp_path / "elsewhere"))
    command("restore", str(tmp_path / "archive.tar"))
    (row,) = json.loads(command("accounts", "list", "--json"))
    assert (row["id"], row["credits"]) == (account, "3.00")
    assert "not empty" in command("restore", str(tmp_path / "archive.tar"), exit_code=1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_starts_and_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals) -> None:
    monkeypatch.setenv("FIRSTFRAME_DATA_DIR", str(tmp_path / "data"))
    process = subprocess.Popen(
        [sys.executable, "-m", "firstframe", "worker", "--engines", "parallax"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("This worker takes jobs")
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0
        assert all(json.loads(line)["level"] != "error" for line in err.splitlines())
    finally:
        process.kill()


def test_a_worker_without_that_engine_does_not_start(command: Command) -> None:
    assert "hailuo" in command("worker", "--engines", "hailuo", exit_code=2)


def test_a_table_shows_control_characters_instead_of_sending_them(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"url": "https://a.test/\x1b[2J\x9b1A\u202e", "name": "Zoë"}], as_json=False)
    assert capsys.readouterr().out.splitlines()[1].split() == ["https://a.test/\\x1b[2J\\x9b1A\\u202e", "Zoë"]


def test_a_suspended_account_is_shown_as_such(command: Command) -> None:
    account = command("accounts", "create", "Ann")
    command("accounts", "suspend", account)
    assert json.loads(command("accounts", "list", "--json"))[0]["suspended_at"]
    command("accounts", "resume", account)
    assert json.loads(command("accounts", "list", "--json"))[0]["suspended_at"] is None
    assert command("accounts", "suspend", "nobody", exit_code=2) == "firstframe: There is no account nobody.\n"


def test_jobs_are_listed_shown_and_cancelled(command: Command, tmp_path: Path) -> None:
    account = command("accounts", "create", "Ann", "--credits", "1")
    secret = command("keys", "create", account)
    service = Service.open(Settings(data_dir=tmp_path / "data"))
    try:
        picture = (Path(__file__).parents[1] / "examples" / "cat.png").read_bytes()
        request = ClipRequest(first_frame_image=picture, prompt="secret words")
        job = service.submit(service.authenticate(secret), "parallax", request, dialect="test").id
    finally:
        service.stop(0)
    (row,) = json.loads(command("jobs", "list", "--state", "queued", "--json"))
    assert (row["id"], row["account"], row["state"], row["price"]) == (job, account, "queued", "0.41")
    assert job in command("jobs", "list", account)
    assert command("jobs", "list", "--state", "failed") == ""
    assert "secret words" not in command("jobs", "show", job)
    assert command("jobs", "cancel", job) == "cancelled"
    assert [event["kind"] for event in json.loads(command("jobs", "show", job))["events"]] == ["queued", "cancelled"]
    assert "already ended" in command("jobs", "cancel", job, exit_code=2)
    assert "state is 'lost'; allowed" in command("jobs", "list", "--state", "lost", exit_code=2)
    assert "no such request" in command("jobs", "show", "none", exit_code=2)
    assert command("credits", "refund", job, "--reason", "x", exit_code=2).startswith("firstframe: job is 'cancelled'")


def test_what_happens_once(command: Command, tmp_path: Path) -> None:
    """A grant under a key, a job that is tried again, a webhook that is told again."""
    account = command("accounts", "create", "Ann", "--credits", "10")
    for _ in range(2):
        assert command("credits", "grant", account, "5", "--reason", "invoice 17", "--key", "17") == "15.00"
    assert "another grant" in command("credits", "grant", account, "6", "--reason", "x", "--key", "17", exit_code=2)
    secret = command("keys", "create", account)
    service = Service.open(Settings(data_dir=tmp_path / "data"))
    try:
        picture = Path(__file__).parents[1] / "examples" / "coffee.png"
        order = ClipRequest(first_frame_image=picture.read_bytes(), prompt="words")
        caller = service.authenticate(secret)
        url = "http://127.0.0.1:9/hook"
        job = service.submit(caller, "parallax", order, dialect="test", webhook_url=url).id
    finally:
        service.stop(0)
    assert "a job that failed" in command("jobs", "retry", job, exit_code=2)
    command("jobs", "cancel", job)
    again = command("jobs", "retry", job)
    (row,) = json.loads(command("jobs", "list", "--state", "queued", "--json"))
    assert (row["id"], row["retry_of"]) == (again, job)
    assert "tried again before" in command("jobs", "retry", job, exit_code=2)
    (owed,) = json.loads(command("webhooks", "list", account, "--state", "pending", "--json"))
    assert (owed["job"], owed["url"]) == (job, url)
    assert "still being told" in command("webhooks", "resend", owed["id"], exit_code=2)
    assert "state is 'lost'; allowed" in command("webhooks", "list", "--state", "lost", exit_code=2)
