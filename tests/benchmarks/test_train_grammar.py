"""The weights of the parts of speech are those that the tagged sentences teach."""

from __future__ import annotations

import pytest

from firstframe.direction import grammar
from firstframe.direction.text import Prompt
from train_grammar import WEIGHTS, examples, learned, written


def test_most_tagged_words_are_told_right() -> None:
    few = examples()[::40]
    told = [
        tag == right
        for example in few
        for tag, right in zip(grammar.best_tags(example.sentence, grammar.weights()), example.tags, strict=True)
    ]
    assert sum(told) >= 0.985 * len(told)


def test_weights_of_few_examples_tell_them_again() -> None:
    few = [example for example in examples() if 6 <= len(example.tags) <= 12][:60]
    weights = learned(few * 3)
    assert sum(tuple(grammar.best_tags(example.sentence, weights)) == example.tags for example in few) >= 50


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_weights_are_those_of_the_sentences() -> None:
    assert written(learned(examples())) == WEIGHTS.read_text(encoding="utf-8")


def test_a_verb_behind_a_name_with_a_preposition_is_found() -> None:
    tags = " ".join(word.tag for word in Prompt("A girl in yellow boots stands near market stalls").words)
    assert tags == "D A I J S Z I N S"
