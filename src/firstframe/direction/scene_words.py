"""The nouns and verbs of scenes that move, as data: what asks for which scene motion.

A motion is asked for when one of its nouns meets one of its verbs ("waves roll in", "her flowing hair"), by one of its
phrases ("a thunderstorm"), or by naming a thing that always moves ("a bonfire").
"""

from __future__ import annotations

from typing import NamedTuple


class MotionWords(NamedTuple):
    """How prompts ask for one scene motion."""

    nouns: str = ""
    """Things that move in this way; a trailing * takes every plural."""
    verbs: str = ""
    """Verbs that say that they do."""
    phrases: str = ""
    """Phrases that ask for the motion by themselves, separated by semicolons."""
    restless: str = ""
    """Phrases for things that never stand still: naming them is enough."""
    restless_strength: float = 1.0


_SWAYING = "move sway blow flow wave flutter ripple dance drift billow float stir swing swirl whip bounce shift fly stream"

MOTION_WORDS: dict[str, MotionWords] = {
    "hair": MotionWords(
        nouns="hair hairs strand strands curls locks tresses ponytail ponytails braid braids bangs mane beard fur hairdo",
        verbs=_SWAYING + " tousle lift ruffle fall shimmer tumble play",
        phrases="(windswept|windblown|wind swept|wind blown|flowing|flying|tousled) (WORD)? hair; hair (movement|motion)",
    ),
    "cloth": MotionWords(
        nouns="cloth clothes clothing garment garments dress dresses gown skirt scarf shirt robe robes cape cloak veil flag flags "
        "banner banners curtain curtains drapes laundry sheet sheets fabric fabrics cardigan coat jacket kimono sari hanfu sail "
        "sails tent ribbon ribbons tassels sleeve sleeves hem shawl silk tutu towel towels tablecloth canopy sweater train "
        "tie hood pennant prayer-flags linen blanket parasol blouse trousers pants uniform",
        verbs=_SWAYING + " flap flare ruffle swish trail unfurl lift",
        phrases="(billowing|flowing|fluttering|flapping) (WORD)? (dress|gown|fabric|cape|robes|curtains|silk|cloth)",
    ),
    "foliage": MotionWords(
        nouns="leaf leaves foliage tree trees branch branches twig twigs grass grasses flower flowers blossom blossoms reeds reed "
        "wheat field fields crops bush bushes plant plants palm palms palmtree willow bamboo forest meadow fern ferns vine vines "
        "ivy rose roses sunflower sunflowers tulip tulips lavender garden hedge treetops cornfield daisies poppies petals "
        "petal vegetation shrubs greenery pines oak stalks rice grassland ginkgo maple dandelion dandelions",
        verbs="sway rustle move bend blow wave flutter ripple swing stir tremble quiver nod shake shiver whisper rock bob dance",
        phrases="rustling leaves; (wind|breeze) (in|through|across|over) the (trees|leaves|grass|reeds|forest|wheat|field|meadow)",
    ),
    "water": MotionWords(
        nouns="water waters lake sea ocean pond pool surf tide wave waves ripple ripples surface reflection reflections bay harbour "
        "harbor lagoon puddle puddles swell foam shoreline wavelets seawater pier",
        verbs="ripple roll crash lap move break shimmer wash swell undulate sparkle glisten glint glimmer splash churn surge heave foam "
        "spread dance stir rise glitter sway wobble rock come expand swirl flicker shift form",
        phrases="rippling (water|surface|lake|pond|pool|sea|reflection|reflections); ripples (on|across|in|over|spreading); "
        "(small|gentle|soft|tiny|light|concentric|subtle) ripples; (choppy|rough|stormy|raging) (sea|seas|water|waters|ocean); "
        "(ocean|sea) swell; water ripples; crashing surf",
        restless="(ocean|sea|crashing|rolling|gentle|big|huge|small|soft|calm|turquoise|blue|foamy|breaking) waves; "
        "(the|and|with|of|by|as|where|,) waves (and|at|in|on|against|along|under|below|behind|around|beneath|WORD*)?; surf; "
        "waves",
    ),
    "flow": MotionWords(
        nouns="river rivers stream streams creek brook waterfall waterfalls fountain fountains rapids cascade cascades cataract torrent "
        "lava water magma canal",
        verbs="flow cascade rush pour run tumble plunge spill stream fall gush trickle wind move shimmer spray",
        phrases="(running|flowing|rushing|cascading|falling|pouring) water",
        restless="waterfall; waterfalls; river; rivers; rapids; creek; brook; fountain; fountains; cataract; cascading falls; "
        "(a|the|mountain|small|clear|forest|rocky|down|little|flowing|babbling) (stream|streams|cascade|cascades|torrent)",
    ),
    "clouds": MotionWords(
        nouns="cloud clouds cloudscape sky skies thunderclouds",
        verbs="drift move roll float race pass glide swirl sail scud part gather roil flow shift stream travel change billow churn rush "
        "cross creep crawl",
        phrases="(time lapse|timelapse|hyperlapse|hyper lapse); (drifting|moving|rolling|racing|swirling|passing|floating) (WORD)? "
        "clouds; cloud (movement|motion)",
    ),
    "fire": MotionWords(
        nouns="fire fires flame flames bonfire campfire candle candles torch torches fireplace blaze candlelight wildfire inferno",
        verbs="flicker dance burn blaze crackle leap rise glow lick rage roar sway move spread flare waver",
        phrases="(burning|blazing|flickering) (WORD); on fire; (is|are) (lit|burning|ablaze)",
        restless="bonfire; bonfires; campfire; campfires; flames; flame; fireplace; torches; burning; blazing fire; wildfire; inferno; "
        "fire; lit (candle|candles); candlelight; candle; candles",
    ),
    "smoke": MotionWords(
        nouns="smoke steam vapor vapour fumes exhaust incense plume plumes",
        verbs="rise drift curl swirl billow float waft pour puff spiral ascend come escape spread dissipate move blow emerge drift roll",
        phrases="steaming (cup|mug|bowl|coffee|tea|hot|soup|food|noodles|ramen|dish|teapot|kettle|WORD); steam rising",
        restless="smoke; steam; vapor; vapour; incense; steaming",
    ),
    "fog": MotionWords(
        nouns="fog mist haze",
        verbs="drift roll swirl move float creep rise hang flow envelop curl spread settle cling lift thicken pass glide pour hover",
        phrases="(drifting|rolling|swirling) (fog|mist|haze); dry ice",
        restless="fog; mist; foggy; misty; haze; hazy; mists",
        restless_strength=0.6,
    ),
    "rain": MotionWords(
        nouns="rain raindrops drizzle downpour rainfall raindrop",
        verbs="fall pour pelt patter drip lash hit start begin come streak beat",
        phrases="(it)? (rains|raining); starts raining",
        restless="rain; raining; drizzle; downpour; raindrops; rainstorm; thunderstorm; rainfall; rainy; rains; monsoon",
    ),
    "snow": MotionWords(
        nouns="snow snowflakes snowflake flakes flurries",
        verbs="fall drift swirl blow float descend dance come start begin settle tumble whirl",
        phrases="(falling|drifting|swirling|blowing) snow; snowing; it (snows|snowing)",
        restless="snowfall; snowflakes; snowstorm; blizzard; snowing; flurries; falling snow",
    ),
    "particles": MotionWords(
        nouns="dust motes particles particle pollen petals petal leaves embers ember sparks spark confetti glitter sparkles sparkle "
        "fireflies bokeh bubbles bubble feathers feather seeds ash stardust fireworks firework orbs specks snowglobe blossoms "
        "powder droplets glints",
        verbs="fall float drift swirl rise fly rain dance descend hover shimmer sparkle glow burst explode shower tumble whirl scatter "
        "twinkle glitter blow flutter spin sift settle spray erupt pop drop glisten flow move come",
        phrases="(falling|drifting|floating|swirling|flying) (WORD)? (leaves|petals|blossoms|dust|feathers|particles|embers|sparks|"
        "bubbles|seeds|ash|confetti|glitter|orbs); (dust|light|magic|magical|glowing|golden) (motes|particles|dust|sparkles); bokeh "
        "(sparkles|shimmers|twinkles|particles); sandstorm; fairy dust",
        restless="embers; sparks; fireflies; confetti; fireworks; firework; glitter; dust motes; sparkles; pollen; bubbles; stardust; "
        "dust particles; sparkler; sparklers; firework stick; floating particles; magical particles",
    ),
    "light": MotionWords(
        nouns="light lights sunlight sunshine sunbeam sunbeams sunray sunrays rays beam beams lamp lamps neon neons lantern lanterns glow "
        "shadow shadows moonlight star stars aurora sign signs streetlight streetlights streetlamp headlight headlights spotlight "
        "spotlights sun lightning bulb bulbs screen screens laser lasers sparkle highlights reflection",
        verbs="flicker twinkle shimmer pulse flash stream filter fall pour shine glow blink dance play shift sweep change fade brighten "
        "dim break sparkle glimmer glint flare spill crawl travel strobe lengthen set rise move wash flood strike warm dapple pass "
        "crackle turn",
        phrases="lightning; god rays; light rays; (sun|light) (beams|shafts); sunbeams; (day|sunset|dusk|dawn|sunrise|afternoon|evening|"
        "night) (turns|turn|fades|changes|transitions|shifts|fading|turning|to|into) (to|into)? (night|dusk|evening|dawn|day|"
        "sunrise|darkness|dark|sunset|daylight); night (falls|falling); the sun (sets|rises|is setting|is rising|goes down|comes up); "
        "(setting|rising) sun; northern lights; aurora; lens flare; (flickering|twinkling|flashing|pulsing|shimmering|blinking|"
        "strobing|dancing) (WORD)? (WORD)? (light|lights|neon|sign|signs|lamp|lamps|lantern|lanterns|glow|stars|screen|bulb); "
        "(light|lighting) (changes|shifts|flickers|pulses|fades|dims|brightens|change|shift); golden hour fades; strobe",
        restless="lightning; aurora; northern lights",
    ),
    "breathing": MotionWords(
        nouns="chest breath belly",
        verbs="rise heave breathe move",
        phrases="breathe*; breathing; (subtle|slow|gentle|deep|natural) (breath|breathing|breaths); chest (rises|rising|rise) "
        "and (falls|falling|fall)",
    ),
}

NOT_MOTION = """
    light (rain|snow|breeze|wind|drizzle|fog|mist|blue|green|brown|pink|grey|gray|smoke|shower|dust|touch|brown|hair|dress|skin|wood)
    rain (coat|soaked|boots|boot|jacket|barrel|drenched|slicked|cloud|clouds|forest|wet|slick)
    (after|before|post|no|without|since) (the|a)? (rain|rains|storm)
    raincoat; rainforest
    (fire|steam) (truck|engine|escape|station|hydrant|locomotive|train|extinguisher|iron|boat|house|place|alarm|opal|red|punk|fighter)
    (fire|fires) (a|the|his|her) (gun|shot|arrow|weapon|rocket|bullet)
    (smoke|smoking) (detector|jacket|free|screen|area|signal)
    no smoking; smoky eyes; misty eyed; misty eyes; steam powered; steam deck
    (unlit|extinguished) candle; candle (holder|stick|stand|shop)
    (heat|sound|radio|micro|brain|shock|new|hair|light) (wave|waves)
    (snow) (covered|capped|white|globe|man|board|shoe|leopard|boots|mobile|clad|dusted|laden|topped)
    (water) (color|colour|bottle|melon|glass|proof|lily|lilies|mill|tower|colour|level)
    star (wars|fish|bucks|trek); (movie|film|pop|rock) (star|stars)
    river (bank|side|bed|boat); riverside; riverbank
    (light|lighting) (source|fixture|house|brown); traffic (light|lights); soft (light|lighting)
    (neon|street|traffic|road|stop|shop) (sign|signs) (reads|reading|says|saying|that reads)
    (field|depth) of (view|field); depth of field
    (track and|football|soccer|playing|baseball) field
    (head|neck|hip) (band|scarf)
    (palm|palms) (of|together|up|open|down|facing)
    (rose|rises) (gold|quartz|to the occasion)
    (family|shoe|phone|decision) tree
    (flame|fire) (retardant|resistant|proof|red)
    (train|trains) (station|stations|passes|pass|arrives|arrive|moves|move|runs|run|travels|speeds|rushes|rolls|track|tracks)
    (sun|sunlight) (glasses|screen|dress|flower|hat)
    (dust|dusty) (road|jacket|pan|bin|bowl|street|plain|path|cover)
    (sail|sails|sailed) (away|across|past|through|along|into|on|by|over|toward|towards|slowly)
    (waves|wave|waving|waved) (at|to|her|his|their|its|hello|goodbye|bye|good|a|an|back|from|one|both|with (her|his)|the (flag|sword|hand|wand))
"""
"""Readings of these words that ask for no scene motion, one or more per line."""

WIND_NOUNS = "wind winds windy breeze breezes gust gusts gusty gale storm draft hurricane tornado blizzard".split()
WIND_VERBS = "blow move lift ruffle tousle stir sway rustle catch carry toss play brush sweep whip rush ripple bend shake flutter swirl".split()

MOVEMENT_NOUNS = frozenset("movement motion movements motions sway swaying ripple ripples animation flow flicker flutter drift".split())
"""Nouns that ask for a motion when a thing that can move stands near: "subtle movement in her hair"."""


class Inference(NamedTuple):
    """A soft motion that a noun invites when the prompt asks for none."""

    kind: str
    nouns: str
    strength: float = 0.6


INFERENCES: tuple[Inference, ...] = (
    Inference("hair", "@woman hair ponytail mane curls braids"),
    Inference("breathing", "@woman @person @animal portrait face"),
    Inference("cloth", "dress gown flag flags curtain curtains scarf cape cloak veil laundry sails skirt banner robes robe kimono sari"),
    Inference(
        "foliage",
        "garden gardens tree trees forest jungle leaf leaves flower flowers grass meadow park palm palms field fields blossom "
        "blossoms rose roses tulips sunflowers sunflower lavender wheat reeds bamboo rainforest vineyard orchard plants plant lotus",
    ),
    Inference("water", "lake sea ocean beach pond coast bay harbour harbor lagoon pool shore seaside pier water waters puddle island"),
    Inference("clouds", "sky skies cloud clouds cloudy overcast landscape mountain mountains horizon valley canyon"),
    Inference("smoke", "coffee tea latte cappuccino espresso soup ramen noodles stew teapot chimney", 0.5),
    Inference("light", "neon lanterns lantern skyline stars cityscape disco nightclub lamps streetlights", 0.5),
)
"""A noun written @kind stands for every noun of that kind."""
