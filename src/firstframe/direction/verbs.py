"""The verbs of acts by their forms."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from firstframe.direction.action_words import ACTS, ACTS_OF_THE_LIVING, MOVES_OF_THINGS
from firstframe.direction.phrases import forms

PLAIN, S, ING, PAST = range(4)


class VerbForm(NamedTuple):
    """One form of a verb."""

    verb: str
    form: int
    """PLAIN, S, ING or PAST."""


@cache
def act_forms() -> dict[str, VerbForm]:
    """Every form of every verb that names an act."""
    table: dict[str, VerbForm] = {}
    for verb in (*MOVES_OF_THINGS.split(), *ACTS.split(), *ACTS_OF_THE_LIVING.split()):
        for index, form in enumerate(forms(verb)):
            table.setdefault(form, VerbForm(verb, min(index, PAST)))
    return table
