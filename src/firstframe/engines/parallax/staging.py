"""From scene to stage: every layer becomes a canvas with a margin beyond the frame, and gets its motion texture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.border import continued, extend
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.flames import flames
from firstframe.engines.parallax.focus import out_of_focus
from firstframe.engines.parallax.motion import MOST_BUILDERS, SURE, Ground, MotionTexture, doubting
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Layer, Map, Picture, Scene
from firstframe.engines.parallax.waters import water
from firstframe.media.colour import Yuv420, to_yuv420

CANVAS_SCALE = 1.25
"""Canvas pixels per frame pixel: room for the kernel to tell what a frame can hold from its mirror images."""
LUMA_TAPS = np.array([-0.0105, 0.0652, -0.1019, 1.0944, -0.1019, 0.0652, -0.0105])
"""Filter of the luma of every canvas, along both axes: sampled by the kernel after it, all that a frame can hold keeps
its share. Least squares over all phases and over the band of a frame at `CANVAS_SCALE`, weighted by 1/f."""
MARGIN_SHARE = 0.12
"""Margin on every side, as a share of the short edge."""
BUILDERS = MOST_BUILDERS | {"fire": ("fire", flames), "water": doubting("water", water)}
"""Motion -> the class of the scene that it moves, and the builder of its texture."""

_LEAST_TRUST = {"breathing": SURE}
"""What moves as one with its outline must be sure of it: what is half wall would breathe with the wall."""


@dataclass(frozen=True)
class Sheet:
    """One canvas in the composition, with what moves it."""

    name: str
    canvas: Canvas
    depth_inverse: Map
    texture: MotionTexture
    second_phase: int | None = None
    """Index of the stream that this sheet shows in its second phase, cross-fading over the sheet below."""
    blurred: bool = False
    """True for the out-of-focus copy that fades in when focus is racked."""
    at_rest: bool = False
    """True for the whole picture, which covers the layers until they have slid apart by more than a pixel or two."""


def stage_of(size: FrameSize) -> Stage:
    """The stage of a frame size: margin in frame pixels such that it is a whole even number of canvas pixels."""
    margin = 8 * round(size.short_edge * MARGIN_SHARE / 8)
    return Stage(size, CANVAS_SCALE, margin)


def single_sheet(picture: Picture, scene: Scene) -> Layer:
    """The fallback: the whole picture as one smooth sheet, which never ghosts."""
    return Layer("picture", picture, None, scene.single_depth_inverse)


def stage_layer(layer: Layer, stage: Stage) -> Canvas:
    """The canvas of `layer`, extended beyond the frame."""
    margin = round(stage.margin_px * stage.scale)
    if layer.alpha is None:
        return Canvas.from_planes(_evened(to_yuv420(continued(layer.rgb, margin))), None)
    wide = continued(np.dstack([layer.rgb, layer.alpha]), margin)
    planes = _evened(to_yuv420(np.ascontiguousarray(wide[..., :3])))
    return Canvas.from_planes(planes, np.ascontiguousarray(wide[..., 3]))


def _evened(planes: Yuv420) -> Yuv420:
    """Planes whose luma makes up for what the kernel's sampling does to it."""
    return replace(planes, y=np.asarray(cv2.sepFilter2D(planes.y, -1, LUMA_TAPS, LUMA_TAPS), np.uint8))


@dataclass(frozen=True)
class Performed:
    """One asked motion and what became of it."""

    motion: SceneMotion
    region: str
    coverage: float
    """Share of the picture that it moves, 0…1."""
    confidence: float
    reason: str
    """Empty when performed; otherwise why not."""


def motion_textures(
    scene: Scene, layers: Sequence[Layer], motions: Sequence[SceneMotion], ground: Ground, seed: int
) -> tuple[list[MotionTexture], list[Performed]]:
    """The motion texture of every layer, and the account of every asked motion."""
    textures: list[list[MotionTexture]] = [[] for _ in layers]
    account: list[Performed] = []
    for index, motion in enumerate(motions):
        region, builder = BUILDERS.get(motion.kind, ("", None))
        mask = ground.mask(region) if region else None
        if builder is None:
            account.append(Performed(motion, region, 0.0, 0.0, "this engine has no such motion yet"))
        elif mask is None:
            account.append(Performed(motion, region, 0.0, 0.0, f"no {region} was found in the picture"))
        elif (confidence := scene.class_confidence.get(region, 1.0)) < _LEAST_TRUST.get(motion.kind, 0.0):
            reason = f"the {region} was not found surely enough"
            account.append(Performed(motion, region, float(mask.mean()), confidence, reason))
        else:
            account.append(Performed(motion, region, float(mask.mean()), confidence, ""))
            for layer, share, bucket in zip(layers, visible(layers, mask.shape), textures, strict=True):
                rng = np.random.Generator(np.random.Philox(seed + 7919 * index))
                part = _part(layer, layers, region, mask, share)
                if float(part.max()) > 0.05:
                    bucket.append(builder(ground, part, motion, rng))
    return [MotionTexture.merged(t) for t in textures], account


def _part(layer: Layer, layers: Sequence[Layer], region: str, mask: Map, share: Map) -> Map:
    """Where `layer` is moved by a motion of `region`: clouds move nothing but a sky that has a layer of its own."""
    if region == "sky" and any(other.name == "sky" for other in layers):
        return np.full_like(mask, layer.name == "sky")
    return _mask_on_layer(mask, share)


def visible(layers: Sequence[Layer], shape: tuple[int, int]) -> list[Map]:
    """How much of each layer is seen at every point, (h, w) 0…1."""
    shares: list[Map] = []
    left = np.ones(shape, np.float32)
    for layer in reversed(layers):
        alpha = left
        if layer.alpha is not None:
            small = cv2.resize(layer.alpha, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
            alpha = np.asarray(left * (small.astype(np.float32) / np.float32(255)), np.float32)
        shares.append(alpha)
        left = left - alpha
    return shares[::-1]


def _mask_on_layer(mask: Map, share: Map) -> Map:
    """`mask` where the layer is seen, continued smoothly to where it is hidden."""
    near = cv2.GaussianBlur(mask * share, (0, 0), 3.0)
    weight = cv2.GaussianBlur(share, (0, 0), 3.0)
    continued = near / np.maximum(weight, 0.02)
    return np.asarray(np.clip(mask * share + continued * (1 - share), 0, 1) * (weight > 0.01), np.float32)


def sheets(layers: Sequence[Layer], canvases: Sequence[Canvas], textures: Sequence[MotionTexture], stage: Stage,
           sharp: Map | None) -> list[Sheet]:  # fmt: skip
    """The composition, back to front: every layer, the second phases of its streams, its out-of-focus copy.

    `sharp` (h, w) is what stays sharp when focus is racked, None when it is not.
    """
    out: list[Sheet] = []
    for layer, canvas, texture in zip(layers, canvases, textures, strict=True):
        out.append(Sheet(layer.name, canvas, layer.depth_inverse, texture))
        for index, stream in enumerate(texture.streams):
            if np.isfinite(stream.period) and stream.speed_px > 0:
                veil = Canvas.from_planes(_planes(canvas), _stream_alpha(stream.velocity, canvas, stage))
                out.append(Sheet(layer.name, veil, layer.depth_inverse, texture, second_phase=index))
        if sharp is not None and layer.name != "subject":
            blurred = out_of_focus(canvas, sharp, stage)
            out.append(Sheet(layer.name, blurred, layer.depth_inverse, texture, blurred=True))
    return out


def _stream_alpha(velocity: Map, canvas: Canvas, stage: Stage) -> NDArray[np.uint8]:
    """Opacity of a stream's second phase: full wherever it moves by more than a trifle."""
    speed = np.hypot(velocity[..., 0], velocity[..., 1])
    share = np.clip(speed / max(float(speed.max()), 1e-6) * 8 - 0.2, 0, 1)
    margin = round(stage.margin_px * stage.scale)
    height, width = canvas.y.shape
    inner = cv2.resize((share * 255).astype(np.uint8), (width - 2 * margin, height - 2 * margin))
    alpha = extend(np.asarray(inner, np.uint8), margin)
    return alpha if canvas.alpha is None else np.minimum(alpha, canvas.alpha)


def _planes(canvas: Canvas) -> Yuv420:
    return Yuv420(*(np.ascontiguousarray(plane) for plane in (canvas.y, canvas.u, canvas.v)))
