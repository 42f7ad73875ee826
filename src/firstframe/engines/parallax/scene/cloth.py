"""Cloth: what a person wears, strongest where it hangs loose; and what hangs by itself, in its own colours."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask, blurred, depth_inside, highest, ramp, slopes, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import binary, bounding_box, closed, plane, shrunk, without_islands
from firstframe.engines.parallax.scene.skin import skin_likelihood
from firstframe.engines.parallax.scene.views import Views

HEAD = 0.17
"""Share of a standing figure's height above its shoulders."""
FIGURE_TRUST, LEAST_COLOUR = 0.45, 0.25


def cloth_mask(subject: Map, skin: Map, hair: Map | None, face: Face) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None: the subject below the chin, less skin and hair, fainter in its middle."""
    rows, _ = plane((subject.shape[0], subject.shape[1]))
    chin = face.y + 1.25 * face.height
    taken = np.maximum(skin, hair) if hair is not None else skin
    worn = subject * smoothstep(chin, chin + 0.7 * face.height, rows) * (1 - taken)
    loose = 1 - 0.75 * smoothstep(0.05, 0.6, depth_inside(worn > 0.5) / max(face.width, 1.0))
    mask = blurred(worn * loose, max(1.0, 0.12 * face.width)) * subject
    if mask.mean() < 0.005:
        return None
    return mask, 0.5 * face.trust**0.5


def clothes_of_figure(views: Views, subject: Map) -> tuple[Map, float] | None:
    """The same of a figure whose face is not seen: (h, w) all below its shoulders that is no skin."""
    box = bounding_box(subject > 0.5)
    if box is None:
        return None
    rows, _ = plane(views.size)
    shoulders = box[1] + HEAD * box[3]
    skin = blurred(skin_likelihood(views.lab), 1.5)
    worn = subject * smoothstep(shoulders, shoulders + 0.12 * box[3], rows) * (1 - skin)
    loose = 1 - 0.6 * smoothstep(0.05, 0.6, depth_inside(worn > 0.5) / max(0.5 * box[2], 1.0))
    return blurred(worn * loose, max(1.0, 0.03 * box[2])) * subject, FIGURE_TRUST


def hanging_cloth(views: Views, free: Map) -> tuple[Map, float] | None:
    """Flags, laundry, curtains: soft mask (h, w) and trust, or None; to be looked for when the prompt names them.

    They are what differs in colour from the rest of the picture, and their folds run downwards. `free` (h, w) is 0…1
    where nothing else was found.
    """
    coloured = _unusual_colour(views.lab)
    folds = _folds(views)
    score = blurred(coloured * (0.6 + 0.4 * folds), 2.0) * free
    parts = without_islands(closed(score > 0.35, 4), 0.004 * score.size)
    mask = _in_colour(parts, coloured)
    share = float(mask.mean())
    if not 0.005 < share < 0.45:
        return None
    inside = mask > 0
    rim = inside & (shrunk(mask, 1) == 0)
    outlined = ramp(4, 9, float(highest(views.gradient, 1)[rim].mean()))
    return blurred(mask, 2.0) * free, 0.55 * outlined * ramp(0.2, 0.34, float(folds[inside].mean()))


def _unusual_colour(lab: Map) -> Map:
    """(h, w) 0…1: far from the usual colours of the picture, or far more colourful than they are."""
    soft = blurred(lab, 1.5)
    pixels = soft.reshape(-1, 3)
    from_usual = soft - np.median(pixels, axis=0)
    inverse = np.linalg.inv(np.cov(pixels.T) + 30 * np.eye(3)).astype(np.float32)
    apart = np.sqrt(np.maximum(((from_usual @ inverse) * from_usual).sum(axis=2), 0))
    chroma = np.hypot(soft[..., 1], soft[..., 2])
    usual = float(np.median(chroma))
    odd = np.maximum(smoothstep(usual + 6, usual + 22, chroma), 0.7 * smoothstep(1.2, 2.2, apart))
    return np.asarray(odd, np.float32)


def _folds(views: Views) -> Map:
    """(h, w) 0…1: lightness changes more to the side than downwards."""
    across, down = (blurred(slope * slope, 6) for slope in slopes(blurred(views.light, 1.0)))
    return np.asarray(((across - down) / (across + down + 0.05)).clip(0, 1), np.float32)


def _in_colour(parts: Mask, coloured: Map) -> Mask:
    """Of the connected parts those that are colourful on the whole."""
    count, labels = cv2.connectedComponents(parts)
    sizes = np.bincount(np.ravel(labels), minlength=count)
    sums = np.bincount(np.ravel(labels), weights=np.ravel(coloured), minlength=count)
    keep = sums / np.maximum(sizes, 1) > LEAST_COLOUR
    keep[0] = False
    return binary(keep[labels])
