"""The Python request that the hosted model's page shows, run as it stands there."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import requests

from firstframe.media.video import probe

from .conftest import Server

SNIPPET = Path(__file__).with_name("page_snippet.txt").read_text(encoding="utf-8")
PAGE_URL = "https://api.segmind.com/v1/hailuo-2.3-fast"
PAGE_IMAGE = "https://segmind-resources.s3.amazonaws.com/input/a1f4d83b-62f9-4842-91c7-2af871836dd6-hailuo-2.3-fast.jpg"


def test_16_snippet_prints_json_with_a_playable_video(server: Server, pictures: str, tmp_path: Path) -> None:
    code = SNIPPET
    for old, new in (
        (PAGE_URL, f"{server.url}/v1/hailuo-2.3-fast"),
        ("YOUR_API_KEY", server.key),
        (PAGE_IMAGE, f"{pictures}/astronaut.png"),
    ):
        assert code.count(old) == 1
        code = code.replace(old, new)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        # The page writes `true`, which Python does not know; nothing else is added to it.
        exec(compile(code, "page_snippet.txt", "exec"), {"true": True})
    assert printed.getvalue().startswith("{"), printed.getvalue()
    result = json.loads(printed.getvalue())
    path = tmp_path / "clip.mp4"
    path.write_bytes(requests.get(result["video"]["url"], timeout=30).content)
    info = probe(path)
    assert (info.width, info.height) == (1080, 1080)
    assert info.frames == 144
    assert result["output"] == result["video"]["url"]
    assert str(path.stat().st_size) == result["video"]["file_size"]
    assert result["revised_prompt"]
    assert result["direction"]["camera"]
