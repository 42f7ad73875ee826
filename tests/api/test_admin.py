"""The operator's routes: for keys with the scope admin alone, over accounts, keys, credits and everybody's jobs."""

from __future__ import annotations

import csv
import io
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.service import accounts, keys
from firstframe.service.front import Service
from firstframe.settings import Settings

from .conftest import BODY, URL, Open

NOBODY = "00000000-0000-0000-0000-000000000000"


def _operations() -> list[tuple[str, str]]:
    paths = create_app(None, Settings()).openapi()["paths"]  # type: ignore[arg-type]  # only its routes are read
    return [(method, path) for path in paths if path.startswith("/admin/") for method in paths[path]]


@pytest.fixture(scope="module")
def operator(open_client: Open, service: Service) -> TestClient:
    with service.database.write() as connection:
        account = accounts.create(connection, "operators")
        secret = keys.issue(connection, account.id, "admin", ["admin"])[1]
    return open_client(headers={"x-api-key": secret})


@pytest.fixture
def ann(operator: TestClient) -> dict[str, Any]:
    made = operator.post("/admin/accounts", json={"name": "Ann", "credits": 5})
    assert made.status_code == 201
    return dict(made.json())


def caller_of(account: dict[str, Any], operator: TestClient, open_client: Open, **key: Any) -> TestClient:
    made = operator.post(f"/admin/accounts/{account['id']}/keys", json=key)
    assert made.status_code == 201
    return open_client(headers={"x-api-key": made.json()["secret"]})


@pytest.mark.parametrize(("method", "path"), _operations())
def test_20_every_admin_route_is_403_for_the_key_of_a_user(
    client: TestClient, stranger: TestClient, method: str, path: str
) -> None:
    address = re.sub(r"\{month\}", "2026-11", re.sub(r"\{\w+_id\}", NOBODY, path))
    refused = client.request(method, address, json={})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert stranger.request(method, address, json={}).status_code == 401


def test_there_are_as_many_as_documented() -> None:
    assert len(_operations()) == 17


def test_an_account_is_opened_shown_and_listed(operator: TestClient, ann: dict[str, Any]) -> None:
    assert (ann["name"], ann["credits"], ann["suspended_at"], ann["max_running"]) == ("Ann", 5, None, None)
    assert operator.get(f"/admin/accounts/{ann['id']}").json() == ann
    first = operator.get("/admin/accounts", params={"per_page": 1}).json()
    assert (len(first["data"]), first["total_pages"]) == (1, first["total"])
    last = operator.get("/admin/accounts", params={"per_page": 1, "page": first["total"]}).json()
    assert last["data"] == [ann]


def test_limits_change_one_by_one_and_go_back(operator: TestClient, ann: dict[str, Any]) -> None:
    address = f"/admin/accounts/{ann['id']}"
    assert operator.patch(address, json={"max_running": 3, "rate_per_minute": 0}).json()["max_running"] == 3
    changed = operator.patch(address, json={"max_running": None}).json()
    assert (changed["max_running"], changed["rate_per_minute"], changed["max_queued"]) == (None, 0, None)


def test_a_suspended_account_orders_nothing_and_reads_on(
    operator: TestClient, ann: dict[str, Any], open_client: Open
) -> None:
    caller = caller_of(ann, operator, open_client)
    job_id = caller.post(URL, json=BODY).json()["request_id"]
    assert operator.patch(f"/admin/accounts/{ann['id']}", json={"suspended": True}).json()["suspended_at"]
    for refused in (
        caller.post(URL, json=BODY),
        caller.post("/v2/hailuo-2.3-fast", json=BODY),
        caller.post("/upload-asset", json={"data_urls": ["data:image/png;base64,aGVsbG8="]}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "account_suspended")
    assert caller.get(f"/v2/requests/{job_id}").json()["status"] == "COMPLETED"
    assert operator.patch(f"/admin/accounts/{ann['id']}", json={"suspended": False}).json()["suspended_at"] is None
    assert caller.post(URL, json=BODY).status_code == 200


def test_an_operator_whose_account_is_suspended_is_none(
    operator: TestClient, ann: dict[str, Any], open_client: Open
) -> None:
    second = caller_of(ann, operator, open_client, scopes=["admin"])
    assert second.get("/admin/jobs").status_code == 200
    operator.patch(f"/admin/accounts/{ann['id']}", json={"suspended": True})
    assert second.get("/admin/jobs").json()["code"] == "account_suspended"


def test_keys_have_scopes_and_ends(operator: TestClient, ann: dict[str, Any], open_client: Open) -> None:
    reader = caller_of(ann, operator, open_client, name="reports", scopes=["read"])
    assert reader.post(URL, json=BODY).status_code == 403
    soon = datetime.now(UTC) + timedelta(seconds=1)
    late = caller_of(ann, operator, open_client, expires_at=soon.isoformat())
    time.sleep(max(0.0, (soon - datetime.now(UTC)).total_seconds()) + 0.1)
    assert late.get("/v1/get-user-credits").status_code == 401
    listed = operator.get(f"/admin/accounts/{ann['id']}/keys").json()
    assert [(key["name"], key["scopes"]) for key in listed["data"]] == [
        ("reports", ["read"]),
        ("", ["generate", "read"]),
    ]
    assert not {"secret", "secret_sha256"} & set(listed["data"][0])
    assert operator.delete(f"/admin/keys/{listed['data'][0]['id']}").json()["revoked_at"]
    assert reader.get("/v1/get-user-credits").status_code == 401


@pytest.mark.parametrize(
    "moment", ["2020-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2090-01-01T00:00:00"]
)
def test_a_key_ends_at_a_moment_to_come(operator: TestClient, ann: dict[str, Any], moment: str) -> None:
    answer = operator.post(f"/admin/accounts/{ann['id']}/keys", json={"name": "x", "expires_at": moment})
    assert (answer.status_code, answer.json()["field"]) == (400, "expires_at")


def test_money_moves_for_reasons_and_is_accounted_for(
    operator: TestClient, ann: dict[str, Any], open_client: Open
) -> None:
    address = f"/admin/accounts/{ann['id']}"
    assert operator.post(f"{address}/credits", json={"credits": 2.5, "reason": "thanks"}).json()["credits"] == 7.5
    assert operator.post(f"{address}/credits", json={"credits": -1, "reason": "mistake"}).json()["credits"] == 6.5
    refused = operator.post(f"{address}/credits", json={"credits": -100, "reason": "too much"})
    assert (refused.status_code, refused.json()["code"]) == (406, "insufficient_credits")
    job_id = caller_of(ann, operator, open_client).post(URL, json=BODY).json()["request_id"]
    refund = f"/admin/jobs/{job_id}/refund"
    assert operator.post(refund, json={"reason": "x", "credits": 9}).json()["field"] == "credits"
    assert operator.post(refund, json={"reason": "the clip was dull"}).json()["credits"] == 6.5
    assert operator.post(refund, json={"reason": "again"}).status_code == 409
    rows = operator.get(f"{address}/ledger", params={"per_page": 3}).json()
    assert [(row["kind"], row["credits"]) for row in rows["data"]] == [("refund", 0.41), ("settle", 0), ("hold", -0.41)]
    assert (rows["total"], rows["total_pages"]) == (6, 2)
    answer = operator.get(f"{address}/statements/{ann['created_at'][:7]}")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [line["kind"] for line in lines] == [
        "balance",
        "grant",
        "grant",
        "grant",
        "hold",
        "settle",
        "refund",
        "balance",
    ]
    assert lines[-1]["credits"] == "6.50"


def test_everybody_s_jobs_are_seen_without_their_words(
    operator: TestClient, ann: dict[str, Any], open_client: Open
) -> None:
    caller = caller_of(ann, operator, open_client)
    order = BODY | {"prompt": "fail", "webhook_url": "http://127.0.0.1:9/hook"}
    failed = caller.post("/v2/hailuo-2.3-fast", json=order).json()["request_id"]
    made = caller.post(URL, json=BODY | {"prompt": "words of mine"}).json()["request_id"]
    while not (shown := operator.get(f"/admin/jobs/{failed}").json())["webhooks"]:
        time.sleep(0.02)
    assert (shown["state"], shown["error_code"], shown["account_id"]) == ("failed", "engine_failed", ann["id"])
    assert [event["kind"] for event in shown["events"]] == ["queued", "running", "failed"]
    assert shown["webhooks"][0]["url"] == "http://127.0.0.1:9/hook"
    listed = operator.get("/admin/jobs", params={"account_id": ann["id"]})
    assert [row["id"] for row in listed.json()["data"]] == [made, failed]
    assert "words of mine" not in listed.text
    only = operator.get("/admin/jobs", params={"account_id": ann["id"], "state": "failed"}).json()
    assert [row["id"] for row in only["data"]] == [failed]
    hooks = operator.get("/admin/webhooks", params={"account_id": ann["id"]}).json()
    assert (hooks["total"], hooks["data"][0]["job_id"]) == (1, failed)
    assert operator.post(f"/admin/jobs/{failed}/refund", json={"reason": "x"}).json()["field"] == "job"


def test_a_job_of_anybody_is_cancelled_once(operator: TestClient, ann: dict[str, Any], open_client: Open) -> None:
    caller = caller_of(ann, operator, open_client)
    job_id = caller.post("/v2/hailuo-2.3-fast", json=BODY | {"prompt": "slow"}).json()["request_id"]
    assert operator.delete(f"/admin/jobs/{job_id}").json()["state"] == "cancelled"
    assert caller.get("/v1/get-user-credits").json()["credits"] == 5
    assert operator.delete(f"/admin/jobs/{job_id}").json()["code"] == "already_finished"


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/admin/accounts", {}, "name"),
        ("POST", "/admin/accounts", {"name": " "}, "name"),
        ("POST", "/admin/accounts", {"name": "a\x00b"}, "name"),
        ("POST", "/admin/accounts", {"name": "A", "credits": -1}, "credits"),
        ("POST", "/admin/accounts", {"name": "A", "credits": 1e300}, "credits"),
        ("POST", "/admin/accounts", {"name": "A", "credits": 0.0000001}, "credits"),
        ("POST", "/admin/accounts", {"name": "A", "credit": 1}, "credit"),
        ("PATCH", f"/admin/accounts/{NOBODY}", {"max_runnning": 1}, "max_runnning"),
        ("PATCH", f"/admin/accounts/{NOBODY}", {"max_running": 0}, "max_running"),
        ("POST", f"/admin/accounts/{NOBODY}/keys", {"scopes": ["everything"]}, "scopes"),
        ("POST", f"/admin/accounts/{NOBODY}/keys", {"scopes": []}, "scopes"),
        ("POST", f"/admin/accounts/{NOBODY}/keys", {"expires_at": "2026-11-22T00:00:00"}, "expires_at"),
        ("POST", f"/admin/accounts/{NOBODY}/credits", {"credits": 1}, "reason"),
        ("POST", f"/admin/accounts/{NOBODY}/credits", {"credits": 0, "reason": "x"}, "credits"),
        ("GET", "/admin/jobs?state=lost", None, "state"),
        ("GET", "/admin/jobs?account_id=%00", None, "account_id"),
        ("GET", "/admin/accounts?per_page=1000", None, "per_page"),
        ("GET", f"/admin/accounts/{NOBODY}/statements/2026-13", None, "month"),
        ("GET", "/admin/jobs/%00", None, "job_id"),
    ],
)
def test_nonsense_is_400_and_named(operator: TestClient, method: str, path: str, body: object, field: str) -> None:
    refused = operator.request(method, path, json=body)
    assert (refused.status_code, refused.json()["field"]) == (400, field)


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in _operations() if "{" in p])
def test_what_is_not_there_is_404(operator: TestClient, method: str, path: str) -> None:
    address = re.sub(r"\{month\}", "2026-11", re.sub(r"\{\w+_id\}", NOBODY, path))
    body = {"credits": 1, "reason": "x"} if method == "post" and not path.endswith("/keys") else {}
    assert operator.request(method, address, json=body).status_code == 404


def test_a_job_is_tried_again_once(operator: TestClient, client: TestClient) -> None:
    job = client.post(URL, json={**BODY, "prompt": "fail"}).json()["request_id"]
    again = operator.post(f"/admin/jobs/{job}/retry")
    assert (again.status_code, again.json()["retry_of"]) == (201, job)
    assert operator.post(f"/admin/jobs/{job}/retry").status_code == 409
    made = client.post(URL, json=BODY).json()["request_id"]
    assert operator.post(f"/admin/jobs/{made}/retry").status_code == 400


def test_a_webhook_that_is_still_told_is_not_told_again(operator: TestClient, client: TestClient) -> None:
    job = client.post(URL, json={**BODY, "webhook_url": "http://127.0.0.1:9/hook"}).json()["request_id"]
    (owed,) = operator.get(f"/admin/jobs/{job}").json()["webhooks"]
    assert operator.post(f"/admin/webhooks/{owed['id']}/resend").status_code == 409
    assert operator.post(f"/admin/webhooks/{NOBODY}/resend").status_code == 404


def test_credits_sent_again_under_their_key_are_granted_once(operator: TestClient, ann: dict[str, Any]) -> None:
    def grant(credits: float) -> Any:
        body, headers = {"credits": credits, "reason": "invoice 17"}, {"idempotency-key": "17"}
        return operator.post(f"/admin/accounts/{ann['id']}/credits", json=body, headers=headers)

    assert [grant(2).json()["credits"] for _ in range(2)] == [7, 7]
    assert grant(3).status_code == 422
