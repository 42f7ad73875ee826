"""Who does what a verb says: the noun before it that nothing else governs."""

from __future__ import annotations

from firstframe.direction.action_words import ABSTRACT, CAUSES, GROUPS, PASSIVE_ACTS
from firstframe.direction.grammar import NOUN_TAGS, VERB_TAGS
from firstframe.direction.lexicon import DETERMINERS, kind_of_noun
from firstframe.direction.text import Word
from firstframe.direction.things import is_thing_of, nouns_and_verbs
from firstframe.direction.vocabulary import CAMERA_NOUNS, PICTURE_NOUNS, SCENE_MOTIONS
from firstframe.direction.word_readings import verb_of

_REACH = 24
_BACK_REFERENCE = 8
_SHEETS = frozenset("ribbon ribbons sheet sheets curtain curtains veil veils blanket blankets".split())
_SHAPES = frozenset("cloud clouds plume plumes".split())
_GRAINS = frozenset("particles motes specks orbs points dots flecks".split())
_WITHOUT_SHAPE = frozenset("light rain fog mist smoke steam snow water fire flame dust sand".split())
"""What hangs in sheets that are no cloth."""
_ROWS = frozenset("rows lines groups flocks herds swarms crowds clusters dozens hundreds thousands".split())
"""What no plural before it describes: "under the lamps rows of lettuce tremble"."""
_GAITS = frozenset("walk run jog march stride sprint ride dance sit stand kneel climb swim".split())
"""What none but the living do in a list of words: "a warrior, sparks, walking through rain"."""
_COUNTED = frozenset("one two three both another all each others".split())
_PASSING = frozenset("rush fly pass whiz zip race go blur slide".split())
_OBJECTS = frozenset("me him them us".split())


def doer_of(words: tuple[Word, ...], verb: Word) -> Word | None:
    """The noun or pronoun before a verb in its sentence that no preposition and no other verb governs, or None."""
    before = previous_word(words, verb)
    if before is not None and before.tag == "W" and before.index and words[before.index - 1].tag in NOUN_TAGS:
        return words[before.index - 1]
    apart = _stands_apart(words, verb) or (verb.index > 0 and not moves_by_itself(words[verb.index - 1], verb))
    if verb.tag == "G" and verb.is_cut_off and apart and (living := _living_before(words, verb)):
        return living
    place = verb.index - 1
    while place >= max(0, verb.index - _REACH) and not words[place + 1].starts_sentence:
        word = words[place]
        if word.tag in NOUN_TAGS or (word.tag == "O" and word.text not in _OBJECTS) or _stands_in(words, word):
            first = first_of_name(words, word)
            if not is_governed(words, first, verb):
                return word
            place = first - 1
        else:
            place -= 1
    return None


def _stands_in(words: tuple[Word, ...], word: Word) -> bool:
    """Whether a number or "both" stands for somebody: "one of them nods", "they both laugh"."""
    after = next_word(words, word)
    while after is not None and after.tag == "R":
        after = next_word(words, after)
    return (
        word.text in _COUNTED
        and word.tag in "XDO"
        and after is not None
        and (after.tag in VERB_TAGS + "B" or after.text == "of")
    )


def moves_by_itself(noun: Word, verb: Word) -> bool:
    """Whether a verb tells a motion of the thing that stands before it: "smoke, drifting" but not "river, playing"."""
    return noun.tag not in NOUN_TAGS or any(
        is_thing_of(kind, noun.base) and verb.text in nouns_and_verbs(kind)[1] for kind in SCENE_MOTIONS
    )


def _stands_apart(words: tuple[Word, ...], verb: Word) -> bool:
    """Whether a participle behind a comma may be said of somebody named before what stands right before it."""
    after = next_word(words, verb)
    while after is not None and after.tag == "R":
        after = next_word(words, after)
    walks = after is not None and after.tag == "I" and verb_of(verb.text) in _GAITS
    works = after is not None and after.tag in NOUN_TAGS and verb_of(verb.text) in PASSIVE_ACTS
    return after is None or after.tag == "D" or walks or works


def _living_before(words: tuple[Word, ...], verb: Word) -> Word | None:
    """The nearest of the living in the sentence, or for a participle with an object the nearest vehicle as well.

    For participles that stand alone: "a wolf, snow, running", "a train, steam, leaving the station".
    """
    following = next_word(words, verb)
    drives = following is not None and following.tag in "D" + NOUN_TAGS
    for word in reversed(words[max(0, verb.index - _REACH) : verb.index]):
        acts = word.tag in "AE" or ((drives or following is None) and kind_of_noun(word.base) == "vehicle")
        if acts and not is_governed(words, first_of_name(words, word), verb):
            return word
        if word.starts_sentence:
            return None
    return None


def first_of_name(words: tuple[Word, ...], noun: Word) -> int:
    """Index of the first word of the name that a noun ends: its article, adjectives and nouns before it."""
    first = noun.index
    while first > 0 and not words[first].is_cut_off and noun.tag != "O" and not _opens_name(words, first):
        before = words[first - 1]
        describes = before.tag in "DJXN" or (before.tag in "ASE" and words[first].tag != "D")
        if before.tag == "S" and words[first].base in _ROWS:
            break
        if not (describes or is_attributive(words, before) or (before.tag == "R" and words[first].tag in "JP")):
            break
        first -= 1
    bare = noun.tag in "SE" and words[first].text in ("a", "an")
    return noun.index if bare else first


def _opens_name(words: tuple[Word, ...], index: int) -> bool:
    """Whether a word is an article or number; a possessive may have an article of its own: "a client's beard"."""
    owns = words[index].text.endswith("'s") and words[index - 1].tag in "DJN" and not words[index].is_cut_off
    return words[index].tag in "DX" and not owns


def name_ending(words: tuple[Word, ...], first: int) -> Word:
    """The noun that ends a name."""
    last = first
    while last + 1 < len(words) and not words[last + 1].is_cut_off and words[last + 1].tag in "JXGP" + NOUN_TAGS:
        last += 1
    return words[last]


def is_attributive(words: tuple[Word, ...], word: Word) -> bool:
    """Whether a participle stands before its noun as an adjective does: "a running horse", "falling snow"."""
    following = next_word(words, word)
    while following is not None and following.tag == "J" and following.text not in DETERMINERS:
        following = next_word(words, following)
    if word.tag not in "GP" or following is None or following.tag not in NOUN_TAGS or following.text in DETERMINERS:
        return False
    before = previous_word(words, word)
    joined = before is not None and before.tag == "C" and (before.index == 0 or words[before.index - 1].tag != "G")
    return before is None or before.tag in "DJIX" or joined


def next_word(words: tuple[Word, ...], word: Word) -> Word | None:
    """The word after, when no punctuation stands between."""
    following = words[word.index + 1] if word.index + 1 < len(words) else None
    return None if following is None or following.is_cut_off else following


def previous_word(words: tuple[Word, ...], word: Word) -> Word | None:
    """The word before in the same clause, adverbs skipped."""
    index = word.index
    while index > 0 and not words[index].is_cut_off:
        index -= 1
        if words[index].tag != "R":
            return words[index]
    return None


def is_governed(words: tuple[Word, ...], first: int, verb: Word) -> bool:
    """Whether the name that begins at `first` hangs on a preposition or is what another verb acts on.

    A participle may belong to such a name: "with her hair flowing", "follows a man walking".
    """
    if first == 0 or words[first].is_cut_off:
        return False
    before = words[first - 1]
    if before.tag == "R" and first > 1 and not before.is_cut_off:
        before = words[first - 2]
    noun = previous_word(words, verb)
    participle = verb.tag == "G" and noun is not None and noun.index >= first and noun.tag in NOUN_TAGS + "O"
    if before.tag == "O" and before.index and words[before.index - 1].tag in VERB_TAGS:
        before = words[before.index - 1]  # "offers him a flower"
    if before.tag == "I":
        heads = before.index > 0 and words[before.index - 1].base in GROUPS | CAMERA_NOUNS
        moving = participle and noun is not None and (before.text == "with" or noun.tag in "AE")
        return not moving and not (before.text == "of" and heads)
    if before.tag == "P" and any(word.text == "with" for word in words[max(0, first - 5) : first]):
        return False
    if before.tag in VERB_TAGS and not is_attributive(words, before):
        return not (participle and not before.text.endswith("ing")) and before.text not in CAUSES
    agrees = verb.tag in "VO" or not (verb.tag == "Z" and name_ending(words, first).tag in "SE")
    if (
        (not agrees or (verb.tag in "GP" and words[first].tag != "D"))
        and before.text in ("and", "or")
        and before.index > 0
        and words[before.index - 1].tag in NOUN_TAGS
    ):
        return is_governed(words, first_of_name(words, words[before.index - 1]), verb)
    return False


def is_worked_on(words: tuple[Word, ...], verb: Word) -> bool:
    """Whether a passive tells what somebody does to a thing: "hot water is poured"."""
    passive = verb.tag == "P" and verb.index > 0 and words[verb.index - 1].tag == "B"
    return passive and verb_of(verb.text) in PASSIVE_ACTS


def is_named_by_nobody(doer: Word, verb: str) -> bool:
    """Whether a doer is the camera, the picture or its mood, which perform no acts; a drone may be seen itself."""
    if doer.base == "scenery" and verb in _PASSING:
        return False
    if doer.base == "drone" and verb in ("fold", "land", "carry", "deliver", "spray", "crash"):
        return False
    return doer.base in CAMERA_NOUNS | PICTURE_NOUNS | ABSTRACT


def names_of(words: tuple[Word, ...], doer: Word) -> list[Word]:
    """A doer and what it is made of or stands for: "beams of light", "bubbles, and they drift"."""
    if doer.text in ("they", "it"):
        earlier = words[max(0, doer.index - _BACK_REFERENCE) : doer.index]
        fitting = NOUN_TAGS if doer.text == "they" else "NA"
        living = [w for w in words[max(0, doer.index - _REACH) : doer.index] if w.tag == "A"]
        if doer.text == "it" and doer.starts_sentence and living:
            return [doer, living[0]]
        return [doer, *(w for w in reversed(earlier) if w.tag in fitting and w.base not in CAMERA_NOUNS)][:2]
    after = words[doer.index + 1 : doer.index + 6]
    if not after or after[0].text != "of":
        return [doer]
    made_of = next((word for word in after[1:] if word.tag in NOUN_TAGS), None)
    if made_of is None:
        return [doer]
    if doer.base in _GRAINS and made_of.base == "light":
        return [doer]
    if doer.base in _SHAPES or (doer.base in ("strand", "strands") and made_of.base != "hair"):
        return [made_of]
    return [made_of] if doer.base in _SHEETS and made_of.base in _WITHOUT_SHAPE else [doer, made_of]
