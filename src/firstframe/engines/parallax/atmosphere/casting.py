"""From asked motions to what is in the air: which effect suits the scene, where it acts, and the account of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.atmosphere.bolts import Bolts
from firstframe.engines.parallax.atmosphere.clock import Clock
from firstframe.engines.parallax.atmosphere.daylight import Nightfall, PassingShadows
from firstframe.engines.parallax.atmosphere.firelight import Firelight
from firstframe.engines.parallax.atmosphere.fog import Fog
from firstframe.engines.parallax.atmosphere.glints import Glints
from firstframe.engines.parallax.atmosphere.lamps import Lamps, find_lamps
from firstframe.engines.parallax.atmosphere.lightning import Lightning
from firstframe.engines.parallax.atmosphere.motes import (
    BOKEH,
    DUST,
    FIREFLIES,
    PETALS,
    Motes,
    Style,
    glow_colours,
    petal_colours,
)
from firstframe.engines.parallax.atmosphere.overlay import Hanging, Swarm
from firstframe.engines.parallax.atmosphere.plume import Plume, Source
from firstframe.engines.parallax.atmosphere.rain import Rain
from firstframe.engines.parallax.atmosphere.scenery import Codes, Scenery, blurred
from firstframe.engines.parallax.atmosphere.snow import Snow
from firstframe.engines.parallax.atmosphere.sparks import EMBERS, SPARKS, Sparks, find_sparkler
from firstframe.engines.parallax.atmosphere.splashes import Splashes
from firstframe.engines.parallax.atmosphere.sunbeams import Sunbeams, find_sun, sun_above
from firstframe.engines.parallax.scene.model import Map

EVERYWHERE = "air"
_PETAL_LOOKS = frozenset({"petals", "leaves", "feathers", "confetti"})
_GLOWING_LOOKS = frozenset({"bokeh", "glitter"})
_SPARK_LOOKS = frozenset({"sparks", "fireworks"})
_PINK: Codes = (206.0, 121.0, 143.0)
_STORM_NOUNS = frozenset("lightning thunder thunderstorm storm".split())
_DUSK_NOUNS = frozenset("dusk nightfall night evening".split())
_SPARK_NOUNS = frozenset("sparkler sparklers spark sparks firework fireworks".split())
_PETAL_NOUNS = frozenset(
    "petal petals blossom blossoms flower flowers leaf leaves tree cherry sakura rose roses".split()
)
_STEAM_NOUNS = frozenset(
    "coffee tea cup mug latte cappuccino espresso soup ramen noodle noodles bowl stew teapot kettle food dish".split()
)
_LIGHTED_NOUNS = frozenset("candle candles lantern lanterns torch torches lamp lamps lights".split())
"""Flames too small to be told from lamps; without such a word, what is not seen to burn does not flicker."""
_MISTY_RAIN = 1.4
"""Strength from which rain veils the distance."""
_FIREFLY: Codes = (222.0, 84.0, 128.0)
_DUSK_CODES: Codes = (205.0, 112.0, 138.0)
_SMOKE_GREY, _STEAM_WHITE = 150.0, 222.0


@dataclass(frozen=True)
class Setting:
    """What every effect is chosen by: the picture, the clip, and what else the prompt speaks of."""

    scenery: Scenery
    clock: Clock
    kinds: frozenset[str]
    nouns: frozenset[str]


@dataclass(frozen=True)
class Effect:
    """What became of one asked motion."""

    region: str
    hangings: tuple[Hanging, ...] = ()
    swarms: tuple[Swarm, ...] = ()
    coverage: float = 1.0
    confidence: float = 0.9
    reason: str = ""
    """Empty when performed; otherwise why not."""


def cast_effect(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    """The effect for one motion of a kind in `EFFECTS`."""
    return EFFECTS[motion.kind](setting, motion, seed)


def _rain(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    scenery, clock = setting.scenery, setting.clock
    drops = Rain.of(scenery, clock, seed, motion.strength, motion.heading)
    splashes = Splashes.of(scenery, clock, seed + 2, motion.strength)
    falling: tuple[Swarm, ...] = (drops,) if splashes is None else (splashes, drops)
    if motion.strength < _MISTY_RAIN:
        return Effect(EVERYWHERE, (), falling)
    return Effect(EVERYWHERE, (Fog.of(scenery, clock, seed + 1, 0.15 * motion.strength, motion.heading),), falling)


def _snow(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    flakes = Snow.of(setting.scenery, setting.clock, seed, motion.strength, motion.heading)
    return Effect(EVERYWHERE, (), (flakes,))


def _fog(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    return Effect(EVERYWHERE, (Fog.of(setting.scenery, setting.clock, seed, motion.strength, motion.heading),))


def _fire(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    scenery = setting.scenery
    flames = scenery.mask("fire")
    if flames is not None:
        light = Firelight.of(scenery, setting.clock, seed, motion.strength, flames)
        trust = scenery.scene.class_confidence.get("fire", 1.0)
        return Effect("fire", (light,), (), float(flames.mean()), trust)
    lamps = find_lamps(scenery) if scenery.darkness > 0.3 and setting.nouns & _LIGHTED_NOUNS else None
    if lamps is None:
        return Effect("fire", coverage=0.0, confidence=0.0, reason="no fire was found in the picture")
    flicker = Lamps.of(scenery, setting.clock, seed, 1.6 * motion.strength, lamps)
    return Effect("lights", (flicker,), (), float((lamps > 0).mean()), 0.4)


def _smoke(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    scenery = setting.scenery
    size, (_, haze_u, haze_v) = scenery.size, scenery.haze
    flames, box = scenery.mask("fire"), scenery.scene.subject_box
    thickness = 2.0 * motion.strength**0.8
    steaming = motion.detail == "steam" or (motion.detail is None and bool(setting.nouns & _STEAM_NOUNS))
    if flames is not None and not steaming:
        return _smoke_above(flames, setting, motion, seed, 1.3 * thickness)
    if (
        box is not None
        and (steaming or setting.nouns & _STEAM_NOUNS or scenery.scene.face_box is None)
        and scenery.scene.confidence >= 0.5
    ):
        x, y = (box[0] + box[2] / 2) * size.width, (box[1] + 0.33 * box[3]) * size.height
        half = 0.19 * box[2] * size.width / size.short_edge
        source = Source(x, y, min(max(half, 0.05), 0.16), 0.72, 0.3, 0.095, thickness, 0.5)
        plume = Plume.of(scenery, setting.clock, seed, source, motion.heading, (_STEAM_WHITE, haze_u, haze_v))
        return Effect("above the subject", (plume,), (), 0.15, 0.7)
    if not motion.asked:
        return Effect("subject", coverage=0.0, confidence=0.0, reason="nothing was found that it could rise from")
    drifting = Fog.of(scenery, setting.clock, seed, motion.strength, motion.heading)
    return Effect(EVERYWHERE, (drifting,), (), 1.0, 0.4)


def _smoke_above(flames: Map, setting: Setting, motion: SceneMotion, seed: int, thickness: float) -> Effect:
    """As wide as the fire, and behind its flames."""
    scenery = setting.scenery
    size, (_, haze_u, haze_v) = scenery.size, scenery.haze
    rows, columns = np.nonzero(flames > 0.4 * float(flames.max()))
    x = (float(np.median(columns)) + 0.5) / flames.shape[1] * size.width
    y = float(np.percentile(rows, 25)) / flames.shape[0] * size.height
    half = 0.5 * float(np.ptp(np.percentile(columns, (10, 90)))) / min(flames.shape)
    length = max(0.6, y / size.short_edge + 0.4)
    source = Source(x, y, min(max(half, 0.07), 0.2), length, 0.3, 0.14, thickness, 0.1)
    grey = _SMOKE_GREY * (1 - 0.1 * scenery.darkness)
    before = np.minimum(1.6 * blurred(flames, 3.0), 1)
    plume = Plume.of(scenery, setting.clock, seed, source, motion.heading, (grey, haze_u - 4, haze_v + 5), 0.75, before)
    return Effect("above the fire", (plume,), (), 0.2, 0.8)


def _particles(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    scenery, clock = setting.scenery, setting.clock
    flames = scenery.mask("fire")
    sparkler = find_sparkler(scenery)
    sparking = motion.detail in _SPARK_LOOKS or bool(setting.nouns & _SPARK_NOUNS)
    if sparkler is not None and (sparking or (motion.detail is None and flames is None)):
        sparks = Sparks.of(scenery, clock, seed, motion.strength, motion.heading, SPARKS, sparkler)
        glare = Firelight.of(scenery, clock, seed, 0.8 * motion.strength, sparkler, redness=0.0)
        return Effect("sparkler", (glare,), (sparks,), 0.05, 0.7)
    if flames is not None and motion.detail in {None, "embers", "ash", *_SPARK_LOOKS}:
        embers = Sparks.of(scenery, clock, seed, motion.strength, motion.heading, EMBERS, flames)
        return Effect("embers above the fire", (), (embers,), 0.3, 0.8)
    petals = _petals(setting, motion)
    if petals:
        return Effect("petals in the air", (), (_motes(setting, motion, seed, PETALS, petals),))
    if motion.detail == "fireflies":
        return Effect("fireflies in the air", (), (_motes(setting, motion, seed, FIREFLIES, [_FIREFLY]),))
    glow: list[Codes] = [(222.0, *scenery.haze[1:]), (215.0, 112.0, 138.0)]
    dust = _motes(setting, motion, seed, DUST, glow)
    if scenery.darkness < 0.35 and motion.detail not in _GLOWING_LOOKS:
        return Effect("dust in the light", (), (dust,), 1.0, 0.6)
    discs = glow_colours(scenery) or [_DUSK_CODES, *glow]
    return Effect("lights out of focus", (), (_motes(setting, motion, seed + 1, BOKEH, discs), dust), 1.0, 0.6)


def _petals(setting: Setting, motion: SceneMotion) -> list[Codes] | None:
    """The colours of petals, when it is petals that fly: because the words say so, or the picture suggests it."""
    scenery = setting.scenery
    if motion.detail in _PETAL_LOOKS:
        return petal_colours(scenery, 0.004) or [_PINK]
    named = "foliage" in setting.kinds or bool(setting.nouns & _PETAL_NOUNS)
    if motion.detail is not None or scenery.darkness >= 0.6 or not (named or scenery.mask("foliage") is not None):
        return None
    return petal_colours(scenery, 0.004 if named else 0.04)


def _motes(setting: Setting, motion: SceneMotion, seed: int, style: Style, palette: list[Codes]) -> Motes:
    return Motes.of(setting.scenery, setting.clock, seed, motion.strength, motion.heading, style, palette)


def _water(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    """What glitters on it; that it moves is the work of the sheets."""
    scenery = setting.scenery
    water = scenery.mask("water")
    if water is None:
        return Effect("water", coverage=0.0, confidence=0.0, reason="no water was found in the picture")
    glints = Glints.of(scenery, setting.clock, seed, motion.strength, water)
    trust = scenery.scene.class_confidence.get("water", 1.0)
    return Effect("water", (), () if glints is None else (glints,), float(water.mean()), trust)


def _light(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    scenery, clock = setting.scenery, setting.clock
    look = motion.detail
    if look == "lightning" or (look is None and (setting.nouns & _STORM_NOUNS or "rain" in setting.kinds)):
        lightning = Lightning.of(scenery, clock, seed, motion.strength)
        bolts = Bolts.of(scenery, lightning, seed + 1)
        return Effect("sky and all it lights", (lightning,), () if bolts is None else (bolts,))
    if (look == "nightfall" or (look is None and setting.nouns & _DUSK_NOUNS)) and scenery.darkness < 0.6:
        return Effect("daylight", (Nightfall.of(scenery, clock, motion.strength),))
    if look in {"aurora", "daybreak"}:
        return Effect("sky", coverage=0.0, confidence=0.0, reason=f"this engine paints no {look}")
    if look == "sparkle" and scenery.mask("water") is not None:
        return _water(setting, motion, seed)
    return _steady_light(setting, motion, seed)


def _steady_light(setting: Setting, motion: SceneMotion, seed: int) -> Effect:
    """Lamps in the dark, else sunbeams, else the shadows of passing clouds."""
    scenery, clock, look = setting.scenery, setting.clock, motion.detail
    lamps = find_lamps(scenery) if scenery.darkness > 0.35 else None
    if lamps is not None:
        return Effect(
            "lights", (Lamps.of(scenery, clock, seed, motion.strength, lamps),), (), float((lamps > 0).mean()), 0.8
        )
    if not motion.asked or look == "lamps":
        return Effect("lights", coverage=0.0, confidence=0.0, reason="no lights were found in the picture")
    sun = find_sun(scenery) or (sun_above(scenery) if look == "sunbeams" else None)
    if sun is not None and look != "shadows":
        return Effect("sunbeams", (Sunbeams.of(scenery, clock, seed, motion.strength, sun),), (), 0.6, 0.7)
    return Effect("daylight", (PassingShadows.of(scenery, clock, seed, motion.strength, motion.heading),), (), 1.0, 0.6)


EFFECTS: dict[str, Callable[[Setting, SceneMotion, int], Effect]] = {
    "fire": _fire,
    "smoke": _smoke,
    "fog": _fog,
    "rain": _rain,
    "snow": _snow,
    "particles": _particles,
    "light": _light,
    "water": _water,
}
"""Motion -> what chooses its effect."""


def effects(motions: Sequence[SceneMotion], setting: Setting, seed: int) -> list[tuple[SceneMotion, Effect]]:
    """The effect of every motion that is of the air or of the light, in the order asked."""
    return [
        (motion, cast_effect(setting, motion, seed + 7919 * index))
        for index, motion in enumerate(motions)
        if motion.kind in EFFECTS
    ]
