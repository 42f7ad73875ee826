from __future__ import annotations

import numpy as np
import pytest

from firstframe.engines.parallax.scene import faces
from firstframe.engines.parallax.scene.evidence import from_face
from firstframe.engines.parallax.scene.faces import Face, find_face
from firstframe.engines.parallax.scene.head import near_head
from firstframe.engines.parallax.scene.views import Views

SIZE = 270, 480
HER, HIM = Face(100, 60, 60, 60, 0.9), Face(300, 70, 50, 50, 0.8)
PASSER_BY, DOUBTFUL, DOUBLE = Face(420, 60, 22, 22, 0.9), Face(20, 60, 60, 60, 0.4), Face(110, 66, 58, 58, 0.9)


def found(monkeypatch: pytest.MonkeyPatch, *hits: Face) -> Face | None:
    monkeypatch.setattr(faces, "_hits", lambda *_: list(hits))
    blank = np.zeros((*SIZE, 3), np.uint8)
    return find_face(Views(blank, blank, blank))


def test_who_is_as_near_belongs_to_the_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    face = found(monkeypatch, HIM, HER, PASSER_BY, DOUBTFUL, DOUBLE)
    assert face is not None
    assert (face.x, face.others) == (HER.x, (HIM,))
    assert [one.x for one in face.everybody] == [HER.x, HIM.x]


def test_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    face = found(monkeypatch, HER)
    assert face == HER


def test_the_evidence_is_everybodys() -> None:
    both = from_face(Face(100, 60, 60, 60, 0.9, (HIM,)), SIZE)
    for face in (HER, HIM):
        alone = from_face(face, SIZE)
        assert both.sure[alone.sure > 0].all()
        assert not both.outside[alone.likely > 0].any()
    assert both.core is not None


def test_hair_is_looked_for_around_every_head() -> None:
    near = near_head(SIZE, Face(100, 60, 60, 60, 0.9, (HIM,)))
    assert near[90, 130] > 0.9
    assert near[95, 325] > 0.9
    assert near[90, 470] == 0
    assert near_head(SIZE, None).max() == 0
