"""Who acts in a clause: the camera, someone else, or nobody named."""

from __future__ import annotations

from enum import Enum, auto

from firstframe.direction.lexicon import ADJECTIVES, DETERMINERS, PREPOSITIONS, PRONOUNS, is_noun
from firstframe.direction.text import Clause, Prompt, Word
from firstframe.direction.things import nouns_and_verbs
from firstframe.direction.vocabulary import CAMERA_NOUNS, FILM_WORDS, PICTURE_NOUNS, SCENE_MOTIONS, SPEEDS, STYLE_WORDS

_WITHIN = frozenset("in with within by as".split())
"""Prepositions that may lead to a camera noun which still acts: "with the camera slowly rising"."""
_OWNING = frozenset("a an his her their my".split())
"""Words that make a camera a thing somebody holds: \"a man lifts his camera\"."""
_PICTURES = frozenset("shot view footage frame pov perspective".split())
_LOOK_BACK = 4


class Actor(Enum):
    """The subject of a verb."""

    CAMERA = auto()
    OTHER = auto()
    NOBODY = auto()


def actor_at(prompt: Prompt, position: int) -> Actor:
    """Who acts at a position: the last subject before it in its clause, else that of the clause it continues."""
    index = prompt.clause_at(position)
    clause = prompt.clauses[index]
    actor = _within(prompt, clause.start, position, _is_participle(prompt, position))
    while actor is Actor.NOBODY and index > 0 and clause.joiner not in ("", "."):
        index -= 1
        clause = prompt.clauses[index]
        actor = _within(prompt, clause.start, clause.end, participle=False)
    return actor


def explicit_actor_at(prompt: Prompt, position: int) -> Actor:
    """Who acts at a position by the words of its own clause alone."""
    clause = prompt.clauses[prompt.clause_at(position)]
    return _within(prompt, clause.start, position, _is_participle(prompt, position))


def _is_participle(prompt: Prompt, position: int) -> bool:
    verb = next((word for word in prompt.words if word.start >= position), None)
    return verb is not None and verb.text.endswith("ing")


def _within(prompt: Prompt, start: int, end: int, participle: bool) -> Actor:
    """Who acts after the words from `start` to `end`.

    What the camera acts on does not act itself, but for a participle: "the camera follows a man turning left".
    """
    words = prompt.words_between(start, end)
    actor = Actor.NOBODY
    for index, word in enumerate(words):
        if word.base in CAMERA_NOUNS:
            if _is_camera_subject(words, index, actor):
                actor = Actor.CAMERA
        elif word.base in PICTURE_NOUNS:
            whole = index > 0 and words[index - 1].text in ("the", "whole", "entire")
            actor = Actor.CAMERA if whole and not _follows_preposition(words, index, PREPOSITIONS) else actor
        elif actor is Actor.CAMERA and not (participle or _is_shown(words, index)):
            continue
        elif word.text == "it":
            actor = _referent(prompt, start) if actor is Actor.NOBODY else actor
        elif (
            word.text in PRONOUNS
            or is_noun(word.base)
            or _is_scenery(word.base)
            or _ends_unknown_name(words, index)
            or _is_bare_plural(word)
        ):
            shown = actor is Actor.CAMERA
            actor = Actor.OTHER if shown or not _follows_preposition(words, index, PREPOSITIONS) else actor
    return actor


def _is_bare_plural(word: Word) -> bool:
    """Whether a word that no table of film holds names several things or somebody: "propellers"."""
    return word.tag in "SAE" and word.text not in FILM_WORDS | STYLE_WORDS and word.text not in SPEEDS


def _is_camera_subject(words: tuple[Word, ...], index: int, actor: Actor) -> bool:
    before = words[index - 1].text if index else ""
    if actor is Actor.OTHER and before in _OWNING:
        return False
    if index > 1 and words[index - 2].text == "in" and before in ("the", "this", "that"):
        return False
    return not _follows_preposition(words, index, PREPOSITIONS - _WITHIN)


def _is_shown(words: tuple[Word, ...], index: int) -> bool:
    """Whether the noun is what a picture shows ("a shot of the man", "we see a man"), not what the camera acts on."""
    near = [word.text for word in words[max(0, index - 4) : index]]
    return ("of" in near and bool(_PICTURES & set(near))) or "see" in near or "shows" in near


def _is_scenery(word: str) -> bool:
    return word not in SPEEDS and any(word in nouns_and_verbs(kind)[0] for kind in SCENE_MOTIONS)


def _tells_of_somebody(prompt: Prompt, clause: Clause) -> bool:
    """Whether a clause opens with somebody whom "it" does not stand for."""
    words = prompt.words_between(clause.start, clause.end)
    return bool(words) and words[0].text in ("he", "she", "they", "who")


def _referent(prompt: Prompt, position: int) -> Actor:
    """What "it" stands for: the camera when that acted in the sentence before."""
    index = prompt.clause_at(position)
    sentence = prompt.clauses[index].sentence
    earlier = [c for c in prompt.clauses[:index] if sentence - 1 <= c.sentence and c.end <= position]
    actors = [_within(prompt, c.start, c.end, participle=False) for c in earlier if not _tells_of_somebody(prompt, c)]
    return next((actor for actor in reversed(actors) if actor is not Actor.NOBODY), Actor.OTHER)


def _follows_preposition(words: tuple[Word, ...], index: int, prepositions: frozenset[str]) -> bool:
    """Whether a preposition governs the noun; only what may belong to the noun stands between."""
    determined = False
    for back in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
        text = words[back].text
        if words[back + 1].is_cut_off:
            return False
        if text in prepositions:
            return True
        if determined or text in PRONOUNS or words[back].base in CAMERA_NOUNS:
            return False
        determined = text in DETERMINERS
        known = determined or text in ADJECTIVES or text in SPEEDS or is_noun(words[back].base)
        if not known and text.endswith(("s", "ing", "ed")):
            return False
    return False


def _ends_unknown_name(words: tuple[Word, ...], index: int) -> bool:
    """Whether this word may be the noun of "a …" although no table knows it."""
    word = words[index].text
    if (
        word in PICTURE_NOUNS
        or word in DETERMINERS
        or word in PREPOSITIONS
        or word in SPEEDS
        or word in STYLE_WORDS
        or word in ADJECTIVES
    ):
        return False
    before = index - 1
    while before > 0 and (words[before].tag in "JR" or words[before].text in SPEEDS) and words[index].tag in "NASE":
        before -= 1
    return before >= 0 and words[before].text in DETERMINERS - {"no", "any"}
