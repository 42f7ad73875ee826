"""Result files at signed addresses: whole or in byte ranges, checked against the file's ETag, until they expire."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from firstframe.api import openapi, own_files
from firstframe.api.byte_ranges import Asked, asked
from firstframe.api.context import Context, ContextOf
from firstframe.api.errors import error_response
from firstframe.errors import NotFound, RangeNotSatisfiable
from firstframe.service.assets import StoredFile
from firstframe.service.jobs import JobView

router = APIRouter(tags=["Files"])

_ALONE = "default-src 'none'; media-src 'self'; img-src 'self'; sandbox"
"""A file that a browser opens by itself may show itself and do nothing else; callers upload what they like."""
_CACHE = "private, max-age=3600, immutable"


def file_url(base_url: str, context: Context, job: JobView) -> str:
    """A fresh signed address of the clip of a succeeded job; reads no database."""
    assert job.output is not None
    return own_files.url(base_url, context.service.file_token(job), job.output.file_name)


def file_response(context: Context, file: StoredFile, headers: Mapping[str, str]) -> Response:
    """The file as an answer: whole, or 206 when the request asks for ranges and the file lies on this host.

    Blocks while a file is read from a bucket; call it in a thread.
    """
    disposition = f'inline; filename="{file.file_name}"'
    headers = {"etag": etag(file), "content-disposition": disposition, "content-security-policy": _ALONE, **headers}
    if file.path is not None:
        return FileResponse(file.path, media_type=file.content_type, headers=headers)
    content = context.service.storage.read(file.storage_key)
    return Response(content, media_type=file.content_type, headers={"accept-ranges": "none", **headers})


def etag(file: StoredFile) -> str:
    """A strong entity tag: a published file never changes, and no two have the same key in the storage."""
    return f'"{sha256(file.storage_key.encode()).hexdigest()[:32]}"'


@router.head("/files/{token}/{file_name}", include_in_schema=False)
@router.get("/files/{token}/{file_name}", summary="A clip at its signed address", **openapi.FILE)
async def read_file(token: str, file_name: str, request: Request, context: ContextOf) -> Response:
    """The clip itself. The address needs no key and is good until it expires; ask for the job again for a fresh one."""
    file = await run_in_threadpool(context.service.open_file, token)
    if file.file_name != file_name:
        raise NotFound("The requested URL does not exist")
    tag = etag(file)
    if tag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers={"etag": tag, "cache-control": _CACHE})
    wanted = asked(request.headers.get("range"), request.headers.get("if-range"), tag, file.size)
    if wanted is Asked.OUTSIDE:
        error = RangeNotSatisfiable(f"The file has {file.size} bytes.", size=file.size)
        return error_response(request, error, {"content-range": f"bytes */{file.size}"})
    if wanted is Asked.WHOLE:
        _forget_range(request)
    return await run_in_threadpool(file_response, context, file, {"cache-control": _CACHE})


def _tags(if_none_match: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}


def _forget_range(request: Request) -> None:
    request.scope["headers"] = [(name, value) for name, value in request.scope["headers"] if name != b"range"]
