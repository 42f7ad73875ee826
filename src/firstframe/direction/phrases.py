"""The small language of phrases, compiled to regular expressions over normalised text.

`pan*` is any form of a verb, `(a|b c)` a choice, a trailing `?` makes a word or choice optional, words in capitals are
replaced by what they stand for, `!word` forbids a next word. Adverbs may stand between any two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache, cached_property

from firstframe.direction.irregular_verbs import past_forms

_DOUBLED = frozenset("zigzag unzip unwrap unplug quip quiz equip twin backflip kidnap".split())
_DOUBLES = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")
"""Verbs of one syllable that double their last letter."""
_SPELLED: dict[str, tuple[str, ...]] = {
    "be": ("be", "is", "are", "was", "were", "being", "been"),
    "go": ("go", "goes", "going", "went", "gone"),
    "dolly": ("dolly", "dollies", "dollying", "dollied", "dolleys", "dollys"),
    "panic": ("panic", "panics", "panicking", "panicked"),
    "lie": ("lie", "lies", "lying", "lay"),
    "die": ("die", "dies", "dying", "died"),
    "tie": ("tie", "ties", "tying", "tied"),
    "untie": ("untie", "unties", "untying", "untied"),
    "singe": ("singe", "singes", "singeing", "singed"),
}


@cache
def forms(verb: str) -> tuple[str, ...]:
    """Every form of an English verb: plain, -s, -ing, past, and its participle where that differs."""
    if verb in _SPELLED:
        return _SPELLED[verb]
    regular, past = _regular(verb), _past_forms().get(verb)
    return (*regular[:3], *past) if past else regular


@cache
def _past_forms() -> dict[str, tuple[str, ...]]:
    return past_forms()


def _regular(verb: str) -> tuple[str, ...]:
    doubled = verb + verb[-1] if verb in _DOUBLED or _DOUBLES.fullmatch(verb) else verb
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return (verb, verb + "s", verb[:-1] + "ing", verb + "d")
    if verb.endswith("y") and verb[-2] not in "aeou":
        return (verb, verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied")
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return (verb, doubled + "es", doubled + "ing", doubled + "ed")
    return (verb, verb + "s", doubled + "ing", doubled + "ed")


_ADVERB = r"(?:(?!only|early|family|butterfly|fly|dolly)\w+ly|very|slow|again|then|also|just|a bit|a little|ever so"
_ADVERB += r"|low|high|straight|deep|deeper|further"
_ADVERB += r"|(?:at|in|with)\s{1,4}an?\s{1,4}\w+\s{1,4}(?:pace|speed|manner|motion|fashion|way|rhythm))"
_GAP = r"\s{1,9}(?:" + _ADVERB + r"\s{0,9}(?:,\s{0,9}(?=\w+ly\b)|\s{1,9})(?:and\s{1,9}(?=\w+ly))?){0,3}"
_PIECE = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)\??|\S+")


class Phrase:
    """One phrase, compiled when a prompt first holds a word that it begins with."""

    def __init__(self, text: str, placeholders: Mapping[str, str] | None = None) -> None:
        self._text = text.strip()
        self._placeholders = placeholders or {}
        self.triggers = _triggers(self._text, self._placeholders)
        """Words of which a text must hold one for the phrase to be in it; empty when any text may."""

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The regular expression of the phrase as whole words."""
        return re.compile(r"(?<![\w'])(?:" + _sequence(self._text, self._placeholders) + r")(?![\w'])")

    def spans(self, text: str, words: Set[str]) -> list[tuple[int, int]]:
        """Where the phrase stands in normalised text whose words are `words`."""
        if self.triggers and self.triggers.isdisjoint(words):
            return []
        return [match.span() for match in self.expression.finditer(text)]


def phrases(lines: str, placeholders: Mapping[str, str] | None = None) -> tuple[Phrase, ...]:
    """The phrases of a table, one per line or several on a line with semicolons between."""
    texts = (text for line in lines.splitlines() for text in line.split(";"))
    return tuple(Phrase(text, placeholders) for text in texts if text.strip())


def keyed_lines(block: str) -> Iterator[tuple[str, str]]:
    """Key and text of every line `key: text` of a table."""
    for line in block.strip().splitlines():
        key, _, text = line.partition(":")
        yield key.strip(), text.strip()


def _triggers(phrase: str, placeholders: Mapping[str, str]) -> frozenset[str]:
    required = next((piece for piece in _PIECE.findall(phrase) if not piece.endswith("?")), "WORD")
    return frozenset() if "WORD" in required else frozenset(_literals(required, placeholders))


def _literals(piece: str, placeholders: Mapping[str, str]) -> Iterator[str]:
    """Every word that a piece may begin or go on with."""
    for word in re.findall(r"[\w']+\*?", piece):
        if word in placeholders:
            yield from _literals(placeholders[word], placeholders)
        elif word.endswith("*"):
            yield from forms(word[:-1])
        else:
            yield word


def _sequence(phrase: str, placeholders: Mapping[str, str]) -> str:
    out = ""
    pending = ""
    for piece in _PIECE.findall(phrase):
        if piece.startswith("!"):
            out += rf"(?!\s+(?:{piece[1:]})\b)"
            continue
        optional = piece.endswith("?")
        body = _piece(piece.removesuffix("?"), placeholders)
        if optional and not out:
            pending += f"(?:{body}{_GAP})?"
        elif optional:
            out += f"(?:{_GAP}{body})?"
        else:
            out += pending + body if not out else _GAP + body
            pending = ""
    return out


def _piece(piece: str, placeholders: Mapping[str, str]) -> str:
    if piece.startswith("("):
        return "(?:" + "|".join(_sequence(choice, placeholders) for choice in choices(piece[1:-1])) + ")"
    if piece == "WORD":
        return r"\w+(?:'s)?"
    if piece in placeholders:
        return "(?:" + "|".join(_sequence(choice, placeholders) for choice in choices(placeholders[piece])) + ")"
    if piece.endswith("*"):
        return "(?:" + "|".join(sorted(forms(piece[:-1]), key=len, reverse=True)) + ")"
    return re.escape(piece)


def choices(text: str) -> list[str]:
    """Split `a|b (c|d)|e` at the outer bars."""
    parts, depth, current = [], 0, ""
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip() for part in (*parts, current)]
