"""What the OpenAPI document says beyond what FastAPI can see: request bodies in three forms, headers, every error."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic import BaseModel
from starlette.responses import FileResponse, StreamingResponse

from firstframe.api.bodies import ACCEPTED_TYPES
from firstframe.api.schemas import ClipResult, ErrorBody, StatusBody
from firstframe.clip import PROMPT_MAX_CHARACTERS, ClipRequest

Json = dict[str, Any]

DESCRIPTION = """\
One image and one sentence in, one video out. This server answers the public API of the hosted model
*Hailuo 2.3 Fast* as Segmind serves it. It is **not** that model: the clip is made by the engine that the answer names.
"""
EXAMPLE = {
    "prompt": "A woman stands in soft sunlight; the camera slowly pushes in while her hair moves in the wind.",
    "first_frame_image": "https://example.com/first-frame.jpg",
    "duration": 6,
    "resolution": "1080p",
    "prompt_optimizer": True,
}
TAGS = [
    {"name": "Segmind v1", "description": "One request that answers when the clip is there."},
    {"name": "Segmind v2", "description": "Submit, then poll."},
    {"name": "Webhooks", "description": "Being told when a job has ended."},
    {"name": "Account", "description": "Credits, uploads, models."},
    {"name": "History", "description": "Earlier requests."},
    {"name": "Files", "description": "The clips themselves."},
    {"name": "Administration", "description": "For the operator: accounts, keys, credits, everybody's jobs."},
    {"name": "Health", "description": "For supervisors and load balancers."},
]
SECURITY_SCHEMES: Json = {
    "x-api-key": {"type": "apiKey", "in": "header", "name": "x-api-key", "description": "`KEY`."},
    "Authorization": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Bearer KEY`, `Key KEY` or `Token KEY`.",
    },
}
_ERRORS = {
    400: "Bad Request: a parameter or the body; `field`, `allowed` and `reason` say which and why.",
    401: "Unauthorized: no key, or one that is unknown, expired or revoked.",
    402: "Insufficient Credits.",
    403: "Forbidden: the key lacks a scope.",
    404: "Not Found: no such model, or nothing of yours under this id.",
    405: "Method not allowed; the header `Allow` names those that are.",
    406: "Insufficient Credits.",
    409: "The job has already ended.",
    413: "The body is larger than the server takes.",
    415: "The body came under a content type that is not read.",
    416: "The file does not have that byte range.",
    422: "The job FAILED, or the Idempotency-Key was used for another request; `error` says why.",
    429: "Rate Limited; `Retry-After` says for how long.",
    500: "Server Error: the engine failed or the server did. Nothing was charged.",
    502: "Bad Gateway: the engine cannot be reached. Nothing was charged.",
    503: "The server is starting or stopping, or its database is away.",
    504: "Timeout: the clip was not ready in time; `request_id` finds it later.",
}
PICTURE = "A picture: http(s) URL, data URL or base64 text."
_TEXT: Json = {"schema": {"type": "string"}}
_REQUEST_ID: Json = {"x-request-id": {**_TEXT, "description": "The request, or the job once there is one."}}
_ACCOUNTING: Json = {
    **_REQUEST_ID,
    "x-generation-time": {**_TEXT, "description": "Seconds from the first start of the render to its end."},
    "x-cost": {**_TEXT, "description": "Credits charged."},
    "x-remaining-credits": {**_TEXT, "description": "Balance of the account now."},
    "x-seed-value": {**_TEXT, "description": "The seed used."},
}
_IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same request within a day is the same job, made and paid once; with another "
    "request it is 422.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[!-~]+$"},
}
_WEBHOOK_URL: Json = {
    "type": "string",
    "format": "uri",
    "title": "Webhook Url",
    "description": "Is told when the job has ended, by the Standard Webhooks specification.",
}
_VIDEO: Json = {"video/mp4": {"schema": {"type": "string", "format": "binary"}}}


def errors(*statuses: int) -> dict[int | str, Json]:
    """The `responses` of a route that can fail with these statuses."""
    return {status: {"model": ErrorBody, "description": _ERRORS[status], "headers": _REQUEST_ID} for status in statuses}


def poll_errors() -> dict[int | str, Json]:
    """The `responses` of a route that tells of a job: 422 is the job's failure, not the request's."""
    failed = {"model": StatusBody, "description": _ERRORS[422], "headers": _REQUEST_ID}
    return {**errors(401, 403, 404, 500, 503), 422: failed}


def request_body() -> Json:
    """`openapi_extra` of a route that takes a `ClipRequest` in any of the three forms."""
    fields = clip_request_schema()
    form = deepcopy(fields)
    form["properties"]["first_frame_image"]["description"] += " Or the file itself, as a file part."
    seed = form["properties"]["seed"]  # a form has no null; a field that is not meant is left out
    form["properties"]["seed"] = {**seed.pop("anyOf")[0], **seed}
    form["properties"]["seed"].pop("default", None)
    content = {
        media_type: {"schema": fields if media_type == ACCEPTED_TYPES[0] else form} for media_type in ACCEPTED_TYPES
    }
    content[ACCEPTED_TYPES[0]]["example"] = EXAMPLE
    return {"parameters": [_IDEMPOTENCY_KEY], "requestBody": {"required": True, "content": content}}


def json_body(model: type[BaseModel]) -> Json:
    """`openapi_extra` of a route that reads a JSON body by itself."""
    return {"requestBody": {"required": True, "content": {ACCEPTED_TYPES[0]: {"schema": model.model_json_schema()}}}}


def clip_request_schema(picture: str = PICTURE) -> Json:
    """The JSON schema of a `ClipRequest` as callers send it."""
    schema = ClipRequest.model_json_schema()
    definitions = schema.pop("$defs", {})
    for name, field in schema["properties"].items():
        reference = field.pop("$ref", None)
        if reference:
            schema["properties"][name] = {**definitions[reference.rpartition("/")[2]], **field}
    schema["properties"]["prompt"] |= {"pattern": r"\S", "maxLength": PROMPT_MAX_CHARACTERS}
    schema["properties"]["first_frame_image"] = {
        "type": "string",
        "pattern": r"\S",
        "title": "First Frame Image",
        "description": picture,
    }
    schema["properties"]["webhook_url"] = _WEBHOOK_URL
    return schema


GENERATE: Json = {
    "responses": {
        200: {
            "model": ClipResult,
            "description": "The clip: JSON with its address, or the video itself as `Accept` asks.",
            "content": _VIDEO,
            "headers": _ACCOUNTING,
        },
        **errors(400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 500, 502, 503, 504),
    },
    "openapi_extra": request_body(),
}
_EVENT: Json = {
    "type": "object",
    "properties": {
        "event": {"type": "string", "enum": ["status", "progress", "result"]},
        "id": {"type": "string", "description": "Grows; absent from progress."},
        "data": {"type": "string", "description": "JSON: status, share of the frames, or the whole result."},
        "retry": {"type": "integer", "minimum": 0},
    },
}
EVENTS: Json = {
    "response_class": StreamingResponse,
    "responses": {
        200: {
            "description": "The stream; each event's data is JSON.",
            "content": {"text/event-stream": {"schema": _EVENT}},
        },
        204: {"description": "The job is over and every event was told."},
        **errors(401, 403, 404, 500, 503),
    },
    "openapi_extra": {
        "parameters": [
            {
                "name": "Last-Event-ID",
                "in": "header",
                "required": False,
                "description": "Id of the last event received; anything else starts at the beginning.",
                "schema": {"type": "string"},
            }
        ]
    },
}
FILE: Json = {
    "response_class": FileResponse,
    "responses": {
        200: {"description": "The whole file.", "content": _VIDEO},
        206: {"description": "The byte ranges asked for.", "content": _VIDEO},
        304: {"description": "The caller's copy is still good."},
        **errors(404, 416),
    },
}


def complete(document: Json) -> Json:
    """Add what belongs to no single route: how to send a key, and no mention of errors that no route answers with."""
    document["components"]["securitySchemes"] = SECURITY_SCHEMES
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    for operation in _operations(document):
        refused = operation["responses"].get("422", {}).get("content", {}).get("application/json", {})
        if refused.get("schema", {}).get("$ref", "").endswith("/HTTPValidationError"):
            del operation["responses"]["422"]
        if "401" in operation["responses"]:
            operation["security"] = [{name: []} for name in SECURITY_SCHEMES]
    return document


def _operations(document: Json) -> list[Json]:
    return [operation for path in document["paths"].values() for operation in path.values()]
