"""The nouns and verbs of scenes that move, as data: what asks for which scene motion.

A motion is asked for when one of its `nouns` meets one of its `verbs` ("waves roll in", "her flowing hair"), by one of
its phrases ("a thunderstorm"), or by naming a `restless` thing, one that always moves ("a bonfire"). SWAYING stands
for the verbs of everything that the wind moves; the language of phrases is that of `phrases`.
"""

from __future__ import annotations

from typing import NamedTuple

SWAYING = """
    move sway blow flow wave flutter ripple dance drift billow float stir swing swirl whip bounce shift fly
    stream whirl twirl
"""

PLACEHOLDERS = {
    "PART_OF_DAY": "day|sunset|dusk|dawn|sunrise|afternoon|evening|night|daylight|noon|twilight",
    "FLYING": "flour|powder|dirt|spores|"
    "ash|ashes|petals|embers|leaves|sand|feathers|seeds|pollen|glitter|sparks|confetti|blossoms|"
    "motes|orbs|droplets|sparkles|bubbles",
    "BLOWN_BY": "(wind|winds|breeze|gust|gusts|gale|storm) (blow*|carry*|scatter*|toss*|whip*|sweep*|swirl*|catch*|"
    "lift*|chase*|drive*|whirl*|spin*|pick* up)",
    "TWINKLING": "flickering|twinkling|flashing|pulsing|shimmering|blinking|strobing|dancing",
}
"""Words written in capitals in the phrases, and what each stands for."""

MOTION_WORDS: dict[str, str] = {
    "hair": """
        nouns: hair hairs strand strands curls locks tresses ponytail ponytails braid braids bangs mane beard fur
        nouns: hairdo
        verbs: SWAYING tousle lift ruffle fall shimmer tumble play
        phrase: (windswept|windblown|wind swept|wind blown|flowing|flying|tousled) (WORD)? hair
        phrase: (feathers|plumage) (ruffle*|stir*|move*|flutter*|quiver*); hair (movement|motion)""",
    "cloth": """
        nouns: cloth clothes clothing garment garments dress dresses gown skirt scarf shirt robe robes cape cloak veil
        nouns: flag flags banner banners curtain curtains drapes laundry sheet sheets fabric fabrics cardigan coat
        nouns: jacket kimono sari hanfu sail sails tent ribbon ribbons tassels sleeve sleeves hem shawl silk tutu
        nouns: towel towels tablecloth canopy sweater tie hood pennant prayer-flags linen blanket parasol blouse
        nouns: trousers pants uniform bunting pennants awning sarong poncho hijab turban shirts tassel tarp
        nouns: drape blankets hoodie streamers lace fringe apron saree collar cuffs
        verbs: settle
        verbs: SWAYING breathe flap flare ruffle swish trail unfurl lift
        phrase: (billowing|flowing|fluttering|flapping) (WORD)? (dress|gown|fabric|cape|robes|curtains|silk|cloth)""",
    "foliage": """
        nouns: seaweed kelp algae leaf leaves foliage tree trees branch branches twig twigs grass grasses flower
        nouns: flowers blossom blossoms
        nouns: reeds reed wheat field fields crops bush bushes plant plants palm palms palmtree willow bamboo forest
        nouns: meadow fern ferns vine vines ivy rose roses sunflower sunflowers tulip tulips lavender garden hedge
        nouns: treetops cornfield daisies poppies petals petal vegetation shrubs greenery pines oak stalks rice
        nouns: clover barley corn heather wildflowers orchids orchid lilies lily shrub moss prairie undergrowth lotus
        nouns: stem stems frond fronds bough boughs pampas grassland thistles marigolds irises peonies peony daisy poppy
        nouns: cattails hydrangeas magnolia bluebells cornstalks thicket hedges palmtrees
        nouns: acacia birch birches cedar cedars cypress cypresses spruce spruces aspen aspens banyan baobab mangrove
        nouns: mangroves poplar poplars elm elms sycamore juniper eucalyptus hibiscus jasmine wisteria crocuses
        nouns: snowdrops willows oaks maples redwood redwoods saplings rushes hay straw petunias geraniums begonias
        nouns: grassland ginkgo maple dandelion dandelions
        verbs: sway rustle move bend blow wave flutter ripple swing stir tremble quiver nod shake shiver whisper rock
        verbs: bob dance
        phrase: rustling leaves
        phrase: (wind|breeze) (in|through|across|over) the (trees|leaves|grass|reeds|forest|wheat|field|meadow)""",
    "water": """
        nouns: spray water waters lake sea ocean pond pool surf tide wave waves ripple ripples surface reflection
        nouns: reflections bay harbour harbor lagoon puddle puddles swell foam shoreline wavelets seawater pier
        verbs: tremble waver quiver
        verbs: ripple roll crash lap move break shimmer wash swell undulate sparkle glisten glint glimmer splash churn
        verbs: surge heave foam spread dance stir rise glitter sway wobble rock come expand swirl flicker shift form
        phrase: rippling (water|surface|lake|pond|pool|sea|reflection|reflections)
        phrase: ripples (on|across|in|over|spreading); (small|gentle|soft|tiny|light|concentric|subtle) ripples
        phrase: (choppy|rough|stormy|raging) (sea|seas|water|waters|ocean); (ocean|sea) swell; water ripples
        phrase: (make*|draw*|create*|leave*|form*) (tiny|small|little)? (rings|ripples|circles)
        phrase: crashing surf; (rings|circles) (spread*|expand*|widen*|ripple*)
        restless: (ocean|sea|crashing|rolling|gentle|big|huge|small|soft|calm|turquoise|blue|foamy|breaking) waves
        restless: surf; waves; ripples; swell""",
    "flow": """
        nouns: river rivers stream streams creek brook waterfall waterfalls fountain fountains rapids cascade cascades
        nouns: cataract torrent lava magma canal
        verbs: flow cascade rush pour run tumble plunge spill stream fall gush trickle wind move shimmer spray
        phrase: (water|waters) (flow*|cascade*|rush*|pour*|run*|gush*|trickle*|stream*|tumble*|spill*|fall*)
        phrase: (running|flowing|rushing|cascading|falling|pouring) water
        restless: waterfall; waterfalls; river; rivers; rapids; creek; brook; fountain; fountains; cataract
        restless: cascading falls
        restless: stream; streams; torrent
        restless: (a|the|mountain|small|rocky|flowing) (cascade|cascades)""",
    "clouds": """
        nouns: cloud clouds cloudscape sky skies thunderclouds
        verbs: drift move roll float race pass glide swirl sail scud part gather roil flow shift stream travel change
        verbs: billow churn rush cross creep crawl
        phrase: (time lapse|timelapse|hyperlapse|hyper lapse)
        phrase: (drifting|moving|rolling|racing|swirling|passing|floating) (WORD)? clouds; cloud (movement|motion)""",
    "fire": """
        nouns: fire fires flame flames bonfire campfire candle candles torch torches fireplace blaze candlelight
        nouns: wildfire inferno
        verbs: flicker dance burn blaze crackle leap rise glow lick rage roar sway move spread flare waver
        verbs: tremble quiver go gutter sputter die
        phrase: (burning|blazing) (WORD); on fire; (is|are) (lit|burning|ablaze)
        restless: bonfire; bonfires; campfire; campfires; flames; flame; fireplace; torches; burning; blazing
        restless: wildfire; inferno; fire; lit (candle|candles); candlelight; candle; candles""",
    "smoke": """
        nouns: smoke steam vapor vapour fumes exhaust incense plume plumes
        verbs: rise drift curl swirl billow float waft pour puff spiral ascend come escape spread dissipate move blow
        verbs: emerge roll
        phrase: steaming (cup|mug|bowl|coffee|tea|hot|soup|food|noodles|ramen|dish|teapot|kettle|WORD); steam rising
        phrase: (volcano|chimney|chimneys|factory|ruins|engine|tires|tyres|gun|rubble|crater|pipe) (smoke*|steam*)
        phrase: steams
        restless: smoke; steam; vapor; vapour; incense; steaming""",
    "fog": """
        nouns: fog mist haze
        verbs: drift roll swirl move float creep rise hang flow envelop curl spread settle cling lift thicken pass
        verbs: glide pour hover
        phrase: (drifting|rolling|swirling) (fog|mist|haze); dry ice; heat (shimmer*|ripple*|waver*|haze)
        restless: fog; mist; foggy; misty; haze; hazy; mists""",
    "rain": """
        nouns: sleet rain raindrops drizzle downpour rainfall raindrop thunderstorm rainstorm
        verbs: fall pour pelt patter drip lash hit start begin come streak beat
        phrase: it (rains|is raining); starts raining; (let|make*) it rain
        restless: rain; raining; drizzle; downpour; raindrops; rainstorm; thunderstorm; rainfall; rainy
        restless: monsoon; sleet; cloudburst; rain showers""",
    "snow": """
        nouns: snow snowflakes snowflake flakes flurries
        verbs: fall drift swirl blow float descend dance come start begin settle tumble whirl fly gust sweep spray pour
        phrase: (falling|drifting|swirling|blowing) snow; snowing; it (snows|snowing)
        phrase: (begins|starts) to snow; (let|make*) it snow
        restless: snowfall; snowflakes; snowstorm; blizzard; snowing; flurries; falling snow""",
    "particles": """
        nouns: sand dust motes particles particle pollen petals petal embers ember sparks spark confetti
        nouns: glitter
        nouns: sparkles fireflies bokeh bubbles bubble feathers feather seeds ash stardust fireworks firework
        nouns: orbs specks snowglobe blossoms powder droplet droplets drops
        verbs: hang linger catch slip run pour trickle
        verbs: fall float drift swirl rise fly rain dance descend hover shimmer sparkle glow burst explode shower
        verbs: tumble whirl scatter twinkle glitter blow flutter spin sift settle spray erupt pop drop flow slide roll
        verbs: move come
        phrase: (petals|confetti|sparks|ash|embers|glitter|blossoms) (are)? rain*
        phrase: (leaf|leaves) (are|is)? (fall*|drift*|float*|swirl*|fly*|descend*|tumble*|whirl*|scatter*|rain*)
        phrase: (falling|drifting|floating|swirling|flying) (WORD)? (leaves|petals|blossoms|dust|feathers|particles)
        phrase: (falling|drifting|floating|swirling|flying) (WORD)? (embers|sparks|bubbles|seeds|ash|confetti|orbs)
        phrase: (dust|light|magic|magical|glowing|golden) (motes|particles|dust|sparkles)
        phrase: FLYING (in the (WORD)? (air|wind|sky|light|sunlight|sunbeams|beam|breeze)|everywhere|all over)
        phrase: FLYING all around; FLYING around !her !him !them !it !the !a
        phrase: (drops|droplets|beads) of (water|rain|dew) (run*|roll*|fall*|slide*|fly*|drip*|trickle*|hang*)
        phrase: BLOWN_BY (the|some|a few)? (WORD)? (leaves|petals|blossoms|seeds|feathers) !of !on
        phrase: water (drops|droplets) (fly*|splash*|scatter*|spray*|fall*|burst*|float*)
        phrase: bokeh (sparkles|shimmers|twinkles|particles); sandstorm; (dust|sand) (storm|storms); fairy dust
        restless: dust; embers; sparks; fireflies; confetti; fireworks; firework; glitter; dust motes; pollen
        restless: (golden|magic|magical|glittering) sparkles
        restless: bubbles; stardust; dust particles; sparkler; sparklers; firework stick; floating particles
        restless: dandelion seeds; magical particles""",
    "light": """
        nouns: chandelier diamond diamonds jewel jewels crystal crystals hologram flashlight disco moon
        nouns: light lights sunlight sunshine sunbeam sunbeams sunray sunrays rays beam beams lamp lamps neon neons
        nouns: lantern lanterns glow shadow shadows moonlight star stars aurora sign signs streetlight streetlights
        nouns: streetlamp headlight headlights spotlight spotlights sun lightning bulb bulbs screen screens laser
        nouns: lasers highlights
        verbs: creep come glide slide
        verbs: tremble waver
        phrase: light* up (the|his|her|their|its)? (WORD)? (sky|room|night|street|face|city|stage|clouds|scene|cave)
        verbs: fill bathe illuminate glitter flicker twinkle shimmer pulse flash stream filter fall pour shine glow
        verbs: blink dance play shift sweep
        verbs: change fade brighten dim break sparkle glimmer glint flare spill crawl travel strobe lengthen set rise
        verbs: move wash flood strike warm dapple pass crackle turn
        phrase: lightning; god rays; (sun|light) rays; (sun|light) (beams|shafts); sunbeams
        phrase: PART_OF_DAY (turns|turn|fades|changes|transitions|shifts|fading|turning|to|into) (to|into)? PART_OF_DAY
        phrase: PART_OF_DAY (turns|fades|fading|turning) (to|into)? darkness
        phrase: night (falls|falling); the sun (sets|rises|is setting|is rising|goes down|comes up)
        phrase: (setting|rising) sun; sun (setting|rising); northern lights; aurora; (lens|sun|light) (flare|flares)
        phrase: TWINKLING (WORD)? (WORD)? (light|lights|neon|sign|signs|lamp|lamps|lantern|lanterns|glow|stars|bulb)
        phrase: (light|lighting) (changes|shifts|flickers|pulses|fades|dims|brightens|change|shift); golden hour fades
        phrase: (sparkle|glint|glints|shimmer|glimmer|gleam|twinkle) (on|in|across|along)
        phrase: strobe; (room|sky|world|landscape|hall|street|city|horizon|stage|cave) (darken*|brighten*|dim*)
        phrase: (sun|moon) (sink*|dip*|climb*|appear*|disappear*|break*|emerge*|peek*)
        phrase: (window|windows|skyline|city|logo|screen|screens|building|buildings|houses|facade) (glow*|shine*)
        phrase: (energy|electricity|magic|plasma) (crackle*|arc*|pulse*|surge*|spark*|flicker*|flow*|swirl*)
        phrase: (sky|skies|horizon|clouds) (glow*|burn*|redden*|blush*|lighten*|flush*|blaze*)
        phrase: (window|windows|screen|display|sign|lamp|lamps|city|street|console|dashboard|stage|sky|tree) light* up
        phrase: (star|stars|moon) (appear*|emerge*|come* out)
        nouns: searchlight searchlights footlights torchlight headlamp headlamps streetlamps flashlights lamplight glare
        restless: lightning; aurora; northern lights""",
    "breathing": """
        nouns: chest breath belly flanks ribcage ribs tummy
        verbs: rise heave breathe move
        phrase: breathe* !fire; (subtle|slow|gentle|deep|natural) (breath|breathing|breaths)
        phrase: with (its|her|his|their|each|every) (breath|breaths|breathing)
        phrase: (rise*) and (fall*) with (its|her|his|their|each|every)? (breath|breathing|breaths)
        phrase: sway* (its|her|his|their|the)? (head|heads|body|upper body); (head|heads|body|bodies|torso) sway*
        phrase: (slight|subtle|gentle|soft|small|natural|light|slow)? (head|body) (sway|swaying|bob|bobbing)
        phrase: (slight|subtle|gentle|soft|small|natural|light|slow) sway* of (the|her|his|its|their) (head|body)
        phrase: chest (rises|rising|rise) and (falls|falling|fall)""",
}

RESTLESS_STRENGTHS = {"fog": 0.6}
"""How strongly restless things move when no word says it, where that is not 1."""

NOT_MOTION = """
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
    in waves
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
    (sail|sails|sailed) (away|across|past|through|along|into|on|by|over|toward|towards|slowly)
    first person
    bird's eye
    worm's eye
    eagle eye
    fish eye
    fisheye
    cat walk
    dog days
    bull's eye
    (waves|wave|waving|waved) at !sunset !sunrise !dawn !dusk !night !noon !twilight
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
    moon sun sky skies pool pond puddle puddles lake reflection reflections petal petals droplet droplets drop
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
    "fall drift float swirl fly descend tumble whirl scatter rain spiral skitter spin twirl blow settle shower"
)
"""Verbs by which they fly."""
AWAY = frozenset("down across past by away onto along around toward towards off out to into through".split())
"""Words that lead away after any of their verbs."""

PASSING_VERBS = "slide glide move travel sweep pass race run wander play"
"""Verbs by which a reflection is a passing light, not water."""
FLICKERING_VERBS = "flicker strobe blink flash"
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
