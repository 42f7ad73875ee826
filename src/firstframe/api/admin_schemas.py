"""The bodies of the admin API. Money is in credits; lists come in pages."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from firstframe.service.clock import now

Row = TypeVar("Row")
State = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired"]
DeliveryState = Literal["pending", "delivered", "failed", "disabled"]
Scope = Literal["generate", "read", "admin"]
Credits = Annotated[Decimal, Field(ge=-(10**9), le=10**9, max_digits=16, decimal_places=6)]
Text = Annotated[
    str, Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")
]
LAST_MOMENT = datetime(9000, 1, 1, tzinfo=UTC)
Limit = Annotated[int, Field(ge=1, le=1_000_000)]


class Pages(BaseModel, Generic[Row]):
    """One page of rows."""

    data: list[Row]
    page: int
    per_page: int
    total: int
    total_pages: int


class Strict(BaseModel):
    """A body whose every field must be known, so that a misspelt limit is not taken for none."""

    model_config = ConfigDict(extra="forbid")


class NewAccount(Strict):
    """An account to open."""

    name: Text = Field(description="Whose it is.")
    credits: Annotated[Credits, Field(ge=0)] = Field(default=Decimal(0), description="To begin with.")


class AccountChange(Strict):
    """What to change; fields that are left out stay as they are, null goes back to the general limit."""

    suspended: bool = Field(default=False, description="A suspended account can order nothing; its jobs are made.")
    max_running: Limit | None = Field(default=None, description="Clips rendered at the same time.")
    max_queued: Limit | None = Field(default=None, description="Clips that wait at the same time.")
    rate_per_minute: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(
        default=None, description="Orders in a minute; 0 sets no limit."
    )


class AccountRow(BaseModel):
    """An account."""

    id: str
    name: str
    credits: float
    created_at: datetime
    suspended_at: datetime | None = Field(description="Since when it can order nothing.")
    max_running: int | None = Field(description="Its own limit; null when the general one holds.")
    max_queued: int | None
    rate_per_minute: int | None


def _ahead(moment: datetime) -> datetime:
    if not now() < moment < LAST_MOMENT:
        raise ValueError("a moment to come, before the year 9000, is allowed")
    return moment


class NewKey(Strict):
    """A key to make."""

    name: Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")] = Field(
        default="", description="What it is for."
    )
    scopes: list[Scope] = Field(default=["generate", "read"], min_length=1, description="What it may do.")
    expires_at: Annotated[AwareDatetime, AfterValidator(_ahead)] | None = Field(
        default=None, description="A moment to come, with a time zone; null means never."
    )


class KeyRow(BaseModel):
    """What may be shown of a key."""

    id: str
    account_id: str
    name: str
    last_four: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class IssuedKey(KeyRow):
    """A new key."""

    secret: str = Field(description="The key itself; it cannot be seen again.")


class Grant(Strict):
    """Credits to add, or to take when negative."""

    credits: Credits
    reason: Text = Field(description="The account's statement shows it.")


class Refund(Strict):
    """What to give back of a clip's price."""

    credits: Credits | None = Field(default=None, description="Null means the whole price.")
    reason: Text = Field(description="The account's statement shows it.")


class EntryRow(BaseModel):
    """One movement of an account's credits."""

    id: int
    account_id: str
    job_id: str | None
    kind: Literal["grant", "refund", "hold", "settle", "release"]
    credits: float
    reason: str
    created_at: datetime


class JobRow(BaseModel):
    """A job, without its words."""

    id: str
    account_id: str
    slug: str
    engine: str
    dialect: str
    state: State
    request: dict[str, Any] = Field(description="The parameters, without prompt and picture.")
    price: float
    progress: float
    attempts: int
    error: str | None
    error_code: str | None
    retry_of: str | None = Field(description="The job that this one tries again.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    deadline_at: datetime


class EventRow(BaseModel):
    """One change in the life of a job."""

    number: int
    kind: str
    data: dict[str, Any]
    created_at: datetime


class AdminDelivery(BaseModel):
    """One webhook."""

    id: str
    account_id: str
    job_id: str
    url: str
    event: str
    state: DeliveryState
    attempts: int
    next_at: datetime
    last_answer: str | None
    created_at: datetime
    finished_at: datetime | None


class JobDetails(JobRow):
    """A job with all that happened to it."""

    events: list[EventRow]
    webhooks: list[AdminDelivery]
