"""One line for each thing that happened, without what nobody may read there."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from firstframe import logs
from firstframe.settings import Settings

EVIL = 'pan left\n{"level": "info", "message": "forged"}\r\x1b[31mred\x1b[0m\u2028\x85 \x07'
KEY = "ff_abcdefghij_" + "k" * 43


@pytest.fixture(autouse=True)
def _nothing_is_hidden() -> Iterator[None]:
    with logs.about("job-1"):
        yield


def said(message: str, *arguments: object, formatter: logging.Formatter | None = None, **more: object) -> str:
    record = logging.LogRecord("firstframe.test", logging.INFO, "f.py", 1, message, arguments, None)
    for name, value in more.items():
        setattr(record, name, value)
    return (formatter or logs.JsonLines()).format(record)


def test_30_a_message_with_line_breaks_and_colours_is_one_json_line() -> None:
    line = said("The prompt was %s", EVIL)
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["message"] == f"The prompt was {EVIL}"


def test_30_in_text_too_it_is_one_line_without_colours() -> None:
    line = said("The prompt was %s", EVIL, formatter=logs.TextLines())
    assert line.isprintable()
    assert "\\n" in line
    assert "\\x1b[31mred" in line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"key {KEY} was used", "key ff_abcdefghij_… was used"),
        (f"authorization: Bearer {KEY}", "authorization: Bearer ff_abcdefghij_…"),
        ("whsec_c2VjcmV0c2VjcmV0 signs", "whsec_… signs"),
        ("GET http://h/files/a.b-c_d/clip.mp4 200", "GET http://h/files/…/clip.mp4 200"),
        ("https://b.s3/clip?X-Amz-Signature=abc&X-Amz-Date=1", "https://b.s3/clip?X-Amz-Signature=…&X-Amz-Date=…"),
        ("postgresql://ann:secret@db/x", "postgresql://ann:…@db/x"),
        ("data:image/png;base64,aGVsbG8=", "data:image/png;base64,…"),
        ("nothing of the kind in /files and ff_short", "nothing of the kind in /files and ff_short"),
    ],
)
def test_29_secrets_are_taken_out_by_their_looks(text: str, shown: str) -> None:
    assert json.loads(said("%s", text))["message"] == shown


@pytest.mark.parametrize("prompt", ["The camera pans left.", 'She says "hello",\nthen leaves.', "Ein Bär läuft."])
def test_29_a_prompt_is_hidden_in_every_form(prompt: str) -> None:
    logs.hide(prompt)
    try:
        raise ValueError(f"cannot read {prompt!r} nor {json.dumps(prompt)} nor {prompt}")
    except ValueError as error:
        line = json.loads(said("failed: %s", error, exc_info=(type(error), error, error.__traceback__)))
    assert line["message"] == "failed: cannot read '…' nor \"…\" nor …"
    assert prompt not in line["traceback"]
    assert "ValueError: cannot read '…'" in line["traceback"]


def test_what_is_hidden_ends_with_its_job() -> None:
    logs.hide("some words")
    with logs.about("job-2"):
        line = json.loads(said("some words"))
    assert (line["id"], line["message"]) == ("job-2", "some words")
    assert json.loads(said("some words"))["message"] == "…"


def test_lines_of_a_request_carry_its_id_in_its_threads_too() -> None:
    logs.speak_of("request-7")
    with ThreadPoolExecutor(1) as pool:
        line = pool.submit(copy_context().run, said, "hello").result()
    assert json.loads(line)["id"] == "request-7"


def test_fields_are_members_of_their_own() -> None:
    line = json.loads(said("%s", "x", fields={"status": 200, "path": f"/v1/{KEY}"}))
    assert (line["status"], line["path"], line["level"]) == (200, "/v1/ff_abcdefghij_…", "info")


@pytest.mark.parametrize(("log_format", "is_json"), [("json", True), ("text", False), ("auto", True)])
def test_settings_choose_the_form(log_format: str, is_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    root, job_engine = logging.getLogger(), logging.getLogger("dbos")
    before = root.handlers[:], root.level, job_engine.handlers[:], job_engine.propagate
    root.handlers = []  # pytest's own would be closed
    try:
        logs.begin(Settings.model_validate({"log_format": log_format}))
        job_engine.warning("from the job engine")
        logging.getLogger("alembic").info("talk")
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("{") == is_json
        assert "from the job engine" in line
    finally:
        logging.captureWarnings(False)
        root.handlers, root.level, job_engine.handlers, job_engine.propagate = before
        root.setLevel(before[1])
