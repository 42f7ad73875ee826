from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from firstframe.engines.parallax.scene import evidence
from firstframe.engines.parallax.scene.evidence import find_figure
from firstframe.engines.parallax.scene.views import Views


class _Detector:
    """Finds one figure, as surely as it is told, at or above a size of the picture."""

    def __init__(self, weight: float, least_height: int = 0) -> None:
        self._weight, self._least_height = weight, least_height

    def detectMultiScale(self, picture: Any, **options: Any) -> tuple[Any, Any]:  # noqa: N802 (as OpenCV calls it)
        if picture.shape[0] < self._least_height:
            return np.zeros((0, 4)), np.zeros(0)
        return np.array([[10, 20, 60, 120]]), np.array([self._weight])


def _found(monkeypatch: pytest.MonkeyPatch, detector: _Detector, *, expected: bool) -> bool:
    monkeypatch.setattr(evidence, "_people_detector", lambda: detector)
    return find_figure(Views.of(np.zeros((320, 480, 3), np.uint8)), expected) is not None


def test_a_doubtful_figure_is_one_only_when_people_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _found(monkeypatch, _Detector(0.9), expected=True)
    assert not _found(monkeypatch, _Detector(0.9), expected=False)


def test_a_figure_seen_surely_needs_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _found(monkeypatch, _Detector(2.0), expected=False)


def test_small_figures_are_looked_for_when_people_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _found(monkeypatch, _Detector(2.0, least_height=400), expected=True)
    assert not _found(monkeypatch, _Detector(2.0, least_height=400), expected=False)
