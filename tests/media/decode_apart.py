"""Decode files in processes of their own and report outcome, memory and signals, one JSON line each.

A child may use five seconds of processor time; its peak memory is measured against what it started with.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from firstframe.errors import ImageRejected
from firstframe.media.picture import decode

CPU_SECONDS = 5


def outcome(data: bytes) -> str:
    try:
        return "×".join(map(str, decode(data).shape[1::-1]))
    except ImageRejected as refusal:
        return refusal.reason


def decode_apart(path: Path) -> dict[str, object]:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        data = path.read_bytes()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            result = outcome(data)
        except BaseException as error:
            result = f"raised {type(error).__name__}: {error}"
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(write_end, json.dumps({"outcome": result, "grown_mb": grown / 1024}).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        report = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"outcome": signal.Signals(os.WTERMSIG(status)).name, "grown_mb": 0}
    return dict(json.loads(report))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps({"file": Path(name).name, **decode_apart(Path(name))}), flush=True)
