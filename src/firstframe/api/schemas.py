"""The answers of Segmind's dialect as models: what the routes send and what the OpenAPI document promises.

Field names and types are the vendor's; fields it does not have are marked "extension" and may be ignored.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

RequestStatus = Literal["QUEUED", "PROCESSING", "COMPLETED", "FAILED"]


class ErrorBody(BaseModel):
    """The one body of every error; some errors carry further members that name the field or the limit."""

    model_config = ConfigDict(extra="allow", title="Error")

    error: str = Field(description="One sentence for people.")
    code: str = Field(description="Stable and machine readable, such as invalid_parameter.")
    status: int = Field(description="The HTTP status.")
    request_id: str = Field(description="The request, or the job once there is one.")


class Metrics(BaseModel):
    """Times in seconds and money in credits; unknown ones are absent."""

    cost: float | None = Field(default=None, description="Credits charged; only a clip that was made costs.")
    remaining_credits: float | None = Field(default=None, description="Balance of the account now.")
    inference_time: float | None = Field(default=None, description="From the first start of the render to the end.")
    queue_time: float | None = Field(default=None, description="From acceptance to the first start of the render.")
    total_time: float | None = Field(default=None, description="From acceptance to the end.")


class VideoFile(BaseModel):
    """The clip as a file."""

    url: str = Field(description="Signed address; needs no key, expires, serves byte ranges.")
    content_type: str = Field(description="video/mp4")
    file_name: str = Field(description="A good name to save it under.")
    file_size: str = Field(description="Bytes, as text.")


class Submitted(BaseModel):
    """A job was accepted; poll `status_url`, then read `response_url`."""

    request_id: str = Field(description="The job; also in the header x-request-id.")
    status: RequestStatus = Field(description="Where the job is.")
    poll_url: str = Field(description="The same as response_url, at the path of v1.")
    status_url: str = Field(description="Where to ask how far the job is.")
    response_url: str = Field(description="Where to ask for the result.")
    events_url: str = Field(description="Extension: the life of the job as server-sent events.")


class StatusBody(BaseModel):
    """Where a job is."""

    status: RequestStatus = Field(description="Where the job is.")
    request_id: str = Field(description="The job; also in the header x-request-id.")
    status_url: str = Field(description="Where to ask how far the job is.")
    response_url: str = Field(description="Where to ask for the result.")
    progress: float = Field(description="Extension: share of the frames that are done, 0 to 1.")
    queue_position: int | None = Field(
        default=None, description="Extension: 1 is next, as far as can be told; absent unless QUEUED."
    )
    eta_seconds: float | None = Field(
        default=None,
        description="Extension: until it is done, judged by clips like it; absent while too little is known.",
    )
    error: str | None = Field(default=None, description="One sentence, when FAILED.")
    code: str | None = Field(default=None, description="Extension: the error's stable code, when FAILED.")
    metrics: Metrics


class ClipResult(BaseModel):
    """A clip that was made."""

    status: RequestStatus = Field(description="Where the job is.")
    request_id: str = Field(description="The job; also in the header x-request-id.")
    output: str = Field(description="Address of the clip.")
    video: VideoFile
    seed: str = Field(description="The seed used, as text; the same request with it gives the same clip.")
    prompt: str = Field(description="The prompt as it was sent.")
    revised_prompt: str | None = Field(description="Extension: what the prompt optimizer made of the prompt.")
    direction: dict[str, Any] | None = Field(
        description="Extension: camera moves and scene motions as understood, and what is not supported."
    )
    engine: str = Field(description="Extension: what made the clip.")
    timings: dict[str, float] = Field(description="Seconds of each step of the render.")
    error: None = Field(default=None, description="Always null here.")
    metrics: Metrics


class Health(BaseModel):
    """Whether the process answers, or each part it needs works."""

    status: Literal["ok", "unavailable"]
    checks: dict[str, str] = Field(default_factory=dict, description="ok, or a sentence, per part.")
