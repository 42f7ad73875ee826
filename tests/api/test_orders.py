"""Orders sent twice, orders sent too often, orders whose end is told elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from firstframe.service import accounts, keys
from firstframe.service.front import Service

from .conftest import BODY, URL, Open

SUBMIT = "/v2/hailuo-2.3-fast"
NewClient = Callable[..., TestClient]


@pytest.fixture
def new_client(open_client: Open, service: Service) -> NewClient:
    """A client of an account of its own; `limits` are columns of the account."""

    def new_client(**limits: int) -> TestClient:
        with service.database.write() as connection:
            account = accounts.create(connection, "orderer", 10**7)
            if limits:
                connection.execute(
                    accounts.accounts.update().where(accounts.accounts.c.id == account.id).values(**limits)
                )
            return open_client(headers={"x-api-key": keys.issue(connection, account.id, "k", ["generate"])[1]})

    return new_client


@pytest.mark.parametrize("path", [URL, SUBMIT])
def test_05_same_key_is_the_same_job_paid_once(new_client: NewClient, path: str) -> None:
    client = new_client()
    order: dict[str, Any] = {"json": BODY, "headers": {"idempotency-key": "order-1"}}
    first, second = client.post(path, **order), client.post(path, **order)
    assert first.json()["request_id"] == second.json()["request_id"]
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert client.get("/inference-request/request-history").json()["total"] == 1


def test_05_same_key_with_another_request_is_422(new_client: NewClient) -> None:
    client = new_client()
    client.post(SUBMIT, json=BODY, headers={"idempotency-key": "order-1"})
    other = client.post(SUBMIT, json={**BODY, "duration": 10}, headers={"idempotency-key": "order-1"})
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_mismatch"


def test_keys_of_two_accounts_do_not_meet(new_client: NewClient) -> None:
    ids = {
        new_client().post(SUBMIT, json=BODY, headers={"idempotency-key": "order-1"}).json()["request_id"]
        for _ in range(2)
    }
    assert len(ids) == 2


@pytest.mark.parametrize("text", ["", "x" * 256])
def test_bad_key_is_named(new_client: NewClient, text: str) -> None:
    response = new_client().post(SUBMIT, json=BODY, headers={"idempotency-key": text})
    assert response.status_code == 400
    assert response.json()["field"] == "Idempotency-Key"


def test_request_repeated_after_a_timeout_takes_the_job_up(new_client: NewClient, open_client: Open) -> None:
    client = new_client()
    impatient = open_client(headers={"x-api-key": client.headers["x-api-key"]}, wait_seconds=0.2)
    order = {**BODY, "prompt": "slow"}
    late = impatient.post(URL, json=order).json()
    assert late["code"] == "timeout"
    again = impatient.post(URL, json=order)
    assert again.json()["request_id"] == late["request_id"]
    assert again.headers["idempotent-replayed"] == "true"
    client.delete(f"/v2/requests/{late['request_id']}")


def test_21_rate_limit_is_told_and_kept(new_client: NewClient) -> None:
    client = new_client(rate_per_minute=2)
    answers = [client.post(SUBMIT, json=BODY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["x-rate-limit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[0].headers["ratelimit-policy"] == '"orders";q=2;w=60'
    assert answers[0].headers["ratelimit"].startswith('"orders";r=1;t=')
    refused = answers[2]
    assert refused.json()["code"] == "rate_limited"
    assert 1 <= int(refused.headers["retry-after"]) <= 30
    assert refused.headers["x-rate-limit-reset-at-utc"]
    for _ in range(5):
        assert client.get("/inference-request/request-history").status_code == 200


def test_full_queue_says_when_to_come_back(new_client: NewClient) -> None:
    client = new_client(max_queued=1, max_running=1)
    jobs = [client.post(SUBMIT, json={**BODY, "prompt": "slow"}) for _ in range(4)]
    refused = jobs[-1]
    assert refused.status_code == 429
    assert refused.json()["code"] == "queue_full"
    assert int(refused.headers["retry-after"]) > 0
    for job in jobs:
        if job.status_code == 200:
            client.delete(job.json()["response_url"])


@pytest.mark.parametrize("url", [5, "ftp://a.test/x", "nonsense", "https://" + "a" * 3000])
def test_bad_webhook_address_is_named(new_client: NewClient, url: object) -> None:
    response = new_client().post(SUBMIT, json={**BODY, "webhook_url": url})
    assert response.status_code == 400
    assert response.json()["field"] == "webhook_url"


def test_webhook_is_owed_and_its_secret_rotates(new_client: NewClient) -> None:
    client = new_client()
    first = client.get("/v2/webhook-secrets").json()["secrets"]
    assert first[0].startswith("whsec_")
    rotated = client.post("/v2/webhook-secrets").json()["secrets"]
    assert rotated[1] == first[0] != rotated[0]
    done = client.post(URL, json={**BODY, "webhook_url": "http://127.0.0.1:9/hook"}).json()
    rows = client.get(f"/v2/requests/{done['request_id']}/webhooks").json()["data"]
    assert [row["url"] for row in rows] == ["http://127.0.0.1:9/hook"]
    assert client.get("/v2/requests/nothing/webhooks").status_code == 404


@pytest.mark.parametrize("path", [URL, SUBMIT, "/upload-asset"])
def test_with_too_many_orders_in_hand_the_next_is_told_to_come_back(new_client: NewClient, path: str) -> None:
    client = new_client()
    client.app.state.context.counter.places = 0  # type: ignore[attr-defined]
    refused = client.post(path, json=BODY)
    assert refused.status_code == 503
    assert refused.json()["code"] == "overloaded"
    assert int(refused.headers["retry-after"]) > 0
    client.app.state.context.counter.places = 1  # type: ignore[attr-defined]
    body = {"data_urls": ["data:image/png;base64,AAAA"]} if path == "/upload-asset" else BODY
    assert [client.post(path, json=body).status_code for _ in range(2)] == [200, 200]
