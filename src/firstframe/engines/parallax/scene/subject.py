"""The subject: the strongest evidence there is, cut out and judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from firstframe.engines.parallax.scene.beside import completed, unlike_beside
from firstframe.engines.parallax.scene.cut import fine_cut, rough_cuts
from firstframe.engines.parallax.scene.evidence import (
    Evidence,
    find_figure,
    from_face,
    from_figure,
    from_saliency,
    from_skyline,
)
from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask, ramp
from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.nouns import PEOPLE, named
from firstframe.engines.parallax.scene.outline import overlap_trust, trust_in_outline
from firstframe.engines.parallax.scene.pairs import side_by_side
from firstframe.engines.parallax.scene.shapes import binary, bounding_box, grown, plane, shrunk
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

HOPELESS = 0.3
"""Confidence of a rough outline under which the fine one is not worth its time."""
WITNESS = 0.7
"""How far a cut that is all unlike what is beside it takes away the doubt that anybody stands there."""
GUESSED_FOOT = 0.4
"""What is left of the trust in a rising thing whose foot is not seen."""
FOOT_SEEN = (0.05, 0.2)
"""Share of a rising thing's foot that is unlike what is beside it, from which on it is seen, and surely so."""
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
        risen = evidence.likely & (1 - evidence.outside)
        return _judged(views, risen, evidence, RISING_AGREEMENT * _stands_out_below(views, risen, sky))
    return _cut_out(views, evidence)


def _stands_out_below(views: Views, risen: Mask, sky: Sky | None) -> float:
    """1 when below the skyline, too, what has risen is unlike what is beside it; less when its foot is guesswork."""
    box = bounding_box(risen)
    if sky is None or box is None:
        return 1.0
    rows, _ = plane(views.size)
    below = (risen > 0) & (rows >= sky.ground_line()[None])
    seen = ramp(*FOOT_SEEN, float(unlike_beside(views, box)[below].mean())) if below.any() else 1.0
    return GUESSED_FOOT + (1 - GUESSED_FOOT) * seen


def _evidence(views: Views, face: Face | None, sky: Sky | None, subjects: tuple[str, ...]) -> Evidence | None:
    """People first; in a landscape only what stands against the sky: all else is too like what it stands on."""
    if face is not None:
        return from_face(face, views.size)
    figure = find_figure(views, expected=named(subjects, PEOPLE))
    if figure is not None:
        return from_figure(*figure, views.size)
    if sky is not None:
        return from_skyline(views, sky)
    return from_saliency(views, subjects)


@remembered
def _cut_out(views: Views, evidence: Evidence) -> Subject | None:
    if evidence.kind == "salient" and evidence.trust < HOPELESS:
        return None
    rough, agreement = _agreed(views, evidence)
    if rough is None:
        return None
    sketched = _judged(views, rough, evidence, agreement)
    if sketched.confidence < HOPELESS:
        return sketched
    fine = fine_cut(views, evidence, rough)
    if fine is None:
        return None
    if evidence.kind == "figure":
        return _standing(views, fine, evidence, agreement)
    return _judged(views, fine, evidence, agreement)


def _agreed(views: Views, evidence: Evidence) -> tuple[Mask | None, float]:
    """What at least half of four cuts find, and how far the middle ones of them agree with it, 0…1.

    From two sets of seeds at two sizes: by a level of noise in the picture any one may lose a skirt or gain a bench.
    """
    narrow = replace(evidence, sure=shrunk(evidence.sure, 1), likely=shrunk(evidence.likely, 4))
    wide, other = side_by_side(lambda: rough_cuts(views, evidence, 3), lambda: rough_cuts(views, narrow, 2))
    cuts = [cut for cut in (*wide, *other) if cut is not None]
    if 2 * len(cuts) < len(wide) + len(other):
        return None, 0.0
    found = binary(2 * np.sum(cuts, axis=0) >= len(wide) + len(other))
    return found, median(overlap_trust(found, cut) for cut in (*wide, *other))


def _standing(views: Views, cut: Mask, evidence: Evidence, agreement: float) -> Subject:
    """A figure made whole, judged by its cut: what is taken in with it besides is to be like the background."""
    whole, unlike = completed(views, cut, evidence)
    seen_twice = replace(evidence, trust=1 - (1 - evidence.trust) * (1 - WITNESS * unlike))
    return replace(_judged(views, cut, seen_twice, agreement), mask=whole)


def _judged(views: Views, mask: Mask, evidence: Evidence, agreement: float) -> Subject:
    return Subject(mask, evidence.kind, *trust_in_outline(views, mask, evidence, agreement))
