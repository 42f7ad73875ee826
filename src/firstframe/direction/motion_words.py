"""The nouns and verbs of scenes that move, as data: what asks for which scene motion.

A motion is asked for when one of its `nouns` meets one of its `verbs` ("waves roll in", "her flowing hair"), by one of
its phrases ("a thunderstorm"), or by naming a `restless` thing, one that always moves ("a bonfire"). SWAYING stands
for the verbs of everything that the wind moves; the language of phrases is that of `phrases`.
"""

from __future__ import annotations

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
        nouns: hairdo pigtail pigtails dreadlocks plait plaits plaited bun moustache mustache sideburns afro forelock
        nouns: topknot fluff
        verbs: SWAYING tousle lift ruffle fall shimmer tumble play
        phrase: (windswept|windblown|wind swept|wind blown|flowing|flying|tousled) (WORD)? hair
        phrase: (feathers|plumage) (ruffle*|stir*|move*|flutter*|quiver*); hair (movement|motion)""",
    "cloth": """
        nouns: cloth clothes clothing garment garments dress dresses gown skirt scarf shirt robe robes cape cloak veil
        nouns: flag flags banner banners curtain curtains drapes laundry sheet sheets fabric fabrics cardigan coat
        nouns: jacket kimono sari hanfu sail sails tent ribbon ribbons tassels sleeve sleeves hem shawl silk tutu
        nouns: towel towels tablecloth canopy sweater tie hood pennant prayer-flags linen blanket parasol blouse
        nouns: trousers pants uniform bunting pennants awning sarong poncho hijab turban shirts tassel tarp
        nouns: tulle canvas strap straps chiffon satin muslin headscarf headscarves petticoat lapels cuff skirts cravat
        nouns: raincoat nightgown bathrobe jumper jersey windbreaker parka anorak waistcoat vest bandana sash obi
        nouns: toga tunic kilt tablecloths netting bedsheet bedsheets duvet ensign jib
        nouns: mainsail spinnaker gonfalon tapestry tapestries windsock marquee trousers leggings
        nouns: jumpsuit tracksuit cowl washing flap flaps
        nouns: drape blankets hoodie streamer streamers lace fringe apron saree collar cuffs
        verbs: settle
        verbs: SWAYING breathe flap flare ruffle swish trail unfurl lift
        phrase: (sail|sails) (fill*|swell*|strain*|belly|snap*)
        phrase: (her|gown|dress|bridal) train (flow*|trail*|sweep*|drag*|ripple*|billow*)
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
        nouns: bougainvillea bougainvilleas oleander rosemary thyme basil mint sage parsley geranium begonia agave aloe
        nouns: zinnia zinnias cosmos yarrow verbena petunia nasturtium honeysuckle clematis plumeria frangipani
        nouns: magnolias gladiolus freesia gardenia anthurium monstera philodendron pothos cacti sedges duckweed
        nouns: eelgrass bluegrass ryegrass toadstool toadstools buttercup buttercups cowslip
        nouns: lettuce lettuces cabbage cabbages kale seedling seedlings sprouts shoots hemp beanstalk beanstalks
        nouns: greens hyssop bluebell foxtail foxtails cress chives fennel dill celery leek leeks flax alfalfa
        nouns: herb herbs rapeseed canola
        nouns: pampas anemone anemones cotton bamboos sugarcane brambles bracken nettle nettles
        nouns: foxglove foxgloves lupins lupin chrysanthemum chrysanthemums carnation carnations camellia camellias
        nouns: azalea azaleas lilac lilacs dahlia dahlias anemones edelweiss gorse hawthorn hazel hemlock hyacinth
        nouns: hyacinths laurel larch larches mimosa myrtle narcissus daffodil daffodils pansies primroses rushes
        nouns: saplings sapling sedge sequoia sequoias snapdragons spinach strawflowers succulents thistle tendril
        nouns: tendrils trellis undergrowth understory wildflower bloom blooms blossoming weeds weed
        nouns: underbrush scrub maize oats rye millet barley bulrushes papyrus creeper creepers vineyard orchard grove
        nouns: grassblade treetop fir firs conifers conifer beech beeches chestnuts sprigs sprig
        nouns: grassland ginkgo maple dandelion dandelions
        verbs: sway rustle move bend blow wave flutter ripple swing stir tremble quiver nod shake shiver whisper rock
        verbs: bob dance
        phrase: (blade|blades) (tremble*|sway*|bend*|quiver*|wave*|ripple*|nod*); rustling leaves
        phrase: (wind|breeze) (in|through|across|over) the (trees|leaves|grass|reeds|forest|wheat|field|meadow)""",
    "water": """
        nouns: spray water waters lake sea ocean pond pool surf tide wave waves ripple ripples surface reflection
        nouns: reflections bay harbour harbor lagoon puddle puddles swell foam shoreline wavelets seawater pier
        verbs: tremble waver quiver
        verbs: ripple roll crash lap move break shimmer wash swell undulate sparkle glisten glint glimmer splash churn
        verbs: surge heave foam spread dance stir rise glitter sway wobble rock come expand swirl flicker shift form
        phrase: rippling (water|surface|lake|pond|pool|sea|reflection|reflections)
        restless: ripples (on|across|in|over|spreading)
        restless: (small|gentle|soft|tiny|light|concentric|subtle) ripples
        phrase: (choppy|rough|stormy|raging) (sea|seas|water|waters|ocean); (ocean|sea) swell; water ripples
        phrase: (make*|draw*|create*|leave*|form*) (tiny|small|little)? (rings|ripples|circles)
        phrase: crashing surf; (rings|circles) (spread*|expand*|widen*|ripple*|overlap*|form*|appear*)
        phrase: wake (foam*|spread*|churn*|ripple*|trail*|widen*)
        restless: (ocean|sea|crashing|rolling|gentle|big|huge|small|soft|calm|turquoise|blue|foamy|breaking) waves
        restless: (huge|big|giant|massive|towering|monster|enormous|perfect|tall|steep) wave
        restless: (turquoise|blue|breaking|crashing) wave
        restless: surf; waves; ripples; swell""",
    "flow": """
        nouns: river rivers stream streams creek brook waterfall waterfalls fountain fountains rapids cascade cascades
        nouns: rivulet rivulets brooklet streamlet meltwater floodwater runoff cataract torrent lava magma canal
        verbs: flow cascade rush pour run tumble plunge spill stream fall gush trickle wind move shimmer spray
        verbs: splash bubble leap dance sparkle
        phrase: (fountain|fountains) play*
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
        phrase: (storm|squall|weather|cold|cloud) (front|wall) (roll*|move*|sweep*|gather*|approach*|advance*|build*)
        phrase: (time lapse|timelapse|hyperlapse|hyper lapse)
        phrase: (drifting|moving|rolling|racing|swirling|passing|floating) (WORD)? clouds; cloud (movement|motion)""",
    "fire": """
        nouns: fire fires flame flames bonfire campfire candle candles torch torches fireplace blaze candlelight
        nouns: wildfire inferno firelight burner burners brazier braziers pyre furnace hearth gaslight
        verbs: flicker dance burn blaze crackle leap rise glow lick rage roar sway move spread flare waver
        verbs: tremble quiver go gutter sputter die shoot
        phrase: (burning|blazing) !incense (WORD); on fire; (is|are) (lit|burning|ablaze)
        restless: bonfire; bonfires; campfire; campfires; flames; flame; fireplace; torches; burning !incense; blazing
        restless: wildfire; inferno; fire; lit (candle|candles); candlelight; candle; candles""",
    "smoke": """
        nouns: smoke steam vapor vapour fumes exhaust incense plume plumes
        verbs: rise drift curl swirl billow float waft pour puff spiral ascend come escape spread dissipate move blow
        verbs: emerge roll
        phrase: steaming (cup|mug|bowl|coffee|tea|hot|soup|food|noodles|ramen|dish|teapot|kettle|WORD); steam rising
        phrase: (volcano|chimney|chimneys|factory|ruins|engine|tires|tyres|gun|rubble|crater|pipe) (smoke*|steam*)
        phrase: steams; breath (is|becomes)? visible; visible breath; breath (clouds|mists|fogs|steams|smokes|condenses)
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
        verbs: burst explode erupt kick scatter billow
        verbs: fall drift swirl blow float descend dance come start begin settle tumble whirl fly gust sweep spray pour
        verbs: smoke sift stream run spill cascade trickle shower drop rain spin
        phrase: (falling|drifting|swirling|blowing) snow; snowing; it (snows|snowing)
        phrase: (begins|starts) to snow; (let|make*) it snow
        restless: snowfall; snowflakes; snowstorm; blizzard; snowing; flurries; falling snow""",
    "particles": """
        nouns: sand dust motes particles particle pollen petals petal embers ember sparks spark confetti
        nouns: glitter silt
        nouns: sparkles fireflies bokeh bubbles bubble feathers feather seeds ash stardust fireworks firework
        nouns: orbs specks snowglobe blossoms powder droplet droplets drops drop sugar flour salt cinnamon cocoa sawdust
        nouns: spores spore chaff lint cinder cinders soot grit sequins sparkler sparklers
        verbs: puff cloud billow kick hang linger catch slip run pour trickle
        verbs: fall float drift swirl rise fly rain dance descend hover shimmer sparkle glow burst explode shower
        verbs: tumble whirl scatter twinkle glitter blow flutter spin sift settle spray erupt pop drop flow slide roll
        verbs: move come burn smoke bounce stream spill cascade trail sweep race streak gust whip
        phrase: (petals|confetti|sparks|ash|embers|glitter|blossoms) (are)? rain*
        phrase: (leaf|leaves) (are|is)? (fall*|drift*|float*|swirl*|fly*|descend*|tumble*|whirl*|scatter*|rain*)
        phrase: (falling|drifting|floating|swirling|flying) (WORD)? (leaves|petals|blossoms|dust|feathers|particles)
        phrase: (falling|drifting|floating|swirling|flying) (WORD)? (embers|sparks|bubbles|seeds|ash|confetti|orbs)
        phrase: (dust|light|magic|magical|glowing|golden) (motes|particles|dust|sparkles)
        phrase: FLYING (in the (WORD)? (air|wind|sky|light|sunlight|sunbeams|beam|breeze)|everywhere|all over)
        phrase: FLYING all around; FLYING around !her !him !them !it !the !a
        phrase: (drop|drops|droplet|droplets|bead|beads) of (water|rain|dew|milk) (drop*|run*|roll*|fall*)
        phrase: (drop|drops|droplet|droplets|bead|beads) of (water|rain|dew|milk) (slide*|fly*|drip*|trickle*|hang*)
        phrase: BLOWN_BY (the|some|a few)? (WORD)? (leaves|petals|blossoms|seeds|feathers) !of !on
        phrase: (ice|snow|frost) crystals (swirl*|drift*|float*|fall*|dance*|whirl*|fly*)
        phrase: water (drops|droplets) (fly*|splash*|scatter*|spray*|fall*|burst*|float*)
        phrase: (dust|sand) (devil|devils) (spin*|whirl*|swirl*|dance*|rise*|race*|twist*|pass*)
        phrase: (pine|fir|spruce|larch) needles (fall*|drift*|rain*|drop*|swirl*)
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
        verbs: wind snake trail switch glare burst explode
        verbs: move wash flood strike warm dapple pass crackle turn
        phrase: lightning; god rays; (sun|light) rays; (sun|light|sunlight|moonlight) (beams|shafts); sunbeams
        phrase: PART_OF_DAY (turns|turn|fades|changes|transitions|shifts|fading|turning|to|into) (to|into)? PART_OF_DAY
        phrase: PART_OF_DAY (turns|fades|fading|turning) (to|into)? darkness
        phrase: night (falls|falling); the sun (sets|rises|is setting|is rising|goes down|comes up)
        phrase: (setting|rising) sun; sun (setting|rising); northern lights; aurora
        phrase: (lens|sun|light|sunset) (flare|flares)
        phrase: TWINKLING (WORD)? (WORD)? (light|lights|neon|sign|signs|lamp|lamps|lantern|lanterns|glow|stars|bulb)
        phrase: (light|lighting) (changes|shifts|flickers|pulses|fades|dims|brightens|change|shift); golden hour fades
        phrase: (sparkle|glint|glints|shimmer|glimmer|gleam|twinkle) (on|in|across|along)
        phrase: (eye|eyes) (begin* to|start* to)? (glow*|flash*|light* up|burn*)
        phrase: strobe; (room|sky|world|landscape|hall|street|city|horizon|stage|cave) (darken*|brighten*|dim*)
        phrase: (sun|moon) (sink*|dip*|climb*|appear*|disappear*|break*|emerge*|peek*)
        phrase: (window|windows|skyline|city|logo|screen|screens|building|buildings|houses|facade) (glow*|shine*)
        phrase: (energy|electricity|magic|plasma) (crackle*|arc*|pulse*|surge*|spark*|flicker*|flow*|swirl*)
        phrase: (sky|skies|horizon|clouds) (glow*|burn*|redden*|blush*|lighten*|flush*|blaze*)
        phrase: (window|windows|screen|display|sign|lamp|lamps|city|street|console|dashboard|stage|sky|tree) light* up
        phrase: (star|stars|milky way|constellations|galaxy) (turn*|spin*|move*|drift*|wheel*|rotate*)
        phrase: (star|stars) (circle*|streak*|shoot*)
        phrase: (star|stars|moon) (appear*|emerge*|come* out)
        verbs: light gutter
        phrase: (muzzle|camera|cameras|photographers) (flash|flashes)
        nouns: led leds
        nouns: flare flares
        nouns: searchlight searchlights footlights torchlight headlamp headlamps streetlamps flashlights lamplight glare
        restless: lightning; aurora; northern lights""",
    "breathing": """
        nouns: chest breath belly flanks ribcage ribs tummy
        verbs: rise heave breathe move
        phrase: (blanket|back|side|sides|body|duvet|stomach|shoulders|fur|flank) rise* and fall*
        phrase: take* (a|another|one) (WORD)? breath
        phrase: breathe* !fire !on !onto !a !smoke !out; (subtle|slow|gentle|deep|natural) (breath|breathing|breaths)
        phrase: with (its|her|his|their|each|every) (breath|breaths|breathing)
        phrase: (rise*) and (fall*) with (its|her|his|their|each|every)? (breath|breathing|breaths)
        phrase: sway* (its|her|his|their|the)? (head|heads|body|upper body); (head|heads|body|bodies|torso) sway*
        phrase: (slight|subtle|gentle|soft|small|natural|light|slow)? (head|body) (sway|swaying|bob|bobbing)
        phrase: (slight|subtle|gentle|soft|small|natural|light|slow) sway* of (the|her|his|its|their) (head|body)
        phrase: chest (rises|rising|rise) and (falls|falling|fall)""",
}
