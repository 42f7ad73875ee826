"""Webhooks: told to who asked, signed, again on schedule, never twice at once, never to the inside of the network."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from firstframe.clip import ClipRequest
from firstframe.media.fetch import HTTPError, HTTPTimeout, InvalidURL
from firstframe.service import jobs, webhooks
from firstframe.service.courier import Courier, news, sender
from firstframe.service.front import Caller, JobView, Service
from firstframe.service.webhooks import DELAYS

from .stage import Stage, until

URL = "https://receiver.example/hook"
REQUEST = ClipRequest(first_frame_image=b"picture", prompt="a secret prompt " * 100)
WAIT_SECONDS = 60


class Receiver:
    """The other side, and the clock that the courier reads."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)
        self.answers: list[int | Exception] = []
        self.received: list[tuple[datetime, str, bytes, dict[str, str]]] = []

    def send(self, url: str, content: bytes, headers: dict[str, str]) -> int:
        self.received.append((self.time, url, content, headers))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def make_courier(service: Service, receiver: Receiver) -> Iterator[Callable[[], Courier]]:
    couriers: list[Courier] = []

    def make() -> Courier:
        courier = Courier(
            service.database, lambda job: news(job, service.file_token), receiver.send, clock=lambda: receiver.time
        )
        couriers.append(courier)
        return courier

    yield make
    for courier in couriers:
        courier.stop()


def order(service: Service, caller: Caller, url: str = URL) -> JobView:
    return service.submit(
        caller, "parallax", REQUEST, dialect="test", webhook_url=url, base_url="https://films.example"
    )


def cancelled(service: Service, caller: Caller, receiver: Receiver, url: str = URL) -> JobView:
    job = service.cancel(caller, order(service, caller, url).id)
    receiver.time = datetime.now(UTC)
    return job


def states(service: Service, caller: Caller, job: JobView) -> list[tuple[str, int, str | None]]:
    return [(one.state, one.attempts, one.last_answer) for one in service.deliveries(caller, job.id)]


def test_33_the_end_of_a_job_is_told_once(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    job = cancelled(service, caller, receiver)
    courier = make_courier()
    assert [courier.round(), courier.round()] == [1, 0]
    assert states(service, caller, job) == [("delivered", 1, "HTTP 200")]
    _, url, content, headers = receiver.received[0]
    told = json.loads(content)
    assert (url, told["type"], headers["content-type"]) == (URL, "job.cancelled", "application/json")
    assert (told["data"]["request_id"], told["data"]["code"], told["data"]["video"]) == (job.id, "cancelled", None)
    assert datetime.fromisoformat(told["timestamp"]).tzinfo is not None


def test_a_job_without_webhook_owes_nothing(
    service: Service, caller: Caller, make_courier: Callable[[], Courier]
) -> None:
    job = service.submit(caller, "parallax", REQUEST, dialect="test")
    service.cancel(caller, job.id)
    assert service.deliveries(caller, job.id) == []
    assert make_courier().round() == 0


def test_33_success_tells_where_the_clip_is_and_nothing_of_the_prompt(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier], stage: Stage
) -> None:
    job = order(service, caller)
    service._courier._send = receiver.send
    service.start()
    assert service.wait(caller, job.id, WAIT_SECONDS).state == "succeeded"
    until(lambda: len(receiver.received) == 1)
    content = receiver.received[0][2]
    video = json.loads(content)["data"]["video"]
    path = video["url"].removeprefix("https://films.example/files/")
    token, name = path.split("/")
    assert service.open_file(token).file_name == name == video["file_name"]
    assert b"secret prompt" not in content
    assert len(content) < 20_000


def test_33_attempts_follow_the_schedule_and_then_end(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    job = cancelled(service, caller, receiver)
    receiver.answers = [500, 302, HTTPError("reset"), HTTPTimeout("slow"), 404, 429, 503, 500, 500, 500]
    courier = make_courier()
    begin = receiver.time
    while receiver.time < begin + timedelta(days=10):
        courier.round()
        pending = [one for one in service.deliveries(caller, job.id) if one.state == "pending"]
        if not pending:
            break
        receiver.time = pending[0].next_at - timedelta(milliseconds=1)
        assert courier.round() == 0
        receiver.time = pending[0].next_at
    times = [begin, *(time for time, *_ in receiver.received)]
    waits = [(after - before) for before, after in pairwise(times)]
    assert [round(wait.total_seconds()) for wait in waits] == [round(delay.total_seconds()) for delay in DELAYS]
    assert states(service, caller, job) == [("failed", 10, "HTTP 500")]
    assert len({headers["webhook-id"] for *_, headers in receiver.received}) == 1


def test_33_after_410_the_address_is_left_alone(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    job = cancelled(service, caller, receiver)
    receiver.answers = [410]
    courier = make_courier()
    courier.round()
    assert states(service, caller, job) == [("disabled", 1, "HTTP 410")]
    assert service.deliveries(caller, cancelled(service, caller, receiver).id) == []
    assert len(service.deliveries(caller, cancelled(service, caller, receiver, URL + "/other").id)) == 1


def test_33_one_webhook_sent_again_does_not_undo_a_410(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    job = cancelled(service, caller, receiver)
    receiver.answers = [410, 500]
    courier = make_courier()
    courier.round()
    with service.database.write() as connection:
        webhooks.resend(connection, service.deliveries(caller, job.id)[0].id, receiver.time)
    assert service.deliveries(caller, cancelled(service, caller, receiver).id) == []
    courier.round()
    assert states(service, caller, job) == [("pending", 1, "HTTP 500, after HTTP 410")]
    assert service.deliveries(caller, cancelled(service, caller, receiver).id) == []
    receiver.time += DELAYS[1]
    courier.round()
    assert states(service, caller, job)[0][0] == "delivered"
    assert len(service.deliveries(caller, cancelled(service, caller, receiver).id)) == 1


def test_33_an_address_that_cannot_be_read_is_given_up_like_any_other(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    job = cancelled(service, caller, receiver)
    receiver.answers = [InvalidURL("no address"), UnicodeError("no host")]
    courier = make_courier()
    courier.round()
    receiver.time += DELAYS[1]
    courier.round()
    assert states(service, caller, job) == [("pending", 2, "the address cannot be read")]


def test_33_the_reference_library_verifies_what_we_sign(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    old = service.webhook_secrets(caller)[0]
    assert service.webhook_secrets(caller) == [old]
    both = service.webhook_secrets(caller, rotate=True)
    assert both[1] == old
    cancelled(service, caller, receiver)
    make_courier().round()
    _, _, content, headers = receiver.received[0]
    for secret in both:
        assert Webhook(secret).verify(content, headers)["type"] == "job.cancelled"
    newest = service.webhook_secrets(caller, rotate=True)
    assert (len(newest), old in newest) == (2, False)
    with pytest.raises(WebhookVerificationError):
        Webhook(newest[0]).verify(content, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(content + b" ", headers)
    late = headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 301)}
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(old).verify(content, late)


def test_two_couriers_never_make_the_same_attempt(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    for number in range(6):
        cancelled(service, caller, receiver, f"{URL}/{number}")
    couriers = [make_courier() for _ in range(4)]
    threads = [threading.Thread(target=courier.round) for courier in couriers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.received) == len({headers["webhook-id"] for *_, headers in receiver.received}) == 6


def test_an_attempt_that_died_is_made_again_when_its_lease_runs_out(
    service: Service, caller: Caller, receiver: Receiver, make_courier: Callable[[], Courier]
) -> None:
    job = cancelled(service, caller, receiver)
    dying = make_courier()
    assert len(dying._claim()) == 1
    courier = make_courier()
    assert courier.round() == 0
    receiver.time += timedelta(seconds=91)
    assert courier.round() == 1
    assert states(service, caller, job) == [("delivered", 2, "HTTP 200")]


class Listener:
    """A real HTTP receiver on this machine."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                listener.bodies.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def listener() -> Iterator[Listener]:
    opened = Listener()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()


@pytest.mark.parametrize(
    ("allow", "answer", "bodies"), [("127.0.0.1", "HTTP 204", 1), ("", "the address is refused", 0)]
)
def test_only_allowed_addresses_are_called(
    service: Service, caller: Caller, receiver: Receiver, listener: Listener, allow: str, answer: str, bodies: int
) -> None:
    job = cancelled(service, caller, receiver, listener.url)
    courier = Courier(service.database, lambda job: news(job, service.file_token), sender(allow))
    courier.round()
    courier.stop()
    assert [last for _, _, last in states(service, caller, job)] == [answer]
    assert len(listener.bodies) == bodies


def test_an_end_that_is_rolled_back_owes_nothing(service: Service, caller: Caller) -> None:
    job = order(service, caller)
    with suppress(ZeroDivisionError), service.database.write() as connection:
        assert jobs.end(connection, job.id, jobs.CANCELLED)
        raise ZeroDivisionError
    assert service.deliveries(caller, job.id) == []
