"""Learn the weights of the parts of speech from tagged sentences, and show how well sentences kept back are told.

    uv run python benchmarks/train_grammar.py            # one sentence in ten is kept back and scored
    uv run python benchmarks/train_grammar.py --write    # learn from all and write them where the parser reads them

An averaged structured perceptron with a margin: Collins 2002; Tsochantaridis et al. 2004. Same sentences, same weights.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from firstframe.direction import clues, grammar
from firstframe.direction.clues import START, Sentence

ROOT = Path(__file__).parents[1]
TAGGED = ROOT / "tests" / "direction" / "prompts" / "tagged.txt"
WEIGHTS = ROOT / "src" / "firstframe" / "direction" / "grammar_weights.txt"
EPOCHS, MARGIN, RATE, SEED = 14, 1.0, 0.25, 0
LEAST_SEEN = 3
"""Sentences that must hold a clue before anything is learned of it."""
LEAST_WEIGHT = 0.02
UNLISTED = 3.0
"""Cost of a tag that the tables do not allow a word."""
_MARKS = {".": "#", ",": ","}


@dataclass(frozen=True)
class Example:
    """A sentence and its tags."""

    sentence: Sentence
    tags: tuple[str, ...]


class Perceptron:
    """Weights and their running sums; `averaged` is what is kept."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.weights: dict[str, dict[str, float]] = {}
        self._sums: dict[str, dict[str, float]] = {}
        self._allowed = allowed
        self._steps = 1

    def learn(self, example: Example) -> int:
        """One step; returns the number of words that were told wrong."""
        found = grammar.best_tags(example.sentence, self.weights, example.tags, MARGIN)
        self._steps += 1
        wrong = sum(tag != right for tag, right in zip(found, example.tags, strict=True))
        if wrong:
            change = Counter(_counted(example.sentence, example.tags))
            change.subtract(_counted(example.sentence, found))
            for (clue, tag), times in change.items():
                if times and clue in self._allowed:
                    self._add(clue, tag, RATE * times)
        return wrong

    def _add(self, clue: str, tag: str, amount: float) -> None:
        for table, weight in ((self.weights, amount), (self._sums, amount * self._steps)):
            said = table.setdefault(clue, {})
            said[tag] = said.get(tag, 0.0) + weight

    def averaged(self) -> dict[str, dict[str, float]]:
        """The mean of the weights over all steps, without those that say next to nothing."""
        found: dict[str, dict[str, float]] = {}
        for clue, said in self.weights.items():
            mean = {tag: round(weight - self._sums[clue][tag] / self._steps, 2) for tag, weight in said.items()}
            kept = {tag: weight for tag, weight in sorted(mean.items()) if abs(weight) >= LEAST_WEIGHT}
            if kept:
                found[clue] = kept
        return dict(sorted(found.items()))


def examples() -> list[Example]:
    """Every tagged sentence."""
    return [_example(line) for line in TAGGED.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def learned(from_examples: list[Example], *, quiet: bool = True) -> dict[str, dict[str, float]]:
    """Weights learned from examples."""
    seen = Counter(clue for example in from_examples for clue in {*_clues_of(example)})
    perceptron = Perceptron(frozenset(clue for clue, times in seen.items() if times >= LEAST_SEEN))
    order = list(from_examples)
    shuffle = random.Random(SEED)
    for epoch in range(EPOCHS):
        shuffle.shuffle(order)
        wrong = sum(perceptron.learn(example) for example in order)
        if not quiet:
            print(f"round {epoch + 1}: {wrong} of {sum(len(example.tags) for example in order)} words told wrong")
    return perceptron.averaged()


def written(weights: dict[str, dict[str, float]]) -> str:
    """Weights as lines of a clue and what it says for each tag."""
    lines = (" ".join([clue, *(f"{tag}{weight:g}" for tag, weight in said.items())]) for clue, said in weights.items())
    return "\n".join(lines) + "\n"


def _example(line: str) -> Example:
    texts, boundaries, tags, names = [], [], [], set()
    boundary = "#"
    for token in line.split():
        if token in _MARKS:
            boundary = max(boundary, _MARKS[token], key=("", ",", "#").index)
            continue
        text, _, tag = token.rpartition("/")
        if text[0].isupper() and not boundary:
            names.add(len(texts))
        texts.append(text.lower())
        tags.append(tag)
        boundaries.append(boundary)
        boundary = ""
    return _with_tags_allowed(Sentence.of(texts, boundaries, names), tuple(tags))


def _with_tags_allowed(sentence: Sentence, tags: tuple[str, ...]) -> Example:
    readings = list(sentence.readings)
    for index, tag in enumerate(tags):
        if all(tag != other for other, _ in readings[index]):
            readings[index] = (*readings[index], (tag, UNLISTED))
    return Example(replace(sentence, readings=tuple(readings)), tags)


def _counted(sentence: Sentence, tags: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
    """Every clue that speaks for a sequence of tags, with the tag it speaks for."""
    place = START
    for index, tag in enumerate(tags):
        boundary = sentence.boundaries[index] if index else ""
        if boundary:
            yield from ((clue, ".") for clue in clues.at_end(sentence, place, boundary))
            place = place.after(boundary)
        yield from ((clue, tag) for clue in (*sentence.clues[index], *clues.of_step(place, tag)))
        place = place.with_word(tag, sentence.texts[index])
    yield from ((clue, ".") for clue in clues.at_end(sentence, place, "#"))


def _clues_of(example: Example) -> Iterator[str]:
    return (clue for clue, _ in _counted(example.sentence, example.tags))


def main() -> None:
    """Learn and score, or learn and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--write", action="store_true", help="learn from every sentence and write the weights")
    known = examples()
    if options.parse_args().write:
        weights = learned(known, quiet=False)
        WEIGHTS.write_text(written(weights), encoding="utf-8")
        print(f"{len(weights)} clues written")
        return
    kept_back = known[::10]
    weights = learned([example for index, example in enumerate(known) if index % 10], quiet=False)
    words = sum(len(example.tags) for example in kept_back)
    right = sum(
        tag == told
        for example in kept_back
        for tag, told in zip(example.tags, grammar.best_tags(example.sentence, weights), strict=True)
    )
    print(f"kept back: {right} of {words} words told right, {100 * right / words:.1f} %")


if __name__ == "__main__":
    main()
