"""Chinese text cut into words with their parts of speech: the likeliest cut by the words' frequencies.

The dictionary is drawn from that of jieba by `benchmarks/make_chinese_dictionary.py`: a line holds a part of speech,
the binary logarithm of a frequency, and the words that have both. Words of film and of acts come on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from firstframe.direction.chinese.lexicon import LEXICON, NO_WORDS

_LONGEST = 4
_UNKNOWN_COST = 26.0
"""Bits that a character costs which no word of the dictionary is."""
_ALL_WORDS = 26
"""Binary logarithm of the frequencies' sum."""
_OWN_FREQUENCY = 10
"""Binary logarithm of the frequency that a word of our own lexicon gets: that of an everyday word."""


_NAME_ENDS = frozenset("牌子器品物店厂馆楼室柜者员")
"""Last characters of names that the dictionary takes for verbs."""


@dataclass(frozen=True)
class Token:
    """One word, with its place and its part of speech.

    The letter is n noun, t time, f place beside a thing, v verb, a adjective, d adverb, r pronoun, m number, q measure,
    p preposition, c conjunction, u particle, i set phrase, x anything that is not Chinese.
    """

    text: str
    start: int
    end: int
    tag: str


@cache
def _dictionary() -> dict[str, tuple[str, int]]:
    text = files(__package__).joinpath("dictionary.txt").read_text(encoding="utf-8")
    lines = (line.split(" ") for line in text.splitlines())
    found = {word: (line[0], int(line[1])) for line in lines for word in line[2:] if word not in NO_WORDS}
    for word, (tag, bits) in found.items():
        if tag == "v" and len(word) > 1 and word[-1] in _NAME_ENDS:
            found[word] = ("n", bits)
    for tag, words in LEXICON.items():
        for word in words:
            found[word] = (tag, max(_OWN_FREQUENCY, found.get(word, ("", 0))[1]))
    return found


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of simplified text between two places."""
    known = _dictionary()
    best: list[tuple[float, int]] = [(0.0, 0)] * (end - start + 1)
    for place in range(end - start - 1, -1, -1):
        choices = []
        for length in range(1, min(_LONGEST, end - start - place) + 1):
            entry = known.get(text[start + place : start + place + length])
            if entry is not None or length == 1:
                cost = _UNKNOWN_COST if entry is None else _ALL_WORDS - entry[1]
                choices.append((cost + best[place + length][0], length))
        best[place] = min(choices)
    found: list[Token] = []
    place = start
    while place < end:
        length = best[place - start][1]
        word = text[place : place + length]
        unknown = "n" if "一" <= word <= "鿿" else "x"
        tag = known.get(word, (unknown, 0))[0]
        if word == "者" and found and found[-1].tag in "vn":
            word, tag = found.pop().text + word, "n"
        found.append(Token(word, place + length - len(word), place + length, tag))
        place += length
    return tuple(found)
