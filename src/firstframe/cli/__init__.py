"""The command line: arguments in, calls, sentences out. No logic that another way in could need."""

from __future__ import annotations

import sys
import traceback

from firstframe.cli import configuration, signals

SUCCESS, FAILURE, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def main() -> None:
    """Run the command of this process and end it: 0 done, 1 failure, 2 usage or bad input, 130 interrupted."""
    signals.install()
    exit_code = run(sys.argv[1:])
    if exit_code == INTERRUPTED:
        signals.leave()
    sys.exit(exit_code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; every error becomes one sentence on standard error."""
    try:
        from firstframe.cli.application import app  # inside, so that Ctrl-C while importing is quiet too

        exit_code = app(arguments, prog_name="firstframe", standalone_mode=False) or SUCCESS
    except KeyboardInterrupt:
        exit_code = INTERRUPTED
    except Exception as error:
        return _tell(error)
    return _complain("interrupted.", exit_code) if exit_code == INTERRUPTED else exit_code


def _tell(error: Exception) -> int:
    from pydantic import ValidationError

    from firstframe.errors import FirstframeError

    match error:
        case ValidationError(title="Settings"):
            return _complain(configuration.complaint(error), BAD_INPUT)
        case FirstframeError():
            return _complain(error.message, BAD_INPUT if 400 <= error.status < 500 else FAILURE)
        case BrokenPipeError():
            return FAILURE
        case OSError(filename=str(name)):
            return _complain(f"{name}: {(error.strerror or str(error)).lower()}.", FAILURE)
    if hasattr(error, "format_message"):  # a usage error; its class is private to typer
        return _complain(_usage(error), BAD_INPUT)
    return _unexpected(error)


def _unexpected(error: Exception) -> int:
    from firstframe.settings import settings

    if settings().debug:
        traceback.print_exception(error)
    sentence = f"unexpected {type(error).__name__}: {error}; FIRSTFRAME_DEBUG=1 shows where, please report it."
    return _complain(sentence, FAILURE)


def _usage(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "firstframe"
    return f"{error.format_message().rstrip('.')}; see `{command} --help`."  # type: ignore[attr-defined]  # as above


def _complain(sentence: str, exit_code: int) -> int:
    print(f"firstframe: {sentence}", file=sys.stderr)
    return exit_code
