"""`ClipRequest` is the one place that validates a request."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstframe.clip import ALLOWED, SEED_MAX, Clip, ClipRequest, FrameSize, Resolution
from firstframe.errors import InvalidParameter

REQUIRED = {"first_frame_image": "https://example.com/a.png", "prompt": "The camera pushes in."}


def parse(**fields: Any) -> ClipRequest:
    return ClipRequest.parse(REQUIRED | fields)


def test_defaults_are_the_hosted_models() -> None:
    request = parse()
    assert (request.duration, request.resolution, request.prompt_optimizer) == (6, Resolution.P1080, True)
    assert (request.seed, request.loop) == (None, False)


@pytest.mark.parametrize(
    ("field", "given", "meant"),
    [
        ("duration", "10", 10),
        ("resolution", "768P", Resolution.P768),
        ("prompt_optimizer", "false", False),
        ("prompt_optimizer", "1", True),
        ("loop", "on", True),
        ("seed", "7", 7),
        ("seed", -1, None),
        ("seed", "-1", None),
        ("seed", "", None),
        ("seed", SEED_MAX, SEED_MAX),
    ],
)
def test_numbers_and_booleans_may_come_as_text(field: str, given: object, meant: object) -> None:
    assert getattr(parse(**{field: given}), field) == meant


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("duration", 7),
        ("duration", "six"),
        ("duration", 6.5),
        ("resolution", "720p"),
        ("resolution", 1080),
        ("prompt_optimizer", "maybe"),
        ("prompt_optimizer", 2),
        ("seed", -2),
        ("seed", SEED_MAX + 1),
        ("seed", "abc"),
        ("seed", 1.5),
        ("seed", True),
        ("loop", "sometimes"),
        ("prompt", "   "),
        ("prompt", 5),
        ("prompt", "x" * 2001),
        ("first_frame_image", ""),
        ("first_frame_image", b""),
        ("first_frame_image", ["a"]),
    ],
)
def test_what_is_not_allowed_is_named_with_what_is(field: str, value: object) -> None:
    with pytest.raises(InvalidParameter) as caught:
        parse(**{field: value})
    assert caught.value.message.startswith(f"{field} is ")
    assert ALLOWED[field] in caught.value.message
    assert caught.value.details["field"] == field
    assert caught.value.status == 400


@pytest.mark.parametrize("field", ["first_frame_image", "prompt"])
def test_required_fields_are_missed_by_name(field: str) -> None:
    with pytest.raises(InvalidParameter, match=f"^{field} is nothing; allowed: "):
        ClipRequest.parse({name: value for name, value in REQUIRED.items() if name != field})


def test_null_means_absent_and_unknown_fields_are_ignored() -> None:
    assert parse(duration=None, seed=None, fast_pretreatment=True) == parse()


def test_long_values_are_not_echoed_whole() -> None:
    with pytest.raises(InvalidParameter) as caught:
        parse(resolution="9" * 10_000)
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("picture", "resolution", "size"),
    [
        ((1920, 1080), Resolution.P768, (1366, 768)),
        ((1920, 1080), Resolution.P1080, (1920, 1080)),
        ((512, 512), Resolution.P768, (768, 768)),
        ((512, 512), Resolution.P1080, (1080, 1080)),
        ((1088, 1440), Resolution.P1080, (1080, 1430)),
        ((500, 200), Resolution.P1080, (2700, 1080)),
        ((5000, 200), Resolution.P1080, (2700, 1080)),
        ((200, 5000), Resolution.P768, (768, 1920)),
    ],
)
def test_the_short_edge_is_the_resolution(
    picture: tuple[int, int], resolution: Resolution, size: tuple[int, int]
) -> None:
    assert FrameSize.for_picture(*picture, resolution) == FrameSize(*size)


@given(st.integers(256, 8000), st.integers(256, 8000), st.sampled_from(Resolution))
def test_every_size_is_even_and_keeps_the_ratio(width: int, height: int, resolution: Resolution) -> None:
    size = FrameSize.for_picture(width, height, resolution)
    assert size.width % 2 == size.height % 2 == 0
    assert size.short_edge == resolution.short_edge
    ratio = min(max(Fraction(width, height), Fraction(2, 5)), Fraction(5, 2))
    long_edge = resolution.short_edge * max(ratio, 1 / ratio)
    assert abs(max(size.width, size.height) - long_edge) <= 1


def test_the_report_has_the_published_members() -> None:
    clip = Clip(Path("clip.mp4"), "parallax", 3, FrameSize(768, 768), 6, "words", None, {"camera": []}, {"why": "x"})
    assert list(clip.report()) == (
        "output engine seed width height fps frames seconds prompt revised_prompt direction plan timings".split()
    )
    assert clip.frames == 144
