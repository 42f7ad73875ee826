"""Mentions of camera moves to a camera path: what happens together, what in turn, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from firstframe.direction.mention import Mention
from firstframe.direction.model import CameraMove
from firstframe.direction.text import Prompt
from firstframe.direction.timing import TimePhrase, span_seconds
from firstframe.direction.vocabulary import DEFAULT_OF_FAMILY, MAX_SIMULTANEOUS, OPPOSITES

MIN_BEAT_SECONDS = 0.5
_IN_TURN = re.compile(
    r"\b(?:(?:shot|scene|part|step|beat) \d|then|"
    r"finally|next|before|afterwards?|after|followed by|later|subsequently|lastly|eventually|until|ending|"
    r"ends? (?:with|on|in|by)|transition(?:s|ing)? (?:to|into)|switch(?:es|ing)? to)\b"
    r"|[→>]|(?<=[周圈近远遠进進开開高低下上转轉])[后後](?![退拉移撤面方景])|[然随隨最之而][后後]|接[着著]|接下[来來]|随即|隨即|最终|最終|继而|繼而|再(?!次|度|现|現|见|見)"
)
_SENTENCE = re.compile(r"(?<![\d(])\b\d{1,2}\)|(?<!\d)\.|\.(?!\d)|[;\n!?。；！？…]")
_TOGETHER = re.compile(
    r"\b(?:while|meanwhile|simultaneously|at the same time|as|combined with|together with|along with|同时)\b"
)
_OVERLAYS = frozenset({"shake"})
_STILL = frozenset({"static", "hold"})


@dataclass
class _Beat:
    """What the camera does at one time."""

    moves: list[Mention] = field(default_factory=list)
    start: float | None = None
    end: float | None = None
    duration: float | None = None


@dataclass(frozen=True)
class CameraPath:
    """The camera moves that the words name, and the choices made in reading them."""

    moves: tuple[CameraMove, ...]
    notes: tuple[str, ...]


def camera_path(prompt: Prompt, mentions: tuple[Mention, ...], seconds: float, waits_for: int | None) -> CameraPath:
    """Put mentions in time.

    `waits_for` is the place of a scene motion that happens first when the words say "then the camera …", or None.
    """
    notes: list[str] = []
    beats, overlays = _beats(prompt, mentions)
    _attach_times(prompt, beats, seconds)
    if beats and waits_for is not None and _starts_with_then(prompt, beats[0], waits_for):
        beats.insert(0, _Beat())
    beats = [part for beat in beats for part in _resolved(beat, notes)]
    beats = _limited(beats, seconds, notes)
    spans = _spans(beats, seconds, notes)
    moves = [
        CameraMove(_directed(mention, notes), start, end, mention.speed or 1.0)
        for beat, (start, end) in zip(beats, spans, strict=True)
        for mention in beat.moves
    ]
    moves += [CameraMove(mention.family, 0.0, float(seconds), mention.speed or 1.0) for mention in overlays]
    return CameraPath(tuple(moves), tuple(dict.fromkeys(notes)))


def _beats(prompt: Prompt, mentions: tuple[Mention, ...]) -> tuple[list[_Beat], list[Mention]]:
    beats: list[_Beat] = []
    overlays: list[Mention] = []
    previous: Mention | None = None
    for mention in mentions:
        between = "" if previous is None else prompt.plain[previous.end : mention.start]
        said_in_turn = previous is not None and _in_turn(prompt, previous, mention)
        if previous is None:
            beats.append(_Beat([mention]))
        elif not said_in_turn and (_merged(beats[-1], mention) or _both_still(previous, mention)):
            pass
        elif mention.family in _OVERLAYS and not said_in_turn and mention.bracket is None and _SENTENCE.search(between):
            overlays.append(mention)
        elif said_in_turn or _follows(previous, mention, between):
            beats.append(_Beat([mention]))
        else:
            beats[-1].moves.append(mention)
        previous = mention
    if len(beats) > 1 and beats[0].moves[0].family in _OVERLAYS and not _said_after(prompt, beats):
        overlays += beats.pop(0).moves
    return beats, overlays


def _both_still(previous: Mention, mention: Mention) -> bool:
    return {previous.family, mention.family} == _STILL and previous.bracket is None and mention.bracket is None


def _said_after(prompt: Prompt, beats: list[_Beat]) -> bool:
    first, second = beats[0].moves[-1], beats[1].moves[0]
    return first.bracket is not None or _in_turn(prompt, first, second) or len(beats[0].moves) > 1


def _in_turn(prompt: Prompt, previous: Mention, mention: Mention) -> bool:
    """Whether the words say that the second comes after the first."""
    between = prompt.plain[previous.end : mention.start]
    said = any(t.form != "start" and previous.end <= t.start < mention.start for t in prompt.times)
    return bool(_IN_TURN.search(between)) or (said and not _TOGETHER.search(between))


def _follows(previous: Mention, mention: Mention, between: str) -> bool:
    """Whether the second comes after the first by its place alone."""
    if previous.bracket is not None or mention.bracket is not None:
        both = previous.bracket is not None and mention.bracket is not None
        return previous.bracket != mention.bracket and (both or not _TOGETHER.search(between))
    if OPPOSITES.get(mention.family) == previous.family:
        return True
    if "hold" in (previous.family, mention.family):
        return not _TOGETHER.search(between)
    if mention.family == "static" or previous.family == "static":
        return False
    return bool(_SENTENCE.search(between)) and not _TOGETHER.search(between)


def _merged(beat: _Beat, mention: Mention) -> bool:
    """Fold a mention into a beat that holds the same move already."""
    for index, other in enumerate(beat.moves):
        same = other.family == mention.family or _family(other) == mention.family or other.family == _family(mention)
        if same and not (other.bracket is not None and mention.bracket not in (None, other.bracket)):
            exact = other if "_" in other.family or other.family == mention.family else mention
            beat.moves[index] = replace(exact, speed=other.speed or mention.speed, bracket=other.bracket)
            return True
    return False


def _family(mention: Mention) -> str:
    return mention.family.rpartition("_")[0]


def _starts_with_then(prompt: Prompt, beat: _Beat, waits_for: int) -> bool:
    first = beat.moves[0]
    if beat.start is not None or first.start < waits_for:
        return False
    return bool(_IN_TURN.search(prompt.plain[waits_for : first.start]))


def _attach_times(prompt: Prompt, beats: list[_Beat], seconds: float) -> None:
    for phrase in prompt.times:
        found = _beat_of(prompt, beats, phrase)
        if found is None:
            continue
        index, is_elsewhere = found
        start, end, duration = span_seconds(phrase, seconds)
        beat = beats[index]
        if is_elsewhere and phrase.form in ("for", "first"):
            beat.start = beat.start if beat.start is not None else (duration or end)
            continue
        if phrase.form == "end" and index == 0:
            start = seconds * 2 / 3
        beat.start = start if start is not None else beat.start
        beat.end = end if end is not None else beat.end
        beat.duration = duration if duration is not None else beat.duration


def _beat_of(prompt: Prompt, beats: list[_Beat], phrase: TimePhrase) -> tuple[int, bool] | None:
    """The beat a statement about time belongs to, and whether it stands in a clause of its own before it."""
    clause = prompt.clauses[prompt.clause_at(phrase.start)]
    places = [(mention.start, index) for index, beat in enumerate(beats) for mention in beat.moves]
    inside = [place for place in places if clause.start - 2 <= place[0] <= clause.end]
    if inside:
        return min(inside, key=lambda place: abs(place[0] - phrase.start))[1], False
    alone = not prompt.words_between(clause.start, clause.end)
    later = [
        p for p in places if p[0] > phrase.start and prompt.clauses[prompt.clause_at(p[0])].sentence == clause.sentence
    ]
    earlier = [
        p for p in places if p[0] < phrase.start and prompt.clauses[prompt.clause_at(p[0])].sentence == clause.sentence
    ]
    if later:
        then = bool(_IN_TURN.search(prompt.plain[phrase.end : later[0][0]]))
        if alone or then or phrase.form in ("after", "at", "end", "last", "halfway"):
            return later[0][1], then and phrase.form in ("for", "first")
    if alone and earlier:
        return earlier[-1][1], False
    return None


def _resolved(beat: _Beat, notes: list[str]) -> list[_Beat]:
    """One beat without contradictions: still cameras yield to moves, opposites take turns, at most three at once."""
    moving = [mention for mention in beat.moves if mention.family not in _STILL]
    if moving and len(moving) < len(beat.moves):
        notes.append(f"a static camera and {moving[0].family} at once: the move was kept")
    kept = moving or beat.moves[:1]
    first: list[Mention] = []
    second: list[Mention] = []
    for mention in kept:
        opposed = any(OPPOSITES.get(mention.family) == other.family for other in first)
        (second if opposed else first).append(mention)
    if second:
        notes.append(f"{second[0].family} and its opposite at once: played one after the other")
    parts = [part for part in (first, second) if part]
    for part in parts:
        if len(part) > MAX_SIMULTANEOUS:
            left_out = ", ".join(mention.family for mention in part[MAX_SIMULTANEOUS:])
            notes.append(f"at most {MAX_SIMULTANEOUS} moves at once: {left_out} left out")
    if not parts:
        return [beat]
    return [_part(beat, part[:MAX_SIMULTANEOUS], i, len(parts)) for i, part in enumerate(parts)]


def _part(beat: _Beat, moves: list[Mention], index: int, count: int) -> _Beat:
    """A part of a split beat: the first keeps its start, the last its end."""
    whole = count == 1
    return _Beat(
        moves,
        beat.start if index == 0 else None,
        beat.end if index == count - 1 else None,
        beat.duration if whole else None,
    )


def _limited(beats: list[_Beat], seconds: float, notes: list[str]) -> list[_Beat]:
    most = max(1, int(seconds / (2 * MIN_BEAT_SECONDS)))
    if len(beats) > most:
        notes.append(
            f"{len(beats)} camera moves in turn are too many for {seconds:g} seconds: the first {most} were kept"
        )
    return beats[:most]


def _spans(beats: list[_Beat], seconds: float, notes: list[str]) -> list[tuple[float, float]]:
    """Start and end of every beat: as said, and what is open shared evenly."""
    if not beats:
        return []
    spans = _fill(beats, seconds)
    if any(end - start < MIN_BEAT_SECONDS - 1e-6 for start, end in spans):
        notes.append(f"the times said do not fit into {seconds:g} seconds: the moves share the clip evenly")
        spans = _fill([_Beat(beat.moves) for beat in beats], seconds)
    return [(round(start, 3), round(end, 3)) for start, end in spans]


def _fill(beats: list[_Beat], seconds: float) -> list[tuple[float, float]]:
    starts: list[float | None] = [beats[0].start or 0.0]
    for before, beat in pairwise(beats):
        begun = starts[-1]
        follows = begun + before.duration if begun is not None and before.duration is not None else None
        starts.append(beat.start if beat.start is not None else before.end if before.end is not None else follows)
    last_end = beats[-1].end or seconds
    bounds = _interpolated([*starts, last_end])
    ends = [beat.end if beat.end is not None else bounds[i + 1] for i, beat in enumerate(beats)]
    if len(beats) == 1 and beats[0].duration is not None and beats[0].end is None:
        ends[0] = bounds[0] + beats[0].duration
    return [(start, min(end, seconds)) for start, end in zip(bounds[:-1], ends, strict=True)]


def _interpolated(bounds: list[float | None]) -> list[float]:
    """Fill the gaps of a list whose first and last are known with evenly spaced values."""
    filled = [bound if bound is not None else 0.0 for bound in bounds]
    known = [index for index, bound in enumerate(bounds) if bound is not None]
    for left, right in pairwise(known):
        for index in range(left + 1, right):
            share = (index - left) / (right - left)
            filled[index] = filled[left] + share * (filled[right] - filled[left])
    return filled


def _directed(mention: Mention, notes: list[str]) -> str:
    """The move of a mention; a family gets its usual direction and a note."""
    if mention.family == "hold":
        return "static"
    if mention.family not in DEFAULT_OF_FAMILY:
        return mention.family
    move = DEFAULT_OF_FAMILY[mention.family]
    notes.append(f"no direction named for {mention.family}: {move} chosen")
    return move
