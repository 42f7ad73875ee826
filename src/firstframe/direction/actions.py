"""Acts that the prompt asks for and no motion of ours performs, quoted from it word for word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firstframe.direction.action_words import (
    ACT_PHRASES,
    ACTS_OF_THE_LIVING,
    DESCRIBING,
    EDITS,
    HELPERS,
    LAND,
    MAKING,
    MOVES_OF_THINGS,
    NEGATIONS,
    NOT_ACTS,
    ORDERS_TO_US,
    SOUNDS,
    STANDING,
    STATES,
    STRETCHING,
)
from firstframe.direction.chinese.acts import acts as chinese_acts
from firstframe.direction.doers import (
    doer_of,
    is_attributive,
    is_named_by_nobody,
    is_worked_on,
    names_of,
    next_word,
    previous_word,
)
from firstframe.direction.grammar import VERB_TAGS
from firstframe.direction.lexicon import LIVING_KINDS, kind_of_noun
from firstframe.direction.phrases import Phrase, forms, phrases
from firstframe.direction.readings import describes_the_living, is_said_of
from firstframe.direction.scene_words import AIRBORNE, BLOWERS, SHINING_VERBS, WIND_NOUNS, WIND_VERBS
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.things import is_own_motion, is_thing_of, moved_by
from firstframe.direction.verbs import act_forms
from firstframe.direction.vocabulary import CAMERA_NOUNS, SCENE_MOTIONS
from firstframe.direction.word_readings import verb_of

MAX_SNIPPET_WORDS = 14
_MADE_REACH = 7
_TRAILING = frozenset(
    "and with the a an as while then but in of to her his its slow slowly gently at by for on into followed".split()
)


_BEGINNING = frozenset("start starts begin begins starting beginning".split())
"""What belongs to the act that begins: "starts running"."""
_CEASING = frozenset({"stop", "stops"})
"""What forbids only the very next verb: "stops singing"."""


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
            or (
                (not overlaps((word.start, word.end), guarded) and _is_act(prompt.words, word))
                and not _goes_on_motion(prompt.words, word, taken)
                and not _makes_motion(prompt.words, word, taken)
            )
        )
    ]
    found: list[Act] = []
    for number, word in enumerate(starts):
        if not found or word.start >= found[-1].end:
            start, end = _snippet(prompt, word, [later.start for later in starts[number + 1 :]], stops)
            found.append(Act(start, _with_quotation(prompt, end), word.start))
    found += [Act(*span, span[0]) for span in chinese_acts(prompt.plain)]
    return tuple(sorted(found, key=lambda act: act.start))


def _is_negated(words: tuple[Word, ...], word: Word) -> bool:
    index = word.index
    while index > max(0, word.index - 4) and not words[index].is_cut_off:
        index -= 1
        ceases = words[index].text in _CEASING and (index + 1 < word.index or word.tag != "G")
        lacks = words[index].text == "without" and word.tag != "G"
        if words[index].text in NEGATIONS and not (ceases or lacks):
            return True
    return False


def _goes_on_motion(words: tuple[Word, ...], word: Word, taken: list[tuple[int, int]]) -> bool:
    """Whether a verb only goes on with what a motion does, or before it: "rising and falling", "buzz and flicker"."""
    later = [word.index + 2] if verb_of(word.text) in SOUNDS else []
    beside = [place for place in (word.index - 2, *later) if 0 <= place < len(words)]
    return any(
        words[(place + word.index) // 2].text == "and"
        and words[place].tag == word.tag
        and overlaps((words[place].start, words[place].end), taken)
        for place in beside
    )


def _makes_motion(words: tuple[Word, ...], word: Word, taken: list[tuple[int, int]]) -> bool:
    """Whether a verb says no more than that a motion is there: "leaving ripples behind"."""
    if verb_of(word.text) not in MAKING:
        return False
    for other in words[word.index + 1 : word.index + _MADE_REACH]:
        if other.is_cut_off or other.tag in VERB_TAGS + "W" or (other.tag == "I" and other.text != "of"):
            return False
        if overlaps((other.start, other.end), taken):
            return True
    return False


def _is_of_camera(words: tuple[Word, ...], word: Word) -> bool:
    """Whether an act phrase that opens with a verb is said of the camera: "the camera looks down from above"."""
    if word.text not in {*act_forms(), *forms("look")} or word.text in EDITS:
        return False
    doer = doer_of(words, word)
    return doer is not None and doer.base in CAMERA_NOUNS


def _is_act(words: tuple[Word, ...], word: Word) -> bool:
    following = next_word(words, word)
    if word.tag not in VERB_TAGS or (word.text == "start" and following is not None and following.tag == "G"):
        return False
    verb, doer = verb_of(word.text), doer_of(words, word)
    if word.text in STATES and word.text not in act_forms() and not _covers_own(words, word, doer):
        return False
    tells = describes_the_living(words, word) or _is_gesture(words, word)
    if word.tag == "G" and tells and is_attributive(words, word):
        return True
    moves = doer is not None and not is_worked_on(words, word) and _is_motion(words, doer, word)
    if doer is not None and (moves or is_named_by_nobody(doer, verb)):
        return False
    if doer is not None and (doer.text == "i" or (doer.text in ("you", "u", "we") and verb in ORDERS_TO_US)):
        return False
    if verb in MOVES_OF_THINGS.split() and not _can_move(words, doer, word):
        return False
    if verb in ACTS_OF_THE_LIVING.split() and (doer is None or not _is_living(doer)):
        return False
    kind = None if doer is None else kind_of_noun(doer.base)
    if verb in STANDING and not _is_alive(doer, kind) and not _passes(words, word):
        return False
    if verb in STRETCHING and not _is_alive(doer, kind) and _is_land(doer, kind):
        return False
    return is_said_of(words, word, doer)


def _is_gesture(words: tuple[Word, ...], word: Word) -> bool:
    """Whether a participle opens a tag that names what somebody's body does, or things that fly: "spreading wings"."""
    part = next_word(words, word)
    if not word.is_cut_off or part is None or part.tag not in "NS" or verb_of(word.text) in DESCRIBING:
        return False
    silent = verb_of(word.text) not in {"sizzle", *SHINING_VERBS.split()}
    gesture = silent and kind_of_noun(part.base) in ("body", "food")
    return gesture or (word.text == "flying" and not any(is_thing_of(kind, part.base) for kind in SCENE_MOTIONS))


def _covers_own(words: tuple[Word, ...], word: Word, doer: Word | None) -> bool:
    """Whether somebody covers what is theirs: "covers her mouth", where a veil or hair merely lies there."""
    own = next_word(words, word)
    acts = word.text in ("cover", "covers") and doer is not None and doer.tag in "AEO"
    return acts and own is not None and own.text in ("her", "his", "their", "its")


def _is_motion(words: tuple[Word, ...], doer: Word, verb: Word) -> bool:
    """Whether what the doer does is a motion of the scene, or merely the wind's work."""
    return (
        (doer.tag != "O" and any(name.base in WIND_NOUNS for name in names_of(words, doer)))
        or (doer.base in BLOWERS and verb_of(verb.text) in WIND_VERBS.split())
        or any(
            is_own_motion(kind, name.base, verb.text, verb_of(verb.text), doer.text in ("it", "they"))
            for name in names_of(words, doer)
            for kind in SCENE_MOTIONS
            if not (kind == "foliage" and name.base not in AIRBORNE and _passes(words, verb))
        )
    )


def _is_alive(doer: Word | None, kind: str | None) -> bool:
    return doer is not None and (_is_living(doer) or kind in ("vehicle", "food"))


def _passes(words: tuple[Word, ...], verb: Word) -> bool:
    """Whether something goes by: "trees blur past"."""
    after = next_word(words, verb)
    return after is not None and after.text in ("past", "by")


def _is_land(doer: Word | None, kind: str | None) -> bool:
    return doer is not None and (kind in ("nature", "building") or doer.base in LAND)


def _is_living(doer: Word) -> bool:
    return doer.tag in "OAE" or kind_of_noun(doer.base) in LIVING_KINDS | {"body"}


def _can_move(words: tuple[Word, ...], doer: Word | None, verb: Word) -> bool:
    """Whether a doer moves of itself, where mountains merely rise; "her" after a participle does so as well."""
    after, before = next_word(words, verb), previous_word(words, verb)
    if doer is None and verb.tag == "V" and before is not None and before.text in ("him", "her", "them"):
        return True
    if doer is None:
        return verb.tag == "G" and after is not None and after.text in ("her", "his", "its", "their")
    return True


def _snippet(prompt: Prompt, verb: Word, next_acts: list[int], stops: list[int]) -> tuple[int, int]:
    words = prompt.words
    first = verb.index
    if first > 1 and words[first - 1].text == "to" and words[first - 2].text in HELPERS:
        first -= 2
    elif (first > 0 and verb.tag == "G" and not verb.is_cut_off and words[first - 1].text in _BEGINNING) or (
        first > 0
        and kind_of_noun(words[first - 1].base) == "body"
        and doer_of(words, verb) is words[first - 1]
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
