"""The reading of Chinese: words, doers, camera moves, pace, motions and acts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from firstframe.direction.chinese.characters import simplified
from firstframe.direction.chinese.clauses import Actor, clauses
from firstframe.direction.chinese.pace import is_only_pace
from firstframe.direction.chinese.words import tokens
from firstframe.direction.model import Direction
from firstframe.direction.parser import parse


def moves(direction: Direction) -> list[str]:
    return [move.move for move in direction.camera if move.asked]


def motions(direction: Direction) -> set[str]:
    return {motion.kind for motion in direction.motions if motion.asked}


def test_traditional_characters_keep_their_places() -> None:
    assert simplified("鏡頭緩緩推近，女孩轉頭微笑") == "镜头缓缓推近，女孩转头微笑"
    assert simplified("plain text") == "plain text"


def test_quotations_stay_as_written() -> None:
    assert parse("鏡頭緩緩推近，女孩轉頭微笑", 6).unsupported == ("轉頭微笑",)


def test_words_of_film_are_not_cut() -> None:
    text = "镜头缓缓横移"
    assert [word.text for word in tokens(text, 0, len(text))] == ["镜头", "缓缓", "横移"]


def test_words_cover_their_stretch() -> None:
    text = "她用VR眼镜看𠮷野家☂的菜单"
    assert "".join(word.text for word in tokens(text, 0, len(text))) == text


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("镜头先固定，随后上升", [Actor.CAMERA, Actor.CAMERA]),
        ("镜头推进，女孩微笑，挥手", [Actor.CAMERA, Actor.LIVING, Actor.LIVING]),
        ("一个穿黑色风衣的男人撑着伞", [Actor.LIVING]),
        ("手持镜头轻微晃动", [Actor.CAMERA]),
        ("门慢慢打开", [Actor.THING]),
        ("电车从镜头前驶过", [Actor.LIVING]),
        ("在海边的沙滩上奔跑", [Actor.NOBODY]),
    ],
)
def test_who_acts(text: str, actors: list[Actor]) -> None:
    assert [clause.actor for clause in clauses(text)] == actors


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("镜头上移", ["pedestal_up"]),
        ("镜头上摇", ["tilt_up"]),
        ("镜头从脚摇到头", ["tilt_up"]),
        ("镜头从蒸笼摇到老板的脸", ["pan_right"]),
        ("镜头往后退", ["pull_out"]),
        ("镜头由远及近", ["push_in"]),
        ("镜头绕到他的正面", ["orbit_right"]),
        ("镜头绕着他顺时针旋转", ["orbit_left"]),
        ("镜头从左往右跟随她", ["truck_right"]),
        ("镜头向右甩过去", ["pan_right"]),
        ("镜头转向左侧", ["pan_left"]),
        ("变焦拉近到她的眼睛", ["zoom_in"]),
        ("镜头是手持的，跟在她身后", ["shake", "tracking"]),
        ("固定不动", ["static"]),
        ("不要镜头运动", ["static"]),
        ("镜头先推后拉", ["push_in", "pull_out"]),
        ("镜头拉远并停住", ["pull_out", "static"]),
        ("女孩向左移动，手持长剑", []),
        ("运动鞋从空中落下", []),
        ("低角度仰拍", []),
    ],
)
def test_camera_moves(prompt: str, expected: list[str]) -> None:
    assert moves(parse(prompt, 6)) == expected


@pytest.mark.parametrize(
    ("prompt", "speeds"),
    [
        ("小船缓缓划过，镜头左移", [1.0]),
        ("镜头略微抖动", [0.6]),
        ("镜头猛地向上摇", [1.7]),
        ("镜头推进得很快", [1.7]),
        ("镜头先推近，再慢慢拉远", [1.0, 0.5]),
        ("镜头推近，缓慢", [0.5]),
        ("慢镜头，镜头推进", [1.0]),
        ("镜头缓慢下降并向前推进", [0.5, 0.5]),
    ],
)
def test_pace_of_its_own_clause(prompt: str, speeds: list[float]) -> None:
    assert [move.speed for move in parse(prompt, 6).camera if move.asked] == speeds


def test_only_pace() -> None:
    assert is_only_pace("非常缓慢地")
    assert not is_only_pace("缓慢走过")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("裙子和头发被风吹动", {"hair", "cloth"}),
        ("白衣男子御剑飞行", set()),
        ("水面泛着微光", {"water"}),
        ("花瓣上的露珠", set()),
        ("金色粒子飘出来", {"particles"}),
        ("没有风，树叶不动", set()),
        ("流水线上的零件", set()),
        ("草原上万马奔腾", set()),
        ("無數氣泡向上飄，海草輕輕擺動", {"particles", "foliage"}),
    ],
)
def test_scene_motions(prompt: str, expected: set[str]) -> None:
    assert motions(parse(prompt, 6)) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("女孩站在窗边看着远方", []),
        ("她穿着红色长裙，戴着帽子", []),
        ("她站了起来，戴上帽子", ["站了起来", "戴上帽子"]),
        ("一只手把牛奶倒进去", ["把牛奶倒进去"]),
        ("它吓得往回跑", ["往回跑"]),
        ("嘴角微微上扬", ["上扬"]),
        ("记者一边奔跑一边喊话", ["奔跑", "喊话"]),
        ("门慢慢打开，里面冒出白烟", ["打开"]),
        ("海浪冲上来打湿它的脚", []),
        ("蛋糕上的蜡烛被吹灭", ["吹灭"]),
        ("镜头跟随女孩奔跑", ["奔跑"]),
        ("镜头穿过云层", []),
        ("人物不要说话", []),
        ("她不由自主地笑了", ["笑了"]),
        ("火车呼啸而过", ["呼啸而过"]),
        ("推车上的蛋挞", []),
        ("镜头右移，唱针落下", ["落下"]),
        ("登山者挥舞旗帜", ["挥舞旗帜"]),
        ("钢铁侠从天而降", ["从天而降"]),
        ("烟雾弹爆开", ["爆开"]),
        ("她拍着手跑过来", ["拍着手跑过来"]),
        ("第一视角骑着摩托车", ["骑着摩托车"]),
    ],
)
def test_acts(prompt: str, expected: list[str]) -> None:
    assert list(parse(prompt, 6).unsupported) == expected


def test_english_prompts_never_load_the_dictionary() -> None:
    code = (
        "from firstframe.direction.parser import parse; from firstframe.direction.chinese import words;"
        "parse('The camera pans left', 6); assert not words._dictionary.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
