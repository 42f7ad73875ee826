"""Closed-form matting and guided upsampling: opacity as a local linear function of colour.

Levin, Lischinski, Weiss 2008. The Laplacian is never stored: every 3 × 3 window near an unknown pixel is applied in
turn, so no sparse matrix has to be built and the cost follows the length of the outline, not the size of the picture.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.filters import Mask, blurred, box_mean, widened
from firstframe.engines.parallax.scene.model import Map, Picture

Double = NDArray[np.float64]
Places = NDArray[np.int32]


def closed_form_alpha(guide: Map, known: Mask, start: Map, iterations: int = 60) -> Map:
    """Opacity (h, w) 0…1 by conjugate gradients on the unknown pixels.

    `guide` (h, w, 3) float32 0…1; `known` 1 where `start` is certain; elsewhere `start` is the first guess.
    """
    centres = np.ascontiguousarray(np.argwhere(_interior(widened(1 - known, 1))), np.int32)
    alpha = start.astype(np.float64)
    if not len(centres):
        return start.astype(np.float32)
    models, diagonal = _window_models(guide, centres, 1e-5)
    free = (1 - known).astype(np.float64)
    scale = free / np.maximum(diagonal, 0.05)
    residual = -_laplacian(alpha, guide, centres, models) * free
    towards = scale * residual
    direction, energy = towards.copy(), float((residual * towards).sum())
    enough = 1e-4 * energy
    for _ in range(iterations):
        if energy <= enough or energy < 1e-9:
            break
        image = _laplacian(direction, guide, centres, models) * free
        step = energy / max(float((direction * image).sum()), 1e-12)
        alpha += step * direction
        residual -= step * image
        towards = scale * residual
        before, energy = energy, float((residual * towards).sum())
        direction = towards + (energy / before) * direction
    return np.clip(alpha, 0.0, 1.0).astype(np.float32)


def _interior(mask: Mask) -> Mask:
    inner = np.zeros_like(mask)
    inner[1:-1, 1:-1] = mask[1:-1, 1:-1]
    return inner


@njit(cache=True, nogil=True)
def _window_models(guide: Map, centres: Places, epsilon: float) -> tuple[Double, Double]:
    """Mean and inverse covariance of each window as (n, 9) rows; the Laplacian's diagonal (h, w)."""
    models = np.empty((len(centres), 9))
    diagonal = np.zeros(guide.shape[:2])
    for n in range(len(centres)):
        y, x = centres[n]
        mr = mg = mb = rr = rg = rb = gg = gb = bb = 0.0
        for j in range(y - 1, y + 2):
            for i in range(x - 1, x + 2):
                r, g, b = float(guide[j, i, 0]), float(guide[j, i, 1]), float(guide[j, i, 2])
                mr, mg, mb = mr + r, mg + g, mb + b
                rr, rg, rb, gg, gb, bb = rr + r * r, rg + r * g, rb + r * b, gg + g * g, gb + g * b, bb + b * b
        mr, mg, mb = mr / 9, mg / 9, mb / 9
        rr, gg, bb = rr / 9 - mr * mr + epsilon, gg / 9 - mg * mg + epsilon, bb / 9 - mb * mb + epsilon
        rg, rb, gb = rg / 9 - mr * mg, rb / 9 - mr * mb, gb / 9 - mg * mb
        a, b_, c = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
        d, e, f = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
        size = rr * a + rg * b_ + rb * c
        a, b_, c, d, e, f = a / size, b_ / size, c / size, d / size, e / size, f / size
        models[n] = mr, mg, mb, a, b_, c, d, e, f
        for j in range(y - 1, y + 2):
            for i in range(x - 1, x + 2):
                r, g, b = guide[j, i, 0] - mr, guide[j, i, 1] - mg, guide[j, i, 2] - mb
                apart = a * r * r + d * g * g + f * b * b + 2 * (b_ * r * g + c * r * b + e * g * b)
                diagonal[j, i] += 1 - (1 + apart) / 9
    return models, diagonal


@njit(cache=True, nogil=True)
def _laplacian(values: Double, guide: Map, centres: Places, models: Double) -> Double:
    """The matting Laplacian times the values: in each window, what a linear function of colour leaves over."""
    out = np.zeros(values.shape)
    for n in range(len(centres)):
        y, x = centres[n]
        mr, mg, mb, a, b_, c, d, e, f = models[n]
        mean = r = g = b = 0.0
        for j in range(y - 1, y + 2):
            for i in range(x - 1, x + 2):
                value = values[j, i]
                mean += value
                r += value * guide[j, i, 0]
                g += value * guide[j, i, 1]
                b += value * guide[j, i, 2]
        mean /= 9
        r, g, b = r / 9 - mean * mr, g / 9 - mean * mg, b / 9 - mean * mb
        sr, sg, sb = a * r + b_ * g + c * b, b_ * r + d * g + e * b, c * r + e * g + f * b
        offset = mean - sr * mr - sg * mg - sb * mb
        for j in range(y - 1, y + 2):
            for i in range(x - 1, x + 2):
                fitted = sr * guide[j, i, 0] + sg * guide[j, i, 1] + sb * guide[j, i, 2] + offset
                out[j, i] += values[j, i] - fitted
    return out


def guided_upsample(
    values: Map, guide: Map, canvas: Picture, steepness: float = 0.05, radius_px: int = 3, epsilon: float = 2e-4
) -> Picture:
    """`values` (h, w) 0…1 carried to the size of `canvas` (H, W, 3) along its edges, as uint8 opacity.

    Fast guided filter (He and Sun 2015): a local linear model of colour is fitted on `guide` (h, w, 3) 0…1 and applied
    to the canvas; `steepness` is the share cut off at either end, which drops haze and fills pinholes.
    """
    slope, offset = _linear_model(guide, values, radius_px, epsilon)
    model = np.dstack([slope, offset, blurred(values, 1.5)]).astype(np.float32)
    out = np.empty(canvas.shape[:2], np.uint8)
    _apply(model, canvas, steepness, out)
    return out


def _linear_model(guide: Map, values: Map, radius_px: int, epsilon: float) -> tuple[Map, Map]:
    side = 2 * radius_px + 1

    def box(map_: NDArray[Any]) -> Map:
        return box_mean(map_, side, side)

    planes = [np.ascontiguousarray(guide[..., i]) for i in range(3)]
    means, mean = [box(plane) for plane in planes], box(values)
    pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
    rr, rg, rb, gg, gb, bb = (
        box(planes[i] * planes[j]) - means[i] * means[j] + (epsilon if i == j else 0) for i, j in pairs
    )
    cr, cg, cb = (box(plane * values) - m * mean for plane, m in zip(planes, means, strict=True))
    a, b, c = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    d, e, f = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    size = rr * a + rg * b + rb * c
    slopes = [(a * cr + b * cg + c * cb) / size, (b * cr + d * cg + e * cb) / size, (c * cr + e * cg + f * cb) / size]
    offset = mean - sum(s * m for s, m in zip(slopes, means, strict=True))
    return np.dstack([box(s) for s in slopes]), box(offset)


@njit(cache=True, nogil=True)
def _apply(model: Map, canvas: Picture, steepness: float, out: Picture) -> None:
    height, width = out.shape
    rows, columns = model.shape[:2]
    for y in range(height):
        v = min(max((y + 0.5) * rows / height - 0.5, 0.0), rows - 1.0)
        top = min(int(v), rows - 2)
        fy = v - top
        for x in range(width):
            u = min(max((x + 0.5) * columns / width - 0.5, 0.0), columns - 1.0)
            left = min(int(u), columns - 2)
            fx = u - left
            w00, w01, w10, w11 = (1 - fy) * (1 - fx), (1 - fy) * fx, fy * (1 - fx), fy * fx
            p00, p01 = model[top, left], model[top, left + 1]
            p10, p11 = model[top + 1, left], model[top + 1, left + 1]
            near = w00 * p00[4] + w01 * p01[4] + w10 * p10[4] + w11 * p11[4]
            if near < 0.004 or near > 0.996:
                out[y, x] = 255 if near > 0.5 else 0
                continue
            value = w00 * p00[3] + w01 * p01[3] + w10 * p10[3] + w11 * p11[3]
            for k in range(3):
                slope = w00 * p00[k] + w01 * p01[k] + w10 * p10[k] + w11 * p11[k]
                value += slope * canvas[y, x, k] / 255.0
            t = min(max((value - steepness) / (1 - 2 * steepness), 0.0), 1.0)
            out[y, x] = np.uint8(255 * t * t * (3 - 2 * t) + 0.5)
