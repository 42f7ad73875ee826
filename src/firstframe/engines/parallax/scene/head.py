"""The head of a person in a matte: hair that a cut may have missed, taken in where its colour allows it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask, Size, blurred, highest, smoothstep, widened
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import binary, closed, grown, shrunk, touching
from firstframe.engines.parallax.scene.views import Views

LEAK = 0.12
"""Share of the crown's rim that hair-coloured pixels may reach before they are taken for background of that colour."""


def near_head(size: Size, face: Face | None) -> Map:
    """0…1: around the head, or everybody's, far enough for long hair."""
    near = np.zeros(size, np.float32)
    for one in face.everybody if face is not None else ():
        near = np.maximum(near, blurred(one.oval(size, 0.75, 1.5, 1.7), max(1.0, 0.12 * one.width)))
    return near


def with_hair(views: Views, soft: Map, face: Face) -> Map:
    """The matte (h, w) 0…1 with skull, hair-coloured surroundings, and a bubble where the outline is hardly seen."""
    skull, crown = _dome(soft, face, 0.36, 0.48, 0.60), _dome(soft, face, 0.3, 0.95, 1.0)
    crown[round(face.y + 0.9 * face.height) :] = 0
    head = near_head(views.size, face)
    hair = _like_hair(views, soft, head, face)
    flood = touching((hair > 0.5) & (crown > 0), skull)
    leaks = float(flood[(crown & (1 - shrunk(crown, 2))) > 0].mean()) > LEAK
    held = _dome(soft, face, 0.36, 0.62, 0.76) if leaks else crown
    core = closed((soft > 0.5) | (skull > 0) | ((flood > 0) & (held > 0)), 4)
    margin = max(2.0, 0.012 * views.size[0])
    bubble = blurred(grown(core, margin), 0.45 * margin) * head * hair * _weak_edge(views, soft)
    return np.asarray(np.maximum(soft, np.maximum(bubble, blurred(skull, 1.5))), np.float32)


def _dome(soft: Map, face: Face, down: float, across: float, along: float) -> Mask:
    """An ellipse around the head's middle: between the detector's box and the cut, for a face turned aside."""
    cx, _ = face.centre
    rows = slice(max(0, round(face.y + 0.2 * face.height)), round(face.y + 0.8 * face.height))
    first = max(0, round(cx - 0.8 * face.width))
    weight = soft[rows, first : round(cx + 0.8 * face.width)].sum(axis=0)
    middle = cx
    if weight.sum() >= 1:
        middle = 0.5 * cx + 0.5 * (first + float(np.average(np.arange(len(weight)) + 0.5, weights=weight)))
    return face.oval((soft.shape[0], soft.shape[1]), down, across, along, middle)


def _like_hair(views: Views, soft: Map, head: Map, face: Face) -> Map:
    """0…1: could be hair, because right above the forehead or along the rim of the head there are such colours too."""
    solid = soft > 0.9
    rim = (shrunk(solid, 2) & (1 - shrunk(solid, 9)) & binary(head > 0.5)) > 0
    sample = views.lab[rim]
    tones = [np.median(face.patch(views.lab, -0.12, 0.06, 0.28), axis=0)]
    if len(sample) >= 40:
        edges = np.quantile(sample[:, 0], [0, 0.2, 0.4, 0.6, 0.8, 1])
        tones += [sample[(sample[:, 0] >= low) & (sample[:, 0] <= high)].mean(axis=0) for low, high in pairwise(edges)]
    weights = np.array([0.8, 1, 1], np.float32)
    apart = np.min([np.sqrt((((views.lab - tone) * weights) ** 2).sum(axis=2)) for tone in tones], axis=0)
    return blurred(1 - smoothstep(9, 20, apart), 1.0)


def _weak_edge(views: Views, soft: Map) -> Map:
    """0…1: the outline near by is hardly seen, so the matte may have cut hair off there."""
    solid = binary(soft > 0.5)
    rim = (widened(solid, 1) - solid).astype(np.float32)
    visible = blurred(rim * smoothstep(2.5, 7.0, highest(views.gradient, 1)), 6)
    return 1 - smoothstep(0.35, 0.75, visible / np.maximum(blurred(rim, 6), np.float32(1e-3)))
