"""The API reference at /docs, as it is seen: whole, silent in the console, and as wide as the window."""

from __future__ import annotations

import pytest
import requests
from playwright.sync_api import Browser
from tests.wire.conftest import Server


@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_operation_is_drawn_and_nothing_sticks_out(
    browser: Browser, server: Server, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/docs")
    page.wait_for_selector("main[aria-busy=false]")
    document = requests.get(f"{server.url}/openapi.json", timeout=30).json()
    assert page.locator("article.operation").count() == sum(len(item) for item in document["paths"].values())
    for link in page.locator("nav a").all():
        assert page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    page.close()


def test_without_its_document_the_page_says_so(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    page.route("**/openapi.json", lambda route: route.fulfill(status=503))
    page.goto(f"{server.url}/docs")
    assert "could not be drawn (status 503)" in page.get_by_role("alert").inner_text()
    page.close()
