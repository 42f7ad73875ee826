"""Traditional characters read as simplified ones, one for one, so that places in the text stay."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def simplified(text: str) -> str:
    """The text with every traditional character that the dictionary needs in its simplified form; same length.

    Source: the characters of OpenCC, drawn by `benchmarks/make_chinese_dictionary.py`.
    """
    return text.translate(_table()) if has_chinese(text) else text


def has_chinese(text: str) -> bool:
    """Whether a text holds any Chinese character."""
    return any("一" <= character <= "鿿" for character in text)


@cache
def _table() -> dict[int, int]:
    text = files(__package__).joinpath("traditional.txt").read_text(encoding="utf-8")
    traditional, simple = text.split()
    return str.maketrans(traditional, simple)
