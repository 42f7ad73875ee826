"""The subject: the strongest evidence there is, cut out and judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from firstframe.engines.parallax.scene.cut import fine_cut, rough_cut
from firstframe.engines.parallax.scene.evidence import (
    Evidence,
    find_figure,
    from_face,
    from_figure,
    from_saliency,
    from_skyline,
)
from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask
from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.nouns import PEOPLE, named
from firstframe.engines.parallax.scene.outline import overlap_trust, trust_in_outline
from firstframe.engines.parallax.scene.pairs import side_by_side
from firstframe.engines.parallax.scene.shapes import grown, shrunk
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

HOPELESS = 0.3
"""Confidence of a rough outline under which the fine one is not worth its time."""
RISING_AGREEMENT = 0.8
"""What rises over a trusted skyline is cut by the sky's own colours; there is no second cut to compare with."""


@dataclass(frozen=True)
class Subject:
    """The main thing of the picture, at analysis size."""

    mask: Mask
    kind: str
    """What it was found by: face, figure, rising or salient."""
    confidence: float
    """0…1."""
    reasons: tuple[str, ...]
    """What the confidence is made of."""


def find_subject(views: Views, face: Face | None, sky: Sky | None, subjects: tuple[str, ...]) -> Subject | None:
    """The subject by the strongest evidence there is, or None; a trusted sky is never part of it."""
    evidence = _evidence(views, face, sky, subjects)
    if evidence is None:
        return None
    if sky is not None:
        evidence = replace(evidence, outside=evidence.outside | (sky.mask & (1 - grown(evidence.sure, 2))))
    if evidence.kind == "rising":
        return _judged(views, evidence.likely & (1 - evidence.outside), evidence, RISING_AGREEMENT)
    return _cut_out(views, evidence)


def _evidence(views: Views, face: Face | None, sky: Sky | None, subjects: tuple[str, ...]) -> Evidence | None:
    """People first; in a landscape only what stands against the sky: all else is too like what it stands on."""
    if face is not None:
        return from_face(face, views.size)
    figure = find_figure(views) if named(subjects, PEOPLE) else None
    if figure is not None:
        return from_figure(*figure, views.size)
    if sky is not None:
        return from_skyline(views, sky)
    return from_saliency(views, subjects)


@remembered
def _cut_out(views: Views, evidence: Evidence) -> Subject | None:
    if evidence.kind == "salient" and evidence.trust < HOPELESS:
        return None
    narrow = replace(evidence, sure=shrunk(evidence.sure, 1), likely=shrunk(evidence.likely, 4))
    rough, other = side_by_side(lambda: rough_cut(views, evidence), lambda: rough_cut(views, narrow, rounds=2))
    if rough is None:
        return None
    agreement = overlap_trust(rough, other)
    sketched = _judged(views, rough, evidence, agreement)
    if sketched.confidence < HOPELESS:
        return sketched
    fine = fine_cut(views, evidence, rough)
    return None if fine is None else _judged(views, fine, evidence, agreement)


def _judged(views: Views, mask: Mask, evidence: Evidence, agreement: float) -> Subject:
    return Subject(mask, evidence.kind, *trust_in_outline(views, mask, evidence, agreement))
