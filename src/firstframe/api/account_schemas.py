"""The answers of Segmind's side endpoints as models: credits, uploads, models, account, history."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

HistoryStatus = Literal["COMPLETED", "FAILED", "PENDING"]


class Credits(BaseModel):
    """What is left to spend."""

    model_config = ConfigDict(populate_by_name=True)

    credits: float = Field(description="Balance of the account.")
    free_credits: float = Field(default=0, alias="free-credits", description="Always 0; the vendor has such a pot.")


class UploadOrder(BaseModel):
    """Pictures to keep here."""

    data_urls: list[str] = Field(min_length=1, max_length=10, description="Pictures as data URLs.")


class Uploaded(BaseModel):
    """Where the pictures are now; the addresses expire like those of clips."""

    file_urls: list[str] = Field(description="One address per picture, in order.")
    urls: list[str] = Field(description="The same; the vendor's documentation and its package differ in the name.")
    message: str


class Model(BaseModel):
    """Something that can be asked for."""

    slug: str = Field(description="Goes into the path of a request.")
    is_depreciated: bool = Field(default=False, description="Spelt as the vendor spells it.")
    parameters_schema: dict[str, Any] = Field(description="JSON schema of the request.")
    prices: dict[str, float] = Field(description='Extension: credits for a clip, by "RESOLUTION/SECONDS".')


class Models(BaseModel):
    """Every model of this server."""

    data: list[Model]


class AccountBody(BaseModel):
    """Who the key belongs to."""

    id: str
    name: str
    email: None = Field(default=None, description="Accounts here have no address.")
    credits: float
    scopes: list[str] = Field(description="What the key may do.")
    created_at: datetime


class HistoryRow(BaseModel):
    """A request with its cost, inputs and outcome."""

    request_id: str
    model_name: str
    model_status: HistoryStatus
    model_created: datetime
    credits_deduction: float = Field(description="Credits charged; 0 unless COMPLETED.")
    request_body: dict[str, Any] = Field(description="The parameters; without the picture.")
    generation_url: str | None = Field(description="Fresh signed address of the clip.")
    latency_ms: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str | None


class HistoryPage(BaseModel):
    """One page of requests."""

    data: list[HistoryRow]
    page: int
    per_page: int
    total: int
    total_pages: int


class GenerationRow(BaseModel):
    """A clip that was made."""

    request_id: str
    model_name: str
    generation_url: str | None
    status: HistoryStatus
    credits_deduction: float
    latency_ms: int | None
    prompt: str
    parameters: dict[str, Any]
    user_id: str
    user_email: None = None
    created_at: datetime


class GenerationPage(BaseModel):
    """One page of clips."""

    data: list[GenerationRow]
    page: int
    per_page: int
    total: int
    total_pages: int
