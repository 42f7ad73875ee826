"""Extension: what callers need to trust the webhooks of their jobs, and to see what became of them."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from firstframe.api import openapi
from firstframe.api.auth import CallerOf
from firstframe.api.context import ContextOf
from firstframe.errors import NotFound

router = APIRouter(tags=["Webhooks"])


class WebhookSecrets(BaseModel):
    """What signs the webhooks of an account, by the Standard Webhooks specification."""

    secrets: list[str] = Field(description="Newest first; each webhook is signed with all of them.")


class DeliveryRow(BaseModel):
    """One webhook of a job."""

    id: str = Field(description="The header webhook-id of the delivery.")
    event: str = Field(description="What it tells.")
    url: str = Field(description="Whom it tells.")
    state: str = Field(description="pending, delivered, failed or disabled.")
    attempts: int = Field(description="How often it was tried.")
    next_at: datetime = Field(description="When it is tried next, while pending.")
    last_answer: str | None = Field(description="What came of the last attempt.")
    created_at: datetime = Field(description="When the job ended.")
    finished_at: datetime | None = Field(description="When it was delivered or given up.")


class Deliveries(BaseModel):
    """The webhooks of one job."""

    data: list[DeliveryRow]


@router.get("/v2/webhook-secrets", summary="What signs webhooks", responses=openapi.errors(401, 403, 500, 503))
async def secrets(context: ContextOf, caller: CallerOf) -> WebhookSecrets:
    """The secrets of the account; the first request makes one."""
    return WebhookSecrets(secrets=await run_in_threadpool(context.service.webhook_secrets, caller))


@router.post("/v2/webhook-secrets", summary="Rotate the secret", responses=openapi.errors(401, 403, 500, 503))
async def rotate(context: ContextOf, caller: CallerOf) -> WebhookSecrets:
    """Makes a new secret. The one before goes on signing beside it until the next rotation."""
    return WebhookSecrets(secrets=await run_in_threadpool(context.service.webhook_secrets, caller, rotate=True))


@router.get(
    "/v2/requests/{request_id}/webhooks",
    summary="What became of a job's webhooks",
    responses=openapi.errors(401, 403, 404, 500, 503),
)
async def deliveries(request_id: str, context: ContextOf, caller: CallerOf) -> Deliveries:
    """Each attempt's answer, and when the next one is due."""
    try:
        found = await run_in_threadpool(context.service.deliveries, caller, request_id)
    except NotFound:
        raise NotFound(f"Request {request_id} not found") from None
    names = DeliveryRow.model_fields
    return Deliveries(data=[DeliveryRow(**{name: getattr(row, name) for name in names}) for row in found])
