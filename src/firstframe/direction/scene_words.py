"""What else is said of scenes, as data: winds, stillness, what only seems to move, and what nouns invite."""

from __future__ import annotations

from typing import NamedTuple

RESTLESS_STRENGTHS = {"fog": 0.6}
"""How strongly restless things move when no word says it, where that is not 1."""

NOT_MOTION = """
    (smoke|fog|bubble|snow|steam|rain|dust) (machine|machines|ring|rings|room|effect) !rise !rises
    rice (paddy|paddies|cooker|bowl|field|fields)
    rain of
    (after|before) (the|a)? (heavy|fresh|light)? (snowfall|snowstorm|blizzard|rainfall)
    surf (shop|shops|board|boards|school|camp|club|instructor|van)
    (sparkling|mineral|tap|drinking|rose|holy|bath|soda) water
    wind (turbine|turbines|chime|chimes|farm|mill|tunnel|instrument|instruments)
    like (a|the)? (rain|snow|fire|smoke|waves|clouds)
    rain (coat|soaked|boots|boot|jacket|barrel|drenched|slicked|cloud|clouds|forest|wet|slick)
    (raindrop|raindrops) (on|upon)
    water (drop|drops|droplet|droplets) (on|upon)
    steams (the|her|his|some)? (milk|rice|dress|shirt|vegetables|dumplings|fish|clothes|suit)
    (after|before|post|no|without|since) (the|a)? (rain|rains|storm)
    raincoat
    rainforest
    (fire|steam) (truck|engine|escape|station|hydrant|extinguisher|house|alarm|red|fighter)
    steam (locomotive|train|iron|boat|punk)
    (fire|fires) (a|the|his|her) (gun|shot|arrow|weapon|rocket|bullet)
    (smoke|smoking) (detector|jacket|free|screen|area|signal)
    no smoking
    (video|live|data|steady) (stream|streams)
    (stream|streams) of (people|traffic|cars|consciousness|data)
    in waves; fountain (pen|pens)
    frozen (waterfall|waterfalls|river|rivers|lake|sea|stream|pond|fountain|wave|waves|creek)
    smoky eyes
    misty eyed
    misty eyes
    steam powered
    steam deck
    (unlit|extinguished) candle
    candle (holder|stick|stand|shop)
    (heat|sound|radio|micro|brain|shock|new|light) (wave|waves)
    (snow) (covered|capped|white|globe|man|board|shoe|leopard|boots|mobile|clad|dusted|laden|topped)
    (water) (color|colour|bottle|melon|glass|proof|lily|lilies|mill|tower|colour|level)
    star (wars|fish|bucks|trek)
    (movie|film|pop|rock) (star|stars)
    river (bank|side|bed|boat)
    riverside
    riverbank
    (light|lighting) (source|fixture|house|brown)
    traffic (light|lights)
    soft lighting
    (neon|street|traffic|road|stop|shop) (sign|signs) (reads|reading|says|saying|that reads)
    (field|depth) of (view|field)
    depth of field
    (track and|football|soccer|playing|baseball) field
    (head|neck|hip) (band|scarf)
    (palm|palms) (of|together|up|open|down|facing)
    (rose|rises) (gold|quartz|to the occasion)
    (family|shoe|phone|decision) tree
    (flame|fire) (retardant|resistant|proof|red)
    (sun|sunlight) (glasses|screen|dress|flower|hat)
    (covered|coated|caked|layer|layers|film) (in|with|of) dust
    (dust|dusty) (road|jacket|pan|bin|bowl|street|plain|path|cover)
    first person
    bird's eye
    worm's eye
    eagle eye
    fish eye
    fisheye
    cat walk
    dog days
    bull's eye
    (waves|waving|waved) at !sunset !sunrise !dawn !dusk !night !noon !twilight
    (waves|wave|waving|waved) (to|her|his|their|its|hello|goodbye|bye|good|a|an|back|from|one|both|with (her|his))
    (waves|wave|waving|waved) the (flag|sword|hand|wand)
"""
"""Readings of these words that ask for no scene motion, one per line."""

STILLNESS = """
    (nothing|nobody) moves; no (movement|motion) (at all|anywhere)?
    everything (stays|remains|is) (completely)? (still|frozen|motionless)
    freeze frame; frozen in time; completely (frozen|motionless)
"""
"""Phrases that forbid every scene motion that is not asked for."""

FLUIDS = ("water", "flow", "clouds", "fire", "smoke", "fog", "rain", "snow", "particles", "light")
"""Kinds whose things do nothing but move: whatever verb they meet, it is their motion."""
NOT_FLUID = frozenset(
    """
    snow star stars screen screens sign signs surface pier candle candles torch torches canal bay harbour harbor lamp
    lamps lantern lanterns bulb bulbs headlight headlights streetlight streetlights streetlamp sand powder
    feather feathers blossoms seeds chandelier diamond diamonds jewel jewels crystal crystals flashlight disco
    moon sun sky skies hologram fountain fountains sugar flour salt drop pool pond puddle puddles lake reflection
    reflections petal petals droplet droplets drop
    drops
    """.split()
)
"""Things of those kinds that may also do other things."""

MOVED_BY_WIND = ("hair", "cloth", "foliage")
NOT_MOVED_BY_WIND = frozenset(
    "beard coat field forest fringe fur garden hedge meadow rice robe tie train uniform".split()
)
"""Nouns of hair, cloth and foliage that the mere mention of wind does not set in motion."""

NOT_OF_ITSELF = """
    jump throw scream shout laugh sit eat drink speak rotate spin sag crack creak break drip slip snag peel unroll blur whirr scroll
    rush race pass speed whiz zip stretch zoom arch
    add adorn appear bathe be become belong bloom bring bud burn button cast change cling close collapse come
    complement contain contrast cover crash create crumble decorate disappear drape dress drop dry evoke explode
    fade fall feature feel fill fit fold frame freeze get give gleam glimmer glint glisten glitter glow go grace
    grow hang have hide hug keep lead let lie line look make mark match meet melt morph need offer open part
    reach redden reflect remain rest reveal rip rise run say seem shed shimmer shine show sit slide smell
    sparkle spring sprout stand stay suit surround take tear thaw topple transform tumble turn twinkle unfold
    unfurl vanish walk want wear wilt wind wither yellow
"""
"""What hair, cloth and leaves may do that is not the wind's motion."""

AIRBORNE = frozenset("leaf leaves petal petals blossom blossoms".split())
"""Things that hang on a plant or fly from it, as their verb says."""
AIRBORNE_VERBS = (
    "land fall drop drift float swirl fly descend tumble whirl scatter rain spiral skitter spin twirl blow settle shower"
)
"""Verbs by which they fly."""
AWAY = frozenset("down across past by away onto along around toward towards off out to into through".split())
"""Words that lead away after any of their verbs."""

PASSING_VERBS = "slide glide move travel sweep pass race run wander play"
"""Verbs by which a reflection is a passing light, not water."""
FLICKERING_VERBS = "flicker strobe blink flash pulse"
"""Verbs that ask for light on every lifeless thing that they are said of."""
SHINING_VERBS = "glow sparkle glitter twinkle glint glimmer gleam shimmer glisten"
"""Verbs that ask for light on whatever they are said of."""

GENERIC_VERBS = "move dance shift play rise turn nod shake fly run come pass jump spread swing spin bounce walk fall"
"""Verbs that are rather somebody's than a dress's or a meadow's when somebody stands in it."""

WIND_NOUNS = frozenset(
    "wind winds windy breeze breezes gust gusts gusty gale storm draft hurricane tornado blizzard".split()
)
STEADY_WINDS = frozenset("wind winds windy breeze breezes gust gusts gusty".split())
"""Winds that move leaves even when nothing is named that they could move."""
BLOWERS = frozenset("air fan draught airflow updraft downdraft gusts vent dryer hairdryer draughts turbulence".split())
"""What blows beside the winds."""
WIND_VERBS = """
    blow move lift ruffle tousle stir sway rustle catch carry toss play brush sweep whip rush ripple bend shake
    flutter swirl
"""

MOVEMENT_NOUNS = frozenset(
    "animation drift flicker flow flutter motion motions movement movements ripple ripples sway swaying".split()
)
"""Nouns that ask for a motion when a thing that can move stands near: "subtle movement in her hair"."""


class Inference(NamedTuple):
    """A soft motion that a noun invites when the prompt asks for none."""

    kind: str
    nouns: str
    """Nouns that invite it; @kind stands for every noun of that kind."""
    strength: float = 0.6


INFERENCES: tuple[Inference, ...] = (
    Inference("hair", "@woman she hair ponytail mane curls braids"),
    Inference("breathing", "@woman @person @animal she he portrait face"),
    Inference(
        "cloth",
        """
        dress gown flag flags curtain curtains scarf cape cloak veil laundry sails skirt banner robes robe kimono
        sari
        """,
    ),
    Inference(
        "foliage",
        """
        garden gardens tree trees forest jungle leaf leaves flower flowers grass meadow park palm palms field fields
        blossom blossoms rose roses tulips sunflowers sunflower lavender wheat reeds bamboo rainforest vineyard
        orchard plants plant lotus
        """,
    ),
    Inference(
        "water",
        """
        lake sea ocean beach pond coast bay harbour harbor lagoon pool shore seaside pier water waters puddle island
        """,
    ),
    Inference(
        "clouds",
        """
        sky skies cloud clouds cloudy overcast landscape mountain mountains horizon valley canyon
        """,
    ),
    Inference("smoke", "coffee tea latte cappuccino espresso soup ramen noodles stew teapot chimney", 0.5),
    Inference(
        "light",
        """
        neon lanterns lantern skyline stars cityscape disco nightclub lamps streetlights
        """,
        0.5,
    ),
)
