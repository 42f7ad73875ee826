"""Words are told apart by their neighbours, and slips of the keyboard are put right without moving a quotation."""

from __future__ import annotations

from firstframe.direction.parser import parse
from firstframe.direction.spelling import put_right
from firstframe.direction.text import Prompt

TAGS = {
    "a dog barks": "D A Z",
    "the chef plates the dish": "D A Z D N",
    "lily pads": "N S",
    "skirt and hair flutter": "N C N V",
    "let the candle burn": "V D N V",
    "beams of light travel along the wall": "S I N V I D N",
    "the girl smile at the camera": "D A V I D N",
    "northern lights ripple over the lake": "J S V I D N",
    "a wet leaf slowly falls": "D J N R Z",
}
RIGHT = {
    "teh camra pans rigth": "the camera pans right",
    "zoooms in": "zooms in",
    "her hiar": "her hair",
    "a game of chess": "a game of chess",
    "Mona Lisa": "Mona Lisa",
    "": "",
}


def test_parts_of_speech() -> None:
    read = {text: " ".join(word.tag for word in Prompt(text).words) for text in TAGS}
    assert read == TAGS


def test_slips_are_put_right() -> None:
    assert {text: put_right(text).text for text in RIGHT} == RIGHT


def test_quotations_stay_as_written() -> None:
    assert parse("camra pans rigth, she runns towrads the hosue", 6).unsupported == ("runns towrads the hosue",)


def test_an_unknown_verb_counts_by_its_place() -> None:
    assert parse("A wombat blorfs the carrot", 6).unsupported == ("blorfs the carrot",)
