"""The warp kernel against a plain float64 model of the same mathematics."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.kernel import GRID_STEP, compose, grid_shape, warm_up
from firstframe.media.colour import Yuv420

Field = NDArray[np.float64]
Move = Callable[[Field, Field], tuple[Field, Field]]


def picture(width: int, height: int, seed: int = 0, contrast: int = 256) -> Yuv420:
    rng = np.random.default_rng(seed)
    shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    middle = 128 - contrast // 2
    return Yuv420(*(rng.integers(middle, middle + contrast, shape).astype(np.uint8) for shape in shapes))


def smooth_picture(width: int, height: int, seed: int = 0) -> Yuv420:
    rng = np.random.default_rng(seed)

    def plane(w: int, h: int) -> NDArray[np.uint8]:
        y, x = np.mgrid[0:h, 0:w]
        waves = sum(np.sin(x * rng.uniform(-0.6, 0.6) + y * rng.uniform(-0.6, 0.6) + k) for k in range(6))
        return np.clip(128 + 30 * waves, 0, 255).astype(np.uint8)

    return Yuv420(plane(width, height), plane(width // 2, height // 2), plane(width // 2, height // 2))


def disc(width: int, height: int, radius: float, softness: float = 6.0) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width]
    distance = np.hypot(x - width / 2, y - height / 2)
    return np.clip(255 * ((radius - distance) / softness + 0.5), 0, 255).astype(np.uint8)


def grid_of(size: FrameSize, move: Move) -> NDArray[np.float32]:
    rows, columns = grid_shape(size)
    y, x = np.mgrid[0:rows, 0:columns] * float(GRID_STEP)
    return np.dstack(move(x, y)).astype(np.float32)


def shift(dx: float, dy: float) -> Move:
    return lambda x, y: (x + dx, y + dy)


def affine(scale: float, turn: float, dx: float, dy: float) -> Move:
    return lambda x, y: (scale * x + turn * y + dx, scale * y - turn * x + dy)


def composed(
    canvases: list[Canvas],
    grids: list[NDArray[np.float32]],
    size: FrameSize,
    opacities: list[float] | None = None,
    threads: int = 1,
) -> Yuv420:
    out = Yuv420.empty(size)
    compose(canvases, grids, opacities or [1.0] * len(canvases), out, threads=threads)
    return out


def positions(grid: NDArray[np.float32], x: Field, y: Field) -> tuple[Field, Field]:
    i, j = (x // GRID_STEP).astype(int), (y // GRID_STEP).astype(int)
    s, t = (x / GRID_STEP - i)[..., None], (y / GRID_STEP - j)[..., None]
    g = grid.astype(np.float64)
    place = (g[j, i] * (1 - s) + g[j, i + 1] * s) * (1 - t) + (g[j + 1, i] * (1 - s) + g[j + 1, i + 1] * s) * t
    return place[..., 0], place[..., 1]


def taps(plane: NDArray[np.uint8], x: Field, y: Field, reach: int, weights: Callable[[Field], list[Field]]) -> Field:
    h, w = plane.shape
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    total = np.zeros(x.shape)
    for row, wy in enumerate(weights(y - y0)):
        for column, wx in enumerate(weights(x - x0)):
            at = np.clip(y0 + row - reach, 0, h - 1), np.clip(x0 + column - reach, 0, w - 1)
            total += wy * wx * plane[at]
    return total


def linear(t: Field) -> list[Field]:
    return [1 - t, t]


def parabolic(t: Field) -> list[Field]:
    bow = t * (1 - t) / 2
    return [-bow, 1 - t + bow, t + bow, -bow]


def modelled(
    canvases: list[Canvas], grids: list[NDArray[np.float32]], size: FrameSize, opacities: list[float]
) -> tuple[Field, Field, Field]:
    y, x = np.mgrid[0 : size.height, 0 : size.width].astype(np.float64)
    sites_x, sites_y = x[::2, ::2], y[::2, ::2] + 0.5
    planes = [np.zeros(x.shape), np.zeros(sites_x.shape), np.zeros(sites_x.shape)]
    for index, (canvas, grid, opacity) in enumerate(zip(canvases, grids, opacities, strict=True)):
        at, sites = positions(grid, x, y), positions(grid, sites_x, sites_y)
        weight = np.ones(x.shape)
        if index > 0:
            weight = opacity * (weight if canvas.alpha is None else taps(canvas.alpha, *at, 0, linear) / 255)
        site_weight = (weight[::2, ::2] + weight[1::2, ::2]) / 2
        colours = [
            np.clip(taps(canvas.y, *at, 1, parabolic), 0, 255),
            taps(canvas.u, sites[0] / 2, (sites[1] - 0.5) / 2, 0, linear),
            taps(canvas.v, sites[0] / 2, (sites[1] - 0.5) / 2, 0, linear),
        ]
        for plane, colour, share in zip(planes, colours, (weight, site_weight, site_weight), strict=True):
            plane += (colour - plane) * share
    return planes[0], planes[1], planes[2]


def worst(frame: Yuv420, model: tuple[Field, Field, Field]) -> float:
    return max(float(np.abs(a - b).max()) for a, b in zip((frame.y, frame.u, frame.v), model, strict=True))


def test_grid_has_a_point_past_each_end() -> None:
    assert grid_shape(FrameSize(1920, 1080)) == (136, 241)
    assert grid_shape(FrameSize(1366, 768)) == (97, 172)


@pytest.mark.parametrize("size", [FrameSize(64, 48), FrameSize(1366, 768), FrameSize(70, 1440)])
def test_identity_is_exact(size: FrameSize) -> None:
    source = picture(size.width, size.height)
    out = composed([Canvas.from_planes(source, None)], [grid_of(size, shift(0, 0))], size)
    assert np.array_equal(out.y, source.y)
    assert np.array_equal(out.u, source.u)
    assert np.array_equal(out.v, source.v)


@pytest.mark.parametrize(("dx", "dy"), [(2, 4), (12, 6), (26, 18)])
def test_shift_by_whole_chroma_samples_is_exact(dx: int, dy: int) -> None:
    size, source = FrameSize(96, 64), picture(130, 90)
    out = composed([Canvas.from_planes(source, None)], [grid_of(size, shift(dx, dy))], size)
    assert np.array_equal(out.y, source.y[dy : dy + 64, dx : dx + 96])
    assert np.array_equal(out.u, source.u[dy // 2 : dy // 2 + 32, dx // 2 : dx // 2 + 48])
    assert np.array_equal(out.v, source.v[dy // 2 : dy // 2 + 32, dx // 2 : dx // 2 + 48])


MOVES = {
    "sub-pixel shift": shift(7.371, 5.618),
    "tiny shift": shift(4 + 1 / 300, 4 - 1 / 300),
    "quarter larger": affine(1.25, 0.0, 3.3, 2.7),
    "smaller": affine(0.8, 0.0, 9.1, 4.2),
    "turned": affine(1.2, 0.05, 4.0, 12.0),
    "turned far": affine(0.9, 0.6, -5.0, 60.0),
    "wave": lambda x, y: (1.25 * x + 4 * np.sin(y / 20) + 5, 1.25 * y + 3 * np.sin(x / 15) + 5),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_one_layer_follows_the_model(move: Move) -> None:
    size, canvas = FrameSize(118, 94), Canvas.from_planes(smooth_picture(160, 140), None)
    grids = [grid_of(size, move)]
    assert worst(composed([canvas], grids, size), modelled([canvas], grids, size, [1.0])) <= 1.0


LEVEL = {name: MOVES[name] for name in ("sub-pixel shift", "tiny shift", "quarter larger", "smaller")}


@pytest.mark.parametrize("move", LEVEL.values(), ids=LEVEL.keys())
def test_noise_follows_the_model(move: Move) -> None:
    size, canvas = FrameSize(118, 94), Canvas.from_planes(picture(160, 140), None)
    grids = [grid_of(size, move)]
    assert worst(composed([canvas], grids, size), modelled([canvas], grids, size, [1.0])) <= 1.0


@pytest.mark.parametrize(("dx", "dy"), [(-500.3, 3.2), (700.7, -400.1), (-3.4, 90.6), (1e9, -1e9)])
def test_outside_the_canvas_lies_its_edge(dx: float, dy: float) -> None:
    size, canvas = FrameSize(96, 64), Canvas.from_planes(smooth_picture(100, 80), None)
    grids = [grid_of(size, shift(dx, dy))]
    assert worst(composed([canvas], grids, size), modelled([canvas], grids, size, [1.0])) <= 1.0


def test_a_broken_grid_reads_nothing_outside() -> None:
    size, canvas = FrameSize(64, 48), Canvas.from_planes(smooth_picture(64, 48), disc(64, 48, 20))
    grid = grid_of(size, shift(0, 0))
    grid[2, 2], grid[3, 4], grid[5, 6] = np.nan, np.inf, -np.inf
    composed([canvas, canvas], [grid, grid], size)


@pytest.mark.parametrize("opacity", [1.0, 0.6, 0.0])
def test_layers_blend_like_the_model(opacity: float) -> None:
    size = FrameSize(206, 150)
    canvases = [
        Canvas.from_planes(smooth_picture(260, 200, 1), None),
        Canvas.from_planes(smooth_picture(300, 220, 2), disc(300, 220, 80)),
        Canvas.from_planes(smooth_picture(206, 150, 3), disc(206, 150, 30, softness=40)),
    ]
    grids = [grid_of(size, move) for move in (affine(1.2, 0.03, 3, 9), affine(1.3, -0.02, 8.3, 4.1), shift(3.3, 2.2))]
    opacities = [1.0, opacity, 1.0]
    out = composed(canvases, grids, size, opacities)
    assert worst(out, modelled(canvases, grids, size, opacities)) <= 1.5


def test_what_is_hidden_or_empty_costs_no_fidelity() -> None:
    size = FrameSize(128, 96)
    back, front = picture(128, 96, 1), picture(128, 96, 2)
    alpha = np.zeros((96, 128), np.uint8)
    alpha[24:72, 40:90] = 255
    grid = grid_of(size, shift(0, 0))
    out = composed([Canvas.from_planes(back, None), Canvas.from_planes(front, alpha)], [grid, grid], size)
    assert np.array_equal(out.y, np.where(alpha > 0, front.y, back.y))
    inside = (slice(13, 35), slice(21, 44))
    assert np.array_equal(out.u[inside], front.u[inside])
    assert np.array_equal(out.u[:, :19], back.u[:, :19])


def test_layer_without_matte_obeys_its_opacity() -> None:
    size = FrameSize(64, 48)
    canvases = [Canvas.from_planes(picture(64, 48, seed), None) for seed in (1, 2)]
    grids = [grid_of(size, shift(0, 0))] * 2
    assert worst(composed(canvases, grids, size, [1.0, 0.25]), modelled(canvases, grids, size, [1.0, 0.25])) <= 0.75
    assert np.array_equal(composed(canvases, grids, size, [1.0, 1.0]).y, canvases[1].y)
    assert np.array_equal(composed(canvases, grids, size, [1.0, 0.0]).y, canvases[0].y)


def test_bytes_do_not_depend_on_threads() -> None:
    size = FrameSize(1366, 768)
    canvases = [
        Canvas.from_planes(picture(1500, 900, 1), None),
        Canvas.from_planes(picture(1500, 900, 2), disc(1500, 900, 300, softness=80)),
    ]
    grids = [grid_of(size, affine(1.08, turn, 9.3, 30.1)) for turn in (0.02, -0.01)]
    one, two, five = (composed(canvases, grids, size, threads=count) for count in (1, 2, 5))
    for other in (two, five):
        assert np.array_equal(one.y, other.y)
        assert np.array_equal(one.u, other.u)
        assert np.array_equal(one.v, other.v)


def test_mistakes_are_refused() -> None:
    size = FrameSize(64, 48)
    canvas, grid = Canvas.from_planes(picture(64, 48), None), grid_of(size, shift(0, 0))
    out = Yuv420.empty(size)
    with pytest.raises(ValueError, match="canvases"):
        compose([], [], [], out)
    with pytest.raises(ValueError, match="2 grids"):
        compose([canvas], [grid, grid], [1.0], out)
    with pytest.raises(ValueError, match="expected float32"):
        compose([canvas], [grid[:-1]], [1.0], out)
    with pytest.raises(ValueError, match="contiguous"):
        compose([canvas], [grid], [1.0], Yuv420(out.y, out.u[::2], out.v))
    with pytest.raises(ValueError, match="contiguous"):
        compose([canvas], [grid], [1.0], Yuv420(np.asfortranarray(out.y), out.u, out.v))
    with pytest.raises(ValueError, match="even"):
        Canvas.from_planes(Yuv420(np.zeros((5, 8), np.uint8), out.u, out.v), None)
    with pytest.raises(ValueError, match="alpha"):
        Canvas.from_planes(picture(64, 48), np.zeros((8, 8), np.uint8))


def test_canvas_gives_its_planes_back() -> None:
    source, alpha = picture(20, 12), disc(20, 12, 5)
    canvas = Canvas.from_planes(source, alpha)
    for plane, original in ((canvas.y, source.y), (canvas.u, source.u), (canvas.v, source.v), (canvas.alpha, alpha)):
        assert plane is not None
        assert np.array_equal(plane, original)


def test_warm_up_needs_nothing() -> None:
    warm_up()
