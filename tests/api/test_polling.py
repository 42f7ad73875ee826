"""Many polls, one look; each caller gets its own answer."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

import pytest
from starlette.testclient import TestClient

from firstframe.api.polling import Desk
from firstframe.errors import NotFound, ServiceUnavailable, Unauthorised
from firstframe.service import accounts, keys
from firstframe.service.front import Service
from firstframe.service.polls import Answer, Question

from .conftest import BODY, URL, Open

OURS, THEIRS = Question("key", "ours"), Question("key", "theirs")


class Looker:
    """Answers by a table, and keeps what it was asked."""

    def __init__(self, answers: Mapping[Question, Answer], *, short: bool, failure: Exception | None = None) -> None:
        self.answers, self.looks_are_short, self.failure = answers, short, failure
        self.looks: list[set[Question]] = []

    def look(self, questions: Collection[Question]) -> Mapping[Question, Answer]:
        self.looks.append(set(questions))
        if self.failure:
            raise self.failure
        return {question: self.answers[question] for question in questions}


async def _ask(desk: Desk, *questions: Question) -> list[object]:
    return await asyncio.gather(*(desk.ask(question) for question in questions), return_exceptions=True)


@pytest.mark.parametrize("short", [True, False])
def test_those_who_come_together_share_a_look_and_no_answers(short: bool) -> None:
    missing, unknown = NotFound("There is no such request."), Unauthorised("No.")
    looker = Looker({OURS: missing, THEIRS: unknown}, short=short)
    assert asyncio.run(_ask(Desk(looker), OURS, THEIRS, OURS)) == [missing, unknown, missing]
    assert looker.looks == [{OURS, THEIRS}]


@pytest.mark.parametrize("failure", [ServiceUnavailable("The database is away."), RuntimeError("a fault of ours")])
def test_a_look_that_fails_fails_for_all_and_not_for_those_who_come_later(failure: Exception) -> None:
    looker = Looker({OURS: NotFound("x")}, short=True, failure=failure)
    desk = Desk(looker)

    async def scene() -> tuple[list[object], list[object]]:
        first = await _ask(desk, OURS, THEIRS)
        looker.failure = None
        return first, await _ask(desk, OURS)

    first, later = asyncio.run(scene())
    assert first == [failure, failure]
    assert isinstance(later[0], NotFound)


def test_who_gives_up_waiting_disturbs_nobody() -> None:
    looker = Looker({OURS: NotFound("x")}, short=False)

    async def scene() -> object:
        desk = Desk(looker)
        impatient = asyncio.create_task(desk.ask(OURS))
        patient = asyncio.create_task(desk.ask(OURS))
        await asyncio.sleep(0)
        impatient.cancel()
        return (await asyncio.gather(patient, return_exceptions=True))[0]

    assert isinstance(asyncio.run(scene()), NotFound)


def test_a_revoked_key_polls_no_more(open_client: Open, service: Service) -> None:
    with service.database.write() as connection:
        account = accounts.create(connection, "revoked", 10**7)
        key, secret = keys.issue(connection, account.id, "k", ["generate"])
    client: TestClient = open_client(headers={"x-api-key": secret})
    address = f"/v2/requests/{client.post(URL, json=BODY).json()['request_id']}/status"
    assert client.get(address).status_code == 200
    service.administration.revoke_key(key.id)
    assert client.get(address).status_code == 401


def test_another_s_job_and_none_look_the_same_in_one_look(service: Service, client: TestClient, key: str) -> None:
    with service.database.write() as connection:
        account = accounts.create(connection, "other", 0)
        secret = keys.issue(connection, account.id, "k", ["read"])[1]
    job = client.post(URL, json=BODY).json()["request_id"]
    questions = [Question(secret, job), Question(secret, "none"), Question(key, job), Question(None, job)]
    foreign, missing, own, nobody = (service.look(questions)[question] for question in questions)
    assert isinstance(foreign, NotFound)
    assert isinstance(missing, NotFound)
    assert foreign.message == missing.message
    assert not isinstance(own, Exception)
    assert own.job.id == job
    assert isinstance(nobody, Unauthorised)
