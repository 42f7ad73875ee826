"""The prompt as text to be read: normalised, quotations and bracket commands set apart, cut into clauses and words.

Normalised text has the length of the original, so that every position found in it can be quoted from the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from firstframe.direction import grammar
from firstframe.direction.spelling import put_right
from firstframe.direction.timing import TimePhrase, time_phrases

_QUOTATIONS = re.compile(
    r"\"([^\"\n]{1,400})\"|“([^”\n]{1,400})”|«([^»\n]{1,400})»|「([^」\n]{1,400})」|『([^』\n]{1,400})』"
    r"|(?<![\w])['‘](?=[A-Z\w])([^'’\n]{2,200})['’](?!\w)"
)
_BRACKETS = re.compile(r"[\[【［]([^\[\]【】［］]{1,160})[\]】］]")
_TIMES_IN_BRACKETS = re.compile(
    r"[\[【［]([\d:.\s–—-]{1,24}(?:s|secs?|seconds)?(?:\s?[–—-]\s?[\d:.]{1,6}\s?(?:s|secs?|seconds)?)?)[\]】］]"
)
_LABEL = re.compile(
    r"\b(?:camera(?: movement| motion| move| work)?|zoom|pan|tilt|orbit|truck|dolly|pedestal|roll)\s{0,3}[:：]"
)
_WISH = re.compile(r"\bi(?:'d| would) (?:like|love)\b")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"(?<!\d)\.|\.(?!\d)|[!?;\n。！？；…]")
_BOUNDARY = re.compile(
    r"(?P<sentence>(?<![\d(])\b\d{1,2}\)|(?<!\d)\.|\.(?!\d)|[!?;\n。！？；…])"
    r"|(?P<comma>[,，、:：()（）|—–/<>→•*+]|(?<=\s)-+(?=\s))"
    r"|\b(?P<word>and\s{1,4}then|as\s{1,4}well\s{1,4}as|followed\s{1,4}by|and(?!\s{1,4}(?:forth|fro)\b)|then|while|whilst|as|when|where|before|after|"
    r"until|but|meanwhile|finally|which|who|so\s{1,4}that|plus)\b"
)
_PUNCTUATION = re.compile(r"[+.,;:!?\n。，；：！？…()]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True)
class Word:
    """One word of the normalised text."""

    index: int
    text: str
    start: int
    end: int
    is_cut_off: bool
    """Whether punctuation stands between this word and the one before."""
    starts_sentence: bool
    """Whether that punctuation ends a sentence, or nothing stands before."""
    tag: str = "N"
    """Part of speech, a letter of `grammar`."""

    @property
    def base(self) -> str:
        """The word without a possessive 's."""
        return self.text.removesuffix("'s")


@dataclass(frozen=True)
class Clause:
    """A stretch of text between two boundaries."""

    start: int
    end: int
    joiner: str
    """What stands before it: "" at the start, "." after a sentence, "," or a word such as "while"."""
    sentence: int


@dataclass(frozen=True)
class Bracket:
    """Text that stood in square brackets, with the place of the brackets."""

    start: int
    end: int
    content: str


class Prompt:
    """One prompt, ready to be read. Reading it never raises, whatever the text."""

    def __init__(self, text: str) -> None:
        self.original = text
        self._spelling = put_right(text)
        self.text = text = self._spelling.text
        """The text with slips of the keyboard put right; every place below is one in it."""
        self.quotations = tuple(match.span() for match in _quotations(text))
        normal = _blank(normalised(text), list(self.quotations))
        normal = _TIMES_IN_BRACKETS.sub(r".\1 ", normal)
        self.brackets = tuple(Bracket(*m.span(), m.group(1).strip()) for m in _BRACKETS.finditer(normal))
        normal = _blank(normal, [(bracket.start, bracket.end) for bracket in self.brackets], ",")
        self.times: tuple[TimePhrase, ...] = time_phrases(normal)
        self.plain = _blank(normal, [(time.start, time.end) for time in self.times])
        """Normalised text without quotations, brackets and times."""

    def quoted(self, start: int, end: int) -> str:
        """What stands at a place, in the words of the original."""
        return self.original[self._spelling.original(start) : self._spelling.original(end)]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the plain text in order."""
        matches = list(_WORD.finditer(self.plain))
        gaps = [self.plain[before.end() : after.start()] for before, after in pairwise(matches)]
        ends = [(True, True)] if matches else []
        ends += [(bool(_PUNCTUATION.search(gap)), bool(_SENTENCE_END.search(gap))) for gap in gaps]
        texts = [match.group() for match in matches]
        boundaries = ["#" if last else "," if cut else "" for cut, last in ends]
        tags = grammar.tags(texts, boundaries, self._names([match.start() for match in matches], boundaries))
        return tuple(
            Word(index, match.group(), *match.span(), *ends[index], tags[index]) for index, match in enumerate(matches)
        )

    def _names(self, starts: list[int], boundaries: list[str]) -> frozenset[int]:
        """Which words are written as names: with a capital inside a sentence that is not all capitals."""
        capitals = [self.text[start].isupper() for start in starts]
        if sum(capitals) * 2 > len(capitals):
            return frozenset()
        return frozenset(index for index, capital in enumerate(capitals) if capital and index and not boundaries[index])

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the plain text in order; they cover it but for the words that join them."""
        cuts = [(0, 0, "", 0)]
        sentence = 0
        for match in _BOUNDARY.finditer(self.plain):
            sentence += match.lastgroup == "sentence"
            joiner = "." if match.lastgroup == "sentence" else "," if match.lastgroup == "comma" else match.group()
            cuts.append((*match.span(), " ".join(joiner.split()), sentence))
        cuts.append((len(self.plain), len(self.plain), "", sentence))
        return tuple(Clause(here[1], after[0], here[2], here[3]) for here, after in pairwise(cuts))

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie wholly between two positions."""
        first, last = bisect_left(self._word_starts, start), bisect_right(self._word_ends, end)
        return self.words[first:last]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _word_ends(self) -> list[int]:
        return [word.end for word in self.words]

    def clause_at(self, position: int) -> int:
        """Index of the clause that a position lies in, or of the one after it."""
        return min(bisect_right(self._clause_ends, position), len(self.clauses) - 1)

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [clause.end for clause in self.clauses]


def overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Whether a stretch of text shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def normalised(text: str) -> str:
    """The text in lower case with plain apostrophes and without hyphens inside words; same length as before."""
    lowered = "".join(lower if len(lower := character.lower()) == 1 else character for character in text)
    lowered = lowered.replace("’", "'").replace("_", " ").replace("\t", " ").replace("\u00a0", " ").replace("\r", "\n")
    lowered = _WISH.sub(lambda wish: "i want".ljust(len(wish.group())), lowered)
    lowered = _LABEL.sub(lambda label: label.group()[:-1] + " ", lowered)
    return re.sub(r"(?<=[^\W\d_])[-‐‑](?=[^\W_])|(?<=\d)[-‐‑](?=[^\W\d_])", " ", lowered)


def _quotations(text: str) -> list[re.Match[str]]:
    """Quoted stretches, unless nothing but quotation is left."""
    found = list(_QUOTATIONS.finditer(text))
    return found if _LETTER.search(_blank(text, [match.span() for match in found])) else []


def _blank(text: str, spans: list[tuple[int, int]], first: str = " ") -> str:
    for start, end in spans:
        text = text[:start] + (first + " " * (end - start - 1) if end > start else "") + text[end:]
    return text
