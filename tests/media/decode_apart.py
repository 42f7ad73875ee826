"""Judge and decode files in processes of their own and report outcome, memory and signals, one JSON line each.

Both must say the same of a file, since an order is accepted by the one and made by the other. A child may use five
seconds of processor time for both; its peak memory is measured against what it started with.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from firstframe.errors import ImageRejected
from firstframe.media.picture import decode, judge

CPU_SECONDS = 5


def outcome(data: bytes) -> str:
    verdict, size = reason(judge, data), ""

    def measure(picture: bytes) -> None:
        nonlocal size
        size = "×".join(map(str, decode(picture).shape[1::-1]))

    found = reason(measure, data)
    return found or size if found == verdict else f"judged {verdict}, decoded {found}"


def reason(work: Callable[[bytes], None], data: bytes) -> str | None:
    try:
        work(data)
    except ImageRejected as refusal:
        return refusal.reason
    return None


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
