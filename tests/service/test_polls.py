"""Polls on both databases: one question by one statement, many by one for all jobs, with the same answers."""

from __future__ import annotations

from firstframe.clip import ClipRequest
from firstframe.errors import FirstframeError, Forbidden, NotFound, Unauthorised
from firstframe.service import accounts, keys
from firstframe.service.front import Service
from firstframe.service.polls import Question, Seen


def _key(service: Service, name: str, scopes: tuple[str, ...], *, revoked: bool = False) -> str:
    with service.database.write() as connection:
        account = accounts.create(connection, name, 10**7)
        key, secret = keys.issue(connection, account.id, name, scopes)
        if revoked:
            keys.revoke(connection, key.id)
    return secret


def test_one_question_is_answered_as_among_many(service: Service) -> None:
    owner = _key(service, "owner", ("generate",))
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    job = service.submit(service.authenticate(owner), "parallax", request, dialect="test")
    expected: dict[Question, type[Seen] | type[FirstframeError]] = {
        Question(owner, job.id): Seen,
        Question(owner, "none"): NotFound,
        Question(_key(service, "stranger", ("read",)), job.id): NotFound,
        Question(_key(service, "operator", ("admin",)), job.id): Forbidden,
        Question(_key(service, "gone", ("read",), revoked=True), job.id): Unauthorised,
        Question(owner[:-1] + "~", job.id): Unauthorised,
        Question("ff_none_x", job.id): Unauthorised,
        Question("nonsense", job.id): Unauthorised,
        Question(None, job.id): Unauthorised,
    }
    together = service.look(expected.keys())
    alone = {question: service.look([question])[question] for question in expected}
    for answers in (together, alone):
        assert {question: type(answer) for question, answer in answers.items()} == expected
        seen = answers[Question(owner, job.id)]
        assert isinstance(seen, Seen)
        assert (seen.job.id, seen.job.state, seen.forecast.queue_position) == (job.id, "queued", 1)
        assert seen.job == service.job(service.authenticate(owner), job.id)
