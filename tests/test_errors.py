"""Every error has a stable code, an HTTP status and a sentence."""

from __future__ import annotations

import inspect

import pytest

from firstframe import errors
from firstframe.errors import FirstframeError, ImageRejected, InvalidParameter

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, FirstframeError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_a_code_and_a_status(kind: type[FirstframeError]) -> None:
    assert kind.code
    assert kind.code.islower()
    assert 400 <= kind.status <= 599
    assert kind.__doc__


def test_codes_are_distinct() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_details_travel_with_the_sentence() -> None:
    error = ImageRejected("too_small", "The picture is 10×10 pixels; send one of at least 256×256.")
    assert str(error) == error.message
    assert error.details == {"field": "first_frame_image", "reason": "too_small"}


def test_a_missing_value_reads_as_nothing() -> None:
    assert InvalidParameter("prompt", None, "text").message == "prompt is nothing; allowed: text."
