"""Which words on the same picture may change the scene."""

from __future__ import annotations

import pytest

from firstframe.direction.model import Direction, SceneMotion
from firstframe.engines.parallax.scene.hearing import decisive, looked_for
from firstframe.engines.parallax.scene.nouns import FIRES, PEOPLE, PLANTS, SKIES, WATERS, named


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("woman",), ("old lady", "girl")),
        (("owl",), ()),
        (("owl",), ("teapot", "wind")),
        (("black handbag",), ("something black",)),
        (("lake", "clouds"), ("sky", "waves")),
    ],
)
def test_words_of_one_kind_are_heard_alike(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert decisive(one) == decisive(other)


def test_kinds_and_colours_make_a_difference() -> None:
    heard = [
        decisive((noun,)) for noun in ("woman", "rose", "lake", "fire", "sunset", "red thing", "black thing", "cup")
    ]
    assert len(set(heard)) == len(heard)


@pytest.mark.parametrize("nouns", [PEOPLE, PLANTS, WATERS, FIRES, SKIES])
def test_what_is_heard_names_what_was_said(nouns: frozenset[str]) -> None:
    for noun in nouns:
        heard = decisive((noun,))
        assert named(heard, nouns)
        assert decisive(heard) == heard


def test_what_shall_move_is_looked_for_whether_a_noun_names_it_or_not() -> None:
    asked = {kind: looked_for(Direction((), (SceneMotion(kind),), ())) for kind in ("fire", "flow", "foliage", "rain")}
    assert asked == {"fire": ("fire",), "flow": ("water",), "foliage": ("plant",), "rain": ()}


def test_what_the_nouns_only_invite_is_not_looked_for() -> None:
    assert looked_for(Direction((), (SceneMotion("water", asked=False),), (), ("owl",))) == ()
