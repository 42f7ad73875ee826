"""Names of workers: free ones are given, held ones are not, and a dead holder's name comes back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from firstframe.service import slots

HOLD = (
    "import sys, pathlib; from firstframe.service import slots; "
    "slot = slots.claim(pathlib.Path(sys.argv[1]), 'local'); print(slot.name, flush=True); sys.stdin.read()"
)


def test_each_holder_has_its_own_name(tmp_path: Path) -> None:
    first, second = slots.claim(tmp_path, "local"), slots.claim(tmp_path, "local")
    assert (first.name, second.name) == ("local-1", "local-2")
    first.release()
    third = slots.claim(tmp_path, "local")
    assert third.name == "local-1"
    second.release()
    third.release()


def test_a_killed_holder_gives_its_name_back(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "local-1"
        beside = slots.claim(tmp_path, "local")
        assert beside.name == "local-2"
        holder.kill()
        holder.wait()
    again = slots.claim(tmp_path, "local")
    assert again.name == "local-1"
    again.release()
    beside.release()
