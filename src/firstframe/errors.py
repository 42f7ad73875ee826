"""Every error a caller can meet: a stable code, an HTTP status, and one sentence that says what to do.

Dialects translate these into their own bodies; the command line prints the sentence. Nothing else may reach a user.
"""

from __future__ import annotations


class FirstframeError(Exception):
    """Base of all errors that are meant for the caller.

    `code` is stable and machine readable, `status` is the HTTP status the Segmind v1 dialect answers with,
    `message` is one sentence for people. `details` are additional JSON-able members of the error body.
    """

    code = "internal_error"
    status = 500

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class InvalidParameter(FirstframeError):
    """A request field is missing or holds a value outside what is allowed."""

    code = "invalid_parameter"
    status = 400

    def __init__(self, field: str, value: object, allowed: str) -> None:
        shown = "nothing" if value is None else repr(value) if len(repr(value)) <= 80 else repr(value)[:77] + "…"
        super().__init__(f"{field} is {shown}; allowed: {allowed}.", field=field, allowed=allowed)


class MalformedRequest(FirstframeError):
    """The body cannot be read as JSON, multipart or urlencoded fields."""

    code = "malformed_request"
    status = 400


class ImageRejected(FirstframeError):
    """The first frame could not be fetched, decoded, or lies outside the limits.

    `reason` is one of: fetch_failed, address_refused, too_many_bytes, too_many_pixels, too_small, aspect_ratio,
    unsupported_format, truncated, empty, not_found, unreadable.
    """

    code = "image_rejected"
    status = 400

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, field="first_frame_image", reason=reason)
        self.reason = reason


class Unauthorised(FirstframeError):
    """No key, or a key that is unknown, expired or revoked."""

    code = "unauthorized"
    status = 401


class Forbidden(FirstframeError):
    """The key is known but lacks the scope for this call."""

    code = "forbidden"
    status = 403


class AccountSuspended(Forbidden):
    """The account may order nothing until its operator allows it again."""

    code = "account_suspended"


class NotFound(FirstframeError):
    """Unknown slug, path, or an object that is not the caller's."""

    code = "not_found"
    status = 404


class MethodNotAllowed(FirstframeError):
    """The path exists, but not with this HTTP method."""

    code = "method_not_allowed"
    status = 405


class InsufficientCredits(FirstframeError):
    """The balance does not cover the price; nothing was queued or charged."""

    code = "insufficient_credits"
    status = 406


class AlreadyFinished(FirstframeError):
    """The job has ended; nothing about it can change any more."""

    code = "already_finished"
    status = 409


class BodyTooLarge(FirstframeError):
    """The request body is larger than the server takes."""

    code = "body_too_large"
    status = 413


class UnsupportedMediaType(FirstframeError):
    """The body came under a content type that is not read."""

    code = "unsupported_media_type"
    status = 415


class RangeNotSatisfiable(FirstframeError):
    """The byte range asked for lies outside the file."""

    code = "range_not_satisfiable"
    status = 416


class TooManyRequests(FirstframeError):
    """A rate or queue limit of the account was reached."""

    code = "rate_limited"
    status = 429


class QueueFull(TooManyRequests):
    """The account has as many jobs waiting as it may; nothing was queued or charged."""

    code = "queue_full"


class IdempotencyMismatch(FirstframeError):
    """The Idempotency-Key was used before, with a different request."""

    code = "idempotency_mismatch"
    status = 422


class EngineFailed(FirstframeError):
    """The engine could not make the clip; nothing was charged."""

    code = "engine_failed"
    status = 500


class EngineUnavailable(FirstframeError):
    """The engine or a service behind it is not reachable."""

    code = "engine_unavailable"
    status = 502


class ServiceUnavailable(FirstframeError):
    """The server is starting, draining, or its database is away."""

    code = "service_unavailable"
    status = 503


class Overloaded(ServiceUnavailable):
    """The server has as much waiting as it takes on, or too little disk; nothing was queued or charged."""

    code = "overloaded"


class WaitLimitReached(FirstframeError):
    """The synchronous wait ended before the clip was ready; the job goes on."""

    code = "timeout"
    status = 504


class Cancelled(FirstframeError):
    """The job was cancelled by its owner; raised inside an engine by `tick`."""

    code = "cancelled"
    status = 409


class DeadlinePassed(FirstframeError):
    """The job outlived its deadline; raised inside an engine by `tick`."""

    code = "deadline_passed"
    status = 504


class ListenRefused(FirstframeError):
    """The server cannot or must not listen on the address it was given."""

    code = "listen_refused"


class InvalidSetting(FirstframeError):
    """A setting of the operator holds a value that makes no sense."""

    code = "invalid_setting"
    status = 400

    def __init__(self, field: str, value: object, complaint: str) -> None:
        super().__init__(f"FIRSTFRAME_{field.upper()} is {value!r}: {complaint.rstrip('.')}.")
