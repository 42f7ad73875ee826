"""Chinese nouns: what is in the picture, and which soft motions it invites."""

from __future__ import annotations

import re

from firstframe.direction.chinese.characters import has_chinese, simplified

_INVITATIONS: dict[str, str] = {
    "hair": r"女孩|女人|女士|少女|女子|姑娘|长发|头发",
    "breathing": r"女孩|女人|女士|少女|女子|姑娘|男孩|男人|男士|男子|老人|孩子|小孩|情侣|宝宝|猫|狗|肖像",
    "foliage": r"树|花|草|森林|花园|公园|叶",
    "water": r"湖|海|池塘|水面",
    "clouds": r"天空|云|山",
    "smoke": r"咖啡|热茶|汤",
    "light": r"霓虹|灯笼|夜景",
    "cloth": r"裙|旗|窗帘|围巾",
}
_PEOPLE = re.compile(r"女孩|女人|女士|少女|女子|姑娘|男孩|男人|男士|男子|老人|孩子|小孩|情侣|宝宝")
_THINGS = re.compile(
    r"小?猫|小?狗|鸟|马|猫头鹰|鱼|汽车|车|船|包|杯子|咖啡|花|树|山|湖|海|城市|城堡|天空|瀑布|森林|街道|房子"
)


def invitation(text: str, kind: str) -> str | None:
    """The noun that invites a soft motion of this kind, as it is written, or None."""
    if not has_chinese(text) or kind not in _INVITATIONS:
        return None
    match = re.search(_INVITATIONS[kind], simplified(text))
    return text[slice(*match.span())] if match else None


def subjects(text: str) -> list[str]:
    """Nouns of people and things as they are written, people first."""
    if not has_chinese(text):
        return []
    plain = simplified(text)
    places = [match.span() for words in (_PEOPLE, _THINGS) for match in words.finditer(plain)]
    return list(dict.fromkeys(text[slice(*place)] for place in places))
