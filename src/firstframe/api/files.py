"""Result files at signed addresses: whole or in byte ranges, checked against the file's ETag, until they expire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response, StreamingResponse

from firstframe.api import openapi, own_files
from firstframe.api.byte_ranges import Asked, asked
from firstframe.api.context import Context, ContextOf
from firstframe.api.errors import error_response
from firstframe.errors import NotFound, RangeNotSatisfiable
from firstframe.service.assets import StoredFile
from firstframe.service.jobs import JobView
from firstframe.service.storage import Storage

router = APIRouter(tags=["Files"])

_ALONE = "default-src 'none'; media-src 'self'; img-src 'self'; sandbox"
"""A file that a browser opens by itself may show itself and do nothing else; callers upload what they like."""
CHUNK_BYTES = 2**20
_CACHE = "private, max-age=3600, immutable"


def file_url(base_url: str, context: Context, job: JobView) -> str:
    """A fresh signed address of the clip of a succeeded job; reads no database."""
    assert job.output is not None
    return own_files.url(base_url, context.service.file_token(job), job.output.file_name)


def file_response(context: Context, file: StoredFile, part: range | None, headers: Mapping[str, str]) -> Response:
    """The file as an answer, or one `part` of it; from this host's folder or through it from a bucket."""
    headers = {
        "accept-ranges": "bytes",
        # Whoever has the address has the file. Without this a sandboxed page, which a clip opened by itself is, and
        # players on other sites could not show it.
        "access-control-allow-origin": "*",
        "content-disposition": f'inline; filename="{file.file_name}"',
        "content-security-policy": _ALONE,
        "etag": etag(file),
        **headers,
    }
    if file.path is not None:
        if not file.path.is_file():
            raise NotFound("The file is gone.")
        return FileResponse(file.path, media_type=file.content_type, headers=headers)
    wanted = range(file.size) if part is None else part
    headers["content-length"] = str(len(wanted))
    if part is not None:
        headers["content-range"] = f"bytes {part.start}-{part.stop - 1}/{file.size}"
    content = _from_bucket(context.service.storage, file, wanted)
    return StreamingResponse(content, 200 if part is None else 206, headers, file.content_type)


def _from_bucket(storage: Storage, file: StoredFile, wanted: range) -> Iterator[bytes]:
    for start in range(wanted.start, wanted.stop, CHUNK_BYTES):
        yield storage.read_part(file.storage_key, start, min(start + CHUNK_BYTES, wanted.stop))


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
    if request.method == "HEAD" and file.path is None:
        return Response(headers={"etag": tag, "accept-ranges": "bytes", "content-length": str(file.size)})
    part = wanted if isinstance(wanted, range) else None
    return file_response(context, file, part, {"cache-control": _CACHE})


def _tags(if_none_match: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}


def _forget_range(request: Request) -> None:
    request.scope["headers"] = [(name, value) for name, value in request.scope["headers"] if name != b"range"]
