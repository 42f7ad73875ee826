"""The words of film as data: camera moves, scene motions, bracket commands, words of pace and of strength.

The phrases that name the moves are in `film_phrases`, the nouns and verbs of scenes in `scene_words` and `lexicon`.
"""

from __future__ import annotations

CAMERA_MOVES = (
    "pan_left pan_right tilt_up tilt_down truck_left truck_right pedestal_up pedestal_down push_in pull_out "
    "zoom_in zoom_out orbit_left orbit_right roll_left roll_right dolly_zoom rack_focus shake tracking static"
).split()

SCENE_MOTIONS = "hair cloth foliage water flow clouds fire smoke fog rain snow particles light breathing".split()

OPPOSITES = {
    "pan_left": "pan_right",
    "tilt_up": "tilt_down",
    "truck_left": "truck_right",
    "pedestal_up": "pedestal_down",
    "push_in": "pull_out",
    "zoom_in": "zoom_out",
    "orbit_left": "orbit_right",
    "roll_left": "roll_right",
}
OPPOSITES |= {second: first for first, second in OPPOSITES.items()}

BRACKET_COMMANDS = {
    "truck left": "truck_left",
    "truck right": "truck_right",
    "pan left": "pan_left",
    "pan right": "pan_right",
    "push in": "push_in",
    "pull out": "pull_out",
    "pedestal up": "pedestal_up",
    "pedestal down": "pedestal_down",
    "tilt up": "tilt_up",
    "tilt down": "tilt_down",
    "zoom in": "zoom_in",
    "zoom out": "zoom_out",
    "shake": "shake",
    "tracking shot": "tracking",
    "static shot": "static",
}
"""The 15 commands of the hosted model, in its own spelling but for case."""

CHINESE_COMMANDS = dict(
    zip(
        "左移 右移 左摇 右摇 推进 拉远 上升 下降 上摇 下摇 变焦推近 变焦拉远 晃动 跟随 固定".split(),
        BRACKET_COMMANDS.values(),
        strict=True,
    )
)

COMMAND_ALIASES = {
    "push out": "pull_out",
    "orbit": "orbit",
    "orbital": "orbit",
    "arc": "orbit",
    "pan": "pan",
    "tilt": "tilt",
    "truck": "truck",
    "zoom": "zoom_in",
    "handheld": "shake",
    "follow": "tracking",
    "固定镜头": "static",
    "上移": "pedestal_up",
    "下移": "pedestal_down",
}
"""Other spellings inside brackets, some of them of families whose direction is open."""

MAX_SIMULTANEOUS = 3

CAMERA_NOUNS = frozenset(
    """
    camera cam cameraman lens drone aerial gimbal steadicam shot view viewpoint viewport pov perspective frame framing
    footage we cinematography
    """.split()
)
"""Words whose movement is the camera's."""

PICTURE_NOUNS = frozenset("picture image scene video clip sequence composition".split())
"""Words for the picture as a whole: when "the picture" moves, the camera does."""


DEFAULT_OF_FAMILY = {
    "pan": "pan_right",
    "tilt": "tilt_up",
    "truck": "truck_right",
    "pedestal": "pedestal_up",
    "orbit": "orbit_right",
    "roll": "roll_right",
}
"""The direction taken when the words leave it open."""

ORDERS = frozenset(
    "move glide drift travel fly rise ascend descend circle follow approach sweep slide float creep retreat".split()
)
"""Plain verbs that, at the start of a sentence, tell the camera what to do."""

STRONG_FILM_VERBS = frozenset("zoom pan dolly pedestal truck orbit crane".split())
"""Verbs whose plain form names a camera move even when words that could be a subject stand before it."""

SPEEDS: dict[str, float] = {
    "extremely slowly": 0.3,
    "extremely slow": 0.3,
    "ultra slow": 0.3,
    "very very slowly": 0.3,
    "super slow": 0.35,
    "very slowly": 0.35,
    "very slow": 0.35,
    "really slowly": 0.35,
    "almost imperceptibly": 0.3,
    "imperceptibly": 0.3,
    "barely": 0.35,
    "very gently": 0.45,
    "very gentle": 0.45,
    "very subtle": 0.4,
    "slowly": 0.5,
    "slow": 0.5,
    "leisurely": 0.5,
    "languidly": 0.5,
    "lazily": 0.5,
    "unhurried": 0.6,
    "subtle": 0.5,
    "subtly": 0.5,
    "slight": 0.5,
    "slightly": 0.5,
    "gentle": 0.6,
    "gently": 0.6,
    "softly": 0.6,
    "soft": 0.6,
    "delicately": 0.6,
    "gradual": 0.6,
    "gradually": 0.6,
    "calmly": 0.6,
    "smoothly": 0.8,
    "smooth": 0.8,
    "steadily": 0.8,
    "dramatically": 1.4,
    "dramatic": 1.4,
    "dynamic": 1.4,
    "dynamically": 1.4,
    "quickly": 1.7,
    "quick": 1.7,
    "fast": 1.7,
    "swift": 1.7,
    "swiftly": 1.7,
    "speedily": 1.7,
    "briskly": 1.5,
    "strong": 1.6,
    "strongly": 1.6,
    "heavy": 1.7,
    "intense": 1.8,
    "energetic": 1.7,
    "aggressive": 2.0,
    "aggressively": 2.0,
    "sudden": 2.0,
    "suddenly": 2.0,
    "violent": 2.2,
    "violently": 2.2,
    "wildly": 2.2,
    "rapid": 2.2,
    "rapidly": 2.2,
    "very fast": 2.2,
    "very quickly": 2.2,
    "crash": 2.2,
    "snap": 2.2,
    "whip": 2.2,
    "whips": 2.2,
    "ken burns": 0.5,
    "swish": 2.2,
    "punch": 2.0,
}
"""Pace of a camera move by word; the longest match counts."""

TRAILING_SPEEDS: dict[str, float] = {
    "hard": 1.7,
    "a lot": 1.7,
    "a bit": 0.5,
    "a little": 0.5,
    "a little bit": 0.5,
    "a touch": 0.5,
    "ever so slightly": 0.35,
}
"""Words of pace that are such only right after the move."""

STYLE_WORDS = frozenset(
    """
    cinematic steady continuous single long epic elegant graceful gracefully fluid fluidly seamless seamlessly
    careful carefully final simple tiny small little big nice beautiful immersive majestic controlled stabilised
    stabilized very a an the one of more bit some with in and camera movement motion move effect shot pace at
    speed extremely super really completely totally absolutely perfectly entirely fully almost nearly quite
    """.split()
)
"""Words that may stand between a pace word and its move without meaning anything of their own."""

FILM_WORDS = frozenset(
    """
    wide medium close up closeup full long extreme macro aerial overhead top topdown down bird's eye bird view low high
    angle level shots frame framing camera cam lens take tripod timelapse time lapse hyperlapse drone pov point product
    studio portrait establishing shallow deep depth field focus two centred centered symmetrical symmetric composition
    from above below front side behind back profile over shoulder telephoto anamorphic footage video clip
    image picture position setup look style throughout whole entire always mid half body tight only but still worm's
    fisheye mm lit natural feel handheld slow wideangle crane gimbal steadicam documentary tracking
    """.split()
)
"""Words of framing and of gear that may stand with a still or a shaking camera in one tag."""

STRENGTHS: dict[str, float] = {
    "barely": 0.4,
    "faint": 0.4,
    "faintly": 0.4,
    "very gently": 0.45,
    "very gentle": 0.45,
    "very softly": 0.45,
    "very slowly": 0.45,
    "very small": 0.45,
    "slight": 0.5,
    "slightly": 0.5,
    "subtle": 0.5,
    "subtly": 0.5,
    "slow": 0.5,
    "slowly": 0.5,
    "lazy": 0.5,
    "lazily": 0.5,
    "gentle": 0.6,
    "gently": 0.6,
    "soft": 0.6,
    "softly": 0.6,
    "light": 0.6,
    "lightly": 0.6,
    "calm": 0.5,
    "calmly": 0.5,
    "tranquil": 0.5,
    "peaceful": 0.5,
    "quiet": 0.5,
    "delicate": 0.6,
    "delicately": 0.6,
    "small": 0.6,
    "little": 0.6,
    "thin": 0.6,
    "a bit": 0.6,
    "gradually": 0.7,
    "brisk": 1.3,
    "steady": 1.0,
    "quickly": 1.7,
    "fast": 1.7,
    "rapidly": 1.9,
    "rapid": 1.9,
    "strong": 1.6,
    "strongly": 1.6,
    "hard": 1.6,
    "heavy": 1.7,
    "heavily": 1.7,
    "big": 1.5,
    "huge": 1.8,
    "large": 1.4,
    "thick": 1.4,
    "dense": 1.4,
    "intense": 1.8,
    "intensely": 1.8,
    "dramatic": 1.5,
    "dramatically": 1.5,
    "powerful": 1.8,
    "powerfully": 1.8,
    "rough": 1.8,
    "fierce": 2.0,
    "fiercely": 2.0,
    "wild": 2.0,
    "wildly": 2.0,
    "violent": 2.0,
    "violently": 2.0,
    "raging": 2.0,
    "furious": 2.0,
    "furiously": 2.0,
    "stormy": 2.0,
    "torrential": 2.0,
    "massive": 2.0,
}
"""Strength of a scene motion by word."""

WIND_STRENGTHS: dict[str, float] = {
    "breath of wind": 0.5,
    "breeze": 0.7,
    "draft": 0.6,
    "wind": 1.0,
    "winds": 1.0,
    "windy": 1.2,
    "gust": 1.6,
    "gusts": 1.6,
    "gusty": 1.6,
    "gale": 2.0,
    "storm": 2.0,
    "hurricane": 2.0,
    "tornado": 2.0,
    "blizzard": 2.0,
}
"""Strength of what the wind moves when no word of strength stands with it."""

MAX_STRENGTH = 2.0
INFERRED_SPEED = 0.5
