"""Acts that the prompt asks for and no motion of ours performs, quoted from it word for word."""

from __future__ import annotations

import re
from functools import cache

from firstframe.direction import chinese
from firstframe.direction.action_words import (
    ACT_PHRASES,
    ACTS,
    CAUSES,
    DESCRIBING,
    HELPERS,
    INTRANSITIVE,
    MODALS,
    MOVES_OF_THINGS,
    NEGATIONS,
    NOT_ACTS,
)
from firstframe.direction.lexicon import (
    ADJECTIVES,
    DETERMINERS,
    LIVING_KINDS,
    PREPOSITIONS,
    PRONOUNS,
    kind_of_noun,
    singular,
)
from firstframe.direction.phrases import compiled, forms
from firstframe.direction.scene_words import MOTION_WORDS
from firstframe.direction.text import Prompt, Word
from firstframe.direction.vocabulary import CAMERA_NOUNS

MAX_SNIPPET_WORDS = 14
_ACTING_KINDS = LIVING_KINDS | {"vehicle", "body", "product", "food", "building"}
_TRAILING = frozenset(
    "and with the a an as while then but in of to her his its slow slowly gently camera at by for on into followed".split()
)


@cache
def _verbs() -> dict[str, tuple[str, int]]:
    """Form of a verb -> its stem and which form it is (0 plain, 1 -s, 2 -ing, 3 past)."""
    table: dict[str, tuple[str, int]] = {}
    for verb in (*MOVES_OF_THINGS.split(), *ACTS.split()):
        for index, form in enumerate(forms(verb)):
            table.setdefault(form, (verb, min(index, 3)))
    return table


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(compiled(line.strip()).pattern for line in ACT_PHRASES.strip().splitlines()))


@cache
def _guards() -> tuple[re.Pattern[str], frozenset[str]]:
    lines = [line.strip() for line in NOT_ACTS.strip().splitlines()]
    nouns = lines[-1].strip("()").split("|")
    return re.compile("|".join(compiled(line).pattern for line in lines[:-1])), frozenset(nouns)


@cache
def _moved_by() -> dict[str, frozenset[str]]:
    """Noun of a scene -> the forms of the verbs that are its own motion."""
    table: dict[str, set[str]] = {}
    for words in MOTION_WORDS.values():
        for noun in words.nouns.split():
            table.setdefault(noun, set()).update(form for verb in words.verbs.split() for form in forms(verb))
    return {noun: frozenset(verbs) for noun, verbs in table.items()}


def find_actions(prompt: Prompt, taken: list[tuple[int, int]], stops: list[int]) -> tuple[str, ...]:
    """Snippets of the prompt that name acts, in textual order.

    `taken` are places already read as camera moves or scene motions, `stops` are places where a snippet must end.
    """
    words = prompt.words
    guarded = [m.span() for m in _guards()[0].finditer(prompt.plain)] + taken
    multi = {m.start(): m.end() for m in _phrases().finditer(prompt.plain) if not _overlaps(m.span(), taken)}
    starts = [
        index
        for index, word in enumerate(words)
        if not any(word.text in NEGATIONS for word in words[max(0, index - 4) : index] if _same_clause(prompt, word, words[index]))
        and (
            (word.start in multi and _is_act_phrase(words, index))
            or (not _overlaps((word.start, word.end), guarded) and _is_act(prompt, words, index))
        )
    ]
    spans: list[tuple[int, int]] = list(chinese.actions(prompt.plain))
    for index in starts:
        if not spans or words[index].start >= spans[-1][1]:
            spans.append(_snippet(prompt, words, index, [words[i].start for i in starts if i > index], stops))
    return tuple(prompt.text[start:end] for start, end in spans)


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _same_clause(prompt: Prompt, first: Word, second: Word) -> bool:
    return not re.search(r"[.,;:!?\n]", prompt.plain[first.end : second.start])


def _is_act_phrase(words: tuple[Word, ...], index: int) -> bool:
    doer = _subject(words, index)
    return doer is None or doer.base not in CAMERA_NOUNS or words[index].base in CAMERA_NOUNS


def _is_act(prompt: Prompt, words: tuple[Word, ...], index: int) -> bool:
    entry = _verbs().get(words[index].text)
    if entry is None:
        return False
    verb, form = entry
    doer = _subject(words, index, prompt.plain)
    if doer is not None and (doer.base in CAMERA_NOUNS or words[index].text in _moved_by().get(doer.base, ())):
        return False
    if verb in MOVES_OF_THINGS.split() and not _can_act(doer):
        return False
    reading = (_reads_plain, _reads_s, _reads_ing, _reads_past)[form]
    return reading(prompt, words, index, doer, verb)


def _can_act(doer: Word | None) -> bool:
    return doer is not None and (doer.text in PRONOUNS or kind_of_noun(doer.base) in _ACTING_KINDS)


def _subject(words: tuple[Word, ...], index: int, plain: str = "") -> Word | None:
    """The noun or pronoun before a verb that is not governed by a preposition; None when there is none."""
    fallback = None
    for back in range(index - 1, max(-1, index - 16), -1):
        word = words[back]
        if plain and re.search(r"[.;!?\n。]", plain[word.end : words[back + 1].start]):
            break
        if word.text in PRONOUNS or word.base in CAMERA_NOUNS or kind_of_noun(word.base) or word.base in _moved_by():
            if word.text.endswith("'s"):
                continue
            if not _is_governed(words, back):
                return word
            fallback = fallback or None
    return fallback


def _is_governed(words: tuple[Word, ...], index: int) -> bool:
    for back in range(index - 1, max(-1, index - 5), -1):
        text = words[back].text
        if text in ("with", "as"):
            return False
        if text in PREPOSITIONS:
            return True
        if text in DETERMINERS or text in ADJECTIVES:
            continue
        if text.endswith("ing") or text in _verbs() and _verbs()[text][1] in (1, 2):
            return True
        return False
    return False


def _before(words: tuple[Word, ...], index: int) -> Word | None:
    """The word before, adverbs skipped."""
    back = index - 1
    while back >= 0 and (words[back].text.endswith("ly") or words[back].text in ("then", "also", "first", "just", "now", "suddenly")):
        back -= 1
    return words[back] if back >= 0 else None


def _after(words: tuple[Word, ...], index: int) -> Word | None:
    return words[index + 1] if index + 1 < len(words) else None


def _reads_s(prompt: Prompt, words: tuple[Word, ...], index: int, doer: Word | None, verb: str) -> bool:
    """-s: a verb unless what stands before it makes it a plural noun."""
    before = words[index - 1] if index else None
    if before is None or before.text in DETERMINERS or before.text in PREPOSITIONS or before.text in ADJECTIVES:
        return False
    if before.text.endswith("'s") or before.text in _verbs() and _verbs()[before.text][1] == 2:
        return False
    if words[index].text in _guards()[1]:
        return doer is not None and doer is _before(words, index)
    return True


def _reads_plain(prompt: Prompt, words: tuple[Word, ...], index: int, doer: Word | None, verb: str) -> bool:
    """Plain form: after "to" or a modal, after a plural, after "make her", or as an order."""
    before, after = _before(words, index), _after(words, index)
    if before is None or not _same_clause(prompt, before, words[index]) and doer is None:
        orderly = after is None or after.text in PREPOSITIONS or after.text in DETERMINERS or after.text.endswith("ly")
        return orderly and words[index].text not in _guards()[1] and verb not in MOVES_OF_THINGS.split()
    if before.text in MODALS:
        return True
    caused = any(word.text in CAUSES for word in words[max(0, index - 5) : index])
    if before.text in ("him", "them", "it", "her", "me") or caused:
        return caused
    if before.text in ("they", "we", "you", "who", "and", "people", "couple"):
        return before.text != "and" or _is_plural(doer)
    return doer is before and _is_plural(before) and words[index].text not in _guards()[1] | {"dance", "play"}


def _is_plural(word: Word | None) -> bool:
    return word is not None and (
        word.text in ("they", "people", "couple", "we", "you", "family", "crowd", "police") or singular(word.base) != word.base
    )


def _reads_ing(prompt: Prompt, words: tuple[Word, ...], index: int, doer: Word | None, verb: str) -> bool:
    """-ing: a verb unless it is an adjective of a thing that the picture shows as it is."""
    before, after = _before(words, index), _after(words, index)
    if before is not None and before.text in ("of", "for", "without", "about"):
        return False
    following = kind_of_noun(after.base) if after is not None and _same_clause(prompt, words[index], after) else None
    attributive = before is None or before.text in DETERMINERS or before.text in ADJECTIVES or before.text in PREPOSITIONS
    if following and attributive:
        return following in LIVING_KINDS | {"vehicle"} and verb not in DESCRIBING or verb not in INTRANSITIVE | DESCRIBING and not (
            before is not None and before.text in DETERMINERS
        )
    if before is not None and before.text in DETERMINERS - {"both", "all", "one", "two"}:
        return False
    return not (following and verb in INTRANSITIVE and doer is None)


def _reads_past(prompt: Prompt, words: tuple[Word, ...], index: int, doer: Word | None, verb: str) -> bool:
    """Past: only right after who did it, and not as the passive of what the picture shows."""
    before, after = _before(words, index), _after(words, index)
    if doer is None or doer is not before or (after is not None and after.text in ("by", "in", "with", "on", "up")):
        return False
    return doer.text in PRONOUNS or (kind_of_noun(doer.base) in LIVING_KINDS and not words[index].text.endswith("n"))


def _snippet(
    prompt: Prompt, words: tuple[Word, ...], index: int, next_acts: list[int], stops: list[int]
) -> tuple[int, int]:
    first = index
    if index > 1 and words[index - 1].text == "to" and words[index - 2].text in HELPERS:
        first = index - 2
    elif index > 0 and kind_of_noun(words[index - 1].base) == "body" and not words[index].text.endswith("ing"):
        first = index - 1
    start = words[first].start
    limit = min([_clause_end(prompt, words[index], next_acts), *(place for place in stops if place > words[index].end)])
    kept = [word for word in words[index:] if word.end <= limit][:MAX_SNIPPET_WORDS]
    while len(kept) > 1 and kept[-1].text in _TRAILING:
        kept.pop()
    return start, kept[-1].end if kept else words[index].end


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
    words = prompt.words_between(start, end)
    moving = {form for verbs in _moved_by().values() for form in verbs}
    return any(word.text in moving and word.text.endswith(("s", "ing")) or word.base in CAMERA_NOUNS for word in words)
