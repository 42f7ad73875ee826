"""The operator's hand over HTTP: accounts, keys, credits, everybody's jobs. All of it wants a key with scope admin."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi import Path as InPath
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from firstframe.api import bodies, openapi
from firstframe.api.admin_schemas import (
    AccountChange,
    AccountRow,
    AdminDelivery,
    DeliveryState,
    EntryRow,
    EventRow,
    Grant,
    IssuedKey,
    JobDetails,
    JobRow,
    KeyRow,
    NewAccount,
    NewKey,
    Pages,
    Refund,
    State,
)
from firstframe.api.auth import CallerOf
from firstframe.api.context import ContextOf
from firstframe.errors import InvalidParameter
from firstframe.service.accounts import Account
from firstframe.service.administration import LIMITS, Administration
from firstframe.service.history import Search
from firstframe.service.jobs import JobView
from firstframe.service.keys import Key
from firstframe.service.prices import MICRO, to_micro

BODY_LIMIT_BYTES = 64 * 1024
PAGE_MAX = 100_000
ID = r"^[A-Za-z0-9-]{1,36}$"

Body = TypeVar("Body", bound=BaseModel)
Row = TypeVar("Row", bound=BaseModel)


async def _operator(context: ContextOf, caller: CallerOf) -> Administration:
    """The operator's hand, for who may use it."""
    await run_in_threadpool(context.service.administration.require_admin, caller)
    return context.service.administration


Operator = Annotated[Administration, Depends(_operator)]
PageNumber = Annotated[int, Query(ge=1, le=PAGE_MAX, description="Page, from 1.")]
PageSize = Annotated[int, Query(ge=1, le=100, description="Rows per page.")]
AccountId = Annotated[str | None, Query(pattern=ID, description="Of one account only.")]
Id = Annotated[str, InPath(pattern=ID)]
IdempotencyKey = Annotated[str | None, Header(description="So that a grant which is sent again is made once.")]
Month = Annotated[str, InPath(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$", description="YYYY-MM, UTC.")]

router = APIRouter(prefix="/admin", tags=["Administration"], responses=openapi.errors(400, 401, 403, 500, 503))
_ONE = openapi.errors(404)
_BODY = openapi.errors(413, 415)


@router.get("/accounts", summary="All accounts")
async def accounts(operator: Operator, page: PageNumber = 1, per_page: PageSize = 20) -> Pages[AccountRow]:
    """Oldest first."""
    found = await run_in_threadpool(operator.accounts, per_page, (page - 1) * per_page)
    total = await run_in_threadpool(operator.count_accounts)
    return _page([_account(one) for one in found], page, per_page, total)


@router.post(
    "/accounts",
    summary="Open an account",
    status_code=201,
    responses=_BODY,
    openapi_extra=openapi.json_body(NewAccount),
)
async def create_account(request: Request, operator: Operator) -> AccountRow:
    """It has no keys yet."""
    body = await _read(request, NewAccount)
    return _account(await run_in_threadpool(operator.create_account, body.name, to_micro(body.credits)))


@router.get("/accounts/{account_id}", summary="One account", responses=_ONE)
async def account(account_id: Id, operator: Operator) -> AccountRow:
    """Its balance, its limits, and whether it is suspended."""
    return _account(await run_in_threadpool(operator.account, account_id))


@router.patch(
    "/accounts/{account_id}",
    summary="Limit or suspend an account",
    responses=_ONE | _BODY,
    openapi_extra=openapi.json_body(AccountChange),
)
async def change_account(account_id: Id, request: Request, operator: Operator) -> AccountRow:
    """Changes what the body names and leaves the rest."""
    change = (await _read(request, AccountChange)).model_dump(exclude_unset=True)
    limits = {name: change[name] for name in LIMITS if name in change}
    await run_in_threadpool(lambda: operator.set_limits(account_id, **limits))
    if "suspended" in change:
        await run_in_threadpool(operator.suspend, account_id, change["suspended"])
    return _account(await run_in_threadpool(operator.account, account_id))


@router.get("/accounts/{account_id}/keys", summary="The keys of an account", responses=_ONE)
async def keys(account_id: Id, operator: Operator, page: PageNumber = 1, per_page: PageSize = 20) -> Pages[KeyRow]:
    """Oldest first; without their secrets, which are not kept."""
    await run_in_threadpool(operator.account, account_id)
    found = await run_in_threadpool(operator.keys, account_id)
    shown = found[(page - 1) * per_page : page * per_page]
    return _page([KeyRow(**_key(key)) for key in shown], page, per_page, len(found))


@router.post(
    "/accounts/{account_id}/keys",
    summary="Make a key",
    status_code=201,
    responses=_ONE | _BODY,
    openapi_extra=openapi.json_body(NewKey),
)
async def create_key(account_id: Id, request: Request, operator: Operator) -> IssuedKey:
    """The answer holds the key itself, this once."""
    body = await _read(request, NewKey)
    key, secret = await run_in_threadpool(operator.issue_key, account_id, body.name, body.scopes, body.expires_at)
    return IssuedKey(**_key(key), secret=secret)


@router.delete("/keys/{key_id}", summary="Revoke a key", responses=_ONE)
async def revoke_key(key_id: Id, operator: Operator) -> KeyRow:
    """It ends at once; revoking twice is fine."""
    return KeyRow(**_key(await run_in_threadpool(operator.revoke_key, key_id)))


@router.post(
    "/accounts/{account_id}/credits",
    summary="Add or take credits",
    responses=_ONE | _BODY | openapi.errors(406, 422),
    openapi_extra=openapi.json_body(Grant),
)
async def grant(
    account_id: Id, request: Request, operator: Operator, idempotency_key: IdempotencyKey = None
) -> AccountRow:
    """A balance cannot go below zero. Under the same Idempotency-Key once, for ever; 422 with another body."""
    body = await _read(request, Grant)
    amount = to_micro(body.credits)
    return _account(await run_in_threadpool(operator.grant, account_id, amount, body.reason, idempotency_key))


@router.get("/accounts/{account_id}/ledger", summary="An account's movements", responses=_ONE)
async def ledger(account_id: Id, operator: Operator, page: PageNumber = 1, per_page: PageSize = 20) -> Pages[EntryRow]:
    """Newest first."""
    found, total = await run_in_threadpool(operator.entries, account_id, per_page, (page - 1) * per_page)
    rows = [EntryRow(**asdict(entry) | {"credits": entry.amount_micro / MICRO}) for entry in found]
    return _page(rows, page, per_page, total)


@router.get(
    "/accounts/{account_id}/statements/{month}",
    summary="An account's month as CSV",
    response_class=Response,
    responses=_ONE | {200: {"description": "One line for each movement.", "content": {"text/csv": {}}}},
)
async def statement(account_id: Id, month: Month, operator: Operator) -> Response:
    """With the balance brought and carried forward."""
    begin = datetime.strptime(month, "%Y-%m")
    text = await run_in_threadpool(operator.statement, account_id, begin.year, begin.month)
    name = f'attachment; filename="statement-{month}.csv"'
    return Response(text, media_type="text/csv", headers={"content-disposition": name})


@router.get("/jobs", summary="Everybody's jobs")
async def jobs(
    operator: Operator,
    account_id: AccountId = None,
    state: State | None = None,
    page: PageNumber = 1,
    per_page: PageSize = 20,
) -> Pages[JobRow]:
    """Newest first; without their prompts."""
    search = Search(page, per_page, states=(state,) if state else ())
    found = await run_in_threadpool(operator.jobs, search, account_id)
    return _page([JobRow(**_job(job)) for job in found.jobs], page, per_page, found.total)


@router.get("/jobs/{job_id}", summary="One job", responses=_ONE)
async def job(job_id: Id, operator: Operator) -> JobDetails:
    """With all that happened to it."""
    found, events, deliveries = await run_in_threadpool(operator.job, job_id)
    return JobDetails(
        **_job(found),
        events=[EventRow(**asdict(event)) for event in events],
        webhooks=[AdminDelivery(**asdict(delivery)) for delivery in deliveries],
    )


@router.delete("/jobs/{job_id}", summary="Cancel a job", responses=_ONE | openapi.errors(409))
async def cancel(job_id: Id, operator: Operator) -> JobRow:
    """Gives its price back; 409 when it has already ended."""
    return JobRow(**_job(await run_in_threadpool(operator.cancel_job, job_id)))


@router.post(
    "/jobs/{job_id}/retry",
    summary="Try a job again",
    status_code=201,
    responses=_ONE | openapi.errors(406, 409, 429),
)
async def retry(job_id: Id, operator: Operator, context: ContextOf) -> JobRow:
    """A new job that names the one which failed, was cancelled or has expired, with a hold of its own; 409 twice."""
    return JobRow(**_job(await run_in_threadpool(context.service.retry, job_id)))


@router.post(
    "/jobs/{job_id}/refund",
    summary="Refund a clip",
    responses=_ONE | _BODY | openapi.errors(409),
    openapi_extra=openapi.json_body(Refund),
)
async def refund(job_id: Id, request: Request, operator: Operator) -> AccountRow:
    """Once for each job that succeeded; gives the account it went to."""
    body = await _read(request, Refund)
    amount = None if body.credits is None else to_micro(body.credits)
    return _account(await run_in_threadpool(operator.refund, job_id, body.reason, amount))


@router.get("/webhooks", summary="Everybody's webhooks")
async def webhooks(
    operator: Operator,
    account_id: AccountId = None,
    state: DeliveryState | None = None,
    page: PageNumber = 1,
    per_page: PageSize = 20,
) -> Pages[AdminDelivery]:
    """Newest first."""
    found, total = await run_in_threadpool(operator.deliveries, state, account_id, per_page, (page - 1) * per_page)
    return _page([AdminDelivery(**asdict(delivery)) for delivery in found], page, per_page, total)


@router.post("/webhooks/{webhook_id}/resend", summary="Tell a webhook again", responses=_ONE | openapi.errors(409))
async def resend(webhook_id: Id, operator: Operator) -> AdminDelivery:
    """Under its old `webhook-id`, from the start of its schedule; 409 while it is still being told."""
    return AdminDelivery(**asdict(await run_in_threadpool(operator.resend, webhook_id)))


async def _read(request: Request, model: type[Body]) -> Body:
    """The body as `model`, read only now that the caller is known to be allowed."""
    fields = await bodies.read_fields(request, BODY_LIMIT_BYTES)
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "body"
        raise InvalidParameter(name, fields.get(name), first["msg"][:1].lower() + first["msg"][1:]) from None


def _page(rows: list[Row], page: int, per_page: int, total: int) -> Pages[Row]:
    return Pages(data=rows, page=page, per_page=per_page, total=total, total_pages=-(-total // per_page))


def _account(found: Account) -> AccountRow:
    return AccountRow(**asdict(found) | {"credits": found.balance_micro / MICRO})


def _key(found: Key) -> dict[str, Any]:
    return asdict(found) | {"scopes": sorted(found.scopes)}


def _job(found: JobView) -> dict[str, Any]:
    shown = {name: getattr(found, name) for name in JobRow.model_fields if hasattr(found, name)}
    return shown | {"price": found.price_micro / MICRO}
