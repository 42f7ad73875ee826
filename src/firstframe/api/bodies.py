"""Request bodies to raw fields: JSON, multipart with a file part, or urlencoded. Values are judged elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from firstframe.errors import BodyTooLarge, MalformedRequest, UnsupportedMediaType

Fields = dict[str, Any]

ACCEPTED_TYPES = ("application/json", "multipart/form-data", "application/x-www-form-urlencoded")
FORM_FIELDS_MAX = 100
_DRAIN_FACTOR = 4


async def read_fields(request: Request, limit_bytes: int) -> Fields:
    """The fields of a request, unjudged: text and numbers as they came, file parts as bytes.

    A JSON object without a content type, or under the one that `curl -d` sends, is read as JSON.
    Raises `MalformedRequest`, `UnsupportedMediaType`, and `BodyTooLarge` above `limit_bytes`.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await read_limited(request, limit_bytes)
    if _is_json(media_type) or (media_type in ("", ACCEPTED_TYPES[2]) and body.lstrip()[:1] == b"{"):
        return parse_object(body)
    if media_type in ACCEPTED_TYPES[1:]:
        return await _read_form(request, body, limit_bytes)
    shown = f"is {media_type[:80]!r}" if media_type else "is missing"
    raise UnsupportedMediaType(
        f"Content-Type {shown}; send {', '.join(ACCEPTED_TYPES[:-1])} or {ACCEPTED_TYPES[-1]}.",
        allowed=list(ACCEPTED_TYPES),
    )


async def read_limited(request: Request, limit_bytes: int) -> bytes:
    """The whole body, counted while it streams in.

    A body over the limit is read on for a while and thrown away, because most clients look for the answer only
    after they have sent everything. Raises `BodyTooLarge`.
    """
    chunks, size = [], 0
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit_bytes * _DRAIN_FACTOR:
        raise _too_large(limit_bytes)
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit_bytes:
            chunks.append(chunk)
        elif size > limit_bytes * _DRAIN_FACTOR:
            break
    if size > limit_bytes:
        raise _too_large(limit_bytes)
    return b"".join(chunks)


def parse_object(body: bytes) -> Fields:
    """The JSON object in `body`. Raises `MalformedRequest` for anything else."""
    try:
        value = json.loads(body)
    except json.JSONDecodeError as error:
        raise MalformedRequest(f"The body is not JSON: {error.msg} at character {error.pos}.") from None
    except (ValueError, RecursionError):
        raise MalformedRequest("The body is not JSON in UTF-8.") from None
    if not isinstance(value, dict):
        raise MalformedRequest(f"The body must be a JSON object with named fields, not {_kind(value)}.")
    return value


async def _read_form(request: Request, body: bytes, limit_bytes: int) -> Fields:
    replayed = Request(request.scope, receive=_replay(body))
    try:
        async with replayed.form(max_files=4, max_fields=FORM_FIELDS_MAX, max_part_size=limit_bytes) as form:
            twice = [name for name, times in Counter(name for name, _ in form.multi_items()).items() if times > 1]
            if twice:
                raise MalformedRequest(f"The form names {twice[0][:80]!r} more than once.")
            return {name: await _plain(value) for name, value in form.items()}
    except HTTPException as error:
        raise MalformedRequest(f"The form cannot be read: {error.detail}") from None


async def _plain(value: UploadFile | str) -> bytes | str:
    return await value.read() if isinstance(value, UploadFile) else value


def _replay(body: bytes) -> Any:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _is_json(media_type: str) -> bool:
    return media_type == ACCEPTED_TYPES[0] or (media_type.startswith("application/") and media_type.endswith("+json"))


def _kind(value: object) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")


def _too_large(limit_bytes: int) -> BodyTooLarge:
    return BodyTooLarge(f"The request body is larger than {limit_bytes:,} bytes.", limit_bytes=limit_bytes)
