from __future__ import annotations

import numpy as np
import pytest

from firstframe.engines.parallax.scene import subject
from firstframe.engines.parallax.scene.evidence import Evidence
from firstframe.engines.parallax.scene.filters import Mask
from firstframe.engines.parallax.scene.views import Views

SIZE = (40, 60)


def _block(rows: slice, columns: slice) -> Mask:
    mask = np.zeros(SIZE, np.uint8)
    mask[rows, columns] = 1
    return mask


WHOLE = _block(slice(10, 30), slice(20, 40))
WITHOUT_SKIRT = _block(slice(10, 22), slice(20, 40))
WITH_BENCH = WHOLE | _block(slice(20, 26), slice(40, 60))


def _agreed(monkeypatch: pytest.MonkeyPatch, *cuts: Mask | None) -> tuple[Mask | None, float]:
    picture = np.zeros((*SIZE, 3), np.uint8)
    evidence = Evidence("face", WHOLE, WHOLE, 1 - WHOLE, 1.0)
    wide = list(cuts[:2])
    monkeypatch.setattr(
        subject, "rough_cuts", lambda views, seeds, rounds: wide if seeds is evidence else list(cuts[2:])
    )
    return subject._agreed(Views(picture, picture, picture), evidence)


def test_one_cut_that_loses_or_gains_a_part_is_outvoted(monkeypatch: pytest.MonkeyPatch) -> None:
    found, agreement = _agreed(monkeypatch, WHOLE, WHOLE, WITH_BENCH, WITHOUT_SKIRT)
    assert found is not None
    assert np.array_equal(found, WHOLE)
    assert agreement > 0.6
    same, alike = _agreed(monkeypatch, WITH_BENCH, WHOLE, WHOLE, WHOLE)
    assert same is not None
    assert np.array_equal(same, WHOLE)
    assert alike == 1.0


def test_what_only_half_of_the_cuts_find_is_kept_but_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    found, agreement = _agreed(monkeypatch, WHOLE, WITHOUT_SKIRT, WHOLE, WITHOUT_SKIRT)
    assert found is not None
    assert np.array_equal(found, WHOLE)
    assert agreement < 0.75


def test_nothing_is_found_by_one_cut_in_four(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _agreed(monkeypatch, WHOLE, None, None, None) == (None, 0.0)
