from __future__ import annotations

import threading
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.direction.vocabulary import SCENE_MOTIONS
from firstframe.engines.parallax.atmosphere import KINDS, Atmosphere, atmosphere
from firstframe.engines.parallax.camera import Pose
from firstframe.engines.parallax.scene.model import Layer, Scene
from firstframe.engines.parallax.staging import BUILDERS
from firstframe.media.colour import Yuv420, to_yuv420

Picture = NDArray[np.uint8]
SIZE = FrameSize(400, 226)


@cache
def photograph(size: FrameSize, kind: str) -> Picture:
    """A picture with what an effect looks for: sun and sky, lamps in the dark, or pink blossoms."""
    rows, columns = np.mgrid[: size.height, : size.width].astype(np.float32)
    down = rows / size.height
    level = 60 + 90 * (1 - down) + 12 * np.sin(columns / 23) * np.sin(rows / 17)
    picture = np.stack([level, level + 4, level + 10], axis=2)
    if kind == "night":
        picture *= 0.25
        for x, y in ((0.2, 0.3), (0.7, 0.25), (0.85, 0.6)):
            picture[np.hypot(columns - x * size.width, rows - y * size.height) < 0.018 * size.short_edge] = (
                255,
                240,
                200,
            )
    if kind == "fire":
        picture *= 0.25
        picture[np.hypot(columns - 0.5 * size.width, 0.5 * (rows - 0.7 * size.height)) < 0.09 * size.short_edge] = (
            255,
            200,
            60,
        )
    if kind == "sun":
        picture[np.hypot(columns - 0.3 * size.width, rows - 0.12 * size.height) < 0.05 * size.short_edge] = (
            255,
            250,
            230,
        )
    if kind == "blossoms":
        picture[(np.sin(columns / 40) * np.sin(rows / 31)) > 0.6] = (235, 190, 205)
    return np.clip(picture, 0, 255).astype(np.uint8)


@cache
def scene(kind: str, size: FrameSize) -> Scene:
    """The scene of `photograph`, with a subject in the middle of the lower half."""
    scale = 480 / max(size.width, size.height)
    height, width = round(size.height * scale), round(size.width * scale)
    depth = np.repeat(np.linspace(0.1, 0.9, height, dtype=np.float32)[:, None], width, axis=1)
    masks = {name: np.zeros((height, width), np.float32) for name in ("sky", "fire", "foliage", "subject")}
    masks["sky"][: height // 3] = 1
    rows, columns = np.mgrid[:height, :width]
    masks["fire"][np.hypot(columns - 0.5 * width, 0.5 * (rows - 0.7 * height)) < 0.09 * min(height, width)] = 1
    masks["foliage"][height // 2 :] = 1
    masks["subject"][height // 2 :, width // 3 : 2 * width // 3] = 1
    wanted = {"fire": ("fire",), "sun": ("sky",), "blossoms": ("foliage",), "night": ()}.get(kind, ("subject",))
    blank = np.zeros((height, width, 3), np.uint8)
    layers: tuple[Layer, ...] = (Layer("background", blank, None, depth),)
    if "subject" in wanted:
        alpha = (masks["subject"] * 255).astype(np.uint8)
        layers += (Layer("subject", blank, alpha, np.full_like(depth, 0.8)),)
    box = (1 / 3, 0.5, 1 / 3, 0.5) if "subject" in wanted else None
    return Scene(layers, {name: masks[name] for name in wanted}, depth, 0.9, horizon=0.4, subject_box=box)


@cache
def build(
    motion: str, picture: str = "day", size: FrameSize | None = None, strength: float = 1.0, heading: str | None = None,
    loop: bool = False, seed: int = 1, nouns: tuple[str, ...] = (),
) -> Atmosphere:  # fmt: skip
    """The atmosphere of one motion over `photograph`."""
    size = size or SIZE
    motions = [SceneMotion(motion, strength, heading)]
    made, account = atmosphere(motions, scene(picture, size), photograph(size, picture), size, 6, loop, seed, nouns)
    assert made is not None, account
    return made


def frame_of(made: Atmosphere, second: float, pose: Pose | None = None, picture: str = "day") -> Yuv420:
    """The photograph with the atmosphere of a moment."""
    frame = to_yuv420(photograph(made.scenery.size, picture))
    made.apply(frame, second, pose or Pose())
    return frame


def difference(one: Yuv420, other: Yuv420) -> NDArray[np.int32]:
    """Absolute difference of luma."""
    return np.abs(one.y.astype(np.int32) - other.y)


def same(one: Yuv420, other: Yuv420) -> bool:
    """Whether two frames are equal in every byte."""
    return all(np.array_equal(getattr(one, p), getattr(other, p)) for p in "yuv")


EFFECTS = [
    ("rain", "day", ()), ("snow", "day", ()), ("fog", "day", ()), ("smoke", "day", ("coffee",)), ("smoke", "fire", ()),
    ("fire", "fire", ()), ("particles", "fire", ()), ("particles", "blossoms", ()), ("particles", "day", ()),
    ("particles", "night", ()), ("light", "night", ()), ("light", "sun", ()), ("light", "day", ()),
    ("light", "day", ("dusk",)), ("light", "day", ("lightning",)),
]  # fmt: skip
"""Every effect: motion, picture, and the nouns that choose it."""

every_effect = pytest.mark.parametrize(("motion", "picture", "nouns"), EFFECTS)


@pytest.mark.parametrize(
    ("kind", "detail", "picture", "region"),
    [
        ("particles", "petals", "day", "petals in the air"),
        ("particles", "dust", "blossoms", "dust in the light"),
        ("particles", "bokeh", "day", "lights out of focus"),
        ("particles", "embers", "fire", "embers above the fire"),
        ("light", "lightning", "day", "sky and all it lights"),
        ("light", "nightfall", "day", "daylight"),
        ("light", "sunbeams", "sun", "sunbeams"),
        ("light", "sunbeams", "day", "sunbeams"),
        ("particles", "fireflies", "day", "fireflies in the air"),
        ("light", "shadows", "sun", "daylight"),
        ("light", "aurora", "sun", "sky"),
        ("smoke", "steam", "day", "above the subject"),
        ("smoke", "smoke", "fire", "above the fire"),
    ],
)
def test_the_finer_word_decides(kind: str, detail: str, picture: str, region: str) -> None:
    motion = SceneMotion(kind, detail=detail)
    size = SIZE
    _, account = atmosphere([motion], scene(picture, size), photograph(size, picture), size, 6, False, 1, ())
    assert [performed.region for performed in account] == [region]


MOMENTS = np.linspace(0.5, 5.5, 9)


@every_effect
def test_second_zero_is_the_first_frame(motion: str, picture: str, nouns: tuple[str, ...]) -> None:
    made = build(motion, picture, nouns=nouns)
    assert same(frame_of(made, 0.0, picture=picture), to_yuv420(photograph(made.scenery.size, picture)))


@every_effect
def test_begins_without_a_jump(motion: str, picture: str, nouns: tuple[str, ...]) -> None:
    made = build(motion, picture, nouns=nouns)
    still = to_yuv420(photograph(made.scenery.size, picture))
    assert difference(frame_of(made, 1 / 24, picture=picture), still).mean() < 0.12


@every_effect
def test_is_seen(motion: str, picture: str, nouns: tuple[str, ...]) -> None:
    made = build(motion, picture, nouns=nouns)
    still = to_yuv420(photograph(made.scenery.size, picture))
    changed = [(difference(frame_of(made, float(s), picture=picture), still) > 2).mean() for s in MOMENTS]
    assert max(changed) > 0.0015


@every_effect
def test_a_loop_ends_as_it_began(motion: str, picture: str, nouns: tuple[str, ...]) -> None:
    made = build(motion, picture, nouns=nouns, loop=True)
    still = to_yuv420(photograph(made.scenery.size, picture))
    assert same(frame_of(made, 6.0, picture=picture), still)
    last = difference(frame_of(made, 6.0 - 1 / 24, picture=picture), still).mean()
    assert last < 0.12


@every_effect
def test_any_moment_alone_is_as_in_the_sequence(motion: str, picture: str, nouns: tuple[str, ...]) -> None:
    made, again = build(motion, picture, nouns=nouns), build.__wrapped__(motion, picture, nouns=nouns)
    for second in (1.0, 2.0, 3.0):
        in_sequence = frame_of(made, second, Pose(x=0.02 * second), picture)
    assert same(in_sequence, frame_of(again, 3.0, Pose(x=0.06), picture))


@every_effect
def test_another_seed_looks_different_except_nightfall(motion: str, picture: str, nouns: tuple[str, ...]) -> None:
    moments = [
        [frame_of(build(motion, picture, nouns=nouns, seed=seed), s, picture=picture) for s in (1.7, 2.6, 4.1)]
        for seed in (1, 2)
    ]
    assert any(not same(one, other) for one, other in zip(*moments, strict=True)) == (nouns != ("dusk",))


@every_effect
def test_stronger_words_do_more(motion: str, picture: str, nouns: tuple[str, ...]) -> None:
    still = to_yuv420(photograph(SIZE, picture))
    amounts = []
    for strength in (0.5, 1.7):
        made = build(motion, picture, nouns=nouns, strength=strength)
        amounts.append(np.mean([difference(frame_of(made, float(s), picture=picture), still).mean() for s in MOMENTS]))
    gentle, strong = amounts
    assert strong > 1.25 * gentle


@pytest.mark.parametrize("size", [FrameSize(768, 768), FrameSize(1366, 768), FrameSize(432, 1080), FrameSize(34, 18)])
@pytest.mark.parametrize("pose", [Pose(), Pose(x=0.1, y=-0.08, z=0.15, yaw=0.06, pitch=-0.06, roll=0.08, zoom=0.19)])
def test_draws_within_any_frame(size: FrameSize, pose: Pose) -> None:
    guard = 64
    for motion, picture in (
        ("rain", "day"),
        ("snow", "day"),
        ("particles", "fire"),
        ("particles", "night"),
        ("fog", "day"),
    ):
        made = build(motion, picture, size, strength=1.5)
        planes = [np.full(plane.size + 2 * guard, 77, np.uint8) for plane in _planes(photograph(size, picture))]
        inner = [plane[guard:-guard] for plane in planes]
        shapes = [(size.height, size.width), *[(size.height // 2, size.width // 2)] * 2]
        frame = Yuv420(*(plane.reshape(shape) for plane, shape in zip(inner, shapes, strict=True)))
        to_yuv420(photograph(size, picture), frame)
        made.apply(frame, 2.3, pose)
        for plane in planes:
            assert (plane[:guard] == 77).all()
            assert (plane[-guard:] == 77).all()
        assert frame.y.min() >= 14
        assert frame.y.max() <= 240


def _planes(picture: Picture) -> tuple[Picture, ...]:
    frame = to_yuv420(picture)
    return frame.y, frame.u, frame.v


def test_many_threads_draw_the_same() -> None:
    made = build("rain")
    alone = [frame_of(made, s) for s in (1.0, 2.0, 3.0, 4.0)]
    together: dict[float, Yuv420] = {}
    threads = [
        threading.Thread(target=lambda s=s: together.update({s: frame_of(made, s)})) for s in (1.0, 2.0, 3.0, 4.0)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(same(frame, together[s]) for frame, s in zip(alone, (1.0, 2.0, 3.0, 4.0), strict=True))


def test_every_motion_of_the_vocabulary_has_its_room() -> None:
    assert set(BUILDERS) | KINDS == set(SCENE_MOTIONS)


def test_nothing_asked_for_is_no_atmosphere() -> None:
    size = FrameSize(64, 64)
    made, account = atmosphere([SceneMotion("hair")], scene("day", size), photograph(size, "day"), size, 6, False, 1)
    assert made is None
    assert account == []


def test_what_is_not_in_the_picture_is_said() -> None:
    size = FrameSize(320, 180)
    made, account = atmosphere([SceneMotion("fire")], scene("day", size), photograph(size, "day"), size, 6, False, 1)
    assert made is None
    assert [(p.motion.kind, p.reason) for p in account] == [("fire", "no fire was found in the picture")]


def test_lamps_that_are_not_there_do_not_flicker() -> None:
    size = FrameSize(320, 180)
    asked = [SceneMotion("light", detail="lamps")]
    made, account = atmosphere(asked, scene("day", size), photograph(size, "day"), size, 6, False, 1)
    assert made is None
    assert account[0].reason == "no lights were found in the picture"


def test_two_motions_do_not_cancel_each_other() -> None:
    size = SIZE
    motions = [SceneMotion("fog"), SceneMotion("snow")]
    both, account = atmosphere(motions, scene("day", size), photograph(size, "day"), size, 6, False, 1)
    assert both is not None
    assert [p.motion.kind for p in account] == ["fog", "snow"]
    fog, seen = build("fog"), frame_of(both, 3.0)
    flakes = seen.y.astype(np.int32) - frame_of(fog, 3.0).y
    assert (flakes > 25).mean() > 0.001
    assert abs(np.median(flakes)) < 1
