"""What `serve` prints when it is ready: the address, the demo key once, and a request to paste."""

from __future__ import annotations

from firstframe.settings import Settings

_PYTHON = """\
import base64
import json
import requests

url = "{url}/v1/hailuo-2.3-fast"
headers = {{
    "x-api-key": "{key}",
    "Content-Type": "application/json",
}}
data = {{
    "prompt": "The camera slowly pushes in.",
    "duration": 6,
    "resolution": "768p",
    "prompt_optimizer": True,
    "first_frame_image": base64.b64encode(open("photo.jpg", "rb").read()).decode(),
}}
response = requests.post(url, headers=headers, json=data)
print(json.dumps(response.json(), indent=2))"""

_CURL = """\
curl {url}/v1/hailuo-2.3-fast \\
  -H 'x-api-key: {key}' \\
  -F 'first_frame_image=@photo.jpg' -F 'prompt=The camera slowly pushes in.' -F resolution=768p \\
  -H 'Accept: video/mp4' -o clip.mp4"""


def text(url: str, settings: Settings, demo_key: str | None) -> str:
    """The greeting; with `demo_key` on the first start only."""
    shown = settings.public_url.rstrip("/") or url
    lines = [f"firstframe listens on {shown}", f"Documentation: {shown}/docs", f"Data: {settings.data_dir}"]
    if demo_key:
        values = {"url": shown, "key": demo_key}
        lines += [
            "",
            f"Made a demo account with {settings.demo_credits:g} credits. Its key is shown this once:",
            f"API key: {demo_key}",
            "",
            "Try it with a picture of yours, here photo.jpg:",
            "",
            _CURL.format(**values),
            "",
            "or in Python:",
            "",
            _PYTHON.format(**values),
        ]
    return "\n".join(lines)
