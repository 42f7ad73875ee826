"""Acts named in Chinese that no motion of ours performs: the verb with what follows, up to the clause's end."""

from __future__ import annotations

import re

from firstframe.direction.chinese.characters import has_chinese, simplified
from firstframe.direction.chinese.clauses import Actor, Clause, clauses, is_living
from firstframe.direction.chinese.lexicon import BODY, NOT_ACTS, VEHICLES
from firstframe.direction.chinese.motions import Motion, scene_motions
from firstframe.direction.chinese.moves import camera_moves
from firstframe.direction.chinese.verbs import Role, role
from firstframe.direction.chinese.words import Token

_LONGEST = 20
_NO_DOERS = re.compile(
    r"风$|音乐|香[气味]|气味|声$|气氛|氛围|光线?$|色调|夜幕|夜色|黑暗|时间|背景音|歌曲|旋律|温度|节奏|场景"
    r"|风格|画风|雷$|季节|岁月|天色|光影$|阴影$|影子$|竹帘|珠帘|水珠|雨滴|露珠|水滴"
)
_MAKING = re.compile(r"^(?:冒|泛|荡|升|扬|溅|掀|卷|发|散发|飘|涌|亮|燃|闪|洒|激|透|映|露|落|滴|滚|流|喷)[出起下着]?")
_BEGUN = frozenset("了 起 出 下 开 起来 下来 出来".split())
_SWAYING = frozenset("摇晃 摆动 晃动 摇摆 摇曳 抖动 颤动 飘浮 漂浮 舞动 跳动 起伏 流动 流淌 晃 摇".split())
_LAND = re.compile(r"城市|云海|云层|[城山谷路原岸林景界线街楼野漠川河]$|大地|建筑|走廊|隧道")
_UNFOLDING = frozenset("展开 延伸 铺开 蔓延 伸展 升起 绵延 掠过 后退 闪过 飞逝".split())
"""What land and buildings are said to do while they merely lie there."""
_NEGATION = re.compile(
    r"(?:不要|别(?!的|处|墅|到|在|上)|不会|不能|不许|没有|没|无需|禁止|避免|停止|不(?!断|停|住"
    r"|同|时|远|安|禁|知|由|自觉|慌|紧|小心|顾|经意|只|仅|已))[^,，]{0,6}$"
)
_MADE = frozenset("弹机器枪车瓶")
"""Last characters of things that smoke, fire or light only tell of: 烟雾弹."""
_SUFFERED = re.compile(r"被(?!.{0,3}[吹拂照映染](?!灭|熄|走|倒|断))")
"""Passive, but for what the wind and the light do to a thing."""
_OWN_MOTIONS = frozenset({"breathing", "fire", "hair", "cloth"})
"""What somebody's body, clothes or breath do of themselves."""
_BARE_EVENTS = frozenset("爆炸 表演 演出 舞蹈 战斗 对话 瑜伽 战争".split())
_CONNECTOR = re.compile(
    r"(?:一边|一面|边(?=[^,，]{1,6}边)|(?<=[^两旁路海岸湖身街河窗])边(?=[喊笑走跑唱说])|并且?"
    r"|然后|接着|随后|最后|再(?!次|度|现|见)|同时|而后|之后|又)+"
)


def acts(text: str) -> list[tuple[int, int]]:
    """Places of acts in normalised text, in textual order."""
    if not has_chinese(text):
        return []
    plain = simplified(text)
    motions = scene_motions(text)
    moves = [(move.start, move.end) for move in camera_moves(text)]
    found: list[tuple[int, int]] = []
    drifts = False
    for clause in clauses(text):
        drifts = _is_moved(clause, _within(clause, motions), plain) if clause.doer is not None else drifts
        if not (drifts and clause.doer is None and clause.actor is Actor.THING):
            found += _acts_of(plain, clause, motions, moves)
    return found


def _within(clause: Clause, motions: list[Motion]) -> list[Motion]:
    return [motion for motion in motions if clause.start <= motion.start < clause.end]


def _acts_of(plain: str, clause: Clause, motions: list[Motion], moves: list[tuple[int, int]]) -> list[tuple[int, int]]:
    near = _within(clause, motions)
    if _is_moved(clause, near, plain):
        return []
    alive = clause.doer is not None and clause.actor is Actor.LIVING
    taken = [(motion.start, motion.end) for motion in near if not alive or motion.kind in _OWN_MOTIONS] + moves
    verbs = [
        word
        for index, word in enumerate(clause.words)
        if _is_act(clause, index, near)
        and not any(word.start < end and start < word.end for start, end in taken)
        and not _NEGATION.search(plain[clause.start : word.start])
    ]
    return _snippets(plain, clause, verbs, moves)


def _is_moved(clause: Clause, near: list[Motion], plain: str) -> bool:
    """Whether the clause only tells how a thing moves that a scene motion moves, or the wind or the light."""
    doer = clause.doer
    if doer is None or clause.actor is Actor.CAMERA:
        return False
    if _NO_DOERS.search(doer.text):
        return True
    if doer.text[-1] in _MADE:
        return False
    own = any(motion.start < doer.end and doer.start < motion.end and motion.kind != "breathing" for motion in near)
    return own and not _SUFFERED.search(plain, doer.end, clause.end) and not is_living(doer.text)


def _is_act(clause: Clause, index: int, near: list[Motion]) -> bool:
    word = clause.words[index]
    found = role(clause.words, index)
    opens = all(other.tag in "du" for other in clause.words[:index])
    if found is Role.OTHER_VERB and (clause.doer is not None or opens) and clause.actor is Actor.LIVING:
        after = clause.words[index + 1] if index + 1 < len(clause.words) else word
        begun = len(word.text) > 1 or after.text in _BEGUN or (after is not word and after.tag in "nrmqa")
        found = Role.ACT if word.text not in NOT_ACTS and begun and index >= clause.first_verb else found
    if found is not Role.ACT:
        return False
    if word.text in _BARE_EVENTS and clause.doer is None and len(clause.words) == 1:
        return False
    if word.text in _UNFOLDING and clause.doer is not None and _LAND.search(clause.doer.text):
        return False
    if word.text in _SWAYING and (clause.doer is None or clause.actor is Actor.CAMERA):
        return False
    if clause.actor is Actor.CAMERA:
        return _is_shown(clause, index)
    makes = _MAKING.match(word.text) and any(motion.start >= word.start for motion in near)
    placed = clause.doer is None and any(other.tag in "nf" for other in clause.words[:index])
    placed = placed or (clause.doer is not None and clause.doer.text[0] in "眼双瞳" and clause.doer.text != "双手")
    return not (makes and (placed or clause.actor is not Actor.LIVING))


def _is_shown(clause: Clause, index: int) -> bool:
    """Whether somebody acts whom the camera shows: "镜头跟随女孩奔跑", "镜头推向跳舞的女孩"."""
    before = [word for word in clause.words[:index] if word is not clause.doer]
    if any(is_living(word.text) or word.text in VEHICLES or word.text in "她他它" for word in before):
        return True
    if any(word.text in ("正在", "正") for word in before):
        return True
    behind = clause.words[index + 1 :]
    owner = next((place for place, word in enumerate(behind) if word.text == "的"), None)
    return owner is not None and owner + 1 < len(behind) and any(is_living(word.text) for word in behind[owner + 1 :])


def _snippets(plain: str, clause: Clause, verbs: list[Token], moves: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One quotation from the first verb to the clause's end, cut where words say that another act follows."""
    found: list[tuple[int, int]] = []
    for verb in verbs:
        if found and verb.start < found[-1][1]:
            continue
        end = min([clause.end, verb.start + _LONGEST, *(start for start, _ in moves if start >= verb.end)])
        later = [other.start for other in verbs if other.start > verb.start]
        for match in _CONNECTOR.finditer(plain, verb.end, end):
            if any(place >= match.end() for place in later):
                end = match.start()
                break
        found.append((_start(plain, clause, verb), end))
    return found


_HANDLED = re.compile(r"[把将](?=[^把将]{1,10}$)")
_SHORT_MANNERS = frozenset("一轻微齐高狂猛慢快急乱直疾")
_WAY = re.compile(r"[往朝向][回前后上下左右外里远]$")


def _start(plain: str, clause: Clause, verb: Token) -> int:
    """Where a quotation begins: with the way that stands right before the verb, as in 往回跑."""
    before = clause.words[clause.words.index(verb) - 1] if verb is not clause.words[0] else verb
    if before.text in BODY and before is clause.doer:
        return before.start
    if before.text in _SHORT_MANNERS and len(verb.text) == 1:
        return before.start
    handled = _HANDLED.search(plain[: verb.start], clause.start)
    if handled:
        return handled.start()
    return verb.start - 2 if _WAY.search(plain[clause.start : verb.start]) else verb.start
