"""What is worked out about a picture once, and what is worked out anew."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.memory import KEPT, Memory, remembered


class Looked:
    """A picture with a memory."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.worked: list[float] = []


@remembered
def total(looked: Looked, values: np.ndarray, plus: float = 0.0) -> float:
    looked.worked.append(float(values.sum()))
    return looked.worked[-1] + plus


def test_the_same_content_is_worked_out_once() -> None:
    looked = Looked()
    assert total(looked, np.ones(4)) == total(looked, np.ones(4).copy()) == 4
    assert looked.worked == [4]


def test_other_content_is_worked_out_anew() -> None:
    looked = Looked()
    assert [total(looked, np.ones(4)), total(looked, np.ones(5)), total(looked, np.ones(4), plus=1.0)] == [4, 5, 5]


def test_another_picture_is_worked_out_anew() -> None:
    one, other = Looked(), Looked()
    total(one, np.ones(4))
    total(other, np.ones(4))
    assert one.worked == other.worked == [4]


def test_only_the_latest_results_are_kept() -> None:
    looked = Looked()
    for size in range(1, KEPT + 2):
        total(looked, np.ones(size))
    total(looked, np.ones(KEPT + 1))
    total(looked, np.ones(1))
    assert looked.worked == [*range(1, KEPT + 2), 1]
