"""What speaks for the tags of `grammar`: a word by the tables, its neighbours, and where in its clause it stands.

Every clue is a short text; how much it says for a tag is learned. Words that can be one thing only need no clues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from firstframe.direction import dictionary
from firstframe.direction.lexicon import kind_of_noun
from firstframe.direction.word_readings import readings

_NOUNS, _VERBS = "NASE", "ZVGP"
_SURE_VERBS = frozenset("ZBV")
_SMALL = frozenset("DIFOMCBWX")
"""Tags of words that are told by their text rather than by what they can be."""
_CAUSES = frozenset("make makes let lets making letting help helps want wants".split())
_CAUSED = frozenset("her him them it".split())
LISTING = 3.6
"""Words between two marks of punctuation, in the mean, under which a prompt is a list of tags."""

Readings = tuple[tuple[str, float], ...]


class Place(NamedTuple):
    """Where in its clause the next word stands."""

    before: str
    """Tag of the word before, adverbs left out; "F" is "of", "#" and "," are punctuation."""
    head: str
    """The noun that a verb would belong to: "-" none yet, s or p one in the singular or plural, S or P one that is
    followed by a preposition or a verb, X none but behind a preposition."""
    verbs: str
    """"0" before a finite verb, "1" after one in the clause, "2" after one in an earlier clause of the sentence."""

    def after(self, boundary: str) -> Place:
        """The place after punctuation."""
        return START if boundary == "#" else Place(",", "-", "2" if self.verbs != "0" else "0")

    def with_word(self, tag: str, text: str) -> Place:
        """The place after a word that is a `tag`."""
        return _moved(self, tag, text == "of")


START = Place("#", "-", "0")


@lru_cache(maxsize=4096)
def _moved(place: Place, tag: str, is_of: bool) -> Place:
    _, head, verbs = place
    if tag == "R":
        return place
    if tag in _NOUNS or tag == "O":
        head = ("p" if tag in "SE" else "s") if head in "-sp" else head
    elif tag == "I":
        head = {"s": "S", "p": "P", "-": "X"}.get(head, head)
    elif tag in _VERBS or tag == "B":
        verbs = "1" if tag in "ZVB" else verbs
        head = {"s": "S", "p": "P"}.get(head, head)
    elif tag in "CW":
        head = "-" if tag == "C" else head
        verbs = "2" if verbs != "0" else "0"
    return Place("F" if is_of else tag, head, verbs)


@dataclass(frozen=True)
class Sentence:
    """Words ready to be tagged; everything by index of the word."""

    texts: tuple[str, ...]
    boundaries: tuple[str, ...]
    """What stands before each word: "#" a sentence's end or the beginning, "," other punctuation, or ""."""
    readings: tuple[Readings, ...]
    """The tags that each word can have, with their costs."""
    clues: tuple[tuple[str, ...], ...]
    """What is seen of each word and around it."""
    is_list: bool
    """Whether most of it is a list of tags."""

    @classmethod
    def of(cls, texts: Sequence[str], boundaries: Sequence[str], names: Set[int] = frozenset()) -> Sentence:
        """Words with what stands before each; those whose index is in `names` are written as names are."""
        can = tuple(_of_name(text) if index in names else readings(text) for index, text in enumerate(texts))
        marks = tuple("#" if index == 0 else boundary for index, boundary in enumerate(boundaries))
        stretches = 1 + sum(map(bool, marks[1:]))
        is_list = len(texts) < LISTING * stretches
        found = tuple(tuple(seen) for seen in _seen(texts, marks, [_signature(reading) for reading in can], is_list))
        plain = tuple(tuple(("I" if tag == "F" else tag, cost) for tag, cost in reading) for reading in can)
        return cls(tuple(texts), marks, plain, found, is_list)


def of_step(before: Place, tag: str) -> tuple[str, ...]:
    """What the place of a word says for a tag; adverbs may stand anywhere."""
    return () if tag == "R" else _of_step(before)


@lru_cache(maxsize=1024)
def _of_step(before: Place) -> tuple[str, ...]:
    last, head, verbs = before
    return (f"after:{last}", f"head:{head}{verbs}", f"head-after:{head}{last}", f"verbs-after:{verbs}{last}")


def at_end(sentence: Sentence, place: Place, boundary: str) -> tuple[str, ...]:
    """What speaks for or against ending a stretch at a place."""
    style = "list" if sentence.is_list else "text"
    return (
        f"end:{style}{boundary}{place.head}{place.verbs}",
        f"end-after:{boundary}{place.before}{place.verbs}",
        f"end-head:{style}{place.before}{place.head}{place.verbs}",
    )


def _of_name(text: str) -> Readings:
    """What a word in capitals may be: anything but a verb, and a noun if nothing else."""
    return tuple(reading for reading in readings(text) if reading[0] not in _VERBS) or (("N", 0.0),)


def _signature(can: Readings) -> str:
    return "".join(sorted(tag for tag, _ in can))


def _seen(texts: Sequence[str], marks: Sequence[str], can: Sequence[str], is_list: bool) -> Iterator[list[str]]:
    for first, last in _stretches(marks):
        sure = [index for index in range(first, last) if _SURE_VERBS.issuperset(can[index])]
        cause = next((index for index in range(first, last) if texts[index] in _CAUSES), last)
        for index in range(first, last):
            found = [f"word:{texts[index]}"]
            if len(can[index]) > 1:
                following = can[index + 1] if index + 1 < last else (marks[last] if last < len(marks) else "#")
                before = can[index - 1] if index > first else marks[first]
                found += _around(can[index], before, following, texts[index])
                found += _standing(can[index], index - first, last - first, any(at != index for at in sure), is_list)
                if index > cause + 1:
                    found.append(f"caused:{can[index]}:{texts[index - 1] in _CAUSED}")
                if index + 1 < last and can[index + 1] in _SMALL:
                    found.append(f"next:{texts[index + 1]}:{can[index]}")
                if index > first:
                    found += _after(texts[index - 1], texts[index], can[index])
            yield found


def _stretches(marks: Sequence[str]) -> list[tuple[int, int]]:
    starts = [index for index, mark in enumerate(marks) if mark]
    return list(zip(starts, [*starts[1:], len(marks)], strict=True))


def _around(can: str, before: str, following: str, text: str) -> list[str]:
    lean, names, acts = _by_dictionary(text)
    closes = following if following in "#," else ""
    return [
        f"can:{can}",
        f"can>:{can}:{following}",
        f"<can:{before}:{can}",
        f"<can>:{before}:{can}:{following}",
        f"ending:{text[-3:]}",
        f"closes:{can}:{closes}",
        f"kind:{kind_of_noun(text)}:{can}",
        f"lean:{lean}:{can}",
        f"lean>:{lean}:{can}:{following}",
        f"<lean:{before}:{lean}:{can}",
        f"lean-closes:{lean}:{can}:{closes}",
        f"names:{names}:{can}",
        f"acts:{acts}:{can}",
    ]


def _standing(can: str, place: int, length: int, has_verb: bool, is_list: bool) -> list[str]:
    return [
        f"length:{min(length, 5)}:{can}",
        f"place:{min(place, 3)}:{can}",
        f"has-verb:{has_verb:d}:{can}",
        f"style:{'list' if is_list else 'text'}:{can}",
    ]


def _after(before: str, text: str, can: str) -> list[str]:
    lean, names, _ = _by_dictionary(before)
    return [
        f"previous:{before}",
        f"previous-kind:{kind_of_noun(before)}:{can}",
        f"previous-lean:{names}{lean}:{_by_dictionary(text)[0]}:{can}",
    ]


@cache
def _by_dictionary(word: str) -> tuple[str, str, str]:
    """Whether a word is rather a verb (-3) or a noun (3; n only, v only, u unknown), what it names, how it acts."""
    nouns = (dictionary.entry(noun) for noun in dictionary.singulars(word))
    verbs = (dictionary.entry(verb) for verb in dictionary.plain_verbs(word))
    named = next((entry for entry in nouns if entry is not None), None)
    acted = next((entry for entry in verbs if entry is not None and entry.verb is not None), None)
    noun = None if named is None else named.noun
    verb = None if acted is None else acted.verb
    names = named.names[0] if named is not None and noun is not None else "-"
    acts = acted.acts if acted is not None else "-"
    if noun is None or verb is None:
        return "u" if noun is verb is None else "n" if verb is None else "v", names, acts
    return str(max(-3, min(3, round((verb - noun) / 0.8)))), names, acts
