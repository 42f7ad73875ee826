"""The subject's opacity: soft at hair, inclusive where in doubt, free of islands; and the hole that it leaves."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask, blurred, depth_inside, smoothstep
from firstframe.engines.parallax.scene.head import near_head, with_hair
from firstframe.engines.parallax.scene.matting import closed_form_alpha, guided_upsample
from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.shapes import binary, bounding_box, closed, grown, padded, shrunk, touching
from firstframe.engines.parallax.scene.strands import is_furry, with_strands
from firstframe.engines.parallax.scene.views import Views


@remembered
def subject_matte(views: Views, mask: Mask, face: Face | None, kind: str = "salient") -> Map:
    """Opacity (h, w) 0…1 at analysis size.

    Subject pixels left in the background are the worst fault there is (they stay behind as a ghost), so near a face the
    matte takes in what may be hair. What `kind` says was found rising over the skyline (tree crowns) keeps its gaps;
    the outline of a figure, made whole already, is not given away again to what is coloured like it. Single hairs are
    looked for around heads and around fur.
    """
    inner, outer = (1.0, 3.0) if kind in ("rising", "figure") else (4.0, 6.0)
    reach = np.where(near_head(views.size, face) > 0.5, np.float32(11.0), np.float32(outer))
    soft = _closed_form(views, mask, inner, reach)
    for one in face.everybody if face is not None else ():
        soft = with_hair(views, soft, one)
    near = grown(touching(soft > 0.5, mask), 6)
    dense = np.where((near > 0) & (soft > 0.06), soft, np.float32(0)).astype(np.float32)
    if face is not None:
        return with_strands(views, dense, near_head(views.size, face))
    return with_strands(views, dense) if kind == "salient" and is_furry(dense) else dense


def _closed_form(views: Views, mask: Mask, inner_px: float, reach_px: Map) -> Map:
    known = shrunk(mask, inner_px) | binary(depth_inside(1 - mask) > reach_px)
    soft = np.where(known > 0, mask.astype(np.float32), blurred(mask, 2.0))
    box = bounding_box(1 - known)
    if box is not None:
        part = padded(box, 3, views.size)
        guide = views.guide[part] - np.float32(0.5)
        soft[part] = closed_form_alpha(np.ascontiguousarray(guide), known[part], soft[part])
    return smoothstep(0.04, 0.96, soft)


def canvas_matte(views: Views, soft: Map) -> Picture:
    """The opacity `soft` (h, w) carried to the canvas along its edges, (H, W) uint8."""
    full = np.zeros(views.canvas_size, np.uint8)
    box = bounding_box(soft > 0)
    if box is not None:
        part = padded(box, 4, views.size)
        fine = views.on_canvas(part)
        full[fine] = guided_upsample(soft[part], views.guide[part], np.ascontiguousarray(views.canvas[fine]))
    return full


def background_hole(soft: Map, face: Face | None) -> tuple[Map, Mask]:
    """Where the background is replaced (h, w) 0…1, and the wider hole from whose outline it is continued.

    Replaced are the matte and a rim around it, 1 % of the short side, 2.4 % near the head, so that no trace of the
    subject stays behind; a wider rim is itself what the eye finds. The wider hole has a smooth outline: what is
    mirrored across it is bent by its every wiggle.
    """
    size = soft.shape[0], soft.shape[1]
    unit = min(size)
    covered = soft > 0.04
    hole = grown(covered, 0.010 * unit) | (grown(covered, 0.024 * unit) & binary(near_head(size, face) > 0.4))
    share = smoothstep(0.05, 0.5, blurred(hole, max(1.0, 0.006 * unit)))
    reached = binary(share > 0)
    smooth = blurred(closed(reached, 0.02 * unit), 0.01 * unit) > 0.4
    return share, reached | binary(smooth)
