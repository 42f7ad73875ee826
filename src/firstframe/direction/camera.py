"""Where a prompt names camera moves, in brackets or in plain words, and at which pace."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from firstframe.direction import film_phrases
from firstframe.direction.chinese.moves import camera_moves
from firstframe.direction.commands import read_bracket
from firstframe.direction.lexicon import PREPOSITIONS, is_adverb, singular
from firstframe.direction.mention import Mention
from firstframe.direction.pace import pace_of
from firstframe.direction.phrases import Phrase, forms, keyed_lines, phrases
from firstframe.direction.sides import with_late_side, without_tracking_aside
from firstframe.direction.subject import Actor, actor_at, explicit_actor_at
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.vocabulary import (
    CAMERA_NOUNS,
    DEFAULT_OF_FAMILY,
    FILM_WORDS,
    ORDERS,
    SPEEDS,
    STRONG_FILM_VERBS,
    STYLE_WORDS,
)


class _Rule(NamedTuple):
    family: str
    needs: str
    phrase: Phrase


@cache
def _rules() -> tuple[_Rule, ...]:
    rules = []
    for name, block in film_phrases.FILM_PHRASES.items():
        for family, way in _directions(name):
            for needs, texts in keyed_lines(block):
                rules += [_Rule(family, needs, _phrase(text, way)) for text in texts.split(";")]
    return tuple(rules)


def _directions(name: str) -> list[tuple[str, str]]:
    kind = re.search(r"{(\w+)}", name)
    if kind is None:
        return [(name, "")]
    return [(name.replace(kind.group(), end), way) for end, way in film_phrases.DIRECTIONS[kind.group(1)].items()]


def _phrase(text: str, way: str) -> Phrase:
    turning = film_phrases.COUNTERCLOCKWISE if "COUNTER" in way else film_phrases.CLOCKWISE
    words = film_phrases.PLACEHOLDERS | {
        "WAY": way,
        "CLOCKWISE_WAY": turning,
        "CLOCKWISE": film_phrases.CLOCKWISE,
        "COUNTERCLOCKWISE": film_phrases.COUNTERCLOCKWISE,
    }
    return Phrase(text, words)


@cache
def _guards() -> tuple[Phrase, ...]:
    return phrases(film_phrases.NOT_CAMERA)


def find_mentions(prompt: Prompt) -> tuple[Mention, ...]:
    """Every mention of a camera move in textual order; negated ones are marked, not left out."""
    mentions = _in_brackets(prompt) + _in_words(prompt)
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _in_brackets(prompt: Prompt) -> list[Mention]:
    found = []
    for number, bracket in enumerate(prompt.brackets):
        for family, speed in read_bracket(bracket.content) or _plain_bracket(bracket.content):
            found.append(Mention(family, bracket.start, bracket.end, speed, number))
    return found


@cache
def _plain_bracket(content: str) -> tuple[tuple[str, float | None], ...]:
    """A bracket that holds plain words of film, such as [slow orbit around her]."""
    inner = Prompt(content)
    return tuple((mention.family, mention.speed) for mention in _in_words(inner) if not mention.negated)


def _in_words(prompt: Prompt) -> list[Mention]:
    words = {word.text for word in prompt.words}
    guarded = [span for guard in _guards() for span in guard.spans(prompt.plain, words)]
    candidates = [
        Mention(rule.family, *span)
        for rule in _rules()
        for span in rule.phrase.spans(prompt.plain, words)
        if not overlaps(span, guarded) and _fits(prompt, rule, span)
    ]
    chosen: list[Mention] = []
    for mention in sorted(
        _without_open_doubles(candidates), key=lambda mention: (mention.start - mention.end, mention.start)
    ):
        if not overlaps((mention.start, mention.end), [(other.start, other.end) for other in chosen]):
            chosen.append(mention)
    chosen = without_tracking_aside(prompt, chosen)
    chosen = [with_late_side(prompt, mention) for mention in sorted(chosen, key=lambda mention: mention.start)]
    paced = _paced(prompt, [further for mention in chosen for further in (mention, *_elliptical(prompt, mention))])
    chinese = camera_moves(prompt.plain)
    return paced + [Mention(move.family, move.start, move.end, move.speed, None, move.negated) for move in chinese]


def _without_open_doubles(candidates: list[Mention]) -> list[Mention]:
    """Leave out "slow pan" where the same words say "pan left"."""
    exact = {
        family: [(m.start, m.end) for m in candidates if m.family.startswith(family + "_")]
        for family in DEFAULT_OF_FAMILY
    }
    return [m for m in candidates if m.family not in exact or not overlaps((m.start, m.end), exact[m.family])]


def _fits(prompt: Prompt, rule: _Rule, span: tuple[int, int]) -> bool:
    if rule.needs == "term":
        return True
    if _FORBIDDEN.search(prompt.plain[max(0, span[0] - 20) : span[0]]):
        return True
    if rule.needs == "alone":
        clause = prompt.clauses[prompt.clause_at(span[0])]
        rest = prompt.plain[clause.start : span[0]] + " " + prompt.plain[span[1] : clause.end]
        return pace_of(rest).only_pace
    if rule.needs == "tag":
        return _is_tag(prompt, span)
    if _goes_on_act(prompt, span[0]):
        return False
    if rule.needs == "opens":
        return _opens(prompt, span)
    if rule.needs in ("camera", "verb") and _is_of_another(prompt, span[0]):
        return False
    actor = actor_at(prompt, span[0])
    if rule.needs == "camera" and (_is_name_of_things(prompt, span[0]) or _is_noun_of_another(prompt, span[0])):
        return False
    if rule.needs == "camera" or actor is Actor.CAMERA:
        return actor is Actor.CAMERA or (actor is Actor.NOBODY and _is_order(prompt, span[0]))
    return _commands(prompt, span)


def _is_tag(prompt: Prompt, span: tuple[int, int]) -> bool:
    """Whether a clause says nothing but words of film: "static top-down"."""
    clause = prompt.clauses[prompt.clause_at(span[0])]
    around = (*prompt.words_between(clause.start, span[0]), *prompt.words_between(span[1], clause.end))
    allowed = FILM_WORDS | STYLE_WORDS | _LEADING_UP | {"second", "seconds", "s", "sec"}
    return all(word.text in allowed or word.text in SPEEDS or word.tag == "X" for word in around)


_LEADING_UP = frozenset("then next finally now starts start begin begins ends end ending finish first next".split())


def _opens(prompt: Prompt, span: tuple[int, int]) -> bool:
    """Whether a move is told without a verb: "slow rise over the roofs", "slide to the right".

    Only words of film and of pace stand before it in its clause, a preposition or nothing after it, and a bare noun
    needs one of the two.
    """
    clause = prompt.clauses[prompt.clause_at(span[0])]
    if clause.joiner in ("which", "who", "where", "so that"):
        return False
    before, after = prompt.words_between(clause.start, span[0]), prompt.words_between(span[1], clause.end)
    leading = all(w.text in FILM_WORDS | STYLE_WORDS | _LEADING_UP or w.text in SPEEDS for w in before)
    reached = prompt.words_between(*span)[-1].tag == "I" and len(prompt.words_between(*span)) > 1
    ends = not after or reached or (after[0].text in PREPOSITIONS | {"to"} - {"of"}) or is_adverb(after[0].text)
    if not (leading and ends) or (after and after[0].text == "of"):
        return False
    paced = any(word.text in SPEEDS or word.text in FILM_WORDS for word in before)
    return paced or bool(after) or len(prompt.words_between(*span)) > 1


def _is_of_another(prompt: Prompt, position: int) -> bool:
    """Whether a relative clause says it of something else: "a balloon that drifts away"."""
    word = next(word for word in prompt.words if word.start >= position)
    if word.index < 2 or word.is_cut_off or prompt.words[word.index - 1].tag != "W":
        return False
    return prompt.words[word.index - 2].base not in CAMERA_NOUNS


def _goes_on_act(prompt: Prompt, position: int) -> bool:
    """Whether a plain verb only goes on with what several of something do: "oars dip and rise"."""
    word = next(word for word in prompt.words if word.start >= position)
    if word.tag != "V" or word.index < 3 or prompt.words[word.index - 1].text != "and":
        return False
    doer, verb = prompt.words[word.index - 3 : word.index - 1]
    return verb.tag == "V" and doer.tag in "SE" and not verb.is_cut_off and doer.base not in CAMERA_NOUNS


def _is_name_of_things(prompt: Prompt, position: int) -> bool:
    """Whether the word at a position is a plural noun of what a sentence tells: "dew drops glisten"."""
    word = next(word for word in prompt.words if word.start >= position)
    return word.tag in "SE" and word.index > 0 and words_before_camera(prompt, word)


def _is_noun_of_another(prompt: Prompt, position: int) -> bool:
    """Whether the word at a position is no verb and stands behind an article: "the rock walls"."""
    word = next(word for word in prompt.words if word.start >= position)
    return word.tag in "NSAEJ" and word.index > 0 and not word.is_cut_off and prompt.words[word.index - 1].tag == "D"


def words_before_camera(prompt: Prompt, word: Word) -> bool:
    """Whether what stands right before a word is no camera."""
    before = prompt.words[word.index - 1]
    return before.base not in CAMERA_NOUNS and not is_adverb(before.text)


def _follows_plural(prompt: Prompt, position: int) -> bool:
    """Whether somebody in the plural stands right before: "kids zoom around"."""
    before = next((word for word in reversed(prompt.words) if word.end <= position), None)
    return before is not None and (before.text in ("they", "people") or singular(before.text) != before.text)


_FORBIDDEN = re.compile(r"\b(?:without|no|not|don't|never|avoid|or|nor)\s{1,3}(?:any\s{1,3}|to\s{1,3})?$")


def _is_order(prompt: Prompt, position: int) -> bool:
    """Whether a plain verb of moving opens the sentence, as in "Move in slowly": then it is said to the camera."""
    word = next(word for word in prompt.words if word.start >= position)
    clause = prompt.clauses[prompt.clause_at(position)]
    start = _sentence_start(prompt, position) if clause.joiner in (",", "") else clause.start
    opening = all(is_adverb(earlier.text) for earlier in prompt.words_between(start, position))
    return opening and word.text in ORDERS


def _sentence_start(prompt: Prompt, position: int) -> int:
    number = prompt.clauses[prompt.clause_at(position)].sentence
    return next(clause.start for clause in prompt.clauses if clause.sentence == number)


def _commands(prompt: Prompt, span: tuple[int, int]) -> bool:
    """Whether film words without a camera still speak of it: as an order, a noun, or after a comma."""
    verb = prompt.plain[slice(*span)].split()[0]
    explicit = explicit_actor_at(prompt, span[0])
    strong = next((stem for stem in STRONG_FILM_VERBS if verb in forms(stem)), None)
    plain = verb.endswith("ing") is False and not (verb.endswith("s") and not verb.endswith("ss"))
    if plain:
        return explicit is not Actor.OTHER or (strong is not None and not _follows_plural(prompt, span[0]))
    if explicit is Actor.OTHER:
        return False
    clause = prompt.clauses[prompt.clause_at(span[0])]
    follows_other = actor_at(prompt, span[0]) is Actor.OTHER
    return not follows_other or (strong is not None and clause.joiner not in ("and", "then", "and then"))


_BESIDE = {
    (family, way): move
    for families, moves in (
        (("pan", "tilt"), ("pan_left", "pan_right", "tilt_up", "tilt_down")),
        (("truck", "pedestal"), ("truck_left", "truck_right", "pedestal_up", "pedestal_down")),
        (("zoom",), ("zoom_in", "zoom_out")),
        (("push", "pull"), ("push_in", "pull_out", "truck_left", "truck_right", "pedestal_up", "pedestal_down")),
        (("orbit",), ("orbit_left", "orbit_right")),
        (("roll",), ("roll_left", "roll_right")),
    )
    for family in families
    for move in moves
    for way in [move.partition("_")[2]]
}
"""The move that a bare direction means after a move of some family."""
_AGAIN = re.compile(
    r"\s{0,4},?\s{1,4}(?:and|then|and then)\s{1,4}(?:back\s{1,4})?(?:to the\s{1,4})?"
    r"(left|right|up|down|in|out)\b(?!\s+of\b)"
)


def _elliptical(prompt: Prompt, mention: Mention) -> tuple[Mention, ...]:
    """The second half of "zooms in and out" or "moves up and to the right": a move whose verb is left out."""
    match = _AGAIN.match(prompt.plain, mention.end)
    move = _BESIDE.get((mention.family.partition("_")[0], match.group(1))) if match else None
    return (Mention(move, match.start(1), match.end()),) if match and move and move != mention.family else ()


_NEGATION = re.compile(
    r"\b(?:no|not|without|never|avoid|don't|doesn't|zero|nor|isn't|won't|shouldn't|cannot|can't|"
    r"instead of|rather than)\b"
)
_NEGATION_ENDS = re.compile(r"[.;:!?\n。；！？]|\b(?:but|then|while|as|only|just|instead|use)\b")


_CLOSES_LIST = re.compile(r"\b(?:or|nor)\b")
_LIST_GOES_ON = re.compile(r"\s{0,3}(?:,\s?(?:\w+\s){0,2}\w+)?,?\s(?:or|nor)\b")


def _goes_on_list(between: str, after: str) -> bool:
    """Whether a comma does not end what is forbidden: "no zoom, pan or tilt"."""
    before_comma, _, item = between.rpartition(",")
    return not _CLOSES_LIST.search(before_comma) and bool(_CLOSES_LIST.search(item) or _LIST_GOES_ON.match(after))


def _is_negated(prompt: Prompt, mention: Mention) -> bool:
    """Whether a negation governs the mention: in its clause, or in a list that ends with "or"."""
    for match in _NEGATION.finditer(prompt.plain, max(0, mention.start - 80), mention.start):
        between = prompt.plain[match.end() : mention.start]
        if _NEGATION_ENDS.search(between) or (match.group() == "without" and "the camera" in between):
            continue
        if "," not in between or _goes_on_list(between, prompt.plain[mention.end : mention.end + 40]):
            return True
    return False


def _paced(prompt: Prompt, mentions: list[Mention]) -> list[Mention]:
    paced: list[Mention] = []
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        after = mentions[index + 1].start if index + 1 < len(mentions) else len(prompt.plain)
        speed = pace_of(prompt.plain[mention.start : mention.end]).speed or _pace_around(
            prompt, mention, before.end if before else 0, after
        )
        if speed is None and before and _shares_verb_phrase(prompt, before, mention):
            speed = paced[-1].speed
        if speed is None and len(mentions) == 1:
            speed = _pace_alone(prompt)
        paced.append(replace(mention, speed=speed, negated=_is_negated(prompt, mention)))
    return paced


_MOODS = frozenset("soft gentle calm dramatic dynamic intense subtle unhurried strong heavy violent energetic".split())


def _pace_alone(prompt: Prompt) -> float | None:
    """A pace that stands alone between commas, for the only move there is: "tilt up along the tower, very slow"."""
    told = (_pace_told(prompt, number) for number in range(len(prompt.clauses)))
    return next((speed for speed in told if speed), None)


def _pace_told(prompt: Prompt, number: int) -> float | None:
    """The pace that is all a clause says, unless it tells of a mood beside another adjective: "soft and humane"."""
    clauses = prompt.clauses
    text = prompt.plain[clauses[number].start : clauses[number].end]
    beside = [n for n in (number - 1, number + 1) if 0 <= n < len(clauses) and clauses[max(n, number)].joiner == "and"]
    others = [prompt.words_between(clauses[n].start, clauses[n].end) for n in beside]
    with_mood = any(words and all(word.tag == "J" and word.text not in SPEEDS for word in words) for words in others)
    if text.strip() == "intense" or (text.strip() in _MOODS and with_mood):
        return None
    pace = pace_of(text)
    return pace.speed if pace.only_pace else None


def _shares_verb_phrase(prompt: Prompt, before: Mention, mention: Mention) -> bool:
    """Whether two moves share what stands before the first: "slowly pans left and tilts up"."""
    between = prompt.plain[before.end : mention.start]
    joined = re.fullmatch(r"[^.;!?,\n]*\band\b[^.;!?,\n]*", between) is not None
    return joined and re.search(r"\b(?:then|while)\b", between) is None and pace_of(between).speed is None


_BEFORE_NEXT = re.compile(r"\b(?:with|and|then)\b(?:\s+an?\b)?[\s\w]{0,24}$")
"""What stands before the next move and belongs to it: "with a gentle"."""


def _pace_around(prompt: Prompt, mention: Mention, previous_end: int, next_start: int) -> float | None:
    """Pace words beside a move: in its clause, or alone between the commas next to it."""
    index = prompt.clause_at(mention.start)
    clause = prompt.clauses[index]
    start = max(clause.start, previous_end)
    text_before = prompt.plain[start : mention.start]
    text_after = prompt.plain[mention.end : min(max(clause.end, mention.end), next_start)]
    if next_start < clause.end:
        text_after = _BEFORE_NEXT.sub("", text_after)
    speed = pace_of(text_before).last or pace_of(text_after).adverb
    if speed is not None:
        return speed
    last = prompt.clause_at(max(mention.start, mention.end - 1))
    for neighbour in (index - 1, last + 1):
        if 0 <= neighbour < len(prompt.clauses) and prompt.clauses[max(neighbour, index)].joiner in (",", "and", ""):
            near = prompt.clauses[neighbour]
            beside = _pace_told(prompt, neighbour)
            if near.start >= previous_end and near.end <= next_start and beside:
                return beside
    return None
