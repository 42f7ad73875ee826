"""The OpenAPI document and the page that draws it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from firstframe.api.reference import CONTENT_SECURITY_POLICY, FILES, FOLDER
from firstframe.clip import ClipRequest

Json = dict[str, Any]


@pytest.fixture(scope="module")
def document(stranger: TestClient) -> Json:
    return dict(stranger.get("/openapi.json").json())


def _operations(document: Json) -> list[tuple[str, str, Json]]:
    return [(path, method, op) for path, item in document["paths"].items() for method, op in item.items()]


@pytest.mark.parametrize("path", ["/v1/{slug}", "/v2/{slug}"])
def test_request_is_documented_for_all_three_content_types(document: Json, path: str) -> None:
    content = document["paths"][path]["post"]["requestBody"]["content"]
    assert set(content) == {"application/json", "multipart/form-data", "application/x-www-form-urlencoded"}
    for form in content.values():
        properties = form["schema"]["properties"]
        assert set(properties) == {*ClipRequest.model_fields, "webhook_url"}
        assert properties["resolution"]["enum"] == ["768p", "1080p"]
        assert properties["duration"]["enum"] == [6, 10]
        assert set(form["schema"]["required"]) == {"first_frame_image", "prompt"}


def test_generate_documents_both_answers_and_their_headers(document: Json) -> None:
    answer = document["paths"]["/v1/{slug}"]["post"]["responses"]["200"]
    assert set(answer["content"]) == {"application/json", "video/mp4"}
    assert {"x-request-id", "x-cost", "x-remaining-credits", "x-generation-time"} <= set(answer["headers"])


def test_every_named_error_of_the_page_is_documented(document: Json) -> None:
    responses = document["paths"]["/v1/{slug}"]["post"]["responses"]
    assert {"400", "401", "403", "404", "406", "429", "500", "502", "504"} <= set(responses)
    for status, response in responses.items():
        if status != "200":
            assert response["content"]["application/json"]["schema"]["$ref"].endswith("/ErrorBody")


def test_every_reference_resolves(document: Json) -> None:
    for name in re.findall(r"#/components/schemas/(\w+)", str(document)):
        assert name in document["components"]["schemas"]


def test_operations_have_unique_ids_and_a_summary(document: Json) -> None:
    operations = [operation for _, _, operation in _operations(document)]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    assert all(operation["summary"] for operation in operations)


def test_what_needs_a_key_says_so(document: Json, stranger: TestClient) -> None:
    for path, method, operation in _operations(document):
        response = stranger.request(method, re.sub(r"\{\w+\}", "x", path))
        assert (response.status_code == 401) == ("security" in operation), path


def test_31_page_loads_nothing_from_elsewhere(stranger: TestClient) -> None:
    page = stranger.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert not re.search(r"https?://", page.text)
    assert not re.search(r"<script>|<style|\son\w+=|style=", page.text)
    for address in re.findall(r'(?:src|href)="(/docs/[^"]+)"', page.text):
        assert stranger.get(address).status_code == 200


def test_page_has_no_other_files() -> None:
    assert {file.name for file in FOLDER.iterdir()} == set(FILES)
