"""Acts that the prompt asks for and no motion of ours performs, quoted from it word for word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firstframe.direction import chinese
from firstframe.direction.action_words import (
    ACT_PHRASES,
    ACTS_OF_THE_LIVING,
    EDITS,
    HELPERS,
    MOVES_OF_THINGS,
    NEGATIONS,
    NOT_ACTS,
)
from firstframe.direction.cues import is_fluid
from firstframe.direction.doers import doer_of, is_unknown_name, moved_by, word_before
from firstframe.direction.lexicon import LIVING_KINDS, PRONOUNS, kind_of_noun
from firstframe.direction.phrases import Phrase, forms, phrases
from firstframe.direction.readings import describes_the_living, is_unknown_verb, is_verb, word_after
from firstframe.direction.scene_words import WIND_NOUNS
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.verbs import ING, act_forms
from firstframe.direction.vocabulary import CAMERA_NOUNS

MAX_SNIPPET_WORDS = 14
_ACTING_KINDS = LIVING_KINDS | {"vehicle", "body", "product", "food", "building"}
_TRAILING = frozenset(
    "and with the a an as while then but in of to her his its slow slowly gently at by for on into followed".split()
)


@cache
def _phrases() -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    return phrases(ACT_PHRASES), phrases(NOT_ACTS)


@cache
def _all_moving() -> frozenset[str]:
    return frozenset(form for verbs in moved_by().values() for form in verbs if form.endswith(("s", "ing")))


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
        and (
            (word.start in known and not _is_of_camera(prompt.words, word))
            or (not overlaps((word.start, word.end), guarded) and _is_act(prompt.words, word))
        )
    ]
    found: list[Act] = []
    for number, word in enumerate(starts):
        if not found or word.start >= found[-1].end:
            start, end = _snippet(prompt, word, [later.start for later in starts[number + 1 :]], stops)
            found.append(Act(start, _with_quotation(prompt, end), word.start))
    found += [Act(*span, span[0]) for span in chinese.actions(prompt.plain)]
    return tuple(sorted(found, key=lambda act: act.start))


def _is_negated(words: tuple[Word, ...], word: Word) -> bool:
    index = word.index
    while index > max(0, word.index - 4) and not words[index].is_cut_off:
        index -= 1
        if words[index].text in NEGATIONS:
            return True
    return False


def _is_of_camera(words: tuple[Word, ...], word: Word) -> bool:
    """Whether an act phrase that opens with a verb is said of the camera: "the camera looks down from above"."""
    if word.text not in {*act_forms(), *forms("look")} or word.text in EDITS:
        return False
    doer = doer_of(words, word)
    return doer is not None and doer.base in CAMERA_NOUNS


def _is_act(words: tuple[Word, ...], word: Word) -> bool:
    form, doer = act_forms().get(word.text), doer_of(words, word)
    if form is not None and form.form == ING and describes_the_living(words, word, form.verb):
        return True
    if doer is not None and _is_no_doer(doer, word):
        return False
    if form is None:
        return is_unknown_verb(words, word, doer)
    before, after = word_before(words, word), word_after(words, word)
    if before is not None and before.text in WIND_NOUNS:
        return False
    acts_on_own_body = form.form == ING and after is not None and after.text in ("her", "his", "its", "their")
    if form.verb in MOVES_OF_THINGS.split() and not (_can_act(words, doer, _ACTING_KINDS) or acts_on_own_body):
        return False
    if form.verb in ACTS_OF_THE_LIVING.split() and not _can_act(words, doer, LIVING_KINDS | {"body"}):
        return False
    return is_verb(words, word, form, doer)


def _is_no_doer(doer: Word, verb: Word) -> bool:
    """Whether what the doer does is a move of the camera or a motion of the scene."""
    return doer.base in CAMERA_NOUNS or is_fluid(doer.base) or verb.text in moved_by().get(doer.base, ())


def _can_act(words: tuple[Word, ...], doer: Word | None, kinds: frozenset[str]) -> bool:
    if doer is None:
        return False
    return doer.text in PRONOUNS or kind_of_noun(doer.base) in kinds or is_unknown_name(words, doer)


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


def _with_quotation(prompt: Prompt, end: int) -> int:
    """The end of what is said, when a quotation follows: "says "hello there""."""
    return next(
        (last for first, last in prompt.quotations if first >= end and not prompt.text[end:first].strip(" ,:")), end
    )


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
