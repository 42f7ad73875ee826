"""What exactly moves, where one kind of motion has several looks: petals or dust, dusk or lightning, steam or smoke."""

from __future__ import annotations

from functools import cache

from firstframe.direction.motion_words import PLACEHOLDERS
from firstframe.direction.phrases import Phrase, keyed_lines, phrases
from firstframe.direction.text import Prompt

DETAIL_PHRASES: dict[str, str] = {
    "particles": """
        petals: petal; petals; blossom; blossoms; sakura
        leaves: leaf; leaves; foliage
        embers: ember; embers; cinders
        sparks: spark; sparks; sparkler; sparklers; firework stick
        fireworks: firework; fireworks
        confetti: confetti
        bubbles: bubble; bubbles
        feathers: feather; feathers
        fireflies: firefly; fireflies
        ash: ash; ashes
        sand: sand; sandstorm
        seeds: seed; seeds; dandelion; dandelions
        droplets: droplet; droplets; drop; drops; spray
        bokeh: bokeh; orb; orbs
        glitter: glitter; stardust; sparkles; glints; (fairy|magic) dust; (magic|magical|golden|glowing) particles
        dust: dust; motes; mote; pollen; powder; specks; particle; particles""",
    "light": """
        lightning: lightning; thunderstorm
        nightfall: PART_OF_DAY (turns|turn|fades|changes|transitions|shifts|fading|turning|to|into) (to|into)? DARK
        nightfall: night (falls|falling); the sun (sets|is setting|goes down|sinks); sun setting; setting sun
        nightfall: (dusk|night|darkness|evening|twilight) (falls|falling|settles|comes|gathers|descends); sun sinks
        daybreak: the sun (rises|is rising|comes up); rising sun; sun rising
        daybreak: DARK (turns|fades|to|into) (to|into)? BRIGHT
        aurora: aurora; northern lights
        shadows: shadow; shadows
        sunbeams: god rays; sunbeam; sunbeams; sunray; sunrays; rays; (sun|light) (beams|shafts); sunlight; sunshine
        sunbeams: (shaft|shafts|beam|beams) of (WORD)? (light|sunlight|sun)
        stars: star; stars
        lamps: neon; neons; sign; signs; lantern; lanterns; lamp; lamps; lamplight; bulb; bulbs; lights; chandelier
        lamps: headlight; headlights; streetlight; streetlights; streetlamp; spotlight; spotlights; laser; lasers
        sparkle: sparkle*; glitter*; glint*; glisten*; twinkle*; gleam*; diamond; diamonds; jewel; jewels; crystal""",
    "smoke": """
        steam: steam*; vapor; vapour
        smoke: smoke*; incense; fumes; exhaust; plume; plumes""",
    "water": """
        waves: wave; waves; surf; swell; tide; crash*
        ripples: ripple*""",
}
"""Finer words per kind of motion, with the phrases that say so; the first of the table that is found counts."""

_STANDING_FOR = PLACEHOLDERS | {
    "DARK": "sunset|dusk|evening|night|twilight|darkness",
    "BRIGHT": "day|dawn|sunrise|daylight|morning",
}

DETAILS: dict[str, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys(detail for detail, _ in keyed_lines(block))) for kind, block in DETAIL_PHRASES.items()
}
"""Every finer word of every kind of motion that has some."""


@cache
def _table(kind: str) -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    lines = keyed_lines(DETAIL_PHRASES.get(kind, ""))
    return tuple((detail, phrases(text, _STANDING_FOR)) for detail, text in lines)


def detail_of(prompt: Prompt, kind: str, span: tuple[int, int]) -> str | None:
    """The finer word for a motion that is asked for in `span`; None when its words do not say."""
    text = prompt.plain[slice(*span)]
    words = {word.text for word in prompt.words_between(*span)}
    found = (detail for detail, ways in _table(kind) for way in ways if way.spans(text, words))
    return next(found, None)


def finer(kind: str, one: str | None, other: str | None) -> str | None:
    """Of two readings of the same motion the one that stands first in the table."""
    return next((detail for detail in DETAILS.get(kind, ()) if detail in (one, other)), None)
