"""A picture that was looked at, and that is cut into layers only when a clip asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from firstframe.engines.parallax.scene import layers
from firstframe.engines.parallax.scene.filters import resized, shrunk_picture
from firstframe.engines.parallax.scene.finds import TRUSTED, Finds
from firstframe.engines.parallax.scene.flaws import Flaws, outline_flaws
from firstframe.engines.parallax.scene.matte import background_hole
from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.model import Layer, Map, Scene
from firstframe.engines.parallax.scene.pairs import side_by_side
from firstframe.engines.parallax.scene.stopwatch import Stopwatch
from firstframe.engines.parallax.scene.views import Views

Layers = tuple[Layer, ...]


@dataclass(frozen=True)
class Depths:
    """Inverse depth of the parts of the picture, (h, w) at analysis size."""

    ground: Map
    """The ground and all that has no outline of its own."""
    near: Map | None
    """The subject, when there is one."""
    single: Map
    """Everything on one smooth sheet."""


@dataclass(frozen=True)
class Study:
    """One picture understood. Cutting it costs as much as looking at it, and most moves need no layers."""

    views: Views
    finds: Finds
    depths: Depths
    uncut: Scene
    """The scene without layers: all that is needed to play the picture as one sheet."""
    watch: Stopwatch

    @cached_property
    def scene(self) -> Scene:
        """The scene with its layers, and trust in what is behind the subject as well as in its outline."""
        self.watch.restart()
        sheets, flaws = cut(self.views, self.finds, self.depths)
        self.watch.lap("layers and flaws")
        notes = self.uncut.notes
        if self.finds.trusted_matte is not None:
            found = f"(ghost {flaws.ghost:.3f}, seam {flaws.seam:.2f}, change {flaws.change:.1f})"
            notes = (*notes, f"What is behind the subject is clean to {flaws.cleanness:.2f} {found}.")
        return replace(self.uncut, layers=sheets, confidence=_confidence(self.finds, flaws), notes=notes)

    @cached_property
    def before_sky(self) -> Layers:
        """The sky, and all that stands before it as one sheet; empty without a sky."""
        return cut_at_sky(self.views, self.finds, self.depths)


@remembered
def cut_at_sky(views: Views, finds: Finds, depths: Depths) -> Layers:
    """The sky, and all before it as one sheet; both as deep as the whole picture, so that neither slides.

    For clouds: on one sheet with the rest they would drag along whatever they pass behind.
    """
    if finds.sky is None:
        return ()
    return layers.at_the_sky(views, finds.sky, finds.trusted_matte, depths.single)


@remembered
def cut(views: Views, finds: Finds, depths: Depths) -> tuple[Layers, Flaws]:
    """The layers, back to front, and what a move would show to be wrong behind the subject.

    The closer view is judged, not the canvas: the same at every size of the clip.
    """
    matte, near = finds.trusted_matte, depths.near
    if matte is None or near is None:
        return _on_land(views, finds, matte, depths), Flaws()
    flaws = _flaws(views.closer(), finds, matte, depths)
    if _confidence(finds, flaws) < TRUSTED:
        return _on_land(views, finds, None, depths), flaws
    subject, behind = side_by_side(
        lambda: layers.subject_layer(views, matte, near), lambda: _without_subject(views, finds, matte)
    )
    return (*_on_land(behind, finds, matte, depths), subject), flaws


def _confidence(finds: Finds, flaws: Flaws) -> float:
    """Trust in the outline, less what a move would show to be wrong behind it."""
    return finds.confidence * flaws.cleanness


def _without_subject(views: Views, finds: Finds, matte: Map) -> Views:
    return layers.without_subject(views, *background_hole(matte, finds.face), finds.sky, finds.level_row)


def _on_land(behind: Views, finds: Finds, hidden_by: Map | None, depths: Depths) -> Layers:
    if finds.sky is None:
        return (Layer("background", behind.canvas, None, depths.ground),)
    return layers.land_layers(behind, finds.sky, hidden_by, depths.ground)


def _flaws(views: Views, finds: Finds, matte: Map, depths: Depths) -> Flaws:
    """What a move would show to be wrong behind the subject, on land and sky together."""
    sheets = _on_land(_without_subject(views, finds, matte), finds, matte, depths)
    behind = shrunk_picture(sheets[0].rgb, views.size)
    for layer in sheets[1:]:
        assert layer.alpha is not None, "only the first layer is opaque everywhere"
        share = resized(layer.alpha, views.size, cv2.INTER_AREA) / np.float32(255)
        near = shrunk_picture(layer.rgb, views.size)
        behind = np.asarray(cv2.blendLinear(near, behind, share, 1 - share), np.uint8)
    return outline_flaws(views, matte, behind)
