"""Nouns, adjectives and small words of prompts as data: what a picture may show and how it is named."""

from __future__ import annotations

from functools import cache

from firstframe.direction import dictionary

NOUNS: dict[str, str] = {
    "woman": """
        woman girl lady bride queen princess actress mother grandmother waitress schoolgirl geisha mermaid goddess
        heroine businesswoman witch ballerina female nun sister daughter wife girlfriend fairy empress""",
    "person": """
        man boy person child kid toddler baby infant guy gentleman groom king prince actor father grandfather waiter
        businessman monk lover wizard warrior viking knight samurai soldier astronaut dancer model chef barista farmer
        worker musician singer guitarist pianist violinist player runner cyclist rider skater skateboarder surfer
        skier swimmer climber hiker traveller traveler tourist driver pilot captain sailor fisherman hunter cowboy
        detective officer policeman firefighter doctor nurse scientist engineer teacher student artist painter
        photographer couple family crowd people friend athlete boxer fighter wrestler gymnast teenager teen adult
        elder male human figure character portrait face pedestrian commuter shopper customer guest audience elf
        vampire zombie superhero hero villain pirate ninja robot android cyborg statue mannequin angel priest guard
        merchant potter blacksmith baker judge skeleton son brother husband boyfriend team band protagonist subject
        passenger passerby grandma grandpa mom dad cook guide puppet snowman ghost demon""",
    "animal": """
        cat kitten dog puppy horse pony owl parrot bird eagle hawk falcon crow raven dove pigeon swan duck goose
        penguin flamingo peacock rooster hen chicken lion lioness tiger leopard cheetah panther jaguar wolf fox bear
        panda koala monkey gorilla elephant giraffe zebra rhino hippo deer stag moose rabbit bunny hare squirrel mouse
        rat hamster hedgehog raccoon otter seal whale dolphin shark fish goldfish jellyfish octopus turtle tortoise
        frog lizard snake dragon unicorn butterfly bee dragonfly ladybug cow bull sheep lamb goat pig camel donkey
        kangaroo dinosaur creature monster pet animal alpaca llama seagull gull hummingbird corgi husky retriever
        pegasus phoenix""",
    "product": """
        debris rubble wreckage
        handbag bag backpack purse wallet watch bottle perfume lipstick shoe sneaker boot heel ring necklace bracelet
        earring jewel diamond phone smartphone laptop headphone speaker lamp vase chair sofa table desk book newspaper
        candle cup mug glass teapot camera-bag guitar piano violin drum box package jar can tube sunglasses hat helmet
        umbrella kite balloon toy doll ball clock mirror painting sword pen keyboard console car-key bicycle product
        item object pendulum wheel door window gate chandelier fan windmill carousel""",
    "food": """
        coffee tea latte cappuccino espresso cake bread croissant pizza burger sandwich soup ramen noodle noodles
        pasta spaghetti steak salad sushi rice egg pancake cookie chocolate dessert fruit apple orange lemon
        strawberry wine beer champagne cocktail juice milk water-glass dish meal food vegetable vegetables dumpling
        curry stew""",
    "vehicle": """
        car suv truck van bus tram train locomotive motorcycle motorbike scooter bike taxi tractor ship boat yacht
        sailboat canoe kayak ferry submarine plane airplane aeroplane aircraft jet helicopter rocket spaceship
        spacecraft ufo carriage vehicle convertible limousine wagon raft gondola traffic mustang ferrari porsche
        satellite skateboard biplane airship hovercraft tugboat zeppelin glider hoverboard hoverbike sled sleigh
        bulldozer excavator digger lorry minibus pickup jeep snowmobile jetski dinghy catamaran barge freighter tanker
        steamer battleship warship galleon rowboat speedboat motorboat lifeboat houseboat blimp shuttle rover starship
        tricycle unicycle rickshaw streetcar trolley monorail funicular ambulance motorcade hearse camper moped""",
    "building": """
        building house castle temple pavilion pagoda church cathedral mosque tower skyscraper bridge lighthouse cabin
        cottage barn palace ruin ruins fortress monument arch stadium museum shop store market cafe restaurant station
        terminal airport garage room kitchen bedroom office library hallway corridor stairs staircase street road
        alley city town village skyline harbor harbour pier dock square plaza park-bench bench wall fountain courtyard
        rooftop balcony porch interior hall studio classroom laboratory throne gym""",
    "nature": """
        mountain hill valley cliff canyon desert dune forest jungle tree oak pine palm garden park meadow field farm
        flower rose tulip sunflower lotus blossom leaf grass bush lake sea ocean beach shore coast bay lagoon island
        river stream creek waterfall pond pool wave sky cloud sun moon star galaxy planet volcano glacier iceberg snow
        rock stone sand cave rainbow landscape horizon sunset sunrise aurora storm fire bonfire campfire terrace
        terraces mushroom cactus vineyard orchard hills rainforest swamp reef""",
    "body": """
        hair head face eye ear hand arm leg foot finger tail wing paw lip mouth nose chin shoulder chest whisker
        eyelid eyebrow mane feather fur beard cheek neck gaze tear smile brow fist knee jaw tongue beak claw skin""",
    "clothes": """
        dress gown skirt scarf shirt robe cape cloak veil coat jacket sweater cardigan pants jeans suit uniform kimono
        sari hanfu overall denim hoodie flag banner curtain laundry sheet fabric silk ribbon clothes cloth sail
        tablecloth towel shawl sleeve tent tie apron""",
}
"""Nouns by what they name. "subjects" of a direction are taken from people to nature in this order."""

SUBJECT_KINDS = ("woman", "person", "animal", "product", "food", "vehicle", "clothes", "building", "nature")
NEVER_SUBJECTS = frozenset(
    """
    subject figure character face portrait sky sun snow rock stone sand horizon wall room road storm human male female
    team star moon square interior table desk chair window door item object glass can box fan
    """.split()
)
"""Nouns that say where or how, or too little to find a subject by; used only when nothing else is named."""

IRREGULAR_PLURALS = {
    "women": "woman",
    "men": "man",
    "children": "child",
    "people": "people",
    "ladies": "lady",
    "babies": "baby",
    "feet": "foot",
    "mice": "mouse",
    "geese": "goose",
    "wolves": "wolf",
    "leaves": "leaf",
    "knives": "knife",
    "firemen": "firefighter",
    "policemen": "policeman",
    "butterflies": "butterfly",
    "ponies": "pony",
    "puppies": "puppy",
    "bunnies": "bunny",
    "dragonflies": "dragonfly",
    "cities": "city",
    "scarves": "scarf",
    "clothes": "clothes",
    "passersby": "passerby",
    "glasses": "glasses",
    "eyelashes": "eyelid",
}

ADJECTIVES = frozenset(
    """
    black white red blue green yellow orange purple pink brown grey gray golden gold silver beige turquoise teal navy
    crimson scarlet ivory cream dark bright pale colourful colorful vibrant pastel blonde blond brunette redheaded
    ginger young old little small big tall short tiny huge large giant elderly middle aged ancient vintage antique
    modern futuristic retro rustic beautiful pretty handsome elegant stylish cute adorable fluffy furry majestic
    graceful lone lonely solitary single asian african chinese japanese korean indian european american french italian
    arab wooden leather silk metal metallic glass marble stone brick crystal plastic paper ceramic porcelain steel
    copper bronze denim floral knit striped woollen knitted luxury luxurious sleek shiny glossy matte wet dry wild
    stray baby adult snowy sandy rocky misty foggy stormy sunny rainy calm quiet busy crowded empty abandoned medieval
    gothic loving happy sad sleepy curious proud fierce long curly straight wavy hot cold fresh ripe delicious sporty
    classic electric sports racing fire steam double snow covered capped winding distant tropical autumn spring summer
    winter morning evening night neon urban rural strong heavy soft light gentle warm cool full half open closed round
    square flowing mysterious cheerful smiling sleeping eyed haired bearded cosy cozy deep shallow thick thin
    """.split()
)
"""Adjectives that may stand between an article and its noun."""

DETERMINERS = frozenset(
    """
    a an the this that these those his her its their my your our two three four five several some many few each
    another both all every no any one
    """.split()
)
PRONOUNS = frozenset("he she they it him them who i you someone somebody everyone".split())
PREPOSITIONS = frozenset(
    """
    at to toward towards into onto for from of past on behind facing near by off in with without around round over
    above through across beside between under against along alongside inside outside after before below beneath about
    amid amidst among upon up down within via like than during beyond atop until till
    underneath throughout aboard amongst opposite despite
    """.split()
)

PEOPLE_KINDS = frozenset({"woman", "person"})
LIVING_KINDS = frozenset({"woman", "person", "animal"})


_NO_ADVERBS = frozenset(
    """
    only early family dolly belly jelly lily bully rally assembly ally reply supply italy curly woolly wooly bubbly
    friendly lovely lonely elderly heavenly ghostly deadly costly daily sparkly homely silly smelly wobbly barely-lit
    orderly holly folly jolly kindly stately likely unlikely lively ugly hilly chilly oily wily burly surly
    scholarly timely worldly multiply apply comply imply rely butterfly gnarly frilly
    """.split()
)
_NO_MEN = frozenset("german roman human ottoman talisman specimen omen amen abdomen regimen".split())


@cache
def _kinds() -> dict[str, str]:
    return {noun: kind for kind, nouns in reversed(NOUNS.items()) for noun in nouns.split()}


@cache
def singular(word: str) -> str:
    """The singular of a noun as far as the tables know it, else the word itself."""
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    for ending, replacement in (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"), ("women", "woman")):
        stem = word.removesuffix(ending) + replacement if word.endswith(ending) else ""
        if stem in _kinds():
            return stem
    return word


def kind_of_noun(word: str) -> str | None:
    """What a noun names (woman, person, animal, …), singular or plural; None for a word the tables do not hold."""
    named = _kinds().get(word) or _kinds().get(singular(word))
    return named or ("person" if word.endswith(("men", "man")) and word not in _NO_MEN else dictionary.kind_of(word))


def is_adverb(word: str) -> bool:
    """Whether a word looks like an adverb in -ly."""
    return (
        word.endswith("ly")
        and len(word) > 4
        and not word.endswith("fly")
        and not is_noun(word)
        and word not in _NO_ADVERBS
    )


def is_noun(word: str) -> bool:
    """Whether the tables hold this word, singular or plural, as a noun."""
    return kind_of_noun(word) is not None
