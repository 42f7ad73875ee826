"""Words of pace and of strength in Chinese."""

from __future__ import annotations

import re

from firstframe.direction.chinese.characters import has_chinese, simplified

_SPEEDS: tuple[tuple[float, str], ...] = (
    (0.35, r"(?:非常|极其|十分|很)(?:缓慢|慢)|极慢|极缓"),
    (1.7, (
r"快速|迅速|急速|飞快|飞速|高速|疾速|极速|急剧|猛地|猛然|猛烈|突然|忽然|骤然|陡然|瞬间"
r"|一下子|剧烈|得[很较]?快|很快|猛(?=推|拉|摇|冲|扑|向|往)|快(?=推|拉|移|摇|甩|切)|急(?=推"
r"|拉|摇|升|降|甩)|甩"
)),
    (0.5, r"缓慢|缓缓|慢慢|徐徐|慢速|舒缓|缓(?=推|拉|移|摇|升)|慢(?=推|拉|移|摇|速)"),
    (0.6, r"轻轻|轻柔|柔和|逐渐|渐渐|微微|略微|轻微|稍微|稍稍|轻缓|细微|一点点|一点一点|略(?=晃|摇|抖)|微(?=晃|抖|摇)"),
    (0.8, r"平稳|平滑"),
)  # fmt: skip
_ANY = re.compile("|".join(f"({words})" for _, words in _SPEEDS))
_STRENGTHS: tuple[tuple[str, float], ...] = (
    (r"狂风|暴风|猛烈|暴雨|汹涌", 2.0),
    (r"强风|大风|大雨|大雪|剧烈|强烈", 1.6),
    (r"缓慢|缓缓|慢慢|徐徐", 0.5),
    (r"微风|轻轻|轻柔|微微|柔和|细雨|轻", 0.6),
)


def speeds(text: str) -> list[float]:
    """Paces named, in textual order."""
    if not has_chinese(text):
        return []
    return [_SPEEDS[(match.lastindex or 1) - 1][0] for match in _ANY.finditer(simplified(text))]


def is_only_pace(text: str) -> bool:
    """Whether a clause says nothing but a pace: 缓慢地."""
    rest = re.sub(r"[地的而又且，,\s]|非常|动作|速度|节奏|运动|运镜|稳定|移动", "", _ANY.sub("", simplified(text)))
    return not rest and bool(speeds(text))


def strengths(text: str) -> list[float]:
    """Strengths of motion named."""
    plain = simplified(text)
    return [strength for words, strength in _STRENGTHS if re.search(words, plain)] if has_chinese(text) else []
