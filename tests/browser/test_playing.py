"""A clip in a browser: it plays from its signed address, and jumps to where it is told."""

from __future__ import annotations

import base64
import time

import requests
from playwright.sync_api import Browser, Page
from tests.wire.conftest import EXAMPLES, Server

WAIT_SECONDS = 60
VIDEO = "document.querySelector('video')"


def test_23_and_35_a_clip_plays_and_seeks(browser: Browser, server: Server) -> None:
    """The page that a browser makes of a clip may run no script, so what became of it is asked for from outside."""
    picture = base64.b64encode((EXAMPLES / "cat.png").read_bytes()).decode()
    body = {"prompt": "The camera pushes in.", "first_frame_image": picture, "resolution": "768p"}
    headers = {"x-api-key": server.key}
    made = requests.post(f"{server.url}/v1/hailuo-2.3-fast", json=body, headers=headers, timeout=240).json()
    page = browser.new_page()
    page.goto(made["video"]["url"])
    wait(page, f"{VIDEO}.readyState >= 3")
    page.evaluate(f"{VIDEO}.muted = true; void {VIDEO}.play()")
    wait(page, f"{VIDEO}.currentTime > 0")
    page.evaluate(f"{VIDEO}.pause(); {VIDEO}.currentTime = 5")
    wait(page, f"!{VIDEO}.seeking && {VIDEO}.readyState >= 2")
    shape = page.evaluate(f"[{VIDEO}.currentTime, {VIDEO}.duration, {VIDEO}.videoWidth, {VIDEO}.videoHeight]")
    assert shape[:2] == [5, 6]
    assert min(shape[2:]) == 768
    page.close()


def wait(page: Page, condition: str) -> None:
    """Until the page answers true."""
    until = time.monotonic() + WAIT_SECONDS
    while not page.evaluate(condition):
        assert time.monotonic() < until, f"{condition}: {page.evaluate(f'{VIDEO}.error?.message ?? null')}"
        time.sleep(0.05)
