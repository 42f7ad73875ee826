"""Whether a word that can be a verb is one where it stands."""

from __future__ import annotations

from firstframe.direction.action_words import (
    CAUSES,
    COLLECTIVES,
    DESCRIBING,
    INTRANSITIVE,
    MODALS,
    MOVES_OF_THINGS,
    OFTEN_NOUNS,
    PARTICLES,
    PASSIVE_ACTS,
    SHINING,
    STATES,
)
from firstframe.direction.doers import ADVERBS, moved_by, word_before
from firstframe.direction.lexicon import (
    ADJECTIVES,
    DETERMINERS,
    LIVING_KINDS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
    kind_of_noun,
    singular,
)
from firstframe.direction.text import Word
from firstframe.direction.verbs import ING, PAST, PLAIN, S, VerbForm, act_forms

_VERB_ENDINGS = ("ates", "izes", "ises", "ifies", "ens")
_NO_VERB = VerbForm("", -1)


def is_verb(words: tuple[Word, ...], word: Word, form: VerbForm, doer: Word | None) -> bool:
    """Whether a form of a known verb is read as a verb, said of `doer`."""
    read = {PLAIN: _reads_plain, S: _reads_s, ING: _reads_ing, PAST: _reads_past}[form.form]
    return read(words, word, doer, form.verb)


def is_unknown_verb(words: tuple[Word, ...], word: Word, doer: Word | None) -> bool:
    """Whether a word that no table knows must be what somebody does: "she plates it", "two men unload the van"."""
    known = word.text in act_forms() or word.text in STATES or kind_of_noun(word.base) or word.text in moved_by()
    small = word.text in ADJECTIVES | PREPOSITIONS | DETERMINERS | PRONOUNS | ADVERBS or is_adverb(word.text)
    if known or small or doer is None or doer is not word_before(words, word):
        return False
    following = word_after(words, word)
    takes_object = following is not None and following.text in DETERMINERS | PRONOUNS | {"her"}
    goes_on = takes_object or _leads_on(following)
    if word.text.endswith("s") and not word.text.endswith("ss") and len(word.text) > 3:
        sure = goes_on and _is_surely_verb(words, word, doer)
        return not _is_plural(words, doer) and (sure or kind_of_noun(doer.base) in LIVING_KINDS)
    if word.text.endswith("ing"):
        return goes_on and _can_do_anything(doer)
    particle = following is not None and following.text in PARTICLES | PREPOSITIONS
    return (takes_object or particle) and _is_plural(words, doer) and _can_do_anything(doer)


def _is_surely_verb(words: tuple[Word, ...], word: Word, doer: Word) -> bool:
    """Whether an unknown word in -s cannot be the plural of a compound such as "kitchen utensils"."""
    after_adverb = word.index - doer.index > 1
    singular_article = any(other.text in ("a", "an") for other in words[max(0, doer.index - 3) : doer.index])
    return after_adverb or singular_article or word.text.endswith(_VERB_ENDINGS) or _can_do_anything(doer)


def _can_do_anything(doer: Word) -> bool:
    return doer.text in PRONOUNS or kind_of_noun(doer.base) in LIVING_KINDS | {"vehicle", "body"}


def word_after(words: tuple[Word, ...], word: Word) -> Word | None:
    """The word after, when no punctuation stands between."""
    following = words[word.index + 1] if word.index + 1 < len(words) else None
    return None if following is None or following.is_cut_off else following


def describes_the_living(words: tuple[Word, ...], word: Word, verb: str) -> bool:
    """Whether a participle before a noun tells what somebody does: "the dancing couple", but not "a smiling woman"."""
    before, after = word_before(words, word), word_after(words, word)
    attributive = before is None or before.text in DETERMINERS | ADJECTIVES | PREPOSITIONS
    living = after is not None and kind_of_noun(after.base) in LIVING_KINDS | {"vehicle"}
    return attributive and living and verb not in DESCRIBING | SHINING


def _leads_on(after: Word | None) -> bool:
    """Whether what follows is how a verb goes on, or nothing."""
    return after is None or after.text in PREPOSITIONS | DETERMINERS | PARTICLES or is_adverb(after.text)


def _describes(word: Word) -> bool:
    return word.text in DETERMINERS | PREPOSITIONS | ADJECTIVES or word.text.endswith("'s")


def _reads_s(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """-s: a verb unless what stands before it makes it a plural noun."""
    before, leads_on = word_before(words, word), _leads_on(word_after(words, word))
    often_noun = word.text in OFTEN_NOUNS
    if before is None or before.text == "and":
        after_adverb = word.index > 0 and words[word.index - 1].text in ADVERBS
        return after_adverb or leads_on or not often_noun
    if (_describes(before) and doer is not before) or act_forms().get(before.text, _NO_VERB).form == ING:
        return False
    if not often_noun or doer is before:
        return True
    if doer is None:
        return kind_of_noun(before.base) is None and before.base not in moved_by() and leads_on
    is_compound = before.base in moved_by() and kind_of_noun(before.base) not in LIVING_KINDS | {"clothes", "body"}
    return not is_compound and (kind_of_noun(doer.base) in LIVING_KINDS or leads_on)


def _reads_plain(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """Plain form: after "to" or a modal, after a plural, after "make her", or as an order."""
    before = word_before(words, word)
    if before is None or before.text in ("and", "or"):
        order = doer is None and word.text not in OFTEN_NOUNS and verb not in MOVES_OF_THINGS.split()
        return (order and _leads_on(word_after(words, word))) or (before is not None and _is_plural(words, doer))
    if before.text in MODALS or before.text in ("they", "we", "you", "who"):
        return True
    caused = any(other.text in CAUSES for other in words[max(0, word.index - 5) : word.index])
    if caused or before.text in ("him", "them", "her", "me"):
        return caused and verb not in MOVES_OF_THINGS.split()
    unknown = kind_of_noun(before.base) is None and before.text not in act_forms() and before.base not in moved_by()
    unknown_plural = unknown and before.text.endswith("s") and _leads_on(word_after(words, word))
    return unknown_plural or (doer is before and _is_plural(words, before))


def _is_plural(words: tuple[Word, ...], word: Word | None) -> bool:
    if word is None:
        return False
    coordinated = word.index > 1 and "and" in (words[word.index - 1].text, words[word.index - 2].text)
    return coordinated or word.text in COLLECTIVES or word.text.endswith("men") or singular(word.base) != word.base


def _reads_ing(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """-ing: a verb unless it is an adjective of a thing that the picture shows as it is."""
    before, after = word_before(words, word), word_after(words, word)
    if verb in SHINING or (before is not None and before.text in ("of", "for", "without", "about")):
        return False
    determined = before is not None and before.text in DETERMINERS - {"both", "all", "one", "two"}
    attributive = before is None or determined or before.text in ADJECTIVES | PREPOSITIONS
    described = kind_of_noun(after.base) if after is not None and attributive else None
    if described:
        return not determined and verb not in INTRANSITIVE | DESCRIBING
    return not determined


def _reads_past(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """Past: only right after who did it, and not as the passive of what the picture shows."""
    after, before = word_after(words, word), word_before(words, word)
    if (
        before is not None
        and before.text in ("is", "are", "being")
        and (before.text == "being" or verb in PASSIVE_ACTS)
    ):
        return True
    if doer is None or doer is not before:
        return False
    if after is not None and after.text in ("by", "in", "with", "on", "up"):
        return False
    return doer.text in PRONOUNS or (kind_of_noun(doer.base) in LIVING_KINDS and not word.text.endswith("n"))
