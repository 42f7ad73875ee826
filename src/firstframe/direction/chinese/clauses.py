"""Clauses of a Chinese prompt and who acts in each: the camera, somebody, a thing, or who acted before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from firstframe.direction.chinese.characters import simplified
from firstframe.direction.chinese.lexicon import ANIMALS, BODY, CAMERA_NOUNS, FILM_WORDS, PEOPLE, VEHICLES
from firstframe.direction.chinese.verbs import Role, role
from firstframe.direction.chinese.words import Token, tokens

_CLAUSE = re.compile(r"[^,，、。．；;！!？?\n:：…—()（）~～|/\[\]【】\s]+(?: +(?=[a-z0-9]))?")
_SENTENCE_END = re.compile(r"[。．；;！!？?\n…]")
_CHINESE = re.compile(r"[一-鿿]")
_PREPOSITIONS = frozenset(
    """
    在 从 由 向 朝 往 对 对着 沿 沿着 以 用 把 将 被 给 随 随着 自 透过 于 顺着 当 冲着 朝着 向着 迎着 伴随 伴着
    隔着 借着 通过 像 如 为 跟 跟着
    """.split()
)
_LEADS_IN = frozenset(
    """
    有 是 让 使 令 请 叫 不要 别 没有 只有 只见 想要 要 会 开始 继续 能 可以 正在 正 希望 需要 保持 其中 带 带着
    不 无 禁止 避免
    """.split()
)
_PLACES = frozenset("上下里中外后前内旁间边处侧面方")
_FILM_BEFORE_CAMERA = FILM_WORDS | frozenset(
    "手持 固定 跟 推 拉 摇 移 航拍 俯拍 仰拍 特写 拍摄 移动 运动 旋转 晃动 静止".split()
)
_TO_AND_FRO = frozenset("上下 左右 前后 来回".split())
_LIVING_ENDS = frozenset(
    "人者们师手员匠犬猫狗鸟鱼孩授童婆爷伯叔姑嫂娘妇汉侠士僧尼仙鬼妖怪兽虎狼熊鹿马牛羊鸡鸭鹅蛇龙豹狮象猴鼠兔蝶蜂虫雀鹰鹤鸥鸽燕蛙龟鲸豚客徒兵将军帝妃生哥弟姐妹宾贼丁"
)
"""Last characters of names of people and animals."""
_NO_LIVING = frozenset(
    """
    萤火虫 流萤 花生 人生 一生 新生 野生 现象 景象 印象 气象 抽象 巴士 水龙 好客 木马 旋转木马 罗马 雪人 蓝牙 布丁
    """.split()
)
_NAMING_ACTS = frozenset("滑板 飞行 战斗 舞蹈 登山 滑雪 潜水 冲浪 表演 攀岩 投篮 跳水 跳伞 射击 演奏 钓鱼 赛跑".split())
"""Acts that name somebody or something when a noun follows: 滑板少年, 飞行汽车."""
_RISES = frozenset("摇移升仰抬降俯沉拉")
_RIDES = frozenset("骑驾开坐拿握举打")
"""First characters of what somebody does through whose eyes the picture is seen."""
_NAMES = "nrx"


class Actor(Enum):
    """Who acts in a clause."""

    CAMERA = auto()
    LIVING = auto()
    THING = auto()
    NOBODY = auto()


@dataclass(frozen=True)
class Clause:
    """A stretch without punctuation, its words, and its doer."""

    start: int
    end: int
    words: tuple[Token, ...]
    actor: Actor
    """Who acts, by this clause or the one before."""
    doer: Token | None
    """The name of the doer, when it stands in this clause."""
    first_verb: int
    """Index of the first word that may be a verb of the doer."""


@lru_cache(maxsize=8)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of normalised text that hold Chinese, in order; `text` may be traditional."""
    text = simplified(text)
    found: list[Clause] = []
    actor, last_end = Actor.NOBODY, 0
    for match in _CLAUSE.finditer(text):
        ended = bool(_SENTENCE_END.search(text[last_end : match.start()]))
        last_end = match.end()
        if not _CHINESE.search(match.group()):
            continue
        words = tokens(text, *match.span())
        doer, first_verb = _doer(words)
        if doer is not None:
            actor = _kind(doer)
        elif ended and actor is not Actor.CAMERA:
            actor = Actor.NOBODY
        found.append(Clause(*match.span(), words, actor, doer, first_verb))
    return tuple(found)


def is_living(name: str) -> bool:
    """Whether a noun names a person, an animal or a part of a body, by itself or by its ending."""
    known = PEOPLE | ANIMALS | BODY
    return name in known or (
        len(name) > 1 and (name[-2:] in known or (name[-1] in _LIVING_ENDS and name not in _NO_LIVING))
    )


def _kind(doer: Token) -> Actor:
    if doer.text in CAMERA_NOUNS:
        return Actor.CAMERA
    if doer.text in ("她", "他", "它", "我", "你", "谁", "自己", "他们", "她们", "它们") or is_living(doer.text):
        return Actor.LIVING
    return Actor.LIVING if doer.text in VEHICLES else Actor.THING


def _doer(words: tuple[Token, ...]) -> tuple[Token | None, int]:
    """The name that acts in a clause, and the index of the first verb behind it."""
    doer: Token | None = None
    governed = False
    index = 0
    while index < len(words):
        word = words[index]
        following = words[index + 1] if index + 1 < len(words) else None
        placed = _is_place(word) or (
            following is not None and following.tag == "f" and following.text not in _TO_AND_FRO
        )
        placed = placed and not _goes(words, index)
        if word.text in _PREPOSITIONS:
            governed = True
        elif word.text in CAMERA_NOUNS and not (governed or placed or _is_eye(words, index)):
            return word, index + 1
        elif word.text in _LEADS_IN:
            pass
        elif _is_eye(words, index):
            if not any(later.text[0] in _RIDES for later in words[index + 1 :]):
                return word, index + 1
        elif _is_name(word):
            owned = following is not None and following.text in ("的", "之", "般", "似的")
            if placed:
                governed = False
            elif not owned and not governed:
                doer = word
            elif not owned and following is not None and not _is_name(following):
                governed = False
        elif word.text in _NAMING_ACTS and following is not None and following.tag == "n":
            pass
        elif role(words, index) is not Role.NONE:
            camera = _camera_behind(words, index)
            if camera is not None:
                return words[camera], index
            behind = _behind_relative(words, index) if doer is None else None
            if behind is None:
                return doer, index
            index = behind - 1
            governed = False
        elif word.tag in "fd" and governed and index and _is_name(words[index - 1]):
            governed = False
        index += 1
    return doer, len(words)


def _goes(words: tuple[Token, ...], index: int) -> bool:
    """Whether 上 or 下 behind a camera begins what it does: "镜头上摇"."""
    after = words[index + 2].text[0] if index + 2 < len(words) else ""
    camera = words[index].text in CAMERA_NOUNS
    return camera and bool(after) and words[index + 1].text in ("上", "下") and after in _RISES


def _is_eye(words: tuple[Token, ...], index: int) -> bool:
    """Whether the view is that of somebody who acts: "第一视角骑着摩托车"."""
    return words[index].text == "视角" and index > 0 and words[index - 1].text in ("第一", "第一人称", "人称", "主观")


def _is_name(word: Token) -> bool:
    return word.tag in _NAMES and word.text not in ("的", "自")


def _is_place(word: Token) -> bool:
    named = is_living(word.text) or word.text in CAMERA_NOUNS
    return len(word.text) > 1 and word.text[-1] in _PLACES and word.tag in "nft" and not named


def _camera_behind(words: tuple[Token, ...], index: int) -> int | None:
    """Where a camera stands that a word of film tells of: "手持镜头"."""
    if words[index].text not in _FILM_BEFORE_CAMERA:
        return None
    near = range(index + 1, min(index + 4, len(words)))
    return next((place for place in near if words[place].text in CAMERA_NOUNS), None)


def _behind_relative(words: tuple[Token, ...], verb: int) -> int | None:
    """Where a name follows 的 of a clause that only tells of it, and a verb follows the name: "戴帽子的男人走来"."""
    for place in range(verb + 1, len(words) - 1):
        if words[place].text == "的" and words[place + 1].tag not in "u":
            later = range(place + 2, len(words))
            if any(role(words, index) in (Role.ACT, Role.STATE, Role.OTHER_VERB) for index in later):
                return place + 1
    return None
