"""Acts that the prompt asks for and no motion of ours performs, quoted from it word for word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firstframe.direction import chinese
from firstframe.direction.action_words import (
    ACT_PHRASES,
    ACTS_OF_THE_LIVING,
    CAUSES,
    COLLECTIVES,
    DESCRIBING,
    GROUPS,
    HELPERS,
    INTRANSITIVE,
    MODALS,
    MOVES_OF_THINGS,
    NEGATIONS,
    NOT_ACTS,
    OFTEN_NOUNS,
    PARTICLES,
    SHINING,
)
from firstframe.direction.cues import is_fluid, is_verb_waves, nouns_and_verbs
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
from firstframe.direction.phrases import Phrase, phrases
from firstframe.direction.scene_words import WIND_NOUNS
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.verbs import ING, S, act_forms
from firstframe.direction.vocabulary import CAMERA_NOUNS, SCENE_MOTIONS

MAX_SNIPPET_WORDS = 14
_ACTING_KINDS = LIVING_KINDS | {"vehicle", "body", "product", "food", "building"}
_SUBJECT_REACH = 16
_TRAILING = frozenset(
    "and with the a an as while then but in of to her his its slow slowly gently at by for on into followed".split()
)
_ADVERBS = frozenset("then also first just now suddenly again always still both all".split())


@cache
def _phrases() -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    return phrases(ACT_PHRASES), phrases(NOT_ACTS)


@cache
def _moved_by() -> dict[str, frozenset[str]]:
    """Noun of a scene -> the forms of the verbs that are its own motion."""
    table: dict[str, set[str]] = {}
    for kind in SCENE_MOTIONS:
        nouns, verbs = nouns_and_verbs(kind)
        for noun in nouns:
            table.setdefault(noun, set()).update(verbs)
    return {noun: frozenset(verbs) for noun, verbs in table.items()}


@cache
def _all_moving() -> frozenset[str]:
    return frozenset(form for verbs in _moved_by().values() for form in verbs if form.endswith(("s", "ing")))


@dataclass(frozen=True)
class Act:
    """One act that cannot be performed, with the place of its words and of its verb."""

    start: int
    end: int
    verb_start: int


def find_acts(prompt: Prompt, taken: list[tuple[int, int]], stops: list[int]) -> tuple[Act, ...]:
    """Places of the prompt that name acts, in textual order.

    `taken` are places already read as camera moves or scene motions, `stops` are places where an act's words must end.
    """
    words = {word.text for word in prompt.words}
    acts, no_acts = ([span for p in table for span in p.spans(prompt.plain, words)] for table in _phrases())
    known = {start for start, _ in acts if not overlaps((start, start + 1), taken)}
    guarded = no_acts + taken
    starts = [
        word
        for word in prompt.words
        if not _is_negated(prompt.words, word)
        and (word.start in known or (not overlaps((word.start, word.end), guarded) and _is_act(prompt.words, word)))
    ]
    found: list[Act] = []
    for number, word in enumerate(starts):
        if not found or word.start >= found[-1].end:
            span = _snippet(prompt, word, [later.start for later in starts[number + 1 :]], stops)
            found.append(Act(*span, word.start))
    found += [Act(*span, span[0]) for span in chinese.actions(prompt.plain)]
    return tuple(sorted(found, key=lambda act: act.start))


def _is_negated(words: tuple[Word, ...], word: Word) -> bool:
    index = word.index
    while index > max(0, word.index - 4) and not words[index].is_cut_off:
        index -= 1
        if words[index].text in NEGATIONS:
            return True
    return False


def _is_act(words: tuple[Word, ...], word: Word) -> bool:
    entry = act_forms().get(word.text)
    if entry is None:
        return False
    verb, form = entry
    doer = _doer(words, word)
    if doer is not None and (doer.base in CAMERA_NOUNS or is_fluid(doer.base)):
        return False
    if doer is not None and word.text in _moved_by().get(doer.base, ()):
        return False
    after, before = _after(words, word), _before(words, word)
    if before is not None and before.text in WIND_NOUNS:
        return False
    acts_on_own_body = form == ING and after is not None and after.text in ("her", "his", "its", "their")
    if verb in MOVES_OF_THINGS.split() and not (_can_act(doer, _ACTING_KINDS) or acts_on_own_body):
        return False
    if verb in ACTS_OF_THE_LIVING.split() and not _can_act(doer, LIVING_KINDS | {"body"}):
        return False
    return (_reads_plain, _reads_s, _reads_ing, _reads_past)[form](words, word, doer, verb)


def _can_act(doer: Word | None, kinds: frozenset[str]) -> bool:
    return doer is not None and (doer.text in PRONOUNS or kind_of_noun(doer.base) in kinds)


def _doer(words: tuple[Word, ...], verb: Word) -> Word | None:
    """The noun or pronoun before a verb in its sentence that no preposition governs; None when there is none."""
    for word in reversed(words[max(0, verb.index - _SUBJECT_REACH) : verb.index]):
        named = (
            word.text in PRONOUNS or word.base in CAMERA_NOUNS or kind_of_noun(word.base) or word.base in _moved_by()
        )
        if named and not is_verb_waves(words, word) and not word.text.endswith("'s") and not _is_governed(words, word, verb.text.endswith("ing")):
            return word
    return None


def _is_governed(words: tuple[Word, ...], noun: Word, participle: bool) -> bool:
    """Whether a noun hangs on a preposition or is what another verb acts on.

    "with" governs a noun but before a participle: "with her hair flowing".
    """
    index, determined = noun.index, noun.text in PRONOUNS
    while index > max(0, noun.index - 7) and not words[index].is_cut_off:
        index -= 1
        text = words[index].text
        if text in PREPOSITIONS:
            heads_group = text == "of" and index > 0 and words[index - 1].base in GROUPS | CAMERA_NOUNS
            return text != "as" and not (text == "with" and participle) and not heads_group
        if text == "and" and not determined and index > 0:
            return _is_governed(words, words[index - 1], participle)
        if text in DETERMINERS:
            determined = True
        elif determined or text == "and" or (text in act_forms() and not text.endswith("ing")):
            return text.endswith("ing") or (text in act_forms() and act_forms()[text].form == S)
    return False


def _before(words: tuple[Word, ...], word: Word) -> Word | None:
    """The word before in the same clause, adverbs skipped."""
    index = word.index
    while index > 0:
        if words[index].is_cut_off:
            return None
        index -= 1
        if not is_adverb(words[index].text) and words[index].text not in _ADVERBS:
            return words[index]
    return None


def _after(words: tuple[Word, ...], word: Word) -> Word | None:
    """The word after, when no punctuation stands between."""
    following = words[word.index + 1] if word.index + 1 < len(words) else None
    return None if following is None or following.is_cut_off else following


def _reads_s(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """-s: a verb unless what stands before it makes it a plural noun."""
    before = _before(words, word)
    if before is None or before.text == "and":
        leads_on = (word.index > 0 and words[word.index - 1].text in _ADVERBS) or _leads_on(_after(words, word))
        return leads_on or word.text not in OFTEN_NOUNS
    if (
        before.text in DETERMINERS
        or before.text in PREPOSITIONS
        or before.text in ADJECTIVES
        or before.text.endswith("'s")
    ):
        return False
    if before.text in act_forms() and act_forms()[before.text][1] == ING:
        return False
    if word.text not in OFTEN_NOUNS or (doer is not None and doer is before):
        return True
    compound = before.base in _moved_by() and kind_of_noun(before.base) not in LIVING_KINDS | {"clothes", "body"}
    if doer is None:
        return kind_of_noun(before.base) is None and before.base not in _moved_by() and _leads_on(_after(words, word))
    return not compound and (kind_of_noun(doer.base) in LIVING_KINDS or _leads_on(_after(words, word)))


def _leads_on(after: Word | None) -> bool:
    """Whether what follows is how a verb goes on, or nothing."""
    return after is None or after.text in PREPOSITIONS | DETERMINERS | PARTICLES or is_adverb(after.text)


def _reads_plain(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """Plain form: after "to" or a modal, after a plural, after "make her", or as an order."""
    before, after = _before(words, word), _after(words, word)
    if before is None or before.text in ("and", "or"):
        order = (
            _leads_on(after) and doer is None and word.text not in OFTEN_NOUNS and verb not in MOVES_OF_THINGS.split()
        )
        return order or (before is not None and _is_plural(words, doer))
    if before.text in MODALS:
        return True
    caused = any(other.text in CAUSES for other in words[max(0, word.index - 5) : word.index])
    if caused or before.text in ("him", "them", "her", "me"):
        return caused and verb not in MOVES_OF_THINGS.split()
    if before.text in ("they", "we", "you", "who"):
        return True
    return doer is before and _is_plural(words, before)


def _is_plural(words: tuple[Word, ...], word: Word | None) -> bool:
    if word is None:
        return False
    coordinated = word.index > 1 and "and" in (words[word.index - 1].text, words[max(0, word.index - 2)].text)
    return coordinated or word.text in COLLECTIVES or singular(word.base) != word.base


def _reads_ing(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """-ing: a verb unless it is an adjective of a thing that the picture shows as it is."""
    if verb in SHINING:
        return False
    before, after = _before(words, word), _after(words, word)
    if before is not None and before.text in ("of", "for", "without", "about"):
        return False
    following = kind_of_noun(after.base) if after is not None else None
    determined = before is not None and before.text in DETERMINERS - {"both", "all", "one", "two"}
    attributive = before is None or determined or before.text in ADJECTIVES or before.text in PREPOSITIONS
    if following in LIVING_KINDS | {"vehicle"} and attributive:
        return verb not in DESCRIBING
    if following and attributive:
        return not determined and verb not in INTRANSITIVE | DESCRIBING
    return not determined


def _reads_past(words: tuple[Word, ...], word: Word, doer: Word | None, verb: str) -> bool:
    """Past: only right after who did it, and not as the passive of what the picture shows."""
    before, after = _before(words, word), _after(words, word)
    if doer is None or doer is not before or (after is not None and after.text in ("by", "in", "with", "on", "up")):
        return False
    return doer.text in PRONOUNS or (kind_of_noun(doer.base) in LIVING_KINDS and not word.text.endswith("n"))


def _snippet(prompt: Prompt, verb: Word, next_acts: list[int], stops: list[int]) -> tuple[int, int]:
    words = prompt.words
    first = verb.index
    if first > 1 and words[first - 1].text == "to" and words[first - 2].text in HELPERS:
        first -= 2
    elif (
        first > 0
        and kind_of_noun(words[first - 1].base) == "body"
        and not (verb.is_cut_off or verb.text.endswith("ing"))
    ):
        first -= 1
    limit = _clause_end(prompt, verb, next_acts)
    stop = min((place for place in stops if place > verb.end), default=limit)
    kept = [word for word in words[verb.index :] if word.end <= min(limit, stop)][:MAX_SNIPPET_WORDS]
    while len(kept) > 1 and (kept[-1].text in _TRAILING if stop < limit else kept[-1].text in ("and", "with", "the")):
        kept.pop()
    return words[first].start, kept[-1].end if kept else verb.end


def _clause_end(prompt: Prompt, verb: Word, next_acts: list[int]) -> int:
    """End of what belongs to the verb: its clause, and what follows "and" when that holds no act of its own."""
    number = prompt.clause_at(verb.start)
    end = prompt.clauses[number].end
    for clause in prompt.clauses[number + 1 :]:
        acts = any(clause.start <= place < clause.end for place in next_acts)
        if clause.joiner != "and" or acts or _has_verb(prompt, clause.start, clause.end):
            break
        end = clause.end
    return end


def _has_verb(prompt: Prompt, start: int, end: int) -> bool:
    return any(word.text in _all_moving() or word.base in CAMERA_NOUNS for word in prompt.words_between(start, end))
