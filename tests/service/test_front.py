"""The service as dialects see it: accept, make, deliver, refuse, cancel, expire, and survive its own end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from firstframe.clip import ClipRequest
from firstframe.errors import (
    AlreadyFinished,
    Cancelled,
    DeadlinePassed,
    EngineFailed,
    Forbidden,
    ImageRejected,
    InsufficientCredits,
    NotFound,
)
from firstframe.service import accounts, jobs, keys, ledger
from firstframe.service.front import Caller, JobView, Service
from firstframe.service.studio import Studio
from firstframe.service.worker import Draining

from .stage import FILM, Stage, until

REQUEST = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
GRANTED = 100_000_000
WAIT_SECONDS = 60


def submit(service: Service, caller: Caller, slug: str = "hailuo-2.3-fast") -> JobView:
    return service.submit(caller, slug, REQUEST, dialect="test")


def assert_books_are_sound(service: Service) -> None:
    with service.database.read() as connection:
        assert ledger.faults(connection) == []


def test_a_job_is_made_delivered_and_charged(service: Service, caller: Caller) -> None:
    service.start()
    accepted = submit(service, caller)
    assert (accepted.state, accepted.engine, accepted.price_micro) == ("queued", "parallax", 410_000)
    assert accepted.request == {
        "duration": 6,
        "resolution": "1080p",
        "prompt_optimizer": True,
        "seed": accepted.seed,
        "loop": False,
    }
    done = service.wait(caller, accepted.id, WAIT_SECONDS)
    assert (done.state, done.progress, done.attempts, done.error) == ("succeeded", 1, 1, None)
    assert (done.balance_micro, done.revised_prompt) == (GRANTED - 410_000, "more words")
    assert done.output is not None
    assert (done.output.content_type, done.output.file_size) == ("video/mp4", len(FILM))
    assert done.report is not None
    assert (done.report["seed"], done.report["output"]) == (accepted.seed, done.output.file_name)
    assert done.started_at is not None
    assert done.finished_at is not None
    assert accepted.created_at <= done.started_at <= done.finished_at
    file = service.open_file(service.file_token(done))
    assert file.path is not None
    assert (file.path.read_bytes(), file.size, file.file_name) == (FILM, len(FILM), done.output.file_name)
    with service.database.read() as connection:
        assert [event["kind"] for event in jobs.events(connection, done.id)] == ["queued", "running", "succeeded"]
    assert_books_are_sound(service)
    assert not list(service.settings.data_dir.rglob("scratch/*/*"))


def test_every_slug_is_made_by_its_engine(service: Service, caller: Caller) -> None:
    assert service.slugs() == ["hailuo-2.3-fast", "parallax", "other"]
    assert [submit(service, caller, slug).engine for slug in service.slugs()] == ["parallax", "parallax", "other"]
    with pytest.raises(NotFound, match=r"'sora'.*hailuo"):
        submit(service, caller, "sora")


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (EngineFailed("The lens broke."), "engine_failed", "The lens broke."),
        (ImageRejected("truncated", "The picture ends too early."), "image_rejected", "The picture ends too early."),
        (ZeroDivisionError("secret detail"), "engine_failed", "The engine failed; nothing was charged."),
    ],
    ids=["engine", "picture", "bug"],
)
def test_a_failing_engine_charges_nothing(
    service: Service, caller: Caller, stage: Stage, error: Exception, code: str, sentence: str
) -> None:
    stage.error = error
    service.start()
    failed = service.wait(caller, submit(service, caller).id, WAIT_SECONDS)
    assert (failed.state, failed.error_code, failed.error) == ("failed", code, sentence)
    assert (failed.balance_micro, failed.output) == (GRANTED, None)
    with pytest.raises(NotFound):
        service.file_token(failed)
    assert_books_are_sound(service)


def test_a_picture_that_is_refused_queues_nothing(open_service: Callable[..., Service], stage: Stage) -> None:
    def refuse(picture: str | bytes) -> bytes:
        raise ImageRejected("empty", "The picture is empty.")

    service = open_service(Studio(("parallax",), refuse, stage.make))
    caller = service.authenticate(service.first_start())
    with pytest.raises(ImageRejected):
        submit(service, caller)
    assert service.balance_micro(caller) == GRANTED


def test_without_credit_nothing_is_fetched_or_kept(open_service: Callable[..., Service]) -> None:
    service = open_service(demo_credits=0.4)
    caller = service.authenticate(service.first_start())
    with pytest.raises(InsufficientCredits, match=r"0\.40 and 0\.41"):
        submit(service, caller)
    assert list(service.storage.every()) == []


def test_a_job_of_another_account_is_not_found(service: Service, caller: Caller) -> None:
    job = submit(service, caller)
    with service.database.write() as connection:
        other = accounts.create(connection, "other", GRANTED)
        secret = keys.issue(connection, other.id, "other")[1]
    stranger = service.authenticate(secret)
    for call in (service.job, service.cancel, lambda c, j: service.wait(c, j, 0)):
        with pytest.raises(NotFound):
            call(stranger, job.id)
    assert service.job(caller, job.id).state == "queued"


@pytest.mark.parametrize(
    "job_id", ["", "nothing", "../../etc/passwd", "' OR 1=1 --", "00000000-0000-0000-0000-000000000000"]
)
def test_what_is_no_job_is_not_found(service: Service, caller: Caller, job_id: str) -> None:
    with pytest.raises(NotFound):
        service.job(caller, job_id)


def test_a_key_without_the_scope_is_refused(service: Service, caller: Caller) -> None:
    reader = replace(caller, scopes=frozenset({"read"}))
    with pytest.raises(Forbidden, match="generate"):
        submit(service, reader)
    job = submit(service, caller)
    assert service.job(reader, job.id).id == job.id
    with pytest.raises(Forbidden):
        service.cancel(reader, job.id)


def test_a_wait_that_ends_first_says_how_far_it_is(service: Service, caller: Caller, stage: Stage) -> None:
    stage.gate.clear()
    service.start()
    job = submit(service, caller)
    until(lambda: service.job(caller, job.id).progress == 0.5)
    waited = service.wait(caller, job.id, 0.3)
    assert (waited.state, waited.progress) == ("running", 0.5)


def test_09_cancelled_in_the_queue_it_is_never_rendered(service: Service, caller: Caller, stage: Stage) -> None:
    job = submit(service, caller)
    cancelled = service.cancel(caller, job.id)
    assert (cancelled.state, cancelled.error_code, cancelled.balance_micro) == ("cancelled", "cancelled", GRANTED)
    service.start()
    assert service.wait(caller, submit(service, caller).id, WAIT_SECONDS).state == "succeeded"
    assert stage.renders == 1
    with pytest.raises(AlreadyFinished, match="cancelled"):
        service.cancel(caller, job.id)
    assert_books_are_sound(service)


def test_09_cancelled_in_mid_render_the_engine_stops(service: Service, caller: Caller, stage: Stage) -> None:
    stage.gate.clear()
    service.start()
    job = submit(service, caller)
    assert stage.started.wait(WAIT_SECONDS)
    assert service.cancel(caller, job.id).balance_micro == GRANTED
    until(lambda: len(stage.cut_short) == 1)
    assert isinstance(stage.cut_short[0], Cancelled)
    stage.gate.set()
    assert service.wait(caller, submit(service, caller).id, WAIT_SECONDS).state == "succeeded"
    assert service.job(caller, job.id).state == "cancelled"
    assert_books_are_sound(service)


def test_09_a_finished_job_cannot_be_cancelled(service: Service, caller: Caller) -> None:
    service.start()
    done = service.wait(caller, submit(service, caller).id, WAIT_SECONDS)
    with pytest.raises(AlreadyFinished, match="succeeded"):
        service.cancel(caller, done.id)
    assert service.job(caller, done.id) == done


def test_10_a_deadline_in_the_queue_expires_the_job(open_service: Callable[..., Service], stage: Stage) -> None:
    service = open_service(deadline_seconds=0.1)
    caller = service.authenticate(service.first_start())
    service.start(worker=False)
    expired = service.wait(caller, submit(service, caller).id, WAIT_SECONDS)
    assert (expired.state, expired.error_code, expired.balance_micro) == ("expired", "deadline_passed", GRANTED)
    assert stage.renders == 0
    assert_books_are_sound(service)


def test_10_a_deadline_in_mid_render_stops_the_engine(open_service: Callable[..., Service], stage: Stage) -> None:
    stage.gate.clear()
    service = open_service(deadline_seconds=1.5)
    caller = service.authenticate(service.first_start())
    service.start()
    job = submit(service, caller)
    expired = service.wait(caller, job.id, WAIT_SECONDS)
    assert (expired.state, expired.attempts, expired.balance_micro) == ("expired", 1, GRANTED)
    until(lambda: len(stage.cut_short) == 1)
    assert isinstance(stage.cut_short[0], DeadlinePassed | Cancelled)
    assert_books_are_sound(service)


def test_a_drained_render_is_taken_up_again_at_no_loss(open_service: Callable[..., Service], stage: Stage) -> None:
    stage.gate.clear()
    first = open_service(attempts_max=1)
    caller = first.authenticate(first.first_start())
    first.start()
    job = submit(first, caller)
    assert stage.started.wait(WAIT_SECONDS)
    first.stop(drain_seconds=0)
    assert isinstance(stage.cut_short[0], Draining)
    stage.gate.set()
    second = open_service(attempts_max=1)
    assert second.job(caller, job.id).state == "queued"
    second.start()
    done = second.wait(caller, job.id, WAIT_SECONDS)
    assert (done.state, done.attempts, done.seed) == ("succeeded", 2, job.seed)
    assert_books_are_sound(second)


def test_a_stop_lets_a_render_end(open_service: Callable[..., Service], stage: Stage) -> None:
    stage.gate.clear()
    first = open_service()
    caller = first.authenticate(first.first_start())
    first.start()
    job = submit(first, caller)
    assert stage.started.wait(WAIT_SECONDS)
    threading.Timer(0.2, stage.gate.set).start()
    first.stop(drain_seconds=WAIT_SECONDS)
    assert open_service().job(caller, job.id).state == "succeeded"


def test_07_an_older_attempt_can_neither_publish_nor_fail(service: Service, caller: Caller, stage: Stage) -> None:
    stage.gate.clear()
    service.start()
    job = submit(service, caller)
    assert stage.started.wait(WAIT_SECONDS)
    with service.database.write() as connection:
        assert jobs.begin(connection, job.id, "another worker", 3) == 2
    until(lambda: len(stage.cut_short) == 1)
    with service.database.write() as connection:
        assert not jobs.end(connection, job.id, jobs.EXPIRED, attempt=1)
    seen = service.job(caller, job.id)
    assert (seen.state, seen.attempts, seen.balance_micro) == ("running", 2, GRANTED - 410_000)


def test_08_a_job_that_fails_to_be_made_three_times_ends(service: Service, caller: Caller) -> None:
    job = submit(service, caller)
    with service.database.write() as connection:
        assert [jobs.begin(connection, job.id, "worker", 3) for _ in range(5)] == [1, 2, 3, None, None]
    failed = service.job(caller, job.id)
    assert (failed.state, failed.error_code, failed.balance_micro) == ("failed", "engine_failed", GRANTED)
    assert failed.error is not None
    assert "3 attempts" in failed.error
    assert_books_are_sound(service)


def test_what_the_job_engine_gave_up_or_lost_is_released(service: Service, caller: Caller) -> None:
    given_up, lost, sound = (submit(service, caller).id for _ in range(3))
    table = "workflow_status" if service.database.is_sqlite else "dbos.workflow_status"
    with service.database.write() as connection:
        change = f"UPDATE {table} SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' WHERE workflow_uuid = '{given_up}'"
        connection.exec_driver_sql(change)
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE workflow_uuid = '{lost}'")
    service._housekeeper.end_abandoned()
    assert [service.job(caller, job_id).state for job_id in (given_up, lost, sound)] == ["failed", "failed", "queued"]
    assert service.balance_micro(caller) == GRANTED - 410_000
    assert_books_are_sound(service)


def test_12_a_storage_that_takes_no_clip_charges_nothing(service: Service, caller: Caller, stage: Stage) -> None:
    job = submit(service, caller)
    (service.settings.data_dir / "files" / "clips").write_bytes(b"a file where the folder should be")
    service.start()
    failed = service.wait(caller, job.id, WAIT_SECONDS)
    assert (failed.state, failed.error_code, failed.balance_micro) == ("failed", "service_unavailable", GRANTED)
    with service.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM assets WHERE kind = 'clip'").scalar() == 0
    assert_books_are_sound(service)


def test_accounts_take_turns(service: Service, caller: Caller) -> None:
    with service.database.write() as connection:
        late = accounts.create(connection, "late", GRANTED)
        late_caller = keys.authenticate(connection, keys.issue(connection, late.id, "late")[1])
    first = [submit(service, caller) for _ in range(6)]
    last = submit(service, late_caller)
    service.start()
    done = service.wait(late_caller, last.id, WAIT_SECONDS)
    waiting = [service.job(caller, job.id) for job in first]
    assert done.state == "succeeded"
    assert any(not job.is_over for job in waiting)
    assert all(service.wait(caller, job.id, WAIT_SECONDS).state == "succeeded" for job in first)


def test_a_signed_name_expires_and_other_files_have_none(open_service: Callable[..., Service]) -> None:
    service = open_service(url_seconds=1)
    caller = service.authenticate(service.first_start())
    service.start()
    done = service.wait(caller, submit(service, caller).id, WAIT_SECONDS)
    token = service.file_token(done)
    assert service.open_file(token).size == len(FILM)
    assert done.output is not None

    def is_gone() -> bool:
        try:
            service.open_file(token)
        except NotFound:
            return True
        return False

    until(is_gone)
    with service.database.read() as connection:
        query = "SELECT id FROM assets WHERE kind = 'first_frame'"
        frame_id = connection.exec_driver_sql(query).scalar_one()
    with pytest.raises(NotFound):
        service.open_file(service._signer.token(frame_id, service._address_ends()))


def test_each_part_says_whether_it_is_ready(service: Service) -> None:
    idle = {"database": "ok", "storage": "ok", "worker": "No worker is alive; start one, or clips will only queue."}
    assert service.ready() == idle
    service.start()
    assert service.ready() == {"database": "ok", "storage": "ok", "worker": "ok"}
