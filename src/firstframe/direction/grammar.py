"""Parts of speech: what each word of a sentence is, by what it can be and by its neighbours.

A linear model of a few thousand learned weights, read by Viterbi's algorithm: every word brings the tags that it can
have (`word_readings`), what is seen around it speaks for some of them (`clues`), and the best sequence counts (Collins
2002, "Discriminative training methods for hidden Markov models"). Linear in the number of words.

Tags: D article or possessive, J adjective, N thing, A person or animal, S things, E persons or animals, O pronoun,
Z verb in -s, V plain verb, G verb in -ing, P verb in -ed, R adverb, I preposition or particle, M modal or "to",
B form of "be" or "have", C conjunction, W relative, X number.

The weights are learned by `benchmarks/train_grammar.py` from the sentences in `tests/direction/prompts/tagged.txt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache
from importlib.resources import files

from firstframe.direction import clues
from firstframe.direction.clues import START, Place, Sentence

NOUN_TAGS, VERB_TAGS = "NASE", "ZVGP"
KEPT = 8
"""Places kept from one word to the next; more change nothing."""

Weights = Mapping[str, Mapping[str, float]]
"""What a clue says for each tag."""


def tags(texts: Sequence[str], boundaries: Sequence[str], names: Set[int] = frozenset()) -> list[str]:
    """The tag of each word; `boundaries` says what stands before it: "#" a sentence's end, "," punctuation or "".

    `names` are the places of words that are written with a capital as names are: they are no verbs.
    """
    return best_tags(Sentence.of(texts, boundaries, names), weights()) if texts else []


@cache
def weights() -> Weights:
    """The learned weights."""
    text = files(__package__).joinpath("grammar_weights.txt").read_text(encoding="utf-8")
    return {clue: _said(said) for clue, *said in (line.split(" ") for line in text.splitlines())}


def _said(items: Sequence[str]) -> dict[str, float]:
    return {item[0]: float(item[1:]) for item in items}


def best_tags(
    sentence: Sentence, learned: Weights, right: Sequence[str] | None = None, margin: float = 0.0
) -> list[str]:
    """The sequence of tags that the weights like best; while learning, every tag that is not `right` gains `margin`."""
    paths: dict[Place, float] = {START: 0.0}
    trail: list[dict[Place, tuple[Place, str]]] = []
    for index, boundary in enumerate(sentence.boundaries):
        entered, came_from = _enter(sentence, learned, paths, boundary if index else "")
        own = _own_scores(sentence, learned, index)
        if right is not None:
            own = {tag: score + margin * (tag != right[index]) for tag, score in own.items()}
        paths, links = _step(sentence, learned, entered, index, own)
        trail.append({place: (came_from[before], tag) for place, (before, tag) in links.items()})
    return _traced(sentence, learned, paths, trail)


def _enter(
    sentence: Sentence, learned: Weights, paths: dict[Place, float], boundary: str
) -> tuple[dict[Place, float], dict[Place, Place]]:
    """The places after what stands before a word, and the place that each came from."""
    if not boundary:
        return paths, {place: place for place in paths}
    entered: dict[Place, float] = {}
    came_from: dict[Place, Place] = {}
    for place, score in paths.items():
        total = score + _total(learned, clues.at_end(sentence, place, boundary))
        after = place.after(boundary)
        if total > entered.get(after, float("-inf")):
            entered[after], came_from[after] = total, place
    return entered, came_from


def _own_scores(sentence: Sentence, learned: Weights, index: int) -> dict[str, float]:
    """What the word itself and its neighbours' looks say for each of its tags."""
    scores = {tag: -cost for tag, cost in sentence.readings[index]}
    for clue in sentence.clues[index]:
        said = learned.get(clue)
        if said:
            for tag in scores:
                scores[tag] += said.get(tag, 0.0)
    return scores


def _step(
    sentence: Sentence, learned: Weights, paths: dict[Place, float], index: int, own: dict[str, float]
) -> tuple[dict[Place, float], dict[Place, tuple[Place, str]]]:
    scores: dict[Place, float] = {}
    links: dict[Place, tuple[Place, str]] = {}
    for before in sorted(paths, key=lambda place: -paths[place])[:KEPT]:
        for tag, score in own.items():
            total = paths[before] + score
            for clue in clues.of_step(before, tag):
                said = learned.get(clue)
                if said:
                    total += said.get(tag, 0.0)
            reached = before.with_word(tag, sentence.texts[index])
            if total > scores.get(reached, float("-inf")):
                scores[reached], links[reached] = total, (before, tag)
    return scores, links


def _traced(
    sentence: Sentence, learned: Weights, paths: dict[Place, float], trail: list[dict[Place, tuple[Place, str]]]
) -> list[str]:
    if not trail:
        return []
    place = max(paths, key=lambda last: paths[last] + _total(learned, clues.at_end(sentence, last, "#")))
    found = []
    for links in reversed(trail):
        place, tag = links[place]
        found.append(tag)
    return found[::-1]


def _total(learned: Weights, found: Sequence[str]) -> float:
    return sum(learned[clue]["."] for clue in found if clue in learned)
