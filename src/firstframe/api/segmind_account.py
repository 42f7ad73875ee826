"""Segmind's side endpoints: credits, uploads, models and the account. The vendor spreads them over several hosts."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from firstframe.api import bodies, openapi, own_files
from firstframe.api.account_schemas import AccountBody, Credits, Model, Models, Uploaded, UploadOrder
from firstframe.api.auth import CallerOf
from firstframe.api.context import ContextOf
from firstframe.errors import InvalidParameter
from firstframe.service.prices import MICRO

router = APIRouter(tags=["Account"])

UPLOADS_MAX = 10
_ERRORS = openapi.errors(401, 403, 500, 503)


@router.get("/v1/get-user-credits", summary="What is left to spend", responses=_ERRORS)
async def credits_left(context: ContextOf, caller: CallerOf) -> Credits:
    """The balance of the account that the key belongs to."""
    account = await run_in_threadpool(context.service.account, caller)
    return Credits(credits=account.balance_micro / MICRO)


@router.get("/api/auth/authenticate", summary="The account", responses=_ERRORS)
async def account(context: ContextOf, caller: CallerOf) -> AccountBody:
    """Who the key belongs to, and what it may do."""
    found = await run_in_threadpool(context.service.account, caller)
    return AccountBody(
        id=found.id,
        name=found.name,
        credits=found.balance_micro / MICRO,
        scopes=sorted(caller.scopes),
        created_at=found.created_at,
    )


@router.get("/inference-model-information/list", summary="Every model", responses=openapi.errors(500, 503))
async def models(context: ContextOf) -> Models:
    """Needs no key."""
    schema = openapi.clip_request_schema()
    service = context.service
    return Models(
        data=[
            Model(slug=slug, parameters_schema=schema, prices={k: float(v) for k, v in service.prices(slug).items()})
            for slug in service.slugs()
        ]
    )


@router.post(
    "/upload-asset",
    summary="Keep pictures for later requests",
    responses=openapi.errors(400, 401, 403, 413, 415, 500, 503),
    openapi_extra=openapi.json_body(UploadOrder),
)
async def upload(request: Request, context: ContextOf, caller: CallerOf) -> Uploaded:
    """The addresses may be used as `first_frame_image`; each picture is judged now, not then."""
    caller.require("generate")
    base_url = context.base_url(request)
    addresses = []
    async with context.counter.place():
        fields = await bodies.read_fields(request, context.settings.body_limit_bytes)
        for source in _sources(fields):
            token, file_name = await context.counter.judge(partial(context.service.upload, caller, source))
            addresses.append(own_files.url(base_url, token, file_name))
    return Uploaded(file_urls=addresses, urls=addresses, message="Files uploaded successfully")


def _sources(fields: bodies.Fields) -> list[str]:
    sources = fields.get("data_urls")
    if isinstance(sources, list) and 0 < len(sources) <= UPLOADS_MAX and all(map(_is_data_url, sources)):
        return sources
    raise InvalidParameter("data_urls", sources, f"a list of 1 to {UPLOADS_MAX} data URLs of pictures")


def _is_data_url(source: object) -> bool:
    return isinstance(source, str) and source[:5].lower() == "data:"
