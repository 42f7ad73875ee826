"""Who does what a verb says: the noun before it that nothing else governs."""

from __future__ import annotations

from functools import cache

from firstframe.direction.action_words import GROUPS, OFTEN_NOUNS, STATES
from firstframe.direction.cues import is_verb_waves, nouns_and_verbs
from firstframe.direction.lexicon import DETERMINERS, PREPOSITIONS, PRONOUNS, is_adverb, kind_of_noun
from firstframe.direction.text import Word
from firstframe.direction.verbs import S, act_forms
from firstframe.direction.vocabulary import CAMERA_NOUNS, PICTURE_NOUNS, SCENE_MOTIONS, STYLE_WORDS

_REACH = 16
_GOVERNED_WITHIN = 7
ARTICLES = frozenset("a an the her his its their my our".split())
ADVERBS = frozenset("then also first just now suddenly again always still both all".split())
_BOUNDARIES = frozenset("as while when then where before after until but who which that because".split())


@cache
def moved_by() -> dict[str, frozenset[str]]:
    """Noun of a scene -> the forms of the verbs that are its own motion."""
    table: dict[str, set[str]] = {}
    for kind in SCENE_MOTIONS:
        nouns, verbs = nouns_and_verbs(kind)
        for noun in nouns:
            table.setdefault(noun, set()).update(verbs)
    return {noun: frozenset(verbs) for noun, verbs in table.items()}


def doer_of(words: tuple[Word, ...], verb: Word) -> Word | None:
    """The noun or pronoun before a verb in its sentence that no preposition governs; None when there is none.

    A word right before the verb that no table knows counts when an article makes it a name: "a wombat digs".
    """
    nearest = word_before(words, verb)
    if nearest is not None and is_unknown_name(words, nearest) and not _is_governed(words, nearest, participle=False):
        return nearest
    for word in reversed(words[max(0, verb.index - _REACH) : verb.index]):
        named = _is_name(word) and not is_verb_waves(words, word)
        if named and not _is_governed(words, word, participle=verb.text.endswith("ing")):
            return word
        if word.starts_sentence:
            return None
    return None


def word_before(words: tuple[Word, ...], word: Word) -> Word | None:
    """The word before in the same clause, adverbs skipped."""
    index = word.index
    while index > 0 and not words[index].is_cut_off:
        index -= 1
        if not is_adverb(words[index].text) and words[index].text not in ADVERBS:
            return words[index]
    return None


def is_unknown_name(words: tuple[Word, ...], word: Word) -> bool:
    """Whether an article or a possessive makes a noun of a word that no table knows."""
    small = word.text in PREPOSITIONS | DETERMINERS | PRONOUNS | ADVERBS | STATES | STYLE_WORDS
    verbal = (word.text in act_forms() and word.text not in OFTEN_NOUNS) or is_adverb(word.text)
    if small or verbal or _is_name(word) or word.text.endswith("'s"):
        return False
    before = words[max(0, word.index - 3) : word.index]
    if word.starts_sentence or (word.is_cut_off and word.text.endswith("s")):
        return True
    return any(other.text in ARTICLES for other in before) and not word.is_cut_off


def _is_name(word: Word) -> bool:
    if word.text.endswith("'s"):
        return False
    acts = word.text in PRONOUNS or word.base in CAMERA_NOUNS | PICTURE_NOUNS
    return acts or kind_of_noun(word.base) is not None or word.base in moved_by()


def _is_governed(words: tuple[Word, ...], noun: Word, participle: bool) -> bool:
    """Whether a noun hangs on a preposition or is what another verb acts on.

    "with" governs a noun but before a participle: "with her hair flowing".
    """
    index, determined = noun.index, noun.text in PRONOUNS
    while index > max(0, noun.index - _GOVERNED_WITHIN) and not words[index].is_cut_off:
        index -= 1
        text = words[index].text
        if text in _BOUNDARIES:
            return False
        if text in PREPOSITIONS:
            heads_group = text == "of" and index > 0 and words[index - 1].base in GROUPS | CAMERA_NOUNS
            return not (text == "with" and participle) and not heads_group
        if text == "and" and not determined and index > 0:
            return _is_governed(words, words[index - 1], participle)
        if text in DETERMINERS:
            determined = True
        elif determined or text == "and" or (text in act_forms() and not text.endswith("ing")):
            return text.endswith("ing") or (text in act_forms() and act_forms()[text].form == S)
    return False
