"""Verbs of acts that no motion of ours performs, as data: they are reported, never dropped."""

from __future__ import annotations

from firstframe.direction.phrases import forms

ACTS = """
    walk run sprint jog march stroll stride wander limp crawl climb jump leap hop skip skate skateboard ski surf
    swim dive dance twirl pirouette spin clap nod bow kneel crouch squat smile laugh giggle grin frown smirk cry
    weep sob wink blink yawn sneeze cough sigh gasp scream shout yell speak talk whisper sing say chat kiss hug
    embrace cuddle pet stroke caress touch tap knock hit punch kick fight wrestle throw toss catch grab grasp
    reach pick lift raise lower put place push pull open close shut pour drink sip eat bite chew lick feed cook
    chop slice cut write draw paint type play strum ride drive race cycle pedal gallop trot fly soar swoop flap
    land wag twitch scratch shrug bark meow roar howl growl purr hunt chase sniff dig pounce explode collapse
    crumble shatter melt morph transform dissolve vanish disappear appear emerge materialize materialise grow
    bloom wilt unfold fold hatch evolve multiply shrink inflate deflate rotate revolve assemble levitate
    teleport shoot trip stumble slip faint enter exit arrive overtake sail row paddle brush tuck comb adjust fix
    wipe rub wash clean remove undress flex celebrate cheer applaud salute greet point gesture beckon headbang
    breakdance attack flee rush hurry scurry dash charge waddle slither peck preen nuzzle snuggle discover share
    give offer hand bring drag tow deliver sneak tiptoe juggle knit sew meditate pray pose swallow smoke inhale
    exhale turn awaken wake tilt bend cross pass leave swirl snap unwrap wrap reveal ascend descend roll slide
    swing bounce tumble speed accelerate skid splash swirls unzip zip button tie untie toast cheers sketch
    photograph film scroll browse taste smell whisk knead fry flip sear tweak bathe shower shave blow squint
    pout sulk flinch shiver tremble shudder gulp groom stalk prowl hiss buck rear graze nibble swish drum
    conduct serve dribble score bat pitch spar parry slash stab aim wield unsheathe sheathe hurl fling drop
    hover hurtle cruise zoom park brake honk steer taxi dock anchor launch blast takeoff crash collide derail
    simmer boil sizzle fizz drip spill leak thunder erupt buzz clash strike dunk tackle dodge parade lasso
    whittle carve engrave forge weld hammer saw plow plough sow harvest mow rake shovel mop scrub stitch weave
    crochet thread mend patch repair pack unpack load unload stack press squeeze twist wring massage pinch poke
    nudge shove hoist heave haul yank tear rip peel scrape grate grind crush mash mix sprinkle drizzle slurp
    spit lurk stomp stamp trudge plod shuffle stagger lurch lunge canter prance munch gnaw hoot chirp croak
    snarl whinny neigh bleat quack recite chant announce argue scold gossip whistle yodel doodle scribble mail
    stretch stretch embark depart merge capsize dart scamper scuttle frolic romp cavort wriggle squirm wiggle somersault
    cartwheel backflip stir conjure haunt patrol rescue teach coach milk shear saddle dismount squeal chuckle
    cackle moan groan mutter mumble murmur rehearse perform deal bet flick smash volley putt fish hook track
    trap roast grill bake poach dice mince guzzle devour polish vacuum tidy prune uproot pluck gather collect
    sort unlock lock latch slam creak split burst implode ignite extinguish kindle molt shed sprout wither decay
    rot erode thaw evaporate condense overflow rev whiz careen swerve veer pivot orbit topple teeter wobble
    curtsy boo heckle clink propose marry divorce clack creak duck trundle wander spray
"""
"""Verbs that are acts whoever does them, but for the things that a scene motion moves."""

MOVES_OF_THINGS = """
    ring move go come rise fall float drift glide sway rock shake bob shift follow approach wave travel step
    sink circle orbit glow spread part flutter vibrate wobble jiggle tick flow trail head crash streak
    zigzag swerve teeter topple
"""
"""Verbs that are acts only of people, animals, vehicles and objects."""

ACT_PHRASES = """
    (look*|glance*|peek*|peer*) (up|down|around|away|over|back|left|right|sideways|round|to the (left|right|side))
    (sit*|stand*|get*|lie*|lay*|wake*|stands|sits|gets|lies|lays|sitting|standing|getting|lying) (up|down)
    (take*|put*) (off|on)
    (lean*|leans|leaning) (in|out|forward|forwards|back|over|closer|toward|towards|into)
    (hold*|holds) (out|up) (her|his|its|a|the)
    (come*|step*|move*|go*) (closer|forward|backwards|inside|outside)
    (fade*|cut*|dissolve*|transition*) to (black|white|a|the)
    (scene|picture|image|shot|view|frame) (change*|cuts|transition*|transform*|switch*)
    (turn*) into
    (transformation|metamorphosis)
    (eyes|mouth|lips) (open|close|opening|closing|move|moving|part|parting|widen|widening)
    (ears|whiskers|tail|nose) (move|moves|twitch|twitches|wiggle|wiggles|perk|perks|flick|flicks) (up)?
    (tear|tears) (roll|rolls|fall|falls|stream|streams|run|runs|rolling|falling|streaming) (down)?
    breathe* fire; (let|lets|letting) go
    (carry*|carrying) (out|away|off|in|inside|over)
    (lean*|rest*|lay*|bury*|cradle*|prop*) (her|his|its|their) (head|heads|chin|cheek|forehead|face|hand|hands|back)
    (fill|fills|filling) (up)? with (coffee|tea|water|wine|beer|milk|juice|liquid|people|guests|blood|sand|tears)
    (fill|fills|filling) (up)? with passengers
    (eye|eyes) (begin*|start*) to (shine|sparkle|twinkle)
    eyes (sparkle*|twinkle*|glint*|glimmer*|shimmer*)
    (get|gets|getting|got) (off|out|into|onto|in) !of !focus !close
    (door|doors|gate|gates|window|windows|box|book|flower|flowers|bud|buds|lid|hatch|wings) opening
    (expression|mood|color|colour|face|season|scene|smile) (change*|shift*|soften*|transform*|fade*|brighten*)
    (light|lights|lighting) (a|the|his|her) (pipe|candle|candles|cigarette|cigar|fire|lamp|match|torch|lantern|fuse)
    share* (a|an|their) (WORD)? (hug|kiss|embrace|laugh|moment|look|smile)
    (cars|traffic|vehicles|boats|trains) (go|move|pass|drive|rush|flow|stream)
    (people|pedestrians|crowd|crowds|commuters|passersby) (go|move|pass|walk|rush|flow|stream)
"""
"""Acts of more than one word, one per line."""

NOT_ACTS = """
    (come*|coming) (alive|to life)
    bring* (WORD)? (WORD)? (alive|to life)
    (natural|realistic|smooth|subtle|cinematic|slow|camera|no|gentle|soft|seamless|fluid) (movement*|motion*)
    slow motion
    come* into (view|focus|frame|sight)
    (painting|drawing|sketching) style; (sweeping|flowing|gliding|circling) (move|movement|motion|shot|arc)
    strand of hair; hang* (from|on|over|above|along); come* true; welcome to; feel* like; (photo|video) shoot
    (mouth) watering; heart (warming|breaking); eye catching; breath taking; awe inspiring
    orbiting (satellite|satellites|station|moon|planet)
    (open|closed|close) (up|ups|shot|eyes|mouth|air|field|plan|sky|sea|space)
    (extreme|medium|macro|a|tight) close (up|ups)
    (close|closed) to
    (look|looks|looking) (like|at)
    (point|points) of (view|interest|light)
    (film|shot|filmed|shooting) (grain|look|style|on|in|with|at|stock|as|by|from)
    (shooting|falling) (star|stars)
    (turn|turns|turning) (table|tables|point)
    (running|flowing|rushing|falling|pouring|rising) (water|shoes|steam|smoke|snow|rain|leaves|petals|stream)
    (walking|hiking|climbing) (stick|path|shoes|trail|boots|dead)
    (dining|swimming|living|dressing|drawing|dancing) (table|pool|room|board|shoes)
    (sewing|washing|boxing|wedding) (machine|ring|gloves|dress)
    (parking|driving|racing|fishing) (lot|range|seat|suit|car|boat|rod|gear|bike|track|stripes)
    (sailing|flying|rowing|fishing) (boat|ship|saucer|suit|gear)
    (highlight|show|reveal|capture|showcase|emphasize|emphasise|accentuate)* (the|her|his|its)
    point (out|to)
    (product|beauty|hero|pack|studio|glamour|portrait|fashion|food|wide|macro) shot
    (reveal|reveals|revealing|revealed)
"""
"""Readings of these words that are no act, one per line."""

OFTEN_NOUNS = frozenset(
    """
    hand hands paint paints land lands park parks rear type types fan fans box bat bats fly flies pet pets cross
    pass point points place places film films duck wave waves smile smiles dance dances walk walks run runs turn
    turns touch touches spin spins look looks kiss kisses laugh laughs cry cries drink drinks bite bites jump
    jumps step steps head heads leaves leave blossom rock rocks circle circles orbit orbits shower button
    buttons tie ties snap race races ride rides swing swings slide slides drum drums pose poses push pull shot
    shots lift lifts launch roll rolls toast cheers charge blast dock anchor brush flip puff swirl swirls bow
    bows spar dash crash drop drops drip brake bucks buck stalk groom thunder thunders hug hugs wink winks flap
    smoke smokes fish fishes saw saws press presses stamp stamps hammer hammers rake rakes mail mails track
    tracks trap traps net hook hooks deal deals bet bets bolt pitch pitches peel peels parade parades whistle
    whistles thread threads patch patches pack packs load loads grill grills roast shed lock locks split splits
    burst bursts dice strike strikes dart darts shuffle
    """.split()
)
"""Forms that are nouns unless somebody does them."""

ACTS_OF_THE_LIVING = "say fill breathe bop sip ask answer call breathe_fire".replace(" breathe_fire", "")
"""Verbs that are acts only of people and animals."""

GROUPS = frozenset(
    """
    group pair flock herd crowd couple line row number pack school shot view footage photo picture image portrait
    video photograph silhouette painting illustration drawing sketch clip scene up closeup animation swarm fleet
    """.split()
)
"""Words before "of" that leave the next noun the one who acts: "a group of children running"."""

HELPERS = frozenset(
    "start starts begin begins continue continues starting beginning try tries proceeds proceed about".split()
)
CAUSES = frozenset(
    "want wants make makes making let lets have has see watch watching help helps show shows animate".split()
)
MODALS = frozenset("will would can could should must to may might shall does do did".split())
NEGATIONS = frozenset(
    "seems seem nobody not no without never don't doesn't didn't isn't aren't won't stop stops avoid neither "
    "nor".split()
)
SHINING = frozenset({"glow"})
"""Verbs whose -ing form only ever describes."""
DESCRIBING = frozenset("smile laugh grin sleep frown pose smirk".split())
"""Verbs whose -ing form before a noun describes what the picture shows already: "a smiling woman"."""
PARTICLES = frozenset(
    """
    open shut away back forward backward backwards together home again up down out off along past by her his and
    """.split()
)
"""Words that go on after a verb as prepositions do: "walks away"."""
COLLECTIVES = frozenset(
    "they people couple we you family crowd police both fish deer sheep jellyfish goldfish traffic koi salmon trout "
    "carp squid bison antelope elk moose cattle buffalo shrimp tuna cod catfish clownfish poultry".split()
)
"""Words without a plural ending that take a plural verb."""

STATES = frozenset(
    """
    is are was were be being has have having wears wear wearing holds hold holding stands stand standing sits
    sit sitting looks look looking gazes gaze gazing stares stare staring faces facing leans leaning waits wait
    waiting rests rest resting lies lie lying sleeps sleep sleeping watches watch watching sees see seeing
    contains features shows showing hangs hanging seems remain remains stay stays staying keeps keep keeping
    carries carrying enjoys enjoying thinks thinking dreams listens listening feels feeling models modeling
    modelling starts begins continues goes reads reading read becomes gets appears needs wants likes loves lives
    lingers resembles surrounded covers covering spans stretches overlooks highlights highlighting displays
    captures capturing reflects reflecting kneeling crouching perched seated dressed posed framed set filled lit
    during evening morning nothing something everything anything king ring spring string thing wing ceiling
    building clothing lighting painting wedding setting background realises realizes realise realize knows know
    remembers remember ponders ponder wonders wonder understands understand believes believe hopes hope trusts
    notices admires admire contemplates contemplate ignores awaits await basks bask showcases showcase
    showcasing sports sport want wanted need lean leaned leant begin began seem become shown gives worn knew
    kept stood sat laid held animate animates animating face starting beginning ending continuing let make show
    use uses using perches perch perching depicts depict featuring feature depicting evokes evoking creating
    """.split()
)
"""Words after a noun that say how things are, not what is done; and nouns that only look like participles."""

PASSIVE_ACTS = frozenset(
    """
    row drive ride tow steer pour serve throw drag toss lower raise lift hand crush knead shake stir slice chop
    pull push carry load unload beat hit kick wipe peel squeeze roll spin stretch drizzle sprinkle sew paint
    draw tear tickle stroke pet assemble flip fry whisk scoop drip
    dip torch uncork unwrap uproot ladle whip grate grind mash weld forge launch release open place remove
    """.split()
)
"""Verbs whose passive tells of an act: "wine is poured", where "the door is closed" tells how things are."""

EDITS = frozenset(form for verb in ("cut", "fade", "dissolve", "transition") for form in forms(verb))
"""Verbs of editing: they are no move even when the camera is said to do them."""

ABSTRACT = frozenset(
    """
    mood atmosphere style scenery lighting palette tone tones colour colours color colors background foreground
    focus depth detail details texture textures contrast ambience ambiance effect effects aesthetic vibe angle
    resolution quality motion movement animation transition pace rhythm time moment silence stillness tension
    feeling beauty elegance reflection look theme subject subjects action setting environment concept story
    narrative emphasis intensity energy softness serenity sense result output opening ending intro outro nothing
    everything else rest part parts loop cinemagraph parallax bokeh design highlights
    patterns pattern shape shapes music song soundtrack
    """.split()
)
"""Nouns that do nothing in a picture: its look, its mood and its making."""

STANDING = frozenset(
    """
    sag droop line dot frame surround tower loom nestle sit rest lie stand overlook dominate hang adorn decorate fill
    cover cling border edge flank crown top cap blanket carpet drape form meet create evoke add convey suggest
    emphasise emphasize complement contrast match symbolise symbolize enhance accentuate underline echo mirror
    bathe cast reflect shine glow gleam radiate light illuminate vary differ belong contain include feature
    boast offer provide allow give mark recede fade blur soften blend remain stay keep hold
    """.split()
)
"""Verbs that say where or how a lifeless thing is, not what it does: "towers loom"."""
STRETCHING = frozenset(
    "arch stretch wind lead run sprawl rise reach extend cross snake climb curve twist plunge drop fall".split()
)
"""Verbs that say so of land and buildings: "the road winds"."""
LAND = frozenset(
    """
    earth horizon planet
    road path trail staircase railway highway coastline cliffs slope ridge lane driveway bridge wall fence
    terrain track tracks street alley corridor row rows line lines stairs pathway walkway skyline peak peaks
    spire spires column columns pillar pillars tower land countryside farmland terraces railing roots branches
    """.split()
)
"""What lies about beside the nouns of nature and of buildings."""

SOUNDS = frozenset("buzz hum crackle hiss creak groan rumble".split())
"""What a thing sounds like while it moves: "buzzes and flickers"."""
MAKING = frozenset("make leave create send cast form cause produce".split())
"""Verbs that only say that what follows is there."""

ORDERS_TO_US = frozenset(
    """
    make let keep show animate bring add create generate begin start use avoid focus maintain ensure include
    imagine give transform set have preserve render capture emphasise emphasize highlight feature depict film
    loop try please do apply produce simulate visualise visualize turn introduce stay remain feel look stop hold
    switch combine reveal dolly zoom pan truck orbit crane tilt track pedestal roll rack push pull see continue
    finish end open close cut go move shoot frame
    """.split()
)
"""Verbs that, in an order at the head of a sentence, are said to whoever makes the clip."""
