"""What a word tells where it stands: an act, a state, what the camera does, or something else."""

from __future__ import annotations

from enum import Enum, auto

from firstframe.direction.chinese.lexicon import (
    ACT_CHARACTERS,
    ACTS,
    ACTS_ALONE,
    CHANGES,
    COMPLEMENTS,
    FILM_WORDS,
    NOT_ACTS,
    STATE_CHARACTERS,
    STATES,
)
from firstframe.direction.chinese.words import Token

_GOES_ON = frozenset("了 着 过 一 个 起 一下".split())
_MEASURED = frozenset("一 两 几 这 那 每 半 三 数 个".split())


_LOUD = frozenset("啸吼奔跃蹦嚎翔驰")
"""Characters that make an act of a set phrase: 仰天长啸."""


_AWAY = frozenset("去来过出入下起至上断碎倒止降逃飞")
"""What follows 而 behind a verb: 呼啸而过."""
_LEADING = frozenset("出开起入走倒断破碎回进")
"""Complements that make an act of any verb of the dictionary: 弹出, 旋开."""
_SHOWING = frozenset("映透显露响想看写留剩余停投陷融加呈突指提得")
"""First characters of verbs with such complements that only show something."""


_NAMED = frozenset("机器车鞋服场馆房池杯台厅站箱棒架椅床桌灯帽绳赛员师者")
"""Characters that make a name of the verb before them: 跑步机, 游泳池."""


class Role(Enum):
    """What a word does in its clause."""

    ACT = auto()
    STATE = auto()
    FILM = auto()
    OTHER_VERB = auto()
    NONE = auto()


def role(words: tuple[Token, ...], index: int) -> Role:
    """The role of the word at an index."""
    word = words[index]
    if word.tag == "q" and index and words[index - 1].tag in "mr":
        return Role.NONE
    return _single(words, index) if len(word.text) == 1 else _longer(words, index)


def _longer(words: tuple[Token, ...], index: int) -> Role:
    text, tag = words[index].text, words[index].tag
    if words[index].tag in "vn" and _next(words, index) == "而" and _next(words, index + 1) in _AWAY:
        return Role.ACT
    if _is_placed(words, index) and text[1:] not in COMPLEMENTS:
        return Role.NONE
    if _next(words, index) in _NAMED and text[1:] not in COMPLEMENTS:
        return Role.NONE
    if text == "露出" and any("笑" in word.text for word in words[index + 1 : index + 5]):
        return Role.ACT
    if text in ACTS:
        return Role.ACT
    if text[-1] in "声者器机员容":
        return Role.NONE
    if text in STATES:
        return Role.ACT if _next(words, index) in CHANGES - {"过", "向", "进", "走", "下"} else Role.STATE
    if text in FILM_WORDS:
        return Role.FILM
    if text in NOT_ACTS:
        return Role.OTHER_VERB
    if tag == "i" and text[-2] == "而" and text[-1] in _AWAY:
        return Role.ACT
    if tag == "i" and (text[-2:] in ACTS or text[:2] in ACTS or _LOUD & set(text)):
        return Role.ACT
    first, rest = text[0], text[1:]
    if first in ACT_CHARACTERS and (rest in COMPLEMENTS or tag in "vi" or rest == first):
        return Role.ACT
    if (first in STATE_CHARACTERS and rest in CHANGES) or (tag == "v" and rest in _LEADING and first not in _SHOWING):
        return Role.ACT
    if first in STATE_CHARACTERS and rest in ("着", "在", "于", "有", "满"):
        return Role.STATE
    return Role.OTHER_VERB if tag in "v" else Role.NONE


def _single(words: tuple[Token, ...], index: int) -> Role:
    text, following = words[index].text, _next(words, index)
    if index and words[index - 1].tag == "m" and words[index].tag != "v":
        return Role.NONE
    if text in STATE_CHARACTERS:
        changed = (
            following in CHANGES
            or following in ("走了", "起了", "下了", "出了")
            or (following == "了" and _next(words, index + 1) in CHANGES)
        )
        return Role.ACT if changed else Role.STATE
    if text in ACTS_ALONE:
        return Role.ACT
    if text in ACT_CHARACTERS and (following in COMPLEMENTS or following == text):
        return Role.ACT
    return Role.OTHER_VERB if words[index].tag == "v" and text not in COMPLEMENTS else Role.NONE


def _is_placed(words: tuple[Token, ...], index: int) -> bool:
    """Whether a place beside a thing follows, so that the word names the thing: 推车上."""
    return index + 1 < len(words) and words[index + 1].text in ("上", "里", "旁", "边", "下", "前", "后", "内", "外")


def _next(words: tuple[Token, ...], index: int) -> str:
    return words[index + 1].text if index + 1 < len(words) else ""
