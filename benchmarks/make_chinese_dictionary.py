"""Draw the dictionary of the reading of Chinese from the files of jieba, and the traditional characters from OpenCC.

    pip install --target somewhere jieba==0.42.1 opencc-python-reimplemented==0.1.7
    uv run python benchmarks/make_chinese_dictionary.py somewhere

A line holds a part of speech, the binary logarithm of a frequency, and the words of up to four characters
that have both. Names of people, rare names of places and rare words are left out.
Both sources are free: jieba under the MIT licence, the characters of OpenCC under Apache-2.0.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from pathlib import Path

WRITTEN = Path(__file__).parents[1] / "src" / "firstframe" / "direction" / "chinese"
PARTS = dict(zip("nsgjxtfvazbodrmqpcuyekhil", "nnnnntfvaaaadrmqpcuuuuuii", strict=True))
"""First letter of a part of speech of jieba -> the letter of `words.Token`."""
NAMES_AT_LEAST, PLACES_AT_LEAST = 150, 100
OPEN_CLASSES = "nsvilz"
OWN = {"裡": "里", "著": "着", "牠": "它", "妳": "你", "乾": "干"}
"""Characters that OpenCC leaves to the words around them."""


def main() -> None:
    """Write `dictionary.txt` and `traditional.txt`."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", type=Path, help="the folder that jieba and opencc were installed into")
    folder = options.parse_args().folder
    words = drawn((folder / "jieba" / "dict.txt").read_text(encoding="utf-8"))
    lines = (f"{tag} {bits} {' '.join(group)}\n" for (tag, bits), group in sorted(words.items()))
    (WRITTEN / "dictionary.txt").write_text("".join(lines), encoding="utf-8")
    needed = {character for group in words.values() for word in group for character in word}
    listed = (folder / "opencc" / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = characters(listed, needed)
    text = f"{''.join(pairs)}\n{''.join(pairs.values())}\n"
    (WRITTEN / "traditional.txt").write_text(text, encoding="utf-8")


def drawn(text: str) -> dict[tuple[str, int], list[str]]:
    """Part of speech and binary logarithm of the frequency -> the words that are kept."""
    groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for line in text.splitlines():
        word, count, tag = line.split()
        if re.fullmatch(r"[一-鿿]{1,4}", word) and int(count) >= least(word, tag):
            part = "d" if tag == "ad" else PARTS.get(tag[0], "n")
            groups[part, int(math.log2(int(count)))].append(word)
    return groups


def least(word: str, tag: str) -> int:
    """The frequency that a word needs to be kept."""
    usual = 50 if len(word) == 1 else 20 if len(word) == 2 else 12 if tag[0] in OPEN_CLASSES else 40
    if tag.startswith(("nr", "nt", "j")):
        return max(usual, NAMES_AT_LEAST)
    return max(usual, PLACES_AT_LEAST) if tag.startswith(("ns", "nz")) else usual


def characters(lines: list[str], needed: set[str]) -> dict[str, str]:
    """Traditional character -> the simplified one, for those that words of the dictionary need."""
    pairs = [line.split()[:2] for line in lines if len(line.split()) > 1]
    return {old: new for old, new in pairs if len(old + new) == 2 and old != new and new in needed} | OWN


if __name__ == "__main__":
    main()
