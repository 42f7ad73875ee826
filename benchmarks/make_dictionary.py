"""Draw the dictionary of the prompt parser from the files of WordNet 3.0.

    apt-get install wordnet-base
    uv run python benchmarks/make_dictionary.py /usr/share/wordnet

Every single word in lower case that WordNet holds becomes a line: what it costs to read it as a noun, verb, adjective
and adverb (by how often each was counted), what the noun names most often, and what kind of act the verb is most often.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

WRITTEN = Path(__file__).parents[1] / "src" / "firstframe" / "direction" / "dictionary.txt"
PARTS = ("noun", "verb", "adj", "adv")
PART_OF_KEY = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
"""Digit in a sense key -> part of speech (senseidx(5WN))."""
UNCOUNTED = 0.8
"""Weight of the first sense beside its counts; the next ones weigh a half, a third … of it."""
STEPS_PER_BIT, DEAREST = 1.5, 9
LEAST_SHARE = 0.22
"""Share of a noun's senses that must name a thing of some kind before the kind is listed."""
ROOTS: dict[str, tuple[int | None, str]] = {
    "a": (None, "animal"),
    "p": (18, "person"),
    "l": (20, "flora foliage"),
    "c": (6, "clothing fabric flag curtain piece_of_cloth bedclothes headdress"),
    "v": (6, "vehicle craft conveyance"),
    "w": (None, "body_of_water"),
    "b": (None, "body_part"),
    "f": (13, "food foodstuff beverage"),
    "u": (6, "structure building"),
    "i": (None, "source_of_illumination"),
}
"""Kind of thing -> lexicographer file and words of the synsets that everything of the kind lies under."""
BY_FILE = {5: "a", 8: "b", 13: "f", 18: "p", 20: "l", 14: "g", 17: "n", 19: "s", 27: "s", 6: "o", 15: "h"}
"""Kind by lexicographer file (lexnames(5WN)) for what lies under no root."""
ACTS = dict(zip(range(29, 44), "bcktmfooemkpzsw", strict=True))
"""Kind of act by lexicographer file: body, change, thought, speech, contest, eating, contact, making, feeling …"""


@dataclass(frozen=True)
class Synset:
    """One meaning, with the words for it as they are spelled."""

    file: int
    spelled: tuple[str, ...]
    above: tuple[str, ...]
    """Places of the synsets it is a kind of."""


class WordNet:
    """The files of WordNet 3.0, as far as the dictionary needs them (wndb(5WN))."""

    def __init__(self, folder: Path) -> None:
        self.synsets = {part: dict(self._synsets(folder / f"data.{part}")) for part in PARTS}
        self.senses = {part: dict(self._senses(folder / f"index.{part}")) for part in PARTS}
        self.counts = self._counts(folder / "cntlist.rev")
        self._roots = {place: kind for kind, (file, words) in ROOTS.items() for place in self._under(file, words)}

    @staticmethod
    def _lines(file: Path) -> list[list[str]]:
        text = file.read_text(encoding="latin-1")
        return [line.split("|")[0].split() for line in text.splitlines() if not line.startswith("  ")]

    def _synsets(self, file: Path) -> list[tuple[str, Synset]]:
        found = []
        for fields in self._lines(file):
            words = int(fields[3], 16)
            pointers = fields[5 + 2 * words :]
            above = [
                pointers[at + 1] for at in range(0, 4 * int(fields[4 + 2 * words]), 4) if pointers[at] in ("@", "@i")
            ]
            found.append((fields[0], Synset(int(fields[1]), tuple(fields[4 : 4 + 2 * words : 2]), tuple(above))))
        return found

    def _senses(self, file: Path) -> list[tuple[str, list[str]]]:
        return [(fields[0], fields[-int(fields[2]) :]) for fields in self._lines(file)]

    @staticmethod
    def _counts(file: Path) -> Counter[tuple[str, str, int]]:
        counts: Counter[tuple[str, str, int]] = Counter()
        for key, number, times in (line.split() for line in file.read_text(encoding="latin-1").splitlines()):
            word, _, sense = key.partition("%")
            counts[word, PART_OF_KEY[sense[0]], int(number)] += int(times)
        return counts

    def _under(self, file: int | None, words: str) -> list[str]:
        places = [place for word in words.split() for place in self.senses["noun"][word]]
        return [place for place in places if file is None or self.synsets["noun"][place].file == file]

    def kind(self, place: str) -> str:
        """What a noun's meaning is: the first of the roots above it, else by its file."""
        above, waiting = set(), [place]
        while waiting:
            here = waiting.pop()
            if here not in above:
                above.add(here)
                waiting += self.synsets["noun"][here].above
        under = {self._roots[root] for root in above & self._roots.keys()}
        return next((kind for kind in ROOTS if kind in under), BY_FILE.get(self.synsets["noun"][place].file, "x"))

    def line(self, word: str) -> str | None:
        """The dictionary's line for a word; None when it is only ever a name."""
        totals: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        acts: Counter[str] = Counter()
        for part in PARTS:
            for number, place in enumerate(self.senses[part].get(word, ()), start=1):
                synset = self.synsets[part][place]
                if part == "noun" and any(name[0].isupper() for name in synset.spelled if name.lower() == word):
                    continue
                weight = self.counts[word, part, number] + UNCOUNTED / number
                totals[part] += weight  # type: ignore[assignment]
                if part == "noun":
                    kinds[self.kind(place)] += weight  # type: ignore[assignment]
                elif part == "verb":
                    acts[ACTS[synset.file]] += weight  # type: ignore[assignment]
        if not totals:
            return None
        costs = "".join(_cost(totals[part], totals.total()) for part in PARTS)
        names = "".join(kind for kind, weight in kinds.most_common(3) if weight >= LEAST_SHARE * kinds.total())
        return f"{word} {costs} {names or '-'} {acts.most_common(1)[0][0] if acts else '-'}"


def _cost(weight: float, total: float) -> str:
    return str(min(DEAREST, round(-math.log2(weight / total) * STEPS_PER_BIT))) if weight else "-"


def main() -> None:
    """Write the dictionary."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", type=Path, help="the folder with WordNet's data and index files")
    wordnet = WordNet(options.parse_args().folder)
    words = {word for part in PARTS for word in wordnet.senses[part] if re.fullmatch(r"[a-z]{2,18}", word)}
    lines = [line for line in map(wordnet.line, sorted(words)) if line is not None]
    WRITTEN.write_text("\n" + "\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(lines)} words written")


if __name__ == "__main__":
    main()
