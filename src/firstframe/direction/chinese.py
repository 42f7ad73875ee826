"""Plain Chinese as data and its reading: camera moves, pace and scene motions, by characters instead of words."""

from __future__ import annotations

import re

_CAMERA = r"(?:镜头|画面|摄像机|相机)[^,，。；;]{0,8}?"
_CAMERA_MOVES: dict[str, str] = {
    "push_in": r"(?:缓慢|缓缓|慢慢|快速)(?:推进|推近|拉近)|"
    + _CAMERA
    + r"(?:推进|推近|前推|向前推|前进|靠近|拉近|推向|前移|向前移动|向前飞|前飞|向前滑)|推镜头?"
    r"|(?:(?<=然后)|(?<=接着)|(?<=随后)|(?<=最后)|(?<=再))(?:缓慢|慢慢|快速)?(?:推进|推近)",
    "pull_out": r"(?:缓慢|缓缓|慢慢|快速)(?:拉远|后退)|"
    + _CAMERA
    + r"(?:拉远|拉开|后拉|后退|远离|向后移动|后移)|拉镜头?"
    r"|(?:(?<=然后)|(?<=接着)|(?<=随后)|(?<=最后)|(?<=再))(?:缓慢|慢慢|快速)?(?:拉远|后退)",
    "pan_left": _CAMERA + r"(?:向?左摇|向左转|左转)",
    "pan_right": _CAMERA + r"(?:向?右摇|向右转|右转)",
    "truck_left": _CAMERA + r"(?:向?左平?移|向左移动|向左滑)",
    "truck_right": _CAMERA + r"(?:向?右平?移|向右移动|向右滑)",
    "tilt_up": _CAMERA + r"(?:上摇|上仰|向上摇|仰拍)",
    "tilt_down": _CAMERA + r"(?:下摇|下俯|向下摇|俯拍)",
    "pedestal_up": r"(?:镜头|画面|摄像机|相机|无人机)[^,，。；;]{0,8}?(?:上升|升起|升高|向上移动)",
    "pedestal_down": r"(?:镜头|画面|摄像机|相机|无人机)[^,，。；;]{0,8}?(?:下降|降低|向下移动)",
    "zoom_in": r"变焦推近|变焦放大|镜头[^,，。；;]{0,6}?放大",
    "zoom_out": r"变焦拉远|镜头[^,，。；;]{0,6}?缩小",
    "orbit_left": r"(?:镜头|摄像机|相机)?[^,，。；;]{0,6}?(?:向左环绕|顺时针环绕)",
    "orbit_right": r"(?:镜头|摄像机|相机)?[^,，。；;]{0,6}?(?:向右环绕|逆时针环绕)",
    "orbit": r"(?:镜头|摄像机|相机)[^,，。；;]{0,10}?(?:环绕|绕着|旋转)|环绕(?:拍摄|镜头)",
    "dolly_zoom": r"希区柯克变焦|滑动变焦",
    "rack_focus": r"焦点(?:转移|切换|变化|从)|移焦",
    "shake": r"手持(?:镜头|拍摄|感)?|(?:镜头|画面)[^,，。；;]{0,6}?(?:晃动|抖动)",
    "tracking": r"(?:镜头|摄像机|相机)[^,，。；;]{0,6}?(?:跟随|跟着|跟拍|追踪)|跟拍|跟随镜头",
    "static": r"画面(?:保持)?(?:静止|不动|固定)|"
    r"固定(?:镜头|机位)|静止镜头|镜头(?:保持)?(?:固定|静止|不动)|(?:镜头|机位)不(?:要)?(?:动|移动)|机位固定",
}
_SPEEDS: tuple[tuple[str, float], ...] = (
    (r"非常缓慢|极慢|极其缓慢", 0.35),
    (r"缓慢|缓缓|慢慢|徐徐|慢速", 0.5),
    (r"轻轻|轻柔|逐渐|渐渐", 0.6),
    (r"平稳|平滑", 0.8),
    (r"快速|迅速|急速|飞快|猛", 1.7),
)
_MOTIONS: dict[str, str] = {
    "hair": r"(?:头发|长发|发丝|秀发|发梢|鬃毛)[^,，。；;]{0,8}?(?:飘|飞|拂|摆|舞|动)"
    r"|吹[^,，。；;]{0,6}(?:头发|长发|发丝|秀发)",
    "cloth": r"(?:裙|衣|旗|窗帘|丝巾|围巾|披风|斗篷|(?<!瀑)布)[^,，。；;]{0,8}?(?:飘|飞|拂|摆|舞|动)",
    "foliage": r"(?:树|叶|花(?!瓣)|草|麦田|竹(?!帘|篮|椅|筏|竿)|枝)[^,，。；;]{0,8}?(?:摇|摆|晃|拂|随风|沙沙|颤)",
    "water": r"(?:波浪|海浪|浪花|水波|波光|涟漪)|(?:水面|湖面|海面)[^,，。；;]{0,8}?(?:荡|波|漾|起伏|闪)",
    "flow": r"岩浆|熔岩|溪水|江水|河流|瀑布|溪流|小溪|河水|流水|喷泉",
    "clouds": r"(?:云)[^,，。；;]{0,8}?(?:飘|移|流动|涌|翻|动)|延时",
    "fire": r"篝火|火焰|烛光|蜡烛|火苗|火堆|烈火|火光|(?:火|烛|焰)[^,，。；;]{0,4}?(?:跳动|跳跃|摇曳|燃烧|闪烁|升腾)",
    "smoke": r"烟雾|炊烟|蒸汽|热气|冒烟",
    "fog": r"(?<!烟)雾",
    "rain": r"下着?雨|雨夜|雨幕|雨丝|雨滴|雨水|细雨|大雨|暴雨|雨中",
    "snow": r"下着?雪|雪花|飘雪|大雪|飞雪",
    "particles": r"(?:花瓣|落叶|树叶|叶子|枫叶|尘埃|灰尘|光点|羽毛|火星|萤火虫|樱花)[^,，。；;]{0,8}?(?:飘|飞|落|浮|舞)"
    r"|(?:尘土|尘埃|灰尘|沙尘|黄沙|沙子)[^,，。；;]{0,8}?(?:飞|扬|卷|舞)"
    r"|烟花|烟火|萤火虫|光斑|气泡",
    "light": r"(?:灯|(?<![烛火])光|霓虹)[^,，。；;]{0,8}?(?:闪|变|洒|摇曳|流动|移动|掠过|亮起)"
    r"|闪电|日落|夕阳|落日|日出|亮起[^,，。；;]{0,4}灯|天色渐",
    "breathing": r"呼吸",
}
_STRENGTHS: tuple[tuple[str, float], ...] = (
    (r"狂风|暴风|猛烈|暴雨|汹涌", 2.0),
    (r"强风|大风|大雨|大雪|剧烈|强烈", 1.6),
    (r"缓慢|缓缓|慢慢|徐徐", 0.5),
    (r"微风|轻轻|轻柔|微微|柔和|细雨|轻", 0.6),
)
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
_ACTIONS = re.compile(
    r"(?:"
    r"(?<=[蝶鸟蜂雀燕])飞舞|走|奔跑|跑(?!车|道|步机)|跳舞|跳(?!动)|转身|转头|回头|微笑|大笑|笑|眨眼|挥手|说话|"
    r"唱歌|飞翔|飞过|游泳|骑|驾驶|行驶|拥抱|亲吻|抬头|低头|点头|摇头|伸手|举起|拿起|放下|打开|坐下|站起|起身|哭|变成|出现|"
    r"消失|旋转起舞|弹|演奏|切菜|切|炒|煮|洗|画画|写字|擦|推开|拉开|扔|抓|追|爬|吃|喝|抚摸|撩|打哈欠|伸懒腰|舔|鼓掌|"
    r"招手|皱眉|叹气|敬礼|鞠躬|牵手|搅拌|起飞|降落|着陆|游动|游过|摇尾巴|摆尾|倒(?:入|进|茶|酒|水|咖啡)|流泪|咆哮|怒吼|嘶吼|嚎叫|鸣叫|啼叫|盘旋|翱翔|落泪|钓鱼|下棋|打牌|喂|浇花|扫地|打扫|编织|劈|采摘|摘|捡|划船|撒网|放风筝|荡秋千|滑冰|滑雪|冲浪|跳水|攀爬|拍照|祈祷|舞剑|看书|读书|"
    r"翻(?:书|页|身)|跪|蹲|躺下|跃|跳起|旋转(?!木马)|转动|扇动|张开|展开|合上|闭上|睁开|低吼|吼|叫|唱|"
    r"吹(?=口琴|笛|蜡烛|气球)|端起|递|接过|戴上|脱下|穿上|系|梳|织|缝|挖|敲|打(?=开|鼓|球|字|伞|架|铁|电话)|"
    r"撑(?=开|起|伞)|踢|投|射|刺|挥(?=剑|刀|舞|动)|拔|砍|抱|扑|追逐|嬉戏|玩耍|漫步|散步|徘徊|前行|经过|穿过|驶过|"
    r"驶来|飞驰|疾驰|奔驰|滑过|滑行|漂过|游来|喷发|倒塌|坍塌|融化|(?<!烟花)(?<!烟火)绽放|盛开(?=着?起来)|生长|"
    r"滴落(?=蜂蜜)|咬|嗅|闻|眨|瞪|尾巴[^,，。；;]{0,4}?(?:摆|摇)"
    r")[^,，。；;！!？?\s]{0,20}"
)
_PEOPLE = re.compile(r"女孩|女人|女士|少女|女子|姑娘|男孩|男人|男士|男子|老人|孩子|小孩|情侣|宝宝")
_THINGS = re.compile(
    r"小?猫|小?狗|鸟|马|猫头鹰|鱼|汽车|车|船|包|杯子|咖啡|花|树|山|湖|海|城市|城堡|天空|瀑布|森林|街道|房子"
)
_HAIRY = re.compile(r"女孩|女人|女士|少女|女子|姑娘|长发")


def camera_moves(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Camera moves named in Chinese, with their places."""
    if not _has_chinese(text):
        return []
    return [(move, match.span()) for move, words in _CAMERA_MOVES.items() for match in re.finditer(words, text)]


def speeds(text: str) -> list[float]:
    """Paces named in Chinese."""
    return [speed for words, speed in _SPEEDS if re.search(words, text)] if _has_chinese(text) else []


def strengths(text: str) -> list[float]:
    """Strengths of motion named in Chinese."""
    return [strength for words, strength in _STRENGTHS if re.search(words, text)] if _has_chinese(text) else []


def invitation(text: str, kind: str) -> str | None:
    """The Chinese noun that invites a soft motion of this kind, or None."""
    match = re.search(_INVITATIONS[kind], text) if _has_chinese(text) and kind in _INVITATIONS else None
    return match.group() if match else None


def scene_motions(text: str) -> list[tuple[str, int]]:
    """Scene motions named in Chinese, with their first place."""
    if not _has_chinese(text):
        return []
    return [(kind, match.start()) for kind, words in _MOTIONS.items() if (match := re.search(words, text))]


def actions(text: str) -> list[tuple[int, int]]:
    """Places of actions named in Chinese that no motion of ours performs."""
    return [match.span() for match in _ACTIONS.finditer(text)] if _has_chinese(text) else []


def subjects(text: str) -> list[str]:
    """Nouns of people and things in Chinese, people first."""
    if not _has_chinese(text):
        return []
    return list(dict.fromkeys(m.group() for words in (_PEOPLE, _THINGS) for m in words.finditer(text)))


def _has_chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)
