"""The log: one line for each thing that happened, as JSON or as text, that holds no key, no prompt and no open address.

Every line of a request or of a job carries its id, also those of libraries. What callers write cannot begin a line of
its own or colour a terminal: control characters leave escaped. Passwords and keys are taken out by their looks, a
prompt by `hide`, which tells the lines that follow what they must not repeat.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

from firstframe.settings import Settings

_id: ContextVar[str | None] = ContextVar("id", default=None)
_hidden: ContextVar[tuple[str, ...]] = ContextVar("hidden", default=())

GONE = "…"
HIDE_FROM_CHARACTERS = 4
"""Shorter words than this would take ordinary text away."""
TALKATIVE = ("alembic", "httpx2", "httpcore2", "multipart", "python_multipart", "PIL", "numba", "asyncio")
_SECRETS = re.compile(
    r"(?P<key>\bff_[a-z0-9]{10})_[A-Za-z0-9_-]{8,}"
    r"|(?P<webhook>\bwhsec_)[A-Za-z0-9+/=]+"
    r"|(?P<file>/files/)[^/\s\"'?#]+"
    r"|(?P<signed>[?&](?i:x-amz-[a-z-]+|x-goog-[a-z-]+|sig|signature|token|awsaccesskeyid)=)[^&\s\"'#]+"
    r"|(?P<password>://[^/\s:@]*:)[^@\s/]+(?=@)"
    r"|(?P<picture>\bdata:[\w.+-]+/[\w.+-]+;base64,)[A-Za-z0-9+/=_-]+",
)

_MARKS = ("ff_", "whsec_", "/files/", "://", "=", ";base64,")
"""Where none of these is, the expression finds nothing."""


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at that moment; whoever replaces it may close the one before."""

    @property
    def stream(self) -> TextIO:
        """Where the line goes."""
        return sys.stderr

    @stream.setter
    def stream(self, _: TextIO) -> None:
        """The base class sets one; it is not kept."""


def begin(settings: Settings) -> None:
    """Send everything that is logged in this process to standard error, as the settings say."""
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    handler = _StandardError()
    handler.setFormatter(JsonLines() if as_json else TextLines())
    logging.basicConfig(handlers=[handler], level=settings.log_level, force=True)
    logging.captureWarnings(True)
    job_engine = logging.getLogger("dbos")  # would otherwise write lines of its own make
    job_engine.handlers, job_engine.propagate = [handler], False
    if settings.log_level != "DEBUG":
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)


def speak_of(request_id: str) -> None:
    """From now on, lines of this task or thread carry this id; what earlier ones had to hide is forgotten."""
    _id.set(request_id)
    _hidden.set(())


@contextmanager
def about(job_id: str) -> Iterator[None]:
    """Lines within carry this id."""
    before = _id.set(job_id), _hidden.set(())
    try:
        yield
    finally:
        _id.reset(before[0])
        _hidden.reset(before[1])


def hide(text: object) -> None:
    """Lines of this task or thread, from now on, show an ellipsis where this text would stand."""
    if isinstance(text, str) and len(text.strip()) >= HIDE_FROM_CHARACTERS:
        forms = {text, text.strip(), repr(text)[1:-1], json.dumps(text)[1:-1]}
        _hidden.set((*_hidden.get(), *sorted(forms, key=len, reverse=True)))


def harmless(text: str) -> str:
    """The text without secrets, and with what must be hidden now taken out."""
    for words in _hidden.get():
        text = text.replace(words, GONE)
    # Most lines have none of these, and looking for them takes a fraction of what the expression does.
    return _SECRETS.sub(_without_secret, text) if any(mark in text for mark in _MARKS) else text


class JsonLines(logging.Formatter):
    """One JSON object on one line: time, level, logger, id, message, the fields of the line, and a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of `record`; never more than one."""
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "id": _id.get(),
            "message": harmless(record.getMessage()),
            **{name: _plain(value) for name, value in getattr(record, "fields", {}).items()},
        }
        if record.exc_info:
            line["traceback"] = harmless(self.formatException(record.exc_info))
        return json.dumps({name: value for name, value in line.items() if value is not None})


class TextLines(logging.Formatter):
    """A line for people; only a traceback takes more than one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of `record`."""
        said = _escaped(harmless(record.getMessage()))
        line = f"{_time(record)} {record.levelname} {record.name}: {said}"
        if record.exc_info:
            traceback = harmless(self.formatException(record.exc_info))
            line += "".join(f"\n  {_escaped(part)}" for part in traceback.split("\n"))
        return line


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | bool) else harmless(str(value))


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _without_secret(found: re.Match[str]) -> str:
    return f"{found[found.lastgroup or 0]}{'_' if found.lastgroup == 'key' else ''}{GONE}"
