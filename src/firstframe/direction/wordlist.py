"""Common words of English by part of speech, as data: what a word can be before its neighbours are asked.

The tables need not be complete: what they do not hold is judged by its ending and its neighbours. Words of scenes,
people and things stand in `lexicon` and `scene_words`, the verbs of acts in `action_words`.
"""

from __future__ import annotations

VERBS = """
    abseil refract diffract ambush anger appeal beg blacken blister broadcast claw congratulate ebb erase
    overturn pilot reel reverse
    tease tingle whack wince zing dispense tamp swaddle moonwalk twerk deadlift kitesurf windsurf wakeboard caw
    oink moo rein unsaddle weed rivet winch refuel moor dip torch jingle unhitch topple
    abandon abduct absorb accelerate accept accompany ache act activate admire admit adore advise age aid alight
    allow amble amplify amuse animate apologise apologize approve arch arm arrange arrest assist astonish attach
    awake baa babble balance balk bandage bang banish bar barge barrel base bash bask baste bathe batter bawl
    beach bead beam bear beatbox become beep befriend begin belch bellow belly belt bestow bicker bicycle bind
    blare blaze bleach bleed blend bless blink bloat block blot blubber blush bob bolt bombard bond boogie boost
    bore borrow bother bow bowl brace braid brandish brave brawl bray breach breakdance breed brew bribe bridge
    bring bristle broil brood browse bruise bubble buckle budge build bulge bully bumble bump bunch bundle
    bungle bunt burble burn burp burrow bury bus busk bustle button buy calve camp caper capsize caption
    caramelise caramelize caress carol carpool carry cast caulk cave cease chain chalk change channel char
    chatter cheat check cheep chide chill chime chisel chitchat choke chomp choose chortle chug churn circle
    clamber clamp clang clank clasp clatter clench click climb cling clip cloak clobber clog cluck clump cluster
    clutch coast coat coax cobble cock coil collide comfort command commute compete complain compose compress
    concentrate confess confront connect conquer console construct consult consume contort contract converse coo
    cool copy cork cough count couple court cover cower cradle cram cramp crane crank crawl crease cringe
    crinkle crisscross criticise croon crop crouch crow crumple crunch crystallise crystallize cuff cup curdle
    cure curl curse curve cushion dab dabble dampen dance dangle dare darken darn dash date daub dawdle dazzle
    deafen debate decide deck decline decorate deepen deface defend deflect defrost deliberate demolish
    demonstrate deny deploy deposit descend deserve destroy detach detonate devise diagnose dicker dig dilate
    dim dine direct disagree disarm disassemble discard discharge disconnect discuss disembark disengage
    disentangle disguise disintegrate dislodge dismantle dismiss disperse display dispute disrobe dissect
    distract distribute disturb divert divide dizzy docile dominate don donate doodle dose dote double doubt
    doze draft drain drape drawl dream dress drift drill drone drool droop drown drowse drum dry duel dump dust
    dwell dwindle dye ease eavesdrop echo eclipse edge eject elbow embark emit empty encircle enclose encounter
    encourage enfold engage engulf enlarge enlist entangle enter entertain entice escape escort etch evacuate
    evade evict examine excavate exchange excite exclaim execute exercise exhibit expand expel explain explore
    expose extend extract eye face fade fail faint fake falter fan fasten fawn fear feast feign ferment fetch
    feud fiddle fidget file fill film filter find finger finish fire fit fizzle flag flail flambe flambé
    flank flare flash flatten flaunt fledge flick flicker flinch flip flirt flit float flock flog flood flop
    floss flourish flout flow flub flush flutter foam focus foist fold fondle foot forage force forget
    forgive form fracture fray freefall freeze freshen fret frisk frolic froth fry fuel fumble fume furl fuse
    fuss gag gain gargle garland garnish garrote gaze gear gesticulate get giggle gild give glance glare glaze
    glean glide glimpse glint glisten glitter gloat glow glower glue gnash go gobble gore gorge gossip grab
    grace grapple grasp graze grease grieve grill grimace grin grip gripe groan grope grouse grow growl grumble
    grunt guard guess guffaw guide gurgle gush guzzle hack haggle hail halt hammer hamper hand handle handstand
    hang happen harass harden harmonise harmonize harness hasten hatch hate haul heal heap hear heat hedge heel
    help hem herd hesitate hiccup hide hike hinder hinge hire hitch hitchhike hobble hoe hog hold hollow holster
    honor honour hoodwink hook hoover horrify hose hosting hound house howl huddle huff hug hull hum humble
    humiliate hump hurdle hush hustle hydrate hypnotise hypnotize idle ignore imagine imitate immerse imply
    impress imprint improvise incline increase infect inflate inform inject injure inscribe insert inspect
    inspire install instruct insult interact intercept interrupt intertwine interview introduce invade invent
    invert invest investigate invite iron irrigate itch jab jam jangle jar jaywalk jeer jerk jest jet jig jiggle
    jingle jitter jive jog join joke jolt jostle jot joust judge jumble jut keel keep ken kid kill kindle kiss
    kneel knight knot know label labor labour lace ladle lag laminate land lap lash lather laud launder lay laze
    leak lean leap leapfrog learn leave lecture leer lengthen lessen let level levitate lie lift light lighten
    line liquefy listen litter loaf loan lob locate lodge loll lollop loom loop loose loosen loot lope lounge
    lower lug lull lumber lunch lure magnify make man maneuver mangle manipulate manoeuvre march marinate mark
    marvel mask masquerade massacre master mate mature meander measure meet mend merge mesh mew mewl mime mimic
    mingle mislay miss mist mistake moisten mount mourn mouth move muffle mug multiply mumble murder muse
    mushroom muster mutate mutter muzzle nail name nap narrate narrow navigate nestle net nick nip nod nose note
    notice numb number nurse nurture nuzzle obey object obscure observe obstruct occur offend offload oil ooze
    open operate oppose orbit order organise organize orient oust outline outrun overhear overtake own oxidise
    oxidize pace pad paddle page paint pair pal palpitate pan pant parachute paraglide pardon pare park part
    partner pass pat patter pause pave paw pay peck pedal peddle peek peep peer pelt pen perch percolate
    persuade pester petrify phone pick pickle picnic pierce pile pin pinch ping pipe pirate pit pitter plan
    plane plant plaster plate play plead please plié plonk plop plot pluck plug plummet plump plunder plunge ply
    point poison poke polka pop pore post posture potter pound power practice practise praise prance pray preach
    prepare present preserve pretend prick print prise probe proceed process produce program project promenade
    promise prop propel protect protest protrude prowl pry publish puff pull pulsate pulse pulverise pulverize
    pummel pump punch punctuate punish punt purchase purge purify pursue push put quack quake quarrel quarry
    quench question queue quicken quiet quieten quip quit quiver race radiate raft rage raid rain raise ram
    ramble ransack rap rappel rattle ravage rave ravel ray reach react read realign reap rear reassemble rebound
    rebuild recall recede receive recline recoil record recover recruit recycle redden refill refuse regain
    register regroup rejoice relax relay release relish reload remain reminisce repaint repel replace reply
    report rescue resist resole respond rest restore restrain resurface retire retrace retract retreat retrieve
    return reunite revolt reward rewind rhyme ricochet rid ridicule rig ring rinse rip ripen ripple rise roam
    rob rocket roll romanticise roost root rouse rove row ruin rule rumble rummage rumple run rupture rush
    rustle sabotage saddle sag salivate salt sample sand sanitise sashay saunter saute sauté savor savour scald
    scale scalp scan scar scare scatter scavenge scent school scoff scold scoop scoot scorch scour scout scowl
    scramble scrap scratch scrawl screech screen screw scrunch scrutinise scrutinize scud scuff sculpt seal seam
    search season seat see seek seem seep seethe seize select sell send separate serenade serve set settle sever
    shade shadow shadowbox shake shampoo shape sharp sharpen shed shelter shelve shepherd shield shift shine
    ship shiver shock shop shorten show showcase shriek shrivel shrug shudder shuffle shun shunt sidestep sidle
    sieve sift sign signal silence sink sip siphon sit size sizzle skateboard skewer ski skim skin skip skirmish
    skitter skulk skydive slack slam slap slather slaughter slave slay sled sledge sleep sleepwalk sleet slide
    slime sling slink slip slit slog slop slosh slouch slow slump smack smear smelt smite smolder smooch smooth
    smother smoulder smudge smuggle snack snag snake snare snatch sneer sneeze snicker sniffle snigger snip
    snipe snivel snooze snore snorkel snort snow snub snuff soak soap soar sober socialise soften soil solder
    solve somersault soothe sound sour sow span spank spark sparkle spasm spatter spawn spear speckle spell spew
    spice spike spill spin spiral splatter splay splinter sponge spoon sport spot spout sprain sprawl spread
    spring spruce spur spurt spy squabble squander square squash squat squawk squeak squelch squint squirt
    squish stab stable stack staff stage stain stake stalk stall stammer stampede stand staple starch stare
    start startle starve stash stay steady steal steam steel steep steer stem step sterilise stick stiffen sting
    stink stir stitch stock stone stoop stop store storm straddle straighten strain strand strangle strap stray
    streak stream strengthen stress stretch strew strike string strip strive stroke stroll strum strut study
    stuff stumble stun stutter submerge suck suckle suffer suffocate sulk summon sunbathe sunder supervise
    supply support surf surface surge surprise surrender survey suspend swab swagger swap swarm swat sway swear
    sweat sweep swell swelter swerve swig swill swim swing swipe swirl swish switch swivel swoon sync tackle
    tail take tame tan tangle tap tape taper target tarnish tattoo taunt taxi teeter telephone tell tempt tend
    tense tent terrify test thank thatch thicken thin think thrash thresh thrill throb throng throttle thrust
    thud thump thunder thwack tick tickle tidy tighten tile till tilt tinker tinkle tint tip tire titter
    toboggan toddle toil tone tool toot torch torment torpedo torture tour tousle tower toy trace trade trail
    train traipse tramp trample transfix translate transmit transplant transport travel traverse tread treat
    trek tremble trickle trigger trim triumph troll troop trouble trumpet trundle trust try tuck tug tumble tune
    tunnel turn tussle twang tweet twiddle twinkle twirl twist twitter type unbuckle unbutton unclasp uncoil
    uncork uncover uncurl undo undress undulate unearth unfasten unfurl unhook unite unlace unlatch unleash
    unlock unplug unravel unroll unscrew untangle unveil unwind upend upload urge usher utter vacate validate
    vanquish vault veer vent venture verify vibrate visit voice volley volunteer vomit vote wade waft wager
    waggle wail wait wake wallop wallow waltz wander wane want warble ward warm warn warp watch water wave waver
    weaken wean wear weep weigh welcome welter wheel wheeze whet whiff whimper whine whip whir whirl whirr whisk
    whistle whiten whittle whoop whoosh widen wiggle win wind wing winnow withdraw withstand wobble wonder
    woo work worry worship wound wrangle wreck wrench wrestle wriggle wrinkle write yap yelp yield yoke zap
    zigzag zip zoom
"""
"""Verbs beside those of `action_words`."""

NOUNS = """
    glamour blind sauce select pampas rapeseed canola stall loft fat grease lard flat cable ladder chime
    abbey ability accent accessory accordion account accuracy acorn acre act action actor address adventure
    advert advertisement aerial afternoon age agent air aisle album ale almond altar amber ambiance ambience
    ambulance anchor angle ankle antenna anticipation antler anvil apartment appearance aquarium arc arcade arch
    archer archway area arena arm armchair armor armour arrow art article asphalt atmosphere atrium attic attire
    aura autumn avatar avenue avocado awe awning axe axis backdrop background bacon badge bagel bagpipe bait
    bakery ballet ballroom banana band bandana banister bank banner bar barbecue barbell barrel barrier base
    baseball basement basil basin basket basketball bass bat bath bathroom bathtub bead beak beam bean beat
    beauty bed beetle behavior behaviour belfry bell belt beret berry bicep bike biker bill billboard bin birch
    birthday biscuit bit black blacktop blade blanket blender blister blizzard block blouse board body boiler
    bolt bomb bone bonnet bookcase bookshelf bookshop bookstore booth border bottom boulder boulevard boundary
    bouquet bow bowl bracelet brain brake brand brass bread breakfast breeze brewery brick brim bristle broccoli
    brook broom broth brush bubble bucket buckle bud buffer buffet bug bulb bumper bun bungalow bunting buoy
    burner burrow business busker butcher butter button buyer bystander cabbage cabin cabinet cable cafe cage
    call calm camera campsite can canal candy cane canister cannon canoe canopy canvas cap cape capsule caramel
    caravan card cardboard cargo carnival carpet carrot cart cartoon carving case cash casino cassette castle
    catwalk cauldron cave cavern ceiling celebration celery cell cellar cellist cello cement center centre
    century cereal ceremony chain chalk chalkboard chamber chapel character charger charm chart chase cheek
    cheese cheesecake cherry chessboard chest chestnut chick chili chimney chin chip choir chopstick chord
    christmas chrome cider cinder cinema circle circuit circus city clapboard clarinet clarity class clay
    clearing clock closeup clover clown club cluster clutch coach coal coaster coastline cobblestone cobweb
    cockpit cocktail coconut code coil coin cola collar collection colony color colour column comb comet comic
    comma commander compass composition concert concrete cone confidence console contestant contrast control
    cookbook cooker cookie cooler copper coral cord coriander cork corn corner corpse cosmetic cosmos costume
    cotton couch counter countertop country countryside course court cradle crane crate crater crayon cream
    crema crest crew crib cricket crocodile crop cross crossbow crossing crossroad crossroads crowds crown crumb
    crust crypt cub cube cucumber cuff culture cupboard cupcake curb curve cushion cutlery cybercity cylinder
    cymbal daffodil dagger dahlia daisy dancefloor darkness dashboard data date dawn day daylight debris decade
    deck decor decoration degree deli den depth desert design desktop detail device dew dial diamond dice diner
    dinghy dinner dirt disc disco disk display distance ditch dj doe dome donut doorbell doorway dot dough
    doughnut downtown drain drapery drawer drawing driveway drop drummer drumstick dryer duct dumbbell dune
    dungeon dusk dustbin dwarf eagle earring earth easel east easter eclipse edge edit editorial effect egg
    elbow electricity elegance element elevator elm ember embers emblem emotion energy engine engraving entrance
    envelope environment episode equipment era espresso essence estate evening event evergreen exhaust
    exhibition exit expression exterior fabric facade factory fairground falconer falls farmhouse farmyard
    fashion fate fawn feast feather feature feeder feeling fence fender ferret festival fig figure figurine
    filler filter fin finger fingernail fingertip finish fir fireball firefly fireplace firewood fist fjord
    flake flamenco flank flannel flare flash flask flavour fleet flesh flight flipper floater flood floor flour
    flute foal foam focus foil folder foliage folk folklore footlight forearm foreground forehead forge fork
    form format formation fort fortress fountain foyer frame freckle freezer freighter fridge friendship fringe
    front frost fruit fuel fur furnace furniture future galleon gallery game garage garbage gardener garland
    garlic garment gas gasoline gaze gear gecko gel gem gemstone generator genie gentlemen ghost gimbal ginger
    glade glance glaze glen glimpse globe glove glue gnome goalkeeper goblet goblin gold goldfish golf gondola
    gorge gown grade gradient grain grandparent granite grape grapefruit grater grave gravel graveyard greenery
    greenhouse grid grill grin grinder ground group grove guest guide gull gutter habitat hail hair haircut
    halfpipe hall halo ham hammer hammock hamper handkerchief handle handlebar hangar happiness hardwood harp
    harvest hatch haven hay headdress headlamp headland headset health heart heartbeat hearth heat heater
    heather heaven hedge heel heirloom helicopter hem hen herb herd herder heritage hero highlight highway hike
    hip hive hockey holder hole holiday home honey honeycomb hoof hook hoop hope horn hotel hotspring hour
    hourglass house household housekeeper hovercraft hue hull humor hump hunger hurdle husk hut hydrangea ice
    icicle icing icon idea idol igloo image impact inch industry ink inn insect inside inspiration instrument
    intensity intersection iris iron island ivory ivy jam jar jaw jeep jelly jersey jet jetty jewel jewellery
    jewelry job jockey joint journal journey joy joystick judo jug juggler juice jukebox jumper junction
    juncture jungle kale karate kayak keeper kernel ketchup kettle key keyboard keyhole keyring kilt kingdom
    kiosk kitchen kite kiwi knee knob knot knuckle lab label lace ladder lake lakeside lamb lamp lamppost
    landing landmark lane lantern lap larch laser lash latch laurel lava lavender lawn layer lead leash leather
    leg legend lemonade lens lentil letter lettuce level lever librarian library licence license lid life
    lifeguard lifestyle lightbulb lilac lily limb lime limestone line linen liner lip liquid list litter loaf
    lobby lobster location locker locket log logo look loop lorry lounge love luggage lumber lunch lung lure
    lute luxury machine macro magic magician magnet magnolia maid mailbox mailman mall mammoth manager mane
    mango mannequin mansion mantle manuscript map maple marble marina mark marker marketplace marsh mask mass
    mast mat match material matter mattress maze meadow meal meaning measure meat mechanic medal medallion
    medicine medium melody melon memory menu merchandise mess message metal meteor meter method metro microphone
    microscope microwave midday middle midnight milestone mill mind mine miner mineral miniature mint minute
    miracle mirror missile mist mitten mixer moat mockup mode moment momentum monastery money monitor monocle
    monolith month mood moonbeam moonlight moonrise moor moped morning mosaic moss moth motif motor motorboat
    motorcycle mould mound mountainside mountaintop moustache mower mud muffin mule mural muscle museum music
    musk muslin mustache mustard nail name nanny napkin nation nature neighbor neighborhood neighbour
    neighbourhood nest net network newscaster newsstand night nightclub nightfall noise noon north note notebook
    nozzle number nut oar oasis oat oatmeal object observatory octave office oil ointment olive onion opening
    opera opportunity orb orc orchestra orchid order ore organ origami ornament outfit outline outside oven
    overalls overlook owlet oyster pack package pad page pail paint paintbrush pajamas paladin palette pallet
    pan pane panel panorama pansy pantry paper paperback parade paradise paragraph paramedic parasol park
    parkour part particle path pathway patio patrol pattern pavement paw pea peach peacock peak peanut pear
    pearl pebble pedal pedestal pedestrian peg pencil peninsula peony pepper perch percussion perfection
    performance period petal pew pharmacy phase photo photograph photography piccolo pie piece pier pig pile
    pill pillar pillow pin pineapple pinecone pint pinwheel pipe pistol pit pitch pitcher pizzeria place plain
    plan plane planet plank plankton planter plaster plastic plate plateau platform platter play playground
    pleasure pocket podium poem poet poetry point poker pole police polish pollen pomegranate poncho pond pony
    pool popcorn poppy popsicle porcelain porridge port portal porter portion portrait pose position post
    postcard poster pot potato potion pottery poultry powder power practice prairie prayer presence present
    preview pride print printer prison process procession produce profile progress projector promenade propeller
    property puddle pulse puma pump pumpkin punch pupil puppet purity purpose purse puzzle pyjamas pyramid
    quality quarry quarter quartz quay quilt quote race racetrack rack racket radar radiance radiator radio raft
    rafter rail railing railway rain ramen ramp ranch range ranger rank raspberry ray razor reaction realism
    realm rear reason receipt receptionist recipe record recorder rectangle reed reef reel referee reflection
    region reindeer relic relief remains render reptile reservoir residence resolution resort rest result rhythm
    rib ribbon rice riddle ridge rifle rig rim rise ritual river roadside roast rocket rod roof rooftop root
    rope rosebud roundabout route row rower rubber rubble ruby rucksack rudder rug rugby rune runway rust sack
    saddle sadness safari sage sail salad salmon saloon salt sandal sandcastle sandstone sapling sapphire
    satchel satin saturn sauce saucepan saucer sauna sausage savanna savannah saw sawdust saxophone scaffold
    scale scalpel scanner scar scarecrow scarlet scenario scene scenery scent schedule scheme school science
    scissors scoop score scoreboard scorpion screwdriver script scroll sculptor sculpture seafood seafront
    seamstress seaplane seashell seaside season seat seaweed second section seed seesaw semicircle sensor
    sequence sequoia serenity serpent serum service set setting settlement shack shade shaft shampoo shape
    shaving shed sheen shelf shell shelter shepherd sheriff shield shin shine shipwreck shipyard shop shopfront
    shore shoreline shorts shot shotgun shoulder shovel showcase shower shrimp shrine shrub shutter side
    sidewalk sieve sight sign signal signpost silence silhouette silk silo silverware simplicity sink siren site
    size skeleton sketch skewer skill skillet skin skirt skull skydiver sled sledge sleeve sleigh slice slide
    slider slime slipper slope slot sloth smartphone smartwatch smell smile smog smoothie snack snail snorkel
    snout snowboard snowdrift snowfield snowflake snowman snowmobile soap soccer society sock socket soda sofa
    softness soil solitude song soul sound source south space spaceman spade spark sparrow speaker spear species
    spectacle spectator spectrum speed sphere spice spider spike spine spiral spire spirit splash spoke sponge
    spool spoon sport spot spotlight spout spray sprig spring spruce squad squid squire stable stack stadium
    staff stage stain stair stairwell stake stalactite stall stallion stamp stand standard stapler starfish
    starlight starship state stature steak steel steeple stem step stern stew stick sticker stillness stilt
    stock stocking stomach stool stop storefront storey stork story storyboard stove stranger strap straw stripe
    structure studio stump stuntman style subtlety suburb subway success sugar suitcase suite sum summer summit
    sundae sunflare sunglasses sunlight supermarket surface surfboard suspense swamp swan swarm sweat sweatshirt
    swell swimmer swimsuit swing swirl switch sword swordswoman symbol symmetry symphony syrup system tablet
    tabletop taco tail tailor talent talon tank tap tape tapestry target tarmac tart tassel taste tattoo tavern
    taxi technology teddy telephone telescope television temper temperature template tendril tennis tension
    tentacle term terrain terrarium texture theater theatre theme thermos thickness thigh thing thistle thorn
    thought thread threshold throat throne thumb thunder thunderstorm ticket tide tile timber time tip tire
    toast toaster tobacco toe toilet tomato tomb tone tool tooth top torch torii torso touch tourist trace track
    tractor trade tradition trail trailer trainer tram trampoline tranquility transition transparency trap
    trapdoor trapper trawler tray treadmill treasure treat treehouse treeline trellis trench triangle tribe
    trick trim trinket trio trip tripod triumph trolley trombone trophy trouble trough trousers trout truck
    trumpet trunk truth tub tuba tulle tuna tundra tuner tunnel turban turbine turkey turn turret tusk tuxedo
    tweed twig twilight twin typewriter tyre udder undergrowth underwater unit universe upper urn utensil valet
    value van vanilla vanity vapor vault vegetation vehicle velvet vendor veranda verandah vesper vet vibe
    vibrance vicar victory video view viewpoint vignette villa villager vine vinyl violet vision visor vista
    voice voltage vortex voyage vulture waffle waist waistcoat walker walkway wallpaper walnut walrus wand
    wardrobe warehouse warmth washcloth wasp waste watercolor watercolour waterfront waterline watermelon
    waterway wax way wear weather weave weaver web weed week weight welder well west wharf wheat wheelbarrow
    wheelchair whip whirlpool whiskey whisky width wig wilderness wildflower wildlife willow winch windmill
    windowsill windshield wine winery wing winner wire wisdom wisp wisteria wok womb wonder wonderland wood
    woodland woodpecker wool workshop world worm wrap wrapper wreath wreck wrench wrestler wrist writer yak yard
    yarn year yeti yoga yogurt zebra zenith zipper zone zoo
"""
"""Nouns beside those of `lexicon`."""

ANIMATE = """
    acrobat admiral agent albatross alchemist alligator anchorwoman anemone animator ant antelope apprentice
    archaeologist archer army astronomer aunt axolotl bachelor badger barber bard barmaid bartender basilisk
    bassist batsman beagle beaver bee beekeeper beetle beggar bellboy bellringer biker biologist bison blackbird
    blacksmiths blogger bmx boa boar bobcat bodyguard boss botanist bowler brewer bricklayer bridesmaid budgie
    buffalo bulldog bumblebee burglar busker butcher buyer buzzard bystander caiman calf calico cameraman canary
    candidate captain cardinal carp carpenter cartoonist cashier cassowary caterpillar cavalry celebrity cellist
    centaur centipede chameleon champion chemist chick chickadee chihuahua chimpanzee chinchilla chipmunk choir
    choirboy choreographer chorus cicada citizen clam cleric clerk client clown clownfish cobbler cobra
    cockatiel cockatoo cod colleague collie colonel colony colt comedian commander companion composer condor
    conductor contestant contortionist cormorant corporal cougar courier cousin cow cowgirl cowherd coyote crab
    craftsman crane crew cricket critic crocodile crooner cub cuttlefish cyborg cyclops cygnet dachshund daddy
    dalmatian dame demon dentist designer devil director diver dj doe drover druid drummer duckling dwarf
    echidna editor eel egret electrician elk emperor employee emu ewe executive explorer falconer farrier fawn
    ferret fiddler finch firefly fishmonger flautist flock florist flutist fly foal footballer foreman
    freelancer gamer gardener gazelle gecko general genie gentleman gerbil ghost giant glassblower glazier gnat
    gnome goalkeeper goatherd goblin golem golfer gopher gosling grandchild granddaughter grandparent grandson
    grasshopper greengrocer greyhound griffin grocer grouse grower gryphon guardian guest guide guineapig gypsy
    hacker hairdresser harpist hatchling hawker heifer heiress hen herd herder hermit heron herring hog hornet
    host hostess housekeeper hummingbird husband hydra hyena ibex ibis iguana illustrator imp impala influencer
    insect inventor investigator jackal janitor jay jeweler jeweller jockey journalist juggernaut juggler jury
    kangaroo keeper kelpie koi cattle
    catfish poultry kestrel kingfisher kingpin kiwi kraken kudu laborer labourer labrador ladybird lark
    lawyer leader lemming lemur librarian lieutenant lifeguard lioness litter lizard llama lobster locksmith
    locust logger lord lumberjack luthier lynx macaw machinist mackerel mage magician magpie maid mailman major
    mammoth manager manta mantis mare marine marten mason masseuse master mayor mechanic meerkat messenger midge
    midwife milkmaid milkman mime miner minister minotaur mob mole mongoose mosquito moth mule mum mummy mussel
    loon grebe curlew plover sandpiper avocet spoonbill petrel skua gannet bittern coot moorhen harrier cuckoo
    nuthatch wagtail goldfinch bullfinch quetzal kookaburra rhea joey larva slug earthworm leech nautilus marlin
    swordfish barracuda anglerfish narwhal beluga porpoise dugong manatee caribou oxen chamois gnu anteater armadillo
    tarsier baboon mandrill gibbon mink wolverine dingo ocelot serval caracal margay skink anaconda terrapin filly
    gelding hound whippet rottweiler malamute samoyed akita mastiff sphynx surgeon stoker rancher gamekeeper
    groundskeeper bellhop concierge butler steward stewardess purser cabbie chauffeur trucker jogger sprinter hurdler
    fencer caddie matador toreador bullfighter gladiator legionnaire centurion crusader herald jester minstrel bugler
    accordionist trombonist percussionist chorister cantor puppeteer ventriloquist illusionist enchantress hobbit
    pixie dryad faun wyvern leviathan gargoyle ghoul wraith specter banshee reaper paperboy calligrapher distiller
    mixologist busboy dishwasher peddler auctioneer banker broker trader accountant bailiff deputy marshal medic bosun
    kayaker canoeist bobsledder mountaineer bedouin abbot bishop pope imam rabbi guru
    puppet marionette figurine snowman scarecrow mascot droid mecha golem ghost demon alien gnome imp goblin
    nymph cherub kraken minion cyclops werecat astronaut cosmonaut waitress deckhand stevedore
    nanny necromancer neighbor neighbour nephew newborn newlywed newscaster newt niece nightingale nomad nomads
    novelist numbat ogre okapi onlooker opossum optician oracle orangutan orc orca orchestra organist oryx
    osprey ostrich owlet ox pack paladin parachutist parade paraglider parakeet paramedic partner partridge
    passer patient peasant pelican perch performer pharmacist pheasant physicist pianist piglet pike pilgrim
    piranha pirate plasterer platoon platypus ploughman plumber poet pony poodle porter possum postman postwoman
    prawn presenter president pride priestess private producer professor prophet puffin pug puma pup python
    quail quarterback quartet ram ranger rapper raptor rattlesnake ray reader receptionist referee refugee
    reindeer reptile rhinoceros rider robin rogue rollerblader roofer rooster rower sailor salamander salesman
    salmon samurai satyr saxophonist scorpion scout scribe sculptor seahorse seamstress secretary seller senior
    sergeant serpent servant server shaman shark shepherd sheriff sherpa shopkeeper shrew shrimp siamese sibling
    signalman skateboarder skier skunk skydiver sloth smith snail sniper snorkeler snorkeller snowboarder
    sommelier soprano sorcerer sorceress sow spaceman spaniel sparrow speaker spectator spider spirit squad
    squid squire stableboy stag stallholder stallion starfish starling stationmaster stegosaurus stepfather
    stepmother stingray stoat stork stranger streamer striker stuntman stylist swallow swarm swift swimmer
    swordswoman tadpole tailor tamer tapir tarantula tenor termite tern terrier therapist thief thrush tiler
    toad toddler tortoise toucan townsman trainer trapeze trapper traveler triceratops troll troop troupe trout
    trumpeter tuna turkey twin uncle urchin usher velociraptor vendor vet veteran vicar victim vicuna villager
    viper visitor vlogger vole volunteer vulture wallaby walrus warlock wasp watchmaker weasel weaver welder
    werewolf wildebeest winemaker winner wizardess wombat woodcutter woodpecker worker worm wren wrestler writer
    yak yeti yogi youth youtuber zookeeper zoologist
"""
"""Nouns of `NOUNS` and others that name a person or an animal."""

ADJECTIVES = """
    overwhelming haunting uplifting heartwarming unsettling thrilling inspiring mesmerising mesmerizing gripping
    suffocating exhilarating foreboding menacing enthralling captivating melancholic
    able abstract acidic active actual adventurous aged airy alien alive alone aloof amber amused angelic angry
    anxious apparent aquatic arctic arid artificial artistic asleep astral atmospheric attentive attractive
    authentic autumnal average awake aware awesome azure backlit bare barren basic beaming billowy bitter blank
    blind blurred blurry bold bony brave breathtaking brief brisk brittle broad broken bulky burnt busty candid
    candlelit caramel careful careless carved casual celestial central certain charming cheap checkered cherry
    chic chilly chubby circular civil clean clear clever close cloudless cloudy coarse coastal cobbled colossal
    comfortable comic common compact complete complex concave confident constant contemplative content
    continuous contrasty cracked crafty craggy crazy creamy creative creepy crisp critical crooked cruel
    crumpled crunchy cryptic cubic curious current curved custom cyan cybernetic damp dangerous daring dazed
    dazzling dead deafening dear decorative defiant definite delicate dense desolate detailed determined
    diagonal different diffuse digital dim dirty discreet distinct divine dizzy domestic dominant double
    dramatic dreamlike dreamy drenched drunk dual due dull dusky dusty dynamic eager earthy eastern easy
    eccentric eerie elaborate elastic elderly elite elongated emerald emotional empty enchanted enchanting
    endless energetic engraved enormous entire epic equal equestrian essential eternal ethereal even eventual
    everyday evil exact exaggerated excellent excited exotic expensive expert expressive extra extreme faded
    faint fair faithful false familiar famous fancy fantastic far fashionable fast fat fatal favorite favourite
    feathered feline feminine fertile festive few fiery filmic final fine firm first fit flat flawless flexible
    floral fluid fluorescent focused foggy folded foreign formal fragile fragrant frail free french frequent
    friendly frightened frosted frosty frozen frustrated funny fuzzy gaunt general generous gentle genuine
    ghostly gigantic gilded glad glamorous glassy gleaming glistening glittering gloomy glorious golden good
    goofy gorgeous grainy grand granular grassy grave great greedy greek green grim gritty grizzled groomed
    grumpy guilty hairy handheld handmade handy hard harsh hazel healthy heated heavenly heroic hidden high
    hilly hollow holographic holy homemade honest horizontal horrible hostile huge human humble humid hungry
    hyper icy ideal identical idle idyllic illuminated imaginary immense imperial impressive inclined incredible
    indoor industrial infinite inner innocent intense intent interesting interior intimate intricate invisible
    inviting irish isolated jade jagged jazzy jolly joyful joyous juicy key kind kindly lanky large last lavish
    lazy leafy left legendary lifelike liquid lit literal lively local lone loose loud lovely low loyal lucky
    lukewarm luminous lunar lush magenta magical magnificent main major manicured marine maritime martial
    masculine masked massive mature mechanical melancholic melancholy mellow menacing metropolitan mexican mid
    mighty mild military milky mini miniature minimal minimalist minimalistic minor mint minty mixed modest
    moist molten monochrome monumental moody moonlit mossy motionless mountainous muddy muscular musical mute
    muted mystic mystical mythic mythical naked narrow nasty national native natural naughty nautical neat
    necessary nervous new nice noble nocturnal noisy nordic normal northern nostalgic nude numb obedient oblique
    obvious occasional odd official oily olive open opposite opulent organic oriental original ornate other
    outdoor outer outstanding oval overcast overgrown overhead oversized painted painterly panoramic parallel
    particular passionate past patient peaceful peach peculiar pensive perfect perky permanent persian personal
    petite photographic photorealistic picturesque pixelated plain playful pleasant plump plush poetic pointed
    polar polished polite poor popular portable posh positive possible potted powdery powerful precious precise
    pregnant premium present previous primal prime primitive pristine private professional prominent proper
    protective psychedelic public puffy pure puzzled quaint quick quirky radiant ragged random rapid rare raw
    ready real realistic rear recent red reddish reflective refreshing regal regular relaxed reluctant remote
    renowned rich right rigid rippled robust romantic roomy rough royal rugged ruined rural russian rusted rusty
    ruthless sacred safe salty sandy satisfied savage scarce scared scary scattered scenic scented secluded
    second secret secure selective separate serene serious several severe shabby shaded shadowy shaggy shaky
    sharp shattered sheer shimmering shocked short shut shy side silent silly similar simple skinny slanted
    sleek slender slick slim slippery sloping smart smoky smooth sober sole solemn solid somber sombre soothing
    sophisticated soulful southern spacious spanish spare sparkling sparse special specific spectacular
    spherical spicy spiky spiral splendid spooky spotless spotted square stable stacked stainless stately static
    steampunk steep sterile stern sticky stiff still stoic stony straight strange strict striking stuffed
    steady tame sour
    stunned stunning sturdy suave sublime subtle sudden suitable sultry sunken sunlit superb supple sure surreal
    suspended swedish sweet swift swollen symmetrical tan tangled tanned tart tasty tattered tattooed telephoto
    temporary tender tense thai thatched theatrical thin third thirsty thoughtful tidal tidy tight tilted
    timeless timid tired toned top total tough toxic traditional tranquil translucent transparent triangular
    triumphant true turbulent turkish twin twinkling twisted typical ugly ultra unaware unique upper upright
    upset used useful usual vague vain various vast velvet velvety verdant vertical viscous visible visual vivid
    volcanic volumetric vulnerable wary watery wavy weak wealthy weary weathered wedding weird western whimsical
    whole wicked wide widescreen wild willing windy wise witty wondrous wooded woolen woollen worn worried
    worthy wrinkled wrong yellowish young youthful zesty
"""
"""Adjectives beside those of `lexicon`."""
