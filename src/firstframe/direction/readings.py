"""Whether a word that can be a verb is one that tells of an act where it stands."""

from __future__ import annotations

from firstframe.direction.action_words import (
    CAUSES,
    DESCRIBING,
    MODALS,
    MOVES_OF_THINGS,
    ORDERS_TO_US,
    PARTICLES,
    PASSIVE_ACTS,
    SHINING,
    STATES,
)
from firstframe.direction.doers import is_attributive, next_word, previous_word
from firstframe.direction.lexicon import LIVING_KINDS, kind_of_noun
from firstframe.direction.text import Word
from firstframe.direction.word_readings import known_verbs, verb_of

_TAKING_OBJECTS = PASSIVE_ACTS | frozenset("apply play eat drink ride read write wash feed brush hold catch".split())
"""Verbs that act on what follows even without an article: "flipping burger"."""
_OF_STATES = frozenset("by in with on up against under at around of from".split())
"""What follows a participle that tells how something is: "made of rust"."""
_CAUSED = frozenset("him her them".split())
_ALSO_OF_THINGS = frozenset("roll spin stretch beat".split())


def is_said_of(words: tuple[Word, ...], word: Word, doer: Word | None) -> bool:
    """Whether a word tagged as a verb says what its doer does, and is no order to us and no mere description."""
    reading = {"Z": _reads_s, "V": _reads_plain, "G": _reads_ing, "P": _reads_past}[word.tag]
    return reading(words, word, doer)


def _reads_s(words: tuple[Word, ...], word: Word, doer: Word | None) -> bool:
    return doer is not None or word.text in known_verbs()


def _reads_plain(words: tuple[Word, ...], word: Word, doer: Word | None) -> bool:
    """Plain form: after "to" or a modal, after a plural, after "make her", or as an order to somebody shown."""
    before = previous_word(words, word)
    caused = any(other.text in CAUSES for other in _of_sentence(words, word))
    if caused or (before is not None and before.text in MODALS):
        by_somebody = before is not None and (before.tag in "AE" or before.text in _CAUSED)
        return not caused or by_somebody or verb_of(word.text) not in MOVES_OF_THINGS.split()
    if doer is None:
        return (
            (before is None or before.tag == "C") and verb_of(word.text) not in ORDERS_TO_US and _goes_on(words, word)
        )
    return True


def _of_sentence(words: tuple[Word, ...], word: Word) -> tuple[Word, ...]:
    """The few words before a verb that stand in its sentence."""
    first = max(0, word.index - 5)
    opening = [other.index for other in words[first : word.index + 1] if other.starts_sentence]
    return words[max([first, *opening]) : word.index]


def _goes_on(words: tuple[Word, ...], word: Word) -> bool:
    following = next_word(words, word)
    return following is None or following.tag in "IDRO" or following.text in PARTICLES


def _reads_ing(words: tuple[Word, ...], word: Word, doer: Word | None) -> bool:
    """-ing: a verb unless it is an adjective or a noun of action."""
    before = previous_word(words, word)
    if verb_of(word.text) in SHINING or (before is not None and before.text in ("of", "for", "without", "about", "by")):
        return False
    if is_attributive(words, word) and not (
        (word.starts_sentence and verb_of(word.text) in PASSIVE_ACTS - _ALSO_OF_THINGS)
        or (_follows_living(words, word) and verb_of(word.text) in _TAKING_OBJECTS - _ALSO_OF_THINGS - {"weld"})
    ):
        return describes_the_living(words, word)
    return doer is not None or word.text in known_verbs()


def _follows_living(words: tuple[Word, ...], word: Word) -> bool:
    """Whether a participle stands behind a comma after somebody: "chef, kitchen, flipping burger"."""
    return word.is_cut_off and any(other.tag in "AE" for other in words[max(0, word.index - 8) : word.index])


def describes_the_living(words: tuple[Word, ...], word: Word) -> bool:
    """Whether a participle before a noun tells what somebody does: "the dancing couple", but not "a smiling woman"."""
    following = next_word(words, word)
    while following is not None and following.tag == "J":
        following = next_word(words, following)
    if word.tag != "G" or following is None or verb_of(word.text) in DESCRIBING | SHINING:
        return False
    before = previous_word(words, word)
    on_board = before is not None and before.index > 0 and before.tag == "D" and words[before.index - 1].tag == "I"
    if (
        verb_of(word.text) in ("sail", "race", "row", "fish", "tow", "dump")
        and kind_of_noun(following.base) == "vehicle"
    ):
        return False
    if on_board and kind_of_noun(following.base) == "vehicle":
        return False
    return following.tag in "AE" or kind_of_noun(following.base) in LIVING_KINDS | {"vehicle"}


def _reads_past(words: tuple[Word, ...], word: Word, doer: Word | None) -> bool:
    """Past: only right after who did it, and not as the passive of what the picture shows."""
    after, before = next_word(words, word), previous_word(words, word)
    if before is not None and before.tag == "B":
        done_by = after is not None and after.text == "by" and word.text in known_verbs() and word.text not in STATES
        return before.text == "being" or verb_of(word.text) in PASSIVE_ACTS or done_by
    earlier = words[before.index - 1] if before is not None and before.text == "and" and before.index else None
    if earlier is not None and earlier.tag == "P" and verb_of(earlier.text) in PASSIVE_ACTS:
        return verb_of(word.text) in PASSIVE_ACTS
    if doer is None or doer is not before or word.text not in known_verbs():
        return False
    if after is not None and after.text in _OF_STATES:
        return False
    return doer.tag in "O" or (doer.tag in "AE" and not word.text.endswith("n"))
